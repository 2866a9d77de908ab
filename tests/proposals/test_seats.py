"""Two people at two tables: nobody reaches, or learns of, what lies on the other's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound
from app.proposals import assemble, comparison
from app.proposals.bargaining import create_table, get_table, list_tables
from app.proposals.proposal import create_proposal, get_proposal
from app.proposals.tables import ComparisonRecord, FindingRecord, Proposal, ReceivedFile
from app.proposals.views import ProposalView, TableView
from tests.factories.people import NOW


def store_comparison(session: Session, person: Person, proposal: ProposalView) -> tuple[str, str]:
    """A comparison with one finding, stored by hand; answers with both public ids."""
    row = session.query(Proposal).filter_by(public_id=proposal.id).one()
    received = ReceivedFile(
        proposal_id=row.id,
        name="counter.docx",
        kind="docx",
        digest="d",
        content=b"c",
        text="t",
        provisions=[],
        warnings=[],
        received_by=person.id,
        received_at=NOW,
    )
    session.add(received)
    session.flush()
    info = {"name": "counter.docx", "kind": "docx", "digest": "d", "provisions": 1}
    record = ComparisonRecord(
        table_id=row.table_id,
        file_id=received.id,
        against_id=row.id,
        pipeline_version="1",
        summary={"draft": info, "against": info, "pipeline": {"version": "1"}, "warnings": []},
        baseline=[],
        residue=[],
        created_by=person.id,
        created_at=NOW,
    )
    session.add(record)
    session.flush()
    payload = {
        "status": "weakened",
        "hostile": False,
        "severity": "high",
        "confidence": 0.9,
        "clause": None,
        "protection": None,
        "explanation": "Notice became shorter.",
        "suggestion": "",
        "moves": [],
        "library": None,
        "draft": {"number": "1", "start": 0, "end": 1, "text": "t"},
    }
    finding = FindingRecord(
        comparison_id=record.id,
        place=1,
        status="weakened",
        hostile=False,
        severity="high",
        weight="",
        families=[],
        payload=payload,
    )
    session.add(finding)
    session.flush()
    return record.public_id, finding.public_id


def test_a_member_sees_the_table_and_an_outsider_sees_nothing(
    session: Session, person: Person, outsider: Person, table: TableView
) -> None:
    assert [each.id for each in list_tables(session, person)] == [table.id]
    assert list_tables(session, outsider) == []
    assert get_table(session, person, table.id).members == ("Ada",)


def test_two_tables_with_the_same_names_stay_apart(session: Session, person: Person, outsider: Person) -> None:
    names: dict[str, Any] = {
        "title": "T",
        "employer": "E",
        "union": "U",
        "unit": "all",
        "jurisdiction": "uk",
        "sector": "all",
    }
    mine = create_table(session, person, **names)
    theirs = create_table(session, outsider, **names)
    assert mine.id != theirs.id
    assert [each.id for each in list_tables(session, outsider)] == [theirs.id]


@pytest.mark.parametrize("field", ["title", "employer", "union", "unit", "jurisdiction", "sector"])
def test_a_table_needs_its_fields(session: Session, person: Person, field: str) -> None:
    names: dict[str, Any] = {
        "title": "T",
        "employer": "E",
        "union": "U",
        "unit": "all",
        "jurisdiction": "uk",
        "sector": "all",
    }
    with pytest.raises(InvalidInput) as caught:
        create_table(session, person, **{**names, field: " "})
    assert caught.value.field == field


def test_every_function_answers_an_outsider_as_if_nothing_were_there(
    session: Session, person: Person, outsider: Person, table: TableView, proposal: ProposalView
) -> None:
    comparison_id, finding_id = store_comparison(session, person, proposal)
    article = proposal.articles[0]
    provision = article.provisions[0].id
    calls: dict[str, Callable[[Person, str], object]] = {
        table.id: lambda who, id_: get_table(session, who, id_),
        f"{table.id} ": lambda who, id_: create_proposal(session, who, id_.strip(), "Mine"),
        proposal.id: lambda who, id_: get_proposal(session, who, id_),
        f"{proposal.id} ": lambda who, id_: assemble.add_clause(session, who, id_.strip(), "short-notice"),
        article.id: lambda who, id_: assemble.move_article(session, who, id_, up=True),
        f"{article.id} ": lambda who, id_: assemble.set_position(session, who, id_.strip(), "floor"),
        f"{article.id}  ": lambda who, id_: assemble.fill_placeholders(session, who, id_.strip(), {"days": "90"}),
        f"{article.id}   ": lambda who, id_: assemble.set_note(session, who, id_.strip(), "Read me"),
        f"{article.id}    ": lambda who, id_: assemble.remove_article(session, who, id_.strip()),
        provision: lambda who, id_: assemble.edit_provision(session, who, article.id, id_, "Mine", revision=1),
        f"{provision} ": lambda who, id_: assemble.restore_provision(session, who, article.id, id_.strip(), revision=1),
        comparison_id: lambda who, id_: comparison.get_comparison(session, who, id_),
        f"{comparison_id} ": lambda who, id_: comparison.get_received_file(session, who, id_.strip()),
        finding_id: lambda who, id_: comparison.review_finding(session, who, id_, "agreed"),
    }
    said = set()
    for public_id, call in calls.items():
        for who, id_ in ((outsider, public_id), (person, "AAAAAAAAAAAA"), (outsider, "AAAAAAAAAAAA")):
            with pytest.raises(NotFound) as caught:
                call(who, id_)
            said.add(str(caught.value))
    assert len(said) == 1
    assert get_proposal(session, person, proposal.id) == proposal
    assert comparison.get_comparison(session, person, comparison_id).open == 1


def test_a_provision_is_reached_through_its_own_article_only(
    session: Session, person: Person, proposal: ProposalView
) -> None:
    first, second = proposal.articles
    with pytest.raises(NotFound):
        assemble.edit_provision(session, person, first.id, second.provisions[0].id, "Mixed up", revision=1)


def test_reviews_are_kept_with_person_note_and_time(session: Session, person: Person, proposal: ProposalView) -> None:
    comparison_id, finding_id = store_comparison(session, person, proposal)
    comparison.review_finding(session, person, finding_id, "dismissed", "Not so bad.", now=NOW)
    view = comparison.review_finding(session, person, finding_id, "agreed", "It is.", now=NOW)
    assert (view.decision, view.note, [each.decision for each in view.reviews]) == (
        "agreed",
        "It is.",
        ["agreed", "dismissed"],
    )
    stored = comparison.get_comparison(session, person, comparison_id)
    assert (stored.open, stored.findings[0].reviews[0].person, stored.counts["weakened"]) == (0, "Ada", 1)
    with pytest.raises(InvalidInput):
        comparison.review_finding(session, person, finding_id, "maybe")


def test_public_ids_are_long_and_differ(session: Session, person: Person, table: TableView) -> None:
    ids = {create_proposal(session, person, table.id, f"P {number}").id for number in range(20)}
    assert len(ids) == 20
    assert all(len(each) == 12 for each in ids)
