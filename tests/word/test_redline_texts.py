"""Real tracked changes: accepting all gives the new text, rejecting all the old one."""

from datetime import UTC, datetime
from typing import Any

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.document import Document, Provision
from app.word.redline.texts import redline_texts
from app.word.settle import accept_all, reject_all
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
