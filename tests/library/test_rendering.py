"""Filling placeholders, and the provisions that come of it."""

from __future__ import annotations

import pytest

from app.errors import InvalidInput, PlaceholderError
from app.library.front_matter import parse_clause
from app.library.rendering import check_value, render_position, rendered_markdown
from tests.factories.clause_source import CLAUSE

VERSION = parse_clause(CLAUSE, "short-notice")


def test_defaults_of_the_position_fill_the_text() -> None:
    provisions = render_position(VERSION, "opening")
    assert [each.number for each in provisions] == ["1", "2", "2(a)", "2(b)"]
    assert "180 calendar days" in provisions[0].text
    assert provisions[3].text == "pay $2,000 a day, at a hearing on site."
    assert provisions[3].lead_in == "If it does not, the Employer shall:"


def test_values_take_the_place_of_defaults() -> None:
    text = rendered_markdown(VERSION, "opening", {"days": "90", "fine": 1500, "place": "union hall"})
    assert "90 calendar days" in text
    assert "$1,500" in text
    assert "in the hall" in text


def test_a_gap_is_marked_or_refused() -> None:
    assert "[Sum for each day]" in rendered_markdown(VERSION, "floor")
    with pytest.raises(PlaceholderError, match="Sum for each day") as caught:
        render_position(VERSION, "floor", allow_unfilled=False)
    assert caught.value.name == "fine"


def test_the_wording_of_a_jurisdiction_and_of_a_sector_apply_together() -> None:
    sector = """  - sector: health
    why: Nurses act under a licence.
    provisions: {"1": "**Patients.** The Employer shall ask a nurse {{ days }} calendar days ahead."}
"""
    version = parse_clause(CLAUSE.replace("instrument: [article]", sector + "instrument: [article]"), "short-notice")
    assert version.variant_for("uk", "health") == "uk+health"
    assert (version.variant_for("us-private", "health"), version.variant_for("canada", "retail")) == ("health", "")
    provisions = render_position(version, "target", variant="uk+health")
    assert [each.number for each in provisions] == ["1", "2"]
    assert provisions[0].text.endswith("ask a nurse 120 calendar days ahead.")
    assert "binding after 120 calendar days" in provisions[1].text


@pytest.mark.parametrize(("place", "sum_"), [("uk", "£2,000"), ("germany", "€2,000"), ("nordics", "kr 2,000")])
def test_sums_are_written_in_the_money_of_the_place(place: str, sum_: str) -> None:
    plain = parse_clause(CLAUSE.replace("jurisdiction: uk", "jurisdiction: canada"), "short-notice")
    assert plain.variant_for(place, "health") == place  # no words differ, the money does
    assert f"pay {sum_} a day" in rendered_markdown(plain, "opening", variant=place)
    assert "pay $2,000 a day" in rendered_markdown(plain, "opening", variant="us-public")


def test_an_unknown_position_or_placeholder_is_refused() -> None:
    with pytest.raises(InvalidInput, match="opening, target, floor"):
        render_position(VERSION, "middle")
    with pytest.raises(PlaceholderError, match="weeks"):
        render_position(VERSION, "target", {"weeks": 3})


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("days", " 90 ", 90),
        ("fine", "$1,500", 1500),
        ("fine", "1,500", 1500),
        ("days", "", 120),
        ("place", "site", "site"),
    ],
)
def test_entries_that_people_make(name: str, raw: str, value: int | str) -> None:
    placeholder = VERSION.placeholder(name)
    assert placeholder is not None
    assert check_value(placeholder, raw, "target") == value


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("days", "29", "enter 30 to 365 calendar days"),
        ("days", "366", "out of bounds"),
        ("days", "-90", "no whole number"),
        ("days", "90.5", "no whole number"),
        ("days", "1,20", "no whole number"),
        ("days", "ninety", "no whole number"),
        ("days", "٩٠", "no whole number"),
        ("days", "9" * 5000, "no whole number"),
        ("fine", "6000", "enter 10 to 5,000 per day"),
        ("place", "car park", "choose one of site, union hall"),
    ],
)
def test_entries_that_are_refused(name: str, raw: str, said: str) -> None:
    placeholder = VERSION.placeholder(name)
    assert placeholder is not None
    with pytest.raises(PlaceholderError, match=said) as caught:
        check_value(placeholder, raw, "target")
    assert caught.value.name == name


PARTY = parse_clause(
    CLAUSE.replace(
        "  - name: fine",
        "  - {name: union, label: Union, help: Its name., type: party, direction: none}\n  - name: fine",
    ),
    "x",
).placeholder("union")


@pytest.mark.parametrize("raw", ["Local 12\n2. The Union waives", "**Local**", "[Local](x)", "{{ days }}", "x" * 201])
def test_a_name_cannot_bring_text_of_its_own(raw: str) -> None:
    assert PARTY is not None
    with pytest.raises(PlaceholderError):
        check_value(PARTY, raw)


def test_a_plain_name_is_taken() -> None:
    assert PARTY is not None
    assert check_value(PARTY, "  Dockers’ Local 12 (North) ") == "Dockers’ Local 12 (North)"
