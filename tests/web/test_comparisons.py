"""Handing in a counter, reading its findings, saying what we think of them, and who may do any of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.proposals.assemble import add_clause
from app.proposals.bargaining import create_table, get_table
from app.proposals.comparison import get_comparison
from app.proposals.proposal import create_proposal
from app.proposals.views import ComparisonView, ProposalView, TableView

COUNTER = """Article 1. Notice

1. Written notice. The Employer will endeavor to inform employees within 30 calendar days of the deployment of
newly purchased generative artificial intelligence tools, where practicable.

2. Waiver. The Union waives any right to bargain over technology during the term of this Agreement.

3. Thanks. Managers shall be thanked <script>alert("3")</script> at the end of each year & given cake.
"""


@pytest.fixture
def proposal(session: Session, rosa: Person, table_id: str) -> ProposalView:
    made = create_proposal(session, rosa, table_id, "Technology")
    made = add_clause(session, rosa, made.id, "notice-before-technology")
    session.commit()
    return made


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str]) -> Callable[..., Any]:
    token = form_token(browser)

    def post(address: str, fields: dict[str, str] | None = None, **files: Any) -> Any:
        return browser.post(address, data={"csrf_token": token} | (fields or {}), files=files or None)

    return post


@pytest.fixture
def comparison(
    send: Callable[..., Any], session: Session, rosa: Person, proposal: ProposalView
) -> Callable[[], ComparisonView]:
    """A counter handed in through the form, read back as it is now stored."""
    answer = send(f"/tables/{proposal.table_id}/counters", {"pasted": COUNTER, "against": proposal.id})
    assert answer.status_code == 303, answer.text
    comparison_id = answer.headers["Location"].removeprefix("/comparisons/")

    def read() -> ComparisonView:
        session.rollback()
        session.expire_all()
        return get_comparison(session, rosa, comparison_id)

    return read


def table_of(session: Session, rosa: Person, proposal: ProposalView) -> TableView:
    session.rollback()
    session.expire_all()
    return get_table(session, rosa, proposal.table_id)


def test_the_findings_stand_beside_both_texts(browser: TestClient, comparison: Callable[[], ComparisonView]) -> None:
    view = comparison()
    page = browser.get(f"/comparisons/{view.id}").text
    assert page.count("<h1") == 1
    for finding in view.findings:
        assert f'id="finding-{finding.id}"' in page
        assert f'href="#finding-{finding.id}"' in page
    assert "%" not in re.sub(r"<[^>]*>", "", page), "no score on any page"
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_what_was_handed_in_is_never_markup(browser: TestClient, comparison: Callable[[], ComparisonView]) -> None:
    view = comparison()
    for address in (f"/comparisons/{view.id}", f"/proposals/{view.draft_proposal_id}"):
        page = browser.get(address).text
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in browser.get(f"/proposals/{view.draft_proposal_id}").text


def test_filters_work_without_a_script_and_stay_in_the_address(
    browser: TestClient, comparison: Callable[[], ComparisonView]
) -> None:
    view = comparison()
    status = view.findings[0].finding.status
    chosen = {each.id for each in view.findings if each.finding.status == status}
    page = browser.get(f"/comparisons/{view.id}?status={status}").text
    assert set(re.findall(r'<section class="finding status-\w+" id="finding-([^"]+)"', page)) == chosen
    assert f"Showing {len(chosen)} of {len(view.findings)} findings" in page
    assert "Nothing here with these filters" in browser.get(f"/comparisons/{view.id}?words=xylophone").text
    assert browser.get(f"/comparisons/{view.id}?status=nonsense&weight=7&order=x").status_code == 200


def test_a_finding_is_agreed_dismissed_with_a_note_and_reopened(
    browser: TestClient, send: Callable[..., Any], comparison: Callable[[], ComparisonView]
) -> None:
    view = comparison()
    finding = view.findings[0]
    address = f"/comparisons/{view.id}/findings/{finding.id}"
    answer = send(address, {"decision": "agreed", "note": ""})
    assert answer.headers["Location"] == f"/comparisons/{view.id}#finding-{finding.id}"
    assert comparison().findings[0].decision == "agreed"
    send(address, {"decision": "dismissed", "note": "Moved to <b>9.4</b>."})
    stored = comparison().findings[0]
    assert (stored.decision, stored.note) == ("dismissed", "Moved to <b>9.4</b>.")
    page = browser.get(f"/comparisons/{view.id}").text
    assert "Dismissed by Rosa Medina" in page
    assert "Moved to &lt;b&gt;9.4&lt;/b&gt;." in page
    send(address, {"decision": "open", "note": stored.note})
    assert comparison().findings[0].decision == "open"
    assert len(comparison().findings[0].reviews) == 3, "earlier decisions stay on record"


def test_a_decision_leads_back_to_the_same_filters_and_nowhere_else(
    send: Callable[..., Any], comparison: Callable[[], ComparisonView]
) -> None:
    view = comparison()
    finding = view.findings[0]
    fields = {"decision": "agreed", "back-status": "weakened", "back-words": "a&b", "back-order": "//evil.example"}
    answer = send(f"/comparisons/{view.id}/findings/{finding.id}", fields)
    assert answer.headers["Location"] == f"/comparisons/{view.id}?status=weakened&words=a%26b#finding-{finding.id}"


def test_a_decision_that_there_is_not_is_refused(
    send: Callable[..., Any], comparison: Callable[[], ComparisonView]
) -> None:
    view = comparison()
    address = f"/comparisons/{view.id}/findings"
    assert send(f"{address}/{view.findings[0].id}", {"decision": "burnt"}).status_code == 400
    assert send(f"{address}/unknown", {"decision": "agreed"}).status_code == 404
    assert send(f"/comparisons/unknown/findings/{view.findings[0].id}", {"decision": "agreed"}).status_code == 404
    assert {each.decision for each in comparison().findings} == {"open"}


def test_a_file_is_compared_with_the_library(
    browser: TestClient, send: Callable[..., Any], session: Session, rosa: Person, proposal: ProposalView
) -> None:
    answer = send(
        f"/tables/{proposal.table_id}/counters",
        {"against": "library", "pasted": ""},
        file=("Counter 2 – final.txt", COUNTER.encode(), "text/plain"),
    )
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert "<h1>Counter 2 – final.txt</h1>" in page
    (card,) = table_of(session, rosa, proposal).comparisons
    received = browser.get(f"/comparisons/{card.id}/file")
    assert received.content == COUNTER.encode()
    assert received.headers["Content-Disposition"].startswith("attachment;")
    assert received.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("fields", "file", "field", "kept"),
    [
        ({"pasted": " "}, None, "file", None),
        ({"pasted": "1. Kept & <b>kept</b>."}, ("a.txt", b"1. Text."), "pasted", "1. Kept &amp; &lt;b&gt;kept"),
        ({"pasted": ""}, ("scan.pdf", b"%PDF-1.7 broken"), "file", None),
        ({"pasted": ""}, ("old.docx", b"PK\x03\x04 not really"), "file", None),
        ({"pasted": ""}, ("empty.txt", b""), "file", None),
    ],
)
def test_what_cannot_be_read_gets_its_message_beside_the_field_and_nothing_is_stored(
    send: Callable[..., Any],
    session: Session,
    rosa: Person,
    proposal: ProposalView,
    fields: dict[str, str],
    file: tuple[str, bytes] | None,
    field: str,
    kept: str | None,
) -> None:
    files = {"file": file} if file else {}
    answer = send(f"/tables/{proposal.table_id}/counters", fields | {"against": proposal.id}, **files)
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert f'<option value="{proposal.id}" selected>' in answer.text, "the choice is kept"
    assert kept is None or kept in answer.text
    table = table_of(session, rosa, proposal)
    assert (len(table.comparisons), len(table.proposals)) == (0, 1)


def test_a_proposal_without_articles_cannot_be_compared_with(
    send: Callable[..., Any], session: Session, rosa: Person, proposal: ProposalView
) -> None:
    empty = create_proposal(session, rosa, proposal.table_id, "Nothing yet")
    session.commit()
    answer = send(f"/tables/{proposal.table_id}/counters", {"pasted": COUNTER, "against": empty.id})
    assert answer.status_code == 400
    assert "add clauses to it first" in answer.text
    assert "Thanks. Managers" in answer.text, "the pasted text is kept"


def test_reports_are_files_to_save(browser: TestClient, comparison: Callable[[], ComparisonView]) -> None:
    view = comparison()
    for kind, begins in (("docx", b"PK"), ("html", b"<!")):
        answer = browser.get(f"/comparisons/{view.id}/report.{kind}")
        assert answer.status_code == 200
        assert answer.content.lstrip().lower().startswith(begins.lower())
        assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_an_outsider_can_neither_see_nor_touch_anything(
    sign_in: Callable[[Person], TestClient],
    sam: Person,
    form_token: Callable[[TestClient], str],
    proposal: ProposalView,
    comparison: Callable[[], ComparisonView],
) -> None:
    outsider = sign_in(sam)
    token = form_token(outsider)
    view = comparison()
    missing = outsider.get("/comparisons/unknown")
    assert missing.status_code == 404
    for rest in ("", "/report.docx", "/report.html", "/file"):
        answer = outsider.get(f"/comparisons/{view.id}{rest}")
        assert (answer.status_code, answer.text) == (404, missing.text), rest
    assert outsider.get(f"/tables/{proposal.table_id}/counters/new").status_code == 404
    for address in (f"/comparisons/{view.id}/findings/{view.findings[0].id}", f"/tables/{proposal.table_id}/counters"):
        fields = {"csrf_token": token, "decision": "agreed", "pasted": COUNTER, "against": "library"}
        assert outsider.post(address, data=fields).status_code == 404, address
    assert comparison() == view


def test_a_member_of_two_tables_cannot_compare_across_them(
    send: Callable[..., Any], session: Session, rosa: Person, proposal: ProposalView
) -> None:
    other = create_table(
        session, rosa, title="B", employer="B", union="B", unit="B", jurisdiction="uk", sector="retail"
    )
    session.commit()
    answer = send(f"/tables/{other.id}/counters", {"pasted": COUNTER, "against": proposal.id})
    assert answer.status_code == 404


def test_addresses_answer_only_what_they_offer(browser: TestClient, comparison: Callable[[], ComparisonView]) -> None:
    view = comparison()
    assert browser.get(f"/comparisons/{view.id}/findings/{view.findings[0].id}").status_code == 405
    assert browser.post(f"/comparisons/{view.id}").status_code in {403, 405}
