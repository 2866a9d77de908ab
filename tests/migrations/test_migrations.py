"""One head, the tables of the code, and every step up, down and up again with rows in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.db import Base, build_engine
from app.migrations import differences, downgrade, heads, upgrade

MIGRATIONS = Path(__file__).resolve().parents[2] / "alembic"

CLAUSE = "INSERT INTO clause (id, topic, latest) VALUES ('notice', 'disclosure', '1.0.0')"
VERSION = (
    "INSERT INTO clause_version (clause_id, version, title, summary, sectors, jurisdictions, search_text, source, "
    "digest, published_at) VALUES ('notice', '1.0.0', 'Notice', 'S', '[]', '[]', 's', 'text', 'd', '2026-03-02')"
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    engine = build_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield engine
    engine.dispose()


def test_there_is_one_head() -> None:
    assert len(heads(MIGRATIONS)) == 1


def test_steps_are_numbered_in_order() -> None:
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_the_migrated_database_equals_the_tables(engine: Engine) -> None:
    assert differences(engine) == []


def test_up_down_up_with_rows_in_place(empty: Engine) -> None:
    upgrade(empty, MIGRATIONS)
    with empty.begin() as connection:
        connection.execute(text(CLAUSE))
        connection.execute(text(VERSION))
    upgrade(empty, MIGRATIONS)  # nothing to do, nothing lost
    with empty.connect() as connection:
        assert connection.execute(text("SELECT source FROM clause_version")).scalar_one() == "text"
    downgrade(empty, MIGRATIONS, revision="base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    upgrade(empty, MIGRATIONS)
    made = {name for name in inspect(empty).get_table_names() if not name.startswith("clause_words_index")}
    assert made == {*Base.metadata.tables, "alembic_version"}
    assert differences(empty) == []


def test_the_step_of_local_clauses_goes_up_down_and_up(engine: Engine) -> None:
    downgrade(engine, MIGRATIONS, revision="0002")
    assert not {"clause_draft", "local_clause_version"} & set(inspect(engine).get_table_names())
    upgrade(engine, MIGRATIONS)
    assert differences(engine) == []


def test_drafts_are_lost_and_published_text_stays_when_local_clauses_go(empty: Engine) -> None:
    upgrade(empty, MIGRATIONS)
    with empty.begin() as connection:
        connection.execute(text(CLAUSE))
        connection.execute(text(VERSION))
        connection.execute(text("INSERT INTO local_clause_version VALUES ('notice', '1.0.0')"))
    downgrade(empty, MIGRATIONS, revision="0002")
    upgrade(empty, MIGRATIONS)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT source FROM clause_version")).scalar_one() == "text"
        assert connection.execute(text("SELECT count(*) FROM local_clause_version")).scalar_one() == 0


def test_an_address_is_enough_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "data" / "proviso.sqlite3"
    upgrade(f"sqlite:///{path}", MIGRATIONS)
    assert path.exists()


@pytest.mark.parametrize("change", ["UPDATE clause_version SET source = 'other'", "DELETE FROM clause_version"])
def test_the_database_refuses_to_change_published_text(engine: Engine, change: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(CLAUSE))
        connection.execute(text(VERSION))
        with pytest.raises(DBAPIError, match="cannot be changed or deleted"):
            connection.execute(text(change))
        connection.rollback()
