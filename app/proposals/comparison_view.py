"""A stored comparison, put together again from its rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.analysis.results import STATUSES
from app.proposals.stored import load_comparison, load_finding, load_provision, load_text
from app.proposals.tables import (
    BargainingTable,
    ComparisonRecord,
    FindingRecord,
    FindingReview,
    Proposal,
    ReceivedFile,
)
from app.proposals.views import ComparisonView, FindingView, ReviewView


def view_comparison(session: Session, record: ComparisonRecord) -> ComparisonView:
    """The comparison with its findings, both texts, and what people said; the caller has checked the person's seat."""
    table = session.get_one(BargainingTable, record.table_id)
    received = session.get_one(ReceivedFile, record.file_id)
    counter = session.get_one(Proposal, received.proposal_id)
    base = session.get(Proposal, record.against_id) if record.against_id is not None else None
    query = select(FindingRecord).where(FindingRecord.comparison_id == record.id).order_by(FindingRecord.place)
    rows = session.scalars(query).all()
    reviews = _reviews(session, rows)
    findings = tuple(_finding(row, reviews.get(row.id, [])) for row in rows)
    result = load_comparison(record.summary, {row.place: row.payload for row in rows}, record.residue)
    counts: dict[str, int] = dict.fromkeys(STATUSES, 0)
    for row in rows:
        counts[row.status] += 1
    return ComparisonView(
        id=record.public_id,
        table_id=table.public_id,
        draft_name=received.name,
        draft_kind=received.kind,
        draft_proposal_id=counter.public_id,
        against_name=result.against.name,
        against_proposal_id=base.public_id if base else "",
        pipeline=record.pipeline_version,
        created_by=session.get_one(Person, record.created_by).name,
        created_at=record.created_at,
        findings=findings,
        residue=result.residue,
        warnings=result.warnings,
        draft=tuple(load_provision(each) for each in received.provisions),
        draft_text=received.text,
        texts=tuple(load_text(each) for each in record.baseline),
        counts=counts,
        untouched=tuple(each.clause for each in result.findings if each.untouched and each.clause),
        hostile=sum(row.hostile for row in rows),
        open=sum(finding.decision == "open" for finding in findings),
        result=result,
    )


def view_finding(session: Session, row: FindingRecord) -> FindingView:
    """One finding with its reviews; the caller has checked the person's seat."""
    return _finding(row, _reviews(session, [row]).get(row.id, []))


def _finding(row: FindingRecord, reviews: list[ReviewView]) -> FindingView:
    latest = reviews[0] if reviews else None
    return FindingView(
        id=row.public_id,
        number=row.place,
        finding=load_finding(row.payload),
        families=tuple(row.families),
        decision=latest.decision if latest else "open",
        note=latest.note if latest else "",
        reviews=tuple(reviews),
    )


def _reviews(session: Session, rows: Sequence[FindingRecord]) -> dict[int, list[ReviewView]]:
    """Reviews by finding, the newest first."""
    query = (
        select(FindingReview, Person.name)
        .join(Person, Person.id == FindingReview.person_id)
        .where(FindingReview.finding_id.in_([row.id for row in rows]))
        .order_by(FindingReview.id.desc())
    )
    found: dict[int, list[ReviewView]] = {}
    for review, name in session.execute(query):
        view = ReviewView(review.decision, review.note, name, review.created_at)
        found.setdefault(review.finding_id, []).append(view)
    return found
