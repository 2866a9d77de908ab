"""Asking the Employer for information, from a browser without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.library.files import Library
from app.proposals.assemble import add_clause
from app.proposals.days import today_at
from app.proposals.proposal import create_proposal
from app.proposals.seats import find_table
from app.proposals.tables import Membership
from app.word.table_safe import assert_table_safe
from tests.web.test_library_pages import Ids

_CLAUSE = "notice-before-technology"
ENTRY: dict[str, Any] = {
    "variant": "us-private",
    "letter_date": "2026-11-27",
    "letterhead": "Local 418\n12 Union Street\n",
    "address": "Gull Point Freight Handlers Inc.\n1 Harbor Road",
    "addressee": "Director of Labor Relations",
    "subject": "Request for information",
    "reply_days": "10",
    "day_kind": "working days",
    "reply_to": "bargaining@local418.example",
    "signer": "Rosa Medina",
    "signer_title": "Chief negotiator",
    "own": "Who chose the color of the scanners?",
    "question": ["data-retention", "system-name"],
}


@pytest.fixture
def address(table_id: str) -> str:
    return f"/tables/{table_id}/information-requests/new"


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str], address: str) -> Callable[..., Any]:
    token = form_token(browser)

    def post(do: str, **changed: Any) -> Any:
        return browser.post(address, data={"csrf_token": token, "do": do} | ENTRY | changed)

    return post


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="question" value="([^"]+)" checked', page))


def test_the_form_opens_with_what_the_table_knows(
    browser: TestClient, address: str, library: Library, table_id: str
) -> None:
    page = unescape(browser.get(address).text)
    for question in library.requests.questions.values():
        assert question.text in page
        assert question.good_for in page
    assert '<option value="us-private" selected>' in page
    assert 'name="signer" value="Rosa Medina"' in page
    assert f'value="{today_at("us-private", datetime.now(UTC)).isoformat()}"' in page
    assert "This is no legal advice." in page
    assert ticked(page) == set()
    checked = Ids(page)
    assert checked.headings == 1
    assert len(checked.ids) == len(set(checked.ids))
    assert checked.targets <= set(checked.ids)
    assert address in browser.get(f"/tables/{table_id}").text


def test_groups_are_ticked_and_cleared_without_losing_an_entry(send: Callable[..., Any], library: Library) -> None:
    page = send("all:vendor").text
    vendor = {each for each in library.requests.questions if each.startswith("vendor-")}
    assert ticked(page) == vendor | {"data-retention", "system-name"}
    assert "Who chose the color of the scanners?" in page
    assert ticked(send("none:data").text) == {"system-name"}
    assert ticked(send("all").text) == set(library.requests.questions)
    assert ticked(send("none").text) == set()


def test_another_wording_shows_its_note(send: Callable[..., Any]) -> None:
    page = send("wording", variant="germany").text
    assert "Written for a works council." in page
    assert '<option value="germany" selected>' in page
    assert ticked(page) == {"data-retention", "system-name"}


def test_the_letter_is_shown_as_it_will_read(send: Callable[..., Any], library: Library) -> None:
    answer = send("preview")
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert "3 questions, answer due 11 December 2026" in page
    assert "Please answer by Friday, 11 December 2026, which is 10 working days after the date of this letter." in page
    assert "National Labor Relations Act" in page
    assert '<ol start="2">' in page
    assert page.index(library.requests.questions["system-name"].text) < page.index('<ol start="2">')
    assert ticked(page) == {"data-retention", "system-name"}


def test_the_word_file_is_a_letter_with_real_numbers_and_no_note(send: Callable[..., Any], library: Library) -> None:
    answer = send("word")
    assert answer.status_code == 200
    assert 'filename="Information request 2026-11-27.docx"' in answer.headers["Content-Disposition"]
    assert_table_safe(answer.content)
    document = docx.Document(io.BytesIO(answer.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    questions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Question"]
    bank = library.requests.questions
    assert questions == [
        bank["system-name"].text,
        bank["data-retention"].text,
        "Who chose the color of the scanners?",
    ]
    assert texts[0] == "Local 418\n12 Union Street"
    assert texts[1] == "27 November 2026"
    assert texts[-1].endswith("Rosa Medina\nChief negotiator")
    whole = "\n".join(texts)
    assert bank["data-retention"].good_for not in whole
    assert "no legal advice" not in whole.lower()
    assert "Tests for waiver" not in whole
    assert send("word").content == answer.content


def test_plain_text_says_the_same(send: Callable[..., Any], library: Library) -> None:
    answer = send("text")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"1. {library.requests.questions['system-name'].text}\n" in answer.text
    assert "3. Who chose the color of the scanners?\n" in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("variant", "mars"),
        ("letter_date", "soon"),
        ("letter_date", "9999-12-31"),
        ("letterhead", "line\n" * 9),
        ("address", "x" * 201),
        ("addressee", "{{ 7 * 7 }}"),
        ("subject", "x" * 501),
        ("reply_days", "1"),
        ("reply_days", "ten"),
        ("day_kind", "moon days"),
        ("signer", ""),
        ("own", "Why?\n" * 51),
        ("own", "x" * 1001),
    ],
)
def test_what_cannot_be_used_gets_a_message_and_keeps_everything(
    send: Callable[..., Any], field: str, value: str
) -> None:
    answer = send("word", **{field: value})
    assert answer.status_code == 400
    shown = "reply_days" if value.startswith("9999") else field
    assert f'id="{shown}-error"' in answer.text
    assert Ids(answer.text).targets <= set(Ids(answer.text).ids)
    assert ticked(answer.text) == {"data-retention", "system-name"}
    if field != "own":
        assert "Who chose the color of the scanners?" in answer.text
    if field != "address":
        assert "1 Harbor Road" in answer.text


def test_several_problems_are_told_at_once(send: Callable[..., Any]) -> None:
    page = send("preview", signer="", letter_date="x", reply_days="0", question=[], own="").text
    for field in ("signer", "letter_date", "reply_days"):
        assert f'id="{field}-error"' in page
    assert page.count("No question is chosen") == 2


def test_a_question_that_is_none_is_not_asked(send: Callable[..., Any]) -> None:
    assert send("word", question=["data-nothing"], own="").status_code == 400


def test_words_of_the_person_stay_words(send: Callable[..., Any]) -> None:
    page = send("preview", own="Is <b>this</b> {{ 7 * 7 }} safe & sound?").text
    assert "Is &lt;b&gt;this&lt;/b&gt; {{ 7 * 7 }} safe &amp; sound?" in page
    text = docx.Document(io.BytesIO(send("word", own="Is <b>this</b> {{ 7 * 7 }} safe?").content))
    assert "Is <b>this</b> {{ 7 * 7 }} safe?" in [paragraph.text for paragraph in text.paragraphs]


def test_clauses_of_the_tables_proposals_bring_their_questions(
    send: Callable[..., Any], browser: TestClient, address: str, session: Session, rosa: Person, table_id: str,
    library: Library,
) -> None:  # fmt: skip
    clause = library.get(_CLAUSE)
    assert clause.questions[0] not in unescape(browser.get(address).text)
    proposal = create_proposal(session, rosa, table_id, "Technology")
    add_clause(session, rosa, proposal.id, _CLAUSE)
    session.commit()
    assert clause.questions[0] in unescape(browser.get(address).text)
    page = send(f"all:clause-{_CLAUSE}").text
    assert len(ticked(page)) == 2 + len(clause.questions)
    chosen = f"clause-{_CLAUSE}-{clause.version}-1"
    assert clause.questions[0] in send("text", question=[chosen]).text


def test_a_teammate_may_and_an_outsider_learns_nothing(
    sign_in: Callable[[Person], TestClient], form_token: Callable[[TestClient], str], session: Session, rosa: Person,
    sam: Person, table_id: str, address: str,
) -> None:  # fmt: skip
    outsider = sign_in(sam)
    fields = ENTRY | {"csrf_token": form_token(outsider), "do": "word"}
    unknown = outsider.get("/tables/unknown/information-requests/new")
    for answer in (outsider.get(address), outsider.post(address, data=fields)):
        assert answer.status_code == unknown.status_code == 404
        assert answer.text == unknown.text
    table = find_table(session, rosa, table_id)
    session.add(Membership(table_id=table.id, person_id=sam.id, role="negotiator", created_at=datetime.now(UTC)))
    session.commit()
    assert outsider.get(address).status_code == 200
    assert outsider.post(address, data=fields).status_code == 200


def test_other_methods_are_refused(browser: TestClient, address: str) -> None:
    assert browser.put(address).status_code == 405
    assert browser.post(address, data=ENTRY).status_code == 403


@pytest.mark.parametrize(
    ("jurisdiction", "day"), [("us-private", "2026-11-26"), ("uk", "2026-11-27"), ("germany", "2026-11-27")]
)
def test_today_is_the_tables_day(jurisdiction: str, day: str) -> None:
    assert today_at(jurisdiction, datetime(2026, 11, 27, 2, 30, tzinfo=UTC)).isoformat() == day
