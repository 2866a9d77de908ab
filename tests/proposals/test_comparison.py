"""Receiving a counter with the real pipeline: everything is stored, or nothing; what is read back is what was found."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound, UnreadableFile
from app.library.files import Library
from app.proposals.assemble import edit_provision, set_position
from app.proposals.bargaining import create_table, get_table
from app.proposals.comparison import get_comparison, get_received_file, receive_counter, review_finding
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.plain_text import proposal_text
from app.proposals.proposal import create_proposal, get_proposal, render_articles
from app.proposals.tables import Article, ComparisonRecord, FindingRecord, Proposal, ReceivedFile, Round
from app.proposals.views import ComparisonView, ProposalView, TableView
from tests.factories.people import NOW

COUNTER = """# Article 1. Notice of new systems

1. Notice. The Employer will endeavor to give the Union notice 30 calendar days before it uses a system.
2. Remedy. Nothing in this Article is subject to the grievance procedure.
"""


@pytest.fixture
def receive(
    session: Session, person: Person, table: TableView, small_library: Library, pipeline: Any
) -> Callable[..., ComparisonView]:
    """Receive a counter at Ada's table and read the comparison back."""

    def run(pasted: str | None = COUNTER, against: str | None = None, **other: Any) -> ComparisonView:
        options: dict[str, Any] = {"data": None, "name": "counter", "max_bytes": 100_000, "now": NOW, **other}
        record = receive_counter(
            session,
            person,
            table.id,
            pasted=pasted,
            against=against,
            pipeline=pipeline,
            library=small_library,
            **options,
        )
        session.expire_all()
        return get_comparison(session, person, record.public_id)

    return run


def test_a_counter_is_measured_against_our_proposal_as_it_stood(
    session: Session, person: Person, proposal: ProposalView, receive: Callable[..., ComparisonView]
) -> None:
    view = receive(against=proposal.id)
    assert view.against_proposal_id == proposal.id
    assert "Union Proposal 1" in view.against_name
    assert {finding.finding.protection.id for finding in view.findings if finding.finding.protection} == {
        "DIS-3",
        "ENF-5",
    }
    assert sum(view.counts.values()) == len(view.findings) == view.open
    before = view.texts
    set_position(session, person, proposal.articles[0].id, "floor")
    assert get_comparison(session, person, view.id).texts == before
    assert before[0].position == "target"


def test_an_edited_provision_is_measured_as_edited(
    session: Session, person: Person, proposal: ProposalView, receive: Callable[..., ComparisonView]
) -> None:
    article = proposal.articles[0]
    words = "Notice. The Employer shall give the Union written notice 200 calendar days before it buys a system."
    edit_provision(session, person, article.id, article.provisions[0].id, words, revision=1)
    view = receive(against=proposal.id)
    assert view.texts[0].provisions[0].text == words
    assert view.texts[0].protections[0].provisions == ("1",)


def test_the_library_stands_in_where_no_proposal_is_named(receive: Callable[..., ComparisonView]) -> None:
    view = receive()
    assert view.against_proposal_id == ""
    assert {text.position for text in view.texts} == {"target"}


@pytest.mark.parametrize("form", ["docx", "text"])
@pytest.mark.parametrize("measured", ["proposal", "library"])
def test_the_head_of_our_own_file_handed_back_is_nothing_to_read(
    proposal: ProposalView, receive: Callable[..., ComparisonView], form: str, measured: str
) -> None:
    articles = render_articles(proposal)
    data = write_proposal_docx(proposal, articles, now=NOW) if form == "docx" else None
    text = None if data else proposal_text(proposal, articles)
    against = proposal.id if measured == "proposal" else None
    view = receive(text, against, data=data)
    assert "Bargaining unit: All warehouse employees" in view.draft_text
    assert [each.text for each in view.residue if each.side == "draft" and not each.number] == []


def test_a_head_that_came_back_changed_is_read(proposal: ProposalView, receive: Callable[..., ComparisonView]) -> None:
    text = proposal_text(proposal, render_articles(proposal)).replace("All warehouse employees", "Day shift only")
    text = f"{text}\n\nUnion Proposal 1\n\nTechnology\n"
    view = receive(text, proposal.id)
    found = [each.text for each in view.residue if each.side == "draft"]
    assert "Bargaining unit: Day shift only" in found
    assert any("Technology" in each for each in found), "below the articles the same words are no head"


def test_the_counter_becomes_a_proposal_of_the_employer(
    session: Session, person: Person, table: TableView, proposal: ProposalView, receive: Callable[..., ComparisonView]
) -> None:
    view = receive(against=proposal.id)
    counter = get_proposal(session, person, view.draft_proposal_id)
    assert (counter.label, counter.side) == ("Employer Counter 1", "employer")
    assert counter.articles[0].title.startswith("Article 1")
    assert counter.articles[0].provisions[0].text.startswith("Notice. The Employer will endeavor")
    card = get_table(session, person, table.id).comparisons[0]
    assert (card.id, card.open, sum(card.counts.values())) == (view.id, view.open, len(view.findings))
    assert receive().draft_proposal_id != view.draft_proposal_id


def test_a_docx_is_read_and_kept_byte_for_byte(
    session: Session, person: Person, receive: Callable[..., ComparisonView]
) -> None:
    word_file, buffer = docx.Document(), io.BytesIO()
    for line in COUNTER.splitlines():
        word_file.add_paragraph(line.removeprefix("# "))
    word_file.save(buffer)
    view = receive(None, data=buffer.getvalue(), name="Counter 1.docx")
    assert (view.draft_name, view.draft_kind) == ("Counter 1.docx", "docx")
    assert get_received_file(session, person, view.id) == ("Counter 1.docx", buffer.getvalue())


def test_offsets_lead_back_to_the_text(receive: Callable[..., ComparisonView], proposal: ProposalView) -> None:
    view = receive(against=proposal.id)
    assert all(view.draft_text[each.start : each.end] == each.text for each in view.draft)
    for finding in view.findings:
        evidence = finding.finding.draft
        if evidence is not None:
            assert view.draft_text[evidence.start : evidence.end] == evidence.text


def test_a_review_changes_the_count_of_open_findings(
    session: Session, person: Person, table: TableView, receive: Callable[..., ComparisonView]
) -> None:
    view = receive()
    review_finding(session, person, view.findings[0].id, "agreed")
    assert get_comparison(session, person, view.id).open == view.open - 1
    assert get_table(session, person, table.id).comparisons[0].open == view.open - 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"pasted": None}, InvalidInput),
        ({"pasted": "  \n "}, InvalidInput),
        ({"pasted": None, "data": b""}, UnreadableFile),
        ({"pasted": None, "data": b"PK\x03\x04 truncated", "name": "a.docx"}, UnreadableFile),
        ({"pasted": "word " * 30_000}, UnreadableFile),
        ({"against": "AAAAAAAAAAAA"}, NotFound),
    ],
)
def test_bad_input_leaves_nothing_behind(
    session: Session, receive: Callable[..., ComparisonView], given: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        receive(**given)
    for table in (Proposal, Round, Article, ReceivedFile, ComparisonRecord, FindingRecord):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_only_a_union_proposal_with_articles_at_this_table_can_be_compared_with(
    session: Session, person: Person, table: TableView, proposal: ProposalView, receive: Callable[..., ComparisonView]
) -> None:
    empty = create_proposal(session, person, table.id, "Empty")
    with pytest.raises(InvalidInput, match="no articles"):
        receive(against=empty.id)
    with pytest.raises(InvalidInput, match="union's proposals"):
        receive(against=receive(against=proposal.id).draft_proposal_id)
    names: dict[str, Any] = {"title": "T", "employer": "E", "union": "U", "unit": "u", "jurisdiction": "uk"}
    other = create_table(session, person, sector="all", **names)
    elsewhere = create_proposal(session, person, other.id, "Elsewhere")
    with pytest.raises(NotFound):
        receive(against=elsewhere.id)


@pytest.mark.parametrize("name", ["C:\\fakepath\\Counter.md", "../../Counter.md", "Coun\x00ter.md\n"])
def test_a_file_name_is_only_a_name(receive: Callable[..., ComparisonView], name: str) -> None:
    assert receive(None, data=COUNTER.encode(), name=name).draft_name == "Counter.md"


def test_a_null_character_is_no_obstacle(receive: Callable[..., ComparisonView]) -> None:
    assert "\x00" not in receive("1. The Employer\x00 may use any system.").draft_text


def test_clauses_of_the_library_that_are_not_touched_need_no_decision(receive: Callable[..., ComparisonView]) -> None:
    view = receive("1. Parking. The Employer shall keep 40 parking spaces for employees.")
    assert {each.id for each in view.untouched} == {each.id for each in view.texts}
    assert not any(each.finding.untouched for each in view.findings)
    assert view.counts["missing"] == 0
    assert sum(each.untouched for each in view.result.findings) == len(view.texts)


def test_a_finding_keeps_the_number_that_it_has_in_the_run(
    proposal: ProposalView, receive: Callable[..., ComparisonView]
) -> None:
    """Packages and reports name findings by it, and untouched clauses have numbers too."""
    view = receive(against=proposal.id)
    assert view.findings
    assert all(view.result.findings[each.number - 1] == each.finding for each in view.findings)
