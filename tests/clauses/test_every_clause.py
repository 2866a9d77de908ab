"""Every clause file runs through every promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.library.check import check_file, clause_files
from app.library.clause import POSITIONS, ClauseVersion
from app.library.files import Library, check_library
from app.library.front_matter import read_clause_file
from app.library.rendering import render_position
from app.library.vocabulary import load_vocabulary

CLAUSES = Path(__file__).resolve().parents[2] / "clauses"
FILES = clause_files(CLAUSES)

TOPICS = (
    "disclosure impact_assessment worker_voice data_rights monitoring human_oversight fairness job_security "
    "retraining severance_recall likeness_credit professional_judgment health_safety gain_sharing enforcement "
    "definitions reopener union_ai"
)

each_file = pytest.mark.parametrize("path", FILES, ids=[f"{path.parts[-2]}@{path.stem}" for path in FILES])


def test_the_library_has_no_problems() -> None:
    assert check_library(CLAUSES) == []


def test_the_vocabulary_has_every_topic_and_element() -> None:
    vocabulary = load_vocabulary(CLAUSES)
    assert list(vocabulary.topics) == TOPICS.split()
    assert len(vocabulary.elements) == 169
    assert len(set(vocabulary.elements.values())) == 169
    for group in (vocabulary.topics, vocabulary.sectors, vocabulary.jurisdictions, vocabulary.instruments):
        assert all(term.label and term.sentence.endswith(".") for term in group.values())


@pytest.mark.parametrize("topic", ["disclosure", "data_rights", "retraining", "job_security"])
def test_the_first_four_topics_have_three_clauses(library: Library, topic: str) -> None:
    assert len([version for version in library.published if version.topic == topic]) >= 3


@each_file
def test_a_clause_keeps_every_rule_of_the_format(path: Path) -> None:
    version, problems = check_file(path, load_vocabulary(CLAUSES))
    assert problems == []
    assert version is not None


@each_file
@pytest.mark.parametrize("position", POSITIONS)
def test_a_position_reads_as_finished_language(path: Path, position: str) -> None:
    version = read_clause_file(path)
    provisions = render_position(version, position)
    assert len(provisions) >= 3
    for provision in provisions:
        assert not re.search(r"[{}]|\*\*|\bundefined\b", provision.text), provision.text
        assert provision.text[-1] in ".;:,”\"'" or provision.text.endswith((" and", " or")), provision.text


@each_file
def test_every_essential_protection_stands_at_the_target(path: Path) -> None:
    version = read_clause_file(path)
    missing = [each.id for each in version.protections if each.weight == "essential" and not each.provisions("target")]
    assert missing == []


@each_file
def test_a_variant_is_complete_language_with_the_same_protections(path: Path) -> None:
    version = read_clause_file(path)
    for variant in version.variants:
        for position in POSITIONS:
            plain = render_position(version, position)
            worded = render_position(version, position, variant=variant.place)
            numbers = {each.number for each in worded}
            assert [each.text for each in worded] != [each.text for each in plain]
            assert all(set(each.provisions(position)) <= numbers for each in version.protections)
            assert not any(re.search(r"[{}]|\*\*", each.text) for each in worded)


@each_file
def test_figures_say_calendar_or_working_days(path: Path) -> None:
    version = read_clause_file(path)
    for position in POSITIONS:
        for provision in render_position(version, position):
            bare = re.search(r"\b\d+ days\b", provision.text)
            assert bare is None, f"{position} {provision.number}: {bare[0] if bare else ''}"


@each_file
def test_nobody_claims_a_review_that_did_not_happen(path: Path) -> None:
    version: ClauseVersion = read_clause_file(path)
    assert bool(version.reviewed_by) == bool(version.reviewed_on)
    assert len(version.employer_arguments) >= 2
    assert len(version.questions) >= 3
