"""Where a person's own proposals use a clause. Tables of others do not exist here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.library.catalogue import latest_version
from app.library.clause import version_order
from app.proposals.tables import Article, BargainingTable, Membership, Proposal, Round
from app.proposals.views import proposal_label


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """One article that was made from a clause."""

    table_title: str
    proposal_id: str
    proposal_label: str  # "Union Proposal 3"
    proposal_title: str
    round_number: int
    article_id: str
    article_title: str
    version: str  # the one that the article is pinned to
    position: str
    is_old: bool  # whether a newer version is published


def uses_of_clause(session: Session, person: Person, clause_id: str) -> tuple[ClauseUse, ...]:
    """Every article on the person's tables that comes from this clause, the newest proposal first.

    Raises UnknownClause.
    """
    newest = version_order(latest_version(session, clause_id))
    rows = session.execute(
        select(Article, Proposal, Round.number, BargainingTable.title)
        .join(Proposal, Proposal.id == Article.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .join(BargainingTable, BargainingTable.id == Proposal.table_id)
        .join(Membership, Membership.table_id == Proposal.table_id)
        .where(Article.clause_id == clause_id, Membership.person_id == person.id)
        .order_by(Proposal.created_at.desc(), Proposal.id.desc(), Article.place)
    )
    return tuple(
        ClauseUse(
            table_title=table_title,
            proposal_id=proposal.public_id,
            proposal_label=proposal_label(proposal.side, proposal.number),
            proposal_title=proposal.title,
            round_number=round_number,
            article_id=article.public_id,
            article_title=article.title,
            version=article.clause_version or "",
            position=article.position,
            is_old=version_order(article.clause_version or "0.0.0") < newest,
        )
        for article, proposal, round_number, table_title in rows
    )
