"""Clause files out and in: a draft, a published version, every local clause; and files that become drafts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.errors import NotFound
from app.library.catalogue import get_clause_version
from app.library.draft_records import Writer
from app.library.drafts import get_draft, list_drafts
from app.library.exchange import MOST_FILES, MOST_TOGETHER, clause_zip, file_path, path_of, read_incoming
from app.library.importing import import_clauses
from app.library.local import local_versions
from app.web.dependencies import Database, Form, SignedIn
from app.web.downloads import attachment
from app.web.forms import Problems
from app.web.rendering import render
from app.web.writing import Rules, Writing

router = APIRouter(prefix="/library")

_MARKDOWN = "text/markdown; charset=utf-8"


@router.get("/drafts/import")
def ask_for_files(request: Request, visit: SignedIn, writer: Writing) -> Response:
    """The form that takes clause files."""
    _refuse_others(writer)
    return _page(request)


@router.post("/drafts/import")
def take_files(request: Request, session: Database, writer: Writing, rules: Rules, form: Form) -> Response:
    """Make a draft of every clause file and say what became of each."""
    _refuse_others(writer)
    given = form.getlist("files") if form is not None else []
    uploads = [each for each in given if isinstance(each, UploadFile) and each.filename]
    if not uploads:
        return _page(request, problem="Choose a clause file, or a zip of them.", status=400)
    if sum(each.size or 0 for each in uploads) > MOST_TOGETHER:
        return _page(request, problem="These files are too large together; import them in parts.", status=400)
    incoming = [read_incoming(each.filename or "file", each.file.read()) for each in uploads]
    report = import_clauses(session, writer, incoming, rules)
    status = 200 if report.made or report.there else 400
    return render(request, "drafts/imported.html", status=status, report=report)


@router.get("/drafts/local.zip")
def export_local(session: Database, writer: Writing) -> Response:
    """Every clause that was published here, laid out as the folder of the library is."""
    list_drafts(session, writer)  # for those who may see drafts at all
    return attachment(clause_zip(local_versions(session)), "local-clauses.zip", "application/zip")


@router.get("/drafts/{draft_id}/file")
def export_draft(session: Database, writer: Writing, draft_id: str) -> Response:
    """A draft as the clause file that it is."""
    draft = get_draft(session, writer, draft_id)
    return attachment(draft.source.encode(), path_of(draft.source), _MARKDOWN)


@router.get("/{clause_id}/file")
def export_version(
    session: Database, visit: SignedIn, clause_id: str, version: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """A published version as its clause file, byte for byte; the latest unless another is asked for."""
    found = get_clause_version(session, clause_id, version or None)
    return attachment(found.source.encode(), file_path(found), _MARKDOWN)


def _page(request: Request, *, problem: str = "", status: int = 200) -> Response:
    problems = Problems({"files": problem} if problem else {})
    return render(request, "drafts/import.html", status=status, problems=problems, most_files=MOST_FILES)


def _refuse_others(writer: Writer) -> None:
    if not writer.may_write:
        raise NotFound("There is nothing here for you; check the address, or go back to the library.")
