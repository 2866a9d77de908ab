"""The database keeps what it holds to itself: on the disk, and when a statement fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.db import build_engine
from app.migrations import upgrade
from app.settings import Settings


def test_a_failed_statement_is_reported_without_its_values(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as failure:
        connection.execute(text("INSERT INTO nowhere (note) VALUES (:note)"), {"note": "we would take sixty"})
    assert "sixty" not in str(failure.value)


def test_other_users_of_the_machine_cannot_read_the_database(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "data" / "proviso.sqlite3"
    upgrade(f"sqlite:///{file}", settings.migrations_dir)
    engine = build_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM person"))
        assert {each.name for each in file.parent.iterdir()} > {file.name}
        for each in file.parent.iterdir():
            assert each.stat().st_mode & 0o077 == 0, each.name
    engine.dispose()
    assert file.parent.stat().st_mode & 0o077 == 0
