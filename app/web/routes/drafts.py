"""Writing clauses in the browser: the list of drafts, beginning one, reading it, saving words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.roles import list_editors
from app.errors import EditConflict, NotFound
from app.library.catalogue import get_clause_version, latest_version
from app.library.clause import POSITIONS
from app.library.clause_form import ClauseForm, compose, form_of, same_content, unholdable
from app.library.draft_check import CheckedDraft, ClauseRules, check_draft
from app.library.draft_preview import preview, version_before
from app.library.draft_records import DraftView, Writer
from app.library.drafts import get_draft, list_drafts, save_draft, start_clause, start_version, text_of_step
from app.library.front_matter import parse_clause
from app.library.numbers import KINDS, next_version, taken_versions
from app.library.vocabulary import Term
from app.web.dependencies import Database, Form, ServicesNeeded
from app.web.draft_form import (
    FIELD_LABELS,
    FieldDifference,
    differences,
    field_of,
    named_problems,
    problems_by_field,
    read_clause_form,
)
from app.web.draft_page import DEED_WORDS, STATE_WORDS, draft_card, form_page
from app.web.draft_words import with_element_ids
from app.web.forms import Problems, checking, see_other
from app.web.library_page import POSITION_LABELS
from app.web.rendering import render
from app.web.submitted import number_field, text_field
from app.web.writing import Rules, Writing

router = APIRouter(prefix="/library/drafts")

Text = Annotated[str, Query(max_length=200)]


@router.get("")
def show_drafts(request: Request, session: Database, writer: Writing, rules: Rules) -> Response:
    """The drafts that this person may see."""
    cards = [
        draft_card(each, check_draft(session, each.source, rules), form_of(each.source))
        for each in list_drafts(session, writer)
    ]
    return render(request, "drafts/list.html", cards=cards, writer=writer)


@router.get("/new")
def ask_for_draft(
    request: Request, *, session: Database, writer: Writing, services: ServicesNeeded, clause: Text = ""
) -> Response:
    """Where to begin: a clause of our own, or the next version of one that is there."""
    return _start_page(request, session, writer, services.library.vocabulary.topics, clause=clause)


@router.post("")
def start(request: Request, *, session: Database, writer: Writing, services: ServicesNeeded, form: Form) -> Response:
    """Begin a draft and open its form."""
    clause, kind = text_field(form, "clause"), text_field(form, "kind")
    title, topic = text_field(form, "title"), text_field(form, "topic")
    topics = services.library.vocabulary.topics
    with checking(session) as problems:
        if clause:
            draft = start_version(session, writer, clause, kind=kind)
        else:
            draft = start_clause(session, writer, title=title, topic=topic if topic in topics else "")
        return see_other(f"/library/drafts/{draft.id}/edit")
    return _start_page(
        request, session, writer, topics, clause=clause, title=title, topic=topic, problems=problems, status=400
    )


@router.get("/{draft_id}")
def show_draft(
    request: Request, *, session: Database, writer: Writing, services: ServicesNeeded, rules: Rules, draft_id: str
) -> Response:
    """A draft as it will read, with what is to mend, what changed, what the lint remarks, and what may be done now."""
    draft = get_draft(session, writer, draft_id)
    return draft_page(request, session, draft, rules)


@router.get("/{draft_id}/edit")
def edit(
    request: Request, *, session: Database, writer: Writing, rules: Rules, draft_id: str, view: Text = ""
) -> Response:
    """The form; or the clause file itself, where somebody prefers it or a form would lose something of it."""
    draft = get_draft(session, writer, draft_id)
    if draft.state != "draft" or not writer.may_write:
        return see_other(f"/library/drafts/{draft.id}")
    checked = check_draft(session, draft.source, rules)
    form = form_of(draft.source)
    if form is None or view == "file":
        return _file_page(request, draft, draft.source, checked, has_form=form is not None)
    return _form_page(request, draft, form, rules, checked)


@router.post("/{draft_id}/edit")
def save(request: Request, *, session: Database, writer: Writing, rules: Rules, form: Form, draft_id: str) -> Response:
    """Save what was typed, with its problems; if somebody else saved first, show both texts and store nothing."""
    draft = get_draft(session, writer, draft_id)
    if not writer.may_write:
        raise NotFound("There is nothing here for you; check the address, or go back to the library.")
    is_file = text_field(form, "view") == "file"
    typed = ClauseForm() if is_file else with_element_ids(read_clause_form(form), rules.vocabulary.elements)
    source = text_field(form, "source") if is_file else compose(typed)
    if not is_file and (place := unholdable(typed)):
        return _form_page(request, draft, typed, rules, None, problems=_unholdable_problem(place), status=400)
    if same_content(source, draft.source) and not is_file:
        source = draft.source  # nothing was changed, so the file keeps its own layout
    try:
        with checking(session) as problems:
            saved = save_draft(session, writer, draft_id, source, revision=number_field(form, "revision"))
            look = "" if text_field(form, "then") == "look" else f"/edit?view={'file' if is_file else 'form'}"
            return see_other(f"/library/drafts/{saved.id}{look}")
    except EditConflict:
        session.rollback()
        theirs = get_draft(session, writer, draft_id)
        return _conflict(request, theirs, source, None if is_file else typed, rules)
    if is_file:
        return _file_page(request, draft, source, None, problems=problems, status=400)
    return _form_page(request, draft, typed, rules, None, problems=Problems({"": problems.of("source")}), status=400)


@router.get("/{draft_id}/text/{step_id}")
def show_text(request: Request, *, session: Database, writer: Writing, draft_id: str, step_id: int) -> Response:
    """The text as it once stood, to read and to copy from."""
    draft = get_draft(session, writer, draft_id)
    source = text_of_step(session, writer, draft_id, step_id)
    step = next(each for each in draft.steps if each.id == step_id)
    return render(request, "drafts/text.html", draft=draft, step=step, source=source, deeds=DEED_WORDS)


def draft_page(
    request: Request,
    session: Session,
    draft: DraftView,
    rules: ClauseRules,
    *,
    problems: Problems | None = None,
    note: str = "",
    status: int = 200,
) -> Response:
    """The page of a draft; `problems` and `note` come from a step of the review that did not go through."""
    checked = check_draft(session, draft.source, rules) if draft.state != "published" else None
    form = form_of(draft.source)
    version = checked.version if checked else parse_clause(draft.source, "draft")
    before = version_before(session, version) if version else None
    was = form_of(before.source) if before else ClauseForm(version="", sectors=(), instrument=())
    return render(
        request,
        "drafts/draft.html",
        status=status,
        draft=draft,
        card=draft_card(draft, checked or CheckedDraft(version, ()), form),
        state=STATE_WORDS[draft.state],
        found=named_problems(checked.problems) if checked else [],
        has_form=form is not None,
        positions=preview(version, before, request.app.state.services.pipeline) if version else (),
        position_labels=POSITION_LABELS,
        before=before,
        differences=_differences(was, form, rules),
        deeds=DEED_WORDS,
        alone=len(list_editors(session)) < 2,
        problems=problems or Problems(),
        note=note,
    )


def _differences(was: ClauseForm | None, now: ClauseForm | None, rules: ClauseRules) -> tuple[FieldDifference, ...]:
    if was is None or now is None:
        return ()
    return differences(was, now, rules.vocabulary, without=[each.capitalize() for each in POSITIONS])


def _unholdable_problem(place: str) -> Problems:
    if place in FIELD_LABELS:
        message = f"{FIELD_LABELS[place]}: two entries have one name or number; give each its own."
    else:
        message = f'{place}: a line that begins with "# " would begin another section; take the # away.'
    return Problems({field_of(place): message})


def _start_page(
    request: Request,
    session: Session,
    writer: Writer,
    topics: Mapping[str, Term],
    *,
    clause: str = "",
    title: str = "",
    topic: str = "",
    problems: Problems | None = None,
    status: int = 200,
) -> Response:
    if not writer.may_write:
        raise NotFound("There is nothing here for you; check the address, or go back to the library.")
    found = get_clause_version(session, clause, latest_version(session, clause)) if clause else None
    taken = taken_versions(session, clause)
    return render(
        request,
        "drafts/new.html",
        status=status,
        clause=found,
        kinds=[(kind, next_version(found.version, kind, taken), words) for kind, words in KINDS.items()]
        if found
        else [],
        topics=[("", "Choose a topic"), *((key, term.label) for key, term in topics.items())],
        title=title,
        topic=topic,
        problems=problems or Problems(),
    )


def _form_page(
    request: Request,
    draft: DraftView,
    form: ClauseForm,
    rules: ClauseRules,
    checked: CheckedDraft | None,
    *,
    problems: Problems | None = None,
    conflict: tuple[FieldDifference, ...] | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "drafts/edit.html",
        status=status,
        draft=draft,
        page=form_page(form, rules.vocabulary),
        found=named_problems(checked.problems) if checked else [],
        problems=problems or problems_by_field(checked.problems if checked else ()),
        refused=problems is not None,
        conflict=conflict,
        conflict_state=STATE_WORDS[draft.state],
    )


def _file_page(
    request: Request,
    draft: DraftView,
    source: str,
    checked: CheckedDraft | None,
    *,
    has_form: bool = False,
    problems: Problems | None = None,
    theirs: str | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "drafts/edit_file.html",
        status=status,
        draft=draft,
        source=source,
        has_form=has_form,
        found=[each.told for each in checked.problems] if checked else [],
        problems=problems or Problems(),
        theirs=theirs,
        conflict_state=STATE_WORDS[draft.state],
    )


def _conflict(
    request: Request, theirs: DraftView, source: str, typed: ClauseForm | None, rules: ClauseRules
) -> Response:
    """Both texts: field by field where both are forms, else file beside file; the fields keep what was typed."""
    saved = form_of(theirs.source)
    if typed is None or saved is None:
        return _file_page(request, theirs, source, None, theirs=theirs.source, status=409)
    return _form_page(
        request, theirs, typed, rules, None, conflict=differences(saved, typed, rules.vocabulary), status=409
    )
