"""Where a person's own proposals use a clause, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import UnknownClause
from app.library.files import load_library
from app.library.publish import publish
from app.proposals.assemble import add_clause
from app.proposals.bargaining import create_table
from app.proposals.proposal import create_proposal
from app.proposals.used_in import uses_of_clause
from app.proposals.views import ProposalView, TableView
from tests.factories.clause_source import CLAUSE, write_library
from tests.factories.people import NOW


def test_every_use_with_the_version_it_pins(
    session: Session, person: Person, table: TableView, proposal: ProposalView, tmp_path: Path
) -> None:
    newer = CLAUSE.replace("version: 1.0.0", "version: 1.1.0")
    publish(session, load_library(write_library(tmp_path, CLAUSE, newer)), now=NOW)
    second = create_proposal(session, person, table.id, "Technology again", now=NOW)
    add_clause(session, person, second.id, "short-notice", position="opening")
    uses = uses_of_clause(session, person, "short-notice")
    assert [(each.proposal_label, each.version, each.position, each.is_old) for each in uses] == [
        ("Union Proposal 2", "1.1.0", "opening", False),
        ("Union Proposal 1", "1.0.0", "target", True),
    ]
    assert {each.table_title for each in uses} == {"Technology 2026"}
    assert uses[1].article_id == proposal.articles[0].id


@pytest.mark.usefixtures("proposal")
def test_an_outsider_learns_of_no_use(session: Session, outsider: Person) -> None:
    assert uses_of_clause(session, outsider, "short-notice") == ()
    own = create_table(
        session, outsider, title="Theirs", employer="E", union="U", unit="all", jurisdiction="uk", sector="all"
    )
    view = create_proposal(session, outsider, own.id, "Mine", now=NOW)
    add_clause(session, outsider, view.id, "short-notice")
    assert [each.table_title for each in uses_of_clause(session, outsider, "short-notice")] == ["Theirs"]


@pytest.mark.usefixtures("table")
def test_an_unknown_clause(session: Session, person: Person) -> None:
    with pytest.raises(UnknownClause):
        uses_of_clause(session, person, "nothing")
