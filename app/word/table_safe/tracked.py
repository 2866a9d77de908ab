"""Tracked changes: refused unless asked for, and then only those of the sides at the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from app.word.table_safe.names import Element, full, remove, w
from app.word.table_safe.refusal import quoted, refusal

AUTHOR: Final = w("author")
CHANGES: Final = tuple(
    full(f"w:{name}")
    for name in (
        "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "cellIns", "cellDel", "cellMerge",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange",
        "tblGridChange", "numberingChange",
    )
)  # fmt: skip
_STRUCK: Final = (full("w:delText"), full("w:delInstrText"))
_UNSIGNED: Final = full("w:tblGridChange")  # the only change of which the standard names no author
_CELL: Final = full("w:tc")
_COMES, _GOES = frozenset({"comes"}), frozenset({"goes"})
_WRAPPERS: Final = {full("w:ins"): _COMES, full("w:moveTo"): _COMES, full("w:del"): _GOES, full("w:moveFrom"): _GOES}
_GOING: Final = tuple(tag for tag, way in _WRAPPERS.items() if way == _GOES)
_MARKS: Final = {full("w:ins"): _COMES, full("w:cellIns"): _COMES, full("w:del"): _GOES, full("w:cellDel"): _GOES}
_MARKED: Final = {full("w:tr"): full("w:trPr"), _CELL: full("w:tcPr")}


def check_changes(roots: dict[str, Element], authors: Collection[str], *, wanted: bool) -> None:
    """Refuse changes that are not to be seen.

    Args:
        roots: The trees by the name of their part.
        authors: Whose changes may be seen.
        wanted: Whether any may.

    Raises:
        NotTableSafe: Names the part, the author, and what to do.
    """
    for part, root in roots.items():
        for change in root.iter(*CHANGES, *_STRUCK):
            if not wanted:
                raise refusal(
                    part,
                    "has tracked changes. Accept or reject them first, or ask for a file that keeps them.",
                )
            if change.tag in _STRUCK:
                if next(change.iterancestors(*_GOING), None) is None:
                    raise refusal(part, f"has struck words that no deletion holds: {quoted(change.text or '')}.")
            elif change.tag != _UNSIGNED and (author := change.get(AUTHOR, "")) not in authors:
                name = quoted(author) if author else "somebody without a name"
                raise refusal(
                    part,
                    f"has tracked changes by {name}. Accept or reject them first: "
                    f"only those by {_listed(authors)} are meant to be seen.",
                )


def authors_of(roots: Sequence[Element]) -> frozenset[str]:
    """Who made the changes in these trees."""
    return frozenset(
        change.get(AUTHOR, "") for root in roots for change in root.iter(*CHANGES) if change.tag != _UNSIGNED
    )


def drop_second_thoughts(root: Element, author: str, part: str) -> None:
    """What we inserted and took out again was on nobody's table; a word processor forgets it, too.

    Raises:
        NotTableSafe: It is a cell of a table, which cannot go alone.
    """
    for inner in second_thoughts(root, author):
        if inner.tag == _CELL:
            raise refusal(part, "has a table cell that we inserted and took out again; settle that change first.")
        remove(inner)


def second_thoughts(root: Element, author: str) -> list[Element]:
    """Runs, rows and cells that one author both inserted and deleted, in whichever of the two the other stands."""
    found: list[Element] = []
    if not any(change.get(AUTHOR) == author for change in root.iter(*CHANGES)):
        return found
    waiting: list[tuple[Element, frozenset[str]]] = [(root, frozenset())]
    while waiting:
        element, around = waiting.pop()
        own = _ways(element, author)
        both = around | own
        if own and len(both) > 1:
            found.append(element)
        else:
            waiting += [(child, both) for child in element if len(child) or child.tag in _WRAPPERS]
    return found


def _ways(element: Element, author: str) -> frozenset[str]:
    """Whether this author's change lets an element come, or go, or both."""
    if element.tag in _WRAPPERS:
        return _WRAPPERS[element.tag] if element.get(AUTHOR) == author else frozenset()
    marks = _MARKED.get(element.tag)
    properties = None if marks is None else element.find(marks)
    if properties is None:
        return frozenset()
    return frozenset().union(*(_MARKS.get(each.tag, ()) for each in properties if each.get(AUTHOR) == author))


def drop_old_numbers(root: Element) -> None:
    """`w:numberingChange` repeats a number as it once was, as text that no current program shows."""
    for change in list(root.iter(full("w:numberingChange"))):
        remove(change)


def _listed(authors: Collection[str]) -> str:
    return ", ".join(quoted(author) for author in sorted(authors)) or "nobody"
