"""Redlines at a table: choose two texts, take away one Word file with tracked changes. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import InvalidInput, NotTableSafe, OfficeMissing, PlaceholderError, SameTexts, UnreadableFile
from app.incoming import reads_office_files
from app.proposals.bargaining import get_table
from app.proposals.export_options import language_of, paper_of
from app.proposals.pdf import why_no_pdf
from app.proposals.proposal import get_proposal
from app.proposals.redline_pairs import (
    RedlineText,
    file_text,
    make_redline,
    model_pair,
    round_text,
    texts_without_file,
)
from app.proposals.views import TableView
from app.web.dependencies import Database, Form, ServicesNeeded, SignedIn
from app.web.downloads import word_or_pdf
from app.web.forms import Problems, checking
from app.web.looked import NOTHING, ToLookAt, left_to_look_at
from app.web.rendering import render
from app.web.submitted import Upload, file_field, text_field

router = APIRouter()

_KINDS = ("rounds", "model", "files")
_NEWER = {"rounds": "new", "model": "article", "files": "new_file"}
"""Where the newer of the two texts is chosen."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was chosen, so that it is still there when something has to be mended."""

    kind: str = "rounds"
    old: str = ""
    new: str = ""
    article: str = ""
    author: str = "Union"
    dated: bool = False
    for_table: bool = False
    text_alone: bool = False
    as_pdf: bool = False
    old_theirs: bool = False  # of two files: whether the other side sent the older one
    new_theirs: bool = False
    looked: str = ""  # which things to look at were looked at


@router.get("/tables/{table_id}/redlines/new")
def ask_for_redline(
    request: Request,
    *,
    session: Database,
    visit: SignedIn,
    table_id: str,
    old: str = "",
    new: str = "",
    article: str = "",
) -> Response:
    """The form; an address may choose the two texts, or the article, beforehand."""
    table = get_table(session, visit.person, table_id)
    entered = Entered(old=old, new=new, article=article)
    return _form(request, session, visit.person, table, _preset(table, entered), Problems())


@router.post("/tables/{table_id}/redlines/new")
def take_redline(
    request: Request, *, session: Database, visit: SignedIn, services: ServicesNeeded, form: Form, table_id: str
) -> Response:
    """Hand out the redline, or show the form again with what has to be mended or looked at."""
    table = get_table(session, visit.person, table_id)
    entered = _read(form)
    files = (file_field(form, "old_file"), file_field(form, "new_file"))
    now = datetime.now(UTC)
    to_look_at = NOTHING
    with checking(session, file_field="old_file") as problems:
        if entered.as_pdf and why_no_pdf():
            raise InvalidInput(why_no_pdf(), field="as_pdf")
        texts = _texts(session, visit.person, table_id, entered, files, services.settings.max_upload_bytes, now)
        remarks: list[str] = []
        try:
            name, data = make_redline(
                *texts,
                author=entered.author,
                date=now if entered.dated else None,
                for_table=entered.for_table,
                text_alone=entered.text_alone,
                language=language_of(table.jurisdiction),
                paper=paper_of(table.jurisdiction),
                tell=remarks.append,
            )
        except NotTableSafe as error:
            raise InvalidInput(_refused(error, texts, entered)) from error
        except SameTexts as error:
            raise InvalidInput(str(error), field=_NEWER[entered.kind]) from error
        to_look_at = left_to_look_at(remarks, entered.looked)
        if not to_look_at.remarks:
            return word_or_pdf(data, name, as_pdf=entered.as_pdf, for_table=entered.for_table)
    status = 400 if problems else 200
    return _form(request, session, visit.person, table, entered, problems, to_look_at=to_look_at, status=status)


def _read(form: FormData | None) -> Entered:
    kind = text_field(form, "kind")
    return Entered(
        kind=kind if kind in _KINDS else "rounds",
        old=text_field(form, "old"),
        new=text_field(form, "new"),
        article=text_field(form, "article"),
        author=text_field(form, "author"),
        dated=bool(text_field(form, "dated")),
        for_table=text_field(form, "for") == "table" and kind != "model",  # the model is never shown to the other side
        text_alone=bool(text_field(form, "text_alone")),
        as_pdf=bool(text_field(form, "as_pdf")),
        old_theirs=bool(text_field(form, "old_theirs")),
        new_theirs=bool(text_field(form, "new_theirs")),
        looked=text_field(form, "looked"),
    )


def _texts(  # noqa: PLR0917 - what the form gave, in the order in which it is needed
    session: Session,
    person: Person,
    table_id: str,
    entered: Entered,
    files: tuple[Upload | None, Upload | None],
    max_bytes: int,
    now: datetime,
) -> tuple[RedlineText, RedlineText]:
    if entered.kind == "model":
        if not entered.article:
            raise InvalidInput("Choose an article.", field="article")
        return model_pair(session, person, table_id, entered.article, now=now)
    if entered.kind == "files":
        return (
            _file(files[0], "old_file", max_bytes, is_theirs=entered.old_theirs),
            _file(files[1], "new_file", max_bytes, is_theirs=entered.new_theirs),
        )
    if not entered.old or not entered.new:
        raise InvalidInput("Choose two texts.", field="old" if not entered.old else "new")
    if entered.old == entered.new:
        raise InvalidInput("Choose two different texts.", field="new")
    return (
        _round(session, person, table_id, entered, "old", now),
        _round(session, person, table_id, entered, "new", now),
    )


def _round(  # noqa: PLR0917 - as above
    session: Session, person: Person, table_id: str, entered: Entered, field: str, now: datetime
) -> RedlineText:
    chosen = entered.old if field == "old" else entered.new
    try:
        return round_text(
            session, person, table_id, chosen, for_table=entered.for_table, text_alone=entered.text_alone, now=now
        )
    except (InvalidInput, PlaceholderError) as error:
        raise InvalidInput(str(error), field=field) from error
    except UnreadableFile as error:
        raise InvalidInput(f"{error} Or tick “The text alone”.", field=field) from error


def _file(upload: Upload | None, field: str, max_bytes: int, *, is_theirs: bool) -> RedlineText:
    if upload is None:
        raise InvalidInput("Choose both files.", field=field)
    try:
        return file_text(upload.data, upload.name, field=field, max_bytes=max_bytes, is_theirs=is_theirs)
    except (UnreadableFile, OfficeMissing) as error:
        raise InvalidInput(str(error), field=field) from error


def _refused(error: NotTableSafe, texts: tuple[RedlineText, RedlineText], entered: Entered) -> str:
    """The message, with the other way where there is one."""
    another = not entered.text_alone and all(each.file for each in texts)
    return f"{error} Or tick “The text alone”." if another else str(error)


def _preset(table: TableView, entered: Entered) -> Entered:
    """The last two texts of one side, where the address names none."""
    if entered.old or entered.new:
        return entered
    for side in ("union", "employer"):
        own = sorted((each for each in table.proposals if each.side == side), key=lambda each: -each.number)
        if len(own) > 1:
            return replace(entered, new=own[0].id, old=own[1].id)
    return entered


def _form(  # noqa: PLR0917 - the page and everything on it
    request: Request,
    session: Session,
    person: Person,
    table: TableView,
    entered: Entered,
    problems: Problems,
    *,
    to_look_at: ToLookAt = NOTHING,
    status: int = 200,
) -> Response:
    ours = [get_proposal(session, person, each.id) for each in table.proposals if each.side == "union"]
    articles = [
        (article.id, f"{view.label}, Article {article.number}: {article.title} ({article.position})")
        for view in ours
        for article in view.articles
        if article.clause_id
    ]
    without_file = texts_without_file(session, person, table.id)
    texts = [
        (each.id, f"{each.label}: {each.title}{f' ({without_file[each.id]})' if each.id in without_file else ''}")
        for each in reversed(table.proposals)
    ]
    return render(
        request,
        "tables/redline.html",
        status=status,
        table=table,
        entered=entered,
        problems=problems,
        to_look_at=to_look_at,
        texts=texts,
        articles=articles,
        no_pdf=why_no_pdf(),
        limit=request.app.state.services.settings.max_upload_bytes,
        converts=reads_office_files(),
    )
