"""What becomes of an error: the right status, a calm page, and nothing stored by halves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.testclient import TestClient

from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.errors import (
    EditConflict,
    InvalidInput,
    NotFound,
    PlaceholderError,
    ProvisoError,
    UnknownClause,
    UnreadableFile,
)
from app.web.dependencies import Database, SignedIn
from app.web.forms import checking, see_other
from app.web.rendering import render

_RAISED: dict[str, Exception] = {
    "conflict": EditConflict("Sam saved this article first."),
    "bug": RuntimeError("secret detail"),
    "unknown": UnknownClause("There is no clause of this name."),
    "foreign": NotFound("This is somebody else's."),
    "placeholder": PlaceholderError("Days of notice must be at least 30.", name="notice_days"),
    "file": UnreadableFile("counter.docx is encrypted."),
    "input": InvalidInput("The title is empty.", field="title"),
}


@pytest.fixture
def troubled(app: FastAPI, sign_in: Callable[[Person], TestClient], rosa: Person) -> TestClient:
    """Rosa's browser on an application with three more routes, which fail in every way."""
    router = APIRouter()

    @router.get("/fail/{name}")
    def fail(name: str, visit: SignedIn) -> None:
        raise _RAISED[name]

    @router.post("/write/{name}")
    def write(name: str, session: Database, visit: SignedIn) -> Response:
        find_or_create_person(session, email="half@local.example", name="Half", now=datetime.now(UTC))
        if name in _RAISED:
            raise _RAISED[name]
        return see_other("/")

    @router.post("/form/{name}")
    def form(request: Request, name: str, session: Database, visit: SignedIn) -> Response:
        with checking(session) as problems:
            find_or_create_person(session, email="half@local.example", name="Half", now=datetime.now(UTC))
            if name in _RAISED:
                raise _RAISED[name]
            return see_other("/")
        return render(request, "error.html", status=400, title="again", message=str(problems.messages))

    app.include_router(router)
    client = sign_in(rosa)
    quiet = TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False)
    quiet.cookies.update(client.cookies)
    return quiet


def half_is_stored(session: Session) -> bool:
    return session.scalar(select(Person).where(Person.name == "Half")) is not None


@pytest.mark.parametrize(
    ("name", "status"),
    [("conflict", 409), ("unknown", 404), ("foreign", 404), ("placeholder", 400), ("file", 400), ("input", 400)],
)
def test_status(troubled: TestClient, name: str, status: int) -> None:
    answer = troubled.get(f"/fail/{name}")
    assert answer.status_code == status
    if status != 404:
        assert str(_RAISED[name]) in answer.text.replace("&#39;", "'")


def test_unknown_and_foreign_look_the_same(troubled: TestClient) -> None:
    assert troubled.get("/fail/unknown").text == troubled.get("/fail/foreign").text


def test_a_bug_shows_a_calm_page(troubled: TestClient) -> None:
    answer = troubled.get("/fail/bug")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert "nothing of this step was stored" in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_bug_is_logged_without_the_address(troubled: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    troubled.get("/fail/bug?token=a-key")
    (line,) = [each.getMessage() for each in caplog.records if each.name == "app.web.errors"]
    assert line == "unexpected error on GET /fail/{name}"


def test_a_wrong_method_is_said(stranger: TestClient) -> None:
    assert stranger.post("/health").status_code == 405


def test_work_is_committed_before_the_answer(
    troubled: TestClient, session: Session, form_token: Callable[[TestClient], str]
) -> None:
    assert troubled.post("/write/well", data={"csrf_token": form_token(troubled)}).status_code == 303
    assert half_is_stored(session)


@pytest.mark.parametrize("name", ["conflict", "bug", "input"])
def test_an_error_undoes_the_whole_step(
    troubled: TestClient, session: Session, form_token: Callable[[TestClient], str], name: str
) -> None:
    assert troubled.post(f"/write/{name}", data={"csrf_token": form_token(troubled)}).status_code >= 400
    assert not half_is_stored(session)


@pytest.mark.parametrize(("name", "field"), [("placeholder", "notice_days"), ("file", "file"), ("input", "title")])
def test_a_form_comes_back_with_the_message_beside_its_field(
    troubled: TestClient, session: Session, form_token: Callable[[TestClient], str], name: str, field: str
) -> None:
    answer = troubled.post(f"/form/{name}", data={"csrf_token": form_token(troubled)})
    assert answer.status_code == 400
    assert field in answer.text
    assert not half_is_stored(session)


def test_every_error_of_the_tree_becomes_a_page() -> None:
    from app.web.errors import status_of

    def kinds(parent: type[ProvisoError]) -> list[type[ProvisoError]]:
        return [parent, *(kind for child in parent.__subclasses__() for kind in kinds(child))]

    assert {status_of(kind("said")) for kind in kinds(ProvisoError)} <= {400, 404, 409}
