"""Copies for the caucus: our proposal and the Employer's counter with what we know of them as comments."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.proposals.bargaining import get_table
from app.proposals.caucus_counter import caucus_file_name, write_caucus_counter
from app.proposals.caucus_material import caucus_material, comparison_of_counter
from app.proposals.caucus_proposal import write_caucus_proposal
from app.proposals.comparison import get_comparison, get_received_file
from app.proposals.export_options import language_of, paper_of
from app.proposals.house_styles import table_style
from app.proposals.proposal import get_proposal
from app.proposals.proposal_lint import lint_proposal
from app.web.dependencies import Database, ServicesNeeded, SignedIn
from app.web.downloads import asks_for_pdf, word_or_pdf
from app.web.forms import see_other

router = APIRouter()


@router.get("/proposals/{proposal_id}/caucus.docx")
@router.get("/proposals/{proposal_id}/caucus.pdf")
def proposal_copy(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, proposal_id: str
) -> Response:
    """Our proposal with notes, protections, fallbacks, reasons and their latest answer as comments."""
    proposal = get_proposal(session, visit.person, proposal_id)
    if proposal.side == "employer":
        comparison_id = comparison_of_counter(session, visit.person, proposal_id)
        return see_other(f"/comparisons/{comparison_id}/caucus.{'pdf' if asks_for_pdf(request) else 'docx'}")
    style = table_style(session, visit.person, proposal.table_id)
    material = caucus_material(session, visit.person, proposal, lint_proposal(proposal, services.pipeline))
    data = write_caucus_proposal(
        proposal,
        material,
        now=datetime.now(UTC),
        language=style.language,
        house=style.house,
        moves=services.library.moves,
    )
    name = caucus_file_name(proposal.label, proposal.title)
    return word_or_pdf(data, name, as_pdf=asks_for_pdf(request), for_table=False)


@router.get("/comparisons/{comparison_id}/caucus.docx")
@router.get("/comparisons/{comparison_id}/caucus.pdf")
def counter_copy(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, comparison_id: str
) -> Response:
    """The Employer's own file with our findings as comments at their words."""
    view = get_comparison(session, visit.person, comparison_id)
    counter = get_proposal(session, visit.person, view.draft_proposal_id)
    _, content = get_received_file(session, visit.person, comparison_id)
    place = get_table(session, visit.person, view.table_id).jurisdiction
    data = write_caucus_counter(
        view,
        content,
        now=datetime.now(UTC),
        language=language_of(place),
        paper=paper_of(place),
        moves=services.library.moves,
    )
    name = caucus_file_name(counter.label, view.draft_name)
    return word_or_pdf(data, name, as_pdf=asks_for_pdf(request), for_table=False)
