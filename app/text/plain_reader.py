"""Plain text, Markdown and pasted text to blocks.

Pasted text often comes out of a PDF, with hard line breaks, page numbers and tables of contents; `furniture` and
`lines` undo that. Markdown's marks are layout and go, its headings and bullets are kept as such.
"""

from __future__ import annotations

from app.text.document import Block, Run
from app.text.furniture import without_furniture
from app.text.lines import Line, paragraphs
from app.text.markdown_reader import read_markdown_blocks


def read_plain_blocks(text: str, *, markdown: bool) -> list[Block]:
    """Read text whose layout is made of line breaks and spaces.

    Args:
        text: The whole text; form feeds stand for page breaks.
        markdown: Whether headings, bullets and emphasis are written as in Markdown.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x0b", "\n")
    if markdown:
        return read_markdown_blocks(text)
    return blocks_of_lines(_lines(text))


def blocks_of_lines(lines: list[Line]) -> list[Block]:
    """Put paragraphs together and make a block of each."""
    return [
        Block(
            runs=(Run(paragraph.text),),
            place=paragraph.place,
            list_level=paragraph.bullet,
            contents=paragraph.contents,
        )
        for paragraph in paragraphs(lines)
        if paragraph.text
    ]


def _lines(text: str) -> list[Line]:
    pages = without_furniture([page.split("\n") for page in text.expandtabs(8).split("\f")])
    found: list[Line] = []
    for page in pages:
        blank = False
        first = True
        for number, raw, contents in page:
            stripped = raw.strip()
            if not stripped:
                blank = True
                continue
            indent = len(raw) - len(raw.lstrip())
            found.append(
                Line(
                    text=stripped,
                    place=f"line {number}",
                    indent=float(indent),
                    end=float(indent + len(stripped)),
                    gap=blank and not (first and found != []),
                    new_page=first and bool(found),
                    contents=contents,
                )
            )
            blank = first = False
    return found
