"""Plain text, Markdown and pasted text to blocks.

Pasted text often comes out of a PDF, with hard line breaks, page numbers and tables of contents; `furniture` and
`lines` undo that. Markdown's marks are layout and go, its headings and bullets are kept as such.
"""

from __future__ import annotations

import re

from app.text.document import Block
from app.text.markdown_reader import read_markdown_blocks
from app.text.pages import blocks_of_pages

_BREAKS = re.compile(r"\r\n?|\x0b|\x85|\u2028|\u2029")


def read_plain_blocks(text: str, *, markdown: bool) -> list[Block]:
    """Read text whose layout is made of line breaks and spaces.

    Args:
        text: The whole text; form feeds stand for page breaks.
        markdown: Whether headings, bullets and emphasis are written as in Markdown.
    """
    text = _BREAKS.sub("\n", text).replace("\x00", "")
    if markdown:
        return read_markdown_blocks(text.replace("\f", "\n"))
    pages = [page.split("\n") for page in text.expandtabs(8).split("\f")]
    return blocks_of_pages(pages, lambda _page, line: f"line {line}")
