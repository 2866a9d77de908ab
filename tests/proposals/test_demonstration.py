"""The table of a fresh installation, that making it twice makes one, and its proposal coming back in Word."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.library.files import Library
from app.proposals.answer import answer_material
from app.proposals.bargaining import get_table, list_tables
from app.proposals.comparison import get_comparison, receive_counter
from app.proposals.demonstration import create_demonstration
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.proposal import get_proposal, render_articles
from app.proposals.views import ComparisonView, ProposalView
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
    refuse_open_placeholders(ours)  # raises where one is open
    assert len(render_articles(ours)) == 4
    view = get_comparison(published, person, table.comparisons[0].id)
    assert view.against_proposal_id == ours.id
    assert view.counts["weakened"] >= 5
    assert view.hostile >= 2
    assert len({family for finding in view.findings for family in finding.families}) >= 8


# Our own file, marked up by the Employer: what happens most often at a table

MORE_NOTICE = "at least 120 calendar days before the first of these steps"
AN_ITEM = "starting to build an Automated System;"


@pytest.fixture
def ours(published: Session, settings: Settings, library: Library, pipeline: Any) -> tuple[Person, ProposalView]:
    person = create_demonstration(published, settings, pipeline, library, NOW)
    table = get_table(published, person, list_tables(published, person)[0].id)
    return person, get_proposal(published, person, next(e.id for e in table.proposals if e.side == "union"))


def sent_back(ours: ProposalView, changes: dict[str, str]) -> bytes:
    """Our export with these words changed and, where nothing takes their place, the paragraph gone."""
    document = docx.Document(io.BytesIO(write_proposal_docx(ours, render_articles(ours), now=NOW)))
    for paragraph in list(document.paragraphs):
        for run in paragraph.runs:
            for was, words in changes.items():
                if was in run.text and not words:
                    paragraph._p.getparent().remove(paragraph._p)
                run.text = run.text.replace(was, words)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def compared(
    session: Session, ours: tuple[Person, ProposalView], changes: dict[str, str], pipeline: Any, library: Library
) -> ComparisonView:
    person, view = ours
    record = receive_counter(
        session, person, view.table_id, data=sent_back(view, changes), name="counter.docx", pasted=None,
        against=view.id, max_bytes=1_000_000, pipeline=pipeline, library=library, now=NOW,
    )  # fmt: skip
    return get_comparison(session, person, record.public_id)


def test_our_own_file_unchanged_is_kept_and_nothing_else(
    published: Session, ours: tuple[Person, ProposalView], pipeline: Any, library: Library
) -> None:
    counts = compared(published, ours, {}, pipeline, library).counts
    assert {status for status, number in counts.items() if number} == {"kept"}


def test_one_figure_changed_is_the_one_finding_and_the_answer_puts_it_back(
    published: Session, ours: tuple[Person, ProposalView], pipeline: Any, library: Library
) -> None:
    view = compared(published, ours, {MORE_NOTICE: MORE_NOTICE.replace("120", "45"), AN_ITEM: ""}, pipeline, library)
    lost = [each.finding for each in view.findings if each.finding.status == "weakened"]
    assert {each.draft.number for each in lost if each.draft} == {"Article 1(2)"}
    assert any("45 calendar days" in each.explanation for each in lost)
    assert not [each for each in view.findings if each.finding.status == "added"]
    material = answer_material(published, ours[0], view.id, pipeline)
    steps = [(each.kind, each.number, each.ours_number) for each in material.suggested.steps]
    assert steps == [("replace", "Article 1(2)", "2"), ("insert", "Article 1(2)(b)", "2(c)")]
    assert not material.suggested.by_hand
