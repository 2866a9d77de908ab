"""Ada's table with one proposal of two clauses, on a database with a small library."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.library.files import Library, load_library
from app.library.publish import publish
from app.proposals.assemble import add_clause, fill_placeholders
from app.proposals.bargaining import create_table
from app.proposals.proposal import create_proposal
from app.proposals.views import ProposalView, TableView
from tests.factories.clause_source import CLAUSE, write_library
from tests.factories.people import NOW

OTHER = CLAUSE.replace("short-notice", "second-notice").replace("Notice of new systems", "A second notice")


@pytest.fixture
def small_library(tmp_path: Path) -> Library:
    """Two clauses, so that a test can count."""
    return load_library(write_library(tmp_path, CLAUSE, OTHER))


@pytest.fixture
def table(session: Session, person: Person, small_library: Library) -> TableView:
    """Ada's table."""
    publish(session, small_library, now=NOW)
    return create_table(
        session,
        person,
        title="Technology 2026",
        employer="Harbour Cold Storage",
        union="Cold Chain Workers' Union",
        unit="All warehouse employees",
        jurisdiction="us-private",
        sector="logistics",
        now=NOW,
    )


@pytest.fixture
def proposal(session: Session, person: Person, table: TableView) -> ProposalView:
    """Union Proposal 1: the same kind of article twice, in target position."""
    view = create_proposal(session, person, table.id, "Technology", now=NOW)
    add_clause(session, person, view.id, "short-notice")
    return add_clause(session, person, view.id, "second-notice")


@pytest.fixture
def second(session: Session, person: Person, table: TableView, proposal: ProposalView) -> ProposalView:
    """Union Proposal 2: one article, its notice shortened."""
    view = create_proposal(session, person, table.id, "Technology again", now=NOW)
    view = add_clause(session, person, view.id, "short-notice")
    return fill_placeholders(session, person, view.articles[0].id, {"days": "90"})
