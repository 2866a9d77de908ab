"""The styles and the list of a template: those that an agreement needs with all that they rest on, and no others."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from app.errors import UnreadableFile
from app.word.house_style import allowed
from app.word.house_style.built_in_style import built_in_house_style
from app.word.house_style.style import ADDED, LEVELS
from app.word.house_style.theme import ThemeFonts
from app.word.xml import Element, W, clean, q, serialise, w

_REFERENCES = ("basedOn", "next", "link")
_MAX_STYLES = 200
_SHOWN = {"heading 1": "Heading 1"}
_OFF = {"0", "false", "off"}
_ON = {"1", "true"}


def read_style_sheet(
    styles: Element | None, numbering: Element | None, fonts: ThemeFonts, *, also: set[str]
) -> tuple[bytes, bytes]:
    """Take the styles of an agreement out of a template.

    Args:
        styles: The template's styles.
        numbering: The template's lists.
        fonts: Of its theme.
        also: Ids of the styles that its headers and footers use.

    Returns:
        The parts for styles and numbering.

    Raises:
        UnreadableFile: Names the style that is missing, or what is wrong with it.
    """
    if styles is None:
        raise UnreadableFile("The template has no styles; start from the one that is offered for download.")
    by_id = {each.get(q("styleId")): each for each in styles.iter(q("style"))}
    by_name = {_name(each).casefold(): each for each in by_id.values()}
    kept = _with_roots(_wanted(by_id, by_name, also), by_id)
    made = w("styles")
    defaults = styles.find(q("docDefaults"))
    made.append(_take(defaults, allowed.STYLES, fonts) if defaults is not None else w("docDefaults"))
    for each in by_id.values():
        if each.get(q("styleId")) in kept:
            made.append(_take(each, allowed.STYLES, fonts, where=f"The style “{_name(each)}” of the template"))
    for element in [each for each in made.iter(*map(q, _REFERENCES)) if each.get(q("val")) not in kept]:
        element.getparent().remove(element)
    _add_missing(made, by_name)
    _ensure_language(made)
    return serialise(made), _numbering(numbering, made, kept, fonts)


def _wanted(by_id: Mapping[str, Element], by_name: Mapping[str, Element], also: set[str]) -> list[Element]:
    """The styles of an agreement, of the letterhead, and those that go without saying; refuses where one is missing."""
    missing = [_SHOWN.get(name, name) for name in LEVELS if name.casefold() not in by_name]
    if missing:
        raise UnreadableFile(
            f"The template has no style{'s' if len(missing) > 1 else ''} named {_and(missing)}; add "
            f"{'them' if len(missing) > 1 else 'it'} in Word, or start from the template that is offered for "
            "download, which has them all."
        )
    numbered = [by_name[name.casefold()] for name in LEVELS]
    wanted = [*numbered, *(by_name[name.casefold()] for name in ADDED if name.casefold() in by_name)]
    wanted += [by_id[each] for each in sorted(also) if each in by_id]
    return wanted + [each for each in by_id.values() if each.get(q("default")) in _ON]


def _name(style: Element) -> str:
    name = style.find(q("name"))
    return clean(name.get(q("val"), "")) if name is not None else ""


def _and(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _with_roots(wanted: list[Element], by_id: Mapping[str, Element]) -> set[str]:
    """The ids of styles with those that they are based on or linked to."""
    kept: set[str] = set()
    waiting = list(wanted)
    while waiting:
        style = waiting.pop()
        if style.get(q("styleId")) in kept:
            continue
        kept.add(style.get(q("styleId")))
        for reference in ("basedOn", "link"):
            element = style.find(q(reference))
            if element is not None and element.get(q("val")) in by_id:
                waiting.append(by_id[element.get(q("val"))])
    if len(kept) > _MAX_STYLES:
        raise UnreadableFile(f"The template needs more than {_MAX_STYLES} styles; start from the one that is offered.")
    return kept


def _take(element: Element, names: frozenset[str], fonts: ThemeFonts, *, where: str = "") -> Element:
    """A copy with only what is allowed in it."""
    made = etree.Element(element.tag, nsmap={"w": W})
    for key, given in element.attrib.items():
        attribute = etree.QName(key)
        if attribute.namespace == W and attribute.localname in allowed.ATTRIBUTES:
            made.set(key, clean(given)[:255])
    fonts.settle(made, element)
    for child in element:
        name = etree.QName(child)
        if name.namespace == W and name.localname in {"vanish", "specVanish"} and child.get(q("val")) not in _OFF:
            raise UnreadableFile(f"{where or 'The template'} is hidden text; make it visible in Word, or delete it.")
        if name.namespace == W and name.localname in names:
            made.append(_take(child, names, fonts, where=where))
    return made


def _add_missing(made: Element, by_name: Mapping[str, Element]) -> None:
    """Add our own styles for what the template does not style itself, resting on its normal paragraph."""
    own = built_in_house_style().style_sheet
    taken = {each.get(q("styleId")) for each in made.iter(q("style"))}
    normal = _default(made, "paragraph")
    for style in own.iter(q("style")):
        name = _name(style)
        if name not in ADDED or name.casefold() in by_name:
            continue
        added = copy.deepcopy(style)
        while added.get(q("styleId")) in taken:
            added.set(q("styleId"), f"{added.get(q('styleId'))}x")
        taken.add(added.get(q("styleId")))
        for reference in _REFERENCES:
            element = added.find(q(reference))
            if element is None:
                continue
            base = _default(made, added.get(q("type"))) if reference == "basedOn" else normal
            if base and not (reference == "next" and added.get(q("type")) != "paragraph"):
                element.set(q("val"), base)
            else:
                added.remove(element)
        made.append(added)


def _default(styles: Element, kind: str) -> str:
    for each in styles.iter(q("style")):
        if each.get(q("type")) == kind and each.get(q("default")) in _ON:
            return str(each.get(q("styleId")))
    return ""


def _ensure_language(made: Element) -> None:
    """A place for the language of the text, which is set when a document is written."""
    defaults = made.find(q("docDefaults"))
    holder = defaults.find(q("rPrDefault"))
    if holder is None:
        holder = w("rPrDefault")
        defaults.insert(0, holder)
    properties = holder.find(q("rPr"))
    if properties is None:
        properties = w("rPr")
        holder.append(properties)
    if properties.find(q("lang")) is None:
        properties.append(w("lang", val="en-US"))


def _numbering(numbering: Element | None, styles: Element, kept: set[str], fonts: ThemeFonts) -> bytes:
    """The lists that the kept styles use."""
    made = w("numbering")
    if numbering is None:
        return serialise(made)
    nums = {each.get(q("numId")): each for each in numbering.iter(q("num"))}
    lists = {each.get(q("abstractNumId")): each for each in numbering.iter(q("abstractNum"))}
    used = {each.get(q("val")) for each in styles.iter(q("numId")) if each.get(q("val")) in nums}
    wanted: set[str] = set()
    for each in used:
        pointer = nums[each].find(q("abstractNumId"))
        if pointer is not None:
            wanted.add(pointer.get(q("val")))
    for each in wanted:
        if each in lists and lists[each].find(q("numStyleLink")) is not None:
            raise UnreadableFile(
                "The numbering of the template hangs on a list style; link the levels of the list to the paragraph "
                "styles directly (Define New Multilevel List, Link level to style), or start from the offered template."
            )
    for key, each in lists.items():
        if key in wanted:
            made.append(_take(each, allowed.NUMBERING, fonts))
    for key, each in nums.items():
        if key in used:
            made.append(_take(each, allowed.NUMBERING, fonts))
    for element in [each for each in made.iter(q("pStyle")) if each.get(q("val")) not in kept]:
        element.getparent().remove(element)
    for element in list(made.iter(q("styleLink"))):
        element.getparent().remove(element)
    return serialise(made)
