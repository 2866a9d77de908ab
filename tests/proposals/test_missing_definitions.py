"""What a proposal uses and never defines."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.library.definitions import term_homes
from app.library.files import Library, load_library
from app.library.publish import publish
from app.proposals.assemble import add_clause
from app.proposals.missing_definitions import MissingDefinitions, missing_definitions
from app.proposals.proposal import create_proposal
from app.proposals.provision_edit import edit_provision
from app.proposals.views import ProposalView, TableView
from tests.factories.clause_source import CLAUSE, write_clause, write_library

HOME = (
    CLAUSE.replace("id: short-notice", "id: our-terms")
    .replace("topic: disclosure", "topic: definitions")
    .replace("definitions: [Union]", "definitions: []")
    .replace("The Employer shall give", "“Robot” means a machine that moves. The Employer shall give")
)
NEEDY = (
    CLAUSE.replace("id: short-notice", "id: robots")
    .replace("definitions: [Union]", "definitions: [Robot, Drone]")
    .replace("The Employer shall give", "No Robot and no Drone may follow an employee. The Employer shall give")
)


@pytest.fixture
def homes(session: Session, tmp_path: Path) -> dict[str, str]:
    folder = write_library(tmp_path, HOME)
    write_clause(folder, NEEDY)
    library: Library = load_library(folder)
    publish(session, library)
    return term_homes(library.published)


@pytest.fixture
def robots(session: Session, person: Person, table: TableView, homes: dict[str, str]) -> ProposalView:
    view = create_proposal(session, person, table.id, "Robots")
    return add_clause(session, person, view.id, "robots")


def test_a_needed_definition_is_missing_and_its_clause_is_named(robots: ProposalView, homes: dict[str, str]) -> None:
    assert missing_definitions(robots, homes) == (
        MissingDefinitions("our-terms", ("Robot",), (1,)),
        MissingDefinitions("", ("Drone",), (1,)),
    )


def test_the_clause_that_defines_it_ends_the_lack(
    session: Session, person: Person, robots: ProposalView, homes: dict[str, str]
) -> None:
    view = add_clause(session, person, robots.id, "our-terms")
    assert [each.terms for each in missing_definitions(view, homes)] == [("Drone",)]


def test_words_that_were_edited_out_need_no_definition(
    session: Session, person: Person, robots: ProposalView, homes: dict[str, str]
) -> None:
    article = robots.articles[0]
    first = article.provisions[0]
    view = edit_provision(session, person, article.id, first.id, "Nobody follows us.", revision=first.revision)
    assert missing_definitions(view, homes) == ()
