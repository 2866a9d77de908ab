"""Building a union proposal from clauses. Every function takes the person, and answers with the proposal as it now is.

Raises NotFound for what is unknown or foreign. Nothing is stored when a function raises.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.proposals.views import ProposalView


def add_clause(
    session: Session,
    person: Person,
    proposal_id: str,
    clause_id: str,
    version: str | None = None,
    position: str = "target",
) -> ProposalView:
    """Append an article from a clause, its version pinned; raises UnknownClause or InvalidInput."""
    raise NotImplementedError


def remove_article(session: Session, person: Person, article_id: str) -> ProposalView:
    """Take an article out; those behind it move up."""
    raise NotImplementedError


def move_article(session: Session, person: Person, article_id: str, up: bool) -> ProposalView:
    """Exchange an article with its neighbour; at either end nothing happens."""
    raise NotImplementedError


def set_position(session: Session, person: Person, article_id: str, position: str) -> ProposalView:
    """Switch an article to another position; edits of the former position are kept and come back with it."""
    raise NotImplementedError


def fill_placeholders(session: Session, person: Person, article_id: str, values: dict[str, str]) -> ProposalView:
    """Fill in placeholders; an empty string goes back to the default. All are checked before any is stored.

    Raises PlaceholderError whose `name` says which one.
    """
    raise NotImplementedError


def edit_provision(
    session: Session, person: Person, article_id: str, provision_id: str, text: str, *, revision: int
) -> ProposalView:
    """Replace a provision's words; raises EditConflict, with their text, when `revision` is no longer current."""
    raise NotImplementedError


def restore_provision(
    session: Session, person: Person, article_id: str, provision_id: str, *, revision: int
) -> ProposalView:
    """Go back to the words of the clause; raises EditConflict likewise."""
    raise NotImplementedError


def set_note(
    session: Session, person: Person, article_id: str, note: str, *, provision_id: str | None = None
) -> ProposalView:
    """Write a caucus-only note on an article, or on one of its provisions."""
    raise NotImplementedError
