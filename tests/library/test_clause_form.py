"""A clause as form fields and back: nothing is lost, and what a form cannot hold is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.library.check import check_source
from app.library.clause import ClauseVersion
from app.library.clause_form import ClauseForm, PlaceholderRow, VariantRow, compose, form_of, same_content, unholdable
from app.library.draft_text import as_draft, as_published, clause_id_of, new_clause_text, new_version_text, with_fields
from app.library.files import Library
from app.library.front_matter import parse_clause, split_source
from app.settings import Settings
from tests.factories.clause_source import CLAUSE


def content(version: ClauseVersion) -> ClauseVersion:
    return replace(version, digest="", source="", status="draft", reviewed_by="", reviewed_on="", path=None)


def test_every_clause_goes_through_the_form_unchanged(library: Library, settings: Settings) -> None:
    for version in library.versions:
        form = form_of(version.source)
        assert form is not None, version.label
        written = compose(form)
        assert content(parse_clause(written, "x")) == content(version), version.label
        assert form_of(written) == form
        assert same_content(as_draft(version.source), written)
        assert unholdable(form) == ""
        assert check_source(written, "x", library.vocabulary, settings.clauses_dir / "schema.yml")[1] == []


def test_what_is_typed_wrongly_comes_back_as_typed() -> None:
    row = PlaceholderRow(name="Days!", label="x", minimum="about 30", maximum="007", opening="ten", choices="a, b\nc")
    form = ClauseForm(
        id="My Clause", title="yes: no # really", summary="- 'quoted' \"twice\"\nand more", placeholders=(row,)
    )
    assert unholdable(form) == ""
    back = form_of(compose(form))
    assert back is not None
    assert back.placeholders == (row,)
    assert (back.id, back.title) == ("My Clause", "yes: no # really")


@pytest.mark.parametrize(
    ("form", "place"),
    [
        (ClauseForm(title="Abc", sections={"Opening": "1. One.\n# Floor\n2. Two."}), "Opening"),
        (ClauseForm(title="Abc", variants=(VariantRow("sector:health", "Why", "1: One.\n1: Again."),)), "variants"),
    ],
)
def test_words_that_would_not_come_back_are_named(form: ClauseForm, place: str) -> None:
    assert unholdable(form) == place


@pytest.mark.parametrize(
    "source",
    [
        CLAUSE.replace("topic:", "colour: red\ntopic:"),
        CLAUSE.replace("topic:", "# Do not touch.\ntopic:"),
        CLAUSE.replace("sectors: [all]", "sectors: all"),
        CLAUSE.replace("requires: {clauses: [], definitions: [Union]}", "requires: none"),
        "no clause at all",
        "---\n- a\n---\n",
    ],
)
def test_a_file_that_a_form_would_spoil_stays_a_file(source: str) -> None:
    assert form_of(source) is None


def test_publishing_writes_two_fields_and_touches_nothing_else() -> None:
    draft = CLAUSE.replace("status: published", "status: draft")
    published = as_published(draft, reviewer='Sam "the pen" O\'Hara \\1', day="2026-03-02")
    data, _ = split_source(published, "")
    assert data["status"] == "published"
    assert data["reviewed"] == {"by": 'Sam "the pen" O\'Hara \\1', "on": "2026-03-02"}
    differing = [(a, b) for a, b in zip(draft.splitlines(), published.splitlines(), strict=True) if a != b]
    assert len(differing) == 2
    assert as_draft(published) == draft


def test_a_field_on_several_lines_or_oddly_written_is_replaced_whole() -> None:
    several = CLAUSE.replace("changes: First version.", "changes: >-\n  First\n\n  version.")
    assert with_fields(several, changes="Other.").count("First") == 0
    odd = CLAUSE.replace("status: published", '"status": published')
    assert split_source(as_draft(odd), "")[0]["status"] == "draft"
    assert split_source(as_draft(odd), "")[1] == split_source(CLAUSE, "")[1]


def test_a_new_version_begins_with_the_words_of_the_last_one() -> None:
    text = new_version_text(parse_clause(CLAUSE, "x"), "1.1.0")
    data, sections = split_source(text, "")
    assert (data["version"], data["status"], data["changes"]) == ("1.1.0", "draft", "")
    assert sections == split_source(CLAUSE, "")[1]


@pytest.mark.parametrize(
    ("title", "made"),
    [("Who decides?", "who-decides"), ("24 hours' notice", "hours-notice"), ("???", ""), ("x" * 90, "x" * 60)],
)
def test_an_id_made_of_a_title(title: str, made: str) -> None:
    assert clause_id_of(title) == made


def test_a_new_clause_is_a_form_to_fill_in(library: Library, settings: Settings) -> None:
    text = new_clause_text(title="Who decides?", topic="human_oversight", author="Rosa")
    form = form_of(text)
    assert form is not None
    assert (form.id, form.version, form.authors) == ("who-decides", "1.0.0", "Rosa")
    _, problems = check_source(text, "x", library.vocabulary, settings.clauses_dir / "schema.yml")
    for missing in ("summary", "protections", '"Opening"', '"Target"', '"Floor"', '"Drafting notes"'):
        assert any(missing in each for each in problems), missing
