"""Finding clauses: by words, by meaning, and by filters that combine; with the reason why each one was found.

Words come first, since they are what the person wrote: clauses that have every word, the best places first. Clauses
that only come near in meaning follow under that name. Filters narrow both alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date

from sqlalchemy.orm import Session

from app.library.clause import POSITIONS
from app.library.meaning import MeaningIndex, Near
from app.library.search_words import Mark, Term, count_terms, marks_in, read_terms
from app.library.shelf import Passage, ShelfEntry, latest_clauses
from app.library.word_index import versions_with

MOST_HITS = 3
"""Places shown for one clause; the rest is counted."""

READING_SECONDS = 1.5
"""How long a search may read clauses that nobody has searched by meaning yet."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; "" and None mean any."""

    words: str = ""
    topic: str = ""
    element: str = ""  # id of a protection
    sector: str = ""
    jurisdiction: str = ""
    position: str = ""
    since: date | None = None

    def __bool__(self) -> bool:
        return self != Filters()


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
    order: tuple[int, ...] = ()  # words in the title, in one provision, in the summary, provisions with any; negative


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
    near = Near((), 0)
    if meanings is not None and terms:
        near = meanings.near(entries, filters.words, last_resort=not having, seconds=READING_SECONDS)
    near_passages = {each.version_id: each.passage for each in near.passages}
    searched = bool(filters.words.strip())

    def found_at_all(entry: ShelfEntry, asked: Filters) -> bool:
        if not searched:
            return True
        has_words = having.get(entry.version_id, frozenset())
        by_words = asked.position in has_words if asked.position else bool(has_words)
        return by_words or entry.version_id in near_passages

    def passes(entry: ShelfEntry, asked: Filters) -> bool:
        return found_at_all(entry, asked) and all(test(entry, asked) for test in _TESTS.values())

    def passes_by_words(entry: ShelfEntry, asked: Filters) -> bool:
        return passes(entry, asked) and (not searched or entry.version_id in having)

    shown = [entry for entry in entries if passes(entry, filters)]
    clauses = [_found(entry, filters, terms, having, near_passages) for entry in shown]
    any_by_words = any(each.by_words for each in clauses)
    order = {each.version_id: place for place, each in enumerate(near.passages)}
    return Search(
        filters=filters,
        terms=terms,
        clauses=tuple(sorted(clauses, key=lambda each: _rank(each, order))),
        total=len(entries),
        counts={name: _count(entries, filters, name, passes) for name in _TESTS},
        without=_without(session, entries, filters, terms) if terms and not any_by_words else (),
        relaxed={} if any_by_words else _relaxed(entries, filters, passes_by_words),
        far=near.far,
        unread=near.unread,
    )


def _topic(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.topic or entry.clause.topic == asked.topic


def _element(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.element or asked.element in _elements(entry, asked)


def _elements(entry: ShelfEntry, asked: Filters) -> list[str]:
    """Protections that the clause gives, in the position asked for if one is."""
    places = (asked.position,) if asked.position else POSITIONS
    return [each.id for each in entry.clause.protections if any(each.provisions(place) for place in places)]


def _sector(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.sector or bool({asked.sector, "all"} & set(entry.clause.sectors))


def _jurisdiction(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.jurisdiction or asked.jurisdiction in entry.clause.jurisdictions


def _position(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.position or asked.position in entry.clause.positions


def _since(entry: ShelfEntry, asked: Filters) -> bool:
    return asked.since is None or entry.published_at.astimezone(UTC).date() >= asked.since


_TESTS: dict[str, Callable[[ShelfEntry, Filters], bool]] = {
    "topic": _topic,
    "element": _element,
    "sector": _sector,
    "jurisdiction": _jurisdiction,
    "position": _position,
    "since": _since,
}


def _count(
    entries: Iterable[ShelfEntry], filters: Filters, name: str, passes: Callable[[ShelfEntry, Filters], bool]
) -> dict[str, int]:
    """How many clauses each value of one filter would leave, everything else kept as it is."""
    if name == "since":
        return {}
    if name == "position":
        asked = [(each, replace(filters, position=each)) for each in POSITIONS]
        return {value: sum(passes(entry, other) for entry in entries) for value, other in asked}
    without = Filters(**{**asdict(filters), name: ""})
    values: Counter[str] = Counter()
    for entry in entries:
        if passes(entry, without):
            values.update(_values(entry, name, without))
    if name == "sector":
        # A clause for every sector fits each of them.
        everywhere = values.pop("all", 0)
        return {**{value: count + everywhere for value, count in values.items()}, "all": everywhere}
    return dict(values)


def _relaxed(
    entries: Iterable[ShelfEntry], filters: Filters, passes: Callable[[ShelfEntry, Filters], bool]
) -> dict[str, int]:
    """For each filter that is set, how many clauses there would be without it; those that would help."""
    found = {}
    for name in _TESTS:
        if getattr(filters, name):
            without = Filters(**{**asdict(filters), name: None if name == "since" else ""})
            found[name] = sum(passes(entry, without) for entry in entries)
    return {name: count for name, count in found.items() if count}


def _values(entry: ShelfEntry, name: str, asked: Filters) -> Iterable[str]:
    clause = entry.clause
    if name == "topic":
        return (clause.topic,)
    if name == "element":
        return _elements(entry, asked)
    if name == "sector":
        return ("all",) if "all" in clause.sectors else clause.sectors
    return clause.jurisdictions


def _found(
    entry: ShelfEntry,
    filters: Filters,
    terms: Sequence[Term],
    having: Mapping[int, frozenset[str]],
    near: Mapping[int, Passage],
) -> FoundClause:
    positions = having.get(entry.version_id, frozenset())
    if filters.position:
        positions &= {filters.position}
    if not terms or not positions:
        passage = near.get(entry.version_id)
        hits = () if passage is None else (Hit(_same(entry, passage), passage.number, passage.text, ()),)
        return FoundClause(entry, not terms, (), (), hits, 0)
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


def _rank(found: FoundClause, near: Mapping[int, int]) -> tuple[object, ...]:
    """By words before by meaning; words in the title, then many in one provision, then in the summary."""
    clause = found.entry.clause
    if not found.by_words:
        return (1, near.get(found.entry.version_id, 0), clause.id)
    return (0, found.order, clause.title, clause.id)


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
            (filters.position in having[entry.version_id] if filters.position else True)
            and all(test(entry, filters) for test in _TESTS.values())
            for entry in entries
            if entry.version_id in having
        )
        if count:
            found.append((term, count))
    return tuple(sorted(found, key=lambda each: -each[1]))
