"""Takes out the styles and lists that nothing in the text leads to. A list style and its list may hold each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from app.word.table_safe.draft import Draft
from app.word.table_safe.lists import doubles
from app.word.table_safe.names import VAL, Element, full, remove, w
from app.word.table_safe.style_names import RENAMED, may_stay
from app.word.table_safe.styles import name_of, styles_by_id

_STYLE, _LIST, _DEFINITION, _LINK = "style", "list", "definition", "link"
_LEADS: Final = {
    w("pStyle"): _STYLE,
    w("rStyle"): _STYLE,
    w("tblStyle"): _STYLE,
    w("basedOn"): _STYLE,
    w("link"): _STYLE,
    w("styleLink"): _STYLE,
    w("numStyleLink"): _LINK,
    w("numId"): _LIST,
    w("abstractNumId"): _DEFINITION,
}
_IN_TEXT: Final = tuple(full(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle", "numId"))
_IN_STYLES: Final = tuple(full(f"w:{name}") for name in ("basedOn", "link", "numId"))
_IN_LISTS: Final = tuple(full(f"w:{name}") for name in ("abstractNumId", "styleLink", "numStyleLink"))

_Thing = tuple[str, str]  # its kind and its id


def drop_unused(draft: Draft, known_names: Collection[str]) -> None:
    """Take out the styles and lists that no text has, that no style in use rests on, and that somebody made.

    Args:
        draft: The gathered parts.
        known_names: Names of styles that the other side's own file has.
    """
    styles = styles_by_id(draft)
    things: dict[_Thing, list[Element]] = {(_STYLE, style_id): [style] for style_id, style in styles.items()}
    for thing, element in _lists(draft.numbering):
        things.setdefault(thing, []).append(element)
    waiting = [thing for story in draft.stories for thing in _leads(story.root, _IN_TEXT)]
    waiting += [(_STYLE, style_id) for style_id, style in styles.items() if _stays_anyway(style, known_names)]
    reached: set[_Thing] = set()
    kept: set[Element] = set()
    while waiting:
        thing = waiting.pop()
        if thing not in reached:
            reached.add(thing)
            kept.update(things.get(thing, ()))
            for element in things.get(thing, ()):
                waiting += _leads(element, _IN_STYLES if thing[0] == _STYLE else _IN_LISTS)
    for elements in things.values():
        for element in elements:
            if element not in kept:
                remove(element)


def _lists(numbering: Element | None) -> Iterator[tuple[_Thing, Element]]:
    """Lists and their definitions; a definition is also found by the list style that it belongs to."""
    if numbering is None:
        return
    for tag, kind, key in ((w("num"), _LIST, w("numId")), (w("abstractNum"), _DEFINITION, w("abstractNumId"))):
        for spare in doubles(numbering, tag, key):
            remove(spare)
        for element in numbering.iterfind(tag):
            yield (kind, element.get(key, "")), element
            if (link := element.find(w("styleLink"))) is not None:
                yield (_LINK, link.get(VAL, "")), element


def _leads(element: Element, tags: tuple[str, ...]) -> list[_Thing]:
    """What an element names; a link to a list style leads to the style and to its list."""
    found = []
    for each in element.iter(*tags):
        kind, name = _LEADS[each.tag], each.get(VAL, "")
        found += [(kind, name), (_STYLE, name)] if kind == _LINK else [(kind, name)]
    return found


def _stays_anyway(style: Element, known_names: Collection[str]) -> bool:
    """The styles that everybody has, that the other side's own file has, or that text has without saying so."""
    name = name_of(style)
    is_default = style.get(w("default")) in {"1", "true", "on"}
    return is_default or (may_stay(name, known_names) and RENAMED.fullmatch(name) is None)
