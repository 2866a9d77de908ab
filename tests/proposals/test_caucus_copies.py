"""Copies for the caucus: what we know stands at the words it is about, and no copy passes for one for the table."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import NotTableSafe
from app.library.files import Library
from app.proposals.assemble import edit_provision, set_note
from app.proposals.caucus_counter import caucus_file_name, write_caucus_counter
from app.proposals.caucus_material import caucus_material
from app.proposals.caucus_proposal import CaucusMaterial, write_caucus_proposal
from app.proposals.comparison import get_comparison, get_received_file, receive_counter, review_finding
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.proposal import get_proposal, render_articles
from app.proposals.proposal_lint import ProposalRemarks, lint_proposal
from app.proposals.provision_edit import set_note as set_provision_note
from app.proposals.views import ComparisonView, ProposalView, TableView
from app.text.reading import read_bytes
from app.word.caucus_mark import COPY_MARK, is_caucus_copy, marked
from app.word.table_safe import assert_table_safe
from tests.factories.comments_read_back import ReadComment, header_texts, read_comments
from tests.factories.marked_docx import marked_docx
from tests.factories.people import NOW

COUNTER = """% Counter
# Notice of new systems
1. **Notice.** The Employer {--shall--}{++will endeavor to++} give the Union notice 30 days {>>hold<<}before use.
1. **Remedy.** Nothing in this Article is subject to the grievance procedure.
1. Thanks. Managers shall be thanked at the end of each year.
"""


@pytest.fixture
def receive(
    session: Session, person: Person, table: TableView, proposal: ProposalView, small_library: Library, pipeline: Any
) -> Callable[..., ComparisonView]:
    def run(data: bytes | None, pasted: str | None = None, name: str = "Counter.docx") -> ComparisonView:
        record = receive_counter(
            session,
            person,
            table.id,
            data=data,
            pasted=pasted,
            name=name,
            against=proposal.id,
            pipeline=pipeline,
            library=small_library,
            max_bytes=1_000_000,
            now=NOW,
        )
        return get_comparison(session, person, record.public_id)

    return run


def ours(comments: list[ReadComment], text: str) -> list[ReadComment]:
    return [each for each in comments if each.author == "Caucus" and text in each.text]


def refused_by_the_gate(data: bytes) -> None:
    assert is_caucus_copy(data)
    with pytest.raises(NotTableSafe):
        assert_table_safe(data)
    with pytest.raises(NotTableSafe):
        assert_table_safe(data, tracked=True)


# Our proposal


def test_our_copy_has_the_text_and_numbers_of_the_export(proposal: ProposalView) -> None:
    copy = write_caucus_proposal(proposal, CaucusMaterial(), now=NOW)
    export = write_proposal_docx(proposal, render_articles(proposal), now=NOW)
    assert read_bytes(copy, "x.docx").provisions == read_bytes(export, "x.docx").provisions
    assert read_bytes(copy, "x.docx").text == read_bytes(export, "x.docx").text
    refused_by_the_gate(copy)
    assert all(COPY_MARK in each for each in header_texts(copy))
    assert len(header_texts(copy)) == 3


def test_notes_protections_and_fallbacks_stand_at_their_words(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    set_note(session, person, article.id, "Trade this last.")
    set_provision_note(session, person, article.id, "Ask Maria about this.", provision_id=article.provisions[1].id)
    words = "Notice. The Employer shall tell the Union 10 days ahead."
    edit_provision(session, person, article.id, article.provisions[0].id, words, revision=1)
    view = get_proposal(session, person, proposal.id)
    material = caucus_material(session, person, view, ProposalRemarks())
    comments = read_comments(write_caucus_proposal(view, material, now=NOW))
    assert {(each.author, each.initials) for each in comments} == {("Caucus", "C")}
    assert all(each.referred for each in comments)
    article = view.articles[0]
    assert [each.words for each in ours(comments, "Trade this last.")] == [article.title]
    assert [each.words for each in ours(comments, "Ask Maria")] == [article.provisions[1].text]
    assert [each.words for each in ours(comments, "Our own words. The clause says:")] == [words]
    assert article.provisions[0].model_text in ours(comments, "Our own words")[0].text
    for protection in article.protections:
        carrying = [each.text for each in article.provisions if each.number in protection.provisions]
        assert [each.words for each in ours(comments, f"Protects: {protection.label}")][: len(carrying)] == carrying
    fallback = ours(comments, "What we may fall back to (floor position):")[0]
    assert fallback.words == article.title
    assert article.fallback[0].text in fallback.text
    why = material.clauses[article.id].why_it_matters.split()[0]
    assert ours(comments, f"Why it matters: {why}")
    assert ours(comments, "They will say:")
    assert "evidence for a negotiator and no legal advice" in comments[0].text


def test_the_latest_answer_stands_at_the_words_that_it_is_about(
    session: Session, person: Person, proposal: ProposalView, receive: Callable[..., ComparisonView], pipeline: Any
) -> None:
    answer = receive(marked_docx(COUNTER))
    material = caucus_material(session, person, proposal, lint_proposal(proposal, pipeline))
    assert material.answer_label == "Employer Counter 1"
    comments = read_comments(write_caucus_proposal(proposal, material, now=NOW))
    for each in answer.findings:
        evidence = each.finding.library
        if evidence is not None and each.finding.protection is not None:
            found = ours(comments, each.finding.explanation)
            assert any(one.words and one.words in evidence.text for one in found), each.finding.explanation
    assert ours(comments, "In Employer Counter 1.")
    assert ours(comments, "will endeavor to")


def test_our_copy_may_be_written_while_something_is_still_to_fill_in(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    gap = article.placeholders[0]
    holed = replace(article, placeholders=(replace(gap, value=None),), note="Not yet.")
    comments = read_comments(write_caucus_proposal(replace(proposal, articles=(holed,)), CaucusMaterial(), now=NOW))
    assert f"Still to fill in before this can go to the table: Article 1: {gap.placeholder.label}." in comments[0].text


def test_an_article_that_says_the_same_twice_is_commented_on_at_its_own_place(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    second = proposal.articles[1]
    set_note(session, person, second.id, "On the second.")
    view = get_proposal(session, person, proposal.id)
    copy = write_caucus_proposal(view, CaucusMaterial(), now=NOW)
    document = read_bytes(copy, "x.docx")
    found = next(each for each in document.comments if "On the second." in each.text)
    assert document.text[found.start : found.end] == second.title
    assert document.text[: found.start].rstrip().endswith("Article 2.")


# Their counter


def test_their_file_keeps_everything_and_gets_our_findings_at_their_words(
    session: Session, person: Person, receive: Callable[..., ComparisonView]
) -> None:
    data = marked_docx(COUNTER)
    view = receive(data)
    _, content = get_received_file(session, person, view.id)
    copy = write_caucus_counter(view, content, now=NOW)
    before, after = read_bytes(data, "x.docx"), read_bytes(copy, "x.docx")
    assert after.text == before.text
    assert after.tracked == before.tracked
    assert [each for each in after.comments if each.author != "Caucus"] == list(before.comments)
    assert [each.style.name for each in docx.Document(io.BytesIO(copy)).paragraphs] == [
        each.style.name for each in docx.Document(io.BytesIO(data)).paragraphs
    ]
    comments = read_comments(copy)
    assert len({each.id for each in comments}) == len(comments)
    for each in view.findings:
        evidence = each.finding.draft
        if evidence is not None:
            found = ours(comments, each.finding.explanation)
            assert any(one.words and one.words in evidence.text for one in found), each.finding.explanation
    assert any("will endeavor to" in one.words for one in ours(comments, "Weakened:"))
    missing = [each for each in view.findings if each.finding.draft is None]
    if missing:
        assert missing[0].finding.explanation in ours(comments, "Nothing in this text does this work:")[0].text
    refused_by_the_gate(copy)
    assert all(COPY_MARK in each for each in header_texts(copy))


def test_what_people_said_is_told_and_what_they_dismissed_is_left_out(
    session: Session, person: Person, receive: Callable[..., ComparisonView]
) -> None:
    view = receive(marked_docx(COUNTER))
    with_words = [each for each in view.findings if each.finding.draft is not None]
    review_finding(session, person, with_words[0].id, "agreed", "Push on this one.")
    review_finding(session, person, with_words[-1].id, "dismissed", "Not worth it.")
    view = get_comparison(session, person, view.id)
    _, content = get_received_file(session, person, view.id)
    comments = read_comments(write_caucus_counter(view, content))
    assert ours(comments, "Agreed by Ada: Push on this one.")
    assert not ours(comments, "Not worth it.")
    assert ours(comments, "1 finding that we dismissed is left out.")


@pytest.mark.parametrize(
    ("data", "pasted", "name"),
    [
        (None, "Article 1. Notice\n\n1. The Employer will endeavor to give notice of 30 days.\n", "Pasted text"),
        (b"# Notice\n\n1. The Employer will endeavor to give notice of 30 days.\n", None, "counter.md"),
    ],
)
def test_a_text_that_is_no_word_file_is_written_anew(
    session: Session,
    person: Person,
    receive: Callable[..., ComparisonView],
    data: bytes | None,
    pasted: str | None,
    name: str,
) -> None:
    view = receive(data, pasted, name)
    _, content = get_received_file(session, person, view.id)
    copy = write_caucus_counter(view, content)
    assert read_bytes(copy, "x.docx").text == view.draft_text
    assert any("will endeavor to" in each.words for each in ours(read_comments(copy), "Weakened:"))
    refused_by_the_gate(copy)


def test_a_copy_without_its_comments_is_still_a_copy(proposal: ProposalView) -> None:
    export = write_proposal_docx(proposal, render_articles(proposal), now=NOW)
    assert_table_safe(export)
    with pytest.raises(NotTableSafe, match="copy for the caucus"):
        assert_table_safe(marked(export))


def test_the_name_of_the_file_says_so() -> None:
    assert (
        caucus_file_name("Employer Counter 2", "Final.docx")
        == "CONFIDENTIAL caucus copy - Employer Counter 2 - Final.docx"
    )
    assert caucus_file_name("Employer Counter 2", "Scan.PDF").endswith(" - Scan.docx")
    assert caucus_file_name("Union Proposal 1", "Sec. 2 and No. 3").endswith(" - Sec. 2 and No. 3.docx")
