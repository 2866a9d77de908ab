"""What people decide about findings. The latest decision counts; the earlier ones stay on record."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput
from app.proposals.comparison_view import view_finding
from app.proposals.seats import find_finding
from app.proposals.tables import FindingReview
from app.proposals.views import FindingView

DECISIONS = ("agreed", "dismissed", "open")
LONGEST_NOTE = 10_000


def review_finding(
    session: Session, person: Person, finding_id: str, decision: str, note: str = "", *, now: datetime | None = None
) -> FindingView:
    """Record "agreed", "dismissed" or "open" with a note; raises NotFound, or InvalidInput for another decision."""
    row = find_finding(session, person, finding_id)
    if decision not in DECISIONS:
        raise InvalidInput(f"Choose one of {', '.join(DECISIONS)}.", field="decision")
    words = note.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_NOTE:
        raise InvalidInput(f"The note is too long; use at most {LONGEST_NOTE:,} characters.", field="note")
    moment = now or datetime.now(UTC)
    session.add(FindingReview(finding_id=row.id, person_id=person.id, decision=decision, note=words, created_at=moment))
    session.flush()
    return view_finding(session, row)
