"""Proposals: making one, reading it, and turning it into text for the table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.proposals.views import ProposalView, RenderedArticle
from app.text.document import Document


def create_proposal(
    session: Session, person: Person, table_id: str, title: str, *, now: datetime | None = None
) -> ProposalView:
    """Start an empty union proposal; raises NotFound for the table, InvalidInput for an empty title."""
    raise NotImplementedError


def get_proposal(session: Session, person: Person, proposal_id: str) -> ProposalView:
    """A proposal of one of the person's tables, either side's; raises NotFound."""
    raise NotImplementedError


def missing_placeholders(view: ProposalView) -> tuple[str, ...]:
    """What still has to be filled in, each as "Article 1 (Notice): Days of notice"; empty when it can be exported."""
    raise NotImplementedError


def render_articles(view: ProposalView) -> tuple[RenderedArticle, ...]:
    """The articles as the other side may see them; raises PlaceholderError naming the first placeholder not filled."""
    raise NotImplementedError


def proposal_document(view: ProposalView) -> Document:
    """The proposal as a document, structured like a file that was read, for comparing and redlining."""
    raise NotImplementedError
