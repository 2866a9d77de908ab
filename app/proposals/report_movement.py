"""The movement table of a report: protections down the side, rounds along the top, both sides' words in each cell.

A status is always a word with its sign. The header row is repeated on each page, and the table says in words what it
shows, for those who hear it read.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Pt

from app.proposals.movement_matrix import Column, Movement
from app.proposals.movement_words import MOVEMENT_NOTE, MOVEMENT_TITLE, cell_lines, column_heading, label_lines
from app.proposals.word_file import clean, mark_header_row, text_width, without_number

COLUMNS_AT_ONCE: Final = 3
_LABEL_WIDTH: Final = Inches(1.9)


def write_movement(document: Any, movement: Movement) -> None:
    """Append the movement of a table on pages of their own, set on their side.

    Args:
        document: A python-docx document.
        movement: The matrix; without rows nothing is written.
    """
    if not movement.rows:
        return
    narrow = text_width(document)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _widen_margins(document, Length(narrow).twips, Length(text_width(document)).twips)
    without_number(document.add_paragraph(MOVEMENT_TITLE, style="Heading 1"))
    document.add_paragraph(MOVEMENT_NOTE, style="Remark")
    for first in range(0, len(movement.columns), COLUMNS_AT_ONCE):
        _write_table(document, movement, first)


def _widen_margins(document: Any, narrow: int, wide: int) -> None:
    """Repeat header and footer for the wide pages, with their tab stops where the page now ends.

    `narrow` and `wide` are the widths of the text before and now, in twentieths of a point.
    """
    places = {
        "header": ((narrow, "clear"), (wide, "right")),
        "footer": ((narrow // 2, "clear"), (wide // 2, "center"), (narrow, "clear")),
    }
    for name, stops in places.items():
        before, here = (getattr(section, name) for section in list(document.sections)[-2:])
        here.is_linked_to_previous = False
        for paragraph in list(here.paragraphs):
            paragraph._element.getparent().remove(paragraph._element)
        for paragraph in before.paragraphs:
            copy = deepcopy(paragraph._element)
            here._element.append(copy)
            tabs = copy.get_or_add_pPr()._add_tabs()
            for position, kind in stops:
                tab = OxmlElement("w:tab")
                tab.set(qn("w:val"), kind)
                tab.set(qn("w:pos"), str(position))
                tabs.append(tab)


def _write_table(document: Any, movement: Movement, first: int) -> None:
    columns = movement.columns[first : first + COLUMNS_AT_ONCE]
    widths = [_LABEL_WIDTH, *[Length((text_width(document) - _LABEL_WIDTH) // len(columns))] * len(columns)]
    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    _describe(table, columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    heads = [("Protection", ""), *(column_heading(column) for column in columns)]
    for cell, (words, more) in zip(table.rows[0].cells, heads, strict=True):
        _put(cell, [(words, True), (more, False)])
    mark_header_row(table.rows[0])
    for row in movement.rows:
        cells = table.add_row().cells
        _put(cells[0], label_lines(row))
        for index, cell in enumerate(cells[1:], start=first):
            _put(cell, cell_lines(row.cells[index], row.cells[index - 1] if index > first else None))
    for row in table.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _put(cell: Any, lines: Sequence[tuple[str, bool]]) -> None:
    """Fill a cell, a paragraph for each line that has words."""
    paragraph = cell.paragraphs[0]
    for index, (words, bold) in enumerate(line for line in lines if line[0]):
        if index:
            paragraph = cell.add_paragraph()
        paragraph.style = "Remark"
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(clean(words)).bold = bold or None


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _describe(table: Any, columns: Sequence[Column]) -> None:
    """Title and description for screen readers, in the order that the schema asks for."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    for name, value in (("val", "0620"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"), ("lastColumn", "0"),
                        ("noHBand", "1"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    rounds = f"{columns[0].label} to {columns[-1].label}" if len(columns) > 1 else columns[0].label
    said = f"One row for each protection, one column for each counter: {rounds}. {MOVEMENT_NOTE}"
    for name, words in (("tblCaption", MOVEMENT_TITLE), ("tblDescription", said)):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), words)
        properties.append(element)
