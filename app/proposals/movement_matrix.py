"""The matrix of a table's movement: what its columns, rows and cells say, and what a cell makes of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.analysis.results import ClauseText, Evidence, Finding
from app.proposals.report_content import SIGNS

NOT_ASKED: Final = "not asked"
NO_DEMAND: Final = "no demand"
NOT_TOUCHED: Final = "not touched"
_SIGNS: Final = {**SIGNS, NOT_ASKED: "–", NO_DEMAND: "–", NOT_TOUCHED: "∅"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One counter measured against one text of ours: a column."""

    label: str  # "Employer Counter 2"
    against: str  # "Union Proposal 2"
    round_number: int
    held_on: date
    findings: tuple[Finding, ...]
    texts: tuple[ClauseText, ...]  # our text as it stood
    comparison_id: str = ""
    finding_ids: Mapping[int, str] = field(default_factory=dict)  # by place among the findings, from 1
    kind: str = "file"  # of our text: "library" and "clause" have no articles


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    label: str
    against: str
    round_number: int
    held_on: date
    comparison_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """What happened between the exchange before and this one."""

    sign: str
    word: str  # "dropped", "came back", "no change"
    who: str  # "Employer", "Union", "both sides" or "nobody"
    ours: str  # what we did: "Union went from target to floor", or ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One protection, or one demand, in one exchange."""

    status: str
    sign: str
    hostile: bool
    explanation: str
    union: Evidence | None
    employer: Evidence | None
    number: int | None  # place among the findings of its comparison, from 1
    step: Step | None = None  # None in the first exchange
    finding_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One protection, or one demand of the Employer, through all exchanges."""

    label: str
    about: str  # "DIS-3, essential" or ""
    clause: str  # title of the clause, "" for a demand
    is_demand: bool
    cells: tuple[Cell, ...]

    @property
    def now(self) -> Cell:
        """The cell of the last exchange."""
        return self.cells[-1]


@dataclass(frozen=True, slots=True)
class Movement:
    """The whole matrix."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]  # protections in the order of our text, then demands

    @property
    def last_steps(self) -> tuple[tuple[str, str, int], ...]:
        """Sign, word and number of the steps into the last exchange, the most frequent words first."""
        counts: dict[tuple[str, str], int] = {}
        for row in self.rows:
            if row.now.step is not None:
                key = (row.now.step.sign, row.now.step.word)
                counts[key] = counts.get(key, 0) + 1
        ordered = sorted(counts.items(), key=lambda each: (each[0][1] == "no change", -each[1], each[0]))
        return tuple((sign, word, number) for (sign, word), number in ordered)


def empty_cell(status: str) -> Cell:
    """A cell in which nothing was found: it only says why."""
    return Cell(status, _SIGNS[status], False, "", None, None, None)


def found_cell(exchange: Exchange, place: int | None, finding: Finding) -> Cell:
    """The cell of a finding; `place` counts from 1 among the findings of its exchange."""
    return Cell(
        finding.status,
        _SIGNS[finding.status],
        finding.hostile,
        finding.explanation,
        finding.library,
        finding.draft,
        place,
        finding_id=exchange.finding_ids.get(place or 0, ""),
    )


def theirs_in(cell: Cell) -> str:
    """What the Employer says in a cell, for comparing; "" where it says nothing."""
    return plain_words(cell.employer.text) if cell.employer else ""


def who_moved(we_moved: bool, they_moved: bool) -> str:
    """Whose words changed, in words."""
    if we_moved and they_moved:
        return "both sides"
    return "Union" if we_moved else "Employer" if they_moved else "nobody"


def plain_words(text: str) -> str:
    """Words without regard to spaces and capitals, for comparing."""
    return " ".join(text.split()).casefold()
