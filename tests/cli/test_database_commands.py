"""Publishing, sign-in links and export, on a database of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from app.accounts.sessions import find_or_create_person
from app.commands.database import open_database
from app.db import transaction
from app.library.files import Library
from app.office import office_program
from app.proposals.assemble import add_clause
from app.proposals.bargaining import create_table
from app.proposals.proposal import create_proposal
from app.settings import Settings
from app.word.table_safe import assert_table_safe
from tests.cli.conftest import Run


@pytest.fixture
def proposal(proviso: Run, library: Library) -> str:
    """A proposal of one clause, in a published database; its id."""
    assert proviso("publish").status == 0
    now = datetime.now(UTC)
    with open_database(Settings(), create=False) as sessions, transaction(sessions) as session:
        rosa = find_or_create_person(session, email="rosa@local.example", name="Rosa", now=now)
        table = create_table(
            session,
            rosa,
            title="Technology",
            employer="Harbour Cold Storage",
            union="Cold Chain Workers' Union",
            unit="All warehouse employees",
            jurisdiction="us-private",
            sector="logistics",
            now=now,
        )
        view = create_proposal(session, rosa, table.id, "Technology")
        add_clause(session, rosa, view.id, "notice-before-technology")
        return view.id


def test_publishing_twice_changes_nothing(proviso: Run, own_data: Path, library: Library) -> None:
    first = proviso("publish")
    assert first.status == 0
    assert first.out.count("published ") >= len(library.published)
    assert (own_data / "proviso.sqlite3").is_file()
    assert proviso("publish").out.startswith("Library: 0 versions published")


def test_a_proposal_becomes_a_word_file(proviso: Run, proposal: str, tmp_path: Path) -> None:
    assert proviso("export", proposal, "-o", tmp_path / "proposal.docx").status == 0
    paragraphs = [each.text for each in docx.Document(str(tmp_path / "proposal.docx")).paragraphs]
    assert any("Harbour Cold Storage" in text for text in paragraphs)
    assert docx.Document(BytesIO(proviso("export", proposal).data)).paragraphs
    assert_table_safe((tmp_path / "proposal.docx").read_bytes())


def test_a_proposal_in_an_offices_template_with_everything(proviso: Run, proposal: str, tmp_path: Path) -> None:
    template = tmp_path / "house.docx"
    assert proviso("house-style", "--a4", "-o", template).status == 0
    assert "can be used" in proviso("house-style", "--check", template).out
    options = ("--template", template, "--line-numbers", "--signatures", "--contents")
    assert proviso("export", proposal, "-o", tmp_path / "p.docx", *options).status == 0
    written = docx.Document(str(tmp_path / "p.docx"))
    assert round(written.sections[0].page_width.mm) == 210
    assert len(written.tables) == 2
    assert any(each.text == "Contents" for each in written.paragraphs)
    (tmp_path / "bad.docx").write_bytes(b"no word file")
    for file, says in (("bad.docx", "not a Word file"), ("none.docx", "cannot be opened")):
        refused = proviso("export", proposal, "-o", tmp_path / "q.docx", "--template", tmp_path / file).refused()
        assert says in refused
        assert file in refused
    assert not (tmp_path / "q.docx").exists()
    assert (
        "one of the files that are read"
        in proviso("export", proposal, "-o", template, "--template", template).refused()
    )


def test_the_name_of_the_output_says_what_is_written(
    proviso: Run, proposal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proviso("export", proposal, "-o", tmp_path / "p.txt").status == 0
    text = (tmp_path / "p.txt").read_text(encoding="utf-8")
    assert text.startswith("Union Proposal 1\nTechnology\n")
    assert "\n\n1. " in text
    assert "must end in .docx, .pdf or .txt" in proviso("export", proposal, "-o", tmp_path / "p.odt").refused()
    if office_program():
        assert proviso("export", proposal, "-o", tmp_path / "p.pdf").status == 0
        assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "A PDF needs LibreOffice" in proviso("export", proposal, "-o", tmp_path / "q.pdf").refused()


def test_an_unknown_proposal(proviso: Run, proposal: str) -> None:
    assert 'There is no proposal "nothing"' in proviso("export", "nothing", "-o", "x.docx").refused()


def test_without_a_database_nothing_is_created(proviso: Run, own_data: Path) -> None:
    assert "start proviso serve once" in proviso("export", "x", "-o", "x.docx").refused()
    assert "start proviso serve once" in proviso("sign-in-link", "a@b.example").refused()
    assert not own_data.exists()


def test_a_file_that_is_no_database(proviso: Run, own_data: Path) -> None:
    own_data.mkdir()
    (own_data / "proviso.sqlite3").write_text("not a database at all, but long enough to be looked at " * 20)
    assert "database" in proviso("export", "x", "-o", "x.docx").refused()
    assert "database" in proviso("publish").refused()


def test_a_sign_in_link_for_somebody_new_and_known(proviso: Run, proposal: str) -> None:
    assert "--name" in proviso("sign-in-link", "sam@local.example").refused()
    first = proviso("sign-in-link", "sam@local.example", "--name", "Sam")
    second = proviso("sign-in-link", "Sam@Local.example")
    assert first.out.startswith("http://127.0.0.1:8000/sign-in/")
    assert second.out.startswith("http://127.0.0.1:8000/sign-in/")
    assert first.out != second.out
    assert "is no e-mail address" in proviso("sign-in-link", "sam").refused()


def test_data_directory_is_for_its_owner_only(proviso: Run, own_data: Path) -> None:
    proviso("publish")
    assert own_data.stat().st_mode & 0o077 == 0
