"""Tables in which people sign are in the text and hold no provision; tables that look a little like them do."""

from __future__ import annotations

import io

import docx
import pytest

from app.text.document import Document
from app.text.reading import read_bytes

INITIALS = ("Article", "Union", "Employer", "Date")


def a_table(*rows: tuple[str, ...]) -> Document:
    """An article with one provision, and a table below it."""
    document = docx.Document()
    document.add_paragraph("1. The Employer shall give notice.")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), "draft.docx")


@pytest.mark.parametrize(
    "rows",
    [
        (INITIALS, ("Article 1. Notice", "", "", ""), ("Article 2. Data", "", "", "")),
        (INITIALS, ("Article 1. Notice", "RM", "J.C.", "4/5/2026"), ("Article 2. Data", "rm", "", "4 May 2026")),
        (("Item", "Union initials", "Company's initials"), ("Article 7", "", "")),
        (
            ("", "For Local 418", "For the Company"),
            ("Signature", "", ""),
            ("Name:", "Rosa Medina", ""),
            ("Date", "", ""),
        ),
        (("Union", "Employer"), ("By:", ""), ("Title", "Chief negotiator")),
    ],
)
def test_places_to_sign_are_no_provisions_and_no_grid(rows: tuple[tuple[str, ...], ...]) -> None:
    document = a_table(*rows)
    assert [each.text for each in document.provisions] == ["The Employer shall give notice."]
    assert document.warnings == ()
    for words in {words for row in rows for words in row}:
        assert words in document.text


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ((("Step", "Employer", "Date"), ("Article 5. Wages", "two percent more", "")), "two percent more"),
        ((("Article", "Effective date"), ("Article 5. Wages", "1 Jan 2027")), "1 Jan 2027"),
        ((("System", "Vendor", "Date"), ("Scheduler", "Acme Analytics", "4 May 2026")), "Acme Analytics"),
        ((("Union proposal", "Employer response", "Date"), ("Notice of 90 days.", "No.", "")), "No."),
        ((("Text", "Date"), ("The Employer shall give the Union notice in writing of " + "every system " * 6, "")),
         "The Employer shall give the Union notice in writing of " + "every system " * 5 + "every system"),
    ],
)  # fmt: skip
def test_tables_that_say_something_are_read(rows: tuple[tuple[str, ...], ...], kept: str) -> None:
    assert kept in [each.text for each in a_table(*rows).provisions]
