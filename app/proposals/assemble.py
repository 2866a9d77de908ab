"""Building a union proposal from clauses. Every function takes the person, and answers with the proposal as it now is.

Raises NotFound for what is unknown or foreign. Nothing is stored when a function raises.
"""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput
from app.library.catalogue import get_clause_version
from app.library.clause import ClauseVersion
from app.library.rendering import check_value, render_position, source_of
from app.proposals.article_view import known_values
from app.proposals.proposal import get_proposal
from app.proposals.provision_edit import edit_provision, restore_provision, set_note
from app.proposals.seats import find_article, find_proposal, lock_article
from app.proposals.tables import Article, ArticleProvision, BargainingTable, Proposal, TentativeAgreement
from app.proposals.views import ProposalView

__all__ = [
    "add_clause",
    "edit_provision",
    "fill_placeholders",
    "move_article",
    "refuse_closed",
    "remove_article",
    "restore_provision",
    "set_note",
    "set_position",
]


def add_clause(  # noqa: PLR0917 - who, where, what, in this order, reads as a sentence
    session: Session,
    person: Person,
    proposal_id: str,
    clause_id: str,
    version: str | None = None,
    position: str = "target",
) -> ProposalView:
    """Append an article from a clause, its version pinned, in the wording for the table's jurisdiction and sector.

    Raises UnknownClause or InvalidInput.
    """
    proposal = find_proposal(session, person, proposal_id)
    _refuse_employer_text(proposal)
    clause = get_clause_version(session, clause_id, version)
    source_of(clause, position)  # raises InvalidInput for a position that there is not
    table = session.get_one(BargainingTable, proposal.table_id)
    last = session.scalar(select(func.max(Article.place)).where(Article.proposal_id == proposal.id)) or 0
    article = Article(
        proposal_id=proposal.id,
        place=last + 1,
        title=clause.title,
        clause_id=clause.id,
        clause_version=clause.version,
        position=position,
        variant=clause.variant_for(table.jurisdiction, table.sector),
        filled={},
    )
    session.add(article)
    session.flush()
    _add_rows(session, article, clause)
    return get_proposal(session, person, proposal_id)


def remove_article(session: Session, person: Person, article_id: str) -> ProposalView:
    """Take an article out; those behind it move up."""
    article, proposal = _editable(session, person, article_id)
    session.execute(delete(Article).where(Article.id == article.id))
    session.expunge(article)
    _articles_in_order(session, proposal)
    session.flush()
    return get_proposal(session, person, proposal.public_id)


def move_article(session: Session, person: Person, article_id: str, up: bool) -> ProposalView:
    """Exchange an article with its neighbour; at either end nothing happens."""
    article, proposal = _editable(session, person, article_id)
    articles = _articles_in_order(session, proposal)
    here = articles.index(article)
    there = here - 1 if up else here + 1
    if 0 <= there < len(articles):
        article.place, articles[there].place = articles[there].place, article.place
    session.flush()
    return get_proposal(session, person, proposal.public_id)


def set_position(session: Session, person: Person, article_id: str, position: str) -> ProposalView:
    """Switch an article to another position; edits of the former position are kept and come back with it."""
    article, proposal = _editable(session, person, article_id)
    clause = _clause(session, article)
    source_of(clause, position)
    if position != article.position:
        article.position = position
        article.revision += 1
        _add_rows(session, article, clause)
    return get_proposal(session, person, proposal.public_id)


def fill_placeholders(session: Session, person: Person, article_id: str, values: dict[str, str]) -> ProposalView:
    """Fill in placeholders; an empty string goes back to the default. All are checked before any is stored.

    Raises PlaceholderError whose `name` says which one.
    """
    article, proposal = _editable(session, person, article_id)
    clause = _clause(session, article)
    filled = dict(article.filled)
    for name, raw in values.items():
        placeholder = clause.placeholder(name)
        if placeholder is None:
            raise InvalidInput(f'{clause.title} has no placeholder "{name}"; reload the page.', field=name)
        filled.pop(name, None)
        if raw.strip():
            value = check_value(placeholder, raw, article.position)
            # What equals the default is not stored, so that another position brings its own default.
            if value != placeholder.default(article.position):
                filled[name] = value
    if filled != article.filled:
        article.filled = filled
        article.revision += 1
        _add_rows(session, article, clause)
    return get_proposal(session, person, proposal.public_id)


def _editable(session: Session, person: Person, article_id: str) -> tuple[Article, Proposal]:
    article = find_article(session, person, article_id)
    lock_article(session, article)  # a figure must not meet a version that is taken over in this moment
    proposal = session.get_one(Proposal, article.proposal_id)
    refuse_closed(session, article, proposal)
    return article, proposal


def refuse_closed(session: Session, article: Article, proposal: Proposal) -> None:
    """Raise InvalidInput where an article may not be changed: the employer's text, or what is agreed."""
    _refuse_employer_text(proposal)
    agreed = session.scalar(select(TentativeAgreement.id).where(TentativeAgreement.article_id == article.id))
    if agreed is not None:
        raise InvalidInput(f"{article.title} is tentatively agreed and closed; reopen it at the table first.")


def _refuse_employer_text(proposal: Proposal) -> None:
    if proposal.side != "union":
        raise InvalidInput("The employer's text is kept as it was received; answer it in a proposal of your own.")


def _clause(session: Session, article: Article) -> ClauseVersion:
    if article.clause_id is None:
        raise InvalidInput(f"{article.title} is not from the library, so it has no positions or placeholders.")
    return get_clause_version(session, article.clause_id, article.clause_version)


def _articles_in_order(session: Session, proposal: Proposal) -> list[Article]:
    """The articles, their places made 1, 2, 3 again: two people may have appended at once."""
    query = select(Article).where(Article.proposal_id == proposal.id).order_by(Article.place, Article.id)
    articles = list(session.scalars(query))
    for place, article in enumerate(articles, start=1):
        article.place = place
    return articles


def _add_rows(session: Session, article: Article, clause: ClauseVersion) -> None:
    """A row for each provision of the present position that has none yet; a choice may bring new ones."""
    rows = session.execute(
        select(ArticleProvision.number, ArticleProvision.place).where(
            ArticleProvision.article_id == article.id, ArticleProvision.position == article.position
        )
    ).all()
    present = {row.number for row in rows}
    place = max((row.place for row in rows), default=0)
    values = known_values(clause, article)
    for provision in render_position(clause, article.position, values, variant=article.variant):
        if provision.number not in present:
            place += 1
            session.add(
                ArticleProvision(article_id=article.id, position=article.position, place=place, number=provision.number)
            )
    session.flush()
