"""Receiving a counter, comparing it, and recording what people say of the findings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.library.files import Library
from app.proposals.tables import ComparisonRecord
from app.proposals.views import ComparisonView, FindingView
from app.text.document import Progress

if TYPE_CHECKING:
    from app.analysis.pipeline import Pipeline


def receive_counter(
    session: Session,
    person: Person,
    table_id: str,
    *,
    data: bytes | None,
    pasted: str | None,
    name: str,
    against: str | None,
    pipeline: Pipeline,
    library: Library,
    max_bytes: int,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> ComparisonRecord:
    """Read and compare a counter and store everything, or nothing.

    `against` is the public id of a union proposal, or None for the library in target position.
    The answer's `public_id` is what addresses show. Raises UnreadableFile, InvalidInput, NotFound.
    """
    raise NotImplementedError


def get_comparison(session: Session, person: Person, comparison_id: str) -> ComparisonView:
    """A stored comparison of one of the person's tables; raises NotFound."""
    raise NotImplementedError


def review_finding(
    session: Session, person: Person, finding_id: str, decision: str, note: str = "", *, now: datetime | None = None
) -> FindingView:
    """Record "agreed", "dismissed" or "open" with a note; raises NotFound, or InvalidInput for another decision."""
    raise NotImplementedError
