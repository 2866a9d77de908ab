"""LibreOffice as a converter: what comes out, and what is said when it cannot."""

from __future__ import annotations

import io
import time

import pytest

from app import office
from app.errors import OfficeMissing, UnreadableFile

RTF = rb"{\rtf1\ansi The Employer shall give the Union written notice.\par 2. Silence is no consent.}"

needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(office.office_program() is None, reason="needs LibreOffice (soffice)"),
]


def test_without_the_program_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(OfficeMissing, match=r"counter\.rtf.*needs LibreOffice.*Save it as \.docx"):
        office.convert(RTF, kind="rtf", to="docx", name="counter.rtf")


class TestConverting:
    pytestmark = needs_office

    def test_an_old_file_becomes_a_word_file(self) -> None:
        import docx

        made = docx.Document(io.BytesIO(office.convert(RTF, kind="rtf", to="docx")))
        assert [each.text for each in made.paragraphs] == [
            "The Employer shall give the Union written notice.",
            "2. Silence is no consent.",
        ]

    def test_a_file_becomes_a_pdf(self) -> None:
        import pypdfium2

        made = office.convert(RTF, kind="rtf", to="pdf")
        assert "written notice" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()

    def test_what_takes_too_long_is_ended(self) -> None:
        begun = time.monotonic()
        with pytest.raises(UnreadableFile, match="did not finish within 0 seconds"):
            office.convert(RTF, kind="rtf", to="pdf", seconds=0.05)
        assert time.monotonic() - begun < 10

    def test_what_is_no_document_is_refused(self) -> None:
        with pytest.raises(UnreadableFile, match=r"broken\.odt: LibreOffice cannot read it"):
            office.convert(b"PK\x03\x04 no document at all", kind="odt", to="docx", name="broken.odt")
