"""`proviso information-request`: the letter at the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from app.office import office_program
from tests.cli.conftest import Run

NAMES = ("--union", "Local 418", "--employer", "Gull Point", "--unit", "drivers", "--signer", "Rosa Medina")
LETTER = ("information-request", *NAMES, "--date", "2026-11-27", "--wording", "uk", "--subject", "vendor")


def test_a_letter_is_printed(proviso: Run) -> None:
    out = proviso(*LETTER, "--question", "data-retention", "--ask", "Why now?", "--reply-days", "5").out
    assert out.startswith("Local 418\n\n27 November 2026\n")
    assert "Please answer by Friday, 4 December 2026, which is 5 working days after" in out
    assert "1. How long is each kind of data kept" in out
    assert "9. Why now?" in out
    assert "data protection law" in out


def test_calendar_days_are_counted_as_such(proviso: Run) -> None:
    out = proviso(*LETTER, "--calendar").out
    assert "Please answer by Monday, 7 December 2026, which is 10 calendar days after" in out


def test_a_word_file_is_written(proviso: Run, tmp_path: Path) -> None:
    done = proviso(*LETTER, "-o", tmp_path / "letter.docx")
    assert (done.status, done.data) == (0, b"")
    document = docx.Document(io.BytesIO((tmp_path / "letter.docx").read_bytes()))
    assert len([each for each in document.paragraphs if each.style.name == "Question"]) == 7


@pytest.mark.parametrize(
    ("wording", "width", "language"),
    [("uk", 11906, "en-GB"), ("germany", 11906, "en-GB"), ("canada", 12240, "en-CA"), ("general", 12240, "en-US")],
)
def test_its_paper_and_language_are_those_of_the_place(
    proviso: Run, tmp_path: Path, wording: str, width: int, language: str
) -> None:
    proviso(*LETTER, "--wording", wording, "-o", tmp_path / "letter.docx")
    document = docx.Document(str(tmp_path / "letter.docx"))
    assert document.sections[0].page_width.twips == width
    assert document.core_properties.language == language


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_pdf_is_written(proviso: Run, tmp_path: Path) -> None:
    done = proviso(*LETTER, "-o", tmp_path / "letter.pdf")
    assert (done.status, done.data) == (0, b"")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_without_libreoffice_no_pdf_is_begun(proviso: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "A PDF needs LibreOffice" in proviso(*LETTER, "-o", tmp_path / "letter.pdf").refused()
    assert not (tmp_path / "letter.pdf").exists()


def test_questions_are_listed_with_their_ids(proviso: Run) -> None:
    out = proviso("information-request", "--list").out
    assert "  data-retention: How long" in out
    assert "  us-private: United States, private sector" in out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--wording", "mars"), '"mars" is no wording; choose one of us-private'),
        (("--subject", "weather"), '"weather" is no subject'),
        (("--question", "data-nothing"), 'There is no question "data-nothing"'),
        (("--date", "soon"), '"soon" is no date'),
        (("--reply-days", "99"), "out of bounds"),
        (("--unit", " "), "The unit is missing; name it with --unit."),
        (("--signer", ""), "Signed by: fill this in."),
        (("-o", "nowhere/letter.docx"), "There is no folder nowhere"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(proviso: Run, more: tuple[str, ...], said: str) -> None:
    assert said in proviso(*LETTER, *more).refused()


def test_a_letter_asks_something(proviso: Run) -> None:
    assert "No question is chosen" in proviso("information-request", *NAMES).refused()
