"""One page of a PDF as lines of plain text, indented as they stand on the page.

Positions become characters: a page is as wide as its letters make it. Two columns are read one after the other, pieces
of one line are put together, an empty line stands for more space than usual.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pypdfium2 import raw

from app.text.pages import COLUMN_BREAK

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\uffff": "", "\x00": "", "\xad": "-"})
Box = tuple[float, float, float, float]
"""Left, right, top, bottom, in points; once upright, from the top left corner of the page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line, without a wide gap among them. Points from the top left corner; `top` < `bottom`."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the letters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Height of the line on the page."""
        return (self.top + self.bottom) / 2


def page_lines(page: Any) -> list[str]:
    """Lines of a page from top to bottom, column by column.

    Args:
        page: A pypdfium2 page.
    """
    textpage = page.get_textpage()
    try:
        pieces = _pieces(textpage, int(page.get_rotation()), page.get_size())
    finally:
        textpage.close()
    if not pieces:
        return []
    unit = _unit(pieces)
    lines: list[str] = []
    for region in _regions(pieces, unit):
        if lines and region:
            lines.append(COLUMN_BREAK)
        lines += _set(region, unit)
    return lines


def _pieces(textpage: Any, rotation: int, size: tuple[float, float]) -> list[Piece]:
    """Cut pdfium's lines at wide gaps; it joins with one space what stands far apart on a line."""
    count = textpage.count_chars()
    if count <= 0:
        return []
    text = "".join(map(chr, (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))))
    found: list[Piece] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        found += _cut(line, _boxes(textpage, line, start, rotation, size))
        start = end
    return found


def _boxes(textpage: Any, line: str, start: int, rotation: int, size: tuple[float, float]) -> list[Box | None]:
    boxes: list[Box | None] = []
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    for index, character in enumerate(line, start):
        box = None
        if not character.isspace() and raw.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top):
            box = _upright((left.value, right.value, bottom.value, top.value), rotation, size)
        boxes.append(box)
    return boxes


def _cut(line: str, boxes: Sequence[Box | None]) -> list[Piece]:
    filled = [box for box in boxes if box]
    if not filled:
        return []
    height = max(box[3] - box[2] for box in filled)
    found: list[Piece] = []
    first = 0
    last: Box | None = None
    for offset, box in enumerate(boxes):
        if box is None:
            continue
        apart = last is not None and (box[0] - last[1] > 1.6 * height or box[0] < last[0] - 4 * height)
        if apart:
            found += _piece(line[first:offset], boxes[first:offset])
            first = offset
        last = box
    return found + _piece(line[first:], boxes[first:])


def _upright(box: Box, rotation: int, size: tuple[float, float]) -> Box:
    """Left, right, top and bottom as the page is shown."""
    left, right, bottom, top = box
    width, height = size
    if rotation == 90:
        return bottom, top, left, right
    if rotation == 180:
        return width - right, width - left, bottom, top
    if rotation == 270:
        return width - top, width - bottom, height - right, height - left
    return left, right, height - top, height - bottom


def _piece(text: str, boxes: Sequence[Box | None]) -> list[Piece]:
    filled = [box for box in boxes if box]
    words = " ".join(text.translate(_HYPHENS).split())
    if not filled or not words:
        return []
    return [
        Piece(
            words,
            min(box[0] for box in filled),
            max(box[1] for box in filled),
            median(box[2] for box in filled),
            median(box[3] for box in filled),
        )
    ]


def _unit(pieces: Sequence[Piece]) -> float:
    """Usual width of a character on this page, in points."""
    widths = [(piece.right - piece.left) / len(piece.text) for piece in pieces if len(piece.text) > 10]
    return max(median(widths) if widths else 5.0, 1.0)


def _regions(pieces: Sequence[Piece], unit: float) -> list[list[Piece]]:
    """Parts of the page in reading order: full width, or a left column and then a right one."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)]
    regions: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for row in _rows(pieces):
        if any(piece.left < gutter - unit and piece.right > gutter + unit for piece in row):
            regions += [left, right, row]
            left, right = [], []
        else:
            left += [piece for piece in row if piece.left < gutter]
            right += [piece for piece in row if piece.left >= gutter]
    return [region for region in [*regions, left, right] if region]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where two columns of running text part, if the page has them."""
    if len(pieces) < 16:
        return None
    edge_left, edge_right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = edge_right - edge_left
    for step in range(35, 66):
        middle = edge_left + width * step / 100
        before = [piece for piece in pieces if piece.right <= middle]
        after = [piece for piece in pieces if piece.left >= middle]
        crossing = len(pieces) - len(before) - len(after)
        if crossing > 0.15 * len(pieces) or min(len(before), len(after)) < 0.25 * len(pieces):
            continue
        if all(median(piece.right - piece.left for piece in side) > 0.28 * width for side in (before, after)):
            return middle
    return None


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line, from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        row = rows[-1] if rows else None
        if row is not None and piece.middle - row[0].middle < 0.5 * max(piece.height, row[0].height, 3.0):
            row.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _set(pieces: Sequence[Piece], unit: float) -> list[str]:
    rows = _rows(pieces)
    margin = min(piece.left for piece in pieces)
    pitches = sorted(below[0].middle - above[0].middle for above, below in pairwise(rows))
    usual = pitches[int(0.3 * (len(pitches) - 1))] if pitches else 0.0
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index and row[0].middle - rows[index - 1][0].middle > 1.3 * usual:
            lines.append("")
        line = ""
        right = margin
        for piece in row:
            column = round((piece.left - margin) / unit)
            gap = piece.left - right
            if line:
                line += " " * max(1, round(gap / unit)) if gap > 0.3 * unit else ""
            else:
                line = " " * column
            line += piece.text
            right = piece.right
        lines.append(line)
    return lines
