"""Checking the catalogue of employer moves: every number once, families and elements known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.analysis.patterns import FAMILIES
from app.errors import ClauseFileError
from app.library.moves import (
    HOW_MANY,
    MOVES_FOLDER,
    EmployerMove,
    MoveFamily,
    family_files,
    move_files,
    read_family,
    read_move,
)
from app.library.vocabulary import Vocabulary

Read = TypeVar("Read", EmployerMove, MoveFamily)


def move_problems(clauses_dir: Path, vocabulary: Vocabulary) -> list[str]:
    """Every problem of the moves of a library, each one sentence; a library without the folder has none."""
    if not (clauses_dir / MOVES_FOLDER).is_dir():
        return []
    moves, problems = _read_all(move_files(clauses_dir), read_move)
    families, more = _read_all(family_files(clauses_dir), read_family)
    problems += more
    for move in moves:
        problems += [f"moves/{move.slug}.md: {each}" for each in _in_one(move, vocabulary)]
    if not problems:
        problems = _together(moves, families, family_files(clauses_dir))
    return problems


def _read_all(paths: list[Path], read: Callable[[Path], Read]) -> tuple[list[Read], list[str]]:
    found, problems = [], []
    for path in paths:
        try:
            found.append(read(path))
        except ClauseFileError as error:
            problems.append(str(error))
    return found, problems


def _in_one(move: EmployerMove, vocabulary: Vocabulary) -> list[str]:
    problems = []
    if not move.slug.startswith(f"{move.number:02}-"):
        problems.append(f"field number: the file's name must begin with {move.number:02}-; make them the same.")
    if move.family not in FAMILIES:
        problems.append(f'field family: "{move.family}" is no family; take one of {", ".join(FAMILIES)}.')
    problems += [
        f'field lost: "{element}" is not in vocabulary.yml; take an element that is.'
        for element in move.lost
        if element not in vocabulary.elements
    ]
    problems += [
        f"field related: there is no other move {number}; the moves are 1 to {HOW_MANY}."
        for number in move.related
        if number == move.number or not 1 <= number <= HOW_MANY
    ]
    return problems


def _together(moves: list[EmployerMove], families: list[MoveFamily], files: list[Path]) -> list[str]:
    numbers = [move.number for move in moves]
    names = [move.name.casefold() for move in moves]
    problems = [
        f"moves: number {number} stands there {numbers.count(number)} times; each of 1 to {HOW_MANY} has one file."
        for number in range(1, HOW_MANY + 1)
        if numbers.count(number) != 1
    ]
    problems += [
        f'moves/families/{path.name}: field id: "{each.id}" is not the file\'s name; make them the same.'
        for each, path in zip(families, files, strict=True)
        if each.id != path.stem
    ]
    missing = [each for each in FAMILIES if each not in {family.id for family in families}]
    unknown = [each.id for each in families if each.id not in FAMILIES]
    problems += [f"moves/families: {each} has no file; write moves/families/{each}.md." for each in missing]
    problems += [f"moves/families/{each}.md: this is no family; remove the file." for each in unknown]
    twice = sorted({name for name in names if names.count(name) > 1})
    problems += [f'moves: the name "{each}" is used twice; names tell moves apart.' for each in twice]
    return problems
