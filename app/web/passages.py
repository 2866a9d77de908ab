"""Text cut into pieces for quoting: the words that a finding rests on stand out inside the whole provision.

Offsets of spans may count in the document, in the quoted evidence or in the provision itself, since every stage of
the comparison counts in the text that it was given. A span is only ever marked where its own words stand, so a wrong
offset can hide a mark but never mark other words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Words(Protocol):
    """Anything that names words by place and content: a span, or evidence."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, marked or not."""

    text: str
    marked: bool = False


def find_words(text: str, words: Words, *, bases: Iterable[int] = (0,)) -> tuple[int, int] | None:
    """Find where `words` stand in `text`.

    Args:
        text: The passage that is going to be shown.
        words: A span; its offsets count from one of `bases`.
        bases: Where the passage may begin in the text that the offsets count in.

    Returns:
        Half-open offsets in `text`, or None when the words are not there.
    """
    if not words.text:
        return None
    for base in bases:
        start = words.start - base
        if start >= 0 and text[start : start + len(words.text)] == words.text:
            return start, start + len(words.text)
    found = text.find(words.text)
    return (found, found + len(words.text)) if found >= 0 else None


def cut(text: str, marks: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut `text` into pieces at `marks`; overlapping marks become one.

    The pieces joined give `text` again.
    """
    pieces: list[Piece] = []
    at = 0
    for start, end in _merged(marks, len(text)):
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text) or not pieces:
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def _merged(marks: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in marks):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
