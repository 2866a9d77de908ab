"""The bargaining table and what lies on it. `public_id` is what an address shows: random, never counted up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, new_public_id


class Organisation(Base):
    """A party by its name: a union or an employer."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))  # union or employer


class BargainingTable(Base):
    """One bargaining: an employer, a unit, the rules it happens under."""

    __tablename__ = "bargaining_table"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    title: Mapped[str] = mapped_column(String(200))
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    unit: Mapped[str] = mapped_column(String(400))
    jurisdiction: Mapped[str] = mapped_column(String(40))
    sector: Mapped[str] = mapped_column(String(40))
    agreement: Mapped[str] = mapped_column(String(400))  # the agreement in force, "" if there is none
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """A person's seat at a table. Nobody without one can learn that the table exists."""

    __tablename__ = "membership"

    table_id: Mapped[int] = mapped_column(ForeignKey("bargaining_table.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(20), default="negotiator")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Round(Base):
    """One exchange at the table: a date, and the side that spoke first."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("table_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    table_id: Mapped[int] = mapped_column(ForeignKey("bargaining_table.id", ondelete="CASCADE"))
    number: Mapped[int]
    side: Mapped[str] = mapped_column(String(10))
    held_on: Mapped[date]


class Proposal(Base):
    """One side's text in one round; `number` counts that side's proposals at the table."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("table_id", "side", "number"),
        CheckConstraint("side IN ('union', 'employer')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    table_id: Mapped[int] = mapped_column(ForeignKey("bargaining_table.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Article(Base):
    """A headed part of a proposal. A union article remembers the clause version and position it came from.

    `caucus_note` is for our side only and never reaches a writer for the table.
    """

    __tablename__ = "article"
    __table_args__ = (
        ForeignKeyConstraint(["clause_id", "clause_version"], ["clause_version.clause_id", "clause_version.version"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]  # order within the proposal, from 1
    title: Mapped[str] = mapped_column(String(400))
    clause_id: Mapped[str | None] = mapped_column(String(80))
    clause_version: Mapped[str | None] = mapped_column(String(30))
    position: Mapped[str] = mapped_column(String(10), default="")
    variant: Mapped[str] = mapped_column(String(40), default="", server_default="")  # "uk+health" where worded so
    filled: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # placeholder values that differ from the default
    caucus_note: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)


class ArticleProvision(Base):
    """One numbered provision of an article, kept for each position so that switching back loses no edit.

    `own_text` is None while the provision stands as its clause has it.
    """

    __tablename__ = "provision"
    __table_args__ = (UniqueConstraint("article_id", "position", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    position: Mapped[str] = mapped_column(String(10), default="")
    place: Mapped[int]
    number: Mapped[str] = mapped_column(String(200))
    lead_in: Mapped[str] = mapped_column(Text, default="")
    own_text: Mapped[str | None] = mapped_column(Text)
    caucus_note: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)


class ReceivedFile(Base):
    """What the other side handed over, byte for byte, and how it was read."""

    __tablename__ = "received_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str] = mapped_column(Text)
    provisions: Mapped[list[Any]] = mapped_column(JSON)
    warnings: Mapped[list[str]] = mapped_column(JSON)
    received_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ComparisonRecord(Base):
    """A stored run of one received text against pinned union text; `baseline` is that text as it stood then."""

    __tablename__ = "comparison"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    table_id: Mapped[int] = mapped_column(ForeignKey("bargaining_table.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("received_file.id", ondelete="CASCADE"), index=True)
    against_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", ondelete="SET NULL"))  # None: the library
    pipeline_version: Mapped[str] = mapped_column(String(80))
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)  # draft, against and warnings of the result
    baseline: Mapped[list[Any]] = mapped_column(JSON)
    residue: Mapped[list[Any]] = mapped_column(JSON)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FindingRecord(Base):
    """One finding of a comparison; `payload` is the whole of it."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("comparison_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparison.id", ondelete="CASCADE"))
    place: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    hostile: Mapped[bool]
    severity: Mapped[str] = mapped_column(String(10))
    weight: Mapped[str] = mapped_column(String(10))  # "" where no declared protection is concerned
    families: Mapped[list[str]] = mapped_column(JSON)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class FindingReview(Base):
    """What a person decided about a finding; the latest counts, the earlier ones stay."""

    __tablename__ = "finding_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TentativeAgreement(Base):
    """Closes an article: the text that both sides initialled, until it is ratified."""

    __tablename__ = "tentative_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    table_id: Mapped[int] = mapped_column(ForeignKey("bargaining_table.id", ondelete="CASCADE"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    agreed_on: Mapped[date]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class HouseStyleFile(Base):
    """The template of a law office that this table's Word files are written in, byte for byte as it was uploaded."""

    __tablename__ = "house_style"

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("bargaining_table.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
