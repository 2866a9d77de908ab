"""One module for each resource; the order below is the order of matching."""

from __future__ import annotations

from fastapi import APIRouter

from app.web.routes import (
    comparisons,
    information_requests,
    library,
    moves,
    pages,
    proposals,
    provisions,
    session,
    tables,
)

ROUTERS: tuple[APIRouter, ...] = (
    pages.router,
    session.router,
    library.router,
    moves.router,
    tables.router,
    proposals.router,
    provisions.router,
    comparisons.router,
    information_requests.router,
)
