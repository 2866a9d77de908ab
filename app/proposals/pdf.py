"""PDF of every Word file that we write, where LibreOffice is installed; and the pages that its articles begin on."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from app.errors import NotTableSafe, OfficeMissing
from app.office import convert, office_program

NO_OFFICE = "A PDF needs LibreOffice, which is not installed here: export the Word file and save it as PDF in Word."

_SILENT = ("Author", "Keywords")


def can_write_pdf() -> bool:
    """Whether this machine can write PDFs."""
    return office_program() is not None


def why_no_pdf() -> str:
    """What to tell people where no PDF can be written; "" where it can."""
    return "" if can_write_pdf() else NO_OFFICE


def refuse_without_office() -> None:
    """Raise OfficeMissing where no PDF can be written, before anything is written for it."""
    if not can_write_pdf():
        raise OfficeMissing(NO_OFFICE)


def write_pdf(data: bytes, *, name: str = "The proposal", for_table: bool = True) -> bytes:
    """Lay out a Word file: tracked changes stand in it as marked text, comments become notes of the PDF.

    Args:
        data: The file; one for the table has passed the gate.
        name: What to call it in a message.
        for_table: Whether the other side gets it; a file of the caucus may say who wrote it.

    Raises:
        OfficeMissing: LibreOffice is not installed.
        UnreadableFile: It did not finish in time.
        NotTableSafe: The PDF names a person or carries a file.
    """
    refuse_without_office()
    made = convert(data, kind="docx", to="pdf", name=name)
    if not for_table:
        return made
    with pypdfium2.PdfDocument(made) as pdf:
        told = [name for name in _SILENT if pdf.get_metadata_value(name).strip()]
        if told or pdf.count_attachments():
            raise NotTableSafe(
                f"The PDF was not exported: it carries {told[0] if told else 'a file'}. Nothing was handed out; "
                "please report this."
            )
    return made


def find_pages(data: bytes, articles: int) -> Sequence[int] | None:
    """The page that each article of a finished Word file begins on.

    Args:
        data: The DOCX.
        articles: How many it has.

    Returns:
        The page numbers, or None where LibreOffice is missing or lists other headings than the articles.
    """
    if not can_write_pdf():
        return None
    with pypdfium2.PdfDocument(write_pdf(data)) as pdf:
        pages = [_page(item) for item in pdf.get_toc(max_depth=1)]
    return pages if len(pages) == articles and all(pages) else None


def _page(item: pypdfium2.PdfBookmark) -> int:
    place = item.get_dest()
    index = place.get_index() if place is not None else None
    return 0 if index is None else index + 1
