"""Whole counter-offers, retyped, tracked, reordered, as PDF and as a grid: what is found, and what must not be lost."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.analysis.aligning.passage import Passage
from app.analysis.evaluation.documents import Change, Place, change_of, judge_document, locate, shares_of
from app.analysis.pipeline import Pipeline
from app.analysis.results import Comparison, Evidence, Finding, Move, Residue, Span, Status, TextInfo
from app.commands.documents import measure_documents
from app.text.document import Document, Provision
from app.text.reading import read_bytes, read_file, read_pasted
from tests.factories.employer_files import DOCUMENTS, document_file, employer_file

FLOORS = tomllib.loads(Path(__file__).with_name("floors_documents.toml").read_text(encoding="utf-8"))
FOLDERS = sorted(path.parent.name for path in DOCUMENTS.glob("*/changes.toml"))


@pytest.fixture(scope="module", name="shares")
def _shares(pipeline: Pipeline) -> dict[str, float]:
    return {name: share.value for name, share in measure_documents(DOCUMENTS, pipeline, "dev").shares.items()}


@pytest.mark.parametrize(("name", "floor"), FLOORS["at_least"].items())
def test_floors_hold(name: str, floor: float, shares: dict[str, float]) -> None:
    assert shares[name] >= floor


@pytest.mark.parametrize(("name", "ceiling"), FLOORS["at_most"].items())
def test_ceilings_hold(name: str, ceiling: float, shares: dict[str, float]) -> None:
    assert shares[name] <= ceiling


@pytest.mark.parametrize("name", FOLDERS)
def test_the_files_are_those_that_the_texts_give(name: str) -> None:
    file, content = document_file(DOCUMENTS / name)
    same = read_bytes(content, file).text == read_file(DOCUMENTS / name / file).text
    assert same, "run python tests/factories/employer_files.py"


def test_silent_edits_leave_no_mark() -> None:
    union = "The Employer shall give notice of every new system to the Union.\n\nIt shall wait ninety (90) days.\n"
    counter = "The Employer shall give notice of every system to the Union.\n\nIt shall wait thirty (30) days.\n"
    silent = {"silent": True, "union_quote": "notice of every new system", "counter_quote": "notice of every system"}
    document = read_bytes(employer_file(union, counter, {"form": "tracked", "planted": [silent]})[1], "counter.docx")
    assert document.text.split() == counter.split()
    assert document.before is not None
    assert "every system" in document.before.text
    assert {change.text.strip() for change in document.tracked} == {"ninety (90", "thirty (30"}


# The scorer

OURS = read_pasted("1. The Employer shall give ninety days of notice.\n\n2. Pilots are covered.\n\n3. Data is ours.")
THEIRS = read_pasted("1. The Employer shall give ten days of notice.\n\n2. Trials are covered.\n\n3. Data is ours.")
NINETY, TEN = "ninety days", "ten days"


def span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words), words)


def finding(status: Status, ours: str = "", theirs: str = "", *, family: str = "", words: bool = True) -> Finding:
    def evidence(document: Document, text: str) -> Evidence | None:
        home = next((each for each in document.provisions if text and text in each.text), None)
        return Evidence(home.number, home.start, home.end, home.text) if home else None

    mine, other = (
        span(document, text) if text and words else None for document, text in ((OURS, ours), (THEIRS, theirs))
    )
    moves = (Move(family, "rule", "weaker", "medium", "", mine, other),) if family else ()
    return Finding(
        status, False, "medium", 0.8, None, None, "", "", moves, evidence(OURS, ours), evidence(THEIRS, theirs)
    )


def judged(
    entries: list[dict[str, Any]],
    *findings: Finding,
    controls: tuple[dict[str, Any], ...] = (),
    residue: tuple[Residue, ...] = (),
    pairs: tuple[tuple[Provision, Provision], ...] = (),
) -> dict[str, tuple[int, int]]:
    """Every share as hits and rows."""
    nothing = TextInfo("", "", "", 0)
    document = judge_document(
        Comparison(nothing, nothing, "", findings, residue),
        [(Passage.of([mine]), Passage.of([other])) for mine, other in pairs],
        [change_of(entry, OURS, THEIRS) for entry in entries],
        [change_of(entry, OURS, THEIRS) for entry in controls],
        name="one",
        form="pdf",
        provisions=(OURS.provisions, THEIRS.provisions),
    )
    return {name: (share.hits, share.of) for name, share in shares_of([document]).items()}


SHORTER = {"id": "p1", "families": ["notice_shortened"], "union_quote": NINETY, "counter_quote": TEN}
LONGER = {**SHORTER, "direction": "stronger"}
REWORDED = {"id": "c1", "union_quote": "Pilots are covered", "counter_quote": "Trials are covered"}


def test_a_finding_of_the_right_family_names_the_change() -> None:
    shares = judged([SHORTER], finding("weakened", NINETY, TEN, family="notice_shortened"))
    assert shares["losses reported by the right name"] == (1, 1)
    assert shares["losses whose very words are pointed at"] == (1, 1)


def test_another_family_finds_it_only() -> None:
    shares = judged([SHORTER], finding("weakened", NINETY, TEN, family="discretion", words=False))
    assert shares["losses reported"] == (1, 1)
    assert shares["losses reported by the right name"] == (0, 1)
    assert shares["losses whose very words are pointed at"] == (0, 1)


def test_what_is_said_to_be_kept_is_not_found() -> None:
    shares = judged([SHORTER], finding("kept", NINETY, TEN, family="notice_shortened"))
    assert shares["losses reported"] == (0, 1)
    assert shares["changes lost without a trace"] == (1, 1)


def test_the_residue_lists_it() -> None:
    place = span(THEIRS, TEN)
    shares = judged([SHORTER], residue=(Residue("draft", "1", place.start, place.end, TEN),))
    assert shares["changes only listed as changed"] == (1, 1)
    assert shares["changes lost without a trace"] == (0, 1)


def test_the_other_sides_residue_does_not() -> None:
    place = span(THEIRS, TEN)
    gone = {**SHORTER, "union_quote": "Data is ours", "counter_quote": ""}
    shares = judged([gone], residue=(Residue("draft", "1", place.start, place.end, TEN),))
    assert shares["changes lost without a trace"] == (1, 1)


def test_missing_is_a_name_where_the_entry_says_so() -> None:
    entry = {"id": "p", "families": ["missing"], "union_quote": "Data is ours", "counter_quote": ""}
    assert judged([entry], finding("missing", "Data is ours"))["losses reported by the right name"] == (1, 1)


def test_a_gain_that_is_called_a_loss_is_reversed() -> None:
    shares = judged([LONGER], finding("weakened", NINETY, TEN, family="notice_shortened"))
    assert shares["gains reported"] == (0, 1)
    assert shares["gains reported as losses"] == (1, 1)
    assert shares["changes lost without a trace"] == (0, 1)


def test_a_control_alone_is_flagged_by_any_loss() -> None:
    loss = finding("weakened", "Pilots", "Trials", family="scope_narrowed", words=False)
    shares = judged([SHORTER], loss, controls=(REWORDED,))
    assert shares["controls reported as losses"] == (1, 1)
    assert shares["controls whose very words are pointed at"] == (0, 1)
    assert shares["findings of a loss that rest on a change"] == (0, 1)


def test_a_control_beside_a_planted_change_is_flagged_by_its_own_words_only() -> None:
    beside = {"id": "c2", "union_quote": "The Employer shall give", "counter_quote": "The Employer shall give"}
    shares = judged([SHORTER], finding("weakened", NINETY, TEN, family="notice_shortened"), controls=(beside,))
    assert shares["controls reported as losses"] == (0, 0)
    assert shares["controls whose very words are pointed at"] == (0, 1)


def test_what_a_definition_does_elsewhere_flags_no_control() -> None:
    loss = finding("weakened", "Pilots", "Trials", family="definition_narrowed")
    (move,) = loss.moves
    echo = Move(move.family, "across.definition", "weaker", "high", "", move.library, move.draft)
    found = Finding("weakened", False, "high", 0.8, None, None, "", "", (echo,), loss.library, loss.draft)
    assert judged([SHORTER], found, controls=(REWORDED,))["controls reported as losses"] == (0, 1)


def test_alignment_counts_what_stands_on_both_sides() -> None:
    pairs = ((OURS.provisions[0], THEIRS.provisions[0]), (OURS.provisions[1], THEIRS.provisions[2]))
    shares = judged([SHORTER], controls=(REWORDED,), pairs=pairs)
    assert shares["provisions set against their answer"] == (1, 2)


def test_quotes_are_found_over_line_ends_marks_and_case() -> None:
    document = read_pasted("The  “Rate”\nmeans a number, whatever it is called.")
    place = locate(document, '"rate" means a **number**')
    assert place is not None
    assert document.text[place.start : place.end] == "Rate” means a number"
    assert locate(document, "no such words") is None


def test_what_is_not_there_is_unread() -> None:
    assert change_of({"id": "p", "union_quote": "no such words"}, OURS, THEIRS) == Change("p", None, None, unread=True)
    assert not Place(3, 5).meets(Place(5, 6))


def test_a_loss_that_is_called_a_gain_is_reversed() -> None:
    loss = finding("strengthened", NINETY, TEN, family="notice_shortened")
    (move,) = loss.moves
    gain = replace(loss, moves=(replace(move, direction="stronger"),))
    shares = judged([SHORTER], gain)
    assert shares["losses reported as gains"] == (1, 1)
    assert shares["changes lost without a trace"] == (0, 1)
