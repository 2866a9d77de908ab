"""What the list of clauses shows, decided before the template sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.library.catalogue import ClauseCard
from app.library.clause import POSITIONS, ClauseVersion
from app.library.vocabulary import Term, Vocabulary

Option = tuple[str, str]
"""A value of a list field and the words for it."""

POSITION_LABELS = {"opening": "Opening", "target": "Target", "floor": "Floor"}
POSITION_SENTENCES = {
    "opening": "What we ask for first.",
    "target": "What we mean to reach.",
    "floor": "What we do not go below.",
}


@dataclass(frozen=True, slots=True)
class LibraryFilters:
    """What the search form holds; "" means any."""

    words: str = ""
    topic: str = ""
    position: str = ""
    sector: str = ""
    jurisdiction: str = ""

    def __bool__(self) -> bool:
        return any((self.words, self.topic, self.position, self.sector, self.jurisdiction))


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """One clause in the list of results."""

    id: str
    title: str
    topic: str
    summary: str
    protections: int
    essential: int

    @property
    def protections_words(self) -> str:
        """Such as "15 protections, 8 essential"."""
        words = f"{self.protections} protection{'' if self.protections == 1 else 's'}"
        return f"{words}, {self.essential} essential" if self.essential else words


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The search form and its results."""

    filters: LibraryFilters
    cards: tuple[LibraryCard, ...]
    total: int
    topics: tuple[Option, ...]
    positions: tuple[Option, ...]
    sectors: tuple[Option, ...]
    jurisdictions: tuple[Option, ...]
    topic_sentence: str

    @property
    def count(self) -> str:
        """How many clauses are shown, of how many."""
        shown = len(self.cards)
        noun = "clause" if self.total == 1 else "clauses"
        return f"{shown} of {self.total} {noun}" if self.filters else f"{self.total} {noun}"


def build_library_page(
    cards: Sequence[tuple[ClauseCard, ClauseVersion]], filters: LibraryFilters, vocabulary: Vocabulary, *, total: int
) -> LibraryPage:
    """Put words to ids and count protections.

    Args:
        cards: What was found, each with the version that it stands for.
        filters: What was asked for.
        vocabulary: Words for ids.
        total: How many clauses there are without any filter.
    """
    chosen = vocabulary.topics.get(filters.topic)
    return LibraryPage(
        filters=filters,
        cards=tuple(_card(card, version, vocabulary) for card, version in cards),
        total=total,
        topics=_options(vocabulary.topics, "Any topic"),
        positions=(("", "Any position"), *((each, POSITION_LABELS[each]) for each in POSITIONS)),
        sectors=_options(vocabulary.sectors, "Any sector"),
        jurisdictions=_options(vocabulary.jurisdictions, "Any jurisdiction"),
        topic_sentence=chosen.sentence if chosen else "",
    )


def _card(card: ClauseCard, version: ClauseVersion, vocabulary: Vocabulary) -> LibraryCard:
    return LibraryCard(
        id=card.id,
        title=card.title,
        topic=vocabulary.topic_label(card.topic),
        summary=card.summary,
        protections=len(version.protections),
        essential=sum(protection.weight == "essential" for protection in version.protections),
    )


def _options(terms: Mapping[str, Term], any_words: str) -> tuple[Option, ...]:
    return (("", any_words), *((key, term.label) for key, term in terms.items()))
