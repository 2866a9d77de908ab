"""What a clause leans on: other clauses, and the clauses that define its terms; and which clauses lean on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.library.clause import ClauseVersion
from app.library.definitions import term_homes
from app.library.shelf import latest_clauses


@dataclass(frozen=True, slots=True)
class LinkedClause:
    """A clause to go to; `title` is the id itself where nothing is published under it."""

    id: str
    title: str
    summary: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class LinkedTerm:
    """A defined term that a clause uses, and the clause that defines it; None where none does."""

    term: str
    home: LinkedClause | None


@dataclass(frozen=True, slots=True)
class Related:
    """Everything around one clause."""

    needs: tuple[LinkedClause, ...]
    terms: tuple[LinkedTerm, ...]
    needed_by: tuple[LinkedClause, ...]  # clauses that name it as related or use a term that it defines


def related_clauses(session: Session, clause: ClauseVersion) -> Related:
    """What `clause` names in its front matter, as links into what is published now."""
    published = {entry.clause.id: entry.clause for entry in latest_clauses(session)}
    homes = term_homes(published.values())
    defines = {term for term, home in homes.items() if home == clause.id}

    def link(clause_id: str) -> LinkedClause:
        found = published.get(clause_id)
        return LinkedClause(clause_id, found.title if found else clause_id, found.summary if found else "", bool(found))

    return Related(
        needs=tuple(link(each) for each in clause.requires_clauses),
        terms=tuple(
            LinkedTerm(term, link(homes[term]) if term in homes else None)
            for term in clause.requires_definitions
            if term not in defines
        ),
        needed_by=tuple(
            link(each.id)
            for each in published.values()
            if each.id != clause.id
            and (clause.id in each.requires_clauses or not defines.isdisjoint(each.requires_definitions))
        ),
    )
