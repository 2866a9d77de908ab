"""The table that a fresh installation shows: a fictional employer, our proposal, their counter already compared."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.accounts.roles import set_editor
from app.accounts.sessions import find_or_create_person
from app.accounts.tables import Person
from app.library.files import Library
from app.proposals.assemble import add_clause, set_note
from app.proposals.bargaining import create_table, list_tables
from app.proposals.comparison import receive_counter
from app.proposals.proposal import create_proposal
from app.settings import Settings

if TYPE_CHECKING:
    from app.analysis.pipeline import Pipeline

EMAIL = "demonstration@local.example"
COUNTER = Path(__file__).parent / "demonstration" / "employer_counter.docx"

_CLAUSES = (
    ("disclosure", "notice-before-technology"),
    ("data_rights", "worker-data-limits"),
    ("retraining", "retraining-guarantee"),
    ("job_security", "no-layoff-due-to-technology"),
)
"""Topic, and the clause that the counter answers."""

_NOTE = "The members in receiving care most about the named job at the end of training. Do not trade it for severance."


def create_demonstration(
    session: Session, settings: Settings, pipeline: Pipeline, library: Library, now: datetime
) -> Person:
    """Make the demonstration table unless it is there, and answer with the person who sits at it.

    The library must be published. Names and events are invented. Flushes, does not commit.
    """
    person = find_or_create_person(session, email=EMAIL, name="Dana Reyes", now=now)
    set_editor(session, person, True)  # so that the author's pages can be seen; a second editor reviews
    if list_tables(session, person):
        return person
    last_week = now - timedelta(days=7)
    table = create_table(
        session,
        person,
        title="Technology at Tidewater, 2026 to 2029",
        employer="Tidewater Regional Distribution",
        union="Warehouse Workers United Local 418",
        unit="All full-time and part-time warehouse, yard and dispatch employees",
        jurisdiction="us-private",
        sector="logistics",
        agreement="2023 to 2026 agreement, in force until a successor is ratified",
        now=last_week,
    )
    proposal = create_proposal(session, person, table.id, "Technology", now=last_week)
    for clause_id in _clauses(library):
        proposal = add_clause(session, person, proposal.id, clause_id)
    notable = next((each for each in proposal.articles if each.topic == "retraining"), None)
    if notable is not None:
        set_note(session, person, notable.id, _NOTE)
    if proposal.articles and COUNTER.exists():
        receive_counter(
            session,
            person,
            table.id,
            data=COUNTER.read_bytes(),
            pasted=None,
            name="Employer counterproposal 1.docx",
            against=proposal.id,
            pipeline=pipeline,
            library=library,
            max_bytes=settings.max_upload_bytes,
            now=now,
        )
    return person


def _clauses(library: Library) -> list[str]:
    """The clauses of the demonstration; where one is not published, another of its topic stands in."""
    published = {version.id: version.topic for version in library.published}
    chosen = []
    for topic, clause_id in _CLAUSES:
        others = (each for each, its_topic in published.items() if its_topic == topic)
        found = clause_id if clause_id in published else next(others, None)
        if found is not None:
            chosen.append(found)
    return chosen
