"""Local clauses: versions that were written and published here, beside those that came in the library's files."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.library.catalogue import get_clause_version
from app.library.clause import Clause, ClauseVersion, version_order
from app.library.files import Library
from app.library.tables import LocalVersion, PublishedClause


def local_labels(session: Session) -> frozenset[str]:
    """Labels of the versions that were written here, such as "short-notice@1.1.0"."""
    return frozenset(f"{clause_id}@{version}" for clause_id, version in _rows(session))


def local_clauses(session: Session) -> frozenset[str]:
    """Ids of the clauses whose latest version was written here."""
    query = select(PublishedClause.id).join(
        LocalVersion, (LocalVersion.clause_id == PublishedClause.id) & (LocalVersion.version == PublishedClause.latest)
    )
    return frozenset(session.scalars(query))


def local_versions(session: Session) -> list[ClauseVersion]:
    """Every version that was written here, by id, the oldest first."""
    rows = sorted(_rows(session), key=lambda each: (each[0], version_order(each[1])))
    return [get_clause_version(session, clause_id, version) for clause_id, version in rows]


def library_with_local(session: Session, library: Library) -> Library:
    """The library of the files with what was published here put in; that is what a draft is measured against.

    Where a file and a local version have one label, the published text counts: proposals are pinned to it.
    """
    here = local_versions(session)
    if not here:
        return library
    found = {
        clause_id: {each.version: each for each in clause.versions} for clause_id, clause in library.clauses.items()
    }
    for version in here:
        found.setdefault(version.id, {})[version.version] = version
    clauses = {
        clause_id: Clause(clause_id, tuple(sorted(found[clause_id].values(), key=_order, reverse=True)))
        for clause_id in sorted(found)
    }
    return Library(clauses, library.vocabulary)


def mark_local(session: Session, version: ClauseVersion) -> None:
    """Remember that a published version was written here; flushes."""
    session.add(LocalVersion(clause_id=version.id, version=version.version))
    session.flush()


def unmark_local(session: Session, version: ClauseVersion) -> None:
    """The same text has come in a file of the library: from now on it is a model clause like any other."""
    session.execute(
        delete(LocalVersion).where(LocalVersion.clause_id == version.id, LocalVersion.version == version.version)
    )


def _rows(session: Session) -> list[tuple[str, str]]:
    return [
        (row.clause_id, row.version) for row in session.execute(select(LocalVersion.clause_id, LocalVersion.version))
    ]


def _order(version: ClauseVersion) -> tuple[int, int, int]:
    return version_order(version.version)
