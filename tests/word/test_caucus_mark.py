"""The mark stands above every page of every section, and no file with it is taken for one for the other side."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from app.text.docx_names import R, W
from app.text.reading import read_bytes
from app.word.caucus_mark import COPY_MARK, REPORT_MARK, is_caucus_copy, marked
from tests.factories.comments_read_back import header_texts
from tests.factories.word_files import NAMESPACES, paragraph, run, word_file


def header(text: str) -> str:
    return f"<w:hdr {NAMESPACES}>{paragraph(text)}</w:hdr>"


def section(*kinds: tuple[str, str], inner: str = "<w:titlePg/>") -> str:
    references = "".join(f'<w:headerReference w:type="{kind}" r:id="{target}"/>' for kind, target in kinds)
    return f"<w:sectPr>{references}{inner}</w:sectPr>"


def main(*sections: str) -> str:
    """A document in which each section but the last ends in a paragraph of its own."""
    *inner, last = sections
    body = "".join(f"<w:p><w:pPr>{each}</w:pPr>{run('Words.')}</w:p>" for each in inner) + paragraph("The end.") + last
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


RELATIONS = "".join(
    f'<Relationship Id="h{number}" Type="{R}/header" Target="header{number}.xml"/>' for number in (1, 2, 3)
)
PARTS: dict[str, str | bytes] = {f"word/header{number}.xml": header(f"Header {number}") for number in (1, 2, 3)}


@pytest.mark.parametrize(
    "sections",
    [
        (section(),),
        (section(("default", "h1")),),
        (section(("first", "h1"), ("even", "h2"), ("default", "h3")),),
        (section(("default", "h1")), section(("first", "h2")), section(("even", "h3"))),
        (section(), section(("default", "h1"), ("first", "h1"))),
        (section(("default", "nowhere"), ("first", "h1")),),
        ("",),
    ],
)
def test_every_header_of_every_section_is_marked_once(sections: tuple[str, ...]) -> None:
    data = word_file(main=main(*sections), parts=PARTS, relations=RELATIONS)
    made = marked(data)
    shown = header_texts(made)
    assert len(shown) >= 3
    assert all(each.count(COPY_MARK) == 1 for each in shown)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    first = next(root.iter(f"{{{W}}}sectPr"))
    kinds = {each.get(f"{{{W}}}type") for each in first.iter(f"{{{W}}}headerReference")}
    assert kinds == {"default", "first", "even"}, "later sections take what they lack from the first"
    for words in ("Header 1", "Header 2", "Header 3"):
        assert any(words in each for each in shown) == any(f'"h{words[-1]}"' in each for each in sections)
    assert read_bytes(made, "x.docx").text == read_bytes(data, "x.docx").text
    assert is_caucus_copy(made)
    assert not is_caucus_copy(data)


@pytest.mark.parametrize(("before", "after"), [("720", "500"), ("400", "340"), ("300", "300"), ("-5", "-5")])
def test_what_stands_below_the_mark_stays_where_it_is(before: str, after: str) -> None:
    margins = f'<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="{before}"/>'
    made = marked(word_file(main=main(section(inner=margins)), parts=PARTS, relations=RELATIONS))
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    (found,) = root.iter(f"{{{W}}}pgMar")
    assert (found.get(f"{{{W}}}header"), found.get(f"{{{W}}}top")) == (after, "1440")


def test_a_header_that_is_no_xml_is_replaced() -> None:
    data = word_file(main=main(section(("default", "h1"))), parts={"word/header1.xml": "<w:hdr"}, relations=RELATIONS)
    assert all(each == COPY_MARK for each in header_texts(marked(data)))


@pytest.mark.parametrize("mark", [COPY_MARK, REPORT_MARK, COPY_MARK.lower(), COPY_MARK.replace(" ", "  ")])
def test_the_mark_is_known_however_its_words_are_cut(mark: str) -> None:
    half = len(mark) // 2
    cut = f"<w:hdr {NAMESPACES}>{paragraph(run(mark[:half]) + run(mark[half:]))}</w:hdr>"
    parts: dict[str, str | bytes] = {"word/header1.xml": cut}
    assert is_caucus_copy(word_file(main=main(section(("default", "h1"))), parts=parts, relations=RELATIONS))


@pytest.mark.parametrize(
    "words", ["Caucus copy", "CONFIDENTIAL:  NOT FOR THE OTHER SIDE", "For the Union\u2019s caucus only."]
)
def test_what_is_left_of_a_mark_is_enough(words: str) -> None:
    data = word_file(
        main=main(section(("default", "h1"))), parts={"word/header1.xml": header(words)}, relations=RELATIONS
    )
    assert is_caucus_copy(data)


def test_a_header_that_says_confidential_is_no_mark() -> None:
    words = "CONFIDENTIAL: Employer Counter 2, for the Union and its counsel"
    data = word_file(
        main=main(section(("default", "h1"))), parts={"word/header1.xml": header(words)}, relations=RELATIONS
    )
    assert not is_caucus_copy(data)
