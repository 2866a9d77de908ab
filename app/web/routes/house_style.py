"""The house style of a table: seeing it, handing in an office's template, going back to the built-in one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.tables import Person
from app.errors import InvalidInput
from app.proposals.bargaining import get_table
from app.proposals.export_options import paper_of
from app.proposals.house_styles import (
    house_style_file,
    house_style_remarks,
    remove_house_style,
    store_house_style,
    view_house_style,
)
from app.web.dependencies import Database, Form, SignedIn
from app.web.downloads import WORD, attachment
from app.web.forms import Problems, checking, see_other
from app.web.rendering import render
from app.web.submitted import file_field
from app.word.house_style import MAX_BYTES, starter_file
from app.word.house_style.margins import BLANKS
from app.word.house_style.style import LEVELS

router = APIRouter()


@router.get("/tables/{table_id}/house-style")
def show_house_style(request: Request, session: Database, visit: SignedIn, table_id: str) -> Response:
    """What this table's Word files look like, and the form for another template."""
    return _page(request, session, visit.person, table_id, Problems())


@router.post("/tables/{table_id}/house-style")
def take_template(request: Request, session: Database, visit: SignedIn, form: Form, table_id: str) -> Response:
    """Check a template and keep it, or say what is wrong with it."""
    upload = file_field(form, "file")
    with checking(session) as problems:
        if upload is None:
            raise InvalidInput("Choose the template, a .docx or .dotx file.", field="file")
        store_house_style(session, visit.person, table_id, data=upload.data, name=upload.name)
        return see_other(f"/tables/{table_id}/house-style")
    return _page(request, session, visit.person, table_id, problems, status=400)


@router.post("/tables/{table_id}/house-style/remove")
def remove_template(session: Database, visit: SignedIn, form: Form, table_id: str) -> Response:
    """Go back to the built-in style."""
    remove_house_style(session, visit.person, table_id)
    return see_other(f"/tables/{table_id}/house-style")


@router.get("/tables/{table_id}/house-style/template")
def template_file(session: Database, visit: SignedIn, table_id: str) -> Response:
    """The template in use, byte for byte as it was uploaded."""
    name, data = house_style_file(session, visit.person, table_id)
    return attachment(data, name, "application/octet-stream")


@router.get("/tables/{table_id}/house-style/starter.docx")
def starter(session: Database, visit: SignedIn, table_id: str) -> Response:
    """The built-in style as a Word file to begin from."""
    table = get_table(session, visit.person, table_id)
    return attachment(starter_file(paper_of(table.jurisdiction)), "House style.docx", WORD)


def _page(
    request: Request, session: Session, person: Person, table_id: str, problems: Problems, *, status: int = 200
) -> Response:
    return render(
        request,
        "tables/house_style.html",
        status=status,
        table=get_table(session, person, table_id),
        house=view_house_style(session, person, table_id),
        remarks=house_style_remarks(session, person, table_id),
        problems=problems,
        limit=MAX_BYTES // 1_000_000,
        blanks=BLANKS,
        levels=("Heading 1", *LEVELS[1:]),
    )
