"""The redline of two texts that are no Word files, or of which one is none: both are written plainly first."""

from __future__ import annotations

from datetime import datetime

from app.text.document import Document
from app.word.package import Package
from app.word.plain import plain_file
from app.word.redline.engine import Redline
from app.word.xml import writable

_HEADINGS = ("Heading2", "Heading3")


def redline_texts(
    old: Document, new: Document, *, author: str = "Union", date: datetime | None = None, moves: bool = True
) -> bytes:
    """Write the changes from one text to another as tracked changes in a plain Word file.

    Numbers stand as text, as both documents show them.

    Args:
        old: What rejecting all changes gives: `old.text`, a paragraph for each of its lines.
        new: What accepting all changes gives, likewise.
        author: Whom the changes are attributed to: a side, never a person.
        date: When the changes were made; without it they carry no date.
        moves: Whether moved passages are marked as moved; otherwise they appear as deleted and inserted.

    Returns:
        The DOCX. Equal input gives equal bytes.
    """
    headings = _headings(old) | _headings(new)
    before, after = (
        Package(plain_file((line, headings.get(line, "BodyText")) for line in writable(each.text).split("\n")))
        for each in (old, new)
    )
    Redline(before, after, author=writable(author), date=date, moves=moves).write()
    return before.save()


def _headings(document: Document) -> dict[str, str]:
    return {
        heading: _HEADINGS[min(depth, 1)]
        for provision in document.provisions
        for depth, heading in enumerate(provision.heading_path)
    }
