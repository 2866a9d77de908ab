"""Automatic numbers as Word shows them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.text.docx_number_formats import format_number
from app.text.docx_reader import read_docx_blocks
from tests.factories.word_files import deleted, inserted, level, listed, numbering, paragraph, styles, word_file

LEGAL = (
    level(0, "upperRoman", "Article %1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(2, "lowerLetter", "(%3)")
)
DECIMAL = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerRoman", "(%3)")


def labels(data: bytes) -> list[str]:
    """The numbers of the paragraphs."""
    blocks, _ = read_docx_blocks(data)
    return [block.number for block in blocks]


def in_lists(*levels: int | str, definition: str = DECIMAL) -> list[str]:
    return labels(word_file("".join(listed("x", each) for each in levels), parts={"numbering": numbering(definition)}))


@pytest.mark.parametrize(
    ("count", "number_format", "shown"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (12, "decimalZero", "12"),
        (49, "upperRoman", "XLIX"),
        (4, "lowerRoman", "iv"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (22, "ordinal", "22nd"),
        (112, "ordinal", "112th"),
        (32, "cardinalText", "Thirty-two"),
        (121, "cardinalText", "One hundred twenty-one"),
        (20, "ordinalText", "Twentieth"),
        (12, "ordinalText", "Twelfth"),
        (3, "decimalEnclosedCircle", "③"),
        (3, "numberInDash", "- 3 -"),
        (7, "bullet", ""),
        (7, "none", ""),
        (7, "aiueo", "7"),
        (0, "upperRoman", "0"),
        (10**9, "cardinalText", "1000000000"),
    ],
)
def test_number_formats(count: int, number_format: str, shown: str) -> None:
    assert format_number(count, number_format) == shown


def test_levels_count_and_restart() -> None:
    assert in_lists(0, 1, 1, 2, 0, 1) == ["1.", "1.1", "1.2", "(i)", "2.", "2.1"]


def test_legal_style_shows_decimals() -> None:
    assert in_lists(0, 1, 2, 0, 1, definition=LEGAL) == ["Article I.", "1.1", "(a)", "Article II.", "2.1"]


def test_skipped_levels_count_as_begun() -> None:
    assert in_lists(1, 0, definition=DECIMAL) == ["1.1", "2."]


def test_bullets_have_no_number_and_leave_no_trace_in_deeper_ones() -> None:
    definition = level(0, "bullet", "•") + level(1, "decimal", "%1%2)")
    assert in_lists(0, 1, definition=definition) == ["", "1)"]


def test_restart_rules() -> None:
    never = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    assert in_lists(0, 1, 0, 1, definition=never) == ["1.", "(1)", "2.", "(2)"]
    after_first = (
        level(0, "decimal", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>')
    )
    assert in_lists(0, 1, 2, 1, 2, 0, 2, definition=after_first)[4] == "2."
    assert in_lists(0, 1, 2, 1, 2, 0, 2, definition=after_first)[6] == "1."


def test_lists_go_on_after_other_paragraphs_and_share_counters() -> None:
    nums = {
        1: '<w:abstractNumId w:val="0"/>',
        2: '<w:abstractNumId w:val="0"/>',
        3: '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>',
    }
    body = (
        listed("a") + paragraph("between") + listed("b", num=2) + listed("c", num=3) + listed("d", num=3) + listed("e")
    )
    data = word_file(body, parts={"numbering": numbering(DECIMAL, nums=nums)})
    assert labels(data) == ["1.", "", "2.", "7.", "8.", "9."]


def test_level_override_replaces_the_format() -> None:
    override = f'<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    data = word_file(listed("a") + listed("b"), parts={"numbering": numbering(DECIMAL, nums={1: override})})
    assert labels(data) == ["A)", "B)"]


def test_numbering_through_styles_and_switching_it_off() -> None:
    sheet = styles(
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="A"/></w:style>'
    )
    definition = level(0, "decimal", "%1.", '<w:pStyle w:val="A"/>') + level(
        1, "lowerLetter", "(%2)", '<w:pStyle w:val="C"/>'
    )
    off = paragraph("off", style="A", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = "".join(paragraph("x", style=each) for each in "ABC") + off + paragraph("x", style="A")
    assert labels(word_file(body, parts={"styles": sheet, "numbering": numbering(definition)})) == [
        "1.",
        "2.",
        "(a)",
        "",
        "3.",
    ]


def test_numbering_style_link() -> None:
    sheet = styles(
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbers = numbering('<w:numStyleLink w:val="L"/>', f'<w:styleLink w:val="L"/>{LEGAL}')
    assert labels(word_file(listed("x"), parts={"styles": sheet, "numbering": numbers})) == ["Article I."]


def test_circular_style_links_end() -> None:
    sheet = styles(
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:basedOn w:val="Q"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
    )
    numbers = numbering('<w:numStyleLink w:val="L"/>')
    data = word_file(listed("x") + paragraph("y", style="P"), parts={"styles": sheet, "numbering": numbers})
    assert labels(data) == ["", ""]


@pytest.mark.parametrize("where", ["<w:lvl/>", '<w:lvl w:ilvl="abc"/>', '<w:lvl w:ilvl="99"/>', ""])
def test_numbering_that_points_nowhere(where: str) -> None:
    data = word_file(listed("x", "abc") + listed("y", 3, 77), parts={"numbering": numbering(where)})
    assert labels(data) == ["", ""]


def test_tracked_paragraphs_count_in_their_own_view() -> None:
    body = listed("a") + listed(deleted("b"), mark="del") + listed(inserted("c"), mark="ins") + listed("d")
    body += listed(inserted("e"), mark="ins") + listed("f")
    blocks, _ = read_docx_blocks(word_file(body, parts={"numbering": numbering(DECIMAL)}))
    assert [block.number for block in blocks] == ["1.", "", "2.", "3.", "4.", "5."]
    assert [block.number_before for block in blocks] == ["1.", "2.", "", "3.", "", "4."]


def test_changed_numbering_counts_only_now() -> None:
    now = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    now += '<w:pPrChange w:id="9" w:author="Ann"><w:pPr/></w:pPrChange>'
    data = word_file(paragraph("a", properties=now) + listed("b"), parts={"numbering": numbering(DECIMAL)})
    blocks, _ = read_docx_blocks(data)
    assert [(block.number, block.number_before) for block in blocks] == [("1.", ""), ("2.", "1.")]


@pytest.mark.office
def test_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    # LibreOffice knows no w:isLgl, so the levels are those without it.
    definition = DECIMAL + level(3, "lowerRoman", "%4)") + level(4, "upperLetter", "%5.")
    data = word_file(
        "".join(listed(f"item{index}", each) for index, each in enumerate([0, 1, 2, 2, 3, 4, 4, 3, 1, 2, 0, 1, 3])),
        parts={"numbering": numbering(definition)},
    )
    (tmp_path / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    shown = [
        " ".join(line.split()) for line in (tmp_path / "a.txt").read_text("utf-8-sig").splitlines() if line.strip()
    ]
    blocks, _ = read_docx_blocks(data)
    assert shown == [re.sub(r"\s+", " ", f"{block.number} {block.runs[0].text}") for block in blocks]
