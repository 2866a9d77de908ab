"""What the caucus knows of a proposal, gathered from the table and the library."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import NotFound
from app.library.catalogue import get_clause_version
from app.proposals.caucus_proposal import CaucusMaterial
from app.proposals.comparison_view import view_comparison
from app.proposals.proposal_lint import ProposalRemarks
from app.proposals.seats import find_proposal
from app.proposals.tables import ComparisonRecord, Proposal, ReceivedFile
from app.proposals.views import ProposalView, proposal_label


def caucus_material(session: Session, person: Person, view: ProposalView, remarks: ProposalRemarks) -> CaucusMaterial:
    """Clauses with their notes, and the latest counter measured against this proposal; raises NotFound."""
    proposal = find_proposal(session, person, view.id)
    clauses = {
        each.id: get_clause_version(session, each.clause_id, each.clause_version)
        for each in view.articles
        if each.clause_id
    }
    found = session.execute(
        select(ComparisonRecord, Proposal)
        .join(ReceivedFile, ReceivedFile.id == ComparisonRecord.file_id)
        .join(Proposal, Proposal.id == ReceivedFile.proposal_id)
        .where(ComparisonRecord.against_id == proposal.id)
        .order_by(ComparisonRecord.created_at.desc(), ComparisonRecord.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return CaucusMaterial(clauses, remarks=remarks)
    record, counter = found
    label = proposal_label(counter.side, counter.number)
    return CaucusMaterial(clauses, view_comparison(session, record), label, remarks)


def comparison_of_counter(session: Session, person: Person, proposal_id: str) -> str:
    """The public id of the latest comparison of a counter; raises NotFound."""
    counter = find_proposal(session, person, proposal_id)
    found: str | None = session.scalar(
        select(ComparisonRecord.public_id)
        .join(ReceivedFile, ReceivedFile.id == ComparisonRecord.file_id)
        .where(ReceivedFile.proposal_id == counter.id)
        .order_by(ComparisonRecord.created_at.desc(), ComparisonRecord.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    return found
