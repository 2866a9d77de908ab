"""The table of protections, and what the editor says of definitions that are missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.library.definitions import term_homes
from app.library.files import Library
from app.proposals.assemble import add_clause
from app.proposals.proposal import create_proposal


def test_every_element_stands_in_the_table_with_its_clauses(browser: TestClient, library: Library) -> None:
    page = unescape(browser.get("/library/protections").text)
    for element, label in library.vocabulary.elements.items():
        assert f'id="{element}"' in page
        assert label in page
    carried = {each.id for version in library.published for each in version.protections}
    assert f"{len(carried)} of {len(library.vocabulary.elements)} are carried" in page
    assert 'href="/library/notice-before-technology"' in page


def test_a_stranger_is_asked_to_sign_in(stranger: TestClient) -> None:
    answer = stranger.get("/library/protections")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_the_editor_names_a_missing_definition_and_adds_its_clause(
    browser: TestClient,
    session: Session,
    rosa: Person,
    table_id: str,
    library: Library,
    form_token: Callable[[TestClient], str],
) -> None:
    homes = term_homes(library.published)
    needy = next(each for each in library.published if set(each.requires_definitions) & set(homes))
    proposal = create_proposal(session, rosa, table_id, "Technology")
    add_clause(session, rosa, proposal.id, needy.id)
    session.commit()
    page = unescape(browser.get(f"/proposals/{proposal.id}").text)
    needed = re.findall(r"<strong>Not defined:</strong> (.+?) (?:is|are) used in Article 1", page)
    assert needed
    homes_named = re.findall(r'name="clause_id" value="([a-z-]+)"', page)
    assert set(homes_named) <= set(homes.values())
    for clause_id in homes_named:
        form = {"csrf_token": form_token(browser), "clause_id": clause_id}
        answer = browser.post(f"/proposals/{proposal.id}/articles", data=form)
        assert answer.status_code == 303
    assert "Not defined:" not in browser.get(f"/proposals/{proposal.id}").text
