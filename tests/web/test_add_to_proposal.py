"""From the clause page into a proposal: works, outsider, unknown, wrong method."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.proposals.bargaining import create_table
from app.proposals.proposal import create_proposal, get_proposal

_CLAUSE = "notice-before-technology"


@pytest.fixture
def proposal_id(session: Session, rosa: Person) -> str:
    """An empty proposal at Rosa's table."""
    table = create_table(
        session,
        rosa,
        title="Gull Point Freight 2026",
        employer="Gull Point Freight Lines",
        union="Dockside Workers Local 12",
        unit="Clerks and dispatchers",
        jurisdiction="us-private",
        sector="logistics",
        now=datetime.now(UTC),
    )
    proposal = create_proposal(session, rosa, table.id, "Technology at work")
    session.commit()
    return proposal.id


def test_the_page_offers_the_persons_proposals(browser: TestClient, proposal_id: str) -> None:
    page = unescape(browser.get(f"/library/{_CLAUSE}").text)
    assert f'<option value="{proposal_id}">' in page
    assert page.count("button-primary") == 1


def test_adding_keeps_version_and_position(
    browser: TestClient, session: Session, rosa: Person, proposal_id: str, form_token: Callable[[TestClient], str]
) -> None:
    fields = {"csrf_token": form_token(browser), "proposal_id": proposal_id, "version": "1.0.0", "position": "floor"}
    answer = browser.post(f"/library/{_CLAUSE}/add", data=fields)
    (article,) = get_proposal(session, rosa, proposal_id).articles
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/proposals/{proposal_id}#article-{article.id}")
    assert (article.clause_id, article.clause_version, article.position) == (_CLAUSE, "1.0.0", "floor")


@pytest.mark.parametrize(
    ("clause", "changed", "status"),
    [
        (_CLAUSE, {"proposal_id": "unknown"}, 404),
        (_CLAUSE, {"version": "9.9.9"}, 404),
        (_CLAUSE, {"position": "nonsense"}, 400),
        ("unknown", {}, 404),
    ],
)
def test_what_does_not_fit_is_refused(
    browser: TestClient,
    session: Session,
    rosa: Person,
    proposal_id: str,
    form_token: Callable[[TestClient], str],
    clause: str,
    changed: dict[str, str],
    status: int,
) -> None:
    fields = {"csrf_token": form_token(browser), "proposal_id": proposal_id, "version": "1.0.0", "position": "target"}
    assert browser.post(f"/library/{clause}/add", data=fields | changed).status_code == status
    assert not get_proposal(session, rosa, proposal_id).articles


def test_nobody_adds_to_a_foreign_proposal(
    sign_in: Callable[[Person], TestClient],
    session: Session,
    rosa: Person,
    sam: Person,
    proposal_id: str,
    form_token: Callable[[TestClient], str],
) -> None:
    client = sign_in(sam)
    fields = {"csrf_token": form_token(client), "version": "1.0.0", "position": "target"}
    foreign = client.post(f"/library/{_CLAUSE}/add", data=fields | {"proposal_id": proposal_id})
    unknown = client.post(f"/library/{_CLAUSE}/add", data=fields | {"proposal_id": "unknown"})
    assert (foreign.status_code, foreign.text) == (404, unknown.text)
    assert proposal_id not in client.get(f"/library/{_CLAUSE}").text
    assert not get_proposal(session, rosa, proposal_id).articles


def test_adding_is_no_page(browser: TestClient) -> None:
    assert browser.get(f"/library/{_CLAUSE}/add").status_code == 405
