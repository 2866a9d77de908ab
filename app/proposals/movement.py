"""Who moved where: the protections down the side, the exchanges of the table along the top.

Pure: stored comparisons in, a matrix out. A cell says what became of one protection in one exchange. The step from one
exchange to the next says which side moved: the Employer when its own words changed, the Union when ours did. What a
step means for workers is told by the two statuses and nothing else; no number stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz

from app.analysis.results import ClauseText, Evidence, Finding, Protection
from app.library.clause import POSITIONS
from app.proposals.report_content import SIGNS

NOT_ASKED: Final = "not asked"
NO_DEMAND: Final = "no demand"
NOT_TOUCHED: Final = "not touched"

_RANKS: Final = {"contradicted": 0, "missing": 1, NOT_TOUCHED: 1, "weakened": 2, "kept": 3, "strengthened": 4}
_ABSENT: Final = frozenset({"missing", NOT_TOUCHED})
_SAME_DEMAND: Final = 60.0
"""Likeness, of 100, from which two demands are the same one in other words."""
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
    return Movement(columns, (*rows, *_demand_rows(exchanges)))


# Protections


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
    return _plain(" ".join(each.text for each in text.provisions if each.number in protection.provisions))


def _cell(exchange: Exchange, clause_id: str, place: int | None, finding: Finding | None, *, asked: bool) -> Cell:
    if finding is None:
        untouched = any(each.untouched and each.clause and each.clause.id == clause_id for each in exchange.findings)
        status = NOT_TOUCHED if asked or untouched else NOT_ASKED
        return Cell(status, _SIGNS[status], False, "", None, None, None)
    return _found_cell(exchange, place, finding)


def _found_cell(exchange: Exchange, place: int | None, finding: Finding) -> Cell:
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


def _step(cells: Sequence[Cell], ours_before: tuple[str, str] | None, ours_now: tuple[str, str] | None) -> Step:
    before, now = cells[-2], cells[-1]
    sign, word = _protection_word(cells)
    we_moved, they_moved = ours_before != ours_now, _theirs(before) != _theirs(now)
    if NOT_ASKED in {before.status, now.status}:
        they_moved = False
    elif we_moved and before.status != now.status and not _ABSENT & {before.status, now.status}:
        sign, word = "~", "measured anew"  # against other words of ours: neither better nor worse by itself
    return Step(sign, word, _who(we_moved, they_moved), _our_step(ours_before, ours_now))


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
    return ("=", "no change") if _theirs(before) == _theirs(now) else ("~", "reworded")


def _theirs(cell: Cell) -> str:
    return _plain(cell.employer.text) if cell.employer else ""


def _who(we_moved: bool, they_moved: bool) -> str:
    if we_moved and they_moved:
        return "both sides"
    return "Union" if we_moved else "Employer" if they_moved else "nobody"


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


# Demands


def _demand_rows(exchanges: Sequence[Exchange]) -> Iterator[Row]:
    """Demands that answer nothing of ours, each followed through the rounds by its words."""
    chains: list[dict[int, tuple[int, Finding]]] = []
    for column, exchange in enumerate(exchanges):
        taken: set[int] = set()
        for place, finding in enumerate(exchange.findings, start=1):
            if finding.status == "added" and finding.draft:
                index = _same_demand(chains, finding, taken)
                if index is None:
                    chains.append({})
                    index = len(chains) - 1
                taken.add(index)
                chains[index][column] = (place, finding)
    for chain in chains:
        cells = [_demand_cell(exchange, chain.get(column)) for column, exchange in enumerate(exchanges)]
        stepped = [cells[0]]
        for before, now in pairwise(cells):
            stepped.append(replace(now, step=_demand_step(before, now)))
        label = next(iter(chain.values()))[1].explanation
        yield Row(label, "demand of the Employer", "", is_demand=True, cells=tuple(stepped))


def _same_demand(chains: Sequence[dict[int, tuple[int, Finding]]], finding: Finding, taken: set[int]) -> int | None:
    words = _plain(finding.draft.text) if finding.draft else ""
    best, found = _SAME_DEMAND, None
    for index, chain in enumerate(chains):
        last = chain[max(chain)][1]
        likeness = fuzz.ratio(words, _plain(last.draft.text)) if last.draft and index not in taken else 0.0
        if likeness >= best:
            best, found = likeness, index
    return found


def _demand_cell(exchange: Exchange, found: tuple[int, Finding] | None) -> Cell:
    if found is None:
        return Cell(NO_DEMAND, _SIGNS[NO_DEMAND], False, "", None, None, None)
    return _found_cell(exchange, *found)


def _demand_step(before: Cell, now: Cell) -> Step:
    there, here = before.status == "added", now.status == "added"
    moved = _theirs(before) != _theirs(now)
    if here:
        word = ("~", "reworded") if there and moved else ("=", "no change") if there else ("+", "demanded")
    else:
        word = ("✓", "withdrawn by them") if there else ("=", "no change")
    return Step(*word, _who(False, moved), "")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
