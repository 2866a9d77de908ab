"""Tables, their members and rounds. Who is no member learns nothing: unknown and foreign raise the same NotFound."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.proposals.tables import BargainingTable, Round
from app.proposals.views import TableCard, TableView


def list_tables(session: Session, person: Person) -> list[TableCard]:
    """The person's tables, the newest first."""
    raise NotImplementedError


def get_table(session: Session, person: Person, table_id: str) -> TableView:
    """One of the person's tables with what lies on it; raises NotFound."""
    raise NotImplementedError


def create_table(
    session: Session,
    person: Person,
    *,
    title: str,
    employer: str,
    union: str,
    unit: str,
    jurisdiction: str,
    sector: str,
    agreement: str = "",
    now: datetime | None = None,
) -> TableView:
    """Open a table with the person as its first member; raises InvalidInput naming the field."""
    raise NotImplementedError


def get_or_create_round(session: Session, table: BargainingTable, *, side: str, held_on: date) -> Round:
    """The round that a new text belongs to: today's latest, else a new one."""
    raise NotImplementedError
