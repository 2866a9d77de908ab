"""Pairs the provisions of two texts that speak of the same thing, many to many.

Likeness is the cosine of concept vectors weighted by rarity, found through an inverted index, so that the cost grows
with the words and not with the product of the two texts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.concepts import Concepts
from app.text.document import Provision

THRESHOLD = 0.22
"""Below this likeness two provisions are taken to speak of different things."""

_VERY_LIKE = 0.6
_ARTICLE_SHARE = 0.86
_LEFT_OVER = 0.12


@dataclass(frozen=True, slots=True)
class Group:
    """Provisions of both sides that belong together; `likeness` runs from 0 to 1. One side may be empty."""

    library: tuple[int, ...]
    draft: tuple[int, ...]
    likeness: float


class ConceptIndex:
    """Concept vectors of one text's provisions, searchable by likeness."""

    def __init__(self, provisions: Sequence[Provision], concepts: Concepts) -> None:
        self.counts = [Counter(c.name for c in concepts.read(_words(p))) for p in provisions]
        self.plain = [" ".join(p.text.lower().split()) for p in provisions]
        frequency = Counter(name for counts in self.counts for name in counts)
        self._total = len(provisions)
        self._frequency = frequency
        self.postings: dict[str, list[int]] = defaultdict(list)
        for number, counts in enumerate(self.counts):
            for name in counts:
                self.postings[name].append(number)

    def weight(self, name: str, other: ConceptIndex) -> float:
        """Rarity over both texts: a word that stands everywhere says little."""
        seen = self._frequency[name] + other._frequency[name]
        return math.log(1 + (self._total + other._total) / (1 + seen))


def offers(
    texts: Sequence[ConceptIndex], theirs: ConceptIndex, draft: Sequence[Provision]
) -> list[frozenset[int] | None]:
    """Decide which of the draft's provisions each of our texts may be answered by.

    Every clause has a grievance step and a list of what a notice says. So that one clause is not taken to answer
    another, each article of the draft goes to the texts that it resembles most as a whole; a provision that is very
    like one of ours is offered to it wherever it stands.

    Returns:
        For each text the numbers of the draft's provisions; None where there is nothing to choose.
    """
    if len(texts) < 2:
        return [None] * len(texts)
    best: list[dict[int, float]] = []
    for ours in texts:
        row: dict[int, float] = {}
        for i in range(len(ours.counts)):
            for j, score in _likeness(i, ours, theirs, "", []).items():
                row[j] = max(score, row.get(j, 0.0))
        best.append(row)
    articles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, provision in enumerate(draft):
        articles[article_of(provision, j)].append(j)
    offered: list[set[int]] = [set() for _ in texts]
    for members in articles.values():
        totals = [sum(max(0.0, row.get(j, 0.0) - THRESHOLD / 2) for j in members) for row in best]
        for number, total in enumerate(totals):
            if total > 0 and total >= _ARTICLE_SHARE * max(totals):
                offered[number].update(members)
    for numbers, row in zip(offered, best, strict=True):
        if numbers:
            numbers.update(j for j, score in row.items() if score >= _VERY_LIKE)
    return [frozenset(numbers) for numbers in offered]


def article_of(provision: Provision, place: int) -> tuple[str, ...]:
    """What a provision belongs to: its outermost heading, else the first part of its number, else itself."""
    if provision.heading_path:
        return provision.heading_path[:1]
    return (provision.number.split(".")[0].split("(")[0] or f"provision {place}",)


def align(
    library: Sequence[Provision],
    draft: Sequence[Provision],
    ours: ConceptIndex,
    theirs: ConceptIndex,
    offered: frozenset[int] | None = None,
) -> list[Group]:
    """Group the provisions of both sides.

    Args:
        library: the union's provisions.
        draft: the employer's.
        ours: index over `library`.
        theirs: index over `draft`.
        offered: the draft's provisions that may be partners; None for all.

    Returns:
        One group for each provision that found partners, and one for each that did not.
    """
    matches = _equal_texts(ours, theirs)
    edges = {(i, j): 1.0 for i, j in matches.items()}
    taken = set(matches.values())
    numbers = [provision.number for provision in draft]
    likeness = {
        i: {
            j: score
            for j, score in _likeness(i, ours, theirs, library[i].number, numbers).items()
            if offered is None or j in offered
        }
        for i in range(len(library))
        if i not in matches
    }
    best_for_draft: dict[int, tuple[float, int]] = {}
    for i, row in likeness.items():
        for j, score in row.items():
            if score > best_for_draft.get(j, (0.0, -1))[0]:
                best_for_draft[j] = (score, i)
    for i, row in likeness.items():
        free = {j: score for j, score in row.items() if j not in taken} or row
        if free:
            j, score = max(free.items(), key=lambda item: item[1])
            if score >= THRESHOLD and (best_for_draft.get(j, (0.0, i))[1] == i or score >= 1.3 * THRESHOLD):
                edges[i, j] = score
    covered = {j for _, j in edges}
    for j, (score, i) in best_for_draft.items():
        if j not in covered and score >= 1.2 * THRESHOLD:
            edges[i, j] = score
    _pair_what_is_left(edges, likeness)
    _keep_lists_whole(edges, library, draft)
    return _groups(edges, len(library), len(draft))


def _pair_what_is_left(edges: dict[tuple[int, int], float], likeness: dict[int, dict[int, float]]) -> None:
    """Where both sides have something left that is a little alike, the nearest go together: rewording is the rule."""
    ours = {i for i, _ in edges}
    theirs = {j for _, j in edges}
    rest = sorted(
        ((score, i, j) for i, row in likeness.items() if i not in ours for j, score in row.items() if j not in theirs),
        reverse=True,
    )
    for score, i, j in rest:
        if score >= _LEFT_OVER and i not in ours and j not in theirs:
            edges[i, j] = score
            ours.add(i)
            theirs.add(j)


def _keep_lists_whole(
    edges: dict[tuple[int, int], float], library: Sequence[Provision], draft: Sequence[Provision]
) -> None:
    """Where a list of ours was answered by one sentence, its items belong with the sentence that opened it."""
    partner = {i: (j, score) for (i, j), score in edges.items()}
    place = {provision.number: i for i, provision in enumerate(library) if provision.number}
    with_items = {p.number.rpartition("(")[0] for p in draft if p.number.endswith(")")}
    for i, provision in enumerate(library):
        opening = place.get(provision.number.rpartition("(")[0]) if provision.number.endswith(")") else None
        if i not in partner and opening in partner:
            j, score = partner[opening]
            if draft[j].number not in with_items:
                edges[i, j] = score


def _words(provision: Provision) -> str:
    return provision.full_text


def _equal_texts(ours: ConceptIndex, theirs: ConceptIndex) -> dict[int, int]:
    """Provisions taken over word for word, in order of appearance."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(theirs.plain):
        places[text].append(j)
    matches = {}
    for i, text in enumerate(ours.plain):
        if places.get(text):
            matches[i] = places[text].pop(0)
    return matches


def _likeness(i: int, ours: ConceptIndex, theirs: ConceptIndex, number: str, numbers: list[str]) -> dict[int, float]:
    counts = ours.counts[i]
    weights = {name: ours.weight(name, theirs) for name in counts}
    norm = math.sqrt(sum((count * weights[name]) ** 2 for name, count in counts.items()))
    if not norm:
        return {}
    products: dict[int, float] = defaultdict(float)
    for name, count in counts.items():
        postings = theirs.postings.get(name, ())
        if len(postings) > max(60, 0.2 * len(theirs.counts)):
            continue  # too common in the draft to find anything by
        for j in postings:
            products[j] += count * theirs.counts[j][name] * weights[name] ** 2
    nearest = sorted(products, key=products.__getitem__, reverse=True)[:40]
    row = {}
    for j in nearest:
        other = theirs.counts[j]
        length = math.sqrt(sum((count * ours.weight(name, theirs)) ** 2 for name, count in other.items()))
        shared = sum(
            min(count, other[name]) * counts[name] * weights[name] ** 2
            for name, count in counts.items()
            if name in other
        )
        cosine = max(products[j], shared) / (norm * length)
        contained = sum(weights[n] for n in counts if n in other) / sum(weights.values())
        same_number = 0.05 if number and numbers[j].endswith(number) else 0.0
        row[j] = min(1.0, 0.75 * cosine + 0.25 * contained * min(1.0, len(counts) / 6) + same_number)
    return row


def _groups(edges: dict[tuple[int, int], float], ours: int, theirs: int) -> list[Group]:
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in edges:
        parent[root(("ours", i))] = root(("theirs", j))
    members: dict[tuple[str, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in range(ours):
        members[root(("ours", i))][0].append(i)
    for j in range(theirs):
        members[root(("theirs", j))][1].append(j)
    scores: dict[tuple[str, int], list[float]] = defaultdict(list)
    for (i, _), score in edges.items():
        scores[root(("ours", i))].append(score)
    groups = [
        Group(tuple(sorted(left)), tuple(sorted(right)), sum(scores[key]) / len(scores[key]) if scores[key] else 0.0)
        for key, (left, right) in members.items()
    ]
    return sorted(groups, key=lambda group: (group.library or (ours,), group.draft or (theirs,)))
