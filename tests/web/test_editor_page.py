"""The proposal editor's fields, bounds and what is still open, from views made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.library.clause import Placeholder
from app.proposals.views import ArticleView, PlaceholderView, ProposalView, ProvisionView
from app.web.editor_page import bounds_words, build_editor_page

DAYS = Placeholder(
    name="notice_days",
    label="Days of notice",
    help="Count from the day the Union receives it.",
    type="integer",
    unit="calendar days",
    direction="more",
    minimum=30,
    maximum=1365,
)
VENDOR = Placeholder(name="vendor", label="Vendor", help="As the contract names it.", type="party")


def article(number: int, *placeholders: PlaceholderView, **changes: Any) -> ArticleView:
    values: dict[str, Any] = {
        "id": f"a{number}",
        "number": number,
        "title": "Notice",
        "clause_id": "notice-before-purchase",
        "clause_version": "1.0.0",
        "topic": "disclosure",
        "position": "target",
        "positions": ("opening", "target", "floor"),
        "placeholders": placeholders,
        "provisions": (ProvisionView("p1", "1", 0, "", "Ours.", "Theirs.", True, "", 1),),
        "protections": (),
        "fallback": (),
        "newer_version": "",
        "note": "",
        "revision": 1,
    }
    return ArticleView(**(values | changes))


def proposal(*articles: ArticleView, side: str = "union") -> ProposalView:
    return ProposalView(
        id="x",
        table_id="t",
        title="Technology",
        side=side,
        number=2,
        round_number=1,
        held_on=date(2026, 5, 19),
        employer="Gull Point Freight Handlers Inc.",
        union="Local 418",
        unit="Drivers",
        created_by="Rosa",
        created_at=datetime(2026, 5, 19, tzinfo=UTC),
        articles=articles,
    )


def days(value: int | None = 120) -> PlaceholderView:
    return PlaceholderView(DAYS, value, 120, is_default=value == 120)


def vendor(value: str | None = None) -> PlaceholderView:
    return PlaceholderView(VENDOR, value, None, is_default=False)


def test_what_is_open_is_named_with_its_article_and_leads_to_its_field() -> None:
    page = build_editor_page(proposal(article(1, days(), vendor()), article(2, days(None))))
    assert [(each.article, each.label) for each in page.open_fields] == [
        ("Article 1. Notice", "Vendor"),
        ("Article 2. Notice", "Days of notice"),
    ]
    assert page.open_fields[0].anchor == page.panels[0].fields[1].anchor


def test_a_refused_form_keeps_every_entry_and_says_what_is_wrong_where() -> None:
    page = build_editor_page(
        proposal(article(1, days(), vendor()), article(2, days())),
        article_id="a1",
        entered={"notice_days": "5", "vendor": "Acme & Co"},
        errors={"notice_days": "Days of notice: 5 is out of bounds."},
    )
    first, second = page.panels[0].fields
    assert (first.value, first.error) == ("5", "Days of notice: 5 is out of bounds.")
    assert first.described_by == f"{first.anchor}-error {first.anchor}-help"
    assert (second.value, second.error) == ("Acme & Co", "")
    assert page.panels[1].fields[0].value == "120"


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [
        (30, 1365, "30 to 1,365 calendar days. More is better for workers."),
        (30, None, "At least 30 calendar days. More is better for workers."),
        (None, 90, "At most 90 calendar days. More is better for workers."),
        (None, None, "More is better for workers."),
    ],
)
def test_bounds_are_said_in_words(minimum: int | None, maximum: int | None, words: str) -> None:
    placeholder = Placeholder(
        name="d",
        label="D",
        help="",
        type="integer",
        unit="calendar days",
        direction="more",
        minimum=minimum,
        maximum=maximum,
    )
    assert bounds_words(placeholder) == words


def test_the_ends_of_the_outline_cannot_move_further() -> None:
    panels = build_editor_page(proposal(article(1), article(2), article(3))).panels
    assert [(panel.first, panel.last) for panel in panels] == [(True, False), (False, False), (False, True)]
    assert panels[0].edited == 1


def test_a_proposal_of_the_employer_cannot_be_edited() -> None:
    assert not build_editor_page(proposal(article(1, positions=()), side="employer")).editable


def test_money_is_said_as_the_clause_prints_it() -> None:
    sum_ = Placeholder(
        name="s", label="S", help="", type="money", unit="per employee", direction="more", minimum=500, maximum=25000
    )
    assert bounds_words(sum_) == "$500 to $25,000 per employee. More is better for workers."
    field = build_editor_page(proposal(article(1, PlaceholderView(sum_, 2000, 2000, True)))).panels[0].fields[0]
    assert (field.prefix, field.value, field.default) == ("$", "2000", "$2,000 per employee")
