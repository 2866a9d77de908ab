"""Real tracked changes: accepting all gives the new text, rejecting all the old one."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from app.proposals.redline_docx import write_redline_docx
from app.text.document import Document, Provision

OLD = """Article 1. Notice before technology is bought
1.1 The Employer shall give the Union written notice at least 120 calendar days before it buys an Automated System.
1.2 The notice shall state the purpose, the vendor and the data.
1.3 The Employer shall not use the Automated System until bargaining is complete.
1.4 Disputes go to expedited arbitration."""
NEW = """Article 1. Notice before technology is introduced
1.1 The Employer will endeavor to give the Union written notice at least 30 calendar days before go-live.
1.2 The notice shall state the purpose, the vendor and the data.
1.3 Nothing in this Article requires the Employer to disclose trade secrets.
1.4 Disputes may be raised with Human Resources."""


def a_document(text: str) -> Document:
    heading = text.partition("\n")[0]
    provision = Provision("1.1", "", 0, 0, heading_path=(heading,))
    return Document("a.txt", "text", "0" * 64, text, (provision,))


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return parse_xml(package.read("word/document.xml"))


def settled(data: bytes, *, gone: str) -> str:
    """The text by Word's rules: what is `gone` vanishes, and a paragraph whose mark is gone joins the next one."""
    paragraphs, open_text = [], ""
    for paragraph in body(data).iter(qn("w:p")):
        for element in paragraph.iter(qn("w:t"), qn("w:delText"), qn("w:tab")):
            if element.getparent().tag == qn("w:r") and not any(
                parent.tag == qn(f"w:{gone}") for parent in element.iterancestors()
            ):
                open_text += "\t" if element.tag == qn("w:tab") else element.text
        marks = paragraph.findall(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{gone}')}")
        if not marks:
            paragraphs.append(open_text)
            open_text = ""
    assert open_text == "", "the last paragraph mark of a file has to stay"
    return "\n".join(paragraphs)


def test_accepting_gives_new_and_rejecting_gives_old() -> None:
    data = write_redline_docx(a_document(OLD), a_document(NEW))
    assert settled(data, gone="del") == NEW
    assert settled(data, gone="ins") == OLD


def test_changes_are_words_and_not_whole_paragraphs() -> None:
    root = body(write_redline_docx(a_document(OLD), a_document(NEW)))
    deleted = ["".join(text.text for text in change.iter(qn("w:delText"))) for change in root.iter(qn("w:del"))]
    assert "bought" in deleted
    assert "shall" in deleted
    assert not any("vendor" in text for text in deleted)


def test_changes_carry_side_date_and_ids_of_their_own() -> None:
    when = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
    changes = [*body(write_redline_docx(a_document(OLD), a_document(NEW), date=when)).iter(qn("w:ins"), qn("w:del"))]
    assert {change.get(qn("w:author")) for change in changes} == {"Union"}
    assert {change.get(qn("w:date")) for change in changes} == {"2026-05-20T09:30:00Z"}
    assert len({change.get(qn("w:id")) for change in changes}) == len(changes)


def test_without_a_date_none_is_made_up_and_the_bytes_repeat() -> None:
    data = write_redline_docx(a_document(OLD), a_document(NEW), author="Local 418")
    assert data == write_redline_docx(a_document(OLD), a_document(NEW), author="Local 418")
    assert qn("w:date") not in next(body(data).iter(qn("w:ins"))).attrib


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("one", "one\ntwo"),
        ("one\ntwo", "one"),
        ("one\nalpha beta gamma", "one\nentirely other words here"),
        ("", "a whole text\nof two lines"),
        ("a whole text\nof two lines", ""),
        ("zzz", "aaa\nbbb"),
        ("", ""),
        ("same\n\nsame", "same\n\n\nsame"),
        ("tab\there", "tab\tthere\u2003 and <tags> & more"),
    ],
)
def test_ends_of_the_text_are_right_both_ways(old: str, new: str) -> None:
    data = write_redline_docx(a_document(old), a_document(new))
    assert settled(data, gone="del") == new
    assert settled(data, gone="ins") == old


WORDS = st.sampled_from(
    [
        "the",
        "Employer",
        "shall",
        "may",
        "notify",
        "before",
        "after",
        "120",
        "30",
        "days,",
        "(a)",
        "1.1",
        "data;",
        "sole",
    ]
)
LINES = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=7).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_any_two_texts_come_out_right_both_ways(old: str, new: str) -> None:
    data = write_redline_docx(a_document(old), a_document(new))
    assert settled(data, gone="del") == new
    assert settled(data, gone="ins") == old
