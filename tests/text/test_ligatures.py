"""Gaps at ligatures are closed, gaps between words are not."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen import canvas

from app.text.ligatures import mend_ligatures
from app.text.reading import read_bytes


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("Terms are def ined in Section 2.", "Terms are defined in Section 2."),
        ("A new classif ication is posted.", "A new classification is posted."),
        ("The ef fect is benef icial.", "The effect is beneficial."),
        ("The staff is told of it.", "The staff is told of it."),
        ("Notice of layoff list and half its pay.", "Notice of layoff list and half its pay."),
        ("", ""),
    ],
)
def test_one_line(line: str, mended: str) -> None:
    assert mend_ligatures([[line]]) == [[mended]]


def test_a_word_before_the_gap_is_joined_only_where_the_whole_stands_elsewhere() -> None:
    assert mend_ligatures([["The of fice closes."], ["The office opens."]])[0] == ["The office closes."]
    assert mend_ligatures([["Use of force and of final offers."]]) == [["Use of force and of final offers."]]


def test_a_pdf_is_read_without_the_gaps() -> None:
    data = io.BytesIO()
    page = canvas.Canvas(data)
    page.drawString(72, 700, "1. The Employer shall notify every af fected employee.")
    page.save()
    assert "every affected employee" in read_bytes(data.getvalue(), "counter.pdf").text
