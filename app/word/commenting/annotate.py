"""Comments into a Word file, at their words; what stands in the file stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.word.authors import show_authors
from app.word.caucus_mark import COMMENTER, mark_every_header
from app.word.commenting.anchors import Anchored, Anchors
from app.word.commenting.comments_part import CommentsPart
from app.word.commenting.remark import Remark
from app.word.commenting.traced import Trace
from app.word.package import MAX_MARKED, Package, not_too_deep

AUTHOR = COMMENTER
INITIALS = "C"


@dataclass(frozen=True, slots=True)
class Annotated:
    """The file with comments in it."""

    data: bytes
    unplaced: tuple[Remark, ...]  # whose words the file does not show; their comments stand at its first words


def annotate(
    data: bytes,
    text: str,
    remarks: Sequence[Remark],
    *,
    author: str = AUTHOR,
    initials: str = INITIALS,
    date: datetime | None = None,
    mark: str = "",
) -> Annotated:
    """Add comments to a Word file, each anchored at exactly the words that it is about.

    Formatting, comments and tracked changes of the file stay. Runs are cut where the words begin or end.

    Args:
        data: The file.
        text: What the reader made of it (`Document.text`), in which the remarks' offsets count.
        remarks: What to say. Those about the whole, and those whose words the file does not show, come first.
        author: Whose comments they are.
        initials: The same in short.
        date: When they were made; without it they carry no date.
        mark: Words for every header, such as `COPY_MARK`.

    Returns:
        The file. Equal input gives equal bytes.

    Raises:
        UnreadableFile: It is no Word file, or is damaged.
    """
    with not_too_deep():
        return _annotated(
            Package(data, most_elements=MAX_MARKED),
            text,
            remarks,
            author=author,
            initials=initials,
            date=date,
            mark=mark,
        )


def _annotated(
    package: Package,
    text: str,
    remarks: Sequence[Remark],
    *,
    author: str,
    initials: str,
    date: datetime | None,
    mark: str,
) -> Annotated:
    if mark:
        mark_every_header(package, mark)
    trace = Trace(package, text)
    found = [
        (remark, trace.find(remark.start, remark.end) if remark.end > remark.start else None) for remark in remarks
    ]
    whole = trace.first_words()
    ordered = [each for each in found if each[1] is None]
    ordered += sorted((each for each in found if each[1] is not None), key=lambda each: (each[0].start, -each[0].end))
    part = CommentsPart(package, author=author, initials=initials, date=date)
    anchored = []
    for remark, place in ordered:
        at = place or whole
        if at is not None:
            anchored.append(Anchored(part.add(remark.lines), *at))
    Anchors(package.root, reference_style=part.reference_style, next_id=part.next_id).place(anchored)
    show_authors(package)
    unplaced = tuple(remark for remark, place in found if place is None and remark.end > remark.start)
    return Annotated(package.save(), unplaced)
