"""Finding and reading published clauses in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UnknownClause
from app.library.clause import POSITIONS, ClauseVersion, version_order
from app.library.difference import ProvisionDifference, provision_differences
from app.library.filters import Filters
from app.library.front_matter import parse_clause
from app.library.rendering import render_position
from app.library.search import find_clauses
from app.library.tables import ProtectionElement, PublishedClause, PublishedVersion
from app.text.document import Provision


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


def search_clauses(
    session: Session, *, words: str = "", topic: str = "", position: str = "", sector: str = "", jurisdiction: str = ""
) -> list[ClauseCard]:
    """Published clauses, latest versions, by title; every word must occur, in the given position if one is given."""
    asked = Filters(words=words, topic=topic, position=position, sector=sector, jurisdiction=jurisdiction)
    found = sorted((each.entry.clause for each in find_clauses(session, asked).clauses), key=lambda c: (c.title, c.id))
    return [ClauseCard(c.id, c.version, c.title, c.topic, c.summary, c.sectors, c.jurisdictions) for c in found]


def get_clause_version(session: Session, clause_id: str, version: str | None = None) -> ClauseVersion:
    """A published version, the latest if none is named; raises UnknownClause."""
    return _parse(_row(session, clause_id, version))


def get_clause_page(session: Session, clause_id: str, version: str | None = None) -> ClausePage:
    """Everything that a clause page shows; raises UnknownClause."""
    clause = get_clause_version(session, clause_id, version)
    versions = list_versions(session, clause_id)
    positions = tuple(PositionPage(each, render_position(clause, each)) for each in POSITIONS)
    is_latest = any(entry.is_latest and entry.version == clause.version for entry in versions)
    return ClausePage(clause, positions, versions, is_latest)


def list_versions(session: Session, clause_id: str) -> tuple[VersionEntry, ...]:
    """Published versions of a clause, the newest first; raises UnknownClause."""
    clause = _clause(session, clause_id)
    rows = session.scalars(select(PublishedVersion).where(PublishedVersion.clause_id == clause_id))
    return tuple(
        VersionEntry(row.version, _parse(row).changes, row.published_at, row.version == clause.latest)
        for row in sorted(rows, key=lambda each: version_order(each.version), reverse=True)
    )


def difference(session: Session, clause_id: str, old: str, new: str, position: str) -> tuple[ProvisionDifference, ...]:
    """What changed between two published versions in one position, provision by provision; raises UnknownClause."""
    older = get_clause_version(session, clause_id, old)
    newer = get_clause_version(session, clause_id, new)
    return provision_differences(render_position(older, position), render_position(newer, position))


def latest_version(session: Session, clause_id: str) -> str:
    """The newest published version of a clause; raises UnknownClause."""
    return _clause(session, clause_id).latest


def element_labels(session: Session) -> dict[str, str]:
    """What each protection element gives workers, by element id."""
    return {each.id: each.label for each in session.scalars(select(ProtectionElement))}


def _clause(session: Session, clause_id: str) -> PublishedClause:
    clause = session.get(PublishedClause, clause_id)
    if clause is None:
        raise UnknownClause(f'There is no published clause "{clause_id}"; look for it in the library.')
    return clause


def _row(session: Session, clause_id: str, version: str | None) -> PublishedVersion:
    clause = _clause(session, clause_id)
    row = session.scalar(
        select(PublishedVersion).where(
            PublishedVersion.clause_id == clause_id, PublishedVersion.version == (version or clause.latest)
        )
    )
    if row is None:
        raise UnknownClause(
            f'Clause "{clause_id}" has no published version "{version}"; the latest is {clause.latest}.'
        )
    return row


def _parse(row: PublishedVersion) -> ClauseVersion:
    return _parse_source(row.source, f"{row.clause_id}@{row.version}")


# Published text never changes, so what was parsed once stays right.
@lru_cache(maxsize=512)
def _parse_source(source: str, name: str) -> ClauseVersion:
    return parse_clause(source, name)
