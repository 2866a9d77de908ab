"""`proviso read`: the promised shape, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.factories.word_files import deleted, inserted, paragraph, run, word_file

AGREEMENT = "ARTICLE 1. NOTICE\n\n1.1 The Employer shall:\n(a) tell the Union; and\n(b) wait 30 days.\n"


def test_provisions_with_numbers_paths_and_offsets(proviso: Run, tmp_path: Path) -> None:
    file = tmp_path / "agreement.txt"
    file.write_text(AGREEMENT)
    document = proviso("read", file, "--json").json
    assert list(document) == [
        "name", "kind", "digest", "language", "warnings", "provisions", "tracked", "comments", "notes",
        "formatting", "margins",
    ]  # fmt: skip
    assert (document["name"], document["kind"], document["language"]) == ("agreement.txt", "text", "en")
    item = next(each for each in document["provisions"] if each["number"] == "1.1(a)")
    assert list(item) == ["number", "heading_path", "text", "lead_in", "start", "end", "place", "tracked"]
    assert item["lead_in"] == "The Employer shall:"
    assert item["end"] - item["start"] == len(item["text"])
    assert "NOTICE" in item["heading_path"][0]


def test_tracked_changes_are_shown(proviso: Run, tmp_path: Path) -> None:
    file = tmp_path / "counter.docx"
    sentence = run("The Employer ") + deleted("shall") + inserted("may") + run(" tell the Union.")
    file.write_bytes(word_file(paragraph(sentence)))
    document = proviso("read", file, "--json").json
    assert document["provisions"][0]["text"] == "The Employer may tell the Union."
    assert {(each["kind"], each["text"]) for each in document["tracked"]} == {("deleted", "shall"), ("inserted", "may")}
    assert "may" in proviso("read", file).out


def test_standard_input(proviso: Run) -> None:
    assert proviso("read", "-", "--json", stdin=AGREEMENT.encode()).json["name"] == "standard input"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.docx", b""),
        ("truncated.docx", word_file(paragraph("The Employer shall tell the Union."))[:200]),
        ("renamed.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("noise.txt", bytes(range(256)) * 4),
        ("password.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
        ("byte.docx", b"P"),
        ("page.docx", b"<html><body>Notice</body></html>"),
        ("bomb.docx", word_file(paragraph("x" * 30_000_000))),
        ("entity.docx", word_file(main='<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>')),
        ("large.txt", b"a " * 13_000_000),
        ("blank.txt", b" \n\n "),
    ],
)
def test_unreadable_files_are_refused_in_one_line(proviso: Run, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert name in proviso("read", tmp_path / name).refused()


def test_a_received_file_cannot_steer_the_terminal(proviso: Run) -> None:
    assert "\x1b" not in proviso("read", "-", stdin=b"The Employer \x1b[31mshall tell the Union.").out


@pytest.mark.parametrize("command", ["read", "compare", "lint", "redline"])
def test_an_old_file_needs_libreoffice(
    proviso: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("app.office.office_program", lambda: None)
    (tmp_path / "counter.rtf").write_bytes(rb"{\rtf1\ansi The Employer shall tell the Union.\par}")
    (tmp_path / "ours.txt").write_text("The Employer shall tell the Union.")
    more = [tmp_path / "ours.txt", "-o", tmp_path / "out.docx"] if command == "redline" else []
    refused = proviso(command, tmp_path / "counter.rtf", *more).refused()
    assert "counter.rtf: reading or writing this kind of file needs LibreOffice" in refused


def test_an_old_file_says_what_it_was(proviso: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = word_file(paragraph("The Employer shall tell the Union."))
    monkeypatch.setattr("app.office.convert", lambda *_, **__: made)
    (tmp_path / "counter.rtf").write_bytes(rb"{\rtf1\ansi x}")
    outcome = proviso("read", tmp_path / "counter.rtf", "--json")
    assert outcome.json["kind"] == "rtf"
    assert "was converted before it was read" in outcome.err
