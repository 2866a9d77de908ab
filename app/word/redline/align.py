"""Which blocks of two texts belong together: paragraphs, tables, rows, notes.

First what is the same and unique on both sides, then, between those, what is most alike, in order. A paragraph that was
split or joined is found by holding it against two neighbours taken together. All of it stays near linear in the length
of the text, whatever changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

ALIKE: Final = 0.5
"""Below this likeness two paragraphs are shown as one deleted and one inserted: word marks would be noise."""
_ALONE: Final = 0.38
"""The same where one paragraph stands against one, with nothing else to choose."""
_CONTINUED: Final = 0.6
_FEWEST: Final = 4
"""Words that a paragraph needs for another to be its continuation."""
_DENSE: Final = 3_600
"""Pairs to weigh in a stretch; a longer stretch is weighed only where rare words are shared."""
_MOST_WORDS: Final = 2_000
_WORDS: Final = re.compile(r"\w+|[^\w\s]")
_COMMON: Final = 12
"""A pair of words that stands in more blocks than this tells nothing about which belong together."""


class Alignable:
    """What the alignment needs to know of a block."""

    __slots__ = ("_words", "key", "kind", "loose", "threshold")

    def __init__(self, kind: str, key: str, *, loose: bool = False, threshold: float = ALIKE) -> None:
        """Describe a block.

        Args:
            kind: Only blocks of one kind are paired.
            key: Its text; equal keys are the same text.
            loose: Pair at any likeness where it stands alone: a table, a row, a note.
            threshold: Below this likeness it is not paired.
        """
        self.kind = kind
        self.key = key
        self.loose = loose
        self.threshold = threshold
        self._words: list[str] | None = None

    @property
    def words(self) -> list[str]:
        """The words of the text, cut only when somebody asks; of a very long one those at its beginning."""
        if self._words is None:
            self._words = _WORDS.findall(self.key)[:_MOST_WORDS]
        return self._words


Pair = tuple[int, int]


class _Region(NamedTuple):
    """Old blocks from `a` to before `b`, new ones from `c` to before `d`."""

    a: int
    b: int
    c: int
    d: int

    @property
    def size(self) -> int:
        return (self.b - self.a) * (self.d - self.c)


def align(old: Sequence[Alignable], new: Sequence[Alignable]) -> list[Pair]:
    """The pairs of places, increasing on both sides."""
    return _Alignment(old, new).pairs()


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """From 0 for nothing in common to 1 for the same words in the same order."""
    if not a or not b:
        return 1.0 if not a and not b else 0.0
    return float(Indel.normalized_similarity(a, b))


class _Alignment:
    def __init__(self, old: Sequence[Alignable], new: Sequence[Alignable]) -> None:
        self._old = old
        self._new = new
        self._pairs: list[Pair] = []

    def pairs(self) -> list[Pair]:
        self._align(_Region(0, len(self._old), 0, len(self._new)))
        return self._pairs

    def _align(self, region: _Region) -> None:
        old, new = self._old, self._new
        a, b, c, d = region
        while a < b and c < d and _same(old[a], new[c]):
            a, c = a + 1, c + 1
        self._pairs += zip(range(region.a, a), range(region.c, c), strict=True)
        tail: list[Pair] = []
        while b > a and d > c and _same(old[b - 1], new[d - 1]):
            b, d = b - 1, d - 1
            tail.append((b, d))
        if a < b and c < d:
            self._between(_Region(a, b, c, d))
        self._pairs += reversed(tail)

    def _between(self, region: _Region) -> None:
        a, b, c, d = region
        anchors = self._anchors(region)
        if anchors:
            for i, j in anchors:
                self._align(_Region(a, i, c, j))
                self._pairs.append((i, j))
                a, c = i + 1, j + 1
            self._align(_Region(a, b, c, d))
        elif region.size <= _DENSE:
            self._dense(region)
        else:
            self._sparse(region)

    def _anchors(self, region: _Region) -> list[Pair]:
        """Blocks that stand once on each side, as many as are in one order."""
        old, new = self._old[region.a : region.b], self._new[region.c : region.d]
        olds, news = Counter(each.key for each in old), Counter(each.key for each in new)
        places = {each.key: index for index, each in enumerate(old, start=region.a) if olds[each.key] == 1}
        found = [
            (places[each.key], index, 1.0)
            for index, each in enumerate(new, start=region.c)
            if news[each.key] == 1
            and each.key in places
            and each.key.strip()
            and each.kind == self._old[places[each.key]].kind
        ]
        return _patience(found)

    def _dense(self, region: _Region) -> None:
        """Pairs in order whose worth is greatest together."""
        rows, columns = region.b - region.a, region.d - region.c
        alone = rows == 1 and columns == 1
        olds, news = self._old[region.a : region.b], self._new[region.c : region.d]
        worth = [[_worth(old, new, alone=alone) for new in news] for old in olds]
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        for i in range(rows - 1, -1, -1):
            here, below = best[i], best[i + 1]
            for j in range(columns - 1, -1, -1):
                value = worth[i][j]
                here[j] = max(below[j], here[j + 1], below[j + 1] + value if value else 0.0)
        i = j = 0
        while i < rows and j < columns:
            if worth[i][j] and best[i][j] == best[i + 1][j + 1] + worth[i][j]:
                self._pairs.append((region.a + i, region.c + j))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1

    def _sparse(self, region: _Region) -> None:
        """The same for a long stretch: only blocks that share rare pairs of words are weighed."""
        a, b, c, d = region
        weighted = [
            (i, j, worth)
            for i, j in candidates(self._old, self._new, range(a, b), range(c, d))
            if (worth := _worth(self._old[i], self._new[j]))
        ]
        for i, j in [*_longest_rise(weighted), (b, d)]:
            between = _Region(a, i, c, j)
            if between.size <= _DENSE:
                self._dense(between)
            if i < b:
                self._pairs.append((i, j))
            a, c = i + 1, j + 1


def _same(a: Alignable, b: Alignable) -> bool:
    return a.key == b.key and a.kind == b.kind


def _longest_rise(weighted: list[tuple[int, int, float]]) -> list[Pair]:
    """Of pairs, the heaviest choice that rises on both sides."""
    if not weighted:
        return []
    ordered = sorted(weighted, key=lambda pair: (pair[1], -pair[0]))
    ranks = {place: rank for rank, place in enumerate(sorted({i for i, _, _ in ordered}), start=1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)  # a Fenwick tree of maxima
    before: list[int] = []
    for index, (i, _, weight) in enumerate(ordered):
        top = (0.0, -1)
        rank = ranks[i] - 1
        while rank > 0:
            top = max(top, best[rank])
            rank -= rank & -rank
        before.append(top[1])
        rank = ranks[i]
        while rank < len(best):
            best[rank] = max(best[rank], (top[0] + weight, index))
            rank += rank & -rank
    at = max(best)[1]
    chain: list[Pair] = []
    while at >= 0:
        chain.append(ordered[at][:2])
        at = before[at]
    return chain[::-1]


def _patience(weighted: list[tuple[int, int, float]]) -> list[Pair]:
    """The same where all weigh the same and come in the order of the new side."""
    tops: list[int] = []
    piles: list[int] = []
    before = [-1] * len(weighted)
    for index, (i, _, _) in enumerate(weighted):
        place = bisect_left(tops, i)
        if place:
            before[index] = piles[place - 1]
        if place == len(tops):
            tops.append(i)
            piles.append(index)
        else:
            tops[place], piles[place] = i, index
    chain: list[Pair] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(weighted[at][:2])
        at = before[at]
    return chain[::-1]


def _worth(a: Alignable, b: Alignable, *, alone: bool = False) -> float:
    """How much is gained by pairing two blocks; 0 where they must not be paired."""
    if a.kind != b.kind:
        return 0.0
    if a.key == b.key:
        return 0.1 if not a.words else 1.5 + min(len(a.words), 20) / 20
    if not a.words or not b.words:
        return 0.05 if a.loose and b.loose else 0.0
    shorter, longer = sorted((len(a.words), len(b.words)))
    if _continues(a.words, b.words):
        alike = max(likeness(a.words, b.words), _CONTINUED)
    else:
        alike = 0.0 if 2 * shorter / (shorter + longer) < min(a.threshold, _ALONE) else likeness(a.words, b.words)
    if alone and (a.loose or alike >= _ALONE):
        return max(alike, 0.01)
    return alike * (1 + min(shorter, 20) / 20) if alike >= a.threshold else 0.0


def _continues(a: list[str], b: list[str]) -> bool:
    """Whether one text is the other with words added in front or behind."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    size = len(shorter)
    return size >= _FEWEST and (longer[:size] == shorter or longer[-size:] == shorter)


def candidates(
    old: Sequence[Alignable], new: Sequence[Alignable], olds: Sequence[int], news: Sequence[int], *, most: int = 3
) -> list[Pair]:
    """For each new block, the old ones with which it shares most of its rare pairs of words."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in olds:
        for pair in _word_pairs(old[i].words):
            holders[pair].append(i)
    found: list[Pair] = []
    for j in news:
        shared: Counter[int] = Counter()
        for pair in _word_pairs(new[j].words):
            places = holders.get(pair, ())
            if len(places) <= _COMMON:
                shared.update(places)
        found += ((i, j) for i, _ in shared.most_common(most))
    return found


def _word_pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    if len(words) == 1:
        return {(words[0], "")}
    return set(pairwise(words))
