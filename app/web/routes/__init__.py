"""One module for each resource; the order below is the order of matching."""

from __future__ import annotations

from fastapi import APIRouter

from app.web.routes import (
    answer,
    caucus,
    comparisons,
    draft_files,
    draft_review,
    drafts,
    exports,
    house_style,
    information_requests,
    library,
    movement,
    moves,
    newer_version,
    pages,
    proposals,
    protections,
    provisions,
    redlines,
    session,
    tables,
)

ROUTERS: tuple[APIRouter, ...] = (
    pages.router,
    session.router,
    protections.router,
    draft_files.router,
    drafts.router,
    draft_review.router,
    library.router,
    moves.router,
    tables.router,
    house_style.router,
    proposals.router,
    exports.router,
    provisions.router,
    newer_version.router,
    comparisons.router,
    information_requests.router,
    caucus.router,
    movement.router,
    redlines.router,
    answer.router,
)
