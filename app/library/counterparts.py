"""Which clauses of the library stand against an employer move: computed from the elements that both name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.library.catalogue import get_clause_version, search_clauses
from app.library.clause import ClauseVersion, DeclaredProtection

_WORTH = {"essential": 3, "important": 2, "helpful": 1}
MOST = 6
"""Clauses shown for one move; a list of forty helps nobody in a caucus room."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A clause that gives what a move takes away."""

    id: str
    title: str
    protections: tuple[DeclaredProtection, ...]  # those that the move takes away


def published_clauses(session: Session) -> list[ClauseVersion]:
    """The latest published version of every clause."""
    return [get_clause_version(session, card.id, card.version) for card in search_clauses(session)]


def counterparts(lost: Sequence[str], clauses: Iterable[ClauseVersion], *, most: int = MOST) -> tuple[Counterpart, ...]:
    """The clauses that carry the most of what is lost, those on which it weighs most first; at most `most`."""
    found = [
        Counterpart(clause.id, clause.title, given)
        for clause in clauses
        if (given := tuple(each for each in clause.protections if each.id in lost))
    ]
    found.sort(key=lambda each: (-sum(_WORTH[given.weight] for given in each.protections), each.title))
    return tuple(found[:most])
