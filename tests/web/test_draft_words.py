"""What a reviewer reads of a form: every typed value, none of them as a bare id."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from app.library.clause_form import ClauseForm, PlaceholderRow, PrecedentRow, ProtectionRow, VariantRow
from app.library.draft_check import DraftProblem
from app.library.files import Library
from app.web.draft_form import differences, named_problems
from app.web.draft_words import field_in_words, with_element_ids

FORM = ClauseForm(
    topic="health_safety",
    sectors=("all", "health"),
    placeholders=(
        PlaceholderRow("days", "Days", "Ask.", "choice", "working days", "less", "2", "3", "5", "1", "9", "two\nthree"),
    ),
    protections=(ProtectionRow("ENF-9", "essential", "1", "2(a)", ""),),
    precedents=(PrecedentRow("EU-2", "An act says so.", "source", "yes"),),
    variants=(VariantRow("sector:health", "Other work.", "2: **Care.** The Employer shall care."),),
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("topic", "Health and safety"),
        ("sectors", "Every sector\nHealth and care"),
        ("protections", "zipper clauses (essential): opening 1, target 2(a), floor gives it up"),
        ("placeholders", "less is better for workers, opening 2, target 3, floor 5, at least 1, at most 9"),
        ("precedents", "tested at arbitration): An act says so."),
        ("variants", "Health and care. Other work.\n2: **Care.**"),
    ],
)
def test_a_field_in_words(library: Library, name: str, words: str) -> None:
    assert words in field_in_words(name, FORM, library.vocabulary)


@pytest.mark.parametrize("name", ["placeholders", "protections", "precedents", "variants"])
def test_every_change_of_a_row_is_a_difference_that_can_be_read(library: Library, name: str) -> None:
    (row,) = getattr(FORM, name)
    others = {"direction": "more", "weight": "helpful", "certainty": "press", "arbitrated": "no"}
    for each in fields(row):
        rows: Any = (replace(row, **{each.name: others.get(each.name, "Zebra")}),)
        changed = replace(FORM, **{name: rows})
        (found,) = differences(FORM, changed, library.vocabulary)
        assert found.old != found.new, each.name


def test_the_order_of_ticked_boxes_is_no_difference(library: Library) -> None:
    assert differences(FORM, replace(FORM, sectors=FORM.sectors[::-1]), library.vocabulary) == ()


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("ENF-9", "ENF-9"),
        ("enf-9", "ENF-9"),
        ("ENF-9 The article prevails", "ENF-9"),
        ("The article prevails over management rights and zipper clauses", "ENF-9"),
        ("no such thing", "no such thing"),
        ("", ""),
    ],
)
def test_a_protection_may_be_typed_in_words(library: Library, typed: str, id: str) -> None:
    form = with_element_ids(ClauseForm(protections=(ProtectionRow(typed),)), library.vocabulary.elements)
    assert form.protections[0].id == id


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("ENF-9, carried at the floor: no.", "Protections: ENF-9, carried at the floor: no."),
        ("It needs one.", "Protections: it needs one."),
    ],
)
def test_a_problem_keeps_the_capitals_of_an_id(message: str, named: str) -> None:
    assert named_problems([DraftProblem("protections", message, message)]) == [("protections", named)]
