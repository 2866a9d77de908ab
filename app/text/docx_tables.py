"""Coordinates of table cells and the headings of their columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from app.text.document import ChangeKind
from app.text.docx_names import Element, attribute, child, children, is_on, value, whole
from app.text.docx_paragraph import GONE_AFTER, TRACKED, Change, Paragraph

_WIDEST_SPAN = 1024
_LONGEST_HEADER = 400  # characters handed down to the cells of a column
_LONGEST_HEADING = 60  # characters; a first row with more in a cell is content
_KINDS: dict[str, ChangeKind] = {**TRACKED, "w:cellIns": "inserted", "w:cellDel": "deleted"}


@dataclass(slots=True)
class Table:
    """A table while its rows are read."""

    index: int
    row: int = -1
    column: int = 0  # where the next cell begins
    here: int = 0  # where the present cell begins
    span: int = 1
    header_rows: int = 0
    row_is_header: bool = False
    continued: bool = False  # the present cell continues one above
    covered: str = ""  # words of the paragraph placed last that the cell above covers
    first_row: list[tuple[int, int, list[Paragraph]]] = field(default_factory=list)
    top_text: dict[int, set[str]] = field(default_factory=dict)  # by column: texts of the cell that others continue
    paragraphs: list[Paragraph] = field(default_factory=list)

    def start_row(self, properties: Element | None) -> None:
        """Begin the next row."""
        self.row += 1
        self.column = whole(value(properties, "w:gridBefore"), 0) or 0
        self.column = min(max(self.column, 0), _WIDEST_SPAN)
        self.row_is_header = bool(is_on(child(properties, "w:tblHeader")))
        if self.row_is_header and self.header_rows == self.row:
            self.header_rows += 1

    def start_cell(self, properties: Element | None) -> None:
        """Begin the next cell."""
        span = whole(value(properties, "w:gridSpan"), 1) or 1
        self.span = min(max(span, 1), _WIDEST_SPAN)
        self.here = self.column
        self.column += self.span
        merge = child(properties, "w:vMerge")
        self.continued = merge is not None and attribute(merge, "w:val", "continue") == "continue"
        if not self.continued:
            self.top_text[self.here] = set()
        if self.row == 0:
            self.first_row.append((self.here, self.span, []))

    def take(self, paragraph: Paragraph) -> bool:
        """Place a paragraph in the present cell; False in a continued cell, which shows the one above."""
        paragraph.cell = (self.index, max(self.row, 0), self.here)
        text = paragraph.text_without(GONE_AFTER).strip()
        above = self.top_text.setdefault(self.here, set())
        self.covered = ""
        if self.continued:
            if not paragraph.following:
                self.covered = "" if text in above else text
                return False
        elif text:
            above.add(text)
        if self.first_row and self.row == 0:
            self.first_row[-1][2].append(paragraph)
        self.paragraphs.append(paragraph)
        return True

    def set_headings(self) -> None:
        """Give each cell below the heading of its column, if the first row is one."""
        headings = [
            " ".join(" ".join(paragraph.text_without(GONE_AFTER).strip() for paragraph in paragraphs).split())
            for *_, paragraphs in self.first_row
        ]
        if self.row < 1 or len(self.first_row) < 2 or not self._first_row_is_heading(headings):
            return
        starts = [column for column, *_ in self.first_row]
        for paragraph in self.paragraphs:
            if paragraph.cell is None or paragraph.cell[1] == 0:
                continue
            above = bisect_right(starts, paragraph.cell[2]) - 1
            if above >= 0 and paragraph.cell[2] < starts[above] + self.first_row[above][1]:
                paragraph.cell_header = headings[above][:_LONGEST_HEADER]

    def _first_row_is_heading(self, headings: list[str]) -> bool:
        if self.header_rows:
            return True
        texts = [text for text in headings if text]
        if len(texts) < 2 or any(len(text) > _LONGEST_HEADING for text in texts):
            return False
        first = [piece for *_, paragraphs in self.first_row for each in paragraphs for piece in each.pieces]
        rest = [piece for each in self.paragraphs if each.cell and each.cell[1] > 0 for piece in each.pieces[:1]]
        return all(piece.look.bold or not piece.text.strip() for piece in first) and not all(
            piece.look.bold for piece in rest
        )


def cell_place(cell: tuple[int, int, int]) -> str:
    """Where a cell stands, in words."""
    table, row, column = cell
    return f"table {table + 1}, row {row + 1}, column {column + 1}"


def changes_of(properties: Element | None) -> list[Change]:
    """The tracked changes that a `w:trPr`, `w:tcPr` or a paragraph mark's `w:rPr` states."""
    return [
        Change(_KINDS[name], attribute(element, "w:author"), attribute(element, "w:date"))
        for name, element in (children(properties) if properties is not None else ())
        if name in _KINDS
    ]
