"""Proposals: making one, reading it, and turning it into text for the table."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput
from app.library.catalogue import element_labels
from app.proposals.article_view import structure_article, view_article
from app.proposals.bargaining import get_or_create_round, organisation_names
from app.proposals.days import today_at
from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.seats import find_proposal, find_table
from app.proposals.tables import Article, ArticleProvision, BargainingTable, Proposal, Round
from app.proposals.views import ArticleView, ProposalView, RenderedArticle, RenderedProvision
from app.text.document import Document, Provision


def create_proposal(
    session: Session, person: Person, table_id: str, title: str, *, now: datetime | None = None
) -> ProposalView:
    """Start an empty union proposal; raises NotFound for the table, InvalidInput for an empty title."""
    table = find_table(session, person, table_id)
    words = " ".join(title.split())
    if not words:
        raise InvalidInput("The proposal needs a title; write what it is about.", field="title")
    if len(words) > 200:
        raise InvalidInput("The title is too long; use at most 200 characters.", field="title")
    proposal = add_proposal(session, person, table, side="union", title=words, now=now or datetime.now(UTC))
    return get_proposal(session, person, proposal.public_id)


def get_proposal(session: Session, person: Person, proposal_id: str) -> ProposalView:
    """A proposal of one of the person's tables, either side's; raises NotFound."""
    proposal = find_proposal(session, person, proposal_id)
    table = session.get_one(BargainingTable, proposal.table_id)
    held = session.get_one(Round, proposal.round_id)
    employer, union = organisation_names(session, table)
    author = session.get_one(Person, proposal.created_by)
    return ProposalView(
        id=proposal.public_id,
        table_id=table.public_id,
        title=proposal.title,
        side=proposal.side,
        number=proposal.number,
        round_number=held.number,
        held_on=held.held_on,
        employer=employer,
        union=union,
        unit=table.unit,
        created_by=author.name,
        created_at=proposal.created_at,
        articles=_view_articles(session, proposal),
    )


def add_proposal(
    session: Session, person: Person, table: BargainingTable, *, side: str, title: str, now: datetime
) -> Proposal:
    """Store an empty proposal of either side under the next number; the caller has found the table."""
    # Touching the table's row makes others wait here, so that two texts at once do not take the same number.
    session.execute(
        update(BargainingTable).where(BargainingTable.id == table.id).values(created_at=BargainingTable.created_at)
    )
    used = select(func.max(Proposal.number)).where(Proposal.table_id == table.id, Proposal.side == side)
    held = get_or_create_round(session, table, side=side, held_on=today_at(table.jurisdiction, now))
    proposal = Proposal(
        table_id=table.id,
        round_id=held.id,
        side=side,
        number=(session.scalar(used) or 0) + 1,
        title=title,
        created_by=person.id,
        created_at=now,
    )
    session.add(proposal)
    session.flush()
    return proposal


def render_articles(view: ProposalView) -> tuple[RenderedArticle, ...]:
    """The articles as the other side may see them; raises PlaceholderError naming the first placeholder not filled."""
    refuse_open_placeholders(view)
    return tuple(
        RenderedArticle(
            number=article.number,
            title=article.title,
            provisions=tuple(
                RenderedProvision(each.number, each.level, each.lead_in, each.text, each.model_text, each.changed)
                for each in article.provisions
            ),
        )
        for article in view.articles
    )


def refuse_employer_text(view: ProposalView) -> None:
    """Raise InvalidInput for a text of the employer: what they handed over is theirs to write, in their own file."""
    if view.side != "union":
        raise InvalidInput(
            f"{view.label} is the Employer's text and is not exported; their own file is kept with its comparison."
        )


def proposal_document(view: ProposalView) -> Document:
    """The proposal as a document, structured like a file that was read, for comparing and redlining."""
    lines: list[str] = []
    provisions: list[Provision] = []
    at = 0
    for article in view.articles:
        heading = f"Article {article.number}. {article.title}"
        lines.append(heading)
        at += len(heading) + 1
        for each in structure_article(article):
            start = at + (len(each.number) + 1 if each.number else 0)
            provisions.append(
                Provision(
                    number=f"{article.number}.{each.number}" if each.number else "",
                    text=each.text,
                    start=start,
                    end=start + len(each.text),
                    heading_path=(heading,),
                    lead_in=each.lead_in,
                    place=f"article {article.number}",
                )
            )
            lines.append(f"{each.number} {each.text}" if each.number else each.text)
            at += len(lines[-1]) + 1
    text = "\n".join(lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(f"{view.label}, {view.title}", "text", digest, text, tuple(provisions))


def _view_articles(session: Session, proposal: Proposal) -> tuple[ArticleView, ...]:
    # One statement sees one moment: between two, somebody may take over another version of a clause.
    query = (
        select(Article, ArticleProvision)
        .outerjoin(ArticleProvision, ArticleProvision.article_id == Article.id)
        .where(Article.proposal_id == proposal.id)
        .order_by(Article.place, Article.id, ArticleProvision.place)
        .execution_options(populate_existing=True)
    )
    articles: dict[int, Article] = {}
    rows: dict[int, list[ArticleProvision]] = {}
    for article, row in session.execute(query):
        articles[article.id] = article
        rows.setdefault(article.id, []).extend([] if row is None else [row])
    labels = element_labels(session) if articles else {}
    return tuple(
        view_article(session, article, rows[article.id], number, labels)
        for number, article in enumerate(articles.values(), start=1)
    )
