"""`proviso library`: checking, listing, showing, comparing versions, locking."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.factories.clause_source import CLAUSE, write_clause, write_library

NEXT = CLAUSE.replace("version: 1.0.0", "version: 1.1.0").replace("First version.", "Notice goes to the workers too.")


@pytest.fixture
def clauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One clause in one version, not yet locked."""
    folder = write_library(tmp_path, CLAUSE)
    monkeypatch.setenv("PROVISO_CLAUSES_DIR", str(folder))
    return folder


def test_the_library_as_it_stands(program: Run) -> None:
    outcome = program("library", "check")
    assert (outcome.status, outcome.err) == (0, "")
    assert "no problems" in outcome.out


def test_a_clause_is_locked_once_and_then_guarded(proviso: Run, clauses: Path) -> None:
    assert proviso("library", "lock").out == "locked short-notice@1.0.0\n"
    assert "locked already" in proviso("library", "lock").out
    assert proviso("library", "check").status == 0
    path = next(clauses.glob("*/*/1.0.0.md"))
    path.write_text(path.read_text().replace("in writing before", "in writing shortly before"))
    outcome = proviso("library", "check")
    assert outcome.status == 2
    assert "1.0.0" in outcome.err
    assert "1.0.0" in proviso("library", "lock").refused()


def test_each_problem_is_a_line(proviso: Run, clauses: Path) -> None:
    proviso("library", "lock")
    broken = CLAUSE.replace("short-notice", "other-notice").replace("sectors: [all]", "sectors: [moon]")
    write_clause(clauses, broken)
    outcome = proviso("library", "check")
    assert outcome.status == 2
    assert outcome.data == b""
    assert any("other-notice" in line and "moon" in line for line in outcome.err.splitlines())


def test_the_list(proviso: Run, clauses: Path) -> None:
    assert "Notice of new systems" in proviso("library", "list").out
    (entry,) = proviso("library", "list", "--topic", "disclosure", "--json").json
    assert (entry["id"], entry["version"], entry["status"]) == ("short-notice", "1.0.0", "published")
    assert proviso("library", "list", "--topic", "monitoring", "--json").json == []
    assert '"weather" is no topic' in proviso("library", "list", "--topic", "weather").refused()


def test_a_clause(proviso: Run, clauses: Path) -> None:
    out = proviso("library", "show", "short-notice").out
    for part in ("Opening", "Target", "Floor", "Why it matters", "Employer:", "Reply:", "Questions to ask", "DIS-3"):
        assert part in out
    shown = proviso("library", "show", "short-notice@1.0.0", "--position", "floor", "--json").json
    assert list(shown["positions"]) == ["floor"]
    assert shown["positions"]["floor"][0]["number"] == "1"
    assert "Did you mean short-notice?" in proviso("library", "show", "short-notise").refused()
    assert 'no version "2.0.0"' in proviso("library", "show", "short-notice@2.0.0").refused()


def test_the_difference_between_versions(proviso: Run, clauses: Path) -> None:
    path = write_clause(clauses, NEXT)
    path.write_text(path.read_text().replace("the Union written", "the Union and all employees written"))
    out = proviso("library", "diff", "short-notice", "1.0.0", "1.1.0").out
    assert "{+" in out
    assert "employees" in out
    assert "Notice goes to the workers too." in out
    same = proviso("library", "diff", "short-notice", "1.0.0", "1.0.0")
    assert "the same provisions" in same.out
    assert 'no version "3.0.0"' in proviso("library", "diff", "short-notice", "1.0.0", "3.0.0").refused()


def test_no_library_is_said(proviso: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROVISO_CLAUSES_DIR", str(tmp_path / "none"))
    for command in (["list"], ["check"], ["show", "x"], ["lock"]):
        assert str(tmp_path / "none") in proviso("library", *command).refused()


def test_a_copied_run_is_named_or_there_is_none(proviso: Run, clauses: Path, tmp_path: Path) -> None:
    sentence = (
        "No member of the crew may be sent to the quay after dark unless two others and a lantern go along as well."
    )
    (clauses / "ours.md").write_text(f"Ours. {sentence}")
    foreign = tmp_path / "real.txt"
    foreign.write_text(sentence)
    outcome = proviso("library", "originality", str(foreign))
    assert outcome.status == 2
    assert "ours.md: 23 words in a row" in outcome.err
    foreign.write_text("Of no length.")
    assert "No text of others" in proviso("library", "originality", str(foreign)).refused()
    foreign.write_text(sentence.replace("lantern", "lamp").replace("quay", "pier").replace("dark", "dusk"))
    assert "share no run of more than" in proviso("library", "originality", str(foreign)).out
