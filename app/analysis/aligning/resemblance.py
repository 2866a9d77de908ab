"""Which clauses of the library a passage resembles."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.concepts import Concepts
from app.analysis.learned.second_reader import SecondReader
from app.analysis.results import ClauseText

THRESHOLD = 0.2
"""Below this score a passage only shares some words with a clause."""

MOST = 5

_READ_AGAIN = 24  # provisions, the most alike by concepts, that are ordered anew
_MEANING = 0.5  # what likeness of meaning counts for beside that of concepts


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A clause and how much a passage is like it: 0 nothing in common, 1 the same content words."""

    id: str
    score: float

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "score": round(self.score, 3)}


class ClauseIndex:
    """The provisions of many clauses as vectors of concepts, weighted by how rare each is in the library.

    Built once; a question costs no more than the provisions that share a concept with the passage. The nearest of them
    are ordered anew with the second reader's help, which knows when other words say the same.
    """

    def __init__(self, texts: Sequence[ClauseText], concepts: Concepts, reader: SecondReader) -> None:
        self._concepts = concepts
        self._reader = reader
        read = [
            (text.id, Counter(each.name for each in concepts.read(provision.full_text)))
            for text in texts
            for provision in text.provisions
        ]
        self._texts = [provision.full_text for text in texts for provision in text.provisions]
        self._total = len(read)
        self._seen = Counter(name for _, counts in read for name in counts)
        self._owners = [clause_id for clause_id, _ in read]
        self._vectors = [self._vector(counts) for _, counts in read]
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, vector in enumerate(self._vectors):
            for name in vector:
                self._postings[name].append(number)

    def resembled_by(self, text: str) -> list[Resemblance]:
        """Name the clauses that a passage resembles, the most alike first, at most five.

        The score of a clause is that of the provision of it that is most alike: two thirds likeness of concepts, one
        third likeness of meaning.
        """
        vector = self._vector(Counter(each.name for each in self._concepts.read(text)))
        products: dict[int, float] = defaultdict(float)
        for name, weight in vector.items():
            for number in self._postings.get(name, ()):
                products[number] += weight * self._vectors[number][name]
        best: dict[str, float] = {}
        nearest = sorted(products, key=lambda number: -products[number])[:_READ_AGAIN]
        if not nearest:
            return []
        meaning = self._reader.passage(text).vector
        for number in nearest:
            owner = self._owners[number]
            alike = float(self._reader.passage(self._texts[number]).vector @ meaning)
            score = (min(1.0, products[number]) + _MEANING * max(0.0, alike)) / (1 + _MEANING)
            best[owner] = max(best.get(owner, 0.0), min(1.0, score))
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Resemblance(clause_id, score) for clause_id, score in ranked if score >= THRESHOLD][:MOST]

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        """Unit length; a word said twice counts little more than once."""
        weights = {
            name: (1 + math.log(count)) * math.log(1 + self._total / (1 + self._seen[name]))
            for name, count in counts.items()
        }
        length = math.sqrt(sum(weight**2 for weight in weights.values()))
        return {name: weight / length for name, weight in weights.items()} if length else {}
