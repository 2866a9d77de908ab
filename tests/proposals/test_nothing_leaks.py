"""A secret stands in every field that is not for the other side; the exported file is searched for it, part by part."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from sqlalchemy import JSON, Column, LargeBinary, String
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.analysis.pipeline import load_pipeline
from app.db import Base
from app.library.files import Library
from app.proposals.assemble import edit_provision, set_position
from app.proposals.comparison import get_comparison, receive_counter, review_finding
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.proposal import get_proposal, render_articles
from app.proposals.seats import find_article, find_table
from app.proposals.tables import HouseStyleFile, TentativeAgreement
from app.proposals.views import ProposalView
from app.settings import Settings
from tests.factories.people import NOW

SHOWN = {
    "organisation.name",
    "bargaining_table.unit",
    "proposal.title",
    "article.title",
    "article.filled",
    "provision.own_text",
}
"""What the other side is meant to read."""

STRUCTURE = {
    "organisation.kind",
    "bargaining_table.jurisdiction",
    "bargaining_table.sector",
    "membership.role",
    "round.side",
    "proposal.side",
    "article.clause_id",
    "article.clause_version",
    "article.position",
    "article.variant",
    "provision.position",
    "provision.number",
    "received_file.kind",
    "finding.status",
    "finding.severity",
    "finding.weight",
    "finding_review.decision",
    "clause_draft.state",
    "clause_draft_step.deed",
}
"""Words from fixed lists, and keys; nobody writes them. The tables of the library are published texts."""

_LIBRARY = {"clause", "clause_version", "clause_words", "local_clause_version", "protection_element"}


def free_text() -> list[Column[Any]]:
    """Every column that may hold somebody's words and is not meant for the other side."""
    return [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in _LIBRARY
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary)
        and column.name != "public_id"
        and str(column) not in SHOWN | STRUCTURE
    ]


def secret_for(column: Column[Any]) -> str:
    return f"SECRET-{str(column).replace('.', '-').replace('_', '-')}"


def plant(session: Session) -> set[str]:
    """Put a secret into every such column of every row, and answer with the secrets that stand in the database."""
    planted = set()
    for column in free_text():
        secret = secret_for(column)
        value: Any = secret
        if isinstance(column.type, JSON):
            value = [secret]
        elif isinstance(column.type, LargeBinary):
            value = secret.encode()
        if session.connection().execute(column.table.update().values({column.name: value})).rowcount:
            planted.add(secret)
    session.expire_all()
    return planted


@pytest.fixture
def full_table(
    session: Session, person: Person, proposal: ProposalView, small_library: Library, settings: Settings
) -> ProposalView:
    """A table on which everything has happened at least once; our proposal stands in its target position."""
    article = proposal.articles[0]
    table = find_table(session, person, proposal.table_id)
    record = receive_counter(
        session,
        person,
        proposal.table_id,
        data=None,
        pasted="1. The Employer will endeavor to give notice.\n2. Nothing in this Article is grievable.\n",
        name="counter",
        against=proposal.id,
        pipeline=load_pipeline(settings.models_dir),
        library=small_library,
        max_bytes=100_000,
        now=NOW,
    )
    finding = get_comparison(session, person, record.public_id).findings[0]
    review_finding(session, person, finding.id, "agreed", "We would give this up.", now=NOW)
    other = proposal.articles[1]
    floor = set_position(session, person, other.id, "floor").articles[1]
    edit_provision(session, person, other.id, floor.provisions[0].id, "SECRET-other-position.", revision=1)
    set_position(session, person, other.id, "target")
    session.add(
        TentativeAgreement(
            table_id=table.id,
            article_id=find_article(session, person, article.id).id,
            text="Agreed.",
            agreed_on=date(2026, 5, 19),
            recorded_by=person.id,
        )
    )
    session.add(
        HouseStyleFile(table_id=table.id, name="office.docx", content=b"x", uploaded_by=person.id, uploaded_at=NOW)
    )
    session.flush()
    return get_proposal(session, person, proposal.id)


def test_the_table_export_holds_nothing_that_was_not_meant_for_it(
    session: Session, person: Person, full_table: ProposalView
) -> None:
    planted = plant(session)
    assert {"SECRET-article-caucus-note", "SECRET-provision-caucus-note", "SECRET-finding-payload"} < planted
    assert len(planted) > 15
    view = get_proposal(session, person, full_table.id)
    data = write_proposal_docx(view, render_articles(view), now=NOW)
    fallbacks = {each.text for article in view.articles for each in article.fallback}
    shown = {each.text for article in view.articles for each in article.provisions}
    assert fallbacks - shown
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name).decode()
            assert "SECRET" not in part, name
            assert not [text for text in fallbacks - shown if text in part], name
