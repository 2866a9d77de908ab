"""Counters: handing one in, reading the findings, saying what we think of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound
from app.incoming import reads_office_files
from app.library.local import library_with_local
from app.proposals.article_names import article_names
from app.proposals.bargaining import get_table
from app.proposals.comparison import get_comparison, get_received_file, receive_counter, review_finding
from app.proposals.export_options import language_of, paper_of
from app.proposals.pdf import why_no_pdf
from app.proposals.report import report_html, write_report_docx
from app.proposals.table_movement import table_movement
from app.proposals.views import ComparisonView
from app.text.document import Provision
from app.text.file_kinds import without_ending
from app.web.counter_filters import Filters
from app.web.counter_page import build_counter_page
from app.web.dependencies import Database, Form, ServicesNeeded, SignedIn
from app.web.downloads import asks_for_pdf, attachment, word_or_pdf
from app.web.finding_card import Review
from app.web.finding_words import DECISION_WORDS, FAMILY_WORDS, STATUS_WORDS, WEIGHT_WORDS
from app.web.forms import Problems, checking, see_other
from app.web.moves_page import move_links
from app.web.rendering import render
from app.web.submitted import file_field, text_field

router = APIRouter()

_LIBRARY = "library"
_PASTED_NAME = "Pasted text"


@router.get("/tables/{table_id}/counters/new")
def ask_for_counter(
    request: Request, *, session: Database, visit: SignedIn, table_id: str, against: str = ""
) -> Response:
    """The form that takes the Employer's text."""
    return _counter_form(request, session, visit.person, table_id, against=against)


@router.post("/tables/{table_id}/counters")
def take_counter(
    request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded, form: Form, table_id: str
) -> Response:
    """Read and compare what was handed in, or show the form again with what is wrong with it."""
    upload = file_field(form, "file")
    pasted, against = text_field(form, "pasted"), text_field(form, "against")
    with checking(session, file_field="file" if upload else "pasted") as problems:
        _one_text(upload is not None, pasted)
        record = receive_counter(
            session,
            visit.person,
            table_id,
            data=upload.data if upload else None,
            pasted=None if upload else pasted,
            name=upload.name if upload else _PASTED_NAME,
            against=None if against == _LIBRARY else against,
            pipeline=services.pipeline,
            library=library_with_local(session, services.library),
            max_bytes=services.settings.max_upload_bytes,
        )
        return see_other(f"/comparisons/{record.public_id}")
    return _counter_form(
        request, session, visit.person, table_id, against=against, pasted=pasted, problems=problems, status=400
    )


@router.get("/comparisons/{comparison_id}")
def show_comparison(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, comparison_id: str
) -> Response:
    """The findings beside both texts."""
    view = get_comparison(session, visit.person, comparison_id)
    filters = Filters.read(request.query_params)
    page = build_counter_page(
        [
            Review(
                each.id,
                each.finding,
                each.decision,
                each.note,
                each.reviews[0].person if each.reviews else "",
                each.number,
            )
            for each in view.findings
        ],
        view.residue,
        union=_union_provisions(view),
        employer=view.draft,
        filters=filters,
        packages=view.result.packages,
        names=article_names(view.texts, kind=view.result.against.kind),
        moves=move_links(services.library.moves, services.pipeline.rule_moves),
    )
    return render(
        request,
        "comparisons/comparison.html",
        table=get_table(session, visit.person, view.table_id),
        comparison=view,
        against="the clause library" if view.against_name == _LIBRARY else view.against_name,
        page=page,
        no_pdf=why_no_pdf(),
        statuses=STATUS_WORDS,
        weights=WEIGHT_WORDS,
        decisions=DECISION_WORDS,
        family_names=FAMILY_WORDS,
    )


@router.get("/comparisons/{comparison_id}/report.docx")
@router.get("/comparisons/{comparison_id}/report.pdf")
def word_report(
    request: Request,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    *,
    comparison_id: str,
    notes: str = "",
) -> Response:
    """The comparison with the movement table for the caucus, as Word file or PDF; our decisions and notes if asked."""
    view = get_comparison(session, visit.person, comparison_id)
    place = get_table(session, visit.person, view.table_id).jurisdiction
    data = write_report_docx(
        view.result,
        now=datetime.now(UTC),
        language=language_of(place),
        paper=paper_of(place),
        moves=services.library.moves,
        movement=table_movement(session, visit.person, view.table_id),
        reviews={each.number: each for each in view.findings} if notes == "yes" else None,
        ours=view.texts,
    )
    name = f"Comparison - {without_ending(view.draft_name)}.docx"
    return word_or_pdf(data, name, as_pdf=asks_for_pdf(request), for_table=False)


@router.get("/comparisons/{comparison_id}/report.html")
def page_report(session: Database, visit: SignedIn, services: ServicesNeeded, comparison_id: str) -> Response:
    """The comparison as one page, saved as a file: it brings its own style, which no page of ours may."""
    view = get_comparison(session, visit.person, comparison_id)
    movement = table_movement(session, visit.person, view.table_id)
    data = report_html(view.result, moves=services.library.moves, movement=movement, ours=view.texts).encode()
    return attachment(data, f"Comparison - {without_ending(view.draft_name)}.html", "text/html; charset=utf-8")


@router.get("/comparisons/{comparison_id}/file")
def received_file(session: Database, visit: SignedIn, comparison_id: str) -> Response:
    """The Employer's file, byte for byte as it was received; saved, never opened as a page of ours."""
    name, data = get_received_file(session, visit.person, comparison_id)
    return attachment(data, name, "application/octet-stream")


@router.post("/comparisons/{comparison_id}/findings/{finding_id}")
def review(session: Database, visit: SignedIn, form: Form, comparison_id: str, finding_id: str) -> Response:
    """Record what the person says of a finding, and lead back to it with the same filters."""
    view = get_comparison(session, visit.person, comparison_id)
    found = next((each for each in view.findings if each.id == finding_id), None)
    if found is None:
        raise NotFound(f"No finding {finding_id} in this comparison. Open the comparison again.")
    decision = text_field(form, "decision") or found.decision
    review_finding(session, visit.person, finding_id, decision, text_field(form, "note").strip())
    filters = Filters.read({name: text_field(form, f"back-{name}") for name in Filters.names()})
    query = filters.query()
    return see_other(f"/comparisons/{comparison_id}{f'?{query}' if query else ''}#finding-{finding_id}")


def _union_provisions(view: ComparisonView) -> list[Provision]:
    """Our provisions under the title of their article: their numbers begin again in every clause."""
    found = []
    for number, text in enumerate(view.texts, start=1):
        title = f"Article {number}. {text.title}" if view.against_proposal_id else text.title
        found += [each if each.heading_path else replace(each, heading_path=(title,)) for each in text.provisions]
    return found


def _one_text(has_file: bool, pasted: str) -> None:
    if has_file and pasted.strip():
        raise InvalidInput("Choose a file or paste the text, not both: clear one of the two.", field="pasted")
    if not has_file and not pasted.strip():
        raise InvalidInput("Choose the Employer's file, or paste the text below.", field="file")


def _counter_form(
    request: Request,
    session: Session,
    person: Person,
    table_id: str,
    *,
    against: str = "",
    pasted: str = "",
    problems: Problems | None = None,
    status: int = 200,
) -> Response:
    table = get_table(session, person, table_id)
    ours = [proposal for proposal in table.proposals if proposal.side == "union"]
    known = {proposal.id for proposal in ours} | {_LIBRARY}
    return render(
        request,
        "comparisons/new_counter.html",
        status=status,
        table=table,
        proposals=ours,
        against=against if against in known else (ours[0].id if ours else _LIBRARY),
        pasted=pasted,
        problems=problems or Problems(),
        limit=request.app.state.services.settings.max_upload_bytes,
        converts=reads_office_files(),
    )
