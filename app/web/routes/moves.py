"""Employer moves: the list, one family, one move. Whoever may read the library may read these."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.library.counterparts import published_clauses
from app.web.clause_page import markdown
from app.web.dependencies import Database, ServicesNeeded, SignedIn
from app.web.moves_page import MoveFilters, build_move_page, build_moves_page
from app.web.rendering import render

router = APIRouter(prefix="/moves")

Text = Annotated[str, Query(max_length=200)]


@router.get("")
def show_moves(
    request: Request,
    *,
    visit: SignedIn,
    services: ServicesNeeded,
    words: Text = "",
    family: Text = "",
    element: Text = "",
    silent: Text = "",
) -> Response:
    """Search the moves; they stand under their families."""
    filters = MoveFilters(words=words.strip(), family=family, element=element.strip().upper(), silent=silent)
    library = services.library
    return render(request, "moves/list.html", page=build_moves_page(library.moves, filters, library.vocabulary))


@router.get("/families/{family_id}")
def show_family(request: Request, *, visit: SignedIn, services: ServicesNeeded, family_id: str) -> Response:
    """One family: what its moves have in common, and each of them."""
    catalogue = services.library.moves
    family = catalogue.family(family_id)
    return render(
        request,
        "moves/family.html",
        family=family,
        what=markdown(family.what),
        answer=markdown(family.answer),
        moves=catalogue.of_family(family_id),
    )


@router.get("/{slug}")
def show_move(request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded, slug: str) -> Response:
    """One move: an example, what it does, what to answer, and the clauses that stand against it."""
    library = services.library
    move = library.moves.by_slug(slug)
    page = build_move_page(move, library.moves, published_clauses(session), library.vocabulary)
    return render(request, "moves/move.html", page=page)
