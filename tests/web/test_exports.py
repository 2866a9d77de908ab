"""A proposal handed out from the browser: the choices, PDF, text, the page to print, and the office's template."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from functools import cache

import docx
import pytest
from docx.shared import Mm, RGBColor
from httpx2 import Response
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.library.files import Library
from app.office import office_program
from app.proposals.assemble import add_clause, set_note
from app.proposals.comparison import get_comparison, receive_counter
from app.proposals.proposal import create_proposal, get_proposal
from app.proposals.views import ProposalView
from app.word.house_style import starter_file

NOTE = "We would take forty-five days."


@pytest.fixture
def proposal(session: Session, rosa: Person, table_id: str) -> ProposalView:
    """Rosa's proposal of one article, with a note."""
    made = create_proposal(session, rosa, table_id, "Technology")
    made = add_clause(session, rosa, made.id, "notice-before-technology")
    set_note(session, rosa, made.articles[0].id, NOTE)
    session.commit()
    return get_proposal(session, rosa, made.id)


@pytest.fixture
def upload(browser: TestClient, form_token: Callable[[TestClient], str], table_id: str) -> Callable[..., Response]:
    def send(data: bytes, name: str = "office.docx", table: str = table_id) -> Response:
        answer: Response = browser.post(
            f"/tables/{table}/house-style", data={"csrf_token": form_token(browser)}, files={"file": (name, data)}
        )
        return answer

    return send


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


@cache
def a_template(width: int = 210) -> bytes:
    document = opened(starter_file())
    document.sections[0].page_width = Mm(width)
    document.add_paragraph(NOTE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_plain_link_gives_the_default_and_ticks_add_to_it(browser: TestClient, proposal: ProposalView) -> None:
    plain = opened(browser.get(f"/proposals/{proposal.id}/export.docx").content)
    assert not plain.tables
    assert "lnNumType" not in plain.sections[0]._sectPr.xml
    address = f"/proposals/{proposal.id}/export.docx?lines=true&signatures=true&contents=yes"
    chosen = opened(browser.get(address).content)
    assert len(chosen.tables) == 2
    assert "lnNumType" in chosen.sections[0]._sectPr.xml
    assert [each.text for each in chosen.paragraphs].count("Contents") == 1
    assert browser.get(f"/proposals/{proposal.id}/export.docx?contents=perhaps").status_code == 422


def test_the_export_page_offers_every_form(browser: TestClient, proposal: ProposalView) -> None:
    page = html.unescape(browser.get(f"/proposals/{proposal.id}/export").text)
    for words in ("Number the lines", "Block for signatures", "Table of contents", "Text to paste", "built in"):
        assert words in page
    assert proposal.articles[0].provisions[0].text in page
    assert NOTE not in page
    assert f"/proposals/{proposal.id}/export" in browser.get(f"/proposals/{proposal.id}").text


def test_text_and_print_hold_the_articles_and_no_note(browser: TestClient, proposal: ProposalView) -> None:
    text = browser.get(f"/proposals/{proposal.id}/export.txt")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "attachment" in text.headers["content-disposition"]
    printed = html.unescape(browser.get(f"/proposals/{proposal.id}/print").text)
    for provision in proposal.articles[0].provisions:
        assert provision.text in text.text
        assert provision.text in printed
    assert NOTE not in text.text + printed


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_pdf_of_the_same_document(browser: TestClient, proposal: ProposalView) -> None:
    answer = browser.get(f"/proposals/{proposal.id}/export.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_without_libreoffice_page_and_address_say_so(
    browser: TestClient, proposal: ProposalView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    page = browser.get(f"/proposals/{proposal.id}/export").text
    assert "A PDF needs LibreOffice, which is not installed here" in page
    assert "export.pdf" not in page
    answer = browser.get(f"/proposals/{proposal.id}/export.pdf")
    assert answer.status_code == 400
    assert "A PDF needs LibreOffice" in answer.text


def test_an_offices_template_is_used_downloaded_and_removed(
    browser: TestClient,
    form_token: Callable[[TestClient], str],
    upload: Callable[..., Response],
    proposal: ProposalView,
    table_id: str,
) -> None:
    page = f"/tables/{table_id}/house-style"
    assert page in browser.get(f"/tables/{table_id}").text
    assert "The built-in style." in browser.get(page).text
    assert upload(a_template()).status_code == 303
    assert upload(a_template(200), "newer.dotx").status_code == 303
    shown = browser.get(page).text
    assert "newer.dotx" in shown
    assert "Rosa Medina" in shown
    assert browser.get(f"{page}/template").content == a_template(200)
    written = browser.get(f"/proposals/{proposal.id}/export.docx").content
    assert round(opened(written).sections[0].page_width.mm) == 200
    assert NOTE not in "".join(each.text for each in opened(written).paragraphs)
    assert browser.post(f"{page}/remove", data={"csrf_token": form_token(browser)}).status_code == 303
    assert browser.get(f"{page}/template").status_code == 404
    written = browser.get(f"/proposals/{proposal.id}/export.docx").content
    assert round(opened(written).sections[0].page_width.inches, 1) == 8.5


def test_what_a_letterhead_has_that_is_hard_to_see_is_said_where_it_was_handed_in(
    browser: TestClient, upload: Callable[..., Response], table_id: str
) -> None:
    document = opened(starter_file())
    hidden = document.sections[0].header.paragraphs[0].add_run("Our floor is 45 days")
    hidden.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    out = io.BytesIO()
    document.save(out)
    assert upload(a_template()).status_code == 303
    assert "hard to see" not in browser.get(f"/tables/{table_id}/house-style").text
    assert upload(out.getvalue()).status_code == 303
    shown = browser.get(f"/tables/{table_id}/house-style").text
    assert "White letters: “Our floor is 45 days”" in shown


def test_the_starter_is_a_template_that_is_accepted(
    browser: TestClient, upload: Callable[..., Response], table_id: str
) -> None:
    starter = browser.get(f"/tables/{table_id}/house-style/starter.docx").content
    assert upload(starter).status_code == 303


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"no word file", "office.docx", "not a Word file"),
        (a_template(), "office.docm", "Choose a Word file, .docx or .dotx"),
        (starter_file().replace(b"word/styles.xml", b"word/stylez.xml"), "office.docx", "The template has no styles"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_beside_the_field(
    browser: TestClient, upload: Callable[..., Response], table_id: str, data: bytes, name: str, says: str
) -> None:
    answer = upload(data, name)
    assert answer.status_code == 400
    assert says in html.unescape(answer.text)
    assert 'id="file-error"' in answer.text
    assert "The built-in style." in browser.get(f"/tables/{table_id}/house-style").text


@pytest.mark.parametrize("megabytes", [6, 27])
def test_a_template_over_its_own_limit_is_told_that_limit(
    browser: TestClient, upload: Callable[..., Response], table_id: str, megabytes: int
) -> None:
    answer = upload(b"PK" + b"0" * (megabytes * 1_000_000), "office.docx")
    assert answer.status_code == (400 if megabytes < 25 else 413), "beyond 25 MB nothing is even read"
    assert "The template is larger than 5 MB" in answer.text
    assert "25 MB" not in answer.text
    assert f"/tables/{table_id}/house-style" in answer.text


def test_no_file_chosen(browser: TestClient, form_token: Callable[[TestClient], str], table_id: str) -> None:
    answer = browser.post(f"/tables/{table_id}/house-style", data={"csrf_token": form_token(browser)})
    assert answer.status_code == 400
    assert "Choose the template" in answer.text


def test_outsiders_and_strangers_learn_nothing(
    stranger: TestClient, sign_in: Callable[[Person], TestClient], sam: Person, proposal: ProposalView, table_id: str
) -> None:
    outsider = sign_in(sam)
    addresses = [f"/proposals/{proposal.id}/{each}" for each in ("export", "export.docx", "export.pdf", "export.txt")]
    addresses += [f"/proposals/{proposal.id}/print", f"/tables/{table_id}/house-style"]
    addresses += [f"/tables/{table_id}/house-style/{each}" for each in ("template", "starter.docx")]
    for address in addresses:
        assert outsider.get(address).status_code == 404
        assert outsider.get(address.replace(proposal.id, "x").replace(table_id, "x")).status_code == 404
        assert stranger.get(address).status_code == 303


def test_the_employers_text_is_not_written_in_our_name(
    browser: TestClient, session: Session, rosa: Person, table_id: str, pipeline: Pipeline, library: Library
) -> None:
    record = receive_counter(
        session, rosa, table_id, data=None, pasted="1. The Union waives any right to bargain.", name="Counter",
        against=None, pipeline=pipeline, library=library, max_bytes=100_000,
    )  # fmt: skip
    session.commit()
    theirs = get_comparison(session, rosa, record.public_id).draft_proposal_id
    for each in ("export", "export.docx", "export.pdf", "export.txt", "print"):
        answer = browser.get(f"/proposals/{theirs}/{each}")
        assert answer.status_code == 400
        assert "is not exported" in answer.text
