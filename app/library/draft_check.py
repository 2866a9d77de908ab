"""What is still wrong with a draft: everything that the library's check finds, and what only the database knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.check import check_source
from app.library.clause import ClauseVersion
from app.library.numbers import next_version, taken_versions
from app.library.tables import PublishedClause
from app.library.vocabulary import Vocabulary

RESERVED = frozenset({"drafts", "protections"})
"""Names that pages of the library have; a clause of that id could not be opened."""


@dataclass(frozen=True, slots=True)
class ClauseRules:
    """What clause files are held against."""

    vocabulary: Vocabulary
    schema_path: Path


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One thing to mend, with the place where it is mended."""

    place: str  # a field such as "title", a heading such as "Opening", or "" for the file as a whole
    message: str  # as it stands beside that field
    told: str  # as a writer of files reads it, the field named


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What a draft says, if it can be read, and what is wrong with it."""

    version: ClauseVersion | None
    problems: tuple[DraftProblem, ...]


def check_draft(session: Session, source: str, rules: ClauseRules) -> CheckedDraft:
    """Every problem that keeps a draft from being published; none means that it may be."""
    version, found = check_source(source, _NAME, rules.vocabulary, rules.schema_path)
    messages = [each.removeprefix(f"{_NAME}: ") for each in found]
    if version is not None:
        messages += _standing_problems(session, version)
    return CheckedDraft(version, tuple(DraftProblem(_place(each), _in_words(each), each) for each in messages))


def version_problem(session: Session, version: ClauseVersion) -> str:
    """Why this version number cannot be published, with the next free ones; "" when it is free."""
    taken = taken_versions(session, version.id)
    if version.version not in taken:
        return ""
    patch, minor = (next_version(version.version, kind, taken) for kind in ("patch", "minor"))
    return (
        f"field version: {version.label} is published, and published text never changes; take the next free number, "
        f"{patch} for a correction or {minor} for other wording."
    )


_NAME = "draft"
_PLACE = re.compile(r"^field (\w+)|^sections? \"([^\"]+)\"")
_ROW = re.compile(r"^field (\w+)\[(\d+)\](?:\.([\w.\[\]]+))?: ")
_FIELD = re.compile(r"^field \w+(?: \(([^)]*)\))?: ")
_EMPTY = re.compile(r'^section "[^"]+" is missing or empty; .*')
_CARRIED = re.compile(r"carried_by\.(opening|target|floor)")
_PLAIN = {
    " of vocabulary.yml": "",
    "is not in vocabulary.yml; take one that is": "is not in the list; take one that is",
    "from vocabulary.yml": "from the list",
    "carried_by": "the provisions that carry it",
}
"""Words of the file format, and what people read who fill in a form."""
_SINGULAR = {
    "placeholders": "Placeholder",
    "protections": "Protection",
    "precedents": "Precedent",
    "variants": "Other wording",
    "authors": "Author",
}


def _standing_problems(session: Session, version: ClauseVersion) -> list[str]:
    problems = [each] if (each := version_problem(session, version)) else []
    if version.status != "draft":
        problems.append("field status: write draft; the review publishes it.")
    if version.id in RESERVED:
        problems.append(f'field id: "{version.id}" is the address of another page; choose another name.')
    clause = session.get(PublishedClause, version.id)
    if clause is not None and clause.topic != version.topic:
        problems.append(f"field topic: {version.id} is published under {clause.topic}; take that, or another id.")
    known = {*session.scalars(select(PublishedClause.id)), version.id}
    problems += [
        f'field requires: there is no published clause "{each}"; correct the id or take it out.'
        for each in version.requires_clauses
        if each not in known
    ]
    return problems


def _place(message: str) -> str:
    match = _PLACE.match(message)
    return (match[1] or match[2]) if match else ""


def _in_words(message: str) -> str:
    """The message as it stands beside its field, without saying the field again."""
    if _EMPTY.match(message):
        return "It is empty; write it."
    message = _CARRIED.sub(r"carried at the \1", message)
    for formal, plain in _PLAIN.items():
        message = message.replace(formal, plain)
    if row := _ROW.match(message):
        part = f", {row[3].replace('.', ' ')}" if row[3] else ""
        return f"{_SINGULAR.get(row[1], 'Entry')} {row[2]}{part}: {message[row.end() :]}"
    if inside := _FIELD.match(message):
        rest = message[inside.end() :]
        return f"{inside[1]}: {rest}" if inside[1] else rest[:1].upper() + rest[1:]
    return message
