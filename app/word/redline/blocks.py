"""A stretch of a document, a table cell or a note as blocks: paragraphs, tables, content controls.

A paragraph whose mark somebody else has deleted is one block with the paragraph that it runs on into.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from app.word.names import (
    BR,
    CELL_DEL,
    FALLBACK,
    GOES,
    MARK_CHANGES,
    NO_WIDTH,
    NOTE_REFERENCES,
    PPR,
    RPR,
    SDT,
    SECT_PR,
    TAB,
    TBL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    Element,
    P,
    T,
    w,
)
from app.word.redline.align import Alignable

_SEEN: Final = tuple({T, TAB, BR, w("cr"), *NOTE_REFERENCES})
_UNREAD: Final = GOES | {FALLBACK}
"""What holds text that does not count: deleted, or a second copy of a text box."""
_PICTURES: Final = (w("drawing"), w("pict"), w("object"))
_NOT_BLOCKS: Final = frozenset({SECT_PR, TC_PR})
NOTE_SIGN: Final = "\u2042"
"""Stands for the mark of a note in a paragraph's text."""


class Block(Alignable):
    """One block: its elements in the tree, and marks without width that stand before it."""

    __slots__ = ("before", "elements", "is_gone")

    def __init__(self, kind: str, key: str, elements: list[Element], before: list[Element], **how: Any) -> None:
        super().__init__(kind, key, **how)
        self.elements = elements
        self.before = before
        self.is_gone = False  # all of it is in somebody else's tracked deletion


def read_blocks(parent: Iterable[Element]) -> tuple[list[Block], list[Element]]:
    """The blocks among some elements, and the marks without width behind the last of them."""
    blocks: list[Block] = []
    before: list[Element] = []
    open_chain: Block | None = None
    for element in parent:
        tag = element.tag
        if tag == P:
            block = open_chain or Block("paragraph", "", [], before)
            if open_chain is None:
                before = []
            else:
                block.elements += before
                before = []
            block.elements.append(element)
            if mark_is_gone(element):
                open_chain = block
                continue
            open_chain = None
            _describe_paragraph(block)
            blocks.append(block)
        elif tag in NO_WIDTH:
            before.append(element)
        elif tag not in _NOT_BLOCKS and isinstance(tag, str):
            if open_chain is not None:
                blocks.append(_gone(open_chain))
                open_chain = None
            blocks.append(_solid(element, before))
            before = []
    if open_chain is not None:
        blocks.append(_gone(open_chain))
    return blocks, before


def _gone(block: Block) -> Block:
    block.is_gone = True
    return block


def mark_is_gone(paragraph: Element) -> bool:
    """Whether a paragraph's mark is in a tracked deletion, so that it will run on into the next."""
    properties = next(paragraph.iterchildren(PPR), None)
    if properties is None:
        return False
    return any(mark.tag in GOES for run in properties.iterchildren(RPR) for mark in run)


def _describe_paragraph(block: Block) -> None:
    last = block.elements[-1]
    text = "".join(text_of(each) for each in block.elements)
    block.key = text
    if not text and next(last.iter(*_PICTURES), None) is not None:
        block.key = "\0picture"
    properties = last[0] if len(last) and last[0].tag == PPR else None
    if properties is not None and next(properties.iterchildren(SECT_PR), None) is not None:
        block.kind = "section end"


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as it now stands; a note shows as a sign, a text box once."""
    pieces: list[str] = []
    has_unread = next(paragraph.iter(*_UNREAD), None) is not None
    for each in paragraph.iter(*_SEEN):
        if has_unread and _is_unread(each, paragraph):
            continue
        if each.tag == T:
            pieces.append(each.text or "")
        elif each.tag in NOTE_REFERENCES:
            pieces.append(NOTE_SIGN)
        elif each.tag != TAB or each.getparent().tag != w("tabs"):
            pieces.append("\t" if each.tag == TAB else "\n")
    return "".join(pieces)


def _is_unread(element: Element, paragraph: Element) -> bool:
    for parent in element.iterancestors():
        if parent is paragraph:
            return False
        if parent.tag in _UNREAD:
            return True
    return False


def _solid(element: Element, before: list[Element]) -> Block:
    if element.tag == TBL:
        rows = live_rows(element)
        text = "\x1e".join(row_text(row) for row in rows)
        block = Block("table", text, [element], before, loose=True, threshold=0.25)
        block.is_gone = not rows
        return block
    if element.tag == SDT:
        return Block("control", text_of(element), [element], before, loose=True, threshold=0.4)
    return Block("other", etree.tostring(element).decode(), [element], before)


def has_changes(elements: Iterable[Element]) -> bool:
    """Whether others have tracked changes in paragraphs."""
    return any(next(each.iter(*MARK_CHANGES), None) is not None for each in elements)


def live_rows(table: Element) -> list[Element]:
    """The rows of a table that are not in somebody's tracked deletion."""
    return [row for row in table.iterchildren(TR) if not row_is_gone(row)]


def row_is_gone(row: Element) -> bool:
    """Whether somebody has deleted the row, tracked, or every cell in it."""
    if any(mark.tag in GOES for properties in row.iterchildren(TR_PR) for mark in properties):
        return True
    return _has_gone_cells(row) and not live_cells(row) and next(row.iterchildren(TC), None) is not None


def live_cells(row: Element) -> list[Element]:
    """The cells of a row that are not in somebody's tracked deletion."""
    cells = list(row.iterchildren(TC))
    return [cell for cell in cells if not _is_gone(cell)] if _has_gone_cells(row) else cells


def _has_gone_cells(row: Element) -> bool:
    return next(row.iter(CELL_DEL), None) is not None


def _is_gone(cell: Element) -> bool:
    return any(mark.tag == CELL_DEL for properties in cell.iterchildren(TC_PR) for mark in properties)


def row_text(row: Element) -> str:
    """The text of a row, cells apart."""
    return "\x1f".join("\n".join(text_of(paragraph) for paragraph in cell.iter(P)) for cell in live_cells(row))
