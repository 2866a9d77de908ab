"""Footnotes, endnotes, headers and footers: numbered as Word numbers them, and nothing of them lost in silence."""

from __future__ import annotations

import pytest

from app.text.document import Document
from app.text.reading import read_bytes
from tests.factories.word_files import NAMESPACES, WHO, deleted, inserted, paragraph, run, word_file


def mark(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(*texts: str, kind: str = "footnote") -> str:
    """A part with notes of ids from 2."""
    inner = "".join(
        f'<w:{kind} w:id="{number}">{text if text.startswith("<") else paragraph(text)}</w:{kind}>'
        for number, text in enumerate(texts, 2)
    )
    return f"<w:{kind}s {NAMESPACES}>{inner}</w:{kind}s>"


def settings(stated: str) -> str:
    return f"<w:settings {NAMESPACES}>{stated}</w:settings>"


def section(stated: str = "") -> str:
    """An empty paragraph that ends a section."""
    return f"<w:p><w:pPr><w:sectPr>{stated}</w:sectPr></w:pPr></w:p>"


def read(body: str, **parts: str) -> Document:
    return read_bytes(word_file(body, parts=parts), "a.docx")


def numbers(body: str, count: int, **parts: str) -> list[str]:
    document = read(body, footnotes=notes(*"abcdefgh"[:count]), **parts)
    return [note.number for note in document.notes]


def line(*ids: int) -> str:
    return paragraph(run("Pay") + "".join(map(mark, ids)))


@pytest.mark.parametrize(
    ("body", "stated", "shown"),
    [
        (line(2, 3), "", ["1", "2"]),
        (line(2, 3), '<w:numStart w:val="5"/>', ["5", "6"]),
        (line(2, 3), '<w:numFmt w:val="lowerLetter"/>', ["a", "b"]),
        (line(2) + section() + line(3), "", ["1", "2"]),
        (line(2) + section() + line(3), '<w:numRestart w:val="eachSect"/>', ["1", "1"]),
        (line(2) + section() + line(3), '<w:numStart w:val="4"/><w:numRestart w:val="eachSect"/>', ["4", "4"]),
    ],
)
def test_notes_are_numbered_as_the_settings_say(body: str, stated: str, shown: list[str]) -> None:
    assert numbers(body, 2, settings=settings(f"<w:footnotePr>{stated}</w:footnotePr>")) == shown


def test_a_section_may_number_its_notes_otherwise() -> None:
    roman = '<w:footnotePr><w:numFmt w:val="upperRoman"/><w:numStart w:val="3"/></w:footnotePr>'
    anew = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    body = line(2) + section(roman) + line(3) + section() + line(4) + section(anew)
    assert numbers(body, 3) == ["III", "4", "1"]


def test_numbers_that_depend_on_the_page_are_told() -> None:
    by_page = settings('<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>')
    document = read(line(2), footnotes=notes("a"), settings=by_page)
    assert any("anew on each page" in warning for warning in document.warnings)
    assert not any("each page" in warning for warning in read(line(2), footnotes=notes("a")).warnings)


def test_a_comment_in_a_note_is_kept_at_the_mark_of_the_note() -> None:
    noted = paragraph(f'<w:commentRangeStart w:id="0"/>{run("Since 2020.")}<w:commentRangeEnd w:id="0"/>')
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0" {WHO}>{paragraph("Check.")}</w:comment></w:comments>'
    document = read(line(2), footnotes=notes(noted), comments=comments)
    assert [(each.text, each.start, each.end) for each in document.comments] == [("Check.", 3, 3)]
    assert document.warnings == ()


def test_notes_that_no_mark_shows_are_told() -> None:
    """Their marks are deleted, hidden and lost; the lines that set notes apart are no notes."""
    gone = f'<w:del w:id="1" {WHO}>{mark(2)}</w:del>'
    hidden = mark(3).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    rule = f'<w:footnote w:type="separator" w:id="0">{paragraph("rule")}</w:footnote>'
    part = notes("Struck out.", "Hidden.", "Lost.", "Seen.").replace("<w:footnote ", f"{rule}<w:footnote ", 1)
    document = read(paragraph(run("Pay") + gone + hidden + mark(5)), footnotes=part)
    (warning,) = [each for each in document.warnings if "without a mark" in each]
    assert "(“Struck out.”; “Hidden.”; “Lost.”)" in warning
    assert [(note.number, note.text) for note in document.notes] == [("1", "Seen.")]


def test_tracked_changes_in_notes_and_headers_are_told() -> None:
    changed = paragraph(run("In ") + deleted("60") + inserted("30") + run(" days."))
    header = f"<w:hdr {NAMESPACES}>{paragraph(deleted('Draft ') + run('Round 3'))}</w:hdr>"
    document = read(line(2), footnotes=notes(changed), header=header)
    (warning,) = document.warnings
    assert document.notes[0].text == "In 30 days."
    assert document.margins == ("Round 3",)
    assert "footnote 1, before: “In 60 days.”; a header or footer, before: “Draft Round 3”" in warning


def test_hidden_words_in_notes_and_headers_are_told() -> None:
    secret = paragraph(run("seen ") + run("secret", "<w:vanish/>"))
    header = f"<w:hdr {NAMESPACES}>{secret.replace('secret', 'covert')}</w:hdr>"
    document = read(paragraph(run("Pay") + mark(2, "endnote")), endnotes=notes(secret, kind="endnote"), header=header)
    (warning,) = document.warnings
    assert "(endnote i: “secret”; a header or footer: “covert”)" in warning
    assert document.notes[0].text == "seen"
