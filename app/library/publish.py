"""Publishing clauses into the database. Twice changes nothing; changed text under an old version is refused.

Most come from the files of the library, some are written here; both end as the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import TextChangedWithoutNewVersion
from app.library.clause import POSITIONS, ClauseVersion, version_order
from app.library.files import Library
from app.library.local import local_labels, unmark_local
from app.library.numbers import next_version, taken_versions
from app.library.rendering import render_position
from app.library.tables import ProtectionElement, PublishedClause, PublishedVersion
from app.library.word_index import index_version


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did."""

    published: tuple[str, ...]  # labels of the versions that are new, such as "notice@1.0.0"
    unchanged: int
    refused: tuple[str, ...] = ()  # one sentence for each file whose label a local clause has with another text


def publish(session: Session, library: Library, *, now: datetime | None = None) -> PublishReport:
    """Store every published version that the database does not have yet; flushes, does not commit.

    A file whose label a local clause has is the same version if it has the same text. With another text it is left
    out and named in the report: a new edition of the library must not stop a service over what was written there.

    Raises:
        TextChangedWithoutNewVersion: a file differs from what was published under its version; nothing is stored.
    """
    stored = {
        (clause_id, version): digest
        for clause_id, version, digest in session.execute(
            select(PublishedVersion.clause_id, PublishedVersion.version, PublishedVersion.digest)
        )
    }
    versions = [each for each in library.versions if each.status == "published"]
    local = local_labels(session)
    refused = []
    for version in versions:
        if stored.get((version.id, version.version), version.digest) == version.digest:
            continue
        if version.label not in local:
            raise TextChangedWithoutNewVersion(
                f"{version.label} differs from what was published under that version; "
                "restore the file and write the change into a new version."
            )
        free = next_version(version.version, "patch", taken_versions(session, version.id))
        refused.append(
            f"{version.label}: the file has another text than the local clause published under that version, which "
            f"stays as it is. The file was left out; number it {free}."
        )
    _store_elements(session, library)
    new = [version for version in versions if (version.id, version.version) not in stored]
    moment = now or datetime.now(UTC)
    for version in sorted(new, key=lambda each: (each.id, version_order(each.version))):
        store_version(session, version, moment)
    for version in versions:
        if version.label in local and stored.get((version.id, version.version)) == version.digest:
            unmark_local(session, version)
    session.flush()
    unchanged = len(versions) - len(new) - len(refused)
    return PublishReport(tuple(sorted(version.label for version in new)), unchanged, tuple(refused))


def store_version(session: Session, version: ClauseVersion, now: datetime) -> None:
    """Add a version that the database does not have, and show it first if it is the newest; the caller flushes."""
    clause = session.get(PublishedClause, version.id, with_for_update=True)  # of two at once, each sees the other's
    if clause is None:
        session.add(PublishedClause(id=version.id, topic=version.topic, latest=version.version))
        session.flush()
    elif version_order(version.version) > version_order(clause.latest):
        clause.latest, clause.topic = version.version, version.topic
    row = PublishedVersion(
        clause_id=version.id,
        version=version.version,
        title=version.title,
        summary=version.summary,
        sectors=list(version.sectors),
        jurisdictions=list(version.jurisdictions),
        search_text=_search_text(version),
        source=version.source,
        digest=version.digest,
        published_at=now,
    )
    session.add(row)
    session.flush()
    index_version(session, row, version)


def _store_elements(session: Session, library: Library) -> None:
    known = {each.id: each for each in session.scalars(select(ProtectionElement))}
    for element, label in library.vocabulary.elements.items():
        if element not in known:
            session.add(ProtectionElement(id=element, label=label))
        elif known[element].label != label:
            known[element].label = label


def _search_text(version: ClauseVersion) -> str:
    provisions = [each.text for position in POSITIONS for each in render_position(version, position)]
    return "\n".join([version.id, version.title, version.summary, *provisions]).lower()
