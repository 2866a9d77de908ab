"""What a paragraph of a Word file is compared by: words, signs and whole things, each with where it comes from.

A word may be spread over runs (a program split it, or one letter of it is bold): it is one token of several parts.
What is in a tracked deletion of somebody else, and what only marks a place, has no width: it stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.word.names import Element

word_pattern: Final = re.compile(r"\w+(?:[’'\-.,]\w+)*|\s+|[^\w\s]")
SPECIAL: Final = "\0"
"""First character of the key of a token that is no text."""

Wraps = tuple[Element, ...]
"""Tracked insertions and moves of somebody else around a piece, the outermost first."""


class Fixed:
    """Something without width that stays where it is."""

    __slots__ = ("element", "wraps")

    def __init__(self, element: Element, wraps: Wraps = ()) -> None:
        self.element = element
        self.wraps = wraps


class Part:
    """A stretch of a token that lies in one run: text, or an element inside a run, or whole elements."""

    __slots__ = ("format", "piece", "run", "wraps")

    def __init__(
        self, piece: str | Element | list[Element], run: Element | None, run_format: str, wraps: Wraps
    ) -> None:
        self.piece = piece
        self.run = run  # None where `piece` is a list of elements that stand beside runs
        self.format = run_format
        self.wraps = wraps


class Token:
    """A word, a space, a sign, or a thing that is kept whole."""

    __slots__ = ("frame", "key", "note", "parts", "text")

    def __init__(
        self,
        key: str,
        text: str,
        parts: list[Part | Fixed],
        note: tuple[str, str] | None = None,
        *,
        frame: str = "",
    ) -> None:
        self.key = key
        self.text = text
        self.parts = parts
        self.note = note  # kind and id of the note that it refers to
        self.frame = frame  # of a drawing with text boxes: its key without their words

    @property
    def is_text(self) -> bool:
        """Whether it is made of characters alone."""
        return not self.key.startswith(SPECIAL)

    @property
    def solid(self) -> list[Part]:
        """Its parts that have width."""
        return [part for part in self.parts if isinstance(part, Part)]


Item = Token | Fixed


def words_of(pieces: Iterable[Part | Item]) -> list[Item]:
    """Join the text of neighbouring parts and cut it into words."""
    items: list[Item] = []
    open_parts: list[Part | Fixed] = []
    for piece in pieces:
        if isinstance(piece, Token):
            items += _cut(open_parts)
            open_parts = []
            items.append(piece)
        else:
            open_parts.append(piece)
    return items + _cut(open_parts)


def _cut(pieces: list[Part | Fixed]) -> list[Item]:
    if not pieces:
        return []
    texts = [str(piece.piece) if isinstance(piece, Part) else "" for piece in pieces]
    if len(pieces) == 1 and isinstance(pieces[0], Part):
        only = pieces[0]
        return [
            Token(word, word, [Part(word, only.run, only.format, only.wraps)])
            for word in word_pattern.findall(texts[0])
        ]
    items: list[Item] = []
    index = at = 0  # the piece that the next character is in, and where that piece starts
    for match in word_pattern.finditer("".join(texts)):
        start, end = match.span()
        while index < len(pieces) and at + len(texts[index]) <= start:
            piece = pieces[index]
            if isinstance(piece, Fixed):
                items.append(piece)
            at += len(texts[index])
            index += 1
        parts: list[Part | Fixed] = []
        while start < end:
            piece = pieces[index]
            if isinstance(piece, Fixed):
                parts.append(piece)
                index += 1
                continue
            stop = min(end, at + len(texts[index]))
            parts.append(Part(texts[index][start - at : stop - at], piece.run, piece.format, piece.wraps))
            start = stop
            if stop == at + len(texts[index]) and start < end:
                at += len(texts[index])
                index += 1
        items.append(Token(match[0], match[0], parts))
    return items + [piece for piece in pieces[index:] if isinstance(piece, Fixed)]
