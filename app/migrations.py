"""Bringing a database to the present shape. Called at start-up and by the tests; the steps stand in `alembic/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url

from alembic import command
from app.db import Base, build_engine

_SEARCH_INDEX = "clause_words_index"  # each database has its own kind; SQLite adds tables under names that begin so
_ADVISORY_LOCK = "SELECT pg_advisory_xact_lock(711206)"  # any number, as long as it is always the same


def upgrade(database: Engine | str, migrations_dir: Path, *, revision: str = "head") -> None:
    """Apply every step up to `revision`; a database that is there already is left as it is.

    Args:
        database: An engine, or an address such as "sqlite:///data/proviso.sqlite3", whose folder is made if needed.
        migrations_dir: The folder `alembic/`.
        revision: Where to stop; "head" for the newest.
    """
    _run(database, migrations_dir, lambda config: command.upgrade(config, revision))


def downgrade(database: Engine | str, migrations_dir: Path, *, revision: str) -> None:
    """Undo steps down to `revision`; "base" undoes all and loses every row."""
    _run(database, migrations_dir, lambda config: command.downgrade(config, revision))


def heads(migrations_dir: Path) -> list[str]:
    """The newest steps; more than one means that two people added a step after the same one."""
    return list(ScriptDirectory.from_config(_config(migrations_dir)).get_heads())


def differences(engine: Engine) -> list[object]:
    """How the database differs from the tables in the code; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        return list(compare_metadata(context, Base.metadata))


def _is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether the code knows the thing as a table, column or index; the index of words is made by a step alone."""
    return not (name or "").startswith(_SEARCH_INDEX)


def _run(database: Engine | str, migrations_dir: Path, step: Callable[[Config], None]) -> None:
    engine = database if isinstance(database, Engine) else _open(database)
    try:
        with engine.begin() as connection:
            # Two processes starting at once wait for each other, and a step that fails leaves nothing half done.
            lock = "BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else _ADVISORY_LOCK
            connection.exec_driver_sql(lock)
            config = _config(migrations_dir)
            config.attributes["connection"] = connection
            step(config)
    finally:
        if engine is not database:
            engine.dispose()


def _open(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(url.database).touch(mode=0o600)  # for its owner alone; SQLite gives its journal files the same mode
    return build_engine(address)


def _config(migrations_dir: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
