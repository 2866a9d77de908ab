"""Real tracked changes: accepting all gives the new text, rejecting all the old one."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.document import Document, Provision
from app.text.reading import read_pasted
from app.word.caucus_mark import COPY_MARK, marked
from app.word.redline.engine import NO_CHANGE
from app.word.redline.texts import redline_texts, title_of
from app.word.settle import accept_all, reject_all
from app.word.table_safe import make_table_safe
from tests.factories.word_content import part, texts

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
    return part(data, "word/document.xml")


def settled(data: bytes) -> tuple[str, str]:
    """The text with all changes rejected, and with all accepted."""
    return "\n".join(texts(reject_all(data))), "\n".join(texts(accept_all(data)))


def test_accepting_gives_new_and_rejecting_gives_old() -> None:
    data = redline_texts(a_document(OLD), a_document(NEW))
    assert settled(data) == (OLD, NEW)


def test_changes_are_words_and_not_whole_paragraphs() -> None:
    root = body(redline_texts(a_document(OLD), a_document(NEW)))
    deleted = ["".join(text.text for text in change.iter(qn("w:delText"))) for change in root.iter(qn("w:del"))]
    assert "bought" in deleted
    assert "shall" in deleted
    assert not any("vendor" in text for text in deleted)


def test_changes_carry_side_date_and_ids_of_their_own() -> None:
    when = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
    changes = [*body(redline_texts(a_document(OLD), a_document(NEW), date=when)).iter(qn("w:ins"), qn("w:del"))]
    assert {change.get(qn("w:author")) for change in changes} == {"Union"}
    assert {change.get(qn("w:date")) for change in changes} == {"2026-05-20T09:30:00Z"}
    assert len({change.get(qn("w:id")) for change in changes}) == len(changes)


def test_without_a_date_none_is_made_up_and_the_bytes_repeat() -> None:
    data = redline_texts(a_document(OLD), a_document(NEW), author="Local 418")
    assert data == redline_texts(a_document(OLD), a_document(NEW), author="Local 418")
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
    data = redline_texts(a_document(old), a_document(new))
    assert settled(data) == (old, new)


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
    data = redline_texts(a_document(old), a_document(new))
    assert settled(data) == (old, new)


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def test_title_header_and_page_numbers_and_the_gate_leaves_them() -> None:
    title = title_of("Employer Counter 1 - final", "Union Proposal 2: Technology")
    data = redline_texts(a_document(OLD), a_document(NEW), title=title)
    for file in (opened(data), opened(make_table_safe(data, keep_tracked=True, author="Union"))):
        section = file.sections[0]
        assert file.core_properties.title == title
        assert [each.text for each in section.header.paragraphs] == [title]
        fields = [each.get(qn("w:instr")).strip() for each in section.footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    above = [each.text for each in opened(marked(data)).sections[0].header.paragraphs]
    assert above == [COPY_MARK, title]


HEADED = """ARTICLE 5. TECHNOLOGY

5.1 Notice

(a) The Employer shall give the Union 30 days' notice.

(b) Notice is in writing.

ARTICLE 6. DATA

6.1 The Employer shall collect no data."""


def levels(data: bytes) -> list[tuple[str, str]]:
    return [(each.text, each.style.name) for each in opened(data).paragraphs if each.style.name.startswith("Heading")]


def test_headings_begin_at_the_first_level_however_they_are_written() -> None:
    old = read_pasted(HEADED, "old")
    assert old.provisions[0].heading_path[0] == "Article 5. TECHNOLOGY", "not as it is written"
    new = read_pasted(HEADED.replace("30 days", "60 days"), "new")
    assert levels(accept_all(redline_texts(old, new))) == [
        ("ARTICLE 5. TECHNOLOGY", "Heading 1"), ("5.1 Notice", "Heading 2"), ("ARTICLE 6. DATA", "Heading 1"),
    ]  # fmt: skip


def test_no_level_is_left_out_and_a_line_has_one_level_in_both_texts() -> None:
    def headed(*path: str) -> Document:
        text = "\n".join([path[-1], "1. Words."])
        return Document("a", "text", "0" * 64, text, (Provision("1", "Words.", 0, 0, heading_path=path),))

    deep, flat = headed("Not in the text", "Nor this", "Remedies"), headed("Remedies")
    for old, new in ((deep, flat), (flat, deep), (deep, deep)):
        data = redline_texts(old, new)
        assert levels(data) == [("Remedies", "Heading 1")]
        assert not list(body(data).iter(qn("w:pPrChange")))


def test_two_equal_texts_are_told_and_written_all_the_same() -> None:
    told: list[str] = []
    data = redline_texts(a_document(OLD), a_document(OLD), tell=told.append)
    assert told == [NO_CHANGE]
    assert settled(data) == (OLD, OLD)
    redline_texts(a_document(OLD), a_document(NEW), tell=told.append)
    assert told == [NO_CHANGE]
