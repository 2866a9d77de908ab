"""The first page after sign-in, and the health check."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from sqlalchemy import text
from starlette.responses import PlainTextResponse, Response

from app.proposals.bargaining import list_tables
from app.web.dependencies import Database, SignedIn, public
from app.web.rendering import render

router = APIRouter()


@router.get("/")
def home(request: Request, session: Database, visit: SignedIn) -> Response:
    """The person's tables, and where to begin."""
    return render(request, "home.html", tables=list_tables(session, visit.person))


@router.get("/health", dependencies=[Depends(public)])
def health(session: Database) -> PlainTextResponse:
    """Say "ok" when the service and its database answer."""
    session.execute(text("SELECT 1"))
    return PlainTextResponse("ok\n")
