"""Changing the words of a provision. Of two people saving at once the second gets both texts; nothing is lost."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import EditConflict, InvalidInput, NotFound
from app.proposals.proposal import get_proposal
from app.proposals.seats import find_article, find_provision
from app.proposals.tables import Article, ArticleProvision, Proposal, TentativeAgreement
from app.proposals.views import ProposalView, ProvisionView

LONGEST_PROVISION = 20_000
LONGEST_NOTE = 10_000


def edit_provision(
    session: Session, person: Person, article_id: str, provision_id: str, text: str, *, revision: int
) -> ProposalView:
    """Replace a provision's words; raises EditConflict, with their text, when `revision` is no longer current."""
    row = find_provision(session, person, article_id, provision_id)
    _refuse_closed(session, row)
    words = " ".join(text.split())
    if not words:
        raise InvalidInput("The provision is empty; write its words, or go back to those of the clause.", field="text")
    if len(words) > LONGEST_PROVISION:
        raise InvalidInput(f"The provision is too long; use at most {LONGEST_PROVISION:,} characters.", field="text")
    own = None if words == _view(session, person, row).model_text else words
    return _save(session, person, row, own, revision)


def restore_provision(
    session: Session, person: Person, article_id: str, provision_id: str, *, revision: int
) -> ProposalView:
    """Go back to the words of the clause; raises EditConflict likewise."""
    row = find_provision(session, person, article_id, provision_id)
    _refuse_closed(session, row)
    return _save(session, person, row, None, revision)


def set_note(
    session: Session, person: Person, article_id: str, note: str, *, provision_id: str | None = None
) -> ProposalView:
    """Write a caucus-only note on an article, or on one of its provisions."""
    article = find_article(session, person, article_id)
    words = note.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_NOTE:
        raise InvalidInput(f"The note is too long; use at most {LONGEST_NOTE:,} characters.", field="note")
    if provision_id is None:
        article.caucus_note = words
    else:
        find_provision(session, person, article_id, provision_id).caucus_note = words
    session.flush()
    return get_proposal(session, person, _proposal_id(session, article.id))


def _save(session: Session, person: Person, row: ArticleProvision, own_text: str | None, revision: int) -> ProposalView:
    # The condition and the change are one statement, so that of two people at once only one can win.
    result = session.execute(
        update(ArticleProvision)
        .where(ArticleProvision.id == row.id, ArticleProvision.revision == revision)
        .values(own_text=own_text, revision=revision + 1)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], result).rowcount == 0:
        if session.scalar(select(ArticleProvision.id).where(ArticleProvision.id == row.id)) is None:
            raise NotFound("No such provision in this proposal: it may have been removed. Open the proposal again.")
        session.refresh(row)
        raise EditConflict(
            f"Somebody else saved provision {row.number} in the meantime; compare both texts and save again.",
            theirs=_view(session, person, row).text,
        )
    session.refresh(row)
    return get_proposal(session, person, _proposal_id(session, row.article_id))


def _view(session: Session, person: Person, row: ArticleProvision) -> ProvisionView:
    proposal = get_proposal(session, person, _proposal_id(session, row.article_id))
    for article in proposal.articles:
        for provision in article.provisions:
            if provision.id == row.public_id:
                return provision
    raise InvalidInput("This provision belongs to another position of the article; switch back to it first.")


def _proposal_id(session: Session, article_id: int) -> str:
    query = select(Proposal.public_id).join(Article, Article.proposal_id == Proposal.id).where(Article.id == article_id)
    return session.scalars(query).one()


def _refuse_closed(session: Session, row: ArticleProvision) -> None:
    article = session.get_one(Article, row.article_id)
    if session.get_one(Proposal, article.proposal_id).side != "union":
        raise InvalidInput("The employer's text is kept as it was received; answer it in a proposal of your own.")
    if session.scalar(select(TentativeAgreement.id).where(TentativeAgreement.article_id == article.id)) is not None:
        raise InvalidInput(f"{article.title} is tentatively agreed and closed; reopen it at the table first.")
