"""Tracks whole things where they stand: every run and paragraph mark of a table, a content control or a note."""

from __future__ import annotations

from typing import Final

from app.word.names import (
    COMES,
    FIELD,
    GOES,
    NO_WIDTH,
    PPR,
    SDT,
    SDT_CONTENT,
    TBL,
    TC,
    TR,
    TR_PR,
    Element,
    P,
    R,
    w,
)
from app.word.redline.blocks import mark_is_gone, row_is_gone
from app.word.redline.changes import HOLDER_PROPERTIES, TAGS, complex_field, strike, track_control, track_mark
from app.word.redline.ids import Signer
from app.word.redline.stream import Status

_ROW_HOLDERS: Final = frozenset({SDT, SDT_CONTENT, w("customXml")})


class InPlace:
    """Tracks elements of the old file's tree, or copies brought into it."""

    def __init__(self, signer: Signer) -> None:
        """Prepare."""
        self._signer = signer

    def blocks(self, parent: Element, status: Status, *, marks: bool = True) -> None:
        """Track all blocks in a cell, a control or a note.

        Args:
            parent: What holds them.
            status: "deleted" or "inserted".
            marks: Whether paragraph marks are tracked too.
        """
        for child in list(parent):
            if child.tag == P:
                self.paragraph(child, status, marks=marks)
            elif child.tag == TBL:
                self.table(child, status)
            elif child.tag == SDT:
                self.control(child, status)

    def control(self, control: Element, status: Status) -> None:
        """Track a content control between paragraphs, with what is in it."""
        for content in control.iterchildren(SDT_CONTENT):
            self.blocks(content, status)
        track_control(control, status, self._signer)

    def table(self, table: Element, status: Status) -> None:
        """Track all rows of a table."""
        for child in table:
            self._rows(child, status)

    def _rows(self, element: Element, status: Status) -> None:
        if element.tag == TR:
            self.row(element, status)
        elif element.tag in _ROW_HOLDERS:
            for child in element:
                self._rows(child, status)

    def row(self, row: Element, status: Status) -> None:
        """Track a row with everything in its cells."""
        if row_is_gone(row):
            return
        properties = next(row.iterchildren(TR_PR), None)
        if properties is None:
            properties = row.makeelement(TR_PR, nsmap=row.nsmap)
            row.insert(1 if len(row) and row[0].tag == w("tblPrEx") else 0, properties)
        change = self._signer.change(row, TAGS[status])
        record = next(properties.iterchildren(w("trPrChange")), None)
        if record is None:
            properties.append(change)
        else:
            record.addprevious(change)
        self._cells(row, status)

    def _cells(self, holder: Element, status: Status) -> None:
        for child in holder:
            if child.tag == TC:
                self.blocks(child, status)  # with the tables in it
            elif child.tag in _ROW_HOLDERS:
                self._cells(child, status)

    def paragraph(self, paragraph: Element, status: Status, *, marks: bool = True) -> None:
        """Track a paragraph: its runs, and its mark."""
        self._runs(paragraph, status)
        if marks:
            self._mark(paragraph, status)

    def _mark(self, paragraph: Element, status: Status) -> None:
        properties = next(paragraph.iterchildren(PPR), None)
        if properties is None:
            properties = paragraph.makeelement(PPR, nsmap=paragraph.nsmap)
            paragraph.insert(0, properties)
        if not mark_is_gone(paragraph):
            track_mark(properties, status, self._signer)

    def _runs(self, parent: Element, status: Status) -> None:
        wrapper: Element | None = None
        for field in list(parent.iterchildren(FIELD)):
            for run in complex_field(field):
                field.addprevious(run)
            parent.remove(field)
        for child in list(parent):
            tag = child.tag
            if tag in NO_WIDTH or not isinstance(tag, str):
                continue
            if tag == R or tag.endswith(("}oMath", "}oMathPara")):
                if wrapper is None or child.getprevious() is not wrapper:
                    wrapper = self._signer.change(parent, TAGS[status])
                    child.addprevious(wrapper)
                wrapper.append(child)
                if status == "deleted":
                    strike(child)
                continue
            wrapper = None
            if tag in GOES or tag == PPR or tag in HOLDER_PROPERTIES:
                continue
            if tag == SDT:
                for content in child.iterchildren(SDT_CONTENT):
                    self._runs(content, status)
                track_control(child, status, self._signer)
            elif tag in COMES or len(child):
                self._runs(child, status)
