"""What a person may do beside sitting at tables: an editor writes clauses and reviews those of others."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person


def set_editor(session: Session, person: Person, is_editor: bool) -> None:
    """Give or take the role; flushes."""
    person.is_editor = is_editor
    session.flush()


def list_editors(session: Session) -> list[Person]:
    """Everybody who may write and review clauses, by name."""
    return list(session.scalars(select(Person).where(Person.is_editor).order_by(Person.name, Person.id)))
