"""Finding and reading published clauses in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.library.clause import ClauseVersion
from app.text.document import Provision
from app.text.word_diff import Change


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A clause in a list of results: its latest published version in short."""

    id: str
    version: str
    title: str
    topic: str
    summary: str
    sectors: tuple[str, ...]
    jurisdictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionPage:
    """One position of a clause as a person reads it, defaults filled in."""

    position: str  # opening, target, floor
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One published version in a clause's history."""

    version: str
    changes: str
    published_at: datetime
    is_latest: bool


@dataclass(frozen=True, slots=True)
class ClausePage:
    """Everything that a clause page shows."""

    clause: ClauseVersion  # title, summary, protections, placeholders, arguments, questions, notes
    positions: tuple[PositionPage, ...]  # opening, target, floor
    versions: tuple[VersionEntry, ...]  # the newest first
    is_latest: bool


@dataclass(frozen=True, slots=True)
class ProvisionDifference:
    """One provision in two versions; `old` or `new` is "" where it exists in one only."""

    number: str
    old: str
    new: str
    changes: tuple[Change, ...]  # offsets count in `old` and `new`


def search_clauses(
    session: Session, *, words: str = "", topic: str = "", position: str = "", sector: str = "", jurisdiction: str = ""
) -> list[ClauseCard]:
    """Published clauses, latest versions, by title; every word must occur, in the given position if one is given."""
    raise NotImplementedError


def get_clause_version(session: Session, clause_id: str, version: str | None = None) -> ClauseVersion:
    """A published version, the latest if none is named; raises UnknownClause."""
    raise NotImplementedError


def get_clause_page(session: Session, clause_id: str, version: str | None = None) -> ClausePage:
    """Everything that a clause page shows; raises UnknownClause."""
    raise NotImplementedError


def list_versions(session: Session, clause_id: str) -> tuple[VersionEntry, ...]:
    """Published versions of a clause, the newest first; raises UnknownClause."""
    raise NotImplementedError


def difference(session: Session, clause_id: str, old: str, new: str, position: str) -> tuple[ProvisionDifference, ...]:
    """What changed between two published versions in one position, provision by provision; raises UnknownClause."""
    raise NotImplementedError
