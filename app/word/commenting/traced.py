"""From the reader's text back to the file: which element holds a character, and where in it.

The reader of `app.text` walks the file; here it leaves a trace of where each piece of text came from. Its text and the
trace are then laid beside each other without white space, since the reader makes white space single and puts automatic
numbers in front that stand nowhere in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from app.text.docx_content import Content
from app.text.docx_names import short
from app.text.docx_paragraph import GONE_AFTER, Paragraph, Piece
from app.text.docx_styles import Styles
from app.text.docx_views import flatten
from app.word.names import Element
from app.word.package import Package

_UNSEEN: Final = re.compile("[\\s\u00ad\u200b\u200c\u200d\u2060\ufeff\x00]+")
_SPACE: Final = re.compile(r"\s+")
_LONGEST_NUMBER: Final = 6
"""Words that an automatic number may have: "Appendix A, Part 2, Section 14."."""
_LOOK_AHEAD: Final = 40
"""Paragraphs to look through for the next line, where the file shows something that the text does not have."""


@dataclass(frozen=True, slots=True)
class Place:
    """One visible character of the file."""

    element: Element  # the `w:t` that holds it, or another element that stands for it as a whole
    offset: int | None  # of the character in the element's text; None where the element is not cut


class _Tracing(Content):
    """The reader's walk, with the element behind each piece of text remembered."""

    def __init__(self, root: Element, styles: Styles) -> None:
        super().__init__(root, styles)
        self.sources: dict[int, Element] = {}  # by the identity of the piece; `kept` holds the pieces alive
        self.kept: list[Piece] = []

    def say(self, text: str) -> None:
        super().say(text)
        host = self._open[-1] if self._open else self._loose
        last = host.pieces[-1] if host is not None and host.pieces else None
        if last is not None and id(last) not in self.sources and self._here is not None:
            self.sources[id(last)] = self._here
            self.kept.append(last)


class Trace:
    """The visible words of a file, laid beside the text that the reader made of it."""

    def __init__(self, package: Package, text: str) -> None:
        """Walk through the file.

        Args:
            package: The file.
            text: What the reader made of it, a paragraph a line.
        """
        walk = _Tracing(package.root, Styles(package.tree_of_kind("styles")))
        paragraphs = flatten(walk.read())
        self._sources = walk.sources
        self._kept = walk.kept
        self._pieces = [piece for each in paragraphs for piece in _visible(each)]
        self._text = text
        words = [[_UNSEEN.sub("", piece.text) for piece in _visible(each)] for each in paragraphs]
        self._piece_starts = [0, *accumulate(len(each) for line in words for each in line)]
        joined = ["".join(line) for line in words]
        self._beside = _lay_beside([each for each in joined if each], text)

    def find(self, start: int, end: int) -> tuple[Place, Place] | None:
        """The first and the last character of these words in the file; None where it does not show them."""
        positions = [self._position(place) for place in (_first(self._text, start, end), _last(self._text, start, end))]
        if positions[0] is None or positions[1] is None:
            return None
        first, last = self._place(positions[0][1]), self._place(positions[1][0])
        return (first, last) if first and last and positions[0][1] <= positions[1][0] else None

    def first_words(self) -> tuple[Place, Place] | None:
        """The first line of the text, for what is said of the whole."""
        start = 0
        for line in self._text.split("\n"):
            found = self.find(start, start + len(line))
            if found:
                return found
            start += len(line) + 1
        return None

    def _position(self, place: int | None) -> tuple[int, int] | None:
        """Where the character stands among the file's; in a number, (the one before it, the first behind it)."""
        if place is None:
            return None
        number = self._text.count("\n", 0, place)
        beside = self._beside[number]
        if beside is None:
            return None
        line_start = self._text.rfind("\n", 0, place) + 1
        nth = len(_UNSEEN.sub("", self._text[line_start:place])) - beside.number
        if nth < 0:
            return beside.start - 1, beside.start
        return beside.start + nth, beside.start + nth

    def _place(self, position: int) -> Place | None:
        if not 0 <= position < self._piece_starts[-1]:
            return None
        index = bisect_right(self._piece_starts, position) - 1
        piece = self._pieces[index]
        element = self._sources.get(id(piece))
        if element is None:
            return None
        return Place(element, _raw_offset(element, position - self._piece_starts[index]))


@dataclass(frozen=True, slots=True)
class _Beside:
    """A line of the text beside the words of the file."""

    number: int  # visible characters of an automatic number in front
    start: int  # where its words begin among the visible characters of the file


def _visible(paragraph: Paragraph) -> list[Piece]:
    return [piece for piece in paragraph.pieces if piece.change is None or piece.change.kind not in GONE_AFTER]


def _lay_beside(paragraphs: Sequence[str], text: str) -> list[_Beside | None]:
    """For each line of the text where its words stand in the file; None for a line that the file does not show."""
    stream = "".join(paragraphs)
    starts = [0, *accumulate(len(each) for each in paragraphs)]
    ends = set(starts)
    found: list[_Beside | None] = []
    at = 0  # index of the paragraph that comes next
    for line in text.split("\n"):
        match: _Beside | None = None
        for index in range(at, min(at + _LOOK_AHEAD, len(paragraphs))):
            match = _match(stream, starts[index], line, ends)
            if match is not None:
                break
        found.append(match)
        if match is not None:
            at = bisect_right(starts, match.start + len(_UNSEEN.sub("", line)) - match.number) - 1
    return found


def _match(stream: str, start: int, line: str, ends: set[int]) -> _Beside | None:
    """The line at this place, with or without an automatic number; it ends where a paragraph does."""
    squeezed = _UNSEEN.sub("", line)
    if not squeezed:
        return None
    number = 0
    for word in ("", *_SPACE.split(line.strip(), maxsplit=_LONGEST_NUMBER)[:_LONGEST_NUMBER]):
        number += len(_UNSEEN.sub("", word))
        words = squeezed[number:]
        if words and stream.startswith(words, start) and start + len(words) in ends:
            return _Beside(number, start)
    return None


def _first(text: str, start: int, end: int) -> int | None:
    return next((place for place in range(start, min(end, len(text))) if not _UNSEEN.match(text[place])), None)


def _last(text: str, start: int, end: int) -> int | None:
    places = range(min(end, len(text)) - 1, start - 1, -1)
    return next((place for place in places if not _UNSEEN.match(text[place])), None)


def _raw_offset(element: Element, nth: int) -> int | None:
    """Where the nth visible character stands in the element's own text."""
    if short(element) not in {"w:t", "w:delText"} or len(element):
        return None
    for offset, character in enumerate(element.text or ""):
        if not _UNSEEN.match(character):
            if nth == 0:
                return offset
            nth -= 1
    return None
