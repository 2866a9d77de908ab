"""What the pages for writing clauses ask for: the person as a writer, and the rules of the library."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from app.library.draft_check import ClauseRules
from app.library.draft_records import Writer
from app.web.dependencies import ServicesNeeded, SignedIn


def writer(visit: SignedIn) -> Writer:
    """The signed-in person as a writer; what they may see and do is decided by `app.library`."""
    person = visit.person
    return Writer(person.id, person.name, person.is_editor)


def clause_rules(services: ServicesNeeded) -> ClauseRules:
    """What drafts are held against."""
    return ClauseRules(services.library.vocabulary, services.settings.clauses_dir / "schema.yml")


Writing = Annotated[Writer, Depends(writer)]
Rules = Annotated[ClauseRules, Depends(clause_rules)]
