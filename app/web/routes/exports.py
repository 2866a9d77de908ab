"""A proposal handed out: as Word file, PDF, plain text, or a page to print."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.errors import PlaceholderError
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.house_styles import table_style, view_house_style
from app.proposals.pdf import find_pages, refuse_without_office, why_no_pdf
from app.proposals.plain_text import own_number, proposal_text
from app.proposals.proposal import get_proposal, refuse_employer_text, render_articles
from app.proposals.views import ProposalView
from app.web.dependencies import Database, ServicesNeeded, SignedIn
from app.web.downloads import TEXT, attachment, word_or_pdf
from app.web.rendering import render
from app.web.routes.proposals import show_refused

router = APIRouter()

Ticked = Annotated[bool, Query()]
Contents = Annotated[Literal["auto", "yes", "no"], Query()]

_CONTENTS = {"auto": None, "yes": True, "no": False}


def chosen_options(*, lines: Ticked = False, signatures: Ticked = False, contents: Contents = "auto") -> ExportOptions:
    """What the form of the export page says; a plain link takes the defaults."""
    return ExportOptions(line_numbers=lines, signatures=signatures, contents=_CONTENTS[contents])


Chosen = Annotated[ExportOptions, Depends(chosen_options)]


@router.get("/proposals/{proposal_id}/export")
def choose_export(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, proposal_id: str
) -> Response:
    """The forms in which a proposal can be handed out, with what there is to choose."""
    proposal = _ours(session, visit, proposal_id)
    try:
        text = proposal_text(proposal, render_articles(proposal))
    except PlaceholderError as error:
        return show_refused(request, session, visit.person, services, proposal, error=error)
    return render(
        request,
        "proposals/export.html",
        proposal=proposal,
        text=text,
        no_pdf=why_no_pdf(),
        house=view_house_style(session, visit.person, proposal.table_id),
    )


@router.get("/proposals/{proposal_id}/export.docx")
def export_word(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    proposal_id: str,
    options: Chosen,
) -> Response:
    """The proposal as a Word file for the table; refused, with the fields named, while a placeholder is open."""
    return _export(request, session, visit, services, proposal_id=proposal_id, options=options, form="docx")


@router.get("/proposals/{proposal_id}/export.pdf")
def export_pdf(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    proposal_id: str,
    options: Chosen,
) -> Response:
    """The same document laid out, where LibreOffice is installed."""
    return _export(request, session, visit, services, proposal_id=proposal_id, options=options, form="pdf")


@router.get("/proposals/{proposal_id}/export.txt")
def export_text(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, proposal_id: str
) -> Response:
    """The words alone."""
    proposal = _ours(session, visit, proposal_id)
    try:
        text = proposal_text(proposal, render_articles(proposal))
    except PlaceholderError as error:
        return show_refused(request, session, visit.person, services, proposal, error=error)
    return attachment(text.encode(), f"{proposal.label} - {proposal.title}.txt", TEXT)


@router.get("/proposals/{proposal_id}/print")
def print_page(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, proposal_id: str
) -> Response:
    """The proposal as one page for the printer, without anything of the caucus."""
    proposal = _ours(session, visit, proposal_id)
    try:
        articles = render_articles(proposal)
    except PlaceholderError as error:
        return show_refused(request, session, visit.person, services, proposal, error=error)
    return render(request, "proposals/print.html", proposal=proposal, articles=articles, own_number=own_number)


def _ours(session: Database, visit: SignedIn, proposal_id: str) -> ProposalView:
    proposal = get_proposal(session, visit.person, proposal_id)
    refuse_employer_text(proposal)
    return proposal


def _export(
    request: Request,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    *,
    proposal_id: str,
    options: ExportOptions,
    form: str,
) -> Response:
    proposal = _ours(session, visit, proposal_id)
    try:
        articles = render_articles(proposal)
    except PlaceholderError as error:
        return show_refused(request, session, visit.person, services, proposal, error=error)
    if form == "pdf":
        refuse_without_office()
    style = table_style(session, visit.person, proposal.table_id)
    data = write_proposal_docx(
        proposal,
        articles,
        now=datetime.now(UTC),
        language=style.language,
        house=style.house,
        options=options,
        find_pages=find_pages,
    )
    name = f"{proposal.label} - {proposal.title}.docx"
    return word_or_pdf(data, name, as_pdf=form == "pdf", for_table=True)
