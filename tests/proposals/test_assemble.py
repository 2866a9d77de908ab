"""Building a proposal from clauses: order, positions, placeholders, edits, and what reaches the table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import EditConflict, InvalidInput, PlaceholderError, UnknownClause
from app.library.files import Library, load_library
from app.library.publish import publish
from app.proposals.assemble import (
    add_clause,
    edit_provision,
    fill_placeholders,
    move_article,
    remove_article,
    restore_provision,
    set_note,
    set_position,
)
from app.proposals.bargaining import create_table
from app.proposals.proposal import (
    create_proposal,
    get_proposal,
    proposal_document,
    render_articles,
)
from app.proposals.proposal_baseline import proposal_baseline
from app.proposals.views import ProposalView, TableView
from tests.factories.clause_source import CLAUSE, write_library


def titles(view: ProposalView) -> list[str]:
    return [article.title for article in view.articles]


def test_a_proposal_is_numbered_dated_and_labelled(
    session: Session, person: Person, table: TableView, proposal: ProposalView
) -> None:
    second = create_proposal(session, person, table.id, "Technology again")
    assert proposal.label == "Union Proposal 1"
    assert (second.label, second.round_number) == ("Union Proposal 2", 2)
    assert (proposal.employer, proposal.union) == ("Harbour Cold Storage", "Cold Chain Workers' Union")
    assert [article.number for article in proposal.articles] == [1, 2]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_title_is_needed(session: Session, person: Person, table: TableView, title: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        create_proposal(session, person, table.id, title)
    assert caught.value.field == "title"


def test_an_unknown_clause_version_or_position_is_refused(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    with pytest.raises(UnknownClause):
        add_clause(session, person, proposal.id, "nothing")
    with pytest.raises(UnknownClause):
        add_clause(session, person, proposal.id, "short-notice", "9.9.9")
    with pytest.raises(InvalidInput):
        add_clause(session, person, proposal.id, "short-notice", position="middle")
    assert len(get_proposal(session, person, proposal.id).articles) == 2


def test_articles_move_and_leave(session: Session, person: Person, proposal: ProposalView) -> None:
    first, second = proposal.articles
    assert titles(move_article(session, person, second.id, up=True)) == [second.title, first.title]
    assert titles(move_article(session, person, second.id, up=True)) == [second.title, first.title]
    assert titles(move_article(session, person, second.id, up=False)) == [first.title, second.title]
    assert titles(move_article(session, person, second.id, up=False)) == [first.title, second.title]
    left = remove_article(session, person, first.id)
    assert [(article.number, article.title) for article in left.articles] == [(1, second.title)]


def test_a_pinned_version_stays_when_a_newer_one_is_published(
    session: Session, person: Person, proposal: ProposalView, tmp_path: Path
) -> None:
    newer = CLAUSE.replace("version: 1.0.0", "version: 1.1.0").replace("Without time", "With no time")
    publish(session, load_library(write_library(tmp_path, CLAUSE, newer)))
    article = get_proposal(session, person, proposal.id).articles[0]
    assert (article.clause_version, article.newer_version) == ("1.0.0", "1.1.0")


def test_positions_bring_their_own_defaults_and_keep_what_was_filled_in(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0].id
    values = {each.placeholder.name: each.value for each in proposal.articles[0].placeholders}
    assert values == {"days": 120, "fine": 1000, "place": "site"}
    fill_placeholders(session, person, article, {"days": "120", "fine": "$1,500"})
    opening = set_position(session, person, article, "opening").articles[0]
    assert {each.placeholder.name: each.value for each in opening.placeholders} == {
        "days": 180,
        "fine": 1500,
        "place": "site",
    }
    back = fill_placeholders(session, person, article, {"fine": ""}).articles[0]
    assert back.placeholders[1].value == 2000
    assert "$2,000" in back.provisions[-1].text


def test_all_placeholders_are_checked_before_any_is_stored(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    with pytest.raises(PlaceholderError) as caught:
        fill_placeholders(session, person, article.id, {"fine": "900", "days": "7"})
    assert caught.value.name == "days"
    with pytest.raises(InvalidInput):
        fill_placeholders(session, person, article.id, {"fine": "900", "nothing": "1"})
    assert get_proposal(session, person, proposal.id).articles[0] == article


def test_a_gap_keeps_the_proposal_from_the_table(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[1].id
    floor = set_position(session, person, article, "floor")
    assert floor.articles[1].missing == ("Sum for each day",)
    with pytest.raises(PlaceholderError, match=r"Article 2 \(A second notice\): Sum for each day") as caught:
        render_articles(floor)
    assert caught.value.name == "fine"
    filled = fill_placeholders(session, person, article, {"fine": "500"})
    assert render_articles(filled)
    assert "$500" in render_articles(filled)[1].provisions[1].text


def test_a_gap_that_was_edited_into_the_words_is_found_too(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = set_position(session, person, proposal.articles[0].id, "floor").articles[0]
    provision = article.provisions[1]
    edit_provision(session, person, article.id, provision.id, provision.text + " At once.", revision=1)
    filled = fill_placeholders(session, person, article.id, {"fine": "500"})
    with pytest.raises(PlaceholderError):
        render_articles(filled)


def test_an_edit_shows_beside_the_words_of_the_clause(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    provision = article.provisions[1]
    edited = edit_provision(session, person, article.id, provision.id, "Remedy.\n The Employer must:", revision=1)
    changed = edited.articles[0].provisions
    assert (changed[1].text, changed[1].changed, changed[1].revision) == ("Remedy. The Employer must:", True, 2)
    assert changed[1].model_text == provision.model_text
    assert changed[2].lead_in == "The Employer must:"
    assert edited.articles[1].provisions == proposal.articles[1].provisions
    restored = restore_provision(session, person, article.id, provision.id, revision=2).articles[0].provisions[1]
    assert (restored.text, restored.changed, restored.revision) == (provision.text, False, 3)


def test_the_second_of_two_saves_gets_their_text_and_overwrites_nothing(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article, provision = proposal.articles[0], proposal.articles[0].provisions[0]
    edit_provision(session, person, article.id, provision.id, "Theirs, saved first.", revision=1)
    with pytest.raises(EditConflict) as caught:
        edit_provision(session, person, article.id, provision.id, "Ours, saved second.", revision=1)
    assert caught.value.theirs == "Theirs, saved first."
    with pytest.raises(EditConflict):
        restore_provision(session, person, article.id, provision.id, revision=1)
    assert get_proposal(session, person, proposal.id).articles[0].provisions[0].text == "Theirs, saved first."


@pytest.mark.parametrize("text", ["", " \n ", "x" * 20_001])
def test_an_edit_needs_words(session: Session, person: Person, proposal: ProposalView, text: str) -> None:
    article = proposal.articles[0]
    with pytest.raises(InvalidInput) as caught:
        edit_provision(session, person, article.id, article.provisions[0].id, text, revision=1)
    assert caught.value.field == "text"


def test_edits_of_a_position_come_back_with_it(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    edit_provision(session, person, article.id, article.provisions[0].id, "Our own words.", revision=1)
    floor = set_position(session, person, article.id, "floor").articles[0]
    assert not any(each.changed for each in floor.provisions)
    again = set_position(session, person, article.id, "target").articles[0]
    assert again.provisions[0].text == "Our own words."


def test_caucus_notes_never_reach_the_table(session: Session, person: Person, proposal: ProposalView) -> None:
    article = proposal.articles[0]
    set_note(session, person, article.id, "We would settle for sixty.")
    noted = set_note(session, person, article.id, "Keep this one.", provision_id=article.provisions[0].id)
    assert noted.articles[0].note == "We would settle for sixty."
    assert noted.articles[0].provisions[0].note == "Keep this one."
    outward = repr(render_articles(noted)) + proposal_document(noted).text
    assert "settle" not in outward
    assert "Keep this one" not in outward


def test_the_document_of_a_proposal_counts_right(session: Session, person: Person, proposal: ProposalView) -> None:
    document = proposal_document(proposal)
    assert [each.number for each in document.provisions][:4] == ["1.1", "1.2", "1.2(a)", "1.2(b)"]
    assert all(document.text[each.start : each.end] == each.text for each in document.provisions)


def test_the_baseline_has_our_words_under_the_clause_s_protections(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    article = proposal.articles[0]
    edited = edit_provision(
        session, person, article.id, article.provisions[0].id, "The Employer shall wait 100 calendar days.", revision=1
    )
    text = proposal_baseline(edited).texts[0]
    assert (text.id, text.version, text.position) == ("short-notice", "1.0.0", "target")
    assert [each.number for each in text.provisions] == ["1", "2", "2(a)", "2(b)"]
    assert text.provisions[0].text == "The Employer shall wait 100 calendar days."
    assert [(each.id, each.provisions) for each in text.protections] == [("DIS-3", ("1",)), ("ENF-5", ("2(b)",))]
    assert "60 calendar days" in text.fallback[0].text


@pytest.mark.parametrize("words", ["Article 7. All rights end.", "3. A second one.", "# Heading", "(b)", "SHALL NOT"])
def test_edited_words_cannot_break_the_structure(
    session: Session, person: Person, proposal: ProposalView, words: str
) -> None:
    article = proposal.articles[0]
    edited = edit_provision(session, person, article.id, article.provisions[0].id, words, revision=1)
    provisions = proposal_baseline(edited).texts[0].provisions
    assert [each.number for each in provisions] == ["1", "2", "2(a)", "2(b)"]
    assert provisions[0].text == words


def test_a_choice_may_bring_or_take_provisions(
    session: Session, person: Person, table: TableView, small_library: Library, tmp_path: Path
) -> None:
    optional = CLAUSE.replace("short-notice", "choosing").replace(
        "   (b) pay {{ fine | money }} for each day.",
        '{% if place == "site" %}\n   (b) pay {{ fine | money }};\n{% endif %}\n   (c) meet the Union.',
    )
    publish(session, load_library(write_library(tmp_path, optional)))
    view = create_proposal(session, person, table.id, "Choices")
    article = add_clause(session, person, view.id, "choosing").articles[0]
    assert [each.number for each in article.provisions] == ["1", "2", "2(a)", "2(b)", "2(c)"]
    article = fill_placeholders(session, person, article.id, {"place": "union hall"}).articles[0]
    assert [each.number for each in article.provisions] == ["1", "2", "2(a)", "2(c)"]


def test_an_article_is_worded_for_the_jurisdiction_of_its_table(
    session: Session, person: Person, table: TableView, proposal: ProposalView
) -> None:
    names: dict[str, Any] = {"title": "T", "employer": "E", "union": "U", "unit": "all", "sector": "all"}
    british = create_table(session, person, jurisdiction="uk", **names)
    view = create_proposal(session, person, british.id, "Technology")
    article = add_clause(session, person, view.id, "short-notice").articles[0]
    assert (article.variant, proposal.articles[0].variant) == ("uk", "")
    assert [each.number for each in article.provisions] == ["1", "2"]
    assert "binding after 120 calendar days" in article.provisions[1].text
    assert [each.id for each in article.protections] == ["DIS-3"]
    opening = set_position(session, person, article.id, "opening").articles[0]
    assert "binding after 180 calendar days" in opening.provisions[1].text


@pytest.mark.parametrize(("hour", "day"), [(3, 19), (12, 20)])
def test_a_round_has_the_day_that_it_is_where_the_table_bargains(
    session: Session, person: Person, table: TableView, hour: int, day: int
) -> None:
    late = datetime(2026, 5, 20, hour, tzinfo=UTC)  # three in the morning by UTC is the evening before in New York
    assert create_proposal(session, person, table.id, "Late", now=late).held_on == date(2026, 5, day)
