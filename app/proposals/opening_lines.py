"""What stands above the articles of a proposal: which one it is, its title, who hands it to whom, for which workers.

The other side often hands our own file back with its marks in it. These lines then come back too, and say nothing new.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.proposals.bargaining import organisation_names
from app.proposals.tables import BargainingTable, Proposal, Round
from app.proposals.views import proposal_label


def opening_lines(*, label: str, title: str, ours: str, theirs: str, unit: str) -> tuple[str, ...]:
    """The lines in their order; `ours` is the name of the side that hands the proposal over."""
    return (label, title, f"{ours} to {theirs}", *([f"Bargaining unit: {unit}"] if unit else []))


def round_line(number: int, held_on: date) -> str:
    """The round, as a text that is pasted says it: "Round 2, 19 May 2026"."""
    return f"Round {number}, {held_on.day} {held_on:%B %Y}"


def all_our_openings(session: Session, table: BargainingTable) -> frozenset[str]:
    """Every line that stands above one of our proposals at a table."""
    employer, union = organisation_names(session, table)
    query = (
        select(Proposal.number, Proposal.title, Round.number, Round.held_on)
        .join(Round, Round.id == Proposal.round_id)
        .where(Proposal.table_id == table.id, Proposal.side == "union")
    )
    lines: set[str] = set()
    for number, title, round_number, held_on in session.execute(query):
        label = proposal_label("union", number)
        lines |= set(opening_lines(label=label, title=title, ours=union, theirs=employer, unit=table.unit))
        lines.add(round_line(round_number, held_on))
    return frozenset(lines)
