"""A person's tables, and what lies on each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.library.vocabulary import Vocabulary
from app.proposals.bargaining import create_table, get_table
from app.proposals.proposal import create_proposal
from app.web.dependencies import Database, Form, ServicesNeeded, SignedIn
from app.web.forms import Problems, checking, see_other
from app.web.rendering import render
from app.web.submitted import text_field

router = APIRouter()

_FIELDS = ("title", "employer", "union", "unit", "jurisdiction", "sector", "agreement")


@router.get("/tables")
def show_tables(visit: SignedIn) -> Response:
    """The person's tables are the first page."""
    return see_other("/")


@router.get("/tables/new")
def ask_for_table(request: Request, visit: SignedIn, services: ServicesNeeded) -> Response:
    """The form that opens a table."""
    return _table_form(request, services.library.vocabulary, dict.fromkeys(_FIELDS, ""), Problems())


@router.post("/tables")
def open_table(request: Request, session: Database, visit: SignedIn, services: ServicesNeeded, form: Form) -> Response:
    """Open a table with the person as its first member."""
    entered = {name: text_field(form, name).strip() for name in _FIELDS}
    with checking(session) as problems:
        table = create_table(
            session,
            visit.person,
            title=entered["title"],
            employer=entered["employer"],
            union=entered["union"],
            unit=entered["unit"],
            jurisdiction=entered["jurisdiction"],
            sector=entered["sector"],
            agreement=entered["agreement"],
        )
        return see_other(f"/tables/{table.id}")
    return _table_form(request, services.library.vocabulary, entered, problems, status=400)


@router.get("/tables/{table_id}")
def show_table(request: Request, session: Database, visit: SignedIn, table_id: str) -> Response:
    """One table: proposals, counters and their comparisons."""
    table = get_table(session, visit.person, table_id)
    return render(request, "tables/table.html", table=table, problems=Problems(), title="")


@router.post("/tables/{table_id}/proposals")
def start_proposal(request: Request, session: Database, visit: SignedIn, form: Form, table_id: str) -> Response:
    """Start an empty proposal and open its editor."""
    title = text_field(form, "title").strip()
    with checking(session) as problems:
        proposal = create_proposal(session, visit.person, table_id, title)
        return see_other(f"/proposals/{proposal.id}")
    table = get_table(session, visit.person, table_id)
    return render(request, "tables/table.html", status=400, table=table, problems=problems, title=title)


def _table_form(
    request: Request, vocabulary: Vocabulary, entered: dict[str, str], problems: Problems, *, status: int = 200
) -> Response:
    return render(
        request,
        "tables/new.html",
        status=status,
        entered=entered,
        problems=problems,
        jurisdictions=[(key, term.label) for key, term in vocabulary.jurisdictions.items()],
        sectors=[(key, term.label) for key, term in vocabulary.sectors.items()],
    )
