"""Reading one clause file, and what each broken one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ClauseFileError
from app.library.front_matter import parse_clause, read_clause_file
from app.library.yaml_text import load_yaml
from tests.factories.clause_source import CLAUSE, write_library


def test_a_clause_file_becomes_a_clause_version(tmp_path: Path) -> None:
    path = write_library(tmp_path) / "disclosure" / "short-notice" / "1.0.0.md"
    version = read_clause_file(path)
    assert (version.label, version.topic, version.status) == ("short-notice@1.0.0", "disclosure", "published")
    assert version.placeholders[0].default("floor") == 60
    assert version.placeholders[1].default("floor") is None
    assert version.placeholders[2].default("floor") == "site"
    assert version.protections[1].provisions("target") == ("2(b)",)
    assert version.protections[1].provisions("floor") == ()
    assert version.employer_arguments[1] == ('"Vendors want silence."', "They sign what you ask them to sign.")
    assert version.questions == ("What is on order now?", "Who decides, and when?")
    assert version.reviewed_on == ""
    assert len(version.digest) == 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Notice of new systems\n", "", "title is missing"),
        ("changes: First", "chages: x\nchanges: First", "chages is unknown here"),
        ("status: published", "status: final", "'final' is not one of the admitted words. Write draft or published."),
        ("version: 1.0.0", "version: 1.0", "field version: 1.0 is not of the right kind"),
        ("weight: essential", "weight: vital", "field protections[1].weight: 'vital'"),
        ("    unit: calendar days\n", "", "unit is missing. Give unit, minimum and maximum for a figure."),
        ("[us-private, uk]", "[]", "List one or more jurisdictions of vocabulary.yml."),
        ("id: short-notice", "id: short-notice\nid: short-notice", "id stands there twice"),
        ("sectors: [all]", "sectors: [all", "is no YAML"),
    ],
)
def test_broken_front_matter_names_field_and_remedy(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = write_library(tmp_path) / "disclosure" / "short-notice" / "1.0.0.md"
    path.write_text(CLAUSE.replace(old, new, 1))
    with pytest.raises(ClauseFileError) as caught:
        read_clause_file(path)
    assert str(caught.value).startswith("disclosure/short-notice/1.0.0.md: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Floor", "# Bottom", 'section "Bottom" is unknown'),
        ("Count calendar days.", "", 'section "Drafting notes" is missing or empty'),
        ("# Target", "# Opening", 'section "Opening" stands there twice'),
        ("# Opening", "Hello.\n\n# Opening", "text stands before the first section"),
        ("---\nid", "id", "the front matter is missing"),
    ],
)
def test_broken_sections_are_named(old: str, new: str, said: str) -> None:
    with pytest.raises(ClauseFileError, match=said):
        parse_clause(CLAUSE.replace(old, new, 1), "x.md")


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = write_library(tmp_path) / "disclosure" / "short-notice" / "1.0.0.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClauseFileError, match="not UTF-8"):
        read_clause_file(path)


def test_words_that_yaml_reads_as_booleans_or_dates_stay_words() -> None:
    assert load_yaml("on: 2026-11-30\narbitrated: no\nsure: true") == {
        "on": "2026-11-30",
        "arbitrated": "no",
        "sure": True,
    }
