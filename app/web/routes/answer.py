"""Our answer inside the Employer's own file: look through what we would change, then take the file away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from app.errors import InvalidInput, NotTableSafe
from app.proposals.answer import AnswerMaterial, answer_material, unanswerable, write_answer
from app.proposals.answer_steps import Suggested
from app.proposals.bargaining import get_table
from app.proposals.comparison import get_comparison
from app.proposals.pdf import why_no_pdf
from app.web.dependencies import Database, Form, ServicesNeeded, SignedIn
from app.web.downloads import word_or_pdf
from app.web.forms import Problems, checking
from app.web.looked import NOTHING, left_to_look_at
from app.web.rendering import render
from app.web.submitted import text_field

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Entered:
    """What was ticked and written, so that it is still there when something has to be mended."""

    words: Mapping[str, str]  # of every step, by key
    taken: frozenset[str]
    author: str = "Union"
    dated: bool = False
    as_pdf: bool = False
    looked: str = ""  # which things to look at were looked at


@router.get("/comparisons/{comparison_id}/answer")
def look_through_answer(
    request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded, comparison_id: str
) -> Response:
    """Every change that we suggest, with both texts; or why there can be none."""
    view = get_comparison(session, visit.person, comparison_id)
    table = get_table(session, visit.person, view.table_id)
    reason = unanswerable(view)
    suggested = Suggested((), ())
    if not reason:
        suggested = answer_material(session, visit.person, comparison_id, services.pipeline).suggested
    entered = Entered(
        words={step.key: step.ours for step in suggested.steps},
        taken=frozenset(step.key for step in suggested.steps if step.essential),
    )
    return render(
        request, "comparisons/answer.html", comparison=view, table=table, reason=reason, suggested=suggested,
        entered=entered, problems=Problems(), to_look_at=NOTHING, no_pdf=why_no_pdf(),
    )  # fmt: skip


@router.post("/comparisons/{comparison_id}/answer")
def take_answer(
    request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded, form: Form, comparison_id: str
) -> Response:
    """Hand out their file with our changes, or show the page again with what has to be mended or looked at."""
    view = get_comparison(session, visit.person, comparison_id)
    table = get_table(session, visit.person, view.table_id)
    material: AnswerMaterial | None = None
    entered = _read(form, Suggested((), ()))
    to_look_at = NOTHING
    with checking(session, file_field="") as problems:
        material = answer_material(session, visit.person, comparison_id, services.pipeline)
        entered = _read(form, material.suggested)
        if entered.as_pdf and why_no_pdf():
            raise InvalidInput(why_no_pdf(), field="as_pdf")
        chosen = {key: entered.words.get(key, "") for key in entered.taken}
        date = datetime.now(UTC) if entered.dated else None
        try:
            remarks: list[str] = []
            name, data = write_answer(material, chosen, author=entered.author, date=date, tell=remarks.append)
        except NotTableSafe as error:
            raise InvalidInput(str(error)) from error
        to_look_at = left_to_look_at(remarks, entered.looked)
        if not to_look_at.remarks:
            return word_or_pdf(data, name, as_pdf=entered.as_pdf, for_table=True)
    return render(
        request, "comparisons/answer.html", status=400 if problems else 200, comparison=view, table=table,
        reason=unanswerable(view), suggested=material.suggested if material else Suggested((), ()), entered=entered,
        problems=problems, to_look_at=to_look_at, no_pdf=why_no_pdf(),
    )  # fmt: skip


def _read(form: FormData | None, suggested: Suggested) -> Entered:
    """What was sent: words for the steps that there are now, and every tick, those of steps that are gone too."""
    taken = [each for each in form.getlist("take") if isinstance(each, str)] if form is not None else []
    sent = form.keys() if form is not None else ()
    return Entered(
        words={
            step.key: text_field(form, f"words-{step.key}") if f"words-{step.key}" in sent else step.ours
            for step in suggested.steps
        },
        taken=frozenset(taken),
        author=text_field(form, "author"),
        dated=bool(text_field(form, "dated")),
        as_pdf=bool(text_field(form, "as_pdf")),
        looked=text_field(form, "looked"),
    )
