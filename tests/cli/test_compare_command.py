"""`proviso compare`: what it takes, in which forms it answers, what it refuses."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest

from app.office import office_program
from app.proposals.demonstration import COUNTER
from tests.cli.conftest import Run

CLAUSE = "notice-before-technology"
OURS = "1. The Employer shall give the Union written notice at least 120 calendar days before it buys a system.\n"
THEIRS = "1. The Employer may give the Union notice within 10 calendar days after it buys a system.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "theirs.txt"
    file.write_text(THEIRS)
    return file


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    file = tmp_path / "ours.txt"
    file.write_text(OURS)
    return file


def test_the_promised_object(program: Run) -> None:
    outcome = program("compare", COUNTER, "--format", "json")
    assert outcome.status == 0
    found = outcome.json
    assert {"draft", "against", "pipeline", "findings", "residue"} <= set(found)
    assert set(found["draft"]) == set(found["against"]) == {"name", "kind", "digest", "provisions"}
    assert found["against"]["name"] == "library"
    assert set(found["findings"][0]) == {
        "status", "hostile", "severity", "confidence", "clause", "protection", "explanation", "suggestion", "moves",
        "library", "draft",
    }  # fmt: skip
    assert {each["status"] for each in found["findings"]} >= {"weakened", "missing"}
    assert all(set(each) == {"side", "number", "start", "end", "text"} for each in found["residue"])


def test_one_clause_in_one_position(proviso: Run, draft: Path) -> None:
    found = proviso("compare", draft, "--against", CLAUSE, "--position", "floor", "--format", "json").json
    assert found["against"]["name"].startswith(f"{CLAUSE}@")
    assert {each["clause"]["position"] for each in found["findings"] if each["clause"]} == {"floor"}
    label = found["against"]["name"]
    assert proviso("compare", draft, "--against", label, "--format", "json").json["against"]["name"] == label


def test_two_files(proviso: Run, draft: Path, ours: Path) -> None:
    found = proviso("compare", draft, "--against", ours, "--format", "json").json
    assert [each["status"] for each in found["findings"]] in (["weakened"], ["contradicted"])
    assert found["findings"][0]["draft"]["text"].startswith("The Employer may")


def test_the_form_is_told_from_the_name(proviso: Run, draft: Path, ours: Path, tmp_path: Path) -> None:
    for name in ("report.json", "report.html", "report.docx", "report.txt"):
        assert proviso("compare", draft, "--against", ours, "-o", tmp_path / name).data == b""
    assert (tmp_path / "report.json").read_text().startswith("{")
    assert (tmp_path / "report.html").read_text().lower().startswith("<!doctype html>")
    assert "theirs.txt" in "\n".join(each.text for each in docx.Document(str(tmp_path / "report.docx")).paragraphs)
    assert "theirs.txt" in (tmp_path / "report.txt").read_text()
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_pdf_is_written_on_the_paper_that_is_asked_for(proviso: Run, draft: Path, ours: Path, tmp_path: Path) -> None:
    for more, height in (((), 792), (("--a4",), 842)):
        assert proviso("compare", draft, "--against", ours, "-o", tmp_path / "report.pdf", *more).status == 0
        with pypdfium2.PdfDocument(tmp_path / "report.pdf") as pdf:
            assert round(pdf[0].get_height()) == height
            assert "CONFIDENTIAL" in pdf[0].get_textpage().get_text_range()


def test_without_libreoffice_no_pdf_is_begun(
    proviso: Run, draft: Path, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    said = proviso("compare", draft, "--against", ours, "-o", tmp_path / "report.pdf").refused()
    assert "A PDF needs LibreOffice" in said


def test_html_and_docx_may_go_down_a_pipe(proviso: Run, draft: Path, ours: Path) -> None:
    assert "<html" in proviso("compare", draft, "--against", ours, "--format", "html").out
    data = proviso("compare", draft, "--against", ours, "--format", "docx").data
    assert docx.Document(BytesIO(data)).paragraphs


def test_the_draft_may_come_from_standard_input(proviso: Run, ours: Path) -> None:
    assert "standard input" in proviso("compare", "-", "--against", ours, stdin=THEIRS.encode()).out


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ("notice-before-tecnology", f"Did you mean {CLAUSE}"),
        (f"{CLAUSE}@9.0.0", 'has no version "9.0.0"'),
        (f"{CLAUSE}@", "names no version"),
        ("xqzw", "neither a file here nor a clause"),
        ("", "--against is empty"),
        ("gone.docx", "There is no file gone.docx"),
        ("folder/ours", "There is no file folder/ours"),
        ("-", "Only the draft can come from standard input"),
    ],
)
def test_what_it_cannot_measure_against(proviso: Run, draft: Path, against: str, said: str) -> None:
    assert said in proviso("compare", draft, "--against", against).refused()


def test_a_name_of_two_things_is_asked_back(proviso: Run, draft: Path, tmp_path: Path) -> None:
    (tmp_path / CLAUSE).write_text(OURS)
    assert f"write ./{CLAUSE} for the file" in proviso("compare", draft, "--against", CLAUSE).refused()
    assert proviso("compare", draft, "--against", f"{tmp_path}/{CLAUSE}").status == 0


def test_outputs_that_cannot_be_written(proviso: Run, draft: Path, tmp_path: Path) -> None:
    assert "There is no folder" in proviso("compare", draft, "-o", tmp_path / "none" / "x.html").refused()
    assert "is a folder" in proviso("compare", draft, "-o", tmp_path).refused()
    assert "one of the files that are read" in proviso("compare", draft, "-o", draft).refused()
    assert draft.read_text() == THEIRS


def test_another_language_is_said_and_compared(proviso: Run, ours: Path) -> None:
    text = "Der Arbeitgeber unterrichtet den Betriebsrat rechtzeitig über die Planung von technischen Anlagen. " * 3
    outcome = proviso("compare", "-", "--against", ours, "--format", "json", stdin=text.encode())
    assert outcome.status == 0
    assert outcome.json["warnings"]
    assert "German" in outcome.err
