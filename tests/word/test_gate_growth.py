"""The gate's time grows no faster than the text, whatever the text is made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from app.word.redline.engine import redline_files
from app.word.table_safe import make_table_safe
from tests.factories.drafts import draft, edited, written
from tests.factories.word_files import NAMESPACES, R, listed, paragraph, run, styles, word_file

MOST = 20  # times the time for eight times the text; it would be 64 if time grew with the square


def redlined(count: int) -> bytes:
    blocks = draft(count // 12)
    return redline_files(written(blocks, noise=1), written(edited(blocks, count // 6), noise=2))


def fields_without_end(count: int) -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return word_file("".join(paragraph(begin + run("words")) for _ in range(count)))


def headers_of_first_pages(count: int) -> bytes:
    header = f"<w:hdr {NAMESPACES}>{paragraph('above')}</w:hdr>"
    references = '<w:headerReference w:type="first" r:id="h"/>' * count
    sections = [references, *[""] * count]
    return word_file(
        "".join(paragraph("words", properties=f"<w:sectPr>{each}</w:sectPr>") for each in sections),
        parts={"word/h.xml": header},
        relations=f'<Relationship Id="h" Type="{R}/header" Target="h.xml"/>',
    )


def list_styles_that_hold_each_other(count: int) -> bytes:
    sheet = "".join(
        f'<w:style w:type="numbering" w:styleId="L{index}"><w:name w:val="Floor {index}"/><w:pPr><w:numPr>'
        f'<w:numId w:val="{index + 1}"/></w:numPr></w:pPr></w:style>'
        for index in range(count)
    )
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:numStyleLink w:val="L{index + 1}"/></w:abstractNum>'
        for index in range(count)
    )
    lists = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(count)
    )
    numbering = f"<w:numbering {NAMESPACES}>{definitions}{lists}</w:numbering>"
    return word_file(paragraph("words"), parts={"styles": styles(sheet), "numbering": numbering})


def lists_of_their_own(count: int) -> bytes:
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:lvl w:ilvl="0"><w:lvlText w:val="Article %1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:lvlText w:val="Words %2"/></w:lvl></w:abstractNum>'
        for index in range(count)
    )
    lists = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(count)
    )
    numbering = f"<w:numbering {NAMESPACES}>{definitions}{lists}</w:numbering>"
    body = "".join(listed("words", num=index + 1) for index in range(count))
    return word_file(body, parts={"numbering": numbering})


def seconds(data: bytes) -> float:
    """The processor's time, the best of three."""
    took = []
    for _ in range(3):
        start = time.process_time()
        make_table_safe(data, keep_tracked=True)
        took.append(time.process_time() - start)
    return min(took)


@pytest.mark.parametrize(
    ("made", "count"),
    [
        (redlined, 120),
        (fields_without_end, 500),
        (headers_of_first_pages, 250),
        (list_styles_that_hold_each_other, 250),
        (lists_of_their_own, 150),
    ],
)
def test_eight_times_the_text_takes_about_eight_times_the_time(made: Callable[[int], bytes], count: int) -> None:
    assert seconds(made(8 * count)) <= MOST * seconds(made(count))
