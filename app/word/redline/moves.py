"""What was not deleted and inserted but moved: whole paragraphs, and sentences out of one paragraph into another.

A moved passage may have been edited on the way. What both places share is marked as moved, a word that was dropped as
deleted at the old place, a word that was added as inserted at the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.word.names import ID, NAME, Element, w
from app.word.redline.align import Alignable, candidates, likeness
from app.word.redline.ids import Signer
from app.word.redline.stream import Entry, Piece
from app.word.redline.tokens import Fixed

_LEAST_WORDS: Final = 5
_LEAST_LETTERS: Final = 25
_ALIKE: Final = 0.8


def moved_blocks(
    old: Sequence[Alignable], new: Sequence[Alignable], olds: Sequence[int], news: Sequence[int]
) -> dict[int, int]:
    """Of paragraphs without a counterpart, the old place of each that moved and its new place."""
    free_old = [i for i in olds if _is_worth_it(old[i])]
    free_new = [j for j in news if _is_worth_it(new[j])]
    moves: dict[int, int] = {}
    if not free_old or not free_new:
        return moves
    places: dict[str, list[int]] = {}
    for i in free_old:
        places.setdefault(old[i].key, []).append(i)
    taken: set[int] = set()
    for j in free_new:
        if places.get(new[j].key):
            moves[places[new[j].key].pop(0)] = j
            taken.add(j)
    rest_old = [i for i in free_old if i not in moves]
    rest_new = [j for j in free_new if j not in taken]
    scored = sorted(
        ((likeness(old[i].words, new[j].words), -i, -j) for i, j in candidates(old, new, rest_old, rest_new)),
        reverse=True,
    )
    for alike, minus_i, minus_j in scored:
        if alike >= _ALIKE and -minus_i not in moves and -minus_j not in taken:
            moves[-minus_i] = -minus_j
            taken.add(-minus_j)
    return moves


def _is_worth_it(block: Alignable) -> bool:
    return block.kind == "paragraph" and len(block.words) >= _LEAST_WORDS and len(block.key) >= _LEAST_LETTERS


class Ranges:
    """The range marks around a move's two places."""

    def __init__(self, signer: Signer) -> None:
        """Prepare."""
        self._signer = signer

    def around(self, holder: Element, name: str, *, here: bool) -> tuple[Element, Element]:
        """Start and end of one range; the two ranges of a move share its name."""
        kind = "moveTo" if here else "moveFrom"
        start = self._signer.change(holder, w(f"{kind}RangeStart"))
        start.set(NAME, name)
        end = holder.makeelement(w(f"{kind}RangeEnd"), {ID: start.get(ID)}, holder.nsmap)
        return start, end

    def name(self) -> str:
        """A name for a move that no other has."""
        return self._signer.move_name()


def moved_stretches(entries: list[Entry], ranges: Ranges, holder: Element) -> list[Entry]:
    """Mark as moved what was deleted in one place and inserted word for word in another."""
    gone, come = (_stretches(entries, status) for status in ("deleted", "inserted"))
    by_words: dict[str, list[tuple[int, int]]] = {}
    for start, stop in gone:
        if any(_is_theirs(entry) for entry in entries[start:stop]):
            continue  # a move within somebody else's change is more than word processors keep apart
        by_words.setdefault(_words(entries[start:stop], old=True), []).append((start, stop))
    around: dict[int, list[Entry]] = {}
    behind: dict[int, list[Entry]] = {}
    for start, stop in come:
        found = by_words.get(_words(entries[start:stop], old=False))
        if not found:
            continue
        source = found.pop(0)
        name = ranges.name()
        for (first, last), here in ((source, False), ((start, stop), True)):
            opening, closing = ranges.around(holder, name, here=here)
            around[first] = [Fixed(opening)]
            behind[last - 1] = [Fixed(closing)]
            for entry in entries[first:last]:
                if isinstance(entry, Piece):
                    entry.status = "moved here" if here else "moved away"
    if not around:
        return entries
    return [
        each for index, entry in enumerate(entries) for each in (*around.get(index, ()), entry, *behind.get(index, ()))
    ]


def _stretches(entries: list[Entry], status: str) -> list[tuple[int, int]]:
    """Runs of pieces of one fate within a paragraph, without spaces at their ends, where they are worth a move."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(entries):
        stop = start
        while stop < len(entries) and _is_piece(entries[stop], status):
            stop += 1
        if stop > start:
            first, last = start, stop
            while first < last and not _text(entries[first]).strip():
                first += 1
            while last > first and not _text(entries[last - 1]).strip():
                last -= 1
            letters = "".join(_text(each) for each in entries[first:last])
            if len(letters) >= _LEAST_LETTERS and len(letters.split()) >= _LEAST_WORDS:
                found.append((first, last))
        start = max(stop, start + 1)
    return found


def _is_theirs(entry: Entry) -> bool:
    return isinstance(entry, Piece) and entry.old is not None and any(part.wraps for part in entry.old.parts)


def _is_piece(entry: Entry, status: str) -> bool:
    return isinstance(entry, Piece) and entry.status == status


def _text(entry: Entry) -> str:
    if not isinstance(entry, Piece):
        return ""
    token = entry.old or entry.new
    return "" if token is None else token.text


def _words(entries: list[Entry], *, old: bool) -> str:
    tokens = ((each.old if old else each.new) for each in entries if isinstance(each, Piece))
    return "".join(token.key for token in tokens if token is not None)
