"""The movement of a table in words, the same for its page and for the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.analysis.results import Evidence
from app.proposals.movement_matrix import Cell, Column, Movement, Row

MOVEMENT_TITLE: Final = "Who moved where"
MOVEMENT_NOTE: Final = (
    "Each column is a counter of the Employer, measured against the text of ours that it answered. The first words of "
    "a cell say what became of the protection, the next what changed since the column before and whose words changed. "
    "“Measured anew” means that we changed our own words, so that the two statuses cannot be compared."
)
_LONGEST: Final = 170


Lines = tuple[tuple[str, bool], ...]
"""The lines of a cell; those that count most are bold."""


@dataclass(frozen=True, slots=True)
class MovementTable:
    """The whole table in words: what stands above the columns, and for each row its label and its cells."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Lines, tuple[Lines, ...]], ...]


def movement_table(movement: Movement) -> MovementTable:
    """The movement as a table for a report."""
    return MovementTable(
        tuple(column_heading(column) for column in movement.columns),
        tuple(
            (
                label_lines(row),
                tuple(
                    cell_lines(cell, row.cells[place - 1] if place else None) for place, cell in enumerate(row.cells)
                ),
            )
            for row in movement.rows
        ),
    )


def label_lines(row: Row) -> Lines:
    """What stands in front of a row."""
    return _said((row.label, True), (row.about, False), (row.clause, False))


def cell_lines(cell: Cell, before: Cell | None) -> Lines:
    """What stands in a cell: status, step, and both sides' words."""
    return _said(
        (status_of(cell), True), (step_words(cell), False), *((words, False) for words in quoted_words(cell, before))
    )


def _said(*lines: tuple[str, bool]) -> Lines:
    return tuple(line for line in lines if line[0])


def status_of(cell: Cell) -> str:
    """Sign and word: "↓ weakened"."""
    return f"{cell.sign} {cell.status}{', hostile' if cell.hostile else ''}"


def quoted_words(cell: Cell, before: Cell | None) -> list[str]:
    """What each side says, cut to the first words; what did not change since the column before is not said again."""
    ours = _quoted("Union", cell.union, before.union if before else None)
    if cell.union and cell.employer and _same(cell.union, cell.employer):
        theirs = f"{_cited('Employer', cell.employer)}: the same words"
    else:
        theirs = _quoted("Employer", cell.employer, before.employer if before else None)
    return [each for each in (ours, theirs) if each]


def shortened(text: str, longest: int = _LONGEST) -> str:
    """A quotation cut at a word, saying so."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} […]"


def step_words(cell: Cell) -> str:
    """What changed since the column before, and whose words: "↩ came back: Employer"; "" in the first one."""
    step = cell.step
    if step is None:
        return ""
    moved = {"nobody": "", "both sides": ": both sides changed their words"}
    who = moved.get(step.who, f": {step.who}")
    ours = f" ({step.ours})" if step.ours else ""
    return f"{step.sign} {step.word}{who}{ours}"


def column_heading(column: Column) -> tuple[str, str]:
    """What stands above a column: round and day, and which texts."""
    day = f"{column.held_on.day} {column.held_on:%B %Y}"
    return f"Round {column.round_number}, {day}", f"{column.label} against {column.against}"


def _quoted(side: str, words: Evidence | None, before: Evidence | None) -> str:
    if words is None:
        return ""
    said = "as before" if before and _same(words, before) else f"“{shortened(words.text)}”"
    return f"{_cited(side, words)}: {said}"


def _cited(side: str, words: Evidence) -> str:
    return f"{side} {words.number}".rstrip()


def _same(one: Evidence, other: Evidence) -> bool:
    return one.text.split() == other.text.split()
