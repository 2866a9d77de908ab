"""Published clauses in the database. A version is written once: the class and a trigger refuse every later change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.errors import TextChangedWithoutNewVersion


class PublishedClause(Base):
    """A library entry under its stable id; `latest` is the version that people see first."""

    __tablename__ = "clause"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), index=True)
    latest: Mapped[str] = mapped_column(String(30))


class PublishedVersion(Base):
    """One fixed text of a clause: the whole file as it was published, and what searching needs."""

    __tablename__ = "clause_version"
    __table_args__ = (UniqueConstraint("clause_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"))
    version: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    sectors: Mapped[list[str]] = mapped_column(JSON)
    jurisdictions: Mapped[list[str]] = mapped_column(JSON)
    search_text: Mapped[str] = mapped_column(Text)  # lower case: title, summary, provisions
    source: Mapped[str] = mapped_column(Text)  # the clause file, word for word
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of `source`
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SearchableText(Base):
    """The words of one position of a published version, as stems: what a search by words looks through.

    Beside it each database keeps `clause_words_index`: an FTS5 table in SQLite, a tsvector column in PostgreSQL.
    """

    __tablename__ = "clause_words"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("clause_version.id"))
    position: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)  # stems of title, summary and provisions, parted by spaces


class ProtectionElement(Base):
    """What a protection element gives workers, in a few words, as the vocabulary had it when last published."""

    __tablename__ = "protection_element"

    id: Mapped[str] = mapped_column(String(10), primary_key=True)
    label: Mapped[str] = mapped_column(String(300))


def _refuse(_mapper: Any, _connection: Any, version: PublishedVersion) -> None:
    raise TextChangedWithoutNewVersion(
        f"{version.clause_id}@{version.version} is published and cannot be changed or deleted; publish a new version."
    )


event.listen(PublishedVersion, "before_update", _refuse)
event.listen(PublishedVersion, "before_delete", _refuse)
