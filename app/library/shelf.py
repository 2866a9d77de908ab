"""The latest published version of every clause, as values: what searching and filtering look through.

Published text never changes, so what was read and parsed once is kept; a request asks the database for no more than
which versions are the latest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.clause import POSITIONS, ClauseVersion
from app.library.front_matter import parse_clause
from app.library.rendering import render_position
from app.library.search_words import stems_of
from app.library.tables import PublishedClause, PublishedVersion

_MOST_KEPT = 2000  # clauses; sixty of them are a megabyte of text
_kept: dict[str, tuple[ClauseVersion, tuple[Passage, ...]]] = {}  # by digest of the file
_keeping = Lock()


@dataclass(frozen=True, slots=True)
class Passage:
    """Something of a clause that a search may find and show: a provision, the title, the summary."""

    position: str  # opening, target, floor; "" for title and summary
    number: str  # of a provision: "2(a)"; "title" or "summary" otherwise
    text: str
    lead_in: str
    stems: tuple[str, ...]
    present: frozenset[str]  # the same, to ask quickly

    @property
    def full_text(self) -> str:
        """The text with its lead-in, as one would read it aloud."""
        return f"{self.lead_in} {self.text}" if self.lead_in else self.text


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One clause of the library in its latest published version."""

    version_id: int
    clause: ClauseVersion
    passages: tuple[Passage, ...]  # title, summary, then the provisions of the three positions
    published_at: datetime


def latest_clauses(session: Session) -> list[ShelfEntry]:
    """Every clause in its latest published version, by title."""
    query = (
        select(
            PublishedVersion.id,
            PublishedVersion.clause_id,
            PublishedVersion.version,
            PublishedVersion.digest,
            PublishedVersion.published_at,
        )
        .join(PublishedClause, PublishedClause.id == PublishedVersion.clause_id)
        .where(PublishedVersion.version == PublishedClause.latest)
        .order_by(PublishedVersion.title, PublishedVersion.clause_id)
    )
    rows = session.execute(query).all()
    _read(session, [row.id for row in rows if row.digest not in _kept])
    found = []
    for row in rows:
        clause, passages = _kept[row.digest]
        found.append(ShelfEntry(row.id, clause, passages, row.published_at))
    return found


def _read(session: Session, ids: Sequence[int]) -> None:
    """Read and keep what is not kept yet."""
    if not ids:
        return
    columns = (PublishedVersion.clause_id, PublishedVersion.version, PublishedVersion.source, PublishedVersion.digest)
    for row in session.execute(select(*columns).where(PublishedVersion.id.in_(ids))):
        clause = parse_clause(row.source, f"{row.clause_id}@{row.version}")
        with _keeping:
            if len(_kept) >= _MOST_KEPT:
                _kept.pop(next(iter(_kept)))
            _kept[row.digest] = clause, _passages(clause)


def _passages(clause: ClauseVersion) -> tuple[Passage, ...]:
    front = [("title", clause.title), ("summary", clause.summary)]
    return (
        *(_passage("", name, text) for name, text in front),
        *(
            _passage(position, each.number, each.text, each.lead_in)
            for position in POSITIONS
            for each in render_position(clause, position)
        ),
    )


def _passage(position: str, number: str, text: str, lead_in: str = "") -> Passage:
    stems = tuple(stems_of(text))
    return Passage(position, number, text, lead_in, stems, frozenset(stems))
