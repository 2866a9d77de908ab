"""Packages on the page of a counter: at the top, and at the head of each clause's findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.analysis.results import Backing, ClauseReference, Evidence, Finding, PackagePoint, PackageView
from app.proposals.assemble import add_clause
from app.proposals.comparison import get_comparison
from app.proposals.proposal import create_proposal
from app.proposals.tables import ComparisonRecord
from app.proposals.views import ComparisonView
from app.web.counter_filters import Filters
from app.web.counter_page import CounterPage, build_counter_page
from app.web.finding_card import Review

NOTICE = ClauseReference("notice", "1.0.0", "target", "Notice")
TRAINING = ClauseReference("training", "1.0.0", "target", "Training")
COUNTER = """Article 1. Notice

1. Written notice. The Employer will endeavor to inform employees within 30 calendar days of the deployment of
newly purchased tools, where <script>alert("1")</script> practicable.

2. Waiver. The Union waives any right to bargain over technology during the term of this Agreement.
"""


def finding(clause: ClauseReference | None, text: str) -> Finding:
    return Finding("weakened", False, "high", 0.9, clause, None, text, "", (), None, Evidence("1", 0, 4, "text"))


def view(clause: ClauseReference, *places: int, points: int = 1) -> PackageView:
    worse = tuple(PackagePoint(f"Worse {number}.", (), places) for number in range(points))
    behind = (Backing("bargaining", "the duty to bargain", "lost", places),)
    return PackageView(clause, "weaker", "Weaker as a whole", "A reason.", False, (), worse, (), (), behind, ())


REVIEWS = [
    Review("a", finding(TRAINING, "one"), number=1),
    Review("b", finding(NOTICE, "two"), number=2),
    Review("c", finding(None, "three"), decision="agreed", number=3),
]


def test_a_finding_is_linked_by_its_number_though_others_are_not_on_the_page() -> None:
    """Clauses that a draft does not touch have numbers in the run and no card; whoever counts cards links too far."""
    reviews = [Review("a", finding(NOTICE, "one"), number=1), Review("b", finding(NOTICE, "two"), number=4)]
    built = build_counter_page(reviews, [], filters=Filters(), packages=[view(NOTICE, 3), view(TRAINING, 1)])
    assert built.packages[0].points[0].findings == ((4, "b"),)
    assert built.packages[1].points[0].findings == ()


def page(**filters: str) -> CounterPage:
    return build_counter_page(REVIEWS, [], filters=Filters(**filters), packages=[view(NOTICE, 1), view(TRAINING, 0)])


def test_findings_stand_under_their_clauses_and_what_has_none_comes_last() -> None:
    groups = page(order="clauses").groups
    assert [group.package.title if group.package else "" for group in groups] == [
        "Notice, target position", "Training, target position", "",
    ]  # fmt: skip
    assert [[card.id for card in group.cards] for group in groups] == [["b"], ["a"], ["c"]]
    assert [card.id for card in page(order="clauses").cards] == ["b", "a", "c"]


def test_in_any_other_order_the_cards_are_one_list() -> None:
    (group,) = page().groups
    assert group.package is None
    assert [card.id for card in group.cards] == ["a", "b", "c"]
    assert len(page().packages) == 2


def test_a_point_leads_to_its_finding_only_where_the_page_shows_it() -> None:
    assert page().packages[0].points[0].findings == ((2, "b"),)
    assert page(decision="agreed").packages[0].points[0].findings == ()


def test_a_long_list_is_cut_and_says_so() -> None:
    built = build_counter_page(REVIEWS, [], packages=[view(NOTICE, 1, points=8)])
    assert (len(built.packages[0].points), built.packages[0].more) == (3, 5)


# --- in the browser ---


@pytest.fixture
def stored(
    browser: TestClient, form_token: Callable[[TestClient], str], session: Session, rosa: Person, table_id: str
) -> ComparisonView:
    """A counter to a proposal of one clause, handed in through the form."""
    made = create_proposal(session, rosa, table_id, "Technology")
    add_clause(session, rosa, made.id, "notice-before-technology")
    session.commit()
    fields: dict[str, Any] = {"csrf_token": form_token(browser), "pasted": COUNTER, "against": made.id}
    answer = browser.post(f"/tables/{table_id}/counters", data=fields)
    session.rollback()
    return get_comparison(session, rosa, answer.headers["Location"].removeprefix("/comparisons/"))


@pytest.mark.parametrize("query", ["", "?order=clauses", "?order=articles", "?order=clauses&status=missing"])
def test_every_link_of_the_page_leads_somewhere_on_it(query: str, browser: TestClient, stored: ComparisonView) -> None:
    shown = browser.get(f"/comparisons/{stored.id}{query}").text
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)
    assert "<script>alert" not in shown


def test_the_judgment_stands_at_the_top_and_at_the_head_of_the_clause(
    browser: TestClient, stored: ComparisonView
) -> None:
    (package,) = stored.result.packages
    assert package.clause is not None
    for query in ("", "?order=clauses"):
        shown = browser.get(f"/comparisons/{stored.id}{query}").text
        assert shown.count('class="package"') == 1
        assert package.verdict in shown
    assert shown.index(package.verdict) < shown.index('class="finding status-')


def test_a_run_from_before_there_were_packages_is_still_shown(
    browser: TestClient, session: Session, stored: ComparisonView
) -> None:
    record = session.query(ComparisonRecord).one()
    record.summary = {name: value for name, value in record.summary.items() if name != "packages"}
    session.commit()
    answer = browser.get(f"/comparisons/{stored.id}?order=clauses")
    assert answer.status_code == 200
    assert 'class="package"' not in answer.text
    assert f'id="finding-{stored.findings[0].id}"' in answer.text
