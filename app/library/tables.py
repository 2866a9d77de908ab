"""Published clauses in the database, and the drafts that people write here.

A published version is written once: the class and a trigger refuse every later change.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, new_public_id
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


class LocalVersion(Base):
    """A published version that was written here. Its row goes when the same text comes in a file of the library."""

    __tablename__ = "local_clause_version"
    __table_args__ = (
        ForeignKeyConstraint(["clause_id", "version"], ["clause_version.clause_id", "clause_version.version"]),
    )

    clause_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(30), primary_key=True)


class ClauseDraft(Base):
    """A clause, or a new version of one, on its way to being published. The whole clause file is its text."""

    __tablename__ = "clause_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    state: Mapped[str] = mapped_column(String(10))  # draft, submitted, published, aside
    source: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)  # who began it


class DraftStep(Base):
    """What somebody did to a draft. The name is kept as it was on that day."""

    __tablename__ = "clause_draft_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("clause_draft.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(200))
    deed: Mapped[str] = mapped_column(String(12))  # started, saved, submitted, taken back, sent back, published, …
    note: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)  # the text as this step left it; "" where it changed no word
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def _refuse(_mapper: Any, _connection: Any, version: PublishedVersion) -> None:
    raise TextChangedWithoutNewVersion(
        f"{version.clause_id}@{version.version} is published and cannot be changed or deleted; publish a new version."
    )


event.listen(PublishedVersion, "before_update", _refuse)
event.listen(PublishedVersion, "before_delete", _refuse)
