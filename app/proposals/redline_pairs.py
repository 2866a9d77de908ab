"""Which two texts of a table a redline is made of, and for whom it is.

Ours against the model clause, one round against another, or two files that somebody has. A redline for the other side
goes through the gate; one for the caucus is marked on every page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound
from app.library.catalogue import get_clause_version
from app.library.rendering import render_position
from app.proposals.article_view import level_of
from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.proposal import get_proposal, proposal_document
from app.proposals.seats import find_article, find_proposal, find_table
from app.proposals.stored import load_provision
from app.proposals.tables import Proposal, ReceivedFile
from app.proposals.views import ArticleView, ProposalView, ProvisionView
from app.text.document import Document
from app.text.reading import read_bytes
from app.word.caucus_mark import marked
from app.word.redline.engine import redline_files
from app.word.redline.texts import redline_texts
from app.word.table_safe import make_table_safe

LONGEST_AUTHOR = 60
_NAME_OF_FILE = re.compile(r"[\\/]")


@dataclass(frozen=True, slots=True)
class RedlineText:
    """One of the two texts."""

    label: str  # "Union Proposal 2"
    document: Document
    file: bytes | None = None  # the Word file that it came as, where there is one


def round_text(
    session: Session, person: Person, table_id: str, proposal_id: str, *, for_table: bool = False
) -> RedlineText:
    """A proposal or a counter of this table.

    Raises:
        NotFound: It is unknown, foreign, or of another table.
        PlaceholderError: It is ours, meant for the other side, and not filled in.
    """
    table = find_table(session, person, table_id)
    proposal = find_proposal(session, person, proposal_id)
    if proposal.table_id != table.id:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    view = get_proposal(session, person, proposal_id)
    if proposal.side == "employer":
        return _received(session, proposal, view)
    if not view.articles:
        raise InvalidInput(f"{view.label} has no articles yet; add clauses to it first.", field="new")
    if for_table:
        refuse_open_placeholders(view)
    return RedlineText(view.label, proposal_document(view))


def model_pair(session: Session, person: Person, table_id: str, article_id: str) -> tuple[RedlineText, RedlineText]:
    """An article of ours, and its clause as the library has it, at the version and position that the article pins.

    Raises:
        NotFound: The article is unknown, foreign, or of another table.
        InvalidInput: It comes from no clause.
    """
    table = find_table(session, person, table_id)
    row = find_article(session, person, article_id)
    proposal = session.get_one(Proposal, row.proposal_id)
    if proposal.table_id != table.id:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    view = get_proposal(session, person, proposal.public_id)
    article = next(each for each in view.articles if each.id == article_id)
    if not article.clause_id:
        raise InvalidInput(f"{article.title} is not from the library, so there is no model to compare it with.")
    ours = replace(view, articles=(article,))
    model = replace(view, articles=(_model(session, article),))
    source = f"{article.clause_id} {article.clause_version}, {article.position}"
    return (
        RedlineText(source, proposal_document(model)),
        RedlineText(f"{view.label}, Article {article.number}", proposal_document(ours)),
    )


def file_text(data: bytes, name: str, *, field: str, max_bytes: int) -> RedlineText:
    """A file that somebody has; raises UnreadableFile, or InvalidInput where there is none."""
    name = _NAME_OF_FILE.split(name)[-1].strip()[:200]
    if not data:
        raise InvalidInput("Choose both files.", field=field)
    document = read_bytes(data, name, max_bytes=max_bytes)
    return RedlineText(name, document, data if document.kind == "docx" else None)


def make_redline(
    old: RedlineText, new: RedlineText, *, author: str, date: datetime | None, for_table: bool
) -> tuple[str, bytes]:
    """Write the redline: inside the older file where both are Word files, in a plain one otherwise.

    Args:
        old: What rejecting all changes gives.
        new: What accepting all changes gives.
        author: Whose changes they are: a side, never a person; "Union" where it is empty.
        date: When they were made; without it they carry no date.
        for_table: Whether it is meant for the other side: it then holds the text alone, and is checked; otherwise it
            is marked for the caucus.

    Returns:
        A name for the file, and the file.

    Raises:
        InvalidInput: The author is too long.
        NotTableSafe: It holds something that is not for the other side.
    """
    author = " ".join(author.split()) or "Union"
    if len(author) > LONGEST_AUTHOR:
        raise InvalidInput(f"The author is too long; use at most {LONGEST_AUTHOR} characters.", field="author")
    if old.file and new.file and not for_table:
        data = redline_files(old.file, new.file, author=author, date=date)
    else:
        data = redline_texts(old.document, new.document, author=author, date=date)
    name = f"Redline - {_stem(new.label)} against {_stem(old.label)}.docx"
    if for_table:
        return name, make_table_safe(data, keep_tracked=True, author=author)
    return f"CONFIDENTIAL caucus copy - {name}", marked(data)


def _stem(label: str) -> str:
    return re.sub(r"\.(?:docx?|pdf|txt|md|odt|rtf)$", "", label, flags=re.IGNORECASE)


def _received(session: Session, proposal: Proposal, view: ProposalView) -> RedlineText:
    received = session.scalar(
        select(ReceivedFile).where(ReceivedFile.proposal_id == proposal.id).order_by(ReceivedFile.id.desc()).limit(1)
    )
    if received is None:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    provisions = tuple(load_provision(each) for each in received.provisions)
    document = Document(received.name, received.kind, received.digest, received.text, provisions)
    return RedlineText(view.label, document, received.content if received.kind == "docx" else None)


def _model(session: Session, article: ArticleView) -> ArticleView:
    clause = get_clause_version(session, article.clause_id, article.clause_version)
    provisions = tuple(
        ProvisionView("", each.number, level_of(each.number), each.lead_in, each.text, each.text, False, "", 0)
        for each in render_position(clause, article.position, variant=article.variant)
    )
    return replace(article, title=clause.title, provisions=provisions)
