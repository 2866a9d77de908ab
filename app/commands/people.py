"""`proviso person`: who may sign in, and who may write clauses."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from app.accounts.roles import set_editor
from app.accounts.sessions import LINK_MINUTES, find_or_create_person, find_person
from app.commands.database import checked_address, link_for, open_database
from app.commands.failures import say
from app.commands.sources import load_settings
from app.db import transaction
from app.errors import InvalidInput


def add_person(email: str, *, name: str, editor: bool | None) -> None:
    """Add a person, or change the role of one who is there, and print a one-time link.

    Args:
        email: Their address.
        name: Their name; may be left out for somebody who is there already.
        editor: Whether they may write and review clauses; None leaves it as it is.

    Raises:
        InvalidInput: The address is none, or nobody has it and no name is given.
    """
    address = checked_address(email)
    settings = load_settings()
    with open_database(settings, create=True) as sessions, transaction(sessions) as session:
        if not name.strip() and find_person(session, address) is None:
            raise InvalidInput(f'Nobody has the address {address}; add --name "Their Name" to add them.', field="email")
        now = datetime.now(UTC)
        person = find_or_create_person(session, email=address, name=name, now=now)
        if editor is not None:
            set_editor(session, person, editor)
        link = link_for(session, person, settings, now)
        role = "writes and reviews clauses" if person.is_editor else "does not write clauses"
        said = f"{person.name} {role}. The link is good once, for {LINK_MINUTES} minutes."
    sys.stdout.write(f"{link}\n")
    say(said)
