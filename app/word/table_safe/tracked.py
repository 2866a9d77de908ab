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
            author = change.get(AUTHOR)
            if author is not None and author not in authors:
                raise refusal(
                    part,
                    f"has tracked changes by {quoted(author)}. Accept or reject them first: "
                    f"only those by {_listed(authors)} are meant to be seen.",
                )


def authors_of(roots: Sequence[Element]) -> frozenset[str]:
    """Who made the changes in these trees."""
    return frozenset(
        change.get(AUTHOR) for root in roots for change in root.iter(*CHANGES) if change.get(AUTHOR) is not None
    )


def drop_second_thoughts(root: Element, author: str) -> None:
    """What we inserted and took out again was on nobody's table; a word processor forgets it, too."""
    for inner in second_thoughts(root, author):
        remove(inner)


def second_thoughts(root: Element, author: str) -> list[Element]:
    """Deletions of one author within insertions of the same."""
    return [
        inner
        for inner in root.iter(full("w:del"), full("w:moveFrom"))
        if inner.get(AUTHOR) == author
        and any(outer.get(AUTHOR) == author for outer in inner.iterancestors(full("w:ins"), full("w:moveTo")))
    ]


def drop_old_numbers(root: Element) -> None:
    """`w:numberingChange` repeats a number as it once was, as text that no current program shows."""
    for change in list(root.iter(full("w:numberingChange"))):
        remove(change)


def _listed(authors: Collection[str]) -> str:
    return ", ".join(quoted(author) for author in sorted(authors)) or "nobody"
