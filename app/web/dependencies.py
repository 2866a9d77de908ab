"""What a route asks for: a database session, the services, and who may use it.

Every route names `public` or `signed_in`, directly or through one of the annotated types below; a test walks all
routes and fails on one that names neither. Which tables a person may see is decided in the domain functions, which
all take the person.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, TypedDict

from fastapi import Depends, Request
from jinja2 import Environment
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker
from starlette.datastructures import FormData

from app.accounts.sessions import find_web_session
from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.library.files import Library
from app.library.meaning import MeaningIndex
from app.settings import Settings
from app.web.errors import FormExpired, NotSignedIn, UploadTooLarge
from app.web.security import cookie_name, form_token, same_token

_READING = {"GET", "HEAD", "OPTIONS"}
_TOKEN_FIELD = "csrf_token"  # noqa: S105 -- the name of a form field


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that is built once at start and shared by all requests."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    templates: Environment
    pipeline: Pipeline
    library: Library
    meanings: MeaningIndex


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a signed-in person."""

    person: Person
    session_token: str
    form_token: str


def services(request: Request) -> Services:
    """The services that `app.main` built."""
    built: Services = request.app.state.services
    return built


def database(request: Request) -> Iterator[Session]:
    """One session and one transaction for the request, committed before the response leaves.

    Stated with `scope="function"`, because FastAPI would otherwise commit after the browser has its redirect.
    A route that catches an error and answers with a form rolls back first (`app.web.forms.checking` does).
    """
    with services(request).sessions() as session:
        yield session
        session.commit()


Database = Annotated[Session, Depends(database, scope="function")]
ServicesNeeded = Annotated[Services, Depends(services)]


async def submitted_form(request: Request) -> AsyncIterator[FormData | None]:
    """The fields of a POST; None for a reading request. Starlette keeps the parsed form, so it is read once.

    Files that came with it are closed after the answer, refused or not.
    """
    if request.scope.get("proviso.too_large"):
        raise UploadTooLarge(services(request).settings.max_upload_bytes)
    if request.method in _READING:
        yield None
        return
    async with request.form(**form_limits(services(request).settings)) as form:
        yield form


class FormLimits(TypedDict, total=False):
    """How much one form may hold."""

    max_files: int
    max_fields: int
    max_part_size: int


def form_limits(settings: Settings) -> FormLimits:
    """How much one form may hold; a pasted agreement is one large field."""
    return {"max_files": 5, "max_fields": 2000, "max_part_size": settings.max_upload_bytes}


Form = Annotated[FormData | None, Depends(submitted_form)]


def public(request: Request, form: Form) -> None:
    """Anybody may use this route."""
    request.state.visit = None


def signed_in(request: Request, session: Database, form: Form) -> Visit:
    """Only a signed-in person may use this route, and a form must carry the token of their session.

    Raises:
        NotSignedIn: There is no session, or it has ended; reading leads to the sign-in page.
        FormExpired: The form's token is missing or belongs to another session.
    """
    token = request.cookies.get(cookie_name(services(request).settings), "")
    web_session = find_web_session(session, token, datetime.now(UTC)) if token else None
    person = session.get(Person, web_session.person_id) if web_session else None
    if web_session is None or person is None:
        raise NotSignedIn
    expected = form_token(web_session.csrf_secret)
    if form is not None and not same_token(str(form.get(_TOKEN_FIELD, "")), expected):
        raise FormExpired
    visit = Visit(person=person, session_token=token, form_token=expected)
    request.state.visit = visit
    return visit


SignedIn = Annotated[Visit, Depends(signed_in)]
