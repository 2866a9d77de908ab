"""What the pages of employer moves show, and where a finding's move is explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from app.analysis.results import Move
from app.analysis.rule_moves import RuleMoves
from app.library.clause import ClauseVersion
from app.library.counterparts import counterparts
from app.library.moves import EmployerMove, MoveCatalogue, MoveFamily
from app.library.vocabulary import Vocabulary
from app.web.clause_page import markdown

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MoveLink:
    """A link from a finding to the page that explains what the Employer's words do."""

    name: str
    address: str
    words: str  # what stands before the link


MoveLinks = Callable[[Move], MoveLink | None]


@dataclass(frozen=True, slots=True)
class MoveFilters:
    """What the search form holds; "" means any."""

    words: str = ""
    family: str = ""
    element: str = ""
    silent: str = ""

    def __bool__(self) -> bool:
        return any((self.words, self.family, self.element, self.silent))

    def let_through(self, move: EmployerMove) -> bool:
        """Whether a move is shown: every word must stand in it."""
        return (
            all(word in move.words or word == str(move.number) for word in self.words.lower().split())
            and self.family in ("", move.family)
            and (not self.element or self.element in move.lost)
            and (not self.silent or move.silent)
        )


@dataclass(frozen=True, slots=True)
class MovesPage:
    """The search form and the moves it found, under their families."""

    filters: MoveFilters
    groups: tuple[tuple[MoveFamily, tuple[EmployerMove, ...]], ...]
    families: tuple[Option, ...]
    element_label: str  # "" unless the list is narrowed to an element
    total: int

    @property
    def shown(self) -> int:
        return sum(len(moves) for _, moves in self.groups)

    @property
    def count(self) -> str:
        """How many moves are shown, of how many."""
        return f"{self.shown} of {self.total} moves" if self.filters else f"{self.total} moves"


@dataclass(frozen=True, slots=True)
class LostElement:
    """An element that a move takes away, with its words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class AgainstIt:
    """A clause of the library that gives what the move takes away."""

    address: str
    title: str
    gives: tuple[LostElement, ...]


@dataclass(frozen=True, slots=True)
class MovePage:
    """One move, every section ready to be shown."""

    move: EmployerMove
    family: MoveFamily
    union: Markup
    employer: Markup
    why: Markup
    notice_it: Markup
    say: Markup
    propose: Markup
    lost: tuple[LostElement, ...]
    against: tuple[AgainstIt, ...]
    related: tuple[EmployerMove, ...]
    before: EmployerMove | None
    after: EmployerMove | None


def build_moves_page(catalogue: MoveCatalogue, filters: MoveFilters, vocabulary: Vocabulary) -> MovesPage:
    """The moves that the filters let through, under their families; families without one are left out."""
    groups = [
        (family, tuple(move for move in catalogue.of_family(family.id) if filters.let_through(move)))
        for family in in_order(catalogue)
    ]
    return MovesPage(
        filters=filters,
        groups=tuple((family, moves) for family, moves in groups if moves),
        families=(("", "Any family"), *((family.id, family.name) for family in in_order(catalogue))),
        element_label=vocabulary.element_label(filters.element) if filters.element else "",
        total=len(catalogue.moves),
    )


def build_move_page(
    move: EmployerMove, catalogue: MoveCatalogue, clauses: Iterable[ClauseVersion], vocabulary: Vocabulary
) -> MovePage:
    """One move with the clauses that stand against it.

    Args:
        move: What is shown.
        catalogue: For its family, related moves and neighbors.
        clauses: Published clauses, the newest version of each.
        vocabulary: Words for elements.
    """
    return MovePage(
        move=move,
        family=catalogue.family(move.family),
        union=markdown(move.union),
        employer=markdown(move.employer),
        why=markdown(move.why),
        notice_it=markdown(move.notice_it),
        say=markdown(move.say),
        propose=markdown(move.propose),
        lost=tuple(_element(each, vocabulary) for each in move.lost),
        against=tuple(
            AgainstIt(
                f"/library/{each.id}", each.title, tuple(_element(given.id, vocabulary) for given in each.protections)
            )
            for each in counterparts(move.lost, clauses)
        ),
        related=tuple(catalogue.moves[number] for number in move.related if number in catalogue.moves),
        before=catalogue.moves.get(move.number - 1),
        after=catalogue.moves.get(move.number + 1),
    )


def in_order(catalogue: MoveCatalogue) -> list[MoveFamily]:
    """Families in the order of their first moves; those without a move come last."""

    def first(family: MoveFamily) -> int:
        return min((move.number for move in catalogue.of_family(family.id)), default=len(catalogue.moves) + 1)

    return sorted(catalogue.families.values(), key=first)


def move_links(catalogue: MoveCatalogue, rules: RuleMoves) -> MoveLinks:
    """Say for a finding's move where it is explained, also for comparisons stored before moves had numbers."""

    def link(move: Move) -> MoveLink | None:
        page = catalogue.page(move.move or rules.number(move.rule), move.family)
        if page is None:
            return None
        kind = "family of moves" if isinstance(page, MoveFamily) else f"move {page.number}"
        words = f"The reverse of {kind}" if move.direction == "stronger" else kind.capitalize()
        return MoveLink(page.name, page.address, words)

    return link


def _element(element: str, vocabulary: Vocabulary) -> LostElement:
    return LostElement(element, vocabulary.element_label(element))
