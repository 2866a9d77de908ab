"""The clause library: searching it, reading a clause, seeing what changed between two of its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.tables import Person
from app.library.catalogue import get_clause_page, get_clause_version, list_versions
from app.library.filters import Filters
from app.library.local import local_clauses, local_labels
from app.library.related import related_clauses
from app.library.search import find_clauses
from app.proposals.assemble import add_clause
from app.proposals.bargaining import get_table, list_tables
from app.proposals.used_in import uses_of_clause
from app.proposals.views import ProposalCard
from app.web.clause_page import build_clause_page
from app.web.dependencies import Database, Form, ServicesNeeded, SignedIn
from app.web.difference_page import build_difference_page
from app.web.forms import see_other
from app.web.library_page import build_library_page, read_date
from app.web.rendering import render
from app.web.submitted import text_field

router = APIRouter(prefix="/library")

Text = Annotated[str, Query(max_length=200)]


@router.get("")
def show_library(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    words: Text = "",
    topic: Text = "",
    element: Text = "",
    sector: Text = "",
    jurisdiction: Text = "",
    position: Text = "",
    since: Text = "",
) -> Response:
    """Search the published clauses by words and by meaning, and filter them."""
    day, problem = read_date(since.strip())
    filters = Filters(
        words=words.strip(),
        topic=topic,
        element=element,
        sector=sector,
        jurisdiction=jurisdiction,
        position=position,
        since=day,
    )
    search = find_clauses(session, filters, services.meanings)
    page = build_library_page(search, services.library.vocabulary, problem=problem, typed_date=since)
    return render(request, "library.html", status=400 if problem else 200, page=page, local=local_clauses(session))


@router.get("/{clause_id}")
def show_clause(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    clause_id: str,
    version: Text = "",
    position: Text = "",
) -> Response:
    """One clause with its three positions; the latest version unless another is asked for."""
    found = get_clause_page(session, clause_id, version or None)
    page = build_clause_page(found, services.library.vocabulary, position=position)
    return render(
        request,
        "clause.html",
        page=page,
        related=related_clauses(session, found.clause),
        uses=uses_of_clause(session, visit.person, clause_id),
        proposals=_open_proposals(session, visit.person),
        local=local_labels(session),
    )


@router.post("/{clause_id}/add")
def add_to_proposal(
    *,
    session: Database,
    visit: SignedIn,
    form: Form,
    clause_id: str,
) -> Response:
    """Put the clause, in the version and position that were on the page, at the end of a proposal."""
    version, position = text_field(form, "version") or None, text_field(form, "position") or "target"
    proposal_id = text_field(form, "proposal_id")
    add_clause(session, visit.person, proposal_id, clause_id, version=version, position=position)
    return see_other(f"/proposals/{proposal_id}")


@router.get("/{clause_id}/difference")
def show_difference(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    services: ServicesNeeded,
    clause_id: str,
    old: Text = "",
    new: Text = "",
    position: Text = "",
) -> Response:
    """What changed between two versions of a clause, word by word; the last step unless others are named."""
    versions = list_versions(session, clause_id)
    newer = get_clause_version(session, clause_id, new or None)
    order = [entry.version for entry in versions]
    before = order[min(order.index(newer.version) + 1, len(order) - 1)]
    older = get_clause_version(session, clause_id, old or before)
    page = build_difference_page(older, newer, versions, services.library.vocabulary, position=position)
    return render(request, "clause_difference.html", page=page)


def _open_proposals(session: Session, person: Person) -> list[tuple[str, list[ProposalCard]]]:
    """The person's own proposals, by table, to choose from."""
    tables = [get_table(session, person, card.id) for card in list_tables(session, person)]
    found = [(table.title, [card for card in table.proposals if card.side == "union"]) for table in tables]
    return [(title, cards) for title, cards in found if cards]
