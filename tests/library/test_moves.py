"""The catalogue of employer moves: what the check says of a broken file, and which clauses stand against a move."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import ClauseFileError, UnknownMove
from app.library.check import check_library, clause_files
from app.library.counterparts import counterparts
from app.library.files import Library, load_library
from app.library.lock import add_to_lock
from app.library.moves import MoveCatalogue, load_moves
from tests.factories.clause_source import ROOT, write_library

SHORTER = "moves/19-shorter-notice.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small library without problems, with the real moves beside its one clause."""
    clauses = write_library(tmp_path)
    add_to_lock(clauses, load_library(clauses).versions)
    shutil.copytree(ROOT / "clauses" / "moves", clauses / "moves")
    assert check_library(clauses) == []
    return clauses


def change(folder: Path, old: str, new: str, file: str = SHORTER) -> list[str]:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_library(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: 19", "number: 73", "field number: 73"),
        ("number: 19", "number: 20", "file's name must begin with 20-"),
        ("family: notice_shortened", "family: shortened", '"shortened" is no family'),
        ("lost: [DIS-3", "lost: [DIS-99", '"DIS-99" is not in vocabulary.yml'),
        ("lost: [DIS-3, DIS-14, GOV-7]", "lost: []", "List one or more element ids"),
        ("silent: false", "silent: perhaps", "Write true or false."),
        ("related: [20, 21, 24]", "related: [19]", "there is no other move 19"),
        ("in_short: ", "in_brief: ", "in_brief is unknown here"),
        ("# Propose\n", "# Offer\n", 'section "Offer" is unknown'),
        ("# Say\n", "# Say\n\n# Propose\n\nNothing.\n\n# Propose\n", "stands there twice"),
        ("name: Shorter notice", "name: Silence counts as yes", "is used twice"),
    ],
)
def test_a_broken_move_is_named_in_one_sentence(folder: Path, old: str, new: str, said: str) -> None:
    problems = change(folder, old, new)
    assert any(said in each for each in problems), problems
    for each in problems:
        assert each.startswith("moves"), each
        assert "\n" not in each
        assert each.endswith("."), each


def test_an_empty_section_is_a_problem(folder: Path) -> None:
    path = folder / SHORTER
    head = path.read_text(encoding="utf-8").split("# Propose")[0]
    path.write_text(f"{head}# Propose\n", encoding="utf-8")
    assert check_library(folder) == [f'{SHORTER}: section "Propose" is missing or empty; write it under "# Propose".']


def test_a_missing_move_and_a_missing_family_are_problems(folder: Path) -> None:
    (folder / SHORTER).unlink()
    (folder / "moves/families/discretion.md").unlink()
    problems = check_library(folder)
    assert "moves: number 19 stands there 0 times; each of 1 to 72 has one file." in problems
    assert "moves/families: discretion has no file; write moves/families/discretion.md." in problems


def test_a_family_is_named_as_its_file(folder: Path) -> None:
    problems = change(folder, "id: discretion", "id: choice", "moves/families/discretion.md")
    assert any("field id" in each for each in problems)


def test_moves_are_no_clauses(folder: Path) -> None:
    assert [path.parts[-3] for path in clause_files(folder)] == ["disclosure"]


def test_a_library_without_moves_is_whole(tmp_path: Path) -> None:
    library = load_library(write_library(tmp_path))
    assert library.moves == MoveCatalogue()
    assert library.moves.page(19, "notice_shortened") is None


def test_loading_says_what_is_wrong(folder: Path) -> None:
    change(folder, "number: 19", "number: nineteen")
    with pytest.raises(ClauseFileError, match=r"moves/19-shorter-notice\.md: field number"):
        load_moves(folder)


def test_an_unknown_move_or_family_is_said_to_be_unknown(library: Library) -> None:
    with pytest.raises(UnknownMove):
        library.moves.by_slug("99-nothing")
    with pytest.raises(UnknownMove):
        library.moves.family("nothing")


def test_clauses_stand_against_a_move_by_what_they_give(library: Library) -> None:
    found = counterparts(("DIS-3", "DIS-14"), library.published)
    assert found
    assert {given.id for each in found for given in each.protections} <= {"DIS-3", "DIS-14"}
    weights = [
        sum({"essential": 3, "important": 2, "helpful": 1}[p.weight] for p in each.protections) for each in found
    ]
    assert weights == sorted(weights, reverse=True)
    assert counterparts(("XYZ-1",), library.published) == ()
    assert len(counterparts(("DIS-3", "ENF-1", "ENF-2"), library.published, most=2)) == 2
