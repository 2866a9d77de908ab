"""The marked comparison of two texts as a Word file with real tracked changes.

Paragraphs are aligned first, words within them second. Accepting all changes gives exactly the new text, rejecting all
exactly the old one; numbers stand as text, as both documents show them. Moved passages appear as deleted and inserted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import count
from typing import Any, Literal

import numpy as np
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from rapidfuzz import fuzz, process

from app.proposals.word_file import clean, new_word_file, pack, write_page_footer
from app.text.document import Document
from app.text.word_diff import diff_words

Status = Literal["kept", "ins", "del"]

_SAME_PARAGRAPH = 50.0
"""Below this likeness, of 100, two paragraphs are shown as one deleted and one inserted: word marks would be noise."""

_LARGEST_GRID = 1_000_000
"""Pairs of paragraphs to weigh within one changed stretch; a larger stretch is replaced as a whole."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph of the redline; `old` or `new` is None where the other side has no counterpart."""

    old: str | None
    new: str | None
    style: str

    @property
    def status(self) -> Status:
        if self.old is None:
            return "ins"
        return "del" if self.new is None else "kept"


def write_redline_docx(old: Document, new: Document, *, author: str = "Union", date: datetime | None = None) -> bytes:
    """Write the changes from `old` to `new` as tracked changes.

    Args:
        old: What rejecting all changes gives: `old.text`, a paragraph for each of its lines.
        new: What accepting all changes gives, likewise.
        author: Whom the changes are attributed to: a side, never a person.
        date: When the changes were made; without it they carry no date.

    Returns:
        The DOCX. Equal input gives equal bytes.
    """
    document = new_word_file(title="Redline", now=date)
    _keep_authors(document)
    write_page_footer(document)
    paragraphs = _align(clean(old.text).split("\n"), clean(new.text).split("\n"), _headings(old) | _headings(new))
    writer = _Writer(document, author=clean(author), date=date)
    for paragraph, mark in zip(paragraphs, _marks(paragraphs), strict=True):
        writer.write(paragraph, mark)
    return pack(document)


def _keep_authors(document: Any) -> None:
    """Word would replace every author with "Author" on saving under our usual settings."""
    settings = document.settings.element
    for name in ("removePersonalInformation", "removeDateAndTime"):
        settings.remove(settings.find(qn(f"w:{name}")))
    settings.insert(1, OxmlElement("w:trackRevisions"))


def _headings(document: Document) -> dict[str, str]:
    return {
        heading: "Heading 2" if depth == 0 else "Heading 3"
        for provision in document.provisions
        for depth, heading in enumerate(provision.heading_path)
    }


def _align(old: list[str], new: list[str], headings: dict[str, str]) -> list[_Paragraph]:
    pairs: list[tuple[str | None, str | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += zip(old[a:b], new[c:d], strict=True)
        else:
            pairs += _align_changed(old[a:b], new[c:d])
    if not any(before is not None and after is not None for before, after in pairs):
        # The last paragraph mark of a file can be neither inserted nor deleted, so the two last paragraphs share it.
        pairs = [*((each, None) for each in old[:-1]), *((None, each) for each in new[:-1]), (old[-1], new[-1])]
    return [
        _Paragraph(before, after, headings.get(after if after is not None else before or "", "Body Text"))
        for before, after in pairs
    ]


def _align_changed(old: list[str], new: list[str]) -> list[tuple[str | None, str | None]]:
    """Pair the paragraphs of a changed stretch in order, so that the sum of their likenesses is greatest."""
    apart: list[tuple[str | None, str | None]] = [*((each, None) for each in old), *((None, each) for each in new)]
    if not old or not new or len(old) * len(new) > _LARGEST_GRID:
        return apart
    likeness = process.cdist(old, new, scorer=fuzz.ratio, score_cutoff=_SAME_PARAGRAPH)
    best = np.zeros((len(old) + 1, len(new) + 1))
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = likeness[i, j] + best[i + 1, j + 1] if likeness[i, j] else 0.0
            best[i, j] = max(paired, best[i + 1, j], best[i, j + 1])
    return list(_walk(old, new, likeness, best))


def _walk(old: list[str], new: list[str], likeness: Any, best: Any) -> Iterator[tuple[str | None, str | None]]:
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and likeness[i, j] and best[i, j] == likeness[i, j] + best[i + 1, j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and best[i, j] == best[i + 1, j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _marks(paragraphs: list[_Paragraph]) -> list[Status]:
    """How each paragraph mark is tracked.

    A paragraph's own mark goes with it, except behind the last kept one: there the mark before a paragraph is the one
    that goes, since the last mark of a file has to stay. Word does the same when somebody types on at the end.
    """
    statuses = [paragraph.status for paragraph in paragraphs]
    last_kept = max(index for index, status in enumerate(statuses) if status == "kept")
    return [*statuses[:last_kept], *statuses[last_kept + 1 :], "kept"]


class _Writer:
    """Appends paragraphs with tracked runs; numbers the changes, since equal ids make Word "repair" the file."""

    def __init__(self, document: Any, *, author: str, date: datetime | None) -> None:
        self._document = document
        self._ids = count(1)
        self._author = author
        self._date = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if date else ""

    def write(self, paragraph: _Paragraph, mark: Status) -> None:
        element = self._document.add_paragraph(style=paragraph.style)._element
        if mark != "kept":
            properties = OxmlElement("w:rPr")
            properties.append(self._change(mark))
            element.get_or_add_pPr().append(properties)
        for status, text in _pieces(paragraph):
            if text:
                holder = element
                if status != "kept":
                    holder = self._change(status)
                    element.append(holder)
                holder.append(_run(text, deleted=status == "del"))

    def _change(self, status: Status) -> Any:
        change = OxmlElement(f"w:{status}")
        change.set(qn("w:id"), str(next(self._ids)))
        change.set(qn("w:author"), self._author)
        if self._date:
            change.set(qn("w:date"), self._date)
        return change


def _pieces(paragraph: _Paragraph) -> Iterator[tuple[Status, str]]:
    if paragraph.old is None or paragraph.new is None:
        yield paragraph.status, paragraph.old or paragraph.new or ""
        return
    for change in diff_words(paragraph.old, paragraph.new):
        old, new = paragraph.old[change.old_start : change.old_end], paragraph.new[change.new_start : change.new_end]
        if change.kind == "equal" and old == new:
            yield "kept", new
        else:
            yield "del", old
            yield "ins", new


def _run(text: str, *, deleted: bool) -> Any:
    run = OxmlElement("w:r")
    for index, piece in enumerate(text.split("\t")):
        if index:
            run.append(OxmlElement("w:tab"))
        if piece:
            holder = OxmlElement("w:delText" if deleted else "w:t")
            holder.text = piece
            holder.set(qn("xml:space"), "preserve")
            run.append(holder)
    return run
