"""Changes between two paragraphs, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.word_diff import Change, diff_words

VOCABULARY = ("the", "Employer", "shall", "may", "give", "notice", "of", "30", "45", "days,", ".", "(a)", "employee’s")
words = st.lists(st.sampled_from(VOCABULARY), max_size=25)
texts = words.map(" ".join) | st.text(max_size=40)


def shown(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (change.kind, old[change.old_start : change.old_end], new[change.new_start : change.new_end])
        for change in diff_words(old, new)
        if change.kind != "equal"
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes", "why"),
    [
        ("It shall end.", "It may end.", [("replace", "shall", "may")], "one word for another"),
        ("30 days of notice", "30 days", [("delete", " of notice", "")], "words at the end"),
        ("It ends.", "It never ends.", [("insert", "", " never")], "words in the middle"),
        (
            "notice to the Union before it buys",
            "meetings with the staff after it buys",
            [("replace", "notice to the Union before", "meetings with the staff after")],
            "a short common word between two changes is no island",
        ),
        ("the employee’s data", "the employee's data", [("replace", "employee’s", "employee's")], "another apostrophe"),
        ("", "All new.", [("insert", "", "All new.")], "from nothing"),
    ],
)
def test_changes_as_a_person_reads_them(old: str, new: str, changes: list[tuple[str, str, str]], why: str) -> None:
    assert shown(old, new) == changes, why


@given(texts, texts)
def test_applying_the_changes_gives_the_new_text(old: str, new: str) -> None:
    changes = diff_words(old, new)
    assert "".join(_side(change, old, new) for change in changes) == new
    assert "".join(old[change.old_start : change.old_end] for change in changes) == old


@given(texts, texts)
def test_stretches_follow_each_other_without_gap(old: str, new: str) -> None:
    changes = diff_words(old, new)
    for change, after in pairwise(changes):
        assert (change.old_end, change.new_end) == (after.old_start, after.new_start)
        assert change.kind == "equal" or after.kind == "equal", "two changes side by side are one"


@given(texts)
def test_a_text_is_equal_to_itself(text: str) -> None:
    assert all(change.kind == "equal" for change in diff_words(text, text))


def _side(change: Change, old: str, new: str) -> str:
    return old[change.old_start : change.old_end] if change.kind == "equal" else new[change.new_start : change.new_end]
