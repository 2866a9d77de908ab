"""Shared fixtures: a database made by the migrations, on SQLite always and on PostgreSQL where a server is named."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url, text
from sqlalchemy.orm import Session

from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.db import build_engine, build_session_maker
from app.library.files import Library, load_library
from app.library.publish import publish
from app.migrations import upgrade
from app.settings import Settings
from tests.factories.people import NOW

if TYPE_CHECKING:
    from app.analysis.pipeline import Pipeline

ROOT = Path(__file__).resolve().parent.parent

pytest_plugins = ["tests.house.outside_programs"]  # with CI=true, what needs an outside program may not be skipped


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Where this checkout keeps its clauses, migrations and patterns."""
    return Settings(_env_file=None)  # type: ignore[call-arg]


@pytest.fixture(scope="session")
def library(settings: Settings) -> Library:
    """The whole clause library as it stands in the files."""
    return load_library(settings.clauses_dir)


@pytest.fixture(scope="session")
def pipeline(settings: Settings) -> Pipeline:
    """The real pipeline, loaded once; imported late, since most tests do without spaCy."""
    from app.analysis.pipeline import load_pipeline

    return load_pipeline(settings.models_dir)


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A fresh database brought up by the migrations."""
    with_engine = _sqlite(tmp_path_factory) if request.param == "sqlite" else _postgresql()
    yield from with_engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is rolled back when the test ends."""
    with build_session_maker(engine)() as session:
        yield session
        session.rollback()


@pytest.fixture
def published(session: Session, library: Library) -> Session:
    """The same session, with the library published."""
    publish(session, library, now=NOW)
    return session


@pytest.fixture
def person(session: Session) -> Person:
    """Ada, who negotiates for the union."""
    return find_or_create_person(session, email="ada@example.org", name="Ada", now=NOW)


@pytest.fixture
def outsider(session: Session) -> Person:
    """Orla, who sits at no table of Ada's."""
    return find_or_create_person(session, email="orla@example.org", name="Orla", now=NOW)


def _sqlite(folders: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = build_engine(f"sqlite:///{folders.mktemp('database') / 'test.sqlite3'}")
    upgrade(engine, ROOT / "alembic")
    yield engine
    engine.dispose()


def _postgresql() -> Iterator[Engine]:
    address = os.environ.get("PROVISO_TEST_POSTGRESQL")
    if not address:
        pytest.skip("PROVISO_TEST_POSTGRESQL names no PostgreSQL server")
    name = f"proviso_test_{secrets.token_hex(6)}"
    admin = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = build_engine(make_url(address).set(database=name).render_as_string(hide_password=False))
    try:
        upgrade(engine, ROOT / "alembic")
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
