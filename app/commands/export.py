"""`proviso export` and `proviso house-style`: proposals for the table, and the template that they are written in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.commands.database import open_database
from app.commands.output import check_output, write_output
from app.commands.sources import load_settings
from app.errors import InvalidInput, OfficeMissing, UnreadableFile
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.house_styles import checked_house_style, table_style
from app.proposals.pdf import NO_OFFICE, can_write_pdf, find_pages, write_pdf
from app.proposals.plain_text import proposal_text
from app.proposals.proposal import get_proposal, refuse_employer_text, render_articles
from app.proposals.seats import member_for_proposal
from app.word.house_style import MAX_BYTES, HouseStyle, starter_file

_FORMS = {".docx": "docx", ".pdf": "pdf", ".txt": "txt", "": "docx"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    template: Path | None = None
    line_numbers: bool = False
    signatures: bool = False
    contents: bool | None = None


def export_proposal(proposal_id: str, wanted: Wanted, *, output: Path | None) -> None:
    """Write a proposal in the form that the name of the output says.

    Raises:
        NotFound: There is no such proposal.
        PlaceholderError: A placeholder is open; names it.
        InvalidInput: The output has another ending, or cannot be written.
        UnreadableFile: The template cannot be used.
        OfficeMissing: A PDF is wanted and LibreOffice is not installed.
    """
    form = _FORMS.get(output.suffix.lower() if output else "")
    if form is None:
        raise InvalidInput(f"{output} must end in .docx, .pdf or .txt, which says what is written.", field="output")
    inputs = (wanted.template,) if wanted.template else ()
    check_output(output, binary=form != "txt", inputs=inputs)
    if form == "pdf" and not can_write_pdf():
        raise OfficeMissing(NO_OFFICE)
    house = _template(wanted.template) if wanted.template else None
    with open_database(load_settings(), create=False) as sessions, sessions() as session:
        person = member_for_proposal(session, proposal_id)
        view = get_proposal(session, person, proposal_id)
        refuse_employer_text(view)
        articles = render_articles(view)
        if form == "txt":
            write_output(proposal_text(view, articles), output)
            return
        style = table_style(session, person, view.table_id)
        data = write_proposal_docx(
            view,
            articles,
            now=datetime.now(UTC),
            language=style.language,
            house=house or style.house,
            options=ExportOptions(
                line_numbers=wanted.line_numbers, signatures=wanted.signatures, contents=wanted.contents
            ),
            find_pages=find_pages,
        )
    write_output(write_pdf(data) if form == "pdf" else data, output)


def write_starter(*, a4: bool, output: Path | None) -> None:
    """Write the built-in house style as a template to change; raises InvalidInput."""
    check_output(output, binary=True)
    write_output(starter_file("a4" if a4 else "letter"), output)


def check_template(template: Path) -> None:
    """Say that a template can be used; raises UnreadableFile where it cannot."""
    _template(template)
    sys.stdout.write(f"{template} can be used: proviso export PROPOSAL --template {template}\n")


def _template(file: Path) -> HouseStyle:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{file} is larger than {MAX_BYTES // 1_000_000} MB; compress its pictures in Word.")
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be opened: {error.strerror}.") from error
    try:
        return checked_house_style(data, file.name)
    except UnreadableFile as error:
        raise UnreadableFile(f"{file}: {error}") from error
