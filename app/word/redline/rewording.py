"""New words for a paragraph that is kept: each takes its look from the words around it, and things stay whole.

A field or a hyperlink counts with the words that it shows. While those words are kept, the thing is; when they change,
the thing goes and plain words come. What shows no words (a picture, the mark of a note) always stays.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from app.word.names import BR, MARK_CHANGES, PPR, RPR, RPR_CHANGE, TAB, Element, R
from app.word.redline.paragraph_reader import ParagraphReader
from app.word.redline.stream import Entry, Piece
from app.word.redline.tokens import SPECIAL, Fixed, Item, Part, Token, word_pattern
from app.word.redline.words import compare

_BREAKS: Final = {"\t": TAB, "\n": BR}
_PIECES: Final = re.compile(r"[\t\n]|[^\t\n]+")


class Look:
    """Where new words take their look from: a run, and the key of its look."""

    __slots__ = ("format", "run")

    def __init__(self, run: Element, run_format: str) -> None:
        self.run = run
        self.format = run_format


def plain_tokens(text: str, look: Look) -> list[Token]:
    """A text as tokens of one look."""
    tokens: list[Token] = []
    for piece in _PIECES.findall(text):
        if piece in _BREAKS:
            mark = look.run.makeelement(_BREAKS[piece], nsmap=look.run.nsmap)
            tokens.append(Token(SPECIAL + piece, piece, [Part(mark, look.run, look.format, ())]))
        else:
            tokens += (
                Token(word, word, [Part(word, look.run, look.format, ())]) for word in word_pattern.findall(piece)
            )
    return tokens


class Reworder:
    """Compares a paragraph's words with the new ones."""

    def __init__(self, reader: ParagraphReader) -> None:
        """Prepare."""
        self._reader = reader

    def look(self, paragraph: Element) -> Look:
        """The look that most of a paragraph's letters have (a bold caption is not it), or that of its mark."""
        letters: Counter[str] = Counter()
        looks: dict[str, Look] = {}
        for item in self._reader.read(paragraph):
            found = _look_of(item)
            if found is not None and isinstance(item, Token):
                looks.setdefault(found.format, found)
                letters[found.format] += len(item.text)
        return looks[letters.most_common(1)[0][0]] if looks else _mark_look(paragraph)

    def reworded(self, paragraph: Element, text: str) -> list[Entry]:
        """The paragraph's content with the new text tracked in it; its mark is not among the entries."""
        items = self._reader.read(paragraph)
        olds: list[str] = []  # the words that are shown
        homes: list[int] = []  # for each, the item it is of
        for index, item in enumerate(items):
            words = _shown(item)
            olds += words
            homes += [index] * len(words)
        news = word_pattern.findall(text)
        return self._entries(paragraph, items, homes, olds, news)

    def _entries(
        self, paragraph: Element, items: list[Item], homes: list[int], olds: list[str], news: list[str]
    ) -> list[Entry]:
        kept, inserted = _fates(items, homes, olds, news)
        entries: list[Entry] = []
        for index, item in enumerate(items):
            if isinstance(item, Fixed):
                entries.append(item)
            else:
                entries += self._come(items, index, inserted.get((index, True), ""), paragraph)
                entries.append(Piece("kept" if index in kept or not _shown(item) else "deleted", old=item))
            entries += self._come(items, index, inserted.get((index, False), ""), paragraph)
        entries += self._come(items, len(items), inserted.get((len(items), True), ""), paragraph)
        return entries

    def _come(self, items: list[Item], index: int, text: str, paragraph: Element) -> list[Entry]:
        if not text:
            return []
        order = [*range(index, -1, -1), *range(index + 1, len(items))]
        look = next((found for each in order if each < len(items) and (found := _look_of(items[each]))), None)
        return [Piece("inserted", new=token) for token in plain_tokens(text, look or _mark_look(paragraph))]


def _fates(
    items: list[Item], homes: list[int], olds: list[str], news: list[str]
) -> tuple[set[int], dict[tuple[int, bool], str]]:
    """Which items are kept, and what is inserted before (True) or behind (False) which item."""
    stretches = compare(olds, news)
    total = Counter(homes)
    found = Counter(home for equal, i, j, _, _ in stretches if equal for home in homes[i:j])
    kept = {home for home, count in found.items() if count == total[home]}
    inserted: dict[tuple[int, bool], str] = {}

    def put(place: tuple[int, bool], text: str) -> None:
        inserted[place] = inserted.get(place, "") + text

    for equal, i, j, k, m in stretches:
        if equal:
            for offset, home in enumerate(homes[i:j]):
                if home not in kept:  # a word of a thing that goes: it comes back as a plain word
                    put((home, False), news[k + offset])
        elif k < m:
            put((homes[j - 1], False) if j > i else _before(homes, i, len(items)), "".join(news[k:m]))
    return kept, inserted


def _before(homes: list[int], place: int, end: int) -> tuple[int, bool]:
    """Where words go that replace none: behind the word before, so that they look like it."""
    if place > 0:
        return homes[place - 1], False
    return (homes[0], True) if homes else (end, True)


def _shown(item: Item) -> list[str]:
    return word_pattern.findall(item.text) if isinstance(item, Token) else []


def _look_of(item: Item) -> Look | None:
    if not isinstance(item, Token) or not item.is_text:
        return None
    part = item.solid[0]
    return Look(part.run, part.format) if part.run is not None else None


def _mark_look(paragraph: Element) -> Look:
    run = paragraph.makeelement(R, nsmap=paragraph.nsmap)
    for properties in paragraph.iterchildren(PPR):
        for mark in properties.iterchildren(RPR):
            run.append(mark.__deepcopy__(None))
            for each in list(run[0]):
                if each.tag in MARK_CHANGES or each.tag == RPR_CHANGE:
                    run[0].remove(each)
    return Look(run, "mark")
