"""Runs migrations: on the connection that `app.migrations` hands over, else on the database of the settings."""

from __future__ import annotations

from sqlalchemy import Connection

import app.accounts.tables
import app.library.tables
import app.proposals.tables  # noqa: F401 - the three fill the metadata
from alembic import context
from app.db import Base, build_engine
from app.settings import Settings


def run(connection: Connection) -> None:
    """Run the chosen steps in one transaction; SQLite changes a table by copying it."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with build_engine(settings.database).connect() as connection:
        run(connection)
