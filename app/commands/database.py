"""Commands on the database: publishing, sign-in links, exporting a proposal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.orm import Session, sessionmaker

from app.accounts.sessions import LINK_MINUTES, create_sign_in_link, find_or_create_person, find_person
from app.accounts.tables import Person
from app.commands.failures import Incomplete, say
from app.commands.sources import load_settings
from app.db import build_engine, build_session_maker, transaction
from app.errors import InvalidInput, NotFound
from app.library.files import load_library
from app.library.publish import PublishReport, publish
from app.migrations import upgrade
from app.settings import Settings
from app.web.routes.session import sign_in_address


@contextmanager
def open_database(settings: Settings, *, create: bool) -> Iterator[sessionmaker[Session]]:
    """Sessions on the database, brought to the present shape where the command may create it.

    Raises:
        NotFound: The SQLite file is not there and `create` is false.
    """
    url = make_url(settings.database)
    if create:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        upgrade(settings.database, settings.migrations_dir)
    elif url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise NotFound(f"There is no database {url.database}; start proviso serve once, or set PROVISO_DATA_DIR.")
    engine = build_engine(settings.database)
    try:
        yield build_session_maker(engine)
    finally:
        engine.dispose()


def publish_library() -> None:
    """Migrate, publish, and say what is new."""
    settings = load_settings()
    library = load_library(settings.clauses_dir)
    with open_database(settings, create=True) as sessions, transaction(sessions) as session:
        report = publish(session, library)
    sys.stdout.writelines(f"published {label}\n" for label in report.published)
    sys.stdout.write(f"{describe(report)}\n")
    for line in report.refused:
        say(line)
    if report.refused:
        raise Incomplete


def describe(report: PublishReport) -> str:
    """One sentence on what publishing did."""
    return f"Library: {len(report.published)} versions published, {report.unchanged} were there already."


def print_sign_in_link(email: str, *, name: str) -> None:
    """Print a one-time link for the person with this address.

    Raises:
        InvalidInput: The address is none, or nobody has it and no name is given.
    """
    address = checked_address(email)
    settings = load_settings()
    with open_database(settings, create=False) as sessions, transaction(sessions) as session:
        if not name.strip() and find_person(session, address) is None:
            raise InvalidInput(f'Nobody has the address {address}; add --name "Their Name" to add them.', field="email")
        now = datetime.now(UTC)
        link = link_for(session, find_or_create_person(session, email=address, name=name, now=now), settings, now)
    sys.stdout.write(f"{link}\n")
    say(f"Good once, for {LINK_MINUTES} minutes.")


def checked_address(email: str) -> str:
    """The address without the space around it; raises InvalidInput when it is none."""
    address = email.strip()
    before, at, after = address.partition("@")
    if not (before and at and after) or any(letter.isspace() for letter in address) or len(address) > 254:
        raise InvalidInput(f'"{email}" is no e-mail address; write it as name@example.org.', field="email")
    return address


def link_for(session: Session, person: Person, settings: Settings, now: datetime) -> str:
    """A one-time link for a person; flushes, does not commit."""
    token = create_sign_in_link(session, person, now=now)
    return sign_in_address(settings.base_url, token)
