"""What becomes of each word of paragraphs that are compared: kept, deleted, inserted, moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.word.redline.stream import Entry, Mark, Piece, Status, joined_pieces
from app.word.redline.tokens import SPECIAL, Fixed, Item, Token
from app.word.redline.words import compare

_MARK: Final = SPECIAL + "¶"


def _keys(items: Sequence[Item | Mark], *, framed: bool = False) -> list[str]:
    """Keys of what is compared: tokens, and paragraph marks within the stretch.

    Args:
        items: What is compared.
        framed: Whether drawings are the same where only the words in their text boxes differ.
    """
    return [
        ((item.frame if framed else "") or item.key) if isinstance(item, Token) else _MARK
        for item in items
        if isinstance(item, Token) or (isinstance(item, Mark) and not item.is_fixed)
    ]


def merged(olds: list[Item | Mark], news: list[Item | Mark]) -> list[Entry]:
    """One sequence of what is kept, deleted and inserted."""
    entries: list[Entry] = []
    at = 0

    def take(count: int, status: Status, partners: Sequence[Item | Mark] = ()) -> None:
        nonlocal at
        done = 0
        while done < count:
            item = olds[at]
            at += 1
            if isinstance(item, Token):
                partner = partners[done] if partners else None
                done += 1
                entries.append(Piece(status, item, partner if isinstance(partner, Token) else None))
            elif isinstance(item, Fixed) or item.is_fixed:
                entries.append(item)
            else:
                partner = partners[done] if partners else None
                done += 1
                item.status = status
                item.new = partner.new if isinstance(partner, Mark) else None
                entries.append(item)

    for equal, i, j, k, m in compare(_keys(olds, framed=True), _keys(news, framed=True)):
        if equal:
            take(j - i, "kept", news[k:m])
        else:
            take(j - i, "deleted")
            entries += (Piece("inserted", new=each) if isinstance(each, Token) else each for each in news[k:m])
    entries += [item for item in olds[at:] if not isinstance(item, Token)]
    return joined_pieces(entries)


def fates_of_moved(items: Sequence[Item | Mark], others: Sequence[Item | Mark], *, here: bool) -> list[Status]:
    """What becomes of each token of a moved paragraph at one of its two places."""
    keys, other = _keys(items), _keys(others)
    shared: Status = "moved here" if here else "moved away"
    lone: Status = "inserted" if here else "deleted"
    fates: list[Status] = []
    for equal, i, j, k, m in compare(other, keys) if here else compare(keys, other):
        size = m - k if here else j - i
        fates += [shared if equal else lone] * size
    found = iter(fates)
    return [next(found) if isinstance(item, Token) else "kept" for item in items]


def as_entries(items: Sequence[Item | Mark], statuses: Sequence[Status], *, old: bool) -> list[Entry]:
    """Items of the old paragraph, or of the new one, each with what becomes of it."""
    return [
        (Piece(status, old=item) if old else Piece(status, new=item)) if isinstance(item, Token) else item
        for item, status in zip(items, statuses, strict=True)
    ]


def is_unchanged(entry: Entry) -> bool:
    """Whether neither the words nor the look of an entry change."""
    if isinstance(entry, Fixed):
        return True
    if isinstance(entry, Mark):
        return entry.is_fixed
    if not isinstance(entry, Piece) or entry.status != "kept" or entry.old is None:
        return False
    if entry.new is None:
        return True
    olds, news = entry.old.solid, entry.new.solid
    if len(olds) == len(news) == 1:
        return olds[0].format == news[0].format
    return {part.format for part in olds} == {part.format for part in news} and len({p.format for p in olds}) == 1
