"""Where a walk through one part of a Word file stands, and where what it meets there goes.

`docx_inline` adds what each element inside a paragraph does, `docx_content` what paragraphs, tables and text boxes do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.text.document import FormatChange
from app.text.docx_fields import Fields, never_ending_fields
from app.text.docx_names import Element
from app.text.docx_notices import Notice, NoticeKind
from app.text.docx_paragraph import Anchor, Change, Paragraph, combined
from app.text.docx_styles import Look, Styles
from app.text.docx_tables import Table, cell_place

SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Walk:
    """The state of a walk, and the paragraphs and notices that it has gathered."""

    def __init__(self, root: Element, styles: Styles, *, look_up: Callable[[Element], list[str]] | None = None) -> None:
        """Prepare to read.

        Args:
            root: The part's root, or the element whose content is wanted.
            styles: The styles of the file.
            look_up: Gives the lines of text in the diagram or chart that an element refers to.
        """
        self.paragraphs: list[Paragraph] = []
        self.notices: list[Notice] = []
        self._root = root
        self._styles = styles
        self._look_up = look_up
        self._never_ending = never_ending_fields(root)
        self._preserve = root.get(SPACE) == "preserve"
        self._open: list[Paragraph] = []
        self._looks: list[Look] = [styles.default_look]
        self._changes: list[Change] = []
        self._changed_by: list[int] = []  # how many changes each open row or cell has added
        self._fields: list[Fields] = [Fields(self._never_ending)]
        self._tables: list[list[Table]] = [[]]  # for each open story, its open tables
        self._hosts: list[list[Paragraph]] = []  # for each open text box, the open paragraphs around it
        self._loose: Paragraph | None = None  # holds text that the file keeps outside any paragraph
        self._flows = [0]
        self._last_flow = 0
        self._stories = [0]
        self._last_story = 0
        self._pending: list[Anchor] = []
        self._formats: list[FormatChange | None] = []  # for each open run, the tracked change of its look
        self._pending_formats: list[FormatChange] = []  # of a table or row, for the next paragraph
        self._here: Element | None = None  # where the walk stands

    # What is said where the walk stands

    def say(self, text: str) -> None:
        """Add text where the walk stands."""
        if not text or self._fields[-1].silent:
            return
        if self._looks[-1].hidden:
            self.note("hidden", text)
            return
        change, in_neither_view = combined(self._changes)
        if in_neither_view:
            self.note("withdrawn", text)
        else:
            self._paragraph().add(text, change, self._looks[-1])

    def note(self, kind: NoticeKind, words: str = "") -> None:
        """Remember what is left out where the walk stands."""
        self.notices.append(Notice(kind, self._open[-1] if self._open else None, words))

    def _paragraph(self) -> Paragraph:
        """The open paragraph; text that the file keeps outside any paragraph gets one."""
        if self._open:
            return self._open[-1]
        if self._loose is None:
            self._loose = Paragraph(style=self._styles.paragraph(""), flow=-1, story=self._stories[-1])
            self._emit(self._loose)
        return self._loose

    def _emit(self, paragraph: Paragraph) -> None:
        tables = self._tables[-1]
        if tables and not tables[-1].take(paragraph):
            if (covered := tables[-1].covered) and paragraph.cell is not None:
                paragraph.place = cell_place(paragraph.cell)
                self.notices.append(Notice("covered", paragraph, covered))
            return
        if self._hosts:
            host = self._hosts[-1]
            if host:
                host[-1].following.append(paragraph)
                return
        self.paragraphs.append(paragraph)

    def _anchor(self, anchor: Anchor) -> None:
        if self._open:
            host = self._open[-1]
        elif anchor.kind == "comment end" and self.paragraphs:
            host = self.paragraphs[-1]
        else:
            self._pending.append(anchor)
            return
        host.anchors.append(Anchor(anchor.kind, anchor.id, host.visible_length, anchor.numbered))
