"""The exchanges of one table, out of its stored comparisons."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.proposals.movement import movement
from app.proposals.movement_matrix import Exchange, Movement
from app.proposals.seats import find_table
from app.proposals.stored import load_comparison, load_text
from app.proposals.tables import ComparisonRecord, FindingRecord, Proposal, ReceivedFile, Round
from app.proposals.views import proposal_label


def table_movement(session: Session, person: Person, table_id: str) -> Movement:
    """Who moved where at one of the person's tables; raises NotFound.

    One exchange for each counter. Of a file that was compared twice in one round the last comparison counts, one with
    a proposal of ours before one with the library.
    """
    table = find_table(session, person, table_id)
    rows = session.execute(
        select(ComparisonRecord, ReceivedFile.digest, Proposal, Round)
        .join(ReceivedFile, ReceivedFile.id == ComparisonRecord.file_id)
        .join(Proposal, Proposal.id == ReceivedFile.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(ComparisonRecord.table_id == table.id)
        .order_by(Round.number, ComparisonRecord.created_at, ComparisonRecord.id)
    ).all()
    chosen: dict[tuple[str, int], tuple[ComparisonRecord, Proposal, Round]] = {}
    for record, digest, counter, held in rows:
        key = (digest, held.id)
        earlier = chosen.get(key)
        if earlier is None or record.against_id is not None or earlier[0].against_id is None:
            chosen[key] = (record, counter, held)
    ordered = sorted(chosen.values(), key=lambda each: (each[2].number, each[1].number))
    return movement([_exchange(session, *each) for each in ordered])


def _exchange(session: Session, record: ComparisonRecord, counter: Proposal, held: Round) -> Exchange:
    ours = session.get(Proposal, record.against_id) if record.against_id is not None else None
    against = proposal_label(ours.side, ours.number) if ours else str(record.summary["against"]["name"])
    query = select(FindingRecord).where(FindingRecord.comparison_id == record.id)
    findings = session.scalars(query).all()
    return Exchange(
        label=proposal_label(counter.side, counter.number),
        against="the clause library" if against == "library" else against,
        round_number=held.number,
        held_on=held.held_on,
        findings=load_comparison(record.summary, {row.place: row.payload for row in findings}, []).findings,
        texts=tuple(load_text(each) for each in record.baseline),
        comparison_id=record.public_id,
        kind=str(record.summary["against"]["kind"]),
        finding_ids={row.place: row.public_id for row in findings},
    )
