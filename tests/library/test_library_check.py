"""What the check of a library finds: each broken file by name, field and remedy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import ClauseFileError, TextChangedWithoutNewVersion, UnknownClause
from app.library.files import check_library, load_library, write_lock
from tests.factories.clause_source import CLAUSE, ROOT, write_clause, write_library

SECTOR = """  - sector: health
    why: Nurses act under a licence.
    provisions: {"2": "**Patients.** The Employer shall ask a nurse."}
"""
NEXT = CLAUSE.replace("version: 1.0.0", "version: 1.1.0").replace("First version.", "Payment was added.")


@pytest.fixture
def clauses(tmp_path: Path) -> Path:
    folder = write_library(tmp_path)
    write_lock(folder)
    return folder


def test_a_good_library_has_no_problems(clauses: Path) -> None:
    assert check_library(clauses) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: short-notice", "id: other-notice", "not the folder's name"),
        ("version: 1.0.0", "version: 1.2.0", "not the file's name"),
        ("topic: disclosure", "topic: monitoring", "not the folder above"),
        ("topic: disclosure", "topic: disclosures", '"disclosures" is not in vocabulary.yml'),
        ("id: DIS-3", "id: DIS-99", '"DIS-99" is not in vocabulary.yml'),
        ("id: ENF-5", "id: DIS-3", "DIS-3 stands there twice"),
        ("sectors: [all]", "sectors: [moon]", '"moon" is not in vocabulary.yml'),
        ("[us-private, uk]", "[us-private, mars]", '"mars" is not in vocabulary.yml'),
        ("instrument: [article]", "instrument: [poem]", '"poem" is not in vocabulary.yml'),
        ("key: CUL-1", "key: CUL-99", '"CUL-99" is not in vocabulary.yml'),
        ("certainty: source", "certainty: sure", '"sure" is not in vocabulary.yml'),
        ('opening: ["2(b)"]', 'opening: ["2(c)"]', "there is no provision 2(c)"),
        ('{"2": "**Disputes', '{"7": "**Disputes', "no position has provision 7"),
        ("  - jurisdiction: uk", "  - sector: moon", '"moon" is not in vocabulary.yml'),
        ("  - jurisdiction: uk", "  - sector: health\n    jurisdiction: uk", "jurisdiction or sector"),
        ("instrument: [article]", SECTOR + "instrument: [article]", "provision 2 is also replaced for a jurisdiction"),
        ("{{ days }} calendar days before it buys", "{{ weeks }} weeks before it buys", "{{ weeks }} is not declared"),
        ('{% if place == "site" %}on site{% else %}in the hall{% endif %}', "here", "place is used nowhere"),
        ('place == "site"', 'place == "court"', "none of its choices"),
        ("{{ fine | money }}", "{{ place | money }}", "the filter needs a figure"),
        ("{{ days }} calendar days before it buys", "{{ days | money }} before it buys", "is no sum"),
        ("{{ days }} calendar days before it buys", "{{ days.real }} days", "which a clause may not"),
        ("opening: 180", "opening: 500", "out of bounds"),
        ("opening: 180", "opening: 90", "must not rise from opening to floor"),
        ("direction: more\n    default: {opening: 180", "direction: less\n    default: {opening: 180", "must not fall"),
        ("opening: 180", 'opening: "180"', "whole number without quotation marks"),
        ("minimum: 30", "minimum: 400", "exchange them"),
        ("default: site", "default: beach", "choose one of"),
        ("**The employer:**", "The employer:", "no pair found"),
        ("- What is on order now?\n- Who", "What is on order now? Who", "no question found"),
        ("1. **Notice.** The Employer shall give", "The Employer shall give", "has no number"),
    ],
)
def test_a_problem_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = write_library(tmp_path)
    assert old in CLAUSE
    changed = (
        CLAUSE.replace("**The employer:**", "The employer:")
        if old == "**The employer:**"
        else CLAUSE.replace(old, new, 1)
    )
    (folder / "disclosure" / "short-notice" / "1.0.0.md").write_text(changed)
    write_lock_of_anything(folder)
    problems = check_library(folder)
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith(("disclosure/short-notice/1.0.0.md: ", "lock.yml: ")) for problem in problems)


def write_lock_of_anything(folder: Path) -> None:
    """Lock the file as it is where it can be read at all, so that only its own problems are left."""
    try:
        write_lock(folder)
    except ClauseFileError:
        (folder / "lock.yml").unlink(missing_ok=True)


def test_two_positions_with_the_same_text_are_found(tmp_path: Path) -> None:
    target = CLAUSE.split("# Target\n")[1].split("# Floor")[0]
    floor = CLAUSE.split("# Floor\n")[1].split("# Why")[0]
    folder = write_library(tmp_path, CLAUSE.replace(floor, target))
    assert any("two of them are the same text" in problem for problem in check_library(folder))


def test_an_edited_published_version_is_found_and_not_locked_again(clauses: Path) -> None:
    before = (clauses / "lock.yml").read_text()
    write_clause(clauses, CLAUSE.replace("in writing before", "before"))
    assert any("changed after it was published" in problem for problem in check_library(clauses))
    with pytest.raises(TextChangedWithoutNewVersion):
        write_lock(clauses)
    assert (clauses / "lock.yml").read_text() == before


def test_the_lock_takes_new_versions_only(clauses: Path) -> None:
    before = (clauses / "lock.yml").read_text()
    write_clause(clauses, NEXT)
    assert any("not locked" in problem for problem in check_library(clauses))
    assert write_lock(clauses) == ["short-notice@1.1.0"]
    assert before.splitlines()[1] in (clauses / "lock.yml").read_text()
    assert write_lock(clauses) == []
    assert check_library(clauses) == []


def test_a_locked_version_cannot_vanish(clauses: Path) -> None:
    (clauses / "disclosure" / "short-notice" / "1.0.0.md").unlink()
    assert any("short-notice@1.0.0 is locked but not in the library" in each for each in check_library(clauses))


def test_a_draft_needs_no_lock_and_is_not_the_latest(clauses: Path) -> None:
    write_clause(clauses, NEXT.replace("status: published", "status: draft"))
    assert check_library(clauses) == []
    library = load_library(clauses)
    assert library.get("short-notice").version == "1.0.0"
    assert library.get("short-notice", "1.1.0").status == "draft"
    assert [version.version for version in library.versions] == ["1.1.0", "1.0.0"]
    assert [version.version for version in library.published] == ["1.0.0"]


def test_an_unknown_clause_gets_a_hint(clauses: Path) -> None:
    library = load_library(clauses)
    with pytest.raises(UnknownClause, match="Did you mean short-notice"):
        library.get("short-notise")
    with pytest.raises(UnknownClause, match=r"it has 1\.0\.0"):
        library.get("short-notice", "9.0.0")


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClauseFileError, match="no such folder"):
        load_library(tmp_path / "nowhere")
    assert len(check_library(tmp_path)) == 1


def test_the_check_runs_on_its_own_for_writers(clauses: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.library.check", str(clauses)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "No problems.\n")
