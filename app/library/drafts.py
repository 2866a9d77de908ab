"""Writing clauses here: beginning one, saving words, setting it aside. What was saved once is never lost.

`draft_review` has the rest of the way: submitted, read by another person, published.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, NotFound
from app.library.catalogue import get_clause_version
from app.library.draft_records import (
    DraftView,
    Writer,
    add_step,
    change,
    find_draft,
    find_to_change,
    refuse_outsiders,
    view_of,
)
from app.library.draft_text import new_clause_text, new_version_text
from app.library.numbers import next_version, taken_versions
from app.library.tables import ClauseDraft, DraftStep

LONGEST_SOURCE = 300_000
"""Characters. The longest model clause has 36,000."""


def start_clause(session: Session, writer: Writer, *, title: str, topic: str, now: datetime | None = None) -> DraftView:
    """Begin a clause of our own with nothing but a title and a topic."""
    if not 3 <= len(title.strip()) <= 120:
        raise InvalidInput("Write a title of 3 to 120 characters, as it would head an article.", field="title")
    if not topic:
        raise InvalidInput("Choose the topic under which the clause is filed.", field="topic")
    source = new_clause_text(title=" ".join(title.split()), topic=topic, author=writer.name)
    return start_draft(session, writer, source, now=now)


def start_version(
    session: Session, writer: Writer, clause_id: str, *, kind: str, now: datetime | None = None
) -> DraftView:
    """Begin the next version of a published clause with the text of the latest; raises UnknownClause."""
    latest = get_clause_version(session, clause_id)
    number = next_version(latest.version, kind, taken_versions(session, clause_id))
    return start_draft(session, writer, new_version_text(latest, number), now=now)


def start_draft(session: Session, writer: Writer, source: str, *, now: datetime | None = None) -> DraftView:
    """Begin a draft with a text; raises NotFound for a person who may not write."""
    refuse_outsiders(writer)
    _refuse_long(source)
    draft = ClauseDraft(state="draft", source=source, revision=1, author_id=writer.id)
    session.add(draft)
    session.flush()
    add_step(session, draft, writer, "started", now, source=source)
    return get_draft(session, writer, draft.public_id)


def list_drafts(session: Session, writer: Writer) -> list[DraftView]:
    """The drafts that a person may see, the last changed first; raises NotFound when there can be none."""
    query = select(ClauseDraft)
    if not writer.may_write:
        query = query.where(ClauseDraft.author_id == writer.id)
    views = [view_of(session, writer, draft) for draft in session.scalars(query)]
    if not views:
        refuse_outsiders(writer)
    return sorted(views, key=lambda each: each.changed_at, reverse=True)


def get_draft(session: Session, writer: Writer, draft_id: str) -> DraftView:
    """One draft; raises NotFound alike for one that is not there and one that is not for this person."""
    return view_of(session, writer, find_draft(session, writer, draft_id))


def text_of_step(session: Session, writer: Writer, draft_id: str, step_id: int) -> str:
    """The text as it stood after a step; raises NotFound."""
    draft = find_draft(session, writer, draft_id)
    source = session.scalar(select(DraftStep.source).where(DraftStep.draft_id == draft.id, DraftStep.id == step_id))
    if not source:
        raise NotFound("There is no such text; open the draft again.")
    return source


def save_draft(
    session: Session, writer: Writer, draft_id: str, source: str, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Store other words.

    Raises:
        EditConflict: Somebody saved or submitted it since `revision`; `theirs` is the text that stands.
    """
    draft = find_to_change(session, writer, draft_id)
    _refuse_long(source)
    if source == draft.source:
        return view_of(session, writer, draft)
    change(session, draft, revision, "draft", source=source)
    add_step(session, draft, writer, "saved", now, source=source)
    return view_of(session, writer, draft)


def set_aside(
    session: Session, writer: Writer, draft_id: str, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Put a draft away without losing it."""
    draft = find_to_change(session, writer, draft_id)
    change(session, draft, revision, "draft", state="aside")
    add_step(session, draft, writer, "set aside", now)
    return view_of(session, writer, draft)


def take_up(
    session: Session, writer: Writer, draft_id: str, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Go on with what was set aside."""
    draft = find_to_change(session, writer, draft_id)
    change(session, draft, revision, "aside", state="draft")
    add_step(session, draft, writer, "taken up", now)
    return view_of(session, writer, draft)


def _refuse_long(source: str) -> None:
    if len(source) > LONGEST_SOURCE:
        raise InvalidInput(f"The clause is too long; use at most {LONGEST_SOURCE:,} characters.", field="source")
