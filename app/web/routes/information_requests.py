"""Information requests at a table: choose questions, read the letter, take it away. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import NotFound
from app.library.information_requests import LetterTemplate
from app.library.letters import Letter
from app.proposals.bargaining import get_table
from app.proposals.days import today_at
from app.proposals.export_options import language_of, paper_of
from app.proposals.pdf import why_no_pdf
from app.proposals.request_docx import write_request_docx
from app.proposals.request_material import clause_questions
from app.proposals.views import TableView
from app.web.dependencies import Database, Form, Services, ServicesNeeded, SignedIn
from app.web.downloads import attachment, word_or_pdf
from app.web.forms import Problems
from app.web.rendering import render
from app.web.request_form import (
    Entered,
    Group,
    first_entry,
    letter_of,
    offered_groups,
    placeholders_by_name,
    read_entry,
    with_group,
)
from app.web.submitted import text_field

router = APIRouter()

_ADDRESS = "/tables/{table_id}/information-requests/new"
_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the form offers at one table."""

    table: TableView
    letter: LetterTemplate
    groups: tuple[Group, ...]


@router.get(_ADDRESS)
def ask_for_request(
    request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, table_id: str
) -> Response:
    """The form as it opens, with what the table already knows."""
    offer = _offer(session, visit.person, services, table_id)
    today = today_at(offer.table.jurisdiction, datetime.now(UTC))
    return _page(request, offer, first_entry(offer.letter, offer.table, visit.person.name, today))


@router.post(_ADDRESS)
def make_request(
    request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded, form: Form, table_id: str
) -> Response:
    """Tick groups, show the letter, or hand it out; what has to be mended comes back beside its field."""
    offer = _offer(session, visit.person, services, table_id)
    entered, action = read_entry(form, offer.letter), text_field(form, "do")
    if action.startswith(("all", "none")):
        return _page(request, offer, with_group(entered, offer.groups, action))
    if action == "wording":
        return _page(request, offer, entered)
    composed, problems = letter_of(entered, offer.letter, offer.groups, offer.table)
    if composed is None:
        return _page(request, offer, entered, problems=problems, status=400)
    if action in {"word", "pdf"}:
        place = offer.table.jurisdiction
        data = write_request_docx(composed, language=language_of(place), paper=paper_of(place))
        return word_or_pdf(data, f"{_name(composed)}.docx", as_pdf=action == "pdf", for_table=True)
    if action == "text":
        return attachment(("\n".join(composed.lines()) + "\n").encode(), f"{_name(composed)}.txt", _PLAIN)
    return _page(request, offer, entered, preview=composed)


def _offer(session: Session, person: Person, services: Services, table_id: str) -> _Offer:
    """Raises NotFound where the table is not the person's, or the library has no letter."""
    table = get_table(session, person, table_id)
    library = services.library
    letter = library.requests.letter
    if letter is None:
        raise NotFound("This library has no letter for information requests.")
    asked = clause_questions(session, person, table_id)
    return _Offer(table, letter, offered_groups(library.requests, asked, library.vocabulary))


def _name(letter: Letter) -> str:
    return f"Information request {letter.day.isoformat()}"


def _page(
    request: Request,
    offer: _Offer,
    entered: Entered,
    *,
    problems: Problems | None = None,
    preview: Letter | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "tables/information_request.html",
        status=status,
        table=offer.table,
        letter=offer.letter,
        fields=placeholders_by_name(offer.letter),
        variant=offer.letter.variant(entered.variant),
        certainty=request.app.state.services.library.vocabulary.certainty,
        groups=offer.groups,
        entered=entered,
        problems=problems or Problems(),
        preview=preview,
        no_pdf=why_no_pdf(),
    )
