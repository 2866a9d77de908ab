"""Styles: those in use stay, and lose names that somebody gave them; links to styles that are not there go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count
from typing import Final

from app.word.table_safe.draft import Draft
from app.word.table_safe.names import VAL, Element, elements, full, remove, w
from app.word.table_safe.style_names import id_for, may_stay

_ID: Final = w("styleId")
_IN_TEXT: Final = ("w:pStyle", "w:rStyle", "w:tblStyle")
_IN_LISTS: Final = ("w:pStyle", "w:styleLink", "w:numStyleLink")
_IN_STYLES: Final = ("w:basedOn", "w:next", "w:link")
_OF_COMMENTS: Final = "annotation text"
_FONTS: Final = tuple(w(name) for name in ("ascii", "hAnsi", "eastAsia", "cs"))


def settle_styles(draft: Draft, known_names: Collection[str]) -> None:
    """Rename styles that somebody named, and let everything that names a style follow.

    Args:
        draft: The gathered parts, without unused styles.
        known_names: Names of styles that the other side's own file has.
    """
    by_id = styles_by_id(draft)
    used = _resting_on(_named_in_text(draft, by_id), by_id)
    ids = _rename(by_id, known_names)
    for reference in _references(draft):
        new = ids.get(reference.get(VAL, ""))
        if new is None:
            remove(reference)
        else:
            reference.set(VAL, new)
    if draft.styles is not None:
        _forget_unused_fonts(draft, [style for style_id, style in by_id.items() if style_id not in used])


def styles_by_id(draft: Draft) -> dict[str, Element]:
    """The styles by id; of two with one id the first counts, and the other goes."""
    by_id: dict[str, Element] = {}
    for style in [] if draft.styles is None else list(draft.styles.iterfind(w("style"))):
        if by_id.setdefault(style.get(_ID, ""), style) is not style:
            remove(style)
    return by_id


def style_names(styles: Element | None) -> frozenset[str]:
    """The names of all styles in a part."""
    return frozenset(name_of(style) for style in (() if styles is None else styles.iterfind(w("style"))))


def name_of(style: Element) -> str:
    """The name of a style, as the pages of a word processor list it."""
    name = style.find(w("name"))
    return "" if name is None else str(name.get(VAL, ""))


def style_of_comments(styles: Element | None) -> str:
    """The id of the style that Word gives to comments; "" where a part has none."""
    found = () if styles is None else styles.iterfind(w("style"))
    return next((each.get(_ID, "") for each in found if name_of(each) == _OF_COMMENTS), "")


def _references(draft: Draft) -> Iterator[Element]:
    for story in draft.stories:
        yield from elements(story.root, *_IN_TEXT)
    if draft.numbering is not None:
        yield from elements(draft.numbering, *_IN_LISTS)
    if draft.styles is not None:
        yield from elements(draft.styles, *_IN_STYLES, *_IN_TEXT)


def _named_in_text(draft: Draft, by_id: dict[str, Element]) -> list[str]:
    """The styles that text or lists name, and those that are the default."""
    named = [reference.get(VAL, "") for story in draft.stories for reference in elements(story.root, *_IN_TEXT)]
    if draft.numbering is not None:
        named += [reference.get(VAL, "") for reference in elements(draft.numbering, "w:styleLink", "w:numStyleLink")]
    return named + [style_id for style_id, style in by_id.items() if style.get(w("default")) in {"1", "true", "on"}]


def _resting_on(named: list[str], by_id: dict[str, Element]) -> set[str]:
    """These styles, and all that they are based on or linked to."""
    waiting = list(named)
    found: set[str] = set()
    while waiting:
        style_id = waiting.pop()
        if style_id in by_id and style_id not in found:
            found.add(style_id)
            waiting += [each.get(VAL, "") for each in elements(by_id[style_id], "w:basedOn", "w:link")]
    return found


def _rename(by_id: dict[str, Element], known_names: Collection[str]) -> dict[str, str]:
    """Give every style its name and the id that goes with it; answers the new ids by the old ones."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    held = {name_of(style) for style in by_id.values()}
    free = (f"Custom Style {number}" for number in count(1))
    for style_id, style in by_id.items():
        name = name_of(style)
        if not may_stay(name, known_names):
            name = next(each for each in free if each not in held)
        new_id = stem = id_for(name)
        while new_id in taken:
            numbers[stem] = numbers.get(stem, 1) + 1
            new_id = f"{stem}{numbers[stem]}"
        taken.add(new_id)
        ids[style_id] = new_id
        style.set(_ID, new_id)
        element = style.find(w("name"))
        if element is None:
            element = style.makeelement(w("name"))
            style.insert(0, element)
        element.set(VAL, name)
    return ids


def _forget_unused_fonts(draft: Draft, unused: list[Element]) -> None:
    """A font is named where its letters are seen, and not in a style that nothing has."""
    seen = set()
    roots = [story.root for story in draft.stories]
    roots += [each for each in (draft.numbering, draft.styles) if each is not None]
    idle = set(unused)
    for root in roots:
        for fonts in root.iter(w("rFonts")):
            if not any(each in idle for each in fonts.iterancestors(w("style"))):
                seen |= {fonts.get(name) for name in _FONTS}
    for style in unused:
        for fonts in elements(style, "w:rFonts"):
            for name in _FONTS:
                if name in fonts.attrib and fonts.get(name) not in seen:
                    del fonts.attrib[name]


def theme_in_use(draft: Draft) -> bool:
    """Whether any letter or colour is taken from the theme."""
    themed = tuple(w(name) for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme", "themeColor",
                                        "themeFill"))  # fmt: skip
    roots = [story.root for story in draft.stories]
    roots += [each for each in (draft.numbering, draft.styles) if each is not None]
    return any(
        any(name in element.attrib for name in themed) or element.tag == full("a:schemeClr")
        for root in roots
        for element in root.iter()
    )
