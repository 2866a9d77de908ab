"""Lists: those that nothing uses go, and so do words in levels that no paragraph shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from app.word.table_safe.names import PPR, VAL, Element, ancestor, elements, is_on, remove, w

_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_LEVEL: Final = w("ilvl")


def drop_unused_lists(stories: Sequence[Element], styles: Element | None, numbering: Element) -> bool:
    """Take out lists that neither text nor styles have; answers whether there were any."""
    before = len(numbering)
    for tag, key in ((w("num"), w("numId")), (w("abstractNum"), w("abstractNumId"))):
        for spare in doubles(numbering, tag, key):
            remove(spare)
    wanted = {each.get(VAL) for root in _roots(stories, styles) for each in root.iter(w("numId"))}
    for num in list(numbering.iterfind(w("num"))):
        if num.get(w("numId")) not in wanted:
            remove(num)
    definitions = {each.get(VAL) for each in numbering.iter(w("abstractNumId"))}
    linked = {each.get(VAL) for each in elements(numbering, "w:numStyleLink")}
    for definition in list(numbering.iterfind(w("abstractNum"))):
        link = definition.find(w("styleLink"))
        is_linked = link is not None and link.get(VAL) in linked
        if definition.get(w("abstractNumId")) not in definitions and not is_linked:
            remove(definition)
    return len(numbering) < before


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
    """The `w:lvlText` that have words in them and are shown at no paragraph."""
    shown, used_styles, any_level = _shown(stories, styles)
    lists: dict[str | None, set[str]] = {}
    for num in numbering.iterfind(w("num")):
        lists.setdefault(_value(num, "abstractNumId"), set()).add(num.get(w("numId"), ""))
    for text in list(numbering.iter(w("lvlText"))):
        if not _WORDS.search(re.sub(r"%\d", "", text.get(VAL, ""))):
            continue
        level = text.getparent()
        hides = any(is_on(each) for each in level.iter(w("vanish")))
        definition = ancestor(level, w("abstractNum"))
        if definition is None:
            owner = ancestor(level, w("num"))
            numbers = set() if owner is None else {owner.get(w("numId"), "")}
        else:
            numbers = lists.get(definition.get(w("abstractNumId")), set())
        linked = definition is not None and definition.find(w("styleLink")) is not None
        is_shown = (
            any_level
            or linked
            or _value(level, "pStyle") in used_styles
            or any((number, level.get(_LEVEL, "0")) in shown for number in numbers)
        )
        if hides or not is_shown:
            yield text


def level_texts(numbering: Element | None) -> frozenset[str]:
    """The texts of all levels in a numbering part."""
    return frozenset(each.get(VAL, "") for each in (() if numbering is None else numbering.iter(w("lvlText"))))


def _shown(stories: Sequence[Element], styles: Element | None) -> tuple[set[tuple[str, str]], set[str], bool]:
    """The lists and levels that paragraphs have, the styles of paragraphs, and whether fields number at any level."""
    by_id = {} if styles is None else {each.get(w("styleId"), ""): each for each in styles.iterfind(w("style"))}
    shown: set[tuple[str, str]] = set()
    used: set[str] = set()
    for root in stories:
        for properties in root.iter(PPR):
            chain = list(_chain(_value(properties, "pStyle") or _default(by_id), by_id))
            used |= {each.get(w("styleId"), "") for each in chain}
            references = [properties.find(w("numPr")), *(each.find(f"{PPR}/{w('numPr')}") for each in chain)]
            number = next((found for each in references if (found := _value(each, "numId"))), "")
            depth = next((found for each in references if (found := _value(each, "ilvl"))), "0")
            shown.add((number, depth))
    for style in _chain(_default(by_id), by_id):
        used.add(style.get(w("styleId"), ""))
        reference = style.find(f"{PPR}/{w('numPr')}")
        shown.add((_value(reference, "numId") or "", _value(reference, "ilvl") or "0"))
    any_level = any("LISTNUM" in "".join(each.itertext()) for root in stories for each in root.iter(w("instrText")))
    return shown, used, any_level


def _default(by_id: dict[str, Element]) -> str:
    return next(
        (
            style_id
            for style_id, style in by_id.items()
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}
        ),
        "",
    )


def _chain(style_id: str, by_id: dict[str, Element]) -> Iterator[Element]:
    seen: set[str] = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        yield by_id[style_id]
        style_id = _value(by_id[style_id], "basedOn") or ""


def _value(element: Element | None, name: str) -> str | None:
    found = None if element is None else element.find(w(name))
    return None if found is None else found.get(VAL)


def _roots(stories: Sequence[Element], styles: Element | None) -> list[Element]:
    return [*stories, *([] if styles is None else [styles])]
