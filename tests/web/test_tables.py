"""A person's tables: opening one, what lies on it, starting a proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.proposals.bargaining import create_table, list_tables
from app.proposals.views import TableView

ENTRIES: dict[str, Any] = {
    "title": "Gull Point Freight 2026",
    "employer": "Gull Point Freight Handlers Inc.",
    "union": "Local 418",
    "unit": "Drivers & <loaders>",
    "jurisdiction": "us-private",
    "sector": "logistics",
    "agreement": "",
}


@pytest.fixture
def table(session: Session, rosa: Person) -> TableView:
    made = create_table(session, rosa, **ENTRIES)
    session.commit()
    return made


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str]) -> Callable[..., Any]:
    """Send a form as Rosa's browser does, with the token of her pages."""
    token = form_token(browser)

    def post(address: str, **fields: str) -> Any:
        return browser.post(address, data={"csrf_token": token} | fields)

    return post


def test_a_table_is_opened_and_shown(
    send: Callable[..., Any], browser: TestClient, session: Session, rosa: Person
) -> None:
    answer = send("/tables", **ENTRIES)
    assert answer.status_code == 303
    (card,) = list_tables(session, rosa)
    assert answer.headers["Location"] == f"/tables/{card.id}"
    page = browser.get(answer.headers["Location"]).text
    assert "<h1>Gull Point Freight 2026</h1>" in page
    assert "Drivers &amp; &lt;loaders&gt;" in page
    assert "Nothing on this table yet." in page, "an empty table says what to do first"


def test_an_incomplete_table_comes_back_with_the_message_and_every_entry(
    send: Callable[..., Any], session: Session, rosa: Person
) -> None:
    answer = send("/tables", **(ENTRIES | {"employer": " "}))
    assert answer.status_code == 400
    assert 'value="Gull Point Freight 2026"' in answer.text
    assert 'id="employer-error"' in answer.text
    assert list_tables(session, rosa) == []


def test_a_proposal_starts_with_its_title(send: Callable[..., Any], table: TableView, browser: TestClient) -> None:
    answer = send(f"/tables/{table.id}/proposals", title="Technology")
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert "<h1>Technology</h1>" in page
    assert "No article yet." in page
    assert answer.headers["Location"] in browser.get(f"/tables/{table.id}").text


def test_a_proposal_without_a_title_is_asked_for_one(send: Callable[..., Any], table: TableView) -> None:
    answer = send(f"/tables/{table.id}/proposals", title="  ")
    assert answer.status_code == 400
    assert 'id="title-error"' in answer.text


def test_an_outsider_sees_the_same_as_for_a_table_that_does_not_exist(
    sign_in: Callable[[Person], TestClient], sam: Person, table: TableView, form_token: Callable[[TestClient], str]
) -> None:
    outsider = sign_in(sam)
    token = form_token(outsider)
    foreign, unknown = outsider.get(f"/tables/{table.id}"), outsider.get("/tables/unknown")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.text == unknown.text
    refused = outsider.post(f"/tables/{table.id}/proposals", data={"csrf_token": token, "title": "Mine"})
    assert refused.status_code == 404
    assert table.title not in outsider.get("/").text


def test_tables_answer_only_what_they_offer(browser: TestClient, table: TableView) -> None:
    assert browser.get("/tables").headers["Location"] == "/"
    assert browser.get("/tables/new").status_code == 200
    assert browser.get(f"/tables/{table.id}/proposals").status_code == 405
    assert browser.put(f"/tables/{table.id}").status_code == 405
