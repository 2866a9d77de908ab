"""From pages of lines, as a printer or a PDF lays them out, to blocks.

Plain text and PDF both come this way, so the same agreement gives the same paragraphs from either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.text.document import Block, Run
from app.text.furniture import without_furniture
from app.text.lines import Line, paragraphs

COLUMN_BREAK = "\x1f"
"""A line that stands for the foot of a column: what follows may go on with the sentence, as after a page."""

Place = Callable[[int, int], str]
"""Names a place for people, from the index of the page and the number of the line in the whole text."""


def blocks_of_pages(pages: Sequence[Sequence[str]], place: Place) -> list[Block]:
    """Take the furniture away, put paragraphs together, and make a block of each.

    Args:
        pages: Lines of each page, indented with spaces, an empty line where there is more space than usual.
        place: Names the place of a line.
    """
    return [
        Block(
            runs=(Run(paragraph.text),),
            place=paragraph.place,
            list_level=paragraph.bullet,
            contents=paragraph.contents,
        )
        for paragraph in paragraphs(_lines(pages, place))
        if paragraph.text
    ]


def _lines(pages: Sequence[Sequence[str]], place: Place) -> list[Line]:
    found: list[Line] = []
    for index, page in enumerate(without_furniture(pages)):
        gap = False
        first = bool(found)
        for number, raw, contents in page:
            stripped = raw.strip()
            if not stripped:
                first = bool(found) and (first or raw == COLUMN_BREAK)
                gap = True
                continue
            indent = len(raw) - len(raw.lstrip())
            found.append(
                Line(
                    text=stripped,
                    place=place(index, number),
                    indent=float(indent),
                    end=float(indent + len(stripped)),
                    gap=gap and not first,
                    new_page=first,
                    contents=contents,
                )
            )
            gap = first = False
    return found
