"""The short lists on a table's page."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.results import STATUSES
from app.proposals.tables import (
    Article,
    BargainingTable,
    ComparisonRecord,
    FindingRecord,
    FindingReview,
    Proposal,
    Round,
)
from app.proposals.views import ComparisonCard, ProposalCard, proposal_label


def proposal_cards(session: Session, table: BargainingTable) -> tuple[ProposalCard, ...]:
    """Proposals of both sides, the newest first."""
    articles = select(func.count()).where(Article.proposal_id == Proposal.id).scalar_subquery()
    rows = session.execute(
        select(Proposal, Round.number, Round.held_on, articles)
        .join(Round, Round.id == Proposal.round_id)
        .where(Proposal.table_id == table.id)
        .order_by(Proposal.created_at.desc(), Proposal.id.desc())
    )
    return tuple(
        ProposalCard(
            id=proposal.public_id,
            title=proposal.title,
            side=proposal.side,
            number=proposal.number,
            round_number=round_number,
            held_on=held_on,
            articles=article_count,
            created_at=proposal.created_at,
            label=proposal_label(proposal.side, proposal.number),
        )
        for proposal, round_number, held_on, article_count in rows
    )


def comparison_cards(session: Session, table: BargainingTable) -> tuple[ComparisonCard, ...]:
    """Comparisons, the newest first, with findings counted."""
    records = session.scalars(
        select(ComparisonRecord)
        .where(ComparisonRecord.table_id == table.id)
        .order_by(ComparisonRecord.created_at.desc(), ComparisonRecord.id.desc())
    ).all()
    counts = {record.id: dict.fromkeys(STATUSES, 0) for record in records}
    hostile = dict.fromkeys(counts, 0)
    undecided = dict.fromkeys(counts, 0)
    findings = session.execute(
        select(FindingRecord.id, FindingRecord.comparison_id, FindingRecord.status, FindingRecord.hostile).where(
            FindingRecord.comparison_id.in_(counts)
        )
    ).all()
    decisions = _latest_decisions(session, table)
    for finding_id, comparison_id, status, is_hostile in findings:
        counts[comparison_id][status] += 1
        hostile[comparison_id] += is_hostile
        undecided[comparison_id] += decisions.get(finding_id, "open") == "open"
    return tuple(
        ComparisonCard(
            id=record.public_id,
            draft_name=record.summary["draft"]["name"],
            against_name=record.summary["against"]["name"],
            created_at=record.created_at,
            counts={str(status): count for status, count in counts[record.id].items()},
            hostile=hostile[record.id],
            open=undecided[record.id],
        )
        for record in records
    )


def _latest_decisions(session: Session, table: BargainingTable) -> dict[int, str]:
    """What was last decided of each finding at a table, by finding; findings never reviewed are left out."""
    rows = session.execute(
        select(FindingReview.finding_id, FindingReview.decision)
        .join(FindingRecord, FindingRecord.id == FindingReview.finding_id)
        .join(ComparisonRecord, ComparisonRecord.id == FindingRecord.comparison_id)
        .where(ComparisonRecord.table_id == table.id)
        .order_by(FindingReview.id)
    )
    return {row.finding_id: row.decision for row in rows}
