"""What the list of clauses shows, decided before the template sees it: results, why each is there, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlencode

from app.library.clause import POSITIONS
from app.library.filters import Filters
from app.library.search import FoundClause, Hit, Search
from app.library.search_words import Mark, excerpt
from app.library.vocabulary import Vocabulary
from app.web.rendering import format_day, plain_id

Option = tuple[str, str]
"""A value of a list field and the words for it."""

POSITION_LABELS = {"opening": "Opening", "target": "Target", "floor": "Floor"}
POSITION_SENTENCES = {
    "opening": "What we ask for first.",
    "target": "What we mean to reach.",
    "floor": "What we do not go below.",
}
_FILTER_LABELS = {
    "topic": "Topic",
    "element": "Protection",
    "sector": "Sector",
    "jurisdiction": "Jurisdiction",
    "position": "Position",
    "since": "Changed since",
}


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A stretch of a text, searched for or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class HitLine:
    """A place in a clause that was found."""

    place: str  # "Opening and target, section 2(a)"
    address: str
    pieces: tuple[MarkedPiece, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """One clause in the list of results, and why it is there."""

    id: str
    address: str
    title: tuple[MarkedPiece, ...]
    topic: str
    summary: tuple[MarkedPiece, ...]
    protections: int
    essential: int
    hits: tuple[HitLine, ...]
    more_hits: int
    reasons: tuple[str, ...]

    @property
    def protections_words(self) -> str:
        """Such as "15 protections, 8 essential"."""
        words = f"{self.protections} protection{'' if self.protections == 1 else 's'}"
        return f"{words}, {self.essential} essential" if self.essential else words


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a search: what to leave out, where that leads, how many clauses it gives."""

    words: str
    address: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The search form and its results."""

    filters: Filters
    by_words: tuple[LibraryCard, ...]  # without a search: every clause that the filters leave
    by_meaning: tuple[LibraryCard, ...]
    total: int
    options: Mapping[str, tuple[Option, ...]]  # by filter
    topic_sentence: str
    chosen: tuple[Way, ...]  # the filters that are set, each with the address without it
    ways: tuple[Way, ...]  # what to leave out where nothing has the words
    far: bool
    unread: int
    problem: str  # with the date that was typed in
    typed_date: str

    @property
    def searched(self) -> bool:
        """Whether there are words to look for."""
        return bool(self.filters.words)

    @property
    def shown(self) -> int:
        """How many clauses are on the page."""
        return len(self.by_words) + len(self.by_meaning)

    @property
    def count(self) -> str:
        """How many clauses are shown, of how many."""
        noun = "clause" if self.total == 1 else "clauses"
        return f"{self.shown} of {self.total} {noun}" if self.filters else f"{self.total} {noun}"


def read_date(typed: str) -> tuple[date | None, str]:
    """The date that somebody typed in, and what is wrong with it, if anything."""
    if not typed:
        return None, ""
    try:
        return date.fromisoformat(typed), ""
    except ValueError:
        return None, f'"{typed}" is no date; write year, month and day, as in 2026-05-19.'


def build_library_page(
    search: Search, vocabulary: Vocabulary, *, problem: str = "", typed_date: str = ""
) -> LibraryPage:
    """Put words to ids and reasons to results.

    Args:
        search: What was found.
        vocabulary: Words for ids.
        problem: What is wrong with the date.
        typed_date: The date as it was typed in.
    """
    filters = search.filters
    chosen = vocabulary.topics.get(filters.topic)
    return LibraryPage(
        filters=filters,
        by_words=tuple(_card(each, filters, vocabulary) for each in search.clauses if each.by_words),
        by_meaning=tuple(_card(each, filters, vocabulary) for each in search.clauses if not each.by_words),
        total=search.total,
        options=_all_options(search, vocabulary),
        topic_sentence=chosen.sentence if chosen else "",
        chosen=tuple(
            Way(f"{label}: {_value_words(name, filters, vocabulary)}", _address(filters, name))
            for name, label in _FILTER_LABELS.items()
            if getattr(filters, name)
        ),
        ways=_ways(search, vocabulary),
        far=search.far,
        unread=search.unread,
        problem=problem,
        typed_date=typed_date,
    )


def marked_pieces(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> tuple[MarkedPiece, ...]:
    """A text, or a stretch of it, cut at its marks; the pieces joined give exactly that stretch."""
    end = len(text) if end is None else end
    pieces, at = [], start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        pieces.append(MarkedPiece(text[at : max(at, mark.start)], False))
        pieces.append(MarkedPiece(text[max(at, mark.start) : min(end, mark.end)], True))
        at = min(end, mark.end)
    pieces.append(MarkedPiece(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)


def _card(found: FoundClause, filters: Filters, vocabulary: Vocabulary) -> LibraryCard:
    clause = found.entry.clause
    position = f"?position={filters.position}" if filters.position in POSITIONS else ""
    return LibraryCard(
        id=clause.id,
        address=f"/library/{clause.id}{position}",
        title=marked_pieces(clause.title, found.title_marks),
        topic=vocabulary.topic_label(clause.topic),
        summary=marked_pieces(clause.summary, found.summary_marks),
        protections=len(clause.protections),
        essential=sum(protection.weight == "essential" for protection in clause.protections),
        hits=tuple(_hit(clause.id, each) for each in found.hits if each.positions),
        more_hits=found.more_hits,
        reasons=tuple(_reasons(found, filters, vocabulary)),
    )


def _hit(clause_id: str, hit: Hit) -> HitLine:
    start, end = excerpt(hit.text, hit.marks)
    first = "target" if "target" in hit.positions else hit.positions[0]
    section = f", section {hit.number}" if hit.number else ""
    return HitLine(
        place=f"{_listed([POSITION_LABELS[each] for each in hit.positions])}{section}",
        address=f"/library/{clause_id}?position={first}#{first}-{plain_id(hit.number)}",
        pieces=marked_pieces(hit.text, hit.marks, start, end),
        cut_before=start > 0,
        cut_after=end < len(hit.text),
    )


def _reasons(found: FoundClause, filters: Filters, vocabulary: Vocabulary) -> list[str]:
    """Why a clause is in the list, beyond the places that are shown."""
    entry, reasons = found.entry, []
    if filters.words and not found.by_words:
        number = found.hits[0].number if found.hits else ""
        where = {"title": "Its title", "summary": "Its summary"}.get(number, "The section below")
        reasons.append(f"{where} comes near in meaning. Your words do not all stand in this clause.")
    if filters.words and found.by_words and (found.title_marks or found.summary_marks):
        places = [name for name, marks in (("title", found.title_marks), ("summary", found.summary_marks)) if marks]
        reasons.append(f"Your words stand in the {_listed(places)}.")
    given = next((each for each in entry.clause.protections if each.id == filters.element), None)
    if given is not None:
        places = [POSITION_LABELS[each].lower() for each in POSITIONS if given.provisions(each)]
        reasons.append(f"It gives “{vocabulary.element_label(given.id)}” ({given.weight}) in {_listed(places)}.")
    if filters.since is not None:
        day = format_day(entry.published_at)
        reasons.append(f"Version {entry.clause.version} was published on {day}: {entry.clause.changes}")
    return reasons


def _ways(search: Search, vocabulary: Vocabulary) -> tuple[Way, ...]:
    filters = search.filters
    ways = [
        Way(f"Leave out “{term.shown}”", _address(filters, words=_words_without(search, place)), count)
        for term, count in search.without
        for place, each in enumerate(search.terms)
        if each == term
    ]
    for name, count in search.relaxed.items():
        label = f"Any {_FILTER_LABELS[name].lower()}" if name != "since" else "Changed at any time"
        ways.append(Way(f"{label} (not {_value_words(name, filters, vocabulary)})", _address(filters, name), count))
    return tuple(ways)


def _words_without(search: Search, place: int) -> str:
    kept = [term for each, term in enumerate(search.terms) if each != place]
    return " ".join(f'"{term.shown}"' if len(term.stems) > 1 else term.shown for term in kept)


def _address(filters: Filters, left_out: str = "", *, words: str | None = None) -> str:
    """The address of the same search with one filter left out, or with other words."""
    kept = {name: value for name, value in asdict(filters).items() if value and name != left_out}
    if words is not None:
        kept["words"] = words
    return f"/library?{urlencode(kept)}" if kept else "/library"


def _value_words(name: str, filters: Filters, vocabulary: Vocabulary) -> str:
    value: str | date = getattr(filters, name)
    if isinstance(value, date):
        return format_day(value)
    if name == "element":
        return vocabulary.element_label(value)
    if name == "position":
        return POSITION_LABELS.get(value, value)
    terms = {"topic": vocabulary.topics, "sector": vocabulary.sectors, "jurisdiction": vocabulary.jurisdictions}[name]
    return terms[value].label if value in terms else value


def _all_options(search: Search, vocabulary: Vocabulary) -> dict[str, tuple[Option, ...]]:
    """Values of each filter with how many clauses each would leave; of the many protections, those that leave any."""
    counts, filters = search.counts, search.filters

    def options(name: str, any_words: str, labels: Mapping[str, str]) -> tuple[Option, ...]:
        found = counts[name]
        other = found.get("all", 0) if name == "sector" else 0  # a clause for every sector fits one that has no own
        return (("", any_words), *((key, f"{label} ({found.get(key, other)})") for key, label in labels.items()))

    protections = {
        key: f"{key} {label}"
        for key, label in vocabulary.elements.items()
        if counts["element"].get(key) or key == filters.element
    }
    return {
        "topic": options("topic", "Any topic", {key: term.label for key, term in vocabulary.topics.items()}),
        "element": options("element", "Any protection", protections),
        "sector": options("sector", "Any sector", {key: term.label for key, term in vocabulary.sectors.items()}),
        "jurisdiction": options(
            "jurisdiction", "Any jurisdiction", {key: term.label for key, term in vocabulary.jurisdictions.items()}
        ),
        "position": options("position", "Any position", {key: POSITION_LABELS[key] for key in POSITIONS}),
    }


def _listed(words: Sequence[str]) -> str:
    """Such as "Opening, target and floor"."""
    if len(words) < 2:
        return "".join(words)
    first, *others = words
    lower = [each.lower() for each in others]
    return f"{', '.join([first, *lower[:-1]])} and {lower[-1]}"
