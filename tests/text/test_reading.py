"""Files as they come: good, odd and hostile. Only `UnreadableFile` leaves the reader, with one clear sentence."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from app.errors import UnreadableFile
from app.text.reading import read_bytes, read_file, read_pasted
from tests.factories.word_files import NAMESPACES, paragraph, word_file

SENTENCE = "The Employer shall give the Union notice of every new system. "
REAL = Path(__file__).resolve().parents[3] / "shared" / "eval" / "real_agreements"


def archive(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def pdf(*pages: str, encrypt: str | None = None) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(encrypt) if encrypt else None)
    for page in pages:
        for row, line in enumerate(page.split("\n")):
            canvas.drawString(72, 720 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


REFUSED = [
    (b"", "x.txt", "is empty", "nothing in it"),
    (b" \n\x00\n", "x.txt", "is empty", "only white space"),
    (bytes(range(1, 32)) * 50, "x.txt", "no text", "control characters"),
    (b"1 2 3 4", "x.txt", "no text", "not a letter in it"),
    (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "x.doc", "old Office format", "an OLE file without a text"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "x.docx", "password", "an encrypted DOCX"),
    (rb"{\rtf1 Notice}", "x.docx", "RTF", "an RTF named DOCX"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "scan.pdf", "picture", "a picture named PDF"),
    (b"<!DOCTYPE html><html><body>Notice</body></html>", "x.html", "web page", "HTML"),
    (archive(mimetype="application/vnd.oasis.opendocument.text"), "x.odt", "OpenDocument", "an .odt"),
    (archive(notice="words"), "x.docx", "ZIP archive", "a ZIP named DOCX"),
    (b"<!-- saved -->\n<p>Notice</p>", "x.docx", "web page", "HTML that begins with a comment"),
    (b"P", "x.docx", "cut off", "the first byte of a DOCX"),
    (b"%PDF", "x.pdf", "cut off", "the first bytes of a PDF"),
    (b"PK\x03\x04 cut off", "x.docx", "damaged", "a truncated ZIP"),
    (b"%PDF-1.7\n garbage", "x.pdf", "damaged", "a truncated PDF"),
    (pdf("", ""), "scan.pdf", "no text layer", "a scan"),
    (pdf(SENTENCE, encrypt="secret"), "x.pdf", "password", "an encrypted PDF"),
]


@pytest.mark.parametrize(("data", "name", "words", "why"), REFUSED, ids=[row[3] for row in REFUSED])
def test_refused_with_one_clear_sentence(data: bytes, name: str, words: str, why: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read_bytes(data, name)
    assert words in str(error.value), why
    assert name in str(error.value), "says which file"


def test_the_scan_is_refused_with_a_way_on() -> None:
    with pytest.raises(UnreadableFile, match="Ask for the Word file, or run text recognition first"):
        read_bytes(pdf("", ""), "scan.pdf")


def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_text(SENTENCE * 100)
    with pytest.raises(UnreadableFile, match=r"^large has"):
        read_file(path, max_bytes=1000)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no file .*none\.txt"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_file(tmp_path)


ENCODED = [
    ("Employer’s notice – 5 days".encode(), "UTF-8"),
    ("Employer’s notice – 5 days".encode("utf-8-sig"), "UTF-8 with its mark"),
    ("Employer’s notice – 5 days".encode("utf-16"), "UTF-16 with its mark"),
    ("Employer’s notice – 5 days".encode("utf-16-le"), "UTF-16 without its mark"),
    ("Employer’s notice – 5 days".encode("cp1252"), "Windows Latin"),
    (b"Employer\xe2\x80\x99s\x00 notice \xe2\x80\x93 5 days", "a NUL byte"),
]


@pytest.mark.parametrize(("data", "why"), ENCODED, ids=[row[1] for row in ENCODED])
def test_encodings(data: bytes, why: str) -> None:
    assert read_bytes(data, "x.txt").text == "Employer’s notice – 5 days", why


def test_the_kind_is_told_from_the_content() -> None:
    assert read_bytes(pdf(SENTENCE), "notice.docx").kind == "pdf"
    assert read_bytes(SENTENCE.encode(), "notice.pdf").kind == "text"
    assert read_bytes(b"# Notice\n\nIt is *given*.", "notice.md").kind == "markdown"


def test_plain_text_under_the_name_of_a_word_file_is_said_to_be_that() -> None:
    (warning,) = read_bytes(SENTENCE.encode(), "notice.docx").warnings
    assert "notice.docx holds plain text" in warning
    assert read_bytes(SENTENCE.encode(), "notice.txt").warnings == ()


def test_copies_of_one_page_are_text_and_no_running_lines() -> None:
    page = "1. The Employer shall give the Union\n120 calendar days notice of each new system."
    document = read_bytes(pdf(page, page, page), "x.pdf")
    assert document.text.count("120 calendar days notice") == 3


def test_a_word_file_whose_only_words_are_a_footnote_is_read() -> None:
    body = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph(SENTENCE)}</w:footnote></w:footnotes>'
    document = read_bytes(word_file(body, parts={"footnotes": note}), "x.docx")
    assert [each.text for each in document.notes] == [SENTENCE.strip()]


def test_a_page_without_text_is_named() -> None:
    document = read_bytes(pdf(SENTENCE, "", SENTENCE), "x.pdf")
    assert any("Page 2 has no text layer" in warning for warning in document.warnings)


def test_progress_is_told_page_by_page() -> None:
    seen: list[tuple[str, int, int]] = []
    read_bytes(pdf(SENTENCE, SENTENCE), "x.pdf", progress=lambda *step: seen.append(step))
    assert seen == [("page", 1, 2), ("page", 2, 2)]


def test_another_language_is_named_and_read_all_the_same() -> None:
    document = read_pasted(
        "Article 5. L’employeur donne au syndicat un préavis écrit de cent vingt jours avant d’acheter un système "
        "automatisé qui touche le travail des salariés, et il répond à toutes les questions du syndicat."
    )
    assert document.language == "fr"
    assert document.warnings[0].startswith("This text seems to be in French. Proviso reads English;")
    assert document.provisions


def test_one_enormous_line_is_read() -> None:
    document = read_pasted(SENTENCE * 20_000)
    assert len(document.provisions) == 1


@settings(deadline=None)  # the model that tells languages apart is loaded with the first text that needs it
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        document = read_bytes(data, "x.bin")
    except UnreadableFile:
        return
    assert document.text


@given(st.text(max_size=300))
def test_no_pasted_text_breaks_the_reader(text: str) -> None:
    try:
        document = read_pasted(text)
    except UnreadableFile:
        return
    for provision in document.provisions:
        assert document.text[provision.start : provision.end] == provision.text


@pytest.mark.skipif(not REAL.exists(), reason="the real agreements are not beside this checkout")
def test_the_article_on_technology_is_found_in_a_real_agreement() -> None:
    document = read_file(next(REAL.glob("state-seiu*.txt")))
    numbers = [
        one.number
        for one in document.provisions
        if one.number and one.heading_path and "TECHNOLOGICAL" in one.heading_path[0]
    ]
    article = "Article 125 Section"
    assert numbers == [
        f"{article} 1", f"{article} 2", f"{article} 2(a)", f"{article} 2(b)", f"{article} 2(c)", f"{article} 2(d)",
        f"{article} 2(d)(1)", f"{article} 2(d)(2)",
    ]  # fmt: skip
    assert not any(re.search(r"\.{5}\s*\d+$", one.text) for one in document.provisions), "no line of the contents"
