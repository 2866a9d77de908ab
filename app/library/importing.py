"""Clause files from elsewhere become drafts, each with its problems named; what is here already is left as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ClauseFileError, InvalidInput
from app.library.draft_check import ClauseRules, check_draft
from app.library.draft_records import Writer, refuse_outsiders
from app.library.draft_text import as_draft
from app.library.drafts import start_draft
from app.library.exchange import Incoming
from app.library.tables import ClauseDraft, PublishedVersion


@dataclass(frozen=True, slots=True)
class ImportedDraft:
    """A file that became a draft."""

    name: str
    draft_id: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, file by file."""

    made: tuple[ImportedDraft, ...]
    there: tuple[str, ...]  # one sentence for each file whose text is here already
    refused: tuple[str, ...]  # one sentence for each file that could not become a draft


def import_clauses(
    session: Session, writer: Writer, uploads: Sequence[Incoming], rules: ClauseRules, *, now: datetime | None = None
) -> ImportReport:
    """Make a draft of every clause file; flushes, does not commit. Raises NotFound for a person who may not write."""
    refuse_outsiders(writer)
    made: list[ImportedDraft] = []
    there: list[str] = []
    refused = [each for upload in uploads for each in upload.refused]
    for name, text in (each for upload in uploads for each in upload.files):
        if label := _published(session, text):
            there.append(f"{name}: {label} is published here, word for word.")
            continue
        try:
            source = as_draft(text)
            if _open_draft(session, source):
                there.append(f"{name}: there is a draft with this text already.")
                continue
            draft = start_draft(session, writer, source, now=now)
        except (ClauseFileError, InvalidInput) as error:
            refused.append(f"{name}: {str(error).removeprefix('The file: ')}")
            continue
        problems = check_draft(session, source, rules).problems
        made.append(ImportedDraft(name, draft.id, tuple(each.told for each in problems)))
    return ImportReport(tuple(made), tuple(there), tuple(refused))


def _published(session: Session, source: str) -> str:
    digest = hashlib.sha256(source.encode()).hexdigest()
    query = select(PublishedVersion.clause_id, PublishedVersion.version).where(PublishedVersion.digest == digest)
    row = session.execute(query).first()
    return f"{row.clause_id}@{row.version}" if row else ""


def _open_draft(session: Session, source: str) -> bool:
    query = select(ClauseDraft.id).where(ClauseDraft.source == source, ClauseDraft.state != "published")
    return session.scalar(query.limit(1)) is not None
