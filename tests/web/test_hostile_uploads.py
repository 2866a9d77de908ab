"""Hostile and unreadable uploads: the message stands beside the field, and no row of any table is added."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app import office
from app.db import Base
from tests.factories.word_files import NAMESPACES, archive, document, listed, numbering, paragraph, word_file

SENTENCE = "The Employer shall give the Union 120 calendar days notice of each Automated System."
ENTITY = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
GOOD = word_file(paragraph(SENTENCE) * 3)


def many_entries() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as package:
        for index in range(20_001):
            package.writestr(f"x/{index}", "")
    return buffer.getvalue()


REFUSED = [
    ("password.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("old.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "old Office format"),
    ("cut.docx", GOOD[: len(GOOD) // 2], "cut off"),
    ("byte.docx", b"P", "cut off"),
    ("page.docx", b"<html><body>Notice</body></html>", "web page"),
    ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj", "cut off"),
    ("bomb.docx", word_file(paragraph("x" * 30_000_000)), "times its size"),
    ("entries.docx", many_entries(), "parts"),
    ("entity.docx", word_file(main=ENTITY + document(paragraph("&amp;x;"))), "entities"),
    ("laughs.docx", word_file(listed("a"), parts={"numbering": LAUGHS + numbering()}), "entities"),
    ("styles.docx", word_file(paragraph("a"), parts={"styles": ENTITY + f"<w:styles {NAMESPACES}/>"}), "entities"),
    ("sheet.docx", archive({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "spreadsheet"),
    ("white.txt", b" \n\t\r\n", "empty"),
    ("noise.txt", bytes(range(1, 32)) * 50, "no text"),
]


@pytest.fixture
def send(browser: TestClient, form_token: Callable[[TestClient], str], table_id: str) -> Callable[..., Any]:
    token = form_token(browser)

    def post(name: str, data: bytes) -> Any:
        fields = {"csrf_token": token, "against": "library", "pasted": ""}
        return browser.post(f"/tables/{table_id}/counters", data=fields, files={"file": (name, data)})

    return post


def rows(session: Session) -> dict[str, int]:
    session.rollback()
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


@pytest.mark.parametrize(("name", "data", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_beside_the_field_and_nothing_is_stored(
    send: Callable[..., Any], session: Session, name: str, data: bytes, says: str
) -> None:
    before = rows(session)
    answer = send(name, data)
    assert answer.status_code == 400
    assert 'id="file-error"' in answer.text
    assert says in answer.text
    assert rows(session) == before


def test_a_file_over_the_limit_is_refused_and_nothing_is_stored(
    send: Callable[..., Any], session: Session, app: Any
) -> None:
    before = rows(session)
    limit = app.state.services.settings.max_upload_bytes
    answer = send("large.txt", b"a " * (limit // 2 + 1_000_000))
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert rows(session) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../../etc/passwd\x00<b>.docx", GOOD),
        ("traversal.docx", word_file(paragraph(SENTENCE), parts={"../../../tmp/evil.xml": "evil"})),
        ("deep.docx", word_file("<w:tbl><w:tr><w:tc>" * 300 + paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * 300)),
        ("word.txt", b"Notice"),
        ("latin.txt", "Café: the Employer – soon – notifies".encode("cp1252")),
        ("wide.txt", SENTENCE.encode("utf-16")),
    ],
)
def test_odd_but_readable_files_are_compared(send: Callable[..., Any], name: str, data: bytes) -> None:
    answer = send(name, data)
    assert answer.status_code == 303, answer.text


RTF = rb"{\rtf1\ansi The Employer shall give the Union notice.\par}"


def test_an_old_file_without_libreoffice_is_refused_beside_the_field(
    send: Callable[..., Any], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    before = rows(session)
    answer = send("counter.rtf", RTF)
    assert answer.status_code == 400
    assert 'id="file-error"' in answer.text
    assert "needs LibreOffice" in answer.text
    assert ".odt" not in answer.text, "the form offers only what can be read here"
    assert rows(session) == before


def test_an_old_file_is_converted_compared_and_kept_as_it_came(
    send: Callable[..., Any], browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(office, "convert", lambda *_, **__: GOOD)
    answer = send("counter.rtf", RTF)
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"])
    assert "was converted before it was read" in page.text
    assert browser.get(answer.headers["location"] + "/file").content == RTF
