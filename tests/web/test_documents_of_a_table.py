"""Everything that a table hands out as a Word file: on the paper and in the language of its place, and as PDF too."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.accounts.tables import Person
from app.analysis.pipeline import Pipeline
from app.library.files import Library
from app.office import office_program
from app.proposals.assemble import add_clause, fill_placeholders, set_note
from app.proposals.comparison import receive_counter
from app.proposals.demonstration import COUNTER
from app.proposals.export_options import language_of, paper_of
from app.proposals.house_styles import store_house_style
from app.proposals.proposal import create_proposal
from app.proposals.tables import BargainingTable
from app.word.xml import q
from tests.factories.schema_order import problems_beyond
from tests.web.test_information_requests import ENTRY
from tests.word.test_house_style import letterhead

LETTER, A4 = (12240, 15840), (11906, 16838)
PLACES = {
    "us-private": (LETTER, "en-US"),
    "us-public": (LETTER, "en-US"),
    "us-federal": (LETTER, "en-US"),
    "canada": (LETTER, "en-CA"),
    "uk": (A4, "en-GB"),
    "eu": (A4, "en-GB"),
    "germany": (A4, "en-GB"),
    "spain": (A4, "en-GB"),
    "nordics": (A4, "en-GB"),
}
PASTED = "1. The Employer will endeavor to give notice.\n2. Nothing in this Article is grievable.\n"
NOTE = "Never below sixty."

Documents = Callable[..., dict[str, Any]]


@pytest.fixture
def documents(
    session: Session,
    rosa: Person,
    browser: TestClient,
    form_token: Callable[[TestClient], str],
    table_id: str,
    pipeline: Pipeline,
    library: Library,
) -> Documents:
    """Every document of a table in one jurisdiction, as Word files or as PDF, by what it is."""
    token = form_token(browser)

    def hand_out(jurisdiction: str, *, as_pdf: bool = False) -> dict[str, Any]:
        session.query(BargainingTable).filter_by(public_id=table_id).one().jurisdiction = jurisdiction
        first, second = (create_proposal(session, rosa, table_id, title) for title in ("Notice", "Notice again"))
        for each, days in ((first, "93"), (second, "87")):
            added = add_clause(session, rosa, each.id, "notice-before-technology")
            fill_placeholders(session, rosa, added.articles[0].id, {"notice_days": days})
            set_note(session, rosa, added.articles[0].id, NOTE)
        pasted, theirs = (
            receive_counter(
                session, rosa, table_id, data=data, pasted=words, name=name, against=first.id,
                pipeline=pipeline, library=library, max_bytes=1_000_000, now=datetime(2026, 5, 4, tzinfo=UTC),
            )
            for data, words, name in ((None, PASTED, "Counter"), (COUNTER.read_bytes(), None, "Counter.docx"))
        )  # fmt: skip
        session.commit()
        ending = "pdf" if as_pdf else "docx"
        ticked = {"as_pdf": "yes"} if as_pdf else {}
        answer = f"/comparisons/{theirs.public_id}/answer"
        redline, table = f"/tables/{table_id}/redlines/new", {"kind": "rounds", "for": "table"}

        def post(address: str, /, **fields: Any) -> Any:
            answer = browser.post(address, data={"csrf_token": token} | fields)
            to_look_at = re.search(r'name="looked" value="(\w+)"', answer.text)
            if to_look_at is None:
                return answer
            return browser.post(address, data={"csrf_token": token, "looked": to_look_at[1]} | fields)

        return {
            "proposal": browser.get(f"/proposals/{first.id}/export.{ending}"),
            "caucus copy of ours": browser.get(f"/proposals/{first.id}/caucus.{ending}"),
            "caucus copy of pasted text": browser.get(f"/comparisons/{pasted.public_id}/caucus.{ending}"),
            "caucus copy of their file": browser.get(f"/comparisons/{theirs.public_id}/caucus.{ending}"),
            "report": browser.get(f"/comparisons/{pasted.public_id}/report.{ending}"),
            "letter": post(
                f"/tables/{table_id}/information-requests/new", **ENTRY | {"do": "pdf" if as_pdf else "word"}
            ),
            "redline of rounds": post(redline, **table, **ticked, old=first.id, new=second.id),
            "redline of texts": post(redline, **table, **ticked, old=first.id, new=second.id, text_alone="yes"),
            "redline for us": post(redline, kind="rounds", **ticked, old=first.id, new=second.id),
            "answer": post(answer, take=[_first_step(browser.get(answer).text)], author="Union", **ticked),
        }

    return hand_out


def _first_step(page: str) -> str:
    return page.partition('name="take" value="')[2][:16]


def _notes(data: bytes) -> str:
    """What the notes of a PDF say."""
    said = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
                note = pdfium.FPDFPage_GetAnnot(page, index)
                size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
                words = (pdfium.FPDF_WCHAR * (size // 2))()
                pdfium.FPDFAnnot_GetStringValue(note, b"Contents", words, size)
                said.append(bytes(words).decode("utf-16-le"))
                pdfium.FPDFPage_CloseAnnot(note)
    return "\n".join(said)


@pytest.mark.parametrize("jurisdiction", ["us-private", "canada", "uk", "germany"])
def test_paper_and_language_are_those_of_the_place(documents: Documents, jurisdiction: str) -> None:
    paper, language = PLACES[jurisdiction]
    made = documents(jurisdiction)
    for name in ("caucus copy of their file", "answer"):
        del made[name]  # on their paper, in their language
    for name, answer in made.items():
        assert answer.status_code == 200, name
        opened = docx.Document(io.BytesIO(answer.content))
        for section in opened.sections:
            size = (section.page_width.twips, section.page_height.twips)
            assert size in {paper, paper[::-1]}, name
            room = section.page_width - section.left_margin - section.right_margin
        spoken = {each.get(q("val")) for each in opened.styles.element.iter(q("lang"))}
        assert spoken == {language}, name
        for table in opened.tables:
            assert sum(column.width for column in table.columns) <= room, name


def test_every_place_of_the_library_has_its_paper(library: Library) -> None:
    assert set(PLACES) == set(library.vocabulary.jurisdictions)
    for place, (paper, language) in PLACES.items():
        assert (paper_of(place), language_of(place)) == ("a4" if paper == A4 else "letter", language), place


def test_the_caucus_copy_of_ours_is_in_the_template_of_the_table(
    session: Session, rosa: Person, table_id: str, documents: Documents
) -> None:
    store_house_style(session, rosa, table_id, data=letterhead(), name="office.docx")
    made = documents("us-private")
    for name in ("proposal", "caucus copy of ours"):
        assert docx.Document(io.BytesIO(made[name].content)).sections[0].page_width.twips == A4[0], name


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_each_of_them_is_there_as_pdf(documents: Documents) -> None:
    made = documents("uk", as_pdf=True)
    confidential = {"caucus copy of ours", "caucus copy of pasted text", "caucus copy of their file", "report"}
    confidential.add("redline for us")
    for name, answer in made.items():
        assert answer.status_code == 200, (name, answer.text[-3000:])
        assert answer.headers["content-type"] == "application/pdf", name
        file_name = unquote(answer.headers["content-disposition"])
        assert file_name.endswith(".pdf"), name
        assert ".docx" not in file_name, name
        with pypdfium2.PdfDocument(answer.content) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
            if name not in confidential:
                assert pdf.get_metadata_value("Author") == "", name
        for page in pages:
            assert ("CONFIDENTIAL" in page) is (name in confidential), name
        assert (NOTE in _notes(answer.content)) is (name == "caucus copy of ours"), name
        if name.startswith("redline"):
            assert {"87", "93"} <= set(re.findall(r"87|93", "".join(pages))), name


def test_without_libreoffice_each_says_so_and_no_page_offers_one(
    documents: Documents, browser: TestClient, table_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    for name, answer in documents("us-private", as_pdf=True).items():
        assert answer.status_code == 400, name
        assert "A PDF needs LibreOffice, which is not installed here" in answer.text, name
    redline = browser.get(f"/tables/{table_id}/redlines/new").text
    assert 'name="as_pdf" value="yes" disabled' in redline
    assert "A PDF needs LibreOffice" in redline
    assert 'value="pdf"' not in browser.get(f"/tables/{table_id}/information-requests/new").text


def test_elements_stand_in_the_order_of_the_schema_in_each_of_them(documents: Documents) -> None:
    theirs = COUNTER.read_bytes()
    for name, answer in documents("us-private").items():
        assert answer.status_code == 200, name
        assert problems_beyond(answer.content, *([theirs] if name == "caucus copy of their file" else [])) == [], name
