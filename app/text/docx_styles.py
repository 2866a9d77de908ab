"""What the styles of a Word file say about a paragraph: its outline level, its list, and its look.

Styles inherit from the style that they are based on; a circle of styles ends where it would begin again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.text.docx_names import Element, attribute, child, children, is_on, value, whole
from app.text.docx_symbols import FONTS

_MEASURE = re.compile(r"(\d{1,5}(?:\.\d{1,5})?)(pt|in|cm|mm|pc|pi)?")
_HALF_POINTS = {"pt": 2.0, "in": 144.0, "cm": 56.693, "mm": 5.6693, "pc": 24.0, "pi": 24.0}
_HEADING_NAME = re.compile(r"heading ([1-9])\b")
_DEFAULT_HALF_POINTS = 20  # Word's size where nothing states one (ECMA-376 part 1, 17.3.2.38)
BODY_OUTLINE_LEVEL = 9
_LONGEST_CHAIN = 32  # styles based on one another; Word itself stops sooner


@dataclass(frozen=True, slots=True)
class Look:
    """Direct character formatting; None where it is not stated."""

    bold: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    half_points: int | None = None
    symbol_font: str | None = None  # in lower case; "" for a font of letters

    def over(self, below: Look) -> Look:
        """This look, with what it leaves open taken from the one below."""
        return Look(
            bold=below.bold if self.bold is None else self.bold,
            capitals=below.capitals if self.capitals is None else self.capitals,
            hidden=below.hidden if self.hidden is None else self.hidden,
            half_points=below.half_points if self.half_points is None else self.half_points,
            symbol_font=below.symbol_font if self.symbol_font is None else self.symbol_font,
        )

    def toggling(self, below: Look, default: Look) -> Look:
        """A character style's look over its paragraph's: what both switch on is off (ECMA-376 part 1, 17.7.3).

        What the defaults of the file switch on stays on.
        """
        above = self.over(below)
        return replace(
            above,
            bold=above.bold and not (self.bold and below.bold and not default.bold),
            capitals=above.capitals and not (self.capitals and below.capitals and not default.capitals),
            hidden=above.hidden and not (self.hidden and below.hidden and not default.hidden),
        )


@dataclass(frozen=True, slots=True)
class ListReference:
    """A `w:numPr`: which list, and how deep. None where it is not stated."""

    num_id: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style with everything that it inherits."""

    names: tuple[str, ...] = ()  # lower-case names, its own first, then those that it is based on
    ids: tuple[str, ...] = ()  # the same as ids
    outline_level: int | None = None  # 0 to 8, 9 for body text
    list_reference: ListReference = ListReference()
    look: Look = Look()

    @property
    def heading_level(self) -> int:
        """1 to 9 for a heading, 1 for a title, 0 otherwise."""
        if self.names and self.names[0] == "title":
            return 1
        if self.outline_level is not None:
            return 0 if self.outline_level >= BODY_OUTLINE_LEVEL else self.outline_level + 1
        for name in self.names:
            if found := _HEADING_NAME.match(name):
                return int(found.group(1))
        return 0


class Styles:
    """The styles part; works without one."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._paragraph: dict[str, ParagraphStyle] = {}
        self._looks: dict[str, Look] = {}
        self._default_paragraph = ""
        self.default_look = Look(half_points=_DEFAULT_HALF_POINTS)
        for name, element in children(root) if root is not None else ():
            if name == "w:style":
                style_id = attribute(element, "w:styleId")
                self._elements.setdefault(style_id, element)
                is_default = attribute(element, "w:default", "0").lower() in {"1", "true", "on"}
                if is_default and attribute(element, "w:type") == "paragraph":
                    self._default_paragraph = style_id
            elif name == "w:docDefaults":
                properties = child(child(element, "w:rPrDefault"), "w:rPr")
                self.default_look = look_of(properties).over(self.default_look)

    def paragraph(self, style_id: str) -> ParagraphStyle:
        """The style of this id; the document's default style where there is none of that id."""
        if style_id not in self._elements:
            style_id = self._default_paragraph
        if style_id not in self._paragraph:
            self._paragraph[style_id] = self._resolve(style_id)
        return self._paragraph[style_id]

    def character_look(self, style_id: str) -> Look:
        """What a character style says."""
        if style_id not in self._looks:
            look = Look()
            for ancestor in self._chain(style_id):
                look = look.over(look_of(child(ancestor, "w:rPr")))
            self._looks[style_id] = look
        return self._looks[style_id]

    def list_of_numbering_style(self, style_id: str) -> int | None:
        """The list that a numbering style stands for."""
        element = self._elements.get(style_id)
        reference = list_reference(child(child(element, "w:pPr"), "w:numPr"))
        return reference.num_id

    def _chain(self, style_id: str) -> list[Element]:
        chain: list[Element] = []
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style_id)
            chain.append(self._elements[style_id])
            style_id = value(chain[-1], "w:basedOn")
        return chain

    def _resolve(self, style_id: str) -> ParagraphStyle:
        chain = self._chain(style_id)
        outline: int | None = None
        reference = ListReference()
        look = Look()
        for element in chain:
            properties = child(element, "w:pPr")
            if outline is None:
                outline = whole(value(properties, "w:outlineLvl"))
            found = list_reference(child(properties, "w:numPr"))
            reference = ListReference(
                found.num_id if reference.num_id is None else reference.num_id,
                found.level if reference.level is None else reference.level,
            )
            look = look.over(look_of(child(element, "w:rPr")))
        return ParagraphStyle(
            names=tuple(value(element, "w:name").strip().lower() for element in chain),
            ids=tuple(attribute(element, "w:styleId") for element in chain),
            outline_level=outline,
            list_reference=reference,
            look=look,
        )


def look_of(properties: Element | None) -> Look:
    """The look that a `w:rPr` states itself."""
    if properties is None or not len(properties):
        return Look()
    bold = capitals = hidden = None
    half_points = symbol_font = None
    for name, element in children(properties):
        if name == "w:b":
            bold = is_on(element)
        elif name in {"w:caps", "w:smallCaps"}:
            capitals = is_on(element) or capitals
        elif name == "w:vanish":
            hidden = is_on(element)
        elif name == "w:sz":
            half_points = _half_points_of(attribute(element, "w:val"))
        elif name == "w:rFonts":
            font = attribute(element, "w:ascii", attribute(element, "w:hAnsi")).strip().lower()
            symbol_font = (font if font in FONTS else "") if font else None
    return Look(bold, capitals, hidden, half_points, symbol_font)


def _half_points_of(text: str) -> int | None:
    """A size in half-points, which the strict edition may also state with a unit: "24", "12pt"."""
    found = _MEASURE.fullmatch(text.strip())
    if found is None:
        return None
    number, unit = found.groups()
    return round(float(number) * _HALF_POINTS[unit]) if unit else whole(number)


def list_reference(properties: Element | None) -> ListReference:
    """The list that a `w:numPr` refers to."""
    if properties is None:
        return ListReference()
    return ListReference(whole(value(properties, "w:numId")), whole(value(properties, "w:ilvl")))
