"""Who moved where, as a page shows it: rows under their clauses, cells with status, step and both sides' words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.proposals.movement_matrix import Cell, Movement, Row
from app.proposals.movement_words import column_heading, quoted_words, step_words
from app.web.finding_words import StatusWords, status_words

DEMANDS = "Demands of the Employer"


@dataclass(frozen=True, slots=True)
class PageColumn:
    """The head of a column."""

    when: str
    texts: str
    address: str  # of its comparison


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell."""

    status: StatusWords
    hostile: bool
    step: str
    changed: bool  # whether anything moved since the column before
    explanation: str
    quotations: tuple[str, ...]
    address: str  # of its finding, or ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One protection or demand."""

    label: str
    about: str
    cells: tuple[PageCell, ...]


@dataclass(frozen=True, slots=True)
class MovementPage:
    """The page; `hidden` counts the rows that the filter leaves out."""

    columns: tuple[PageColumn, ...]
    groups: tuple[tuple[str, tuple[PageRow, ...]], ...]  # by clause, demands last
    last_steps: tuple[tuple[str, str, int], ...]
    only_moved: bool
    hidden: int


def build_movement_page(movement: Movement, *, only_moved: bool) -> MovementPage:
    """Shape the movement of a table.

    Args:
        movement: The matrix.
        only_moved: Show only rows in which something moved since the counter before.

    Returns:
        The page.
    """
    addresses = [f"/comparisons/{column.comparison_id}" for column in movement.columns]
    shown = [row for row in movement.rows if not only_moved or _moved(row.now)]
    groups = groupby(shown, key=lambda row: DEMANDS if row.is_demand else row.clause)
    return MovementPage(
        columns=tuple(
            PageColumn(*column_heading(column), address)
            for column, address in zip(movement.columns, addresses, strict=True)
        ),
        groups=tuple((title, tuple(_row(row, addresses) for row in rows)) for title, rows in groups),
        last_steps=movement.last_steps,
        only_moved=only_moved,
        hidden=len(movement.rows) - len(shown),
    )


def _moved(cell: Cell) -> bool:
    return cell.step is not None and (cell.step.word != "no change" or cell.step.who != "nobody")


def _row(row: Row, addresses: list[str]) -> PageRow:
    cells = tuple(
        _cell(cell, row.cells[index - 1] if index else None, addresses[index]) for index, cell in enumerate(row.cells)
    )
    return PageRow(row.label, row.about, cells)


def _cell(cell: Cell, before: Cell | None, address: str) -> PageCell:
    known = status_words(cell.status)
    words = known if known.word == cell.status else StatusWords("unclassified", cell.sign, cell.status, "")
    return PageCell(
        status=words,
        hostile=cell.hostile,
        step=step_words(cell),
        changed=_moved(cell),
        explanation=cell.explanation,
        quotations=tuple(quoted_words(cell, before)),
        address=f"{address}#finding-{cell.finding_id}" if cell.finding_id else "",
    )
