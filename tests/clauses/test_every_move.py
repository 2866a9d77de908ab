"""Every employer move runs through what a reader may expect of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app.analysis.patterns import FAMILIES
from app.library.moves import HOW_MANY, EmployerMove, load_moves
from app.web.finding_words import FAMILY_WORDS

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_moves(ROOT / "clauses")
MOVES = list(CATALOGUE.moves.values())
_CORPUS = [
    entry
    for path in sorted((ROOT / "tests" / "analysis" / "moves").glob("*.toml"))
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["move"]
]
_LONGEST_SHARED_RUN = 7  # words; "shall not be used for discipline" is custom, a sentence is not

each_move = pytest.mark.parametrize("move", MOVES, ids=[move.slug for move in MOVES])


def sections(move: EmployerMove) -> list[str]:
    return [move.union, move.employer, move.why, move.notice_it, move.say, move.propose]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def runs(texts: list[str]) -> set[tuple[str, ...]]:
    size = _LONGEST_SHARED_RUN + 1
    return {
        tuple(found[i : i + size]) for text in texts for found in [words(text)] for i in range(len(found) - size + 1)
    }


def test_there_are_as_many_as_there_should_be() -> None:
    assert list(CATALOGUE.moves) == list(range(1, HOW_MANY + 1))
    assert set(CATALOGUE.families) == set(FAMILIES)


def test_families_are_called_the_same_everywhere() -> None:
    assert {each.id: each.name for each in CATALOGUE.families.values()} == FAMILY_WORDS


@each_move
def test_a_move_is_short_enough_to_be_read_in_a_caucus(move: EmployerMove) -> None:
    count = sum(len(text.split()) for text in sections(move))
    assert 60 <= count <= 160, f"{move.slug}: {count} words"
    longest = max(len(sentence.split()) for text in sections(move) for sentence in re.split(r"(?<=[.?!])\s", text))
    assert longest <= 40, f"{move.slug}: a sentence of {longest} words"


@each_move
def test_a_move_speaks_of_everybody(move: EmployerMove) -> None:
    text = " ".join(sections(move))
    assert not re.search(r"\b(?:he|she|his|hers?|him|himself|herself|chairman|manpower)\b", text, re.IGNORECASE), (
        move.slug
    )
    assert not re.search(
        r"\b(?:labour|programme|organis\w+|endeavour|favour\w*|colour\w*|centre)\b", text, re.IGNORECASE
    )


@each_move
def test_what_is_proposed_holds_no_soft_words(move: EmployerMove) -> None:
    assert not re.search(
        r"\b(?:endeavor|where appropriate|as appropriate|efforts|where practicable|intends|is committed)\b",
        move.propose,
    )


@each_move
def test_an_example_is_a_change_between_two_texts(move: EmployerMove) -> None:
    assert words(move.union) != words(move.employer)
    assert move.say.startswith('"')
    assert move.say.endswith('"')


def test_families_agree_with_the_corpus_of_moves() -> None:
    for entry in _CORPUS:
        assert CATALOGUE.moves[entry["number"]].family in entry["families"], entry["name"]
        assert CATALOGUE.moves[entry["number"]].silent == entry["silent"], entry["name"]


def test_nothing_is_copied_from_tests_or_from_the_domain_notes() -> None:
    others = [
        value
        for entry in _CORPUS
        for pair in entry.get("positive", [])
        for value in pair.values()
        if isinstance(value, str)
    ]
    others += [
        value
        for entry in _CORPUS
        for pair in entry.get("negative", [])
        for value in pair.values()
        if isinstance(value, str)
    ]
    notes = ROOT.parent / "shared" / "domain" / "PRECEDENTS.md"
    if notes.exists():
        others.append(notes.read_text(encoding="utf-8"))
    known = runs(others)
    for move in MOVES:
        shared = runs(sections(move)) & known
        assert not shared, f"{move.slug}: {' '.join(next(iter(shared)))}"
