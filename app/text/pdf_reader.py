"""PDF with a text layer to blocks.

pdfium gives characters and boxes; `pdf_layout` sets each page as plain lines, and from there a PDF is read as plain
text is. Pages that carry pictures only are named in a warning; a PDF without any words is refused.
"""

from __future__ import annotations

import threading

import pypdfium2 as pdfium

from app.errors import UnreadableFile
from app.text.document import Block, Progress
from app.text.ligatures import mend_ligatures
from app.text.pages import blocks_of_pages
from app.text.pdf_layout import page_lines

MAX_PAGES = 5_000
_LOCK = threading.Lock()  # pdfium is not safe to use from two threads at once


def read_pdf_blocks(data: bytes, *, progress: Progress | None = None) -> tuple[list[Block], list[str]]:
    """Read a PDF.

    Args:
        data: The whole file.
        progress: Called once a page.

    Returns:
        Blocks in reading order, and warnings.

    Raises:
        UnreadableFile: The PDF is damaged, encrypted, too long, or has no text layer.
    """
    pages: list[list[str]] = []
    with _LOCK:
        document = _open(data)
        try:
            count = len(document)
            if count > MAX_PAGES:
                raise UnreadableFile(
                    f"The PDF has {count:,} pages; up to {MAX_PAGES:,} can be read. "
                    "Split it and read the part that matters."
                )
            for index in range(count):
                pages.append(_read_page(document, index))
                if progress is not None:
                    progress("page", index + 1, count)
        finally:
            document.close()
    without = [index + 1 for index, page in enumerate(pages) if not any(line.strip() for line in page)]
    if len(without) == len(pages):
        raise UnreadableFile(
            "The PDF has no text layer: it looks like a scan. Ask for the Word file, or run text recognition first."
        )
    blocks = blocks_of_pages(mend_ligatures(pages), lambda page, _line: f"page {page + 1}")
    return blocks, [_warning(without)] if without else []


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableFile(
                "The PDF is protected by a password. Open it, save a copy without the password, and read that."
            ) from error
        raise UnreadableFile("The PDF is cut off or damaged; ask for it again, or print it to a new PDF.") from error


def _read_page(document: pdfium.PdfDocument, index: int) -> list[str]:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return []  # a page that is damaged counts as one without text, and is named
    try:
        return page_lines(page)
    finally:
        page.close()


def _warning(pages: list[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:12]) + (" and more" if len(pages) > 12 else "")
    if len(pages) == 1:
        return f"Page {shown} has no text layer, so nothing on it was read. It may be blank, or a picture of a page."
    return f"Pages {shown} have no text layer, so nothing on them was read. They may be blank, or pictures of pages."
