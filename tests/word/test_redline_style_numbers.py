"""A number that comes with a style is the new file's after accepting, the old file's after rejecting."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.text.docx_reader import read_docx_blocks
from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from tests.factories.word_content import texts
from tests.factories.word_files import level, numbering, paragraph, word_file
from tests.factories.word_files import styles as style_sheet


def style(name: str, number: str = "", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    look = f"<w:pPr><w:numPr>{number}</w:numPr></w:pPr>" if number else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}{look}</w:style>'


def in_list(num: int, index: int = 0) -> str:
    return f'<w:ilvl w:val="{index}"/><w:numId w:val="{num}"/>'


OURS = {
    "styles": style_sheet(style("Heading1", in_list(1)) + style("Section", in_list(1, 1)) + style("Loose")),
    "numbering": numbering(
        level(0, "decimal", "Article %1.", '<w:pStyle w:val="Heading1"/>')
        + level(1, "decimal", "%2.", '<w:pStyle w:val="Section"/>')
    ),
}
THEIRS = {
    "styles": style_sheet(style("Heading1", in_list(1)) + style("Loose", in_list(1, 1))),
    "numbering": numbering(level(0, "upperRoman", "%1.") + level(1, "lowerLetter", "(%2)")),
}
PLAIN = {"styles": style_sheet(style("Heading1") + style("Section") + style("Loose"))}
BASED = {
    "styles": style_sheet(style("Heading1", in_list(1)) + style("Term", based_on="Heading1")),
    "numbering": OURS["numbering"],
}

NEW = [
    ("Heading1", "Notice"), ("Section", "Before use."), ("Section", "In writing."), ("Loose", "Signed."),
    ("Heading1", "Pay"), ("Section", "For each day."),
]  # fmt: skip
OLD = [("Heading1", "Notice"), ("Loose", "Before use."), ("Loose", "In good time."), ("Heading1", "Term")]


def a_file(lines: list[tuple[str, str]], parts: dict[str, str]) -> bytes:
    return word_file("".join(paragraph(words, style=name) for name, words in lines), parts=parts)


def numbers(data: bytes) -> list[tuple[str, str]]:
    return [(each.number, "".join(run.text for run in each.runs)) for each in read_docx_blocks(data)[0]]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (a_file(OLD, THEIRS), a_file(NEW, OURS)),
        (a_file(OLD, PLAIN), a_file(NEW, OURS)),
        (a_file(OLD, THEIRS), a_file(NEW, PLAIN)),
        (a_file(OLD, THEIRS), a_file([*NEW[:1], ("Term", "One year.")], BASED)),
        (a_file(OLD, OURS), a_file(NEW, OURS)),
    ],
    ids=["another list", "none before", "none after", "by the style below", "the same list"],
)
def test_numbers_by_style_are_right_both_ways(old: bytes, new: bytes, *, swapped: bool) -> None:
    if swapped:
        old, new = new, old
    data = redline_files(old, new)
    assert numbers(accept_all(data)) == numbers(new)
    assert numbers(reject_all(data)) == numbers(old)


def test_where_the_styles_number_alike_nothing_is_marked_for_it() -> None:
    data = redline_files(a_file(NEW, OURS), a_file([*NEW[:1], ("Section", "Added."), *NEW[1:]], OURS))
    assert texts(accept_all(data))[1] == "Added."
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"pPrChange" not in package.read("word/document.xml")
