"""The one access rule: a person reaches what lies on the tables they sit at, and nothing else.

Unknown and foreign both end in the same NotFound, so that nobody can learn what exists.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Select, select, update
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import NotFound
from app.proposals.tables import (
    Article,
    ArticleProvision,
    BargainingTable,
    ComparisonRecord,
    FindingRecord,
    Membership,
    Proposal,
)

_NOTHING_HERE = "There is nothing here for you; check the address, or go back to your tables."

Row = TypeVar("Row", BargainingTable, Proposal, Article, ArticleProvision, ComparisonRecord, FindingRecord)


def find_table(session: Session, person: Person, table_id: str) -> BargainingTable:
    """The person's table with this public id; raises NotFound."""
    query = select(BargainingTable).join(Membership, Membership.table_id == BargainingTable.id)
    return _one(session, person, query, BargainingTable, table_id)


def find_proposal(session: Session, person: Person, proposal_id: str) -> Proposal:
    """A proposal on one of the person's tables; raises NotFound."""
    query = select(Proposal).join(Membership, Membership.table_id == Proposal.table_id)
    return _one(session, person, query, Proposal, proposal_id)


def find_article(session: Session, person: Person, article_id: str) -> Article:
    """An article on one of the person's tables; raises NotFound."""
    query = (
        select(Article)
        .join(Proposal, Proposal.id == Article.proposal_id)
        .join(Membership, Membership.table_id == Proposal.table_id)
    )
    return _one(session, person, query, Article, article_id)


def lock_article(session: Session, article: Article) -> None:
    """Make others who change this article wait until the transaction ends, and read it as it now is.

    Touching the row is a lock in SQLite and in PostgreSQL alike. Raises NotFound where it was removed just now.
    """
    touched = session.execute(
        update(Article)
        .where(Article.id == article.id)
        .values(revision=Article.revision)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], touched).rowcount == 0:
        raise NotFound(_NOTHING_HERE)
    session.refresh(article)


def find_provision(session: Session, person: Person, article_id: str, provision_id: str) -> ArticleProvision:
    """A provision of this article, on one of the person's tables; raises NotFound."""
    article = find_article(session, person, article_id)
    query = (
        select(ArticleProvision)
        .join(Article, Article.id == ArticleProvision.article_id)
        .join(Proposal, Proposal.id == Article.proposal_id)
        .join(Membership, Membership.table_id == Proposal.table_id)
        .where(ArticleProvision.article_id == article.id)
    )
    return _one(session, person, query, ArticleProvision, provision_id)


def find_comparison(session: Session, person: Person, comparison_id: str) -> ComparisonRecord:
    """A comparison on one of the person's tables; raises NotFound."""
    query = select(ComparisonRecord).join(Membership, Membership.table_id == ComparisonRecord.table_id)
    return _one(session, person, query, ComparisonRecord, comparison_id)


def find_finding(session: Session, person: Person, finding_id: str) -> FindingRecord:
    """A finding on one of the person's tables; raises NotFound."""
    query = (
        select(FindingRecord)
        .join(ComparisonRecord, ComparisonRecord.id == FindingRecord.comparison_id)
        .join(Membership, Membership.table_id == ComparisonRecord.table_id)
    )
    return _one(session, person, query, FindingRecord, finding_id)


def member_for_proposal(session: Session, proposal_id: str) -> Person:
    """Somebody who sits where a proposal lies: for commands, whose user has the machine and its database anyway.

    Never for a request. Raises NotFound.
    """
    person = session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .join(Proposal, Proposal.table_id == Membership.table_id)
        .where(Proposal.public_id == proposal_id)
        .order_by(Person.id)
        .limit(1)
    )
    if person is None:
        raise NotFound(f'There is no proposal "{proposal_id}"; its id stands at the end of its page\'s address.')
    return person


def _one(session: Session, person: Person, query: Select[Any], table: type[Row], public_id: str) -> Row:
    row: Row | None = session.scalar(query.where(table.public_id == public_id, Membership.person_id == person.id))
    if row is None:
        raise NotFound(_NOTHING_HERE)
    return row
