"""Reading what a person searches for, and finding it in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.search_words import excerpt, marks_in, read_terms, stem_of


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("notice purchase", ["notice", "purchase"]),
        ("Notice NOTICES notice", ["Notice"]),  # one word in three shapes
        ("the right to object", ["right", "object"]),  # what stands everywhere tells nothing
        ("who is it", ["who", "is", "it"]),  # unless there is nothing else
        ('"working days" notice', ["working days", "notice"]),
        ("“to the union”", ["to the union"]),  # within quotation marks every word counts
        ('"', []),
        ("% _ -- '", []),
        ("", []),
    ],
)
def test_terms(words: str, terms: list[str]) -> None:
    assert [term.shown for term in read_terms(words)] == terms


def test_accents_apostrophes_and_case_make_no_difference() -> None:
    assert stem_of("Négotiating") == stem_of("negotiate") == "negoti"
    assert stem_of("Employer’s") == stem_of("employers") == stem_of("employer's")


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("notifying", ["notify"]),
        ("notify union", ["notify", "Union"]),
        ('"union before"', ["Union before"]),
        ('"before union"', []),
        ("notify the union", ["notify", "Union"]),
        ("unions’", ["Union"]),
        ("zebra", []),
    ],
)
def test_marks(words: str, marked: list[str]) -> None:
    text = "The Employer shall notify the Union before it buys."
    assert [text[each.start : each.end] for each in marks_in(text, read_terms(words))] == marked


@given(st.text(max_size=200), st.text(max_size=60))
def test_marks_lie_in_order_within_the_text(text: str, words: str) -> None:
    terms = read_terms(words)
    marks = marks_in(text, terms)
    ends = [0, *(at for mark in marks for at in (mark.start, mark.end)), len(text)]
    assert ends == sorted(ends)
    for mark in marks:
        assert marks_in(text[mark.start : mark.end], terms), "what is marked is no longer found on its own"


def test_an_excerpt_shows_the_first_mark_and_cuts_between_words() -> None:
    text = "word " * 200 + "needle " + "word " * 200
    start, end = excerpt(text, marks_in(text, read_terms("needle")))
    shown = text[start:end]
    assert "needle" in shown
    assert len(shown) <= 320
    assert text[start - 1] == text[end] == " "


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Short.", ()) == (0, 6)
