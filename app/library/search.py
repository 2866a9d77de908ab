"""Finding clauses: by words, by meaning, and by filters that combine; with the reason why each one was found.

Words come first, since they are what the person wrote: clauses that have every word, the best places first. Clauses
that only come near in meaning follow under that name. Filters narrow both alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.library.clause import POSITIONS
from app.library.filters import FILTERS, Filters, passes, values_of
from app.library.meaning import MeaningIndex, Near
from app.library.search_words import Mark, Term, count_terms, marks_in, read_terms
from app.library.shelf import Passage, ShelfEntry, latest_clauses
from app.library.word_index import versions_with

MOST_HITS = 3
"""Places shown for one clause; the rest is counted."""

READING_SECONDS = 0.5
"""How long a search may read clauses that nobody has searched by meaning yet."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a clause, with the stretches that were searched for; none where only the meaning is near."""

    positions: tuple[str, ...]  # the positions that have this text here; () for title and summary
    number: str  # of the provision; "title" or "summary"
    text: str
    marks: tuple[Mark, ...]  # half-open, in characters of `text`


@dataclass(frozen=True, slots=True)
class FoundClause:
    """One clause of the result, and why it is there."""

    entry: ShelfEntry
    by_words: bool  # False: only its meaning is near
    title_marks: tuple[Mark, ...]
    summary_marks: tuple[Mark, ...]
    hits: tuple[Hit, ...]  # provisions, the best first
    more_hits: int
    order: tuple[float, ...] = ()  # for sorting: title, one provision, summary, places; or nearness; all negative


@dataclass(frozen=True, slots=True)
class Search:
    """The whole answer."""

    filters: Filters
    terms: tuple[Term, ...]
    clauses: tuple[FoundClause, ...]  # by words, then by meaning
    total: int  # clauses in the library
    counts: Mapping[str, Mapping[str, int]]  # by filter and value: clauses if that value were chosen, all else kept
    without: tuple[tuple[Term, int], ...]  # where no clause has every word: clauses without one of them
    relaxed: Mapping[str, int]  # where nothing was found, or nothing by its words: clauses without one of the filters
    far: bool  # whether what is near in meaning is so only for want of anything nearer
    unread: int  # clauses whose meaning was not read yet


def find_clauses(session: Session, filters: Filters, meanings: MeaningIndex | None = None) -> Search:
    """Search and filter the latest published versions.

    Args:
        session: For the index of words and what is the latest.
        filters: What is asked for.
        meanings: Where to look for meanings; None for words alone.
    """
    entries = latest_clauses(session)
    terms = read_terms(filters.words)
    having = versions_with(session, terms)
    near = Near({}, 0)
    if meanings is not None and terms:
        near = meanings.near(entries, filters.words, last_resort=not having, seconds=READING_SECONDS)
    what = _Searched(terms if filters.words.strip() else None, having, near)
    passing = [entry for entry in entries if passes(entry, filters)]
    by_words = [_by_words(entry, filters, what) for entry in passing if what.has_words(entry, filters)]
    by_meaning = [_by_meaning(entry, filters, what) for entry in passing if what.is_near(entry, filters)]
    by_words.sort(key=lambda each: (each.order, each.entry.clause.title, each.entry.clause.id))
    by_meaning.sort(key=lambda each: (each.order, each.entry.clause.id))
    return Search(
        filters=filters,
        terms=terms,
        clauses=(*by_words, *by_meaning[: near.most]),
        total=len(entries),
        counts={name: _count(entries, filters, name, what) for name in FILTERS},
        without=() if by_words else _without(session, entries, filters, terms),
        relaxed={} if by_words else _relaxed(entries, filters, what),
        far=near.far,
        unread=near.unread,
    )


@dataclass(frozen=True, slots=True)
class _Searched:
    """What a search found before any filter."""

    terms: tuple[Term, ...] | None  # None where nobody searched, so that every clause is found
    having: Mapping[int, frozenset[str]]  # positions that have every term, by version
    near: Near

    def has_words(self, entry: ShelfEntry, asked: Filters) -> bool:
        """Whether a clause is found for its words."""
        if self.terms is None:
            return True
        positions = self.having.get(entry.version_id, frozenset())
        return asked.position in positions if asked.position else bool(positions)

    def is_near(self, entry: ShelfEntry, asked: Filters) -> bool:
        """Whether a clause is found for its meaning alone."""
        return (entry.version_id, asked.position) in self.near.passages and not self.has_words(entry, asked)


def _count(entries: Sequence[ShelfEntry], filters: Filters, name: str, what: _Searched) -> dict[str, int]:
    """How many clauses each value of one filter would show, everything else kept as it is."""
    if name == "since":
        return {}
    if name == "position":
        return {each: _how_many(entries, replace(filters, position=each), what) for each in POSITIONS}
    without = filters.without(name)
    words: Counter[str] = Counter()
    near: Counter[str] = Counter()
    for entry in entries:
        if passes(entry, without):
            values = values_of(entry, name, without)
            if what.has_words(entry, without):
                words.update(values)
            elif what.is_near(entry, without):
                near.update(values)
    if name == "sector":  # a clause for every sector fits each of them
        for counts in (words, near):
            everywhere = counts["all"]
            counts.update({value: everywhere for value in (*words, *near) if value != "all"})
    return {value: words[value] + min(what.near.most, near[value]) for value in {*words, *near}}


def _how_many(entries: Iterable[ShelfEntry], asked: Filters, what: _Searched) -> int:
    """How many clauses are shown."""
    passing = [entry for entry in entries if passes(entry, asked)]
    near = sum(what.is_near(entry, asked) for entry in passing)
    return sum(what.has_words(entry, asked) for entry in passing) + min(what.near.most, near)


def _relaxed(entries: Iterable[ShelfEntry], filters: Filters, what: _Searched) -> dict[str, int]:
    """For each filter that is set, how many clauses have the words without it; those that would help."""
    found = {}
    for name in FILTERS:
        if getattr(filters, name):
            asked = filters.without(name)
            found[name] = sum(passes(entry, asked) and what.has_words(entry, asked) for entry in entries)
    return {name: count for name, count in found.items() if count}


def _by_meaning(entry: ShelfEntry, filters: Filters, what: _Searched) -> FoundClause:
    near = what.near.passages[entry.version_id, filters.position]
    hit = Hit(_same(entry, near.passage), near.passage.number, near.passage.text, ())
    return FoundClause(entry, False, (), (), (hit,), 0, order=(-near.nearness,))


def _by_words(entry: ShelfEntry, filters: Filters, what: _Searched) -> FoundClause:
    """A clause with the places of its words; without a search, the clause alone."""
    terms = what.terms
    if terms is None:
        return FoundClause(entry, True, (), (), (), 0)
    positions = what.having[entry.version_id]
    if filters.position:
        positions &= {filters.position}
    counted = [(count_terms(each.stems, each.present, terms), each) for each in entry.passages]
    ranked = sorted(
        (
            (-count, each.position != (filters.position or "target"), place)
            for place, (count, each) in enumerate(counted)
            if count and each.position in positions
        )
    )
    places: dict[tuple[str, str], Passage] = {}
    for _, _, place in ranked:
        passage = entry.passages[place]
        places.setdefault((passage.number, passage.text), passage)
    shown = _various(list(places.values()))
    title, summary, together = counted[0][0], counted[1][0], -ranked[0][0] if ranked else 0
    return FoundClause(
        entry,
        by_words=True,
        title_marks=marks_in(entry.clause.title, terms),
        summary_marks=marks_in(entry.clause.summary, terms),
        hits=tuple(_hit(entry, each, positions, terms) for each in shown),
        more_hits=len(places) - len(shown),
        order=(-title, -together, -summary, -len(places)),
    )


def _various(passages: Sequence[Passage]) -> list[Passage]:
    """The first few, but of each section only its best position: the three often differ by a figure alone."""
    by_number: dict[str, Passage] = {}
    for passage in passages:
        by_number.setdefault(passage.number, passage)
    return list(by_number.values())[:MOST_HITS]


def _hit(entry: ShelfEntry, passage: Passage, positions: Set[str], terms: Sequence[Term]) -> Hit:
    same = tuple(each for each in _same(entry, passage) if each in positions)
    return Hit(same, passage.number, passage.text, marks_in(passage.text, terms))


def _same(entry: ShelfEntry, passage: Passage) -> tuple[str, ...]:
    """The positions that have the same text under the same number."""
    if not passage.position:
        return ()
    return tuple(each.position for each in entry.passages if (each.number, each.text) == (passage.number, passage.text))


def _without(
    session: Session, entries: Sequence[ShelfEntry], filters: Filters, terms: Sequence[Term]
) -> tuple[tuple[Term, int], ...]:
    """For each word, how many clauses there would be without it; those that would help, the most first."""
    if len(terms) < 2:
        return ()
    found = []
    for term in terms:
        having = versions_with(session, [each for each in terms if each is not term])
        count = sum(
            (filters.position in having[entry.version_id] if filters.position else True) and passes(entry, filters)
            for entry in entries
            if entry.version_id in having
        )
        if count:
            found.append((term, count))
    return tuple(sorted(found, key=lambda each: -each[1]))
