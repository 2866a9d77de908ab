"""The letter that asks for information, as a Word file: what it shows, what it hides, and how others read it."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from app.errors import NotTableSafe
from app.library.files import Library
from app.library.letters import Letter, Parties, QuestionGroup, compose_letter
from app.proposals import request_docx
from app.proposals.request_docx import write_request_docx
from app.proposals.word_file import clean
from app.text.reading import read_bytes


@pytest.fixture
def letter(library: Library) -> Letter:
    template = library.requests.letter
    assert template is not None
    groups = [
        QuestionGroup("What system", ("Which system is it?", "Since when?")),
        QuestionGroup("Further questions", ("Is it < or > & \x0b what?",)),
    ]
    return compose_letter(
        template,
        template.variants[0],
        Parties("Local 418", "Gull Point", "drivers"),
        groups,
        values={"signer": "Rosa Medina"},
        day=date(2026, 11, 27),
    )


def test_questions_are_numbered_through_as_word_shows_them(letter: Letter) -> None:
    document = read_bytes(write_request_docx(letter), "letter.docx")
    numbered = [(each.number, each.text) for each in document.provisions if each.number]
    assert numbered == [("1", "Which system is it?"), ("2", "Since when?"), ("3", "Is it < or > & what?")]


def test_headings_begin_at_the_first_level_small_and_without_a_number(letter: Letter) -> None:
    document = docx.Document(io.BytesIO(write_request_docx(letter)))
    headings = [each for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert [(each.text, each.style.name) for each in headings] == [
        ("What system", "Heading 1"), ("Further questions", "Heading 1"),
    ]  # fmt: skip
    style = headings[0].style
    assert style.font.size == Pt(11.5)
    assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"
    assert all(each.pPr is None or each.pPr.numPr is None for each in (style.element, headings[0]._element))


def test_equal_letters_give_equal_bytes(letter: Letter) -> None:
    assert write_request_docx(letter) == write_request_docx(letter)


def test_what_was_not_meant_to_be_there_is_refused(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(document: object, text: str, style: str = "Body Text") -> str:
        document.add_paragraph(f"{clean(text)} CAUCUS ONLY", style=style)  # type: ignore[attr-defined]
        return text

    monkeypatch.setattr(request_docx, "_add", leaky)
    with pytest.raises(NotTableSafe):
        write_request_docx(letter)


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_an_office_program_shows_letterhead_numbers_and_signature(letter: Letter, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(write_request_docx(letter))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, tmp_path / "letter.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    shown = (tmp_path / "letter.txt").read_text(encoding="utf-8-sig")
    assert shown.startswith("Local 418")
    for line in ("27 November 2026", "Subject: Request for information", "3. Is it < or >", "Rosa Medina"):
        assert line in shown.replace("\t", " ")
