"""How like two provisions are: concept vectors weighted by rarity, found through an inverted index.

The cost grows with the words and not with the product of the two texts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from app.analysis.concepts import Concepts
from app.text.document import Provision

_NEAREST = 40  # provisions of the draft that are weighed as partners of one of ours
_MOST_KEPT = 400  # indexes of our own texts kept at a time: a library twice over


class ConceptIndex:
    """Concept vectors of one text's provisions, searchable by likeness."""

    def __init__(self, provisions: Sequence[Provision], concepts: Concepts) -> None:
        self.counts = [Counter(c.name for c in concepts.read(_words(p))) for p in provisions]
        self.plain = [" ".join(p.text.lower().split()) for p in provisions]
        self.postings: dict[str, list[int]] = defaultdict(list)
        for number, counts in enumerate(self.counts):
            for name in counts:
                self.postings[name].append(number)
        self._within: dict[frozenset[int], dict[str, list[int]]] = {}

    def within(self, numbers: frozenset[int]) -> dict[str, list[int]]:
        """Where each concept stands among some of the provisions; a few of thousands, and asked for by many texts."""
        if numbers not in self._within:
            found: dict[str, list[int]] = defaultdict(list)
            for number in sorted(numbers):
                for name in self.counts[number]:
                    found[name].append(number)
            self._within[numbers] = found
        return self._within[numbers]


def kept_index(provisions: Sequence[Provision], concepts: Concepts) -> ConceptIndex:
    """The index of a text that is compared again and again, such as a clause: built once, then remembered."""
    key = tuple(_words(provision) for provision in provisions)
    index = concepts.kept.get(key)
    if index is None:
        index = ConceptIndex(provisions, concepts)
        if len(concepts.kept) >= _MOST_KEPT:
            concepts.kept.clear()
        concepts.kept[key] = index
    return index


class Likeness:
    """How like the provisions of two texts are, from 0 to 1; weights and lengths are kept once computed."""

    def __init__(self, ours: ConceptIndex, theirs: ConceptIndex, candidates: frozenset[int] | None = None) -> None:
        self.ours, self.theirs = ours, theirs
        self._candidates = candidates
        self._postings = theirs.postings if candidates is None else theirs.within(candidates)
        self._total = len(ours.counts) + len(theirs.counts)
        self._weights: dict[str, float] = {}
        self._lengths: dict[int, float] = {}
        self._rows: dict[int, dict[int, float]] = {}
        self._best: dict[int, float] | None = None

    def row(self, i: int) -> dict[int, float]:
        """The provisions of theirs that are most like our provision `i`, with their likeness."""
        if i not in self._rows:
            self._rows[i] = self._read_row(i)
        return self._rows[i]

    def _read_row(self, i: int) -> dict[int, float]:
        counts = self.ours.counts[i]
        length = self._length(counts)
        if not length:
            return {}
        everywhere = math.inf if self._candidates is not None else max(60, 0.2 * len(self.theirs.counts))
        products: dict[int, float] = defaultdict(float)
        shared: dict[int, float] = defaultdict(float)
        common: list[tuple[str, float, float]] = []  # too common in the draft to find anything by
        for name, count in counts.items():
            postings = self._postings.get(name, ())
            rarity = self._weight(name)
            weight = count * rarity**2
            if len(postings) > everywhere:
                common.append((name, weight, rarity))
                continue
            for j in postings:
                products[j] += weight * self.theirs.counts[j][name]
                shared[j] += rarity
        nearest = sorted(products, key=products.__getitem__, reverse=True)[:_NEAREST]
        for j in nearest:
            other = self.theirs.counts[j]
            for name, weight, rarity in common:
                if name in other:
                    products[j] += weight * other[name]
                    shared[j] += rarity
        whole = sum(map(self._weight, counts)) or 1.0
        telling = 0.25 * min(1.0, len(counts) / 6)
        # Rounded, so that the same sentence in two clauses is as like in both and the order of summing decides nothing.
        return {
            j: round(min(1.0, 0.75 * products[j] / (length * self._length_of(j)) + telling * shared[j] / whole), 9)
            for j in nearest
        }

    def best(self, j: int) -> float:
        """The likeness of provision `j` of theirs to whichever of ours it is most like."""
        if self._best is None:
            self._best = {}
            for i in range(len(self.ours.counts)):
                for place, score in self.row(i).items():
                    self._best[place] = max(score, self._best.get(place, 0.0))
        return self._best.get(j, 0.0)

    def contained(self, i: int, j: int) -> float:
        """The share of the words of our provision `i`, by rarity, that provision `j` of theirs has too."""
        return self._share(self.ours.counts[i], self.theirs.counts[j])

    def holding(self, i: int, j: int) -> float:
        """The share of the words of provision `j` of theirs that our provision `i` has too."""
        return self._share(self.theirs.counts[j], self.ours.counts[i])

    def _share(self, part: Counter[str], whole: Counter[str]) -> float:
        total = sum(map(self._weight, part))
        return sum(self._weight(name) for name in part if name in whole) / total if total else 0.0

    def to_title(self, names: frozenset[str], j: int) -> float:
        """The share of a title's words, by rarity, that provision `j` of theirs speaks of."""
        weight = sum(map(self._weight, names))
        return sum(self._weight(name) for name in names if name in self.theirs.counts[j]) / weight if weight else 0.0

    def _length_of(self, j: int) -> float:
        if j not in self._lengths:
            self._lengths[j] = self._length(self.theirs.counts[j])
        return self._lengths[j]

    def _weight(self, name: str) -> float:
        """Rarity over both texts: a word that stands everywhere says little."""
        if name not in self._weights:
            seen = len(self.ours.postings.get(name, ())) + len(self.theirs.postings.get(name, ()))
            self._weights[name] = math.log(1 + self._total / (1 + seen))
        return self._weights[name]

    def _length(self, counts: Counter[str]) -> float:
        return math.sqrt(sum((count * self._weight(name)) ** 2 for name, count in counts.items()))


def _words(provision: Provision) -> str:
    return provision.full_text
