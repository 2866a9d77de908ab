"""The page on which we answer in the Employer's file: who may use it, what it keeps, what it hands out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.library.files import Library
from app.proposals.assemble import add_clause
from app.proposals.comparison import receive_counter
from app.proposals.demonstration import COUNTER
from app.proposals.proposal import create_proposal
from app.proposals.tables import BargainingTable, Membership
from app.text.reading import read_bytes
from app.word.settle import accept_all
from app.word.table_safe import assert_table_safe

KEY = re.compile(r'name="take" value="([0-9a-f]{16})" aria-describedby="[^"]*"( checked)?')


@pytest.fixture
def receive(
    session: Session, rosa: Person, table_id: str, pipeline: Pipeline, library: Library
) -> Callable[..., tuple[str, str]]:
    """Make a comparison; the answer is its id and that of our proposal."""

    def run(*, pasted: str | None = None, against: bool = True) -> tuple[str, str]:
        view = create_proposal(session, rosa, table_id, "Technology")
        view = add_clause(session, rosa, view.id, "notice-before-technology")
        record = receive_counter(
            session, rosa, table_id, data=None if pasted else COUNTER.read_bytes(), pasted=pasted,
            name="Counter 1.docx", against=view.id if against else None, pipeline=pipeline, library=library,
            max_bytes=1_000_000, now=datetime(2026, 5, 4, tzinfo=UTC),
        )  # fmt: skip
        session.commit()
        return record.public_id, view.id

    return run


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str]) -> Callable[..., Any]:
    token = form_token(browser)

    def post(comparison: str, **fields: Any) -> Any:
        return browser.post(f"/comparisons/{comparison}/answer", data={"csrf_token": token} | fields)

    return post


def seal_in(page: str) -> str:
    found = re.search(r'name="looked" value="([0-9a-f]{16})"', page)
    assert found
    return found.group(1)


def test_the_page_shows_both_texts_and_ticks_the_essential(
    browser: TestClient, receive: Callable[..., tuple[str, str]]
) -> None:
    comparison, _ = receive()
    page = browser.get(f"/comparisons/{comparison}/answer")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    found = KEY.findall(page.text)
    assert any(ticked for _, ticked in found)
    assert not all(ticked for _, ticked in found)
    assert "the vendor and the general category of product;" in page.text
    assert "the vendor, and the name and version of the Automated System;" in page.text
    assert "Not answered here: do it by hand" in page.text
    assert f'href="/comparisons/{comparison}/answer"' in browser.get(f"/comparisons/{comparison}").text
    assert "</span>, 2 of “Notice and bargaining before technology is bought”</label>" in page.text


def test_it_hands_out_their_file_with_our_words(
    browser: TestClient, send: Callable[..., Any], receive: Callable[..., tuple[str, str]]
) -> None:
    comparison, _ = receive()
    page = html.unescape(browser.get(f"/comparisons/{comparison}/answer").text)
    found = re.search(r'id="words-([0-9a-f]{16})"[^>]*>\nthe vendor, and the name', page)
    assert found
    fields = {"take": found.group(1), "author": "Local 418", "dated": "yes"}
    fields[f"words-{found.group(1)}"] = "the vendor and every version;"
    first = send(comparison, **fields, looked="0123456789abcdef")
    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Look at this before it goes out" in first.text
    assert re.search(r"<li>Comments and changes by [^<]+ stay, as in the file that they sent", first.text)
    assert "the vendor and every version;" in first.text, "what was entered is still there"
    assert [key for key, ticked in KEY.findall(first.text) if ticked] == [found.group(1)]
    answer = send(comparison, **fields, looked=seal_in(first.text))
    assert answer.status_code == 200
    assert "Union answer - Counter 1.docx" in unquote(answer.headers["Content-Disposition"])
    assert_table_safe(answer.content, tracked=True, author="Local 418", theirs=COUNTER.read_bytes())
    accepted = read_bytes(accept_all(answer.content, authors={"Local 418"}), "x.docx")
    assert "(b) the vendor and every version;" in accepted.text
    assert "the data that the Employer knows" in accepted.text, "what was not ticked is theirs"
    ours = [each for each in read_bytes(answer.content, "x.docx").tracked if each.author == "Local 418"]
    assert ours
    assert all(each.date for each in ours)


def test_what_is_wrong_is_said_and_everything_stays(
    browser: TestClient, send: Callable[..., Any], receive: Callable[..., tuple[str, str]]
) -> None:
    comparison, _ = receive()
    keys = [key for key, _ in KEY.findall(browser.get(f"/comparisons/{comparison}/answer").text)]
    written = [key for key in keys if f'id="words-{key}"' in browser.get(f"/comparisons/{comparison}/answer").text]
    fields = {"author": "Local 418", "dated": "yes", f"words-{written[1]}": "Words & of our own."}
    empty = send(comparison, take=written[0], **fields, **{f"words-{written[0]}": " "})
    assert empty.status_code == 400
    assert f'id="words-{written[0]}-error"' in empty.text
    assert [key for key, ticked in KEY.findall(empty.text) if ticked] == [written[0]]
    assert "Words &amp; of our own." in empty.text
    assert 'value="Local 418"' in empty.text
    stale = send(comparison, take=[written[1], "0123456789abcdef"], **fields)
    assert stale.status_code == 400
    assert "has changed since this page was opened" in stale.text
    assert "Words &amp; of our own." in stale.text
    nothing = send(comparison, **fields)
    assert nothing.status_code == 400
    assert "Nothing is ticked" in nothing.text


def test_where_there_is_no_word_file_or_no_proposal_it_says_so(
    browser: TestClient, send: Callable[..., Any], receive: Callable[..., tuple[str, str]], table_id: str
) -> None:
    pasted, ours = receive(pasted="Article 1. Notice\n\n1. The Employer will endeavor to give notice.\n")
    page = browser.get(f"/comparisons/{pasted}/answer")
    assert page.status_code == 200
    assert "did not come as a Word file" in page.text
    assert f"/tables/{table_id}/redlines/new?old=" in page.text
    assert f"new={ours}" in page.text
    assert "<textarea" not in page.text
    assert send(pasted, take="0123456789abcdef").status_code == 400
    library, _ = receive(against=False)
    assert "measured against the library" in browser.get(f"/comparisons/{library}/answer").text


def test_members_have_it_and_nobody_else(
    session: Session,
    browser: TestClient,
    stranger: TestClient,
    sam: Person,
    table_id: str,
    sign_in: Callable[[Person], TestClient],
    form_token: Callable[[TestClient], str],
    receive: Callable[..., tuple[str, str]],
) -> None:
    comparison, _ = receive()
    address = f"/comparisons/{comparison}/answer"
    person = find_or_create_person(session, email="tariq@local.example", name="Tariq Aziz", now=datetime.now(UTC))
    table = session.query(BargainingTable).filter_by(public_id=table_id).one()
    session.add(Membership(table_id=table.id, person_id=person.id, role="negotiator", created_at=datetime.now(UTC)))
    session.commit()
    assert sign_in(person).get(address).status_code == 200
    outsider = sign_in(sam)
    foreign, unknown = outsider.get(address), outsider.get("/comparisons/AAAAAAAAAAAA/answer")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.text == unknown.text
    assert outsider.post(address, data={"csrf_token": form_token(outsider)}).status_code == 404
    assert stranger.get(address).status_code == 303
    assert browser.post(address).status_code == 403
