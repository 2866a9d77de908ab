"""Defined terms: which words define one, and where a term is at home."""

from __future__ import annotations

import pytest

from app.library.definitions import defined_terms, term_homes, terms_without_home, uses_term
from app.library.files import Library
from app.library.front_matter import parse_clause
from tests.factories.clause_source import CLAUSE

HOME = parse_clause(
    CLAUSE.replace("topic: disclosure", "topic: definitions").replace(
        "The Employer shall give", "“Robot” means a machine. The Employer shall give"
    ),
    "home",
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("“Worker Data” means what the Employer holds about an employee.", {"Worker Data"}),
        (
            'In this Article, "Artificial Intelligence" or "AI" means software that learns.',
            {"Artificial Intelligence", "AI"},
        ),
        ("“Robot” in this Article includes an arm.", {"Robot"}),
        ("The Employer shall label it “made by a machine” and keep it.", set()),
        ("The word “robot” means nothing here.", set()),  # no capital, so no defined term
    ],
)
def test_a_definition_is_known_by_its_words(text: str, terms: set[str]) -> None:
    assert defined_terms([text]) == terms


def test_a_term_is_used_with_its_capitals_and_in_the_plural() -> None:
    assert uses_term(["The Employer shall list all Automated Systems."], "Automated System")
    assert uses_term(["Technologies are listed."], "Technology")
    assert not uses_term(["an automated system, Automated Systematics"], "Automated System")


def test_a_term_is_at_home_in_a_clause_on_definitions() -> None:
    other = parse_clause(
        CLAUSE.replace("The Employer shall give", "“Drone” means a machine. The Employer shall give"), "x"
    )
    assert term_homes([HOME, other]) == {"Robot": "short-notice"}


def test_a_required_term_without_a_home_is_named() -> None:
    needy = parse_clause(CLAUSE.replace("definitions: [Union]", "definitions: [Robot, Drone]"), "needy")
    assert terms_without_home([HOME, needy]) == {"Drone": ("short-notice",), "Union": ("short-notice",)}


def test_every_term_that_a_clause_requires_has_a_home(library: Library) -> None:
    assert terms_without_home(library.published) == {}
