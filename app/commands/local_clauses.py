"""`proviso library export-local` and `import`: clauses written here, out to files and in from files."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy.orm import Session

from app.accounts.roles import list_editors
from app.accounts.sessions import find_person
from app.accounts.tables import Person
from app.commands.database import open_database
from app.commands.failures import Incomplete, say
from app.commands.sources import load_settings
from app.db import transaction
from app.errors import InvalidInput, NotFound
from app.library.draft_check import ClauseRules
from app.library.draft_records import Writer
from app.library.exchange import MOST_TOGETHER, Incoming, file_path, read_incoming
from app.library.importing import import_clauses
from app.library.local import local_versions
from app.library.vocabulary import load_vocabulary


def export_local(folder: Path) -> None:
    """Write every local clause to its place under `folder`; a file that is there with another text is left alone."""
    if not folder.is_dir():
        raise InvalidInput(f"There is no folder {folder}; make it first, or name the folder of a clause library.")
    with open_database(load_settings(), create=False) as sessions, sessions() as session:
        versions = local_versions(session)
    different = False
    for version in versions:
        path = folder / file_path(version)
        content = version.source.encode()
        if path.exists() and path.read_bytes() != content:
            say(f"{path} is there with another text and was left as it is; move it away, then export again.")
            different = True
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path}\n")
    if not versions:
        say("No clause was published here yet.")
    if different:
        raise Incomplete


def import_files(paths: list[Path], *, author: str) -> None:
    """Make drafts of clause files; problems are named on standard error.

    Args:
        paths: Clause files, or zips of them.
        author: The address of the editor in whose name it is done; "" for the only one there is.

    Raises:
        InvalidInput: A file is not there, or it is not clear who the author is.
        Incomplete: A file could not become a draft, and was named.
    """
    settings = load_settings()
    uploads = [_read(path) for path in paths]
    rules = ClauseRules(load_vocabulary(settings.clauses_dir), settings.clauses_dir / "schema.yml")
    with open_database(settings, create=False) as sessions, transaction(sessions) as session:
        person = _author(session, author)
        report = import_clauses(session, Writer(person.id, person.name, person.is_editor), uploads, rules)
    for draft in report.made:
        sys.stdout.write(f"{settings.base_url}/library/drafts/{draft.draft_id}\n")
        for problem in draft.problems:
            say(f"{draft.name}: {problem}")
    for line in (*report.there, *report.refused):
        say(line)
    if report.refused:
        raise Incomplete


def _read(path: Path) -> Incoming:
    if not path.is_file():
        raise InvalidInput(f"There is no file {path}; name a clause file, or a zip of them.")
    if path.stat().st_size > MOST_TOGETHER:
        raise InvalidInput(f"{path} is too large; split it.")
    return read_incoming(path.name, path.read_bytes())


def _author(session: Session, email: str) -> Person:
    if email:
        person = find_person(session, email)
        if person is None or not person.is_editor:
            raise NotFound(f"No editor has the address {email}; see proviso person add --editor.")
        return person
    editors = list_editors(session)
    if len(editors) != 1:
        known = ", ".join(each.email for each in editors) or "nobody yet: see proviso person add --editor"
        raise InvalidInput(f"Say in whose name, with --author EMAIL; the editors are {known}.", field="author")
    return editors[0]
