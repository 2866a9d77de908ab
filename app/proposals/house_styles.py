"""The house style of a table's Word files: the built-in one, or a template that its law office uploaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.tables import Person
from app.errors import InvalidInput, NotFound, NotTableSafe, UnreadableFile
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions, language_of, paper_of
from app.proposals.seats import find_table
from app.proposals.tables import BargainingTable, HouseStyleFile
from app.proposals.views import ProposalView, RenderedArticle, RenderedProvision
from app.text.docx_reader import read_docx_blocks
from app.word.house_style import HouseStyle, built_in_house_style, read_house_style
from app.word.table_safe import things_to_look_at

_SAMPLE = (
    ("1", "Notice. “System” means any software; section 2(a) says more."),
    ("2", "The Employer shall:"),
    ("2(a)", "give notice; and"),
    ("2(b)", "do each of the following:"),
    ("2(b)(i)", "meet; and"),
    ("2(b)(ii)", "bargain."),
    ("3", "Nothing in section 1 is a waiver."),
)
_TITLES = ("Sample 1", "Sample 2")


@dataclass(frozen=True, slots=True)
class HouseStyleView:
    """What a page says of a table's template."""

    name: str
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How this table's Word files are written."""

    house: HouseStyle
    language: str  # BCP 47


def checked_house_style(data: bytes, name: str) -> HouseStyle:
    """Read a template and try it: a proposal written in it has to pass the gate and read back word for word.

    Raises:
        UnreadableFile: Says what is wrong with the template and what to do.
    """
    try:
        return _tried(data, name)
    except UnreadableFile:
        raise
    except Exception as error:  # a hostile file may break a parser in ways that nobody listed
        raise UnreadableFile(
            "The template is damaged and cannot be used; open it in Word, save it again, and upload that copy."
        ) from error


def store_house_style(
    session: Session, person: Person, table_id: str, *, data: bytes, name: str, now: datetime | None = None
) -> None:
    """Check a template and keep it for the table, in place of an earlier one.

    Raises:
        NotFound: The table is not the person's.
        UnreadableFile: The template cannot be used; says why and what to do.
    """
    table = find_table(session, person, table_id)
    if not name.lower().endswith((".docx", ".dotx")):
        raise InvalidInput(
            "Choose a Word file, .docx or .dotx; save a template with macros without them.", field="file"
        )
    checked_house_style(data, name)
    session.execute(delete(HouseStyleFile).where(HouseStyleFile.table_id == table.id))
    session.add(
        HouseStyleFile(
            table_id=table.id,
            name=" ".join(name.split())[-200:],
            content=data,
            uploaded_by=person.id,
            uploaded_at=now or datetime.now(UTC),
        )
    )
    session.flush()


def remove_house_style(session: Session, person: Person, table_id: str) -> None:
    """Go back to the built-in house style; raises NotFound."""
    table = find_table(session, person, table_id)
    session.execute(delete(HouseStyleFile).where(HouseStyleFile.table_id == table.id))


def view_house_style(session: Session, person: Person, table_id: str) -> HouseStyleView | None:
    """What is known of the table's template, None where there is none; raises NotFound."""
    kept = _kept(session, find_table(session, person, table_id))
    if kept is None:
        return None
    return HouseStyleView(kept.name, session.get_one(Person, kept.uploaded_by).name, kept.uploaded_at)


def house_style_remarks(session: Session, person: Person, table_id: str) -> list[str]:
    """What the table's template puts on every page that is hard to see, sentence by sentence; raises NotFound."""
    kept = _kept(session, find_table(session, person, table_id))
    if kept is None:
        return []
    try:
        return things_to_look_at(_sample(read_house_style(kept.content, kept.name)))
    except (NotTableSafe, UnreadableFile) as error:  # it was taken by an earlier version, which asked for less
        return [str(error)]


def house_style_file(session: Session, person: Person, table_id: str) -> tuple[str, bytes]:
    """Name and bytes of the table's template; raises NotFound."""
    kept = _kept(session, find_table(session, person, table_id))
    if kept is None:
        raise NotFound("This table has no template of its own; its files are written in the built-in style.")
    return kept.name, kept.content


def table_style(session: Session, person: Person, table_id: str) -> TableStyle:
    """How the table's Word files are written; raises NotFound, or UnreadableFile if its template fails by now."""
    table = find_table(session, person, table_id)
    kept = _kept(session, table)
    house = read_house_style(kept.content, kept.name) if kept else built_in_house_style(paper_of(table.jurisdiction))
    return TableStyle(house, language_of(table.jurisdiction))


def _kept(session: Session, table: BargainingTable) -> HouseStyleFile | None:
    return session.scalar(select(HouseStyleFile).where(HouseStyleFile.table_id == table.id))


def _tried(data: bytes, name: str) -> HouseStyle:
    house = read_house_style(data, name)
    try:
        written = _sample(house)
    except NotTableSafe as error:
        reason = str(error).removeprefix("The file was not exported: ").partition(". Nothing was handed out")[0]
        raise UnreadableFile(
            f"The template would put something into every file that must not travel: {reason}. "
            "Remove it in Word, or start from the template that is offered for download."
        ) from error
    blocks, _ = read_docx_blocks(written)
    texts = ["".join(each.text for each in block.runs) for block in blocks]
    if [text for text in texts if text in _TITLES] != list(_TITLES):
        raise UnreadableFile("The template loses text when an agreement is written in it; start from the offered one.")
    return house


def _sample(house: HouseStyle) -> bytes:
    """A short proposal in a house style, with everything that a proposal can have."""
    articles = tuple(
        RenderedArticle(
            number,
            title,
            tuple(RenderedProvision(each, each.count("("), "", text, "", changed=False) for each, text in _SAMPLE),
        )
        for number, title in enumerate(_TITLES, 1)
    )
    view = ProposalView(
        id="", table_id="", title="Sample", side="union", number=1, round_number=1, held_on=date(2000, 1, 1),
        employer="Employer", union="Union", unit="All", created_by="", created_at=datetime(2000, 1, 1, tzinfo=UTC),
        articles=(),
    )  # fmt: skip
    everything = ExportOptions(line_numbers=True, signatures=True, contents=True)
    return write_proposal_docx(view, articles, now=view.created_at, house=house, options=everything)
