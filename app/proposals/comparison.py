"""Receiving a counter, comparing it, and reading the comparison again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.analysis.results import Baseline, Comparison
from app.db import new_public_id
from app.errors import InvalidInput, NotFound, UnreadableFile
from app.incoming import read_bytes
from app.library.baseline import library_baseline
from app.library.files import Library
from app.proposals.comparison_view import view_comparison
from app.proposals.opening_lines import all_our_openings
from app.proposals.proposal import add_proposal, get_proposal
from app.proposals.proposal_baseline import proposal_baseline
from app.proposals.review import review_finding
from app.proposals.seats import find_comparison, find_proposal, find_table
from app.proposals.stored import store_provision, store_summary, store_text
from app.proposals.tables import (
    Article,
    ArticleProvision,
    BargainingTable,
    ComparisonRecord,
    FindingRecord,
    Proposal,
    ReceivedFile,
)
from app.proposals.views import ComparisonView
from app.text.document import Document, Progress, Provision
from app.text.reading import read_pasted

if TYPE_CHECKING:
    from app.analysis.pipeline import Pipeline

__all__ = ["get_comparison", "get_received_file", "receive_counter", "review_finding"]


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
    from app.analysis.compare import compare  # noqa: PLC0415 - the pipeline is heavy; most requests compare nothing

    table = find_table(session, person, table_id)
    base = _find_base(session, person, table, against)
    baseline = _baseline(session, person, base) if base else library_baseline(library)
    baseline = replace(baseline, head=all_our_openings(session, table))
    content, document = _read(data, pasted, name, max_bytes, progress)
    comparison = compare(document, baseline, pipeline, progress=progress)
    moment = now or datetime.now(UTC)
    received = _store_counter(session, person, table, document, content=content, now=moment)
    record = ComparisonRecord(
        table_id=table.id,
        file_id=received.id,
        against_id=base.id if base else None,
        pipeline_version=comparison.pipeline,
        summary=store_summary(comparison),
        baseline=[store_text(each) for each in baseline.texts],
        residue=[each.as_json() for each in comparison.residue],
        created_by=person.id,
        created_at=moment,
    )
    session.add(record)
    session.flush()
    _store_findings(session, record, comparison)
    return record


def get_comparison(session: Session, person: Person, comparison_id: str) -> ComparisonView:
    """A stored comparison of one of the person's tables; raises NotFound."""
    return view_comparison(session, find_comparison(session, person, comparison_id))


def get_received_file(session: Session, person: Person, comparison_id: str) -> tuple[str, bytes]:
    """Name and bytes of the file that a comparison read, exactly as received; raises NotFound."""
    record = find_comparison(session, person, comparison_id)
    received = session.get_one(ReceivedFile, record.file_id)
    return received.name, received.content


def _find_base(session: Session, person: Person, table: BargainingTable, against: str | None) -> Proposal | None:
    if against is None:
        return None
    proposal = find_proposal(session, person, against)
    if proposal.table_id != table.id:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    if proposal.side != "union":
        raise InvalidInput("Choose one of the union's proposals to compare with.", field="against")
    return proposal


def _baseline(session: Session, person: Person, base: Proposal) -> Baseline:
    view = get_proposal(session, person, base.public_id)
    if not view.articles:
        raise InvalidInput(f"{view.label} has no articles yet; add clauses to it first.", field="against")
    return proposal_baseline(view)


def _read(
    data: bytes | None, pasted: str | None, name: str, max_bytes: int, progress: Progress | None
) -> tuple[bytes, Document]:
    name = _file_name(name)
    if data is not None:
        return data, read_bytes(data, name, max_bytes=max_bytes, progress=progress)
    if pasted is None or not pasted.strip():
        raise InvalidInput("Choose a file, or paste the employer's text.", field="file")
    content = pasted.encode("utf-8", "replace")
    if len(content) > max_bytes:
        raise UnreadableFile(f"The pasted text is longer than {max_bytes // 1_000_000} MB; paste a part of it.")
    return content, read_pasted(pasted, name or "pasted text")


def _store_counter(
    session: Session, person: Person, table: BargainingTable, document: Document, *, content: bytes, now: datetime
) -> ReceivedFile:
    """The counter as a proposal of the employer with articles and provisions, and the file beside it."""
    proposal = add_proposal(session, person, table, side="employer", title=document.name[:200], now=now)
    _store_articles(session, proposal, document)
    received = ReceivedFile(
        proposal_id=proposal.id,
        name=document.name,
        kind=document.kind,
        digest=document.digest,
        content=content,
        text=_storable(document.text),
        provisions=[store_provision(each) for each in document.provisions],
        warnings=list(document.warnings),
        received_by=person.id,
        received_at=now,
    )
    session.add(received)
    session.flush()
    return received


def _store_articles(session: Session, proposal: Proposal, document: Document) -> None:
    groups: list[tuple[str, list[Provision]]] = []
    for provision in document.provisions:
        title = provision.heading_path[0] if provision.heading_path else document.name
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(provision)
    articles = [
        Article(proposal_id=proposal.id, place=place, title=_storable(title)[:400], position="", filled={})
        for place, (title, _) in enumerate(groups, start=1)
    ]
    session.add_all(articles)
    session.flush()
    rows = [
        {
            "public_id": new_public_id(),
            "article_id": article.id,
            "position": "",
            "place": place,
            "number": _storable(provision.number)[:200],
            "lead_in": _storable(provision.lead_in),
            "own_text": _storable(provision.text),
        }
        for article, (_, provisions) in zip(articles, groups, strict=True)
        for place, provision in enumerate(provisions, start=1)
    ]
    if rows:
        session.execute(insert(ArticleProvision), rows)


def _store_findings(session: Session, record: ComparisonRecord, comparison: Comparison) -> None:
    session.add_all(
        FindingRecord(
            comparison_id=record.id,
            place=place,
            status=finding.status,
            hostile=finding.hostile,
            severity=finding.severity,
            weight=finding.protection.weight if finding.protection else "",
            families=list(dict.fromkeys(move.family for move in finding.moves)),
            payload=finding.as_json(),
        )
        for place, finding in enumerate(comparison.findings, start=1)
        if not finding.untouched
    )
    session.flush()


def _file_name(name: str) -> str:
    """The last part of what a browser sent as the name, without control characters."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(each for each in last if each.isprintable()).strip()[:200]


def _storable(text: str) -> str:
    # PostgreSQL refuses the null character; a space keeps every offset where it is.
    return text.replace("\x00", " ")
