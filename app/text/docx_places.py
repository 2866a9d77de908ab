"""Where a paragraph of a Word file stands, in words that stay the same from reading to writing.

`Block.place` and `Provision.place` are these words; `paragraph_places` finds the elements for them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.text.docx_content import Content
from app.text.docx_names import Element, short
from app.text.docx_paragraph import Paragraph
from app.text.docx_styles import Styles
from app.text.docx_tables import cell_place
from app.text.docx_views import flatten


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    """A paragraph element and its place; several in one cell or text box share one."""

    place: str
    element: Element
    has_text: bool
    in_text_box: bool


def name_places(paragraphs: Sequence[Paragraph]) -> None:
    """Give every paragraph its place."""
    count = 0
    for paragraph in paragraphs:
        if paragraph.cell is not None:
            paragraph.place = cell_place(paragraph.cell)
        elif paragraph.story:
            paragraph.place = f"text box {paragraph.story}"
        else:
            count += bool(paragraph.pieces)
            paragraph.place = f"paragraph {max(count, 1)}"


def paragraph_places(root: Element, styles: Element | None) -> list[PlacedParagraph]:
    """The paragraphs of a main part in reading order, with their places.

    Args:
        root: The root of the main part; the elements are those of this tree.
        styles: The root of the part with the styles, if there is one.
    """
    paragraphs = flatten(Content(root, Styles(styles)).read())
    name_places(paragraphs)
    placed: list[PlacedParagraph] = []
    for paragraph in paragraphs:
        element = paragraph.properties
        while element is not None and short(element) != "w:p":
            element = element.getparent()
        if element is not None:
            placed.append(PlacedParagraph(paragraph.place, element, bool(paragraph.pieces), bool(paragraph.story)))
    return placed
