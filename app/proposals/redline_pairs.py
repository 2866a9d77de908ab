"""Which two texts of a table a redline is made of, and for whom it is.

Ours against the model clause, one round against another, or two files that somebody has. Our own texts are written as
for the table first, so that a redline of two Word files keeps their look and numbers; what came from another word
processor is converted first. Only where one side came as something else (pasted, PDF) is it made of the texts alone. A
redline for the other side goes through the gate; one for the caucus is marked on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound, SameTexts
from app.incoming import as_word_file, reads_office_files
from app.library.catalogue import get_clause_version
from app.library.rendering import render_position
from app.proposals.article_view import level_of
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.house_styles import TableStyle, table_style
from app.proposals.open_placeholders import refuse_open_placeholders
from app.proposals.proposal import get_proposal, proposal_document, render_articles
from app.proposals.seats import find_article, find_proposal, find_table
from app.proposals.stored import load_provision
from app.proposals.tables import Proposal, ReceivedFile
from app.proposals.views import ArticleView, ProposalView, ProvisionView
from app.text.document import Document
from app.text.file_kinds import OFFICE_KINDS
from app.text.reading import read_bytes
from app.word.caucus_mark import is_caucus_copy, marked
from app.word.redline.engine import NO_CHANGE, redline_files
from app.word.redline.texts import PLAIN_TITLE, redline_texts, title_of
from app.word.table_redline import redline_for_table, refuse_taken_author
from app.word.table_safe import make_table_safe, things_to_look_at

LONGEST_AUTHOR = 60
_NAME_OF_FILE = re.compile(r"[\\/]")


@dataclass(frozen=True, slots=True)
class RedlineText:
    """One of the two texts."""

    label: str  # "Union Proposal 2"
    document: Document
    file: bytes | None = None  # the Word file that it came as or is written in, where there is one
    is_theirs: bool = False  # whether the other side handed that file over
    known: bool = False  # whether the other side knows the text by this label
    converted: bool = False  # whether the Word file was made from one of another word processor


def round_text(
    session: Session,
    person: Person,
    table_id: str,
    proposal_id: str,
    *,
    for_table: bool = False,
    text_alone: bool = False,
    now: datetime | None = None,
) -> RedlineText:
    """A proposal or a counter of this table.

    Args:
        session: Reads.
        person: Who asks.
        table_id: The table.
        proposal_id: The text.
        for_table: Whether it is meant for the other side; ours has to be filled in then.
        text_alone: Whether only the words are wanted, so that nothing has to be converted.
        now: Time of this version, in the header of a text of ours.

    Raises:
        NotFound: It is unknown, foreign, or of another table.
        InvalidInput: It is ours and has no articles.
        UnreadableFile: It is theirs, in the format of another word processor, and cannot be converted any more.
        PlaceholderError: It is ours, meant for the other side, and not filled in.
    """
    table = find_table(session, person, table_id)
    proposal = find_proposal(session, person, proposal_id)
    if proposal.table_id != table.id:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    view = get_proposal(session, person, proposal_id)
    if proposal.side == "employer":
        return _received(session, proposal, view, text_alone=text_alone)
    if not view.articles:
        raise InvalidInput(f"{view.label} has no articles yet; add clauses to it first.")
    if for_table:
        refuse_open_placeholders(view)
    style = table_style(session, person, table_id)
    data = _written(view, style, now or datetime.now(UTC))
    return RedlineText(view.label, proposal_document(view), data, known=True)


def model_pair(
    session: Session, person: Person, table_id: str, article_id: str, *, now: datetime | None = None
) -> tuple[RedlineText, RedlineText]:
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
    style, moment = table_style(session, person, table_id), now or datetime.now(UTC)
    return (
        RedlineText(
            f"{article.clause_id} {article.clause_version}, {article.position}",
            proposal_document(model),
            _written(model, style, moment),
        ),
        RedlineText(f"{view.label}, Article {article.number}", proposal_document(ours), _written(ours, style, moment)),
    )


def file_text(data: bytes, name: str, *, field: str, max_bytes: int, is_theirs: bool = False) -> RedlineText:
    """A file that somebody has; raises UnreadableFile, OfficeMissing, or InvalidInput where there is none."""
    name = _NAME_OF_FILE.split(name)[-1].strip()[:200]
    if not data:
        raise InvalidInput("Choose both files.", field=field)
    if len(data) <= max_bytes and (word := as_word_file(data, name)):
        document = read_bytes(word[0], name, max_bytes=max(max_bytes, len(word[0])))
        return RedlineText(name, document, word[0], is_theirs, converted=word[1])
    return RedlineText(name, read_bytes(data, name, max_bytes=max_bytes), is_theirs=is_theirs)


def texts_without_file(session: Session, person: Person, table_id: str) -> dict[str, str]:
    """The counters of a table that came as no Word file, by id, and what a redline takes instead; raises NotFound."""
    table = find_table(session, person, table_id)
    query = (
        select(Proposal.public_id, ReceivedFile.kind)
        .join(ReceivedFile, ReceivedFile.proposal_id == Proposal.id)
        .where(Proposal.table_id == table.id, ReceivedFile.kind != "docx")
    )
    return {
        key: "converted to a Word file" if _converts(kind) else "text alone" for key, kind in session.execute(query)
    }


def _converts(kind: str) -> bool:
    return kind in OFFICE_KINDS and reads_office_files()


def make_redline(
    old: RedlineText,
    new: RedlineText,
    *,
    author: str,
    date: datetime | None,
    for_table: bool,
    text_alone: bool = False,
    language: str = "en-US",
    paper: str = "letter",
    tell: Callable[[str], object] | None = None,
) -> tuple[str, bytes]:
    """Write the redline: inside the older file where both are Word files, in a plain one otherwise.

    Args:
        old: What rejecting all changes gives.
        new: What accepting all changes gives.
        author: Whose changes they are: a side, never a person; "Union" where it is empty.
        date: When they were made; without it they carry no date.
        for_table: Whether it is meant for the other side: it is checked then; otherwise it is marked for the caucus.
        text_alone: Whether to leave the look of two Word files out.
        language: BCP 47 tag of the text, where it is written in a plain file.
        paper: "letter" or "a4", likewise.
        tell: Is told, sentence by sentence, what a person should look at before a file for the other side goes out.

    Returns:
        A name for the file, which says what was converted, and the file.

    Raises:
        InvalidInput: The author is too long, or has changes in the older file already; or a caucus copy was chosen for
            the other side.
        SameTexts: The redline would hold no change.
        NotTableSafe: It holds something that is not for the other side.
    """
    author = " ".join(author.split()) or "Union"
    _check(old, new, author=author, for_table=for_table)
    files = None if text_alone or old.file is None or new.file is None else (old.file, new.file)
    name = _name_of_redline(old, new, by_files=files is not None)
    told: list[str] = []
    if files is None:
        named = not for_table or (old.known and new.known)
        title = title_of(old.label, new.label) if named else PLAIN_TITLE
        data = redline_texts(
            old.document, new.document, author=author, date=date, language=language, paper=paper, title=title,
            tell=told.append,
        )  # fmt: skip
    elif for_table:
        data = redline_for_table(
            *files, author=author, date=date, old_is_theirs=old.is_theirs, new_is_theirs=new.is_theirs,
            tell=told.append,
        )  # fmt: skip
    else:
        refuse_taken_author(files[0], author)
        data = redline_files(*files, author=author, date=date, tell=told.append)
    if NO_CHANGE in told:
        raise SameTexts("These two texts are the same.")
    if not for_table:
        return f"CONFIDENTIAL caucus copy - {name}", marked(data)
    if files is None:
        told += things_to_look_at(data)
        data = make_table_safe(data, keep_tracked=True, author=author)
    if tell is not None:
        for remark in told:
            tell(remark)
    return name, data


def _check(old: RedlineText, new: RedlineText, *, author: str, for_table: bool) -> None:
    if len(author) > LONGEST_AUTHOR:
        raise InvalidInput(f"The author is too long; use at most {LONGEST_AUTHOR} characters.", field="author")
    for each in (old, new) if for_table else ():
        if each.file is not None and is_caucus_copy(each.file):
            raise InvalidInput(f"{each.label} is a copy for the caucus; choose a text that the other side may have.")


def _name_of_redline(old: RedlineText, new: RedlineText, *, by_files: bool) -> str:
    stems = [f"{_stem(each.label)}{' (converted)' if by_files and each.converted else ''}" for each in (new, old)]
    return f"Redline - {stems[0]} against {stems[1]}.docx"


def _stem(label: str) -> str:
    return re.sub(r"\.(?:docx?|pdf|txt|md|odt|rtf)$", "", label, flags=re.IGNORECASE)


def _received(session: Session, proposal: Proposal, view: ProposalView, *, text_alone: bool) -> RedlineText:
    received = session.scalar(
        select(ReceivedFile).where(ReceivedFile.proposal_id == proposal.id).order_by(ReceivedFile.id.desc()).limit(1)
    )
    if received is None:
        raise NotFound("There is nothing here for you; check the address, or go back to your tables.")
    provisions = tuple(load_provision(each) for each in received.provisions)
    document = Document(received.name, received.kind, received.digest, received.text, provisions)
    file, converted = (received.content, False) if received.kind == "docx" else (None, False)
    if not text_alone and _converts(received.kind):
        file, converted = as_word_file(received.content, received.name) or (None, False)
    return RedlineText(view.label, document, file, is_theirs=True, known=True, converted=converted)


def _written(view: ProposalView, style: TableStyle, now: datetime) -> bytes:
    """A text of ours as it is exported, without contents; an open placeholder stands in it as its label in brackets."""
    filled = replace(view, articles=tuple(replace(each, placeholders=()) for each in view.articles))
    return write_proposal_docx(
        filled,
        render_articles(filled),
        now=now,
        language=style.language,
        house=style.house,
        options=ExportOptions(contents=False),
    )


def _model(session: Session, article: ArticleView) -> ArticleView:
    clause = get_clause_version(session, article.clause_id, article.clause_version)
    provisions = tuple(
        ProvisionView("", each.number, level_of(each.number), each.lead_in, each.text, each.text, False, "", 0)
        for each in render_position(clause, article.position, variant=article.variant)
    )
    return replace(article, title=clause.title, provisions=provisions)
