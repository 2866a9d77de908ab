"""Every Word file that the browser can save is either for the table, and passes the check, or internal and says so."""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.errors import NotTableSafe
from app.proposals import (
    answer,
    caucus_counter,
    caucus_proposal,
    docx_writer,
    redline_pairs,
    report,
    report_content,
    request_docx,
)
from app.proposals.assemble import add_clause, fill_placeholders
from app.proposals.proposal import create_proposal
from app.proposals.views import ProposalView
from app.web import routes
from app.web.routes import exports
from app.word import table_redline
from app.word.table_safe import assert_table_safe

FOR_THE_TABLE = (
    "/proposals/{proposal_id}/export.docx",
    "/proposals/{proposal_id}/export.docx?lines=1&signatures=1&contents=yes",
)
INTERNAL = ("/comparisons/{comparison_id}/report.docx",)
HAND_OUT_WORD = {
    "answer.py": "for the table",
    "exports.py": "for the table",
    "information_requests.py": "for the table",
    "caucus.py": "for the caucus",
    "comparisons.py": "for the caucus",
    "house_style.py": "an empty template",
    "redlines.py": "for the table where that is asked for, else for the caucus",
}
"""The modules of routes that hand out Word files; what is for the table goes through the gate."""
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


def test_every_word_download_is_known_to_be_for_the_table_or_for_us() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(routes.__path__[0]).glob("*.py")}
    assert {
        name for name, text in sources.items() if re.search(r"\bWORD\b|\bword_or_pdf\b|wordprocessingml", text)
    } == set(HAND_OUT_WORD)


@pytest.mark.parametrize("module", [report, report_content, caucus_proposal, caucus_counter])
def test_what_is_for_the_caucus_is_never_offered_as_safe_for_the_table(module: ModuleType) -> None:
    assert "table_safe" not in inspect.getsource(module)


@pytest.mark.parametrize(
    "writer",
    [
        docx_writer.write_proposal_docx,
        request_docx.write_request_docx,
        redline_pairs.make_redline,
        table_redline.redline_for_table,
        answer.write_answer,
    ],
)
def test_what_is_for_the_table_is_written_through_the_gate(writer: Callable[..., bytes]) -> None:
    assert "make_table_safe(" in inspect.getsource(writer)


@pytest.mark.parametrize("path", FOR_THE_TABLE)
def test_what_is_for_the_table_passes_the_check(browser: TestClient, proposal: ProposalView, path: str) -> None:
    answer = browser.get(path.replace("{proposal_id}", proposal.id))
    assert answer.status_code == 200
    assert_table_safe(answer.content)


@pytest.mark.parametrize("path", INTERNAL)
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

    monkeypatch.setattr(exports, "write_proposal_docx", refuse)
    answer = browser.get(f"/proposals/{proposal.id}/export.docx")
    assert answer.status_code == 400
    assert "Not handed out" in answer.text
    assert "word/document.xml has tracked changes" in answer.text
