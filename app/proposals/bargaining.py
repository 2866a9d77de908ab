"""Tables, their members and rounds. Who is no member learns nothing: unknown and foreign raise the same NotFound."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.tables import Person
from app.errors import InvalidInput
from app.proposals.seats import find_table
from app.proposals.table_cards import comparison_cards, proposal_cards
from app.proposals.tables import BargainingTable, ComparisonRecord, Membership, Organisation, Proposal, Round
from app.proposals.views import TableCard, TableView

_LONGEST = {
    "title": 200,
    "employer": 200,
    "union": 200,
    "unit": 400,
    "jurisdiction": 40,
    "sector": 40,
    "agreement": 400,
}


def list_tables(session: Session, person: Person) -> list[TableCard]:
    """The person's tables, the newest first."""
    employer, union = aliased(Organisation), aliased(Organisation)
    proposals = select(func.count()).where(Proposal.table_id == BargainingTable.id).scalar_subquery()
    comparisons = select(func.count()).where(ComparisonRecord.table_id == BargainingTable.id).scalar_subquery()
    rows = session.execute(
        select(BargainingTable, employer.name, union.name, proposals, comparisons)
        .join(Membership, Membership.table_id == BargainingTable.id)
        .join(employer, employer.id == BargainingTable.employer_id)
        .join(union, union.id == BargainingTable.union_id)
        .where(Membership.person_id == person.id)
        .order_by(BargainingTable.created_at.desc(), BargainingTable.id.desc())
    )
    return [
        TableCard(table.public_id, table.title, employer_name, union_name, table.unit, proposal_count, comparison_count)
        for table, employer_name, union_name, proposal_count, comparison_count in rows
    ]


def get_table(session: Session, person: Person, table_id: str) -> TableView:
    """One of the person's tables with what lies on it; raises NotFound."""
    table = find_table(session, person, table_id)
    names = organisation_names(session, table)
    members = session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.table_id == table.id)
        .order_by(Person.name)
    )
    return TableView(
        id=table.public_id,
        title=table.title,
        employer=names[0],
        union=names[1],
        unit=table.unit,
        jurisdiction=table.jurisdiction,
        sector=table.sector,
        agreement=table.agreement,
        members=tuple(members),
        proposals=proposal_cards(session, table),
        comparisons=comparison_cards(session, table),
    )


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
    given = {"title": title, "employer": employer, "union": union, "unit": unit, "jurisdiction": jurisdiction}
    fields = {
        name: " ".join(value.split()) for name, value in {**given, "sector": sector, "agreement": agreement}.items()
    }
    for name, value in fields.items():
        if not value and name != "agreement":
            raise InvalidInput(f"The {name} is empty; fill it in.", field=name)
        if len(value) > _LONGEST[name]:
            raise InvalidInput(f"The {name} is too long; use at most {_LONGEST[name]} characters.", field=name)
    moment = now or datetime.now(UTC)
    # Each table has its own two organisations: a shared list of names would tell one table about another.
    across = Organisation(name=fields.pop("employer"), kind="employer")
    ours = Organisation(name=fields.pop("union"), kind="union")
    session.add_all([across, ours])
    session.flush()
    table = BargainingTable(employer_id=across.id, union_id=ours.id, created_at=moment, **fields)
    session.add(table)
    session.flush()
    session.add(Membership(table_id=table.id, person_id=person.id, role="negotiator", created_at=moment))
    session.flush()
    return get_table(session, person, table.public_id)


def get_or_create_round(session: Session, table: BargainingTable, *, side: str, held_on: date) -> Round:
    """The round that a new text belongs to: the latest if it was held on that day, else a new one."""
    latest = session.scalar(select(Round).where(Round.table_id == table.id).order_by(Round.number.desc()).limit(1))
    if latest is not None and latest.held_on == held_on:
        return latest
    number = latest.number + 1 if latest else 1
    new = Round(table_id=table.id, number=number, side=side, held_on=held_on)
    session.add(new)
    session.flush()
    return new


def organisation_names(session: Session, table: BargainingTable) -> tuple[str, str]:
    """Names of the employer and of the union at a table."""
    ids = (table.employer_id, table.union_id)
    rows = session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    names = {row.id: row.name for row in rows}
    return names[table.employer_id], names[table.union_id]
