"""A clause may use names, two filters and a question about a choice. Everything else of Jinja2 is refused."""

from __future__ import annotations

import pytest

from app.errors import ClauseFileError
from app.library.templates import Unfilled, fill_template, in_words, money, template_uses


def test_names_filters_and_questions_are_found() -> None:
    uses = template_uses('{{ a }} {{ b | money }}{% if c == "x" %}{{ d }}{% elif c == "y" %}e{% else %}f{% endif %}')
    assert uses.names == {"a", "b", "c", "d"}
    assert uses.filtered == {("b", "money")}
    assert uses.compared == {("c", "x"), ("c", "y")}


@pytest.mark.parametrize(
    "template",
    [
        "{{ a.b }}",
        "{{ a['b'] }}",
        "{{ a() }}",
        "{{ ''.__class__ }}",
        "{{ a | upper }}",
        "{{ a | money(2) }}",
        "{{ 'x' | money }}",
        "{{ a + 1 }}",
        "{{ 7 }}",
        "{{ range(3) }}",
        "{% for x in a %}{% endfor %}",
        "{% set a = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{% if a %}b{% endif %}",
        "{% if a != 'x' %}b{% endif %}",
        "{% if a == b %}b{% endif %}",
        "{% if a == 1 %}b{% endif %}",
        "{% if a == 'x' == 'x' %}b{% endif %}",
        "{% if a == 'x' and b == 'y' %}c{% endif %}",
        "{{ a ~ b }}",
        "{{ a if b else c }}",
        "{{ a",
        "{% endif %}",
    ],
)
def test_everything_else_is_refused(template: str) -> None:
    with pytest.raises(ClauseFileError):
        template_uses(template)
    with pytest.raises(ClauseFileError):
        fill_template(template, {"a": 1, "b": 2, "c": 3})


def test_a_name_without_a_value_is_refused() -> None:
    with pytest.raises(ClauseFileError, match="declare the placeholder"):
        fill_template("{{ a }}", {})


def test_values_are_not_templates_themselves() -> None:
    assert fill_template("{{ a }}", {"a": "{{ b }}"}) == "{{ b }}"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (45, "forty-five"),
        (120, "one hundred twenty"),
        (2000, "two thousand"),
        (12_345, "twelve thousand three hundred forty-five"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_filters_leave_a_gap_alone() -> None:
    assert money(2000) == "$2,000"
    assert money(Unfilled("[Sum]")) == "[Sum]"
    assert in_words(Unfilled("[Days]")) == "[Days]"
