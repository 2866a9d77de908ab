"""What a document is once it has been read: blocks in, provisions out.

A reader (`docx_reader`, `pdf_reader`, `plain_reader`) turns a file into blocks, one for each paragraph that a
person sees. `structure` turns blocks into a `Document` of provisions, the same way whichever reader made them.

Offsets are half-open, in characters of `Document.text`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

ChangeKind = Literal["inserted", "deleted", "moved_here", "moved_away"]
"""How a tracked change marks a run. Deleted and moved-away text is not in the document as it now stands."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is, for example ("page", 40, 212)."""


FormattedKind = Literal["characters", "paragraph", "table", "section"]
"""What a tracked change of formatting is about."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text within one block, with the tracked change that it belongs to, if any."""

    text: str
    change: ChangeKind | None = None
    author: str = ""
    date: str = ""  # as the file states it, ISO 8601 where Word wrote it


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table cell paragraph, as a reader found it."""

    runs: tuple[Run, ...]
    place: str  # where a person finds it in the source: "paragraph 14", "page 3", "line 20"
    number: str = ""  # automatic number as the word processor shows it: "32.1", "(a)"; bullets give ""
    number_before: str = ""  # the same with all tracked changes rejected
    heading_level: int = 0  # 1 to 9 for headings by style or by look; 0 for body text
    list_level: int | None = None  # depth of an automatic list, from 0; None outside lists
    cell: tuple[int, int, int] | None = None  # table, row, column, from 0; None outside tables
    cell_header: str = ""  # heading of the table column, if the first row is one
    mark: ChangeKind | None = None  # tracked change of the whole paragraph (its paragraph mark or table row)
    comments: tuple[Comment, ...] = ()  # anchored in this block; start and end count in the block's visible text
    notes: tuple[Note, ...] = ()  # footnotes and endnotes referred to here; start counts likewise
    formatting: tuple[FormatChange, ...] = ()  # start and end count in the block's visible text
    contents: bool = False  # a line of a table of contents or index: in the text, never a provision
    beside: bool = False  # no part of the draft (a grid's other side, places to sign): in the text, never a provision


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """One insertion, deletion or move that the file itself declares.

    `start` and `end` enclose the text in `Document.text`; for deleted and moved-away text both are the place
    where it stood.
    """

    kind: ChangeKind
    text: str
    start: int
    end: int
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class FormatChange:
    """A tracked change of formatting alone; the words from `start` to `end` are the same before and after it."""

    kind: FormattedKind
    start: int
    end: int
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A margin comment and the words it is anchored to."""

    text: str
    start: int
    end: int
    author: str = ""
    date: str = ""
    id: str = field(default="", compare=False)  # within its file; "" where that has none


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, kept apart from the provisions; `start` is where its mark stands."""

    kind: Literal["footnote", "endnote"]
    number: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest numbered passage, or an unnumbered paragraph, that may carry a right or duty.

    `Document.text[start:end] == text`. The number is not part of the text.
    """

    number: str  # full number as a person would cite it: "32.1(b)"; "" where the document gives none
    text: str
    start: int
    end: int
    heading_path: tuple[str, ...] = ()  # outermost first: ("Article 32. Technology", "32.1 Notice")
    lead_in: str = ""  # words inherited from the list's opening: "The Employer shall:"
    place: str = ""
    tracked: tuple[TrackedChange, ...] = ()  # those within this provision

    @property
    def full_text(self) -> str:
        """The text with its lead-in, as one would read it aloud."""
        return f"{self.lead_in} {self.text}" if self.lead_in else self.text


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read: as it stands now, and with its tracked changes rejected."""

    name: str
    kind: str  # what it was: "docx", "pdf", "text", "markdown"; "doc", "odt", "rtf" where it was converted first
    digest: str  # SHA-256 of the source bytes, hexadecimal
    text: str  # everything visible, numbers and headings included, one block a line
    provisions: tuple[Provision, ...]
    tracked: tuple[TrackedChange, ...] = ()
    comments: tuple[Comment, ...] = ()
    notes: tuple[Note, ...] = ()
    formatting: tuple[FormatChange, ...] = ()
    margins: tuple[str, ...] = ()  # headers and footers, each once; no part of the text
    language: str = "en"  # ISO 639-1
    warnings: tuple[str, ...] = ()  # sentences for the reader: hidden text, other language, pages without text
    before: Document | None = field(default=None, repr=False)  # all tracked changes rejected; None if there are none
