"""Who moved where, redlines, and copies for the caucus in the browser; and who may have them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app import office
from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.library.files import Library
from app.proposals.assemble import add_clause, fill_placeholders, set_note
from app.proposals.comparison import get_comparison, receive_counter, review_finding
from app.proposals.proposal import create_proposal
from app.proposals.tables import BargainingTable, Membership
from app.proposals.views import ProposalView
from app.text.docx_reader import read_docx_blocks
from app.word.caucus_mark import is_caucus_copy
from app.word.settle import reject_all
from app.word.table_safe import assert_table_safe
from tests.factories.comments_read_back import read_comments
from tests.factories.word_files import inserted, paragraph, run, word_file

CLAUSE = "notice-before-technology"
DEMAND = "\nArticle 9. Waiver\n\n1. The Union waives any right to bargain over technology.\n"
COUNTER = (
    "Article 1. Notice\n\n1. The Employer will endeavor to give the Union notice 30 calendar days before it buys.\n"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def proposals(session: Session, rosa: Person, table_id: str) -> list[ProposalView]:
    """Two proposals of ours, the second with fewer days."""
    made = []
    for title in ("Technology", "Technology again"):
        view = create_proposal(session, rosa, table_id, title)
        made.append(add_clause(session, rosa, view.id, CLAUSE))
    made[1] = fill_placeholders(session, rosa, made[1].articles[0].id, {"notice_days": "90"})
    set_note(session, rosa, made[0].articles[0].id, "Never below sixty.")
    session.commit()
    return made


@pytest.fixture
def counters(
    session: Session, rosa: Person, table_id: str, proposals: list[ProposalView], pipeline: Pipeline, library: Library
) -> list[str]:
    """Two counters, a week apart, the second in our own words; their comparisons."""
    ids = []
    provisions = proposals[0].articles[0].provisions
    agreed = "\n".join(
        f"{'(' + each.number.split('(')[1] if each.level else each.number + '.'} {each.text}" for each in provisions
    )
    for day, text in ((4, COUNTER), (11, f"Article 1. Notice\n\n{agreed}\n")):
        record = receive_counter(
            session, rosa, table_id, data=None, pasted=text + DEMAND, name="Counter", against=proposals[0].id,
            pipeline=pipeline, library=library, max_bytes=100_000, now=datetime(2026, 5, day, 12, tzinfo=UTC),
        )  # fmt: skip
        ids.append(record.public_id)
    session.commit()
    return ids


@pytest.fixture
def teammate(session: Session, table_id: str, sign_in: Callable[[Person], TestClient]) -> TestClient:
    """Tariq, who sits at the same table."""
    person = find_or_create_person(session, email="tariq@local.example", name="Tariq Aziz", now=datetime.now(UTC))
    table = session.query(BargainingTable).filter_by(public_id=table_id).one()
    session.add(Membership(table_id=table.id, person_id=person.id, role="negotiator", created_at=datetime.now(UTC)))
    session.commit()
    return sign_in(person)


@pytest.fixture
def addresses(table_id: str, proposals: list[ProposalView], counters: list[str]) -> list[str]:
    return [
        f"/tables/{table_id}/movement",
        f"/tables/{table_id}/redlines/new",
        f"/proposals/{proposals[0].id}/caucus.docx",
        f"/comparisons/{counters[0]}/caucus.docx",
        f"/comparisons/{counters[1]}/report.docx?notes=yes",
    ]


def file_name(answer: Any) -> str:
    found = re.search(r"filename\*=UTF-8''(\S+)", answer.headers["Content-Disposition"])
    assert found
    return unquote(found.group(1))


def test_members_have_them_and_nobody_else(
    browser: TestClient,
    teammate: TestClient,
    stranger: TestClient,
    sam: Person,
    sign_in: Callable[[Person], TestClient],
    addresses: list[str],
) -> None:
    outsider = sign_in(sam)
    for address in addresses:
        assert browser.get(address).status_code == 200, address
        assert teammate.get(address).status_code == 200, address
        foreign, unknown = outsider.get(address), outsider.get(re.sub(r"(?<=/)[\w-]{12}(?=/)", "AAAAAAAAAAAA", address))
        assert (foreign.status_code, unknown.status_code) == (404, 404), address
        assert foreign.text == unknown.text
        assert stranger.get(address).status_code == 303
        assert browser.post(address).status_code in {403, 405}


def test_the_movement_shows_each_protection_in_each_counter(
    browser: TestClient, table_id: str, counters: list[str]
) -> None:
    page = browser.get(f"/tables/{table_id}/movement").text
    assert page.count("<h1") == 1
    assert "Employer Counter 1 against Union Proposal 1" in page
    assert "Employer Counter 2 against Union Proposal 1" in page
    assert "4 May 2026" in page
    assert "better for workers: Employer" in page
    assert f'href="/comparisons/{counters[1]}#finding-' in page
    assert "no legal advice" in page
    moved = browser.get(f"/tables/{table_id}/movement?show=moved").text
    assert moved.count('<th scope="row"') < page.count('<th scope="row"')
    assert browser.get(f"/tables/{table_id}/movement?show=nonsense").status_code == 200


def test_the_movement_says_what_to_do_where_there_is_none(browser: TestClient, table_id: str) -> None:
    assert "No counter has been compared yet" in browser.get(f"/tables/{table_id}/movement").text


def test_copies_are_named_marked_and_full_of_comments(
    browser: TestClient, proposals: list[ProposalView], counters: list[str]
) -> None:
    ours = browser.get(f"/proposals/{proposals[0].id}/caucus.docx")
    assert file_name(ours) == "CONFIDENTIAL caucus copy - Union Proposal 1 - Technology.docx"
    assert ours.headers["Content-Type"] == WORD
    said = read_comments(ours.content)
    assert any("Never below sixty." in each.text for each in said)
    assert any("In Employer Counter 2." in each.text for each in said)
    theirs = browser.get(f"/comparisons/{counters[0]}/caucus.docx")
    assert file_name(theirs) == "CONFIDENTIAL caucus copy - Employer Counter 1 - Counter.docx"
    assert any("will endeavor to" in each.words for each in read_comments(theirs.content))
    for answer in (ours, theirs):
        assert is_caucus_copy(answer.content)
    assert f"/proposals/{proposals[0].id}/caucus.docx" in browser.get(f"/proposals/{proposals[0].id}").text
    assert f"/comparisons/{counters[0]}/caucus.docx" in browser.get(f"/comparisons/{counters[0]}").text


def test_the_caucus_copy_of_a_counter_is_not_asked_for_as_a_proposal(
    session: Session, rosa: Person, browser: TestClient, counters: list[str]
) -> None:
    counter = get_comparison(session, rosa, counters[0]).draft_proposal_id
    answer = browser.get(f"/proposals/{counter}/caucus.docx")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/comparisons/{counters[0]}/caucus.docx"


def test_the_report_has_the_movement_and_our_notes_only_when_asked(
    session: Session, rosa: Person, browser: TestClient, counters: list[str]
) -> None:
    finding = get_comparison(session, rosa, counters[1]).findings[0]
    review_finding(session, rosa, finding.id, "agreed", "We can live with it.")
    session.commit()

    def text(address: str) -> str:
        document = docx.Document(io.BytesIO(browser.get(address).content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in document.paragraphs), *cells])

    plain, noted = (text(f"/comparisons/{counters[1]}/report.docx{more}") for more in ("", "?notes=yes"))
    assert "Who moved where" in plain
    assert "Round 2, 11 May 2026" in plain or "Employer Counter 2 against Union Proposal 1" in plain
    assert "We can live with it." not in plain
    page = browser.get(f"/comparisons/{counters[1]}/report.html").text
    assert "Who moved where" in page
    assert "Employer Counter 2 against Union Proposal 1" in page
    assert "Agreed by Rosa Medina: We can live with it." in noted


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str], table_id: str) -> Callable[..., Any]:
    token = form_token(browser)

    def post(files: dict[str, Any] | None = None, **fields: str) -> Any:
        return browser.post(f"/tables/{table_id}/redlines/new", data={"csrf_token": token} | fields, files=files)

    return post


def test_the_form_presets_our_last_two_texts(browser: TestClient, table_id: str, proposals: list[ProposalView]) -> None:
    page = browser.get(f"/tables/{table_id}/redlines/new").text
    assert page.count("<h1") == 1
    assert re.findall(r'<option value="([^"]*)" selected>', page)[:2] == [proposals[0].id, proposals[1].id]


def test_redlines_of_all_three_kinds(send: Callable[..., Any], proposals: list[ProposalView]) -> None:
    ours = {"kind": "rounds", "old": proposals[0].id, "new": proposals[1].id}
    answer = send(**ours, **{"for": "table"})
    assert answer.status_code == 200
    assert file_name(answer) == "Redline - Union Proposal 2 against Union Proposal 1.docx"
    assert_table_safe(answer.content, tracked=True)
    assert is_caucus_copy(send(**ours, **{"for": "caucus"}).content)
    model = send(kind="model", article=proposals[1].articles[0].id, **{"for": "table"})
    assert is_caucus_copy(model.content), "the model is never for the other side"
    assert file_name(model).startswith("CONFIDENTIAL caucus copy - Redline - Union Proposal 2, Article 1 against")
    files = {"old_file": ("old.txt", b"1. Notice of 30 days."), "new_file": ("new.txt", b"1. Notice of 60 days.")}
    both = send(files, kind="files", dated="yes", **{"for": "table"})
    assert file_name(both) == "Redline - new against old.docx"
    assert_table_safe(both.content, tracked=True)


def test_a_redline_of_two_word_files_keeps_their_numbers_unless_the_text_alone_is_asked_for(
    send: Callable[..., Any], proposals: list[ProposalView]
) -> None:
    ours = {"kind": "rounds", "old": proposals[0].id, "new": proposals[1].id, "for": "table"}
    full, alone = (read_docx_blocks(send(**ours, **more).content)[0] for more in ({}, {"text_alone": "yes"}))
    assert any(each.number for each in full)
    assert not any(each.number for each in alone)


def test_a_text_that_is_not_filled_in_is_named_beside_its_field(
    session: Session, rosa: Person, table_id: str, send: Callable[..., Any], proposals: list[ProposalView]
) -> None:
    empty = create_proposal(session, rosa, table_id, "Empty")
    gap = create_proposal(session, rosa, table_id, "With a gap")
    gap = add_clause(session, rosa, gap.id, "side-letter-on-ai")
    missing = gap.articles[0].missing
    session.commit()
    assert missing
    ours = {"kind": "rounds", "for": "table"}
    old = send(**ours, old=gap.id, new=proposals[0].id)
    assert old.status_code == 400
    assert re.search(r'id="old-error">Article 1 [^<]* is not filled in', old.text)
    assert send(kind="rounds", old=gap.id, new=proposals[0].id).status_code == 200, "for the caucus it may be open"
    assert re.search(r'id="new-error">[^<]* has no articles yet', send(**ours, old=proposals[0].id, new=empty.id).text)


def test_of_two_files_one_says_which_the_other_side_sent(send: Callable[..., Any]) -> None:
    theirs = word_file(paragraph(inserted("Their words. ") + run("Notice of 120 days.")))
    files = {"old_file": ("theirs.docx", theirs), "new_file": ("ours.docx", word_file(paragraph("Notice of 90 days.")))}
    fields = {"kind": "files", "for": "table"}
    refused = send(files, **fields)
    assert refused.status_code == 400
    assert "has tracked changes by “Ann”" in refused.text
    assert "Or tick “The text alone”." in refused.text
    assert send(files, **fields, text_alone="yes").status_code == 200
    first = send(files, **fields, old_theirs="yes")
    assert "Comments and changes by “Ann” stay" in first.text
    seal = re.search(r'name="looked" value="(\w+)"', first.text)
    assert seal
    answer = send(files, **fields, old_theirs="yes", looked=seal[1])
    assert answer.status_code == 200
    assert_table_safe(answer.content, tracked=True, theirs=theirs)
    taken = send(files, **fields, old_theirs="yes", author="Ann")
    assert taken.status_code == 400
    assert re.search(r'id="author-error">Ann already has changes', taken.text)
    assert re.search(r'name="old_theirs" value="yes" checked', taken.text), "what was entered is still there"


def test_what_is_hard_to_see_is_shown_once_before_a_file_goes_out(send: Callable[..., Any]) -> None:
    white = run(" We settle at 45.", '<w:color w:val="FFFFFF"/>')
    pair = (word_file(paragraph("Notice of 120 days.")), word_file(paragraph(run("Notice of 90 days.") + white)))
    files = {"old_file": ("old.docx", pair[0]), "new_file": ("new.docx", pair[1])}
    first = send(files, kind="files", **{"for": "table"})
    assert first.status_code == 200
    assert "White letters: “We settle at 45" in first.text
    assert "Choose the two files once more" in first.text
    assert re.search(r'name="kind" value="files">I have looked', first.text)
    seal = re.search(r'name="looked" value="(\w+)"', first.text)
    assert seal
    assert "I have looked" in send(files, kind="files", looked="0" * 16, **{"for": "table"}).text
    assert_table_safe(send(files, kind="files", looked=seal[1], **{"for": "table"}).content, tracked=True)
    assert is_caucus_copy(send(files, kind="files").content), "the caucus is not asked"


def test_the_page_says_which_texts_are_no_word_files(browser: TestClient, table_id: str, counters: list[str]) -> None:
    page = browser.get(f"/tables/{table_id}/redlines/new").text
    options = re.findall(r'<option value="[^"]+"[^>]*>([^<]+)</option>', page)
    assert "Employer Counter 2: Counter (text alone)" in options
    assert "Union Proposal 1: Technology" in options


@pytest.mark.parametrize(
    ("fields", "files", "message"),
    [
        ({"kind": "rounds"}, None, "Choose two texts."),
        ({"kind": "nonsense"}, None, "Choose two texts."),
        ({"kind": "model"}, None, "Choose an article."),
        ({"kind": "files"}, None, "Choose both files."),
        ({"kind": "files"}, {"old_file": ("a.txt", b"1. Words.")}, "Choose both files."),
        ({"kind": "files"}, {"old_file": ("a.txt", b"1. Words."), "new_file": ("b.docx", b"PK\x03\x04")}, "b.docx"),
    ],
)
def test_what_is_missing_or_broken_is_said_beside_its_field(
    send: Callable[..., Any], fields: dict[str, str], files: dict[str, Any] | None, message: str
) -> None:
    answer = send(files, **fields)
    assert answer.status_code == 400
    assert message in answer.text
    assert "field-error" in answer.text


@pytest.mark.parametrize("for_whom", ["table", "caucus"])
def test_where_nothing_differs_there_is_a_message_and_no_file(
    send: Callable[..., Any], proposals: list[ProposalView], for_whom: str
) -> None:
    word = word_file(paragraph("Notice of 120 days."))
    same = "These two texts are the same."
    for data, name in ((word, "a.docx"), (b"1. Notice of 30 days.", "a.txt")):
        files = {"old_file": (name, data), "new_file": (name, data)}
        answer = send(files, kind="files", **{"for": for_whom})
        assert answer.status_code == 400
        assert f'id="new_file-error">{same}' in answer.text
    model = send(kind="model", article=proposals[0].articles[0].id, **{"for": for_whom})
    assert f'id="article-error">{same}' in model.text


RTF = rb"{\rtf1\ansi\b Notice of 120 days.\b0\par}"
needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(office.office_program() is None, reason="needs LibreOffice (soffice)"),
]


class TestOtherWordProcessors:
    pytestmark = needs_office

    def test_an_uploaded_file_is_converted_and_the_name_says_so(self, send: Callable[..., Any]) -> None:
        files = {"old_file": ("theirs.rtf", RTF), "new_file": ("b.docx", word_file(paragraph("Notice of 90 days.")))}
        answer = send(files, kind="files", old_theirs="yes", **{"for": "table"})
        assert answer.status_code == 200
        assert file_name(answer) == "Redline - b against theirs (converted).docx"
        before = docx.Document(io.BytesIO(reject_all(answer.content))).paragraphs[0]
        assert {each.bold for each in before.runs if each.text} == {True}, "rejecting gives their look back"
        alone = send(files, kind="files", text_alone="yes", **{"for": "table"})
        assert file_name(alone) == "Redline - b against theirs.docx", "of the texts alone nothing has to be checked"

    def test_a_counter_that_came_so_is_converted_for_its_redline(
        self, session: Session, rosa: Person, browser: TestClient, send: Callable[..., Any], table_id: str,
        proposals: list[ProposalView], pipeline: Pipeline, library: Library,
    ) -> None:  # fmt: skip
        record = receive_counter(
            session, rosa, table_id, data=RTF, pasted=None, name="theirs.rtf", against=proposals[0].id,
            pipeline=pipeline, library=library, max_bytes=100_000,
        )  # fmt: skip
        session.commit()
        counter = get_comparison(session, rosa, record.public_id).draft_proposal_id
        assert "theirs.rtf (converted to a Word file)<" in browser.get(f"/tables/{table_id}/redlines/new").text
        answer = send(kind="rounds", old=counter, new=proposals[0].id, **{"for": "table"})
        assert file_name(answer) == "Redline - Union Proposal 1 against Employer Counter 1 (converted).docx"
        assert any(each.number for each in read_docx_blocks(answer.content)[0]), "our numbers are real ones"


def test_without_libreoffice_page_and_message_say_so(
    send: Callable[..., Any], browser: TestClient, table_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    files = {"old_file": ("a.txt", b"1. Words."), "new_file": ("new.rtf", RTF)}
    answer = send(files, kind="files")
    assert answer.status_code == 400
    assert re.search(r'id="new_file-error">new\.rtf: [^<]*needs LibreOffice', answer.text)
    assert ".rtf" not in browser.get(f"/tables/{table_id}/redlines/new").text


def test_the_same_text_twice_and_a_foreign_text_are_refused(
    send: Callable[..., Any], proposals: list[ProposalView]
) -> None:
    same = send(kind="rounds", old=proposals[0].id, new=proposals[0].id, author="Local 418")
    assert same.status_code == 400
    assert "Choose two different texts." in same.text
    assert 'value="Local 418"' in same.text, "what was entered is still there"
    assert send(kind="rounds", old=proposals[0].id, new="AAAAAAAAAAAA").status_code == 404
    assert send(kind="model", article="AAAAAAAAAAAA").status_code == 404
