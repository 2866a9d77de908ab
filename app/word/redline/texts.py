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
    old: Document,
    new: Document,
    *,
    author: str = "Union",
    date: datetime | None = None,
    moves: bool = True,
    paper: str = "letter",
    language: str = "en-US",
) -> bytes:
    """Write the changes from one text to another as tracked changes in a plain Word file.

    Numbers stand as text, as both documents show them.

    Args:
        old: What rejecting all changes gives: `old.text`, a paragraph for each of its lines.
        new: What accepting all changes gives, likewise.
        author: Whom the changes are attributed to: a side, never a person.
        date: When the changes were made; without it they carry no date.
        moves: Whether moved passages are marked as moved; otherwise they appear as deleted and inserted.
        paper: "letter" or "a4".
        language: BCP 47 tag of the text.

    Returns:
        The DOCX. Equal input gives equal bytes.
    """
    headings = _headings(old) | _headings(new)

    def written(document: Document) -> Package:
        lines = ((line, headings.get(line, "BodyText")) for line in writable(document.text).split("\n"))
        return Package(plain_file(lines, paper=paper, language=language))

    before, after = written(old), written(new)
    Redline(before, after, author=writable(author), date=date, moves=moves).write()
    return before.save()


def _headings(document: Document) -> dict[str, str]:
    return {
        heading: _HEADINGS[min(depth, 1)]
        for provision in document.provisions
        for depth, heading in enumerate(provision.heading_path)
    }
