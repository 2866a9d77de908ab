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
_ROW, _CELL = full("w:tr"), full("w:tc")
_COMES: Final = (full("w:ins"), full("w:moveTo"), full("w:cellIns"))
_GOES: Final = (full("w:del"), full("w:moveFrom"), full("w:cellDel"))
_AROUND_RUNS: Final = frozenset(full(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))
_STATED: Final = frozenset({full("w:trPr"), full("w:tcPr")})
_BESIDE_RUNS: Final = frozenset({full("w:rPr"), full("w:numPr")})  # a paragraph mark, a number: no words


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
                if next(change.iterancestors(*_GOES), None) is None:
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
    ways: dict[Element, set[str]] = {}
    for change in root.iter(*_COMES, *_GOES):
        held = _held_by(change) if change.get(AUTHOR) == author else None
        if held is not None:
            ways.setdefault(held, set()).add("comes" if change.tag in _COMES else "goes")
    return [
        each
        for each, own in ways.items()
        if len(own.union(*(ways.get(around, ()) for around in each.iterancestors(*_COMES, *_GOES, _ROW, _CELL)))) > 1
    ]


def _held_by(change: Element) -> Element | None:
    """What comes or goes: the runs in a change, or the row or cell whose properties state it."""
    parent = change.getparent()
    if parent.tag in _STATED:
        return parent.getparent()
    return change if change.tag in _AROUND_RUNS and parent.tag not in _BESIDE_RUNS else None


def drop_old_numbers(root: Element) -> None:
    """`w:numberingChange` repeats a number as it once was, as text that no current program shows."""
    for change in list(root.iter(full("w:numberingChange"))):
        remove(change)


def _listed(authors: Collection[str]) -> str:
    return ", ".join(quoted(author) for author in sorted(authors)) or "nobody"
