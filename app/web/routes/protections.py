"""Which clause gives which protection: the table of all elements."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.library.coverage import coverage
from app.library.local import local_clauses
from app.library.shelf import latest_clauses
from app.web.dependencies import Database, ServicesNeeded, SignedIn
from app.web.rendering import render

router = APIRouter(prefix="/library")


@router.get("/protections")
def show_protections(request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded) -> Response:
    """Every protection element with the clauses that carry it, and the positions in which they do."""
    published = [entry.clause for entry in latest_clauses(session)]
    families = coverage(published, services.library.vocabulary)
    elements = [element for family in families for element in family.elements]
    return render(
        request,
        "protections.html",
        families=families,
        total=len(elements),
        covered=sum(element.covered for element in elements),
        clauses=len(published),
        local=local_clauses(session),
    )
