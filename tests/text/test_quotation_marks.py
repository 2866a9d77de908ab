"""Quotation marks: curled as a word processor curls them, straight again, and like those of another text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.quotation_marks import curled, straight, written_like

PAIRS = [
    ('"Worker Data" means data.', "“Worker Data” means data."),
    ('the "Committee" (the "Panel")', "the “Committee” (the “Panel”)"),
    ("an employee's work and employees' pay", "an employee’s work and employees’ pay"),
    ("the so-called 'pilot' phase", "the so-called ‘pilot’ phase"),
    ("\"'Pilot' use\"", "“‘Pilot’ use”"),
    ('first\n"Second" line', "first\n“Second” line"),
    ("nothing to mark", "nothing to mark"),
]


@pytest.mark.parametrize(("plain", "marked"), PAIRS)
def test_curled_and_straight_again(plain: str, marked: str) -> None:
    assert curled(plain) == marked
    assert straight(marked) == plain


@given(st.text(alphabet="ab \n\"'(“”’"))
def test_nothing_but_marks_changes(text: str) -> None:
    assert straight(curled(text)) == straight(text)
    assert len(curled(text)) == len(text)
    assert not set("\"'") & set(curled(text))


def test_ours_is_written_like_theirs() -> None:
    assert written_like('"It"', ["“Theirs” is", "more"]) == "“It”"
    assert written_like("“It”", ['"Theirs" is', "more"]) == '"It"'
    assert written_like("\"It's”", ["They have none."]) == "\"It's”"
    assert written_like('"It\'s"', ["“Theirs” is the Employer's."]) == "“It's”", "each kind by itself"
