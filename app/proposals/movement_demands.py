"""Demands of the Employer that answer nothing of ours, followed from exchange to exchange by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz

from app.analysis.results import Finding
from app.proposals.movement_matrix import (
    NO_DEMAND,
    Cell,
    Exchange,
    Row,
    Step,
    empty_cell,
    found_cell,
    plain_words,
    theirs_in,
    who_moved,
)

_SAME_DEMAND: Final = 60.0
"""Likeness, of 100, from which two demands are the same one in other words."""


def demand_rows(exchanges: Sequence[Exchange]) -> Iterator[Row]:
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
    words = plain_words(finding.draft.text) if finding.draft else ""
    best, found = _SAME_DEMAND, None
    for index, chain in enumerate(chains):
        last = chain[max(chain)][1]
        likeness = fuzz.ratio(words, plain_words(last.draft.text)) if last.draft and index not in taken else 0.0
        if likeness >= best:
            best, found = likeness, index
    return found


def _demand_cell(exchange: Exchange, found: tuple[int, Finding] | None) -> Cell:
    if found is None:
        return empty_cell(NO_DEMAND)
    return found_cell(exchange, *found)


def _demand_step(before: Cell, now: Cell) -> Step:
    there, here = before.status == "added", now.status == "added"
    moved = theirs_in(before) != theirs_in(now)
    if here:
        word = ("~", "reworded") if there and moved else ("=", "no change") if there else ("+", "demanded")
    else:
        word = ("✓", "withdrawn by them") if there else ("=", "no change")
    return Step(*word, who_moved(False, moved), "")
