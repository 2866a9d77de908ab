"""Drafts as they are stored: who sees one, what was done to it, and changing one that is still as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from app.errors import EditConflict, NotFound
from app.library.tables import ClauseDraft, DraftStep


@dataclass(frozen=True, slots=True)
class Writer:
    """A person as this package needs to know them."""

    id: int
    name: str
    may_write: bool  # an editor: writes, and reviews what others wrote


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did to a draft."""

    id: int
    person: str
    deed: str
    note: str
    has_text: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as one person may see it."""

    id: str
    state: str  # draft, submitted, published, aside
    source: str
    revision: int
    author: str
    is_mine: bool  # the person began it
    wrote: bool  # some of its words are the person's own, so somebody else has to approve it
    may_write: bool
    steps: tuple[Step, ...]  # the newest first

    @property
    def changed_at(self) -> datetime:
        return self.steps[0].made_at

    @property
    def may_review(self) -> bool:
        """Whether this person may approve it or send it back."""
        return self.state == "submitted" and self.may_write and not self.wrote


def find_draft(session: Session, writer: Writer, draft_id: str) -> ClauseDraft:
    draft = session.scalar(select(ClauseDraft).where(ClauseDraft.public_id == draft_id))
    if draft is None or not (writer.may_write or draft.author_id == writer.id):
        raise NotFound("There is nothing here for you; check the address, or go back to the library.")
    return draft


def find_to_change(session: Session, writer: Writer, draft_id: str) -> ClauseDraft:
    draft = find_draft(session, writer, draft_id)
    refuse_outsiders(writer)
    return draft


def change(session: Session, draft: ClauseDraft, revision: int, was: str, **values: object) -> None:
    """Change a draft that is still as it was read; the condition and the change are one statement."""
    result = session.execute(
        update(ClauseDraft)
        .where(ClauseDraft.id == draft.id, ClauseDraft.revision == revision, ClauseDraft.state == was)
        .values(revision=revision + 1, **values)
        .execution_options(synchronize_session=False)
    )
    session.refresh(draft)
    if cast(CursorResult[Any], result).rowcount == 0:
        raise EditConflict(
            "Somebody changed this draft after you opened it, so nothing of this step was done. "
            "Look at it as it is now, and decide then.",
            theirs=draft.source,
        )


def add_step(
    session: Session,
    draft: ClauseDraft,
    writer: Writer,
    deed: str,
    now: datetime | None,
    *,
    note: str = "",
    source: str = "",
) -> None:
    session.add(
        DraftStep(
            draft_id=draft.id,
            person_id=writer.id,
            person_name=writer.name,
            deed=deed,
            note=note,
            source=source,
            made_at=now or datetime.now(UTC),
        )
    )
    session.flush()


def view_of(session: Session, writer: Writer, draft: ClauseDraft) -> DraftView:
    rows = session.scalars(select(DraftStep).where(DraftStep.draft_id == draft.id).order_by(DraftStep.id.desc())).all()
    return DraftView(
        id=draft.public_id,
        state=draft.state,
        source=draft.source,
        revision=draft.revision,
        author=rows[-1].person_name,
        is_mine=draft.author_id == writer.id,
        wrote=has_written(session, writer, draft),
        may_write=writer.may_write,
        steps=tuple(
            Step(each.id, each.person_name, each.deed, each.note, bool(each.source), each.made_at) for each in rows
        ),
    )


def has_written(session: Session, writer: Writer, draft: ClauseDraft) -> bool:
    query = select(DraftStep.id).where(
        DraftStep.draft_id == draft.id,
        DraftStep.person_id == writer.id,
        DraftStep.deed.in_(("started", "saved")),
    )
    return draft.author_id == writer.id or session.scalar(query.limit(1)) is not None


def refuse_outsiders(writer: Writer) -> None:
    if not writer.may_write:
        raise NotFound("There is nothing here for you; check the address, or go back to the library.")
