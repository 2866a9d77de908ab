"""The steps of a draft: submitted, taken back, sent back, approved, set aside, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.errors import EditConflict
from app.library.draft_check import ClauseRules
from app.library.draft_records import DraftView, Writer
from app.library.draft_review import approve_draft, send_back, submit_draft, take_back
from app.library.drafts import get_draft, set_aside, take_up
from app.web.dependencies import Database, Form
from app.web.forms import Problems, checking, see_other
from app.web.routes.drafts import draft_page
from app.web.submitted import number_field, text_field
from app.web.writing import Rules, Writing

router = APIRouter(prefix="/library/drafts/{draft_id}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who asks for a step of a draft as they read it."""

    request: Request
    session: Session
    writer: Writer
    rules: ClauseRules
    draft_id: str
    revision: int
    note: str

    def answer(self, step: Callable[[], DraftView]) -> Response:
        """Do it and show the draft, or show what is in the way with the note as it was typed."""
        try:
            with checking(self.session) as problems:
                step()
                return see_other(f"/library/drafts/{self.draft_id}")
            kept = {name if name == "note" else "": message for name, message in problems.messages.items()}
            status = 400
        except EditConflict as conflict:
            self.session.rollback()
            kept, status = {"": str(conflict)}, 409
        draft = get_draft(self.session, self.writer, self.draft_id)
        return draft_page(
            self.request, self.session, draft, self.rules, problems=Problems(kept), note=self.note, status=status
        )


def asked(request: Request, *, session: Database, writer: Writing, rules: Rules, form: Form, draft_id: str) -> Asked:
    """Read what every button of a draft sends."""
    return Asked(
        request, session, writer, rules, draft_id, number_field(form, "revision"), text_field(form, "note").strip()
    )


Step = Annotated[Asked, Depends(asked)]


@router.post("/submit")
def submit(by: Step) -> Response:
    """Hand it over for review."""
    return by.answer(lambda: submit_draft(by.session, by.writer, by.draft_id, by.rules, revision=by.revision))


@router.post("/take-back")
def take_it_back(by: Step) -> Response:
    """Go on writing what was submitted."""
    return by.answer(lambda: take_back(by.session, by.writer, by.draft_id, revision=by.revision))


@router.post("/send-back")
def send_it_back(by: Step) -> Response:
    """Ask the author for changes, with a note."""
    return by.answer(lambda: send_back(by.session, by.writer, by.draft_id, by.note, revision=by.revision))


@router.post("/approve")
def approve(by: Step) -> Response:
    """Publish what somebody else wrote."""
    return by.answer(lambda: approve_draft(by.session, by.writer, by.draft_id, by.rules, revision=by.revision))


@router.post("/set-aside")
def set_it_aside(by: Step) -> Response:
    """Put it away; nothing is lost."""
    return by.answer(lambda: set_aside(by.session, by.writer, by.draft_id, revision=by.revision))


@router.post("/take-up")
def take_it_up(by: Step) -> Response:
    """Go on with what was set aside."""
    return by.answer(lambda: take_up(by.session, by.writer, by.draft_id, revision=by.revision))
