"""The cast: Rosa, Sam at another table, and somebody without a session. One real application for each test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.sessions import create_sign_in_link, find_or_create_person
from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.db import build_engine, build_session_maker, transaction
from app.library.files import Library
from app.library.publish import publish
from app.main import build_app
from app.migrations import upgrade
from app.proposals.bargaining import create_table
from app.settings import Settings
from app.web.dependencies import Services

_ROOT = Path(__file__).resolve().parents[2]
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@pytest.fixture(scope="session")
def published_database(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A database file made by the migrations, with the library published; every test starts from a copy."""
    file = tmp_path_factory.mktemp("web") / "proviso.sqlite3"
    engine = build_engine(f"sqlite:///{file}")
    upgrade(engine, _ROOT / "alembic")
    with transaction(build_session_maker(engine)) as session:
        publish(session, library)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture
def web_settings(tmp_path: Path) -> Settings:
    """Settings with a data directory of the test's own, whatever the environment says."""
    return Settings(_env_file=None, data_dir=tmp_path, database_url="")  # type: ignore[call-arg]


@pytest.fixture
def app(web_settings: Settings, library: Library, pipeline: Pipeline, published_database: Path) -> Iterator[FastAPI]:
    """The application on a database of its own, with the library published and nobody in it."""
    shutil.copy(published_database, web_settings.data_dir / "proviso.sqlite3")
    built = build_app(web_settings, library=library, pipeline=pipeline)
    yield built
    services: Services = built.state.services
    services.engine.dispose()


@pytest.fixture
def session(app: FastAPI) -> Iterator[Session]:
    """A session of the test's own, committed when the test calls `session.commit()`."""
    with app.state.services.sessions() as opened:
        yield opened


@pytest.fixture
def rosa(session: Session) -> Person:
    """The negotiator whose pages are looked at."""
    person = find_or_create_person(session, email="rosa@local.example", name="Rosa Medina", now=datetime.now(UTC))
    session.commit()
    return person


@pytest.fixture
def sam(session: Session) -> Person:
    """A negotiator at another table, who must learn nothing of Rosa's."""
    person = find_or_create_person(session, email="sam@local.example", name="Sam Okoro", now=datetime.now(UTC))
    session.commit()
    return person


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    """A browser without a session."""
    with TestClient(app, "http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture
def sign_in(app: FastAPI, session: Session) -> Iterator[Callable[[Person], TestClient]]:
    """Make a browser in which a person is signed in, through the link and the button as people do it."""
    opened: list[TestClient] = []

    def signed_in(person: Person) -> TestClient:
        token = create_sign_in_link(session, person, now=datetime.now(UTC))
        session.commit()
        client = TestClient(app, "http://localhost", follow_redirects=False)
        opened.append(client)
        answer = client.post("/sign-in", data={"token": token})
        assert answer.status_code == 303, answer.text
        return client

    yield signed_in
    for client in opened:
        client.close()


@pytest.fixture
def browser(sign_in: Callable[[Person], TestClient], rosa: Person) -> TestClient:
    """Rosa's browser."""
    return sign_in(rosa)


@pytest.fixture
def form_token() -> Callable[[TestClient], str]:
    """The token that a signed-in browser's forms carry, read off a page."""

    def read(client: TestClient) -> str:
        found = _TOKEN.search(client.get("/library").text)
        assert found, "no form token on the page"
        return found.group(1)

    return read


@pytest.fixture
def table_id(session: Session, rosa: Person) -> str:
    """A table of Rosa's with nothing on it yet."""
    table = create_table(
        session,
        rosa,
        title="Gull Point Freight 2026",
        employer="Gull Point Freight Handlers Inc.",
        union="Local 418",
        unit="Drivers",
        jurisdiction="us-private",
        sector="logistics",
    )
    session.commit()
    return table.id
