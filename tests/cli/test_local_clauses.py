"""`proviso person add`, `library export-local` and `library import`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.accounts.sessions import find_or_create_person, find_person
from app.commands.database import open_database
from app.db import transaction
from app.library.draft_check import ClauseRules
from app.library.draft_records import Writer
from app.library.draft_review import approve_draft, submit_draft
from app.library.drafts import list_drafts, start_draft
from app.library.vocabulary import load_vocabulary
from app.settings import Settings
from tests.cli.conftest import Run
from tests.factories.clause_source import CLAUSE, write_clause, write_library

DRAFT = CLAUSE.replace("status: published", "status: draft")


@pytest.fixture
def database(proviso: Run) -> None:
    """A published database with one editor, Rosa."""
    assert proviso("publish").status == 0
    assert proviso("person", "add", "rosa@local.example", "--name", "Rosa", "--editor").status == 0


def publish_here() -> str:
    """Publish the small clause here, written by Rosa and reviewed by Sam; its text."""
    settings = Settings()
    rules = ClauseRules(load_vocabulary(settings.clauses_dir), settings.clauses_dir / "schema.yml")
    with open_database(settings, create=False) as sessions, transaction(sessions) as session:
        now = datetime.now(UTC)
        people = [
            find_or_create_person(session, email=f"{name}@local.example", name=name, now=now)
            for name in ("rosa", "sam")
        ]
        rosa, sam = (Writer(each.id, each.name, True) for each in people)
        draft = start_draft(session, rosa, DRAFT)
        submit_draft(session, rosa, draft.id, rules, revision=1)
        return approve_draft(session, sam, draft.id, rules, revision=2).source


def is_editor(email: str) -> bool:
    with open_database(Settings(), create=False) as sessions, sessions() as session:
        person = find_person(session, email)
        assert person is not None
        return person.is_editor


@pytest.mark.usefixtures("database")
def test_a_person_is_added_and_the_role_given_and_taken(proviso: Run) -> None:
    added = proviso("person", "add", "sam@local.example", "--name", "Sam")
    assert added.out.startswith("http://127.0.0.1:8000/sign-in/")
    assert "Sam does not write clauses" in added.err
    assert not is_editor("sam@local.example")
    assert "Sam writes and reviews clauses" in proviso("person", "add", "Sam@Local.example", "--editor").err
    proviso("person", "add", "sam@local.example")
    assert is_editor("sam@local.example")
    proviso("person", "add", "sam@local.example", "--no-editor")
    assert not is_editor("sam@local.example")
    assert "--name" in proviso("person", "add", "new@local.example").refused()
    assert "no e-mail address" in proviso("person", "add", "sam", "--name", "Sam").refused()


@pytest.mark.usefixtures("database")
def test_local_clauses_go_out_and_a_file_that_is_there_is_left_alone(proviso: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert "There is no folder" in proviso("library", "export-local", folder).refused()
    folder.mkdir()
    assert "No clause was published here yet" in proviso("library", "export-local", folder).err
    source = publish_here()
    path = folder / "disclosure" / "short-notice" / "1.0.0.md"
    assert proviso("library", "export-local", folder).out == f"{path}\n"
    assert path.read_bytes() == source.encode()
    assert proviso("library", "export-local", folder).status == 0
    path.write_text("mine")
    outcome = proviso("library", "export-local", folder)
    assert outcome.status == 2
    assert "another text" in outcome.err
    assert path.read_text() == "mine"


@pytest.mark.usefixtures("database")
def test_files_come_in_as_drafts_of_the_editor(proviso: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(DRAFT)
    bad.write_text(DRAFT.replace("sectors: [all]", "sectors: [moon]"))
    words = tmp_path / "words.md"
    words.write_text("Just words.")
    outcome = proviso("library", "import", good, bad)
    assert outcome.status == 0
    assert outcome.out.count("/library/drafts/") == 2
    assert "bad.md" in outcome.err
    assert "moon" in outcome.err
    refused = proviso("library", "import", words, good)
    assert refused.status == 2
    assert "words.md: the front matter is missing" in refused.err
    assert "there is a draft with this text already" in refused.err
    with open_database(Settings(), create=False) as sessions, sessions() as session:
        rosa = find_person(session, "rosa@local.example")
        assert rosa is not None
        assert len(list_drafts(session, Writer(rosa.id, rosa.name, True))) == 2
    assert "There is no file" in proviso("library", "import", tmp_path / "none.md").refused()


@pytest.mark.usefixtures("database")
def test_the_author_has_to_be_clear_and_an_editor(proviso: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(DRAFT)
    proviso("person", "add", "sam@local.example", "--name", "Sam", "--editor")
    proviso("person", "add", "orla@local.example", "--name", "Orla")
    assert "rosa@local.example, sam@local.example" in proviso("library", "import", file).refused()
    assert "No editor" in proviso("library", "import", file, "--author", "orla@local.example").refused()
    assert proviso("library", "import", file, "--author", "sam@local.example").status == 0


@pytest.mark.usefixtures("database")
def test_a_file_against_a_local_clause_is_named_and_nothing_disturbed(
    proviso: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = publish_here()
    clauses = write_library(tmp_path, CLAUSE.replace("buys", "rents"))
    monkeypatch.setenv("PROVISO_CLAUSES_DIR", str(clauses))
    outcome = proviso("publish")
    assert outcome.status == 2
    assert "short-notice@1.0.0" in outcome.err
    write_clause(clauses, source)
    assert proviso("publish").status == 0
