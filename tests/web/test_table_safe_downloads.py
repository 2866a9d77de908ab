"""Every Word file that the browser can save is either for the table, and passes the check, or internal and says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.errors import NotTableSafe
from app.proposals.assemble import add_clause, fill_placeholders
from app.proposals.proposal import create_proposal
from app.proposals.views import ProposalView
from app.web.routes import proposals as proposal_routes
from app.word.table_safe import assert_table_safe

FOR_THE_TABLE = {"/proposals/{proposal_id}/export.docx"}
INTERNAL = {"/comparisons/{comparison_id}/report.docx"}
COUNTER = "1. The Employer will endeavor to give notice.\n2. Nothing in this Article is grievable.\n"


@pytest.fixture
def proposal(session: Session, rosa: Person, table_id: str) -> ProposalView:
    made = create_proposal(session, rosa, table_id, "Technology")
    made = add_clause(session, rosa, made.id, "notice-before-technology")
    for article in made.articles:
        gaps = {each.placeholder.name: "The Director" for each in article.placeholders if each.missing}
        fill_placeholders(session, rosa, article.id, gaps)
    session.commit()
    return made


def test_every_word_download_is_known_to_be_for_the_table_or_for_us(app: FastAPI) -> None:
    paths = {str(context.path) for context in iter_route_contexts(app.routes)}
    assert {path for path in paths if path.endswith((".docx", ".dotx"))} == FOR_THE_TABLE | INTERNAL


@pytest.mark.parametrize("path", sorted(FOR_THE_TABLE))
def test_what_is_for_the_table_passes_the_check(browser: TestClient, proposal: ProposalView, path: str) -> None:
    answer = browser.get(path.replace("{proposal_id}", proposal.id))
    assert answer.status_code == 200
    assert_table_safe(answer.content)


@pytest.mark.parametrize("path", sorted(INTERNAL))
def test_what_is_for_us_does_not_pass_and_is_marked(
    browser: TestClient, form_token: Callable[[TestClient], str], proposal: ProposalView, path: str
) -> None:
    form = {"csrf_token": form_token(browser), "pasted": COUNTER, "against": proposal.id}
    made = browser.post(f"/tables/{proposal.table_id}/counters", data=form)
    answer = browser.get(path.replace("/comparisons/{comparison_id}", made.headers["Location"]))
    assert answer.status_code == 200
    with pytest.raises(NotTableSafe):
        assert_table_safe(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        headers = [package.read(name) for name in package.namelist() if name.startswith("word/header")]
    assert headers
    assert all(b"confidential" in header.lower() for header in headers)


def test_a_refused_export_says_why_and_hands_nothing_out(
    browser: TestClient, proposal: ProposalView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> bytes:
        raise NotTableSafe("The file was not handed out: word/document.xml has tracked changes.")

    monkeypatch.setattr(proposal_routes, "write_proposal_docx", refuse)
    answer = browser.get(f"/proposals/{proposal.id}/export.docx")
    assert answer.status_code == 400
    assert "Not handed out" in answer.text
    assert "word/document.xml has tracked changes" in answer.text
