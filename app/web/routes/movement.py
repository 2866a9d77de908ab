"""Who moved where at a table."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.proposals.bargaining import get_table
from app.proposals.movement_words import MOVEMENT_NOTE
from app.proposals.table_movement import table_movement
from app.web.dependencies import Database, SignedIn
from app.web.movement_page import build_movement_page
from app.web.rendering import render

router = APIRouter()


@router.get("/tables/{table_id}/movement")
def show_movement(request: Request, session: Database, visit: SignedIn, table_id: str, show: str = "") -> Response:
    """Protections down the side, counters along the top."""
    table = get_table(session, visit.person, table_id)
    found = table_movement(session, visit.person, table_id)
    page = build_movement_page(found, only_moved=show == "moved")
    return render(request, "tables/movement.html", table=table, page=page, note=MOVEMENT_NOTE)
