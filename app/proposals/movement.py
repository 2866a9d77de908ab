"""Who moved where: the protections down the side, the exchanges of the table along the top.

Pure: stored comparisons in, a matrix out. A cell says what became of one protection in one exchange. The step from one
exchange to the next says which side moved: the Employer when its own words changed, the Union when ours did. What a
step means for workers is told by the two statuses and nothing else; no number stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.analysis.results import ClauseText, Finding, Protection
from app.library.clause import POSITIONS
from app.proposals.article_names import ArticleNames, article_names
from app.proposals.movement_demands import demand_rows
from app.proposals.movement_matrix import (
    NOT_ASKED,
    NOT_TOUCHED,
    Cell,
    Column,
    Exchange,
    Movement,
    Row,
    Step,
    empty_cell,
    found_cell,
    plain_words,
    theirs_in,
    who_moved,
)

_RANKS: Final = {"contradicted": 0, "missing": 1, NOT_TOUCHED: 1, "weakened": 2, "kept": 3, "strengthened": 4}
_ABSENT: Final = frozenset({"missing", NOT_TOUCHED})


def movement(exchanges: Sequence[Exchange]) -> Movement:
    """Lay the comparisons of a table beside each other.

    Args:
        exchanges: In the order in which they took place.

    Returns:
        A row for each protection that a text of ours declared, and for each demand of the Employer.
    """
    columns = tuple(
        Column(each.label, each.against, each.round_number, each.held_on, each.comparison_id) for each in exchanges
    )
    rows = [_protection_row(exchanges, *key) for key in _protections(exchanges)]
    names = [article_names(each.texts, kind=each.kind) for each in exchanges]
    named = (replace(row, cells=tuple(map(_with_article, row.cells, exchanges, names))) for row in rows)
    return Movement(columns, (*named, *demand_rows(exchanges)))


def _with_article(cell: Cell, exchange: Exchange, names: ArticleNames) -> Cell:
    """The same cell, our words cited with their article."""
    if cell.union is None or cell.number is None:
        return cell
    home = names.home(cell.union, exchange.findings[cell.number - 1].clause)
    return replace(cell, union=replace(cell.union, number=names.cited(cell.union, home)))


def _protections(exchanges: Sequence[Exchange]) -> list[tuple[str, str]]:
    """Clause and protection of every row; those of the last text first, in its order."""
    found: dict[tuple[str, str], None] = {}
    for exchange in reversed(exchanges):
        for text in exchange.texts:
            for protection in text.protections:
                found.setdefault((text.id, protection.id))
        for finding in exchange.findings:
            if finding.clause and finding.protection and not _declares(exchange, finding.clause.id):
                found.setdefault((finding.clause.id, finding.protection.id))
    spoken = {
        (finding.clause.id, finding.protection.id)
        for exchange in exchanges
        for finding in exchange.findings
        if finding.clause and finding.protection
    }
    return [key for key in found if key in spoken]


def _declares(exchange: Exchange, clause_id: str) -> bool:
    return any(text.id == clause_id for text in exchange.texts)


def _protection_row(exchanges: Sequence[Exchange], clause_id: str, protection_id: str) -> Row:
    label, about, title = protection_id, "", ""
    cells: list[Cell] = []
    ours: list[tuple[str, str] | None] = []  # position and words, None where we did not ask
    for exchange in exchanges:
        text, protection = _declared(exchange, clause_id, protection_id)
        place, finding = _finding(exchange, clause_id, protection_id)
        if finding and finding.protection:
            label, about = finding.protection.label, f"{finding.protection.id}, {finding.protection.weight}"
        title = text.title if text else title
        ours.append((text.position, _carrying(text, protection)) if text and protection else None)
        cells.append(_cell(exchange, clause_id, place, finding, asked=protection is not None))
    stepped = [cells[0]]
    for index in range(1, len(cells)):
        stepped.append(replace(cells[index], step=_step(cells[: index + 1], ours[index - 1], ours[index])))
    return Row(label, about, title, is_demand=False, cells=tuple(stepped))


def _declared(exchange: Exchange, clause_id: str, protection_id: str) -> tuple[ClauseText | None, Protection | None]:
    for text in exchange.texts:
        if text.id == clause_id:
            return text, next((each for each in text.protections if each.id == protection_id), None)
    return None, None


def _finding(exchange: Exchange, clause_id: str, protection_id: str) -> tuple[int | None, Finding | None]:
    """The gravest finding on this protection."""
    found = [
        (place, each)
        for place, each in enumerate(exchange.findings, start=1)
        if each.clause and each.protection and (each.clause.id, each.protection.id) == (clause_id, protection_id)
    ]
    return min(found, key=lambda each: _RANKS.get(each[1].status, 9), default=(None, None))


def _carrying(text: ClauseText, protection: Protection) -> str:
    return plain_words(" ".join(each.text for each in text.provisions if each.number in protection.provisions))


def _cell(exchange: Exchange, clause_id: str, place: int | None, finding: Finding | None, *, asked: bool) -> Cell:
    if finding is None:
        untouched = any(each.untouched and each.clause and each.clause.id == clause_id for each in exchange.findings)
        status = NOT_TOUCHED if asked or untouched else NOT_ASKED
        return empty_cell(status)
    return found_cell(exchange, place, finding)


def _step(cells: Sequence[Cell], ours_before: tuple[str, str] | None, ours_now: tuple[str, str] | None) -> Step:
    before, now = cells[-2], cells[-1]
    sign, word = _protection_word(cells)
    we_moved, they_moved = ours_before != ours_now, theirs_in(before) != theirs_in(now)
    if NOT_ASKED in {before.status, now.status}:
        they_moved = False
    elif we_moved and before.status != now.status and not _ABSENT & {before.status, now.status}:
        sign, word = "~", "measured anew"  # against other words of ours: neither better nor worse by itself
    return Step(sign, word, who_moved(we_moved, they_moved), _our_step(ours_before, ours_now))


def _protection_word(cells: Sequence[Cell]) -> tuple[str, str]:
    before, now = cells[-2], cells[-1]
    if now.status == NOT_ASKED:
        return ("–", "no change") if before.status == NOT_ASKED else ("–", "withdrawn by us")
    if before.status == NOT_ASKED:
        return "+", "asked for"
    if now.status in _ABSENT:
        return ("=", "no change") if before.status in _ABSENT else ("∅", "dropped")
    if before.status in _ABSENT and now.status != "contradicted":
        earlier = any(cell.status in {"kept", "weakened", "strengthened"} for cell in cells[:-2])
        return "↩" if earlier else "+", "came back" if earlier else "offered"
    return _change_word(before, now)


def _change_word(before: Cell, now: Cell) -> tuple[str, str]:
    """Both speak of the protection."""
    difference = _RANKS[now.status] - _RANKS[before.status]
    if difference > 0:
        return "↑", "strengthened" if now.status == "strengthened" else "better for workers"
    if difference < 0:
        return ("✕", "contradicted") if now.status == "contradicted" else ("↓", "worse for workers")
    return ("=", "no change") if theirs_in(before) == theirs_in(now) else ("~", "reworded")


def _our_step(before: tuple[str, str] | None, now: tuple[str, str] | None) -> str:
    if before == now:
        return ""
    if before is None:
        return "Union asked for it"
    if now is None:
        return "Union no longer asks for it"
    if before[0] != now[0] and {before[0], now[0]} <= set(POSITIONS):
        return f"Union went from {before[0]} to {now[0]}"
    return "Union changed its words"
