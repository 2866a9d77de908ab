"""What a command is given: files, standard input, clauses by id, settings."""

from __future__ import annotations

import sys
from pathlib import Path

from app.commands.output import STANDARD
from app.errors import InvalidInput, UnknownClause
from app.incoming import read_bytes, read_file
from app.library.clause import ClauseVersion
from app.library.files import Library
from app.settings import Settings
from app.text.document import Document, Progress
from app.text.reading import MAX_BYTES


def read_source(path: Path, *, progress: Progress | None = None) -> Document:
    """Read a document from a file, or from standard input where the path is -."""
    if path != STANDARD:
        return read_file(path, progress=progress)
    if sys.stdin.isatty():
        raise InvalidInput("Standard input is the keyboard; pipe a file into the command, or name one.")
    return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", progress=progress)


def find_clause(library: Library, label: str) -> ClauseVersion:
    """The clause that ID or ID@VERSION names.

    Raises:
        UnknownClause: There is none; close matches are named.
    """
    clause_id, at, version = label.partition("@")
    if at and not version:
        raise UnknownClause(f'"{label}" names no version behind the @; write {clause_id}@1.0.0, or leave the @ out.')
    if clause_id not in library.clauses:
        raise UnknownClause(f'There is no clause "{clause_id}" in the library. {near_matches(clause_id, library)}')
    return library.get(clause_id, version or None)


def near_matches(clause_id: str, library: Library) -> str:
    """Say which clauses may have been meant."""
    from rapidfuzz import process, utils  # noqa: PLC0415 - only when something was misspelt
    from rapidfuzz.fuzz import WRatio  # noqa: PLC0415

    found = process.extract(
        clause_id, list(library.clauses), scorer=WRatio, processor=utils.default_process, limit=3, score_cutoff=60
    )
    if not found:
        return "See proviso library list."
    return f"Did you mean {' or '.join(name for name, _, _ in found)}?"


def load_settings() -> Settings:
    """Settings from the environment."""
    return Settings()
