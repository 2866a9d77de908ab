"""What a house style consists of, once it has been read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.word.xml import Element, parse, q

LEVELS = ("heading 1", "Provision", "Provision Item", "Provision Subitem")
"""The styles that number an agreement, from the article inwards; a template must have them."""

ADDED = (
    "Title",
    "Subtitle",
    "Provision Text",
    "Body Text",
    "Part Heading",
    "toc 1",
    "Table Text",
    "header",
    "footer",
    "Defined Term",
    "Run-in Heading",
    "Table Grid",
)
"""Styles that are taken from the built-in house style where a template lacks them."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One header or footer, with `{{ }}` for what changes from document to document."""

    place: str  # "header" or "footer"
    kind: str  # "default", "first" or "even"
    content: bytes  # the part, cleaned
    pictures: tuple[tuple[str, str], ...] = ()  # relationship id and name of each picture


@dataclass(frozen=True)
class HouseStyle:
    """Page, styles, list, headers and footers. Only what was checked is in it."""

    name: str  # of the file that it came from, "" for the built-in one
    styles: bytes
    numbering: bytes
    section: bytes  # w:sectPr with size, margins and the kinds of headers
    margins: tuple[Margin, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    even_and_odd: bool = False

    @cached_property
    def style_ids(self) -> Mapping[str, str]:
        """Ids by name; names of styles know no upper and lower case."""
        return {
            element.find(q("name")).get(q("val")).casefold(): element.get(q("styleId"))
            for element in self.style_sheet.iter(q("style"))
        }

    def style(self, name: str) -> str:
        """The id of a style that every house style has."""
        return self.style_ids[name.casefold()]

    @cached_property
    def style_sheet(self) -> Element:
        """The root of the styles; not to be changed."""
        return parse(self.styles)

    @cached_property
    def text_width(self) -> int:
        """Width of the text in twentieths of a point."""
        section = parse(self.section)
        size, margins = section.find(q("pgSz")), section.find(q("pgMar"))
        gutter = int(margins.get(q("gutter"), "0"))
        return int(size.get(q("w"))) - int(margins.get(q("left"))) - int(margins.get(q("right"))) - gutter
