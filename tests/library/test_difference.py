"""What changed between two versions: provisions paired by their words, and everything around them."""

from __future__ import annotations

import pytest

from app.library.difference import pair_provisions, provision_differences
from app.library.front_difference import front_differences
from app.library.front_matter import parse_clause
from app.library.vocabulary import load_vocabulary
from app.text.document import Provision
from tests.factories.clause_source import CLAUSE, ROOT

NOTICE = "The Employer shall give the Union written notice before it buys a system."
PAY = "The Employer shall pay each employee for the hours of training."
LOGS = "Decision logs are kept for two years and handed over within ten days."


def text(*provisions: str) -> list[Provision]:
    return [Provision(str(place), words, 0, len(words)) for place, words in enumerate(provisions, start=1)]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([NOTICE, PAY], [NOTICE, PAY], [("1", "1"), ("2", "2")]),
        ([NOTICE, PAY], [LOGS, NOTICE, PAY], [("", "1"), ("1", "2"), ("2", "3")]),  # one came in before
        ([NOTICE, LOGS, PAY], [NOTICE, PAY], [("1", "1"), ("2", ""), ("3", "2")]),  # one went out between
        ([NOTICE, PAY, LOGS], [LOGS, NOTICE, PAY], [("3", "1"), ("1", "2"), ("2", "3")]),  # one was moved
        ([NOTICE], [NOTICE.replace("buys", "orders"), PAY], [("1", "1"), ("", "2")]),  # one changed
        ([NOTICE], [LOGS], [("", "1"), ("1", "")]),  # two that have nothing in common are two
        ([], [NOTICE], [("", "1")]),
        ([NOTICE], [], [("1", "")]),
        ([], [], []),
    ],
)
def test_pairing(old: list[str], new: list[str], pairs: list[tuple[str, str]]) -> None:
    found = pair_provisions(text(*old), text(*new))
    assert [(one.number if one else "", other.number if other else "") for one, other in found] == pairs


def test_a_moved_provision_tells_its_old_number() -> None:
    found = provision_differences(text(NOTICE, PAY), text(PAY))
    assert [(each.old_number, each.number, each.is_changed, each.is_renumbered) for each in found] == [
        ("1", "1", True, False),
        ("2", "1", False, True),
    ]


def test_words_are_compared_within_a_provision() -> None:
    (found,) = provision_differences(text(NOTICE), text(NOTICE.replace("buys", "orders")))
    assert [found.old[each.old_start : each.old_end] for each in found.changes if each.kind != "equal"] == ["buys"]


def test_what_changed_around_the_text_is_named() -> None:
    vocabulary = load_vocabulary(ROOT / "clauses")
    old = parse_clause(CLAUSE, "old")
    new = parse_clause(
        CLAUSE.replace("maximum: 365", "maximum: 200")
        .replace("weight: important", "weight: essential")
        .replace("jurisdictions: [us-private, uk]", "jurisdictions: [us-private, uk, canada]")
        .replace("name: place", "name: venue")
        .replace("{% if place", "{% if venue")
        .replace("definitions: [Union]", "definitions: [Union, Automated System]")
        .replace("intend this", "mean this"),
        "new",
    )
    found = {(each.group, each.name): (each.old, each.new) for each in front_differences(old, new, vocabulary)}
    assert set(found) == {
        ("Jurisdictions", ""),
        ("Terms it needs", ""),
        ("Figure", "Days of notice"),
        ("Figure", "Where hearings are held"),
        ("Protection", vocabulary.element_label("ENF-5")),
        ("Other wording", "United Kingdom"),
    }
    assert "up to 365" in found["Figure", "Days of notice"][0]
    assert "up to 200" in found["Figure", "Days of notice"][1]
    protection = found["Protection", vocabulary.element_label("ENF-5")]
    assert protection == ("important, in opening 2(b), target 2(b)", "essential, in opening 2(b), target 2(b)")
    assert front_differences(old, old, vocabulary) == ()


def test_a_figure_that_left_and_one_that_came_are_two() -> None:
    vocabulary = load_vocabulary(ROOT / "clauses")
    new = parse_clause(CLAUSE.replace("name: place", "name: venue").replace("{% if place", "{% if venue"), "new")
    found = front_differences(parse_clause(CLAUSE, "old"), new, vocabulary)
    assert [(bool(each.old), bool(each.new)) for each in found] == [(False, True), (True, False)]
