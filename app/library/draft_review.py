"""The review of a draft: handed over, read by another person, sent back or published. Nobody approves own words."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.library.draft_check import ClauseRules, check_draft, version_problem
from app.library.draft_records import DraftView, Writer, add_step, change, find_to_change, has_written, view_of
from app.library.draft_text import as_published
from app.library.front_matter import parse_clause
from app.library.local import mark_local
from app.library.publish import store_version
from app.library.tables import ClauseDraft

LONGEST_NOTE = 10_000


def submit_draft(
    session: Session, writer: Writer, draft_id: str, rules: ClauseRules, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Hand a draft over for review; raises InvalidInput while the check finds something."""
    draft = find_to_change(session, writer, draft_id)
    _refuse_problems(session, draft.source, rules)
    change(session, draft, revision, "draft", state="submitted")
    add_step(session, draft, writer, "submitted", now)
    return view_of(session, writer, draft)


def take_back(
    session: Session, writer: Writer, draft_id: str, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Go on writing what was submitted; for those whose words it is."""
    draft = find_to_change(session, writer, draft_id)
    if not has_written(session, writer, draft):
        raise InvalidInput("Only those who wrote it take it back; send it back with a note instead.")
    change(session, draft, revision, "submitted", state="draft")
    add_step(session, draft, writer, "taken back", now)
    return view_of(session, writer, draft)


def send_back(
    session: Session, writer: Writer, draft_id: str, note: str, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Ask for changes; the note says which."""
    draft = _find_to_review(session, writer, draft_id)
    words = note.strip()
    if not words:
        raise InvalidInput("Say what should change, so that the next version is the right one.", field="note")
    if len(words) > LONGEST_NOTE:
        raise InvalidInput(f"The note is too long; use at most {LONGEST_NOTE:,} characters.", field="note")
    change(session, draft, revision, "submitted", state="draft")
    add_step(session, draft, writer, "sent back", now, note=words)
    return view_of(session, writer, draft)


def approve_draft(
    session: Session, writer: Writer, draft_id: str, rules: ClauseRules, *, revision: int, now: datetime | None = None
) -> DraftView:
    """Publish a draft in the words that were read at `revision`; the reviewer and the day go into the text.

    Raises:
        InvalidInput: The words are the reviewer's own, or the check finds something, such as a number taken meanwhile.
        EditConflict: The draft was changed since it was read.
    """
    draft = _find_to_review(session, writer, draft_id)
    moment = now or datetime.now(UTC)
    _refuse_problems(session, draft.source, rules)
    source = as_published(draft.source, reviewer=writer.name, day=moment.date().isoformat())
    version = parse_clause(source, "draft")
    change(session, draft, revision, "submitted", state="published", source=source)
    try:
        with session.begin_nested():
            store_version(session, version, moment)
            session.flush()
            mark_local(session, version)
    except IntegrityError as error:  # somebody published this number in the same moment
        message = version_problem(session, version).removeprefix("field version: ")
        raise InvalidInput(message or f"{version.label} is published already.", field="version") from error
    add_step(session, draft, writer, "published", moment, source=source)
    return view_of(session, writer, draft)


def _find_to_review(session: Session, writer: Writer, draft_id: str) -> ClauseDraft:
    draft = find_to_change(session, writer, draft_id)
    if has_written(session, writer, draft):
        raise InvalidInput("These are words of your own. Ask another editor to read and approve them.")
    return draft


def _refuse_problems(session: Session, source: str, rules: ClauseRules) -> None:
    problems = check_draft(session, source, rules).problems
    if problems:
        more = f" There are {len(problems)} things to mend in all." if len(problems) > 1 else ""
        raise InvalidInput(f"{problems[0].told}{more}", field=problems[0].place)
