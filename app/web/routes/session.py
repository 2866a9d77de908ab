"""Signing in through a one-time link, and signing out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from app.accounts.sessions import LINK_MINUTES, SESSION_DAYS, redeem_sign_in_link, sign_out
from app.errors import NotFound
from app.web.dependencies import Database, ServicesNeeded, SignedIn, public
from app.web.errors import FormExpired
from app.web.forms import see_other
from app.web.rendering import render
from app.web.security import comes_from_here, cookie_name

router = APIRouter()


def sign_in_address(base_url: str, token: str) -> str:
    """The link that a person is given; `base_url` is the setting of that name."""
    return f"{base_url}/sign-in/{token}"


@router.get("/sign-in", dependencies=[Depends(public)])
def show_sign_in(request: Request) -> Response:
    """Say how to get a sign-in link."""
    return _page(request)


@router.get("/sign-in/{token}", dependencies=[Depends(public)])
def show_sign_in_link(request: Request, token: str) -> Response:
    """Ask for one click: programs that preview links follow them too, and must not use them up."""
    page = _page(request, token=token)
    # Under "no-referrer" a browser hides the origin of the form that follows, which is what the form is judged by.
    page.headers["Referrer-Policy"] = "same-origin"
    return page


@router.post("/sign-in", dependencies=[Depends(public)])
def sign_in(
    request: Request, session: Database, services: ServicesNeeded, token: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Use up the link and start a session."""
    if not comes_from_here(request.headers):
        raise FormExpired
    try:
        session_token = redeem_sign_in_link(session, token, datetime.now(UTC))
    except NotFound as error:
        return _page(request, problem=str(error), status=400)
    sign_out(session, request.cookies.get(cookie_name(services.settings), ""))  # one browser, one session
    response = see_other("/")
    response.set_cookie(
        cookie_name(services.settings),
        session_token,
        max_age=SESSION_DAYS * 24 * 60 * 60,
        httponly=True,
        samesite="lax",
        secure=services.settings.secure_cookies,
    )
    return response


@router.post("/sign-out")
def leave(session: Database, visit: SignedIn, services: ServicesNeeded) -> Response:
    """End the session here and on the server."""
    sign_out(session, visit.session_token)
    response = see_other("/sign-in")
    response.delete_cookie(
        cookie_name(services.settings), httponly=True, samesite="lax", secure=services.settings.secure_cookies
    )
    return response


def _page(request: Request, *, token: str = "", problem: str = "", status: int = 200) -> Response:
    return render(
        request,
        "sign_in.html",
        status=status,
        token=token,
        problem=problem,
        minutes=LINK_MINUTES,
        days=SESSION_DAYS,
    )
