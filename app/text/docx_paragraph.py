"""A paragraph of a Word file while it is being read, before it becomes a block.

Keeps what two later steps need: `docx_views` joins and numbers paragraphs with changes accepted and rejected,
`docx_headings` looks at their style and look.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from app.text.document import ChangeKind, FormatChange
from app.text.docx_names import Element
from app.text.docx_styles import Look, ParagraphStyle

TRACKED: dict[str, ChangeKind] = {
    "w:ins": "inserted",
    "w:del": "deleted",
    "w:moveTo": "moved_here",
    "w:moveFrom": "moved_away",
}
"""The elements around text that is tracked."""
GONE_AFTER: frozenset[str | None] = frozenset({"deleted", "moved_away"})
GONE_BEFORE: frozenset[str | None] = frozenset({"inserted", "moved_here"})


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change with who made it and when, as the file states it."""

    kind: ChangeKind
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class NumberField:
    """A field whose number Word works out (`docx_number_fields`), with the tracked change that it stands in."""

    kind: str  # "AUTONUM" and its kin, or the built-in list: "NUMBERDEFAULT", "LEGALDEFAULT", "OUTLINEDEFAULT"
    number_format: str = "decimal"
    separator: str = "."
    level: int | None = None  # from 0, of a LISTNUM; the others have that of their paragraph
    start: int | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one change and one look."""

    text: str
    change: Change | None
    look: Look


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment begins, ends or has its mark, or where a note is referred to."""

    kind: Literal["comment start", "comment end", "comment mark", "footnote", "endnote"]
    id: str
    position: int  # in the paragraph's text with all changes accepted
    numbered: bool = True  # False for a note with a mark of its own


@dataclass(slots=True)
class Paragraph:
    """One paragraph as the file holds it."""

    style: ParagraphStyle = field(default_factory=ParagraphStyle)
    properties: Element | None = None
    pieces: list[Piece] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    mark: Change | None = None  # of the paragraph mark
    enclosing: Change | None = None  # of the table row or cell around it
    runs_on: bool = False  # its mark is hidden, so that the next paragraph goes on in the same line
    mark_hidden: bool = False
    drop_cap: bool = False  # the large first letter of the next paragraph, in a frame of its own
    number_field: NumberField | None = None  # the number that it opens with and that Word works out
    place: str = ""
    story: int = 0  # the body, or one text box; each counts its lists for itself
    flow: int = 0  # paragraphs can only be joined within one flow: a cell, or the body between two tables
    cell: tuple[int, int, int] | None = None
    cell_header: str = ""
    visible_length: int = 0
    formats: list[FormatChange] = field(default_factory=list)
    in_contents: bool = False  # within what the file marks as a table of contents
    joined: Paragraph | None = None  # the paragraph that this one's words went into
    following: list[Paragraph] = field(default_factory=list)  # paragraphs of text boxes anchored here

    def add(self, text: str, change: Change | None, look: Look) -> None:
        """Append text; `visible_length` follows."""
        if not text:
            return
        self.pieces.append(Piece(text, change, look))
        if change is None or change.kind not in GONE_AFTER:
            self.visible_length += len(text)

    def formatted(self, change: FormatChange) -> None:
        """Note a tracked change of formatting; neighbours by one hand become one."""
        last = self.formats[-1] if self.formats else None
        goes_on = last is not None and last.end == change.start
        if last is not None and goes_on and replace(last, start=change.start, end=change.end) == change:
            self.formats[-1] = replace(last, end=change.end)
        else:
            self.formats.append(change)

    def whereabouts(self) -> str:
        """Where a person finds it; "" where it shows nothing."""
        here, passed = self, []
        while here.joined is not None:
            passed.append(here)
            here = here.joined
        for each in passed:
            each.joined = here
        return here.place

    def text_without(self, gone: frozenset[str | None]) -> str:
        """The text of one view: `GONE_AFTER` for changes accepted, `GONE_BEFORE` for changes rejected."""
        return "".join(piece.text for piece in self.pieces if piece.change is None or piece.change.kind not in gone)


def combined(changes: list[Change]) -> tuple[Change | None, bool]:
    """What nested changes come to: the innermost change, and whether the text is in neither view.

    Text that one person inserted and another deleted is in neither: it was not there before and is not there now.
    """
    if not changes:
        return None, False
    kinds = {change.kind for change in changes}
    return changes[-1], bool(kinds & GONE_AFTER) and bool(kinds & GONE_BEFORE)
