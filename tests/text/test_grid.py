"""Bargaining grids: which column is the draft, and what "Agreed" in it stands for."""

from __future__ import annotations

import io

import docx
import pytest

from app.text.document import Document
from app.text.reading import read_bytes

UNION = "The Employer shall give ninety (90) days' notice."


def grid(*rows: tuple[str, ...], header: tuple[str, ...] = ("Union proposal", "Employer response")) -> Document:
    """A Word table; a line break in a cell begins a new paragraph."""
    document = docx.Document()
    document.add_paragraph("The parties exchanged these texts.")
    table = document.add_table(rows=0, cols=len(header))
    for row in (header, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first, *others = text.split("\n")
            cell.paragraphs[0].text = first
            for line in others:
                cell.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return read_bytes(target.getvalue(), "grid.docx")


def provisions(document: Document) -> list[tuple[str, str]]:
    return [(provision.number, provision.text) for provision in document.provisions][1:]


def test_only_the_employers_column_is_the_draft() -> None:
    document = grid((f"5.1 {UNION}", "5.1 The Employer may give notice."))
    assert provisions(document) == [("5.1", "The Employer may give notice.")]
    assert UNION in document.text


def test_a_cell_without_a_number_has_that_of_its_row() -> None:
    assert provisions(grid((f"5.1 {UNION}", "The Employer may give notice.")))[0][0] == "5.1"


def test_the_title_of_the_row_stands_above_the_answer() -> None:
    document = grid((f"5.1 Notice\n{UNION}", "The Employer may give notice."))
    assert document.provisions[-1].heading_path[-1] == "5.1 Notice"
    assert len(provisions(document)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "Agreed.",
        "AGREED",
        "TA",
        "T.A. 5/12/26",
        "TA'd 5/12",
        "No change",
        "OK",
        "Accept",
        "The Employer agrees.",
        "Tentative agreement",
        "Agreed to the Union's language",
        "Agreed as proposed.",
        "Same",
    ],
)
def test_an_agreed_row_takes_over_the_text_beside(answer: str) -> None:
    document = grid((f"5.1 {UNION}", answer))
    assert provisions(document) == [("5.1", UNION)]
    provision = document.provisions[-1]
    assert document.text[provision.start : provision.end] == UNION


@pytest.mark.parametrize(
    "answer",
    [
        "Agreed in principle, subject to costing.",
        "Not agreed.",
        "Not Agreed",
        "Cannot agree.",
        "No TA",
        "Rejected",
        "Current contract language",
        "The Employer agrees to consider notice where practicable.",
        "Agreed in part.",
        "Same day notice shall be given.",
    ],
)
def test_what_is_no_clear_agreement_is_the_employers_text(answer: str) -> None:
    assert [text for _, text in provisions(grid((f"5.1 {UNION}", answer)))] == [answer]


@pytest.mark.parametrize(
    ("answer", "own"),
    [
        ("Agreed, with this sentence added at the end: Tests are excluded.", "Tests are excluded."),
        ("TA. Add: Tests are excluded.", "Tests are excluded."),
        ("Agreed, provided that tests are excluded.", "provided that tests are excluded."),
        ("Agreed except for tests.", "except for tests."),
    ],
)
def test_a_row_agreed_with_more_keeps_both(answer: str, own: str) -> None:
    assert [text for _, text in provisions(grid((f"5.1 {UNION}", answer)))] == [UNION, own]


def test_a_row_agreed_as_modified_is_the_modified_text() -> None:
    document = grid((f"5.1 {UNION}", "Agreed as modified: The Employer shall give ten (10) days' notice."))
    assert [text for _, text in provisions(document)] == ["The Employer shall give ten (10) days' notice."]


def test_items_may_be_agreed_one_by_one() -> None:
    document = grid(
        ("5.1 Notice\n(a) the vendor is named;\n(b) the cost is stated.", "(a) Agreed.\n(b) the purpose is stated.")
    )
    assert [text for _, text in provisions(document)] == ["the vendor is named;", "the purpose is stated."]


def test_no_change_in_a_grid_with_the_contract_means_the_contract() -> None:
    header = ("Current contract", "Union proposal", "Employer response")
    document = grid(("5.1 Thirty (30) days.", "5.1 Ninety (90) days.", "No change"), header=header)
    assert [text for _, text in provisions(document)] == ["Thirty (30) days."]


def test_a_row_that_is_not_answered_leaves_nothing_of_ours() -> None:
    assert provisions(grid((f"5.1 {UNION}", ""), (f"5.2 {UNION}", "Agreed."))) == [("5.2", UNION)]


def test_the_reader_is_told() -> None:
    (warning,) = grid((f"5.1 {UNION}", "Agreed."), (f"5.2 {UNION}", "TA")).warnings
    assert "“Employer response” was read as the draft" in warning
    assert "2 rows" in warning


@pytest.mark.parametrize(
    "header",
    [("Employee contribution", "Employer contribution"), ("Step", "Rate"), ("Union members", "Employer members")],
)
def test_other_tables_are_none(header: tuple[str, str]) -> None:
    document = grid(
        ("Medical coverage shall be five percent.", "Medical coverage shall be ten percent."), header=header
    )
    assert not document.warnings
    assert any("five percent" in provision.text for provision in document.provisions)


def test_words_of_every_column_stay_in_the_text() -> None:
    header = ("No.", "Union proposal", "Employer response", "Remarks")
    document = grid(("1", UNION, "Agreed, provided that tests are excluded.", "Costed by finance."), header=header)
    for words in ("Union proposal", UNION, "Agreed,", "provided that tests are excluded.", "Costed by finance."):
        assert words in document.text
        assert document.text.count(words) == 1
