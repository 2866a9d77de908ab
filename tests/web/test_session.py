"""Signing in, staying signed in, signing out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.sessions import LINK_MINUTES, create_sign_in_link
from app.accounts.tables import Person


def link(session: Session, person: Person, *, now: datetime | None = None) -> str:
    token = create_sign_in_link(session, person, now=now or datetime.now(UTC))
    session.commit()
    return token


def test_looking_at_a_link_does_not_use_it_up(stranger: TestClient, session: Session, rosa: Person) -> None:
    token = link(session, rosa)
    for _ in range(2):
        page = stranger.get(f"/sign-in/{token}")
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers
    answer = stranger.post("/sign-in", data={"token": token})
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert token not in cookie


def test_a_link_works_once(stranger: TestClient, session: Session, rosa: Person) -> None:
    token = link(session, rosa)
    stranger.post("/sign-in", data={"token": token})
    stranger.cookies.clear()
    again = stranger.post("/sign-in", data={"token": token})
    assert again.status_code == 400
    assert "ask for a new one" in again.text


def test_an_old_link_is_refused(stranger: TestClient, session: Session, rosa: Person) -> None:
    token = link(session, rosa, now=datetime.now(UTC) - timedelta(minutes=LINK_MINUTES))
    assert stranger.post("/sign-in", data={"token": token}).status_code == 400


def test_a_sign_in_form_from_elsewhere_is_refused(stranger: TestClient, session: Session, rosa: Person) -> None:
    token = link(session, rosa)
    foreign = stranger.post("/sign-in", data={"token": token}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    cross = stranger.post("/sign-in", data={"token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 403
    assert stranger.post("/sign-in", data={"token": token}, headers={"Origin": "http://localhost"}).status_code == 303


def test_signing_out_ends_the_session_on_the_server(
    browser: TestClient, form_token: Callable[[TestClient], str]
) -> None:
    token = form_token(browser)
    cookies = dict(browser.cookies)
    assert browser.post("/sign-out", data={"csrf_token": token}).status_code == 303
    browser.cookies.update(cookies)
    assert browser.get("/library").headers["Location"] == "/sign-in"


def test_a_made_up_cookie_is_nobody(stranger: TestClient) -> None:
    stranger.cookies.set("proviso_session", "made-up")
    assert stranger.get("/library").status_code == 303


def test_the_page_names_the_time_that_a_link_has(stranger: TestClient) -> None:
    assert f"for {LINK_MINUTES} minutes" in stranger.get("/sign-in").text


def test_signing_in_again_ends_the_session_that_the_browser_had(
    browser: TestClient, session: Session, sam: Person
) -> None:
    before = dict(browser.cookies)
    assert browser.post("/sign-in", data={"token": link(session, sam)}).status_code == 303
    assert dict(browser.cookies) != before
    browser.cookies.clear()
    browser.cookies.update(before)
    assert browser.get("/library").headers["Location"] == "/sign-in"
