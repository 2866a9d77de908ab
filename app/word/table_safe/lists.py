"""Lists: those that nothing uses go, and so do words in levels that no paragraph shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from app.word.table_safe.names import PPR, VAL, Element, ancestor, is_on, w

_SAYS_SOMETHING: Final = re.compile(r"\d|[^\W\d_].*[^\W\d_]", re.DOTALL)  # more than the one letter of a bullet
_LEVEL: Final = w("ilvl")
_NUM_PR: Final = w("numPr")


def settle_lists(
    stories: Sequence[Element], styles: Element | None, numbering: Element, known: Collection[str]
) -> None:
    """Take the words out of levels that no paragraph shows.

    Args:
        stories: The roots of all stories.
        styles: The styles part.
        numbering: The numbering part, without unused lists.
        known: Texts of levels that the other side's own file has.
    """
    for text in unseen_texts(stories, styles, numbering):
        if text.get(VAL, "") not in known:
            level = text.getparent().get(_LEVEL, "0")
            text.set(VAL, f"%{int(level) + 1}." if level.isdigit() and len(level) == 1 else "")


def doubles(root: Element, tag: str, key: str) -> list[Element]:
    """Elements whose id another one has before them: programs differ on which of the two counts."""
    seen: set[str | None] = set()
    found = []
    for element in root.iterfind(tag):
        if element.get(key) in seen:
            found.append(element)
        seen.add(element.get(key))
    return found


def unseen_texts(stories: Sequence[Element], styles: Element | None, numbering: Element) -> Iterator[Element]:
    """The `w:lvlText` that have words or numbers of their own in them and are shown at no paragraph."""
    texts = [
        each for each in numbering.iter(w("lvlText")) if _SAYS_SOMETHING.search(re.sub(r"%\d", "", each.get(VAL, "")))
    ]
    if not texts:
        return
    shown, used_styles, any_level = _shown(stories, styles)
    lists = _lists_by_definition(numbering)
    for text in texts:
        level = text.getparent()
        hides = any(is_on(each) for each in level.iter(w("vanish")))
        definition = ancestor(level, w("abstractNum"))
        if definition is None:
            owner = ancestor(level, w("num"))
            numbers = set() if owner is None else {owner.get(w("numId"), "")}
        else:
            numbers = lists.get(definition.get(w("abstractNumId")), set())
        is_shown = (
            any_level
            or _value(level, "pStyle") in used_styles
            or any((number, level.get(_LEVEL, "0")) in shown for number in numbers)
        )
        if hides or not is_shown:
            yield text


def _lists_by_definition(numbering: Element) -> dict[str | None, set[str]]:
    """The ids of the lists that number by each definition, also through a list style."""
    lists: dict[str | None, set[str]] = {}
    for num in numbering.iterfind(w("num")):
        lists.setdefault(_value(num, "abstractNumId"), set()).add(num.get(w("numId"), ""))
    definitions = list(numbering.iterfind(w("abstractNum")))
    by_link: dict[str, set[str]] = {}
    for definition in definitions:
        if link := _value(definition, "numStyleLink"):
            by_link.setdefault(link, set()).update(lists.get(definition.get(w("abstractNumId")), ()))
    for definition in definitions:
        if link := _value(definition, "styleLink"):
            lists.setdefault(definition.get(w("abstractNumId")), set()).update(by_link.get(link, ()))
    return lists


def level_texts(numbering: Element | None) -> frozenset[str]:
    """The texts of all levels in a numbering part."""
    return frozenset(each.get(VAL, "") for each in (() if numbering is None else numbering.iter(w("lvlText"))))


def _shown(stories: Sequence[Element], styles: Element | None) -> tuple[set[tuple[str, str]], set[str], bool]:
    """The lists and levels that paragraphs have, the styles of paragraphs, and whether fields number at any level."""
    by_id = {} if styles is None else {each.get(w("styleId"), ""): each for each in styles.iterfind(w("style"))}
    default = _default(by_id)
    of_style = {style_id: _list_of_style(style_id, by_id) for style_id in (default, "")}
    shown = {of_style[default]}
    used = {default}
    for root in stories:
        for properties in root.iter(PPR):
            style = _value(properties, "pStyle") or default
            if style not in of_style:
                of_style[style] = _list_of_style(style, by_id)
            used.add(style)
            reference = properties.find(_NUM_PR)
            number, depth = of_style[style]
            shown.add((_value(reference, "numId") or number, _value(reference, "ilvl") or depth))
    used = {each for style in used for each in _chain(style, by_id)}
    any_level = any("LISTNUM" in "".join(each.itertext()) for root in stories for each in root.iter(w("instrText")))
    return shown, used, any_level


def _list_of_style(style_id: str, by_id: dict[str, Element]) -> tuple[str, str]:
    """The list and level that a paragraph of this style has without saying so."""
    references = [by_id[each].find(f"{PPR}/{_NUM_PR}") for each in _chain(style_id, by_id)]
    number = next((found for each in references if (found := _value(each, "numId"))), "")
    return number, next((found for each in references if (found := _value(each, "ilvl"))), "0")


def _default(by_id: dict[str, Element]) -> str:
    return next(
        (
            style_id
            for style_id, style in by_id.items()
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}
        ),
        "",
    )


def _chain(style_id: str, by_id: dict[str, Element]) -> Iterator[str]:
    """The ids of a style and of all that it is based on."""
    seen: set[str] = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        yield style_id
        style_id = _value(by_id[style_id], "basedOn") or ""


def _value(element: Element | None, name: str) -> str | None:
    found = None if element is None else element.find(w(name))
    return None if found is None else found.get(VAL)
