"""What was published before there was an index of words is found by its words afterwards, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from app.db import build_session_maker
from app.library.catalogue import get_clause_version, search_clauses
from app.library.files import load_library
from app.library.publish import publish
from app.migrations import differences, downgrade, upgrade
from tests.factories.clause_source import CLAUSE, write_library
from tests.migrations.test_migrations import MIGRATIONS

BEFORE = "0003"
NEXT = CLAUSE.replace("version: 1.0.0", "version: 1.1.0").replace("buys a system", "orders a machine")


@pytest.fixture
def own_engine(engine: Engine, tmp_path: Path) -> Engine:
    """The database of all tests, since a step down and up again leaves it as it was."""
    with build_session_maker(engine)() as session:
        publish(session, load_library(write_library(tmp_path, CLAUSE, NEXT)))
        session.commit()
    return engine


def test_published_versions_survive_and_are_indexed_again(own_engine: Engine) -> None:
    sessions = build_session_maker(own_engine)
    try:
        downgrade(own_engine, MIGRATIONS, revision=BEFORE)
        assert not [name for name in inspect(own_engine).get_table_names() if name.startswith("clause_words")]
        with own_engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM clause_version")).scalar_one() == 2
        upgrade(own_engine, MIGRATIONS)
        assert differences(own_engine) == []
        with sessions() as session:
            assert [each.version for each in search_clauses(session, words="ordering machines")] == ["1.1.0"]
            assert search_clauses(session, words="buys") == []  # stands in the version before only
            assert get_clause_version(session, "short-notice", "1.0.0").source == CLAUSE
    finally:
        _empty(own_engine)


def _empty(engine: Engine) -> None:
    """Published text cannot be deleted, so the tables are made anew."""
    downgrade(engine, MIGRATIONS, revision="base")
    upgrade(engine, MIGRATIONS)
