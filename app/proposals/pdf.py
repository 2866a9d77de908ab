"""PDF of what we write as Word file, where LibreOffice is installed; and the pages that its articles begin on."""

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


def write_pdf(data: bytes) -> bytes:
    """Lay out a Word file that passed the gate.

    Raises:
        OfficeMissing: LibreOffice is not installed.
        UnreadableFile: It did not finish in time.
        NotTableSafe: The PDF names a person or carries a file.
    """
    if not can_write_pdf():
        raise OfficeMissing(NO_OFFICE)
    made = convert(data, kind="docx", to="pdf", name="The proposal")
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
