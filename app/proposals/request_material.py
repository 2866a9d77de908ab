"""What a table lends to an information request: who writes to whom, and the questions of the clauses proposed there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.library.catalogue import get_clause_version
from app.proposals.seats import find_table
from app.proposals.tables import Article, Proposal


@dataclass(frozen=True, slots=True)
class ClauseQuestions:
    """The "Questions to ask" of one clause version that a proposal of the table uses."""

    clause_id: str
    version: str
    title: str
    questions: tuple[str, ...]


def clause_questions(session: Session, person: Person, table_id: str) -> tuple[ClauseQuestions, ...]:
    """The questions of every clause that union proposals at this table use, the newest version used of each.

    Raises NotFound where the table is not the person's.
    """
    table = find_table(session, person, table_id)
    rows = session.execute(
        select(Article.clause_id, Article.clause_version)
        .join(Proposal, Proposal.id == Article.proposal_id)
        .where(Proposal.table_id == table.id, Proposal.side == "union", Article.clause_id.is_not(None))
        .order_by(Proposal.number.desc(), Article.place)
    )
    found: dict[str, ClauseQuestions] = {}
    for clause_id, version in rows:
        if clause_id not in found:
            clause = get_clause_version(session, clause_id, version)
            found[clause_id] = ClauseQuestions(clause.id, clause.version, clause.title, clause.questions)
    return tuple(found.values())
