"""The table of a fresh installation, and that making it twice makes one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.library.files import Library
from app.proposals.bargaining import get_table, list_tables
from app.proposals.comparison import get_comparison
from app.proposals.demonstration import create_demonstration
from app.proposals.open_placeholders import missing_placeholders
from app.proposals.proposal import get_proposal, render_articles
from app.settings import Settings
from tests.factories.people import NOW


def test_a_proposal_of_four_clauses_and_a_counter_already_compared(
    published: Session, settings: Settings, library: Library, pipeline: Any
) -> None:
    person = create_demonstration(published, settings, pipeline, library, NOW)
    again = create_demonstration(published, settings, pipeline, library, NOW)
    assert again is person
    cards = list_tables(published, person)
    assert [(card.proposals, card.comparisons) for card in cards] == [(2, 1)]
    table = get_table(published, person, cards[0].id)
    ours = get_proposal(published, person, next(each.id for each in table.proposals if each.side == "union"))
    assert {article.topic for article in ours.articles} == {"disclosure", "data_rights", "retraining", "job_security"}
    assert missing_placeholders(ours) == ()
    assert len(render_articles(ours)) == 4
    view = get_comparison(published, person, table.comparisons[0].id)
    assert view.against_proposal_id == ours.id
    assert view.counts["weakened"] >= 5
    assert view.hostile >= 2
    assert len({family for finding in view.findings for family in finding.families}) >= 8
