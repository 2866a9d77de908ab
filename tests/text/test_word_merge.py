"""Two changes of one paragraph brought together, or left to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.word_merge import merge_words

BASE = "The Employer shall give the Union notice 120 calendar days before it uses a system."


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE, "Another text.", "Another text."),
        ("Our text.", BASE, "Our text."),
        (
            BASE.replace("120", "150"),
            BASE.replace("a system", "or buys a system"),
            "The Employer shall give the Union notice 150 calendar days before it uses or buys a system.",
        ),
        (BASE.replace("120", "150"), BASE.replace("120", "150"), BASE.replace("120", "150")),  # both the same
        (BASE.replace("120", "150"), BASE.replace("120", "90"), None),  # the same words in two ways
        (BASE + " At once.", BASE + " In writing.", None),  # both at the same place
        ("", BASE.replace("120", "90"), None),
    ],
)
def test_merging(ours: str, theirs: str, merged: str | None) -> None:
    assert merge_words(BASE, ours, theirs) == merged


_WORDS = ["notice", "union", "shall", "may", "days", ",", ".", "90", "120"]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)


@given(_TEXTS, _TEXTS, _TEXTS)
def test_it_does_not_matter_who_is_called_ours(base: str, one: str, other: str) -> None:
    assert merge_words(base, one, other) == merge_words(base, other, one)


@given(_TEXTS, _TEXTS)
def test_one_change_alone_is_that_change(base: str, changed: str) -> None:
    assert merge_words(base, changed, base) == changed
    assert merge_words(base, changed, changed) == changed
