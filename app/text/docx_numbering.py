"""Works out automatic numbers the way Word shows them: "1.", "32.1", "(a)", "Article IV".

The counters belong to the abstract list that several `w:num` may share; that is why a list can go on after other
paragraphs, and why a `w:startOverride` restarts it for all (ECMA-376 part 1, 17.9). `ListDefinitions` knows what
the file states, `ListCounter` walks through the paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.text.docx_names import Element, attribute, child, children, is_on, value, whole
from app.text.docx_number_formats import format_custom, format_number
from app.text.docx_styles import ListReference, ParagraphStyle, Styles, look_of

_LEVELS = 9
_LONGEST_CHAIN = 16  # of styles that point to lists that point to styles
_LONGEST_TEXT = 255  # characters that Word takes for the text of a level
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    number_format: str = "decimal"
    custom_format: str = ""
    text: str = ""
    start: int = 1
    restart: int | None = None  # `w:lvlRestart`: None after any higher level, 0 never, n after level n
    legal: bool = False
    hidden: bool = False
    style_id: str = ""

    def number(self, count: int, *, legal: bool) -> str:
        if self.number_format == "custom":
            return format_custom(count, self.custom_format)
        if legal and self.number_format not in {"none", "bullet", "decimalZero"}:
            return str(count)
        return format_number(count, self.number_format)


@dataclass(frozen=True, slots=True)
class _List:
    """One `w:num` with its overrides laid over the abstract list."""

    abstract_id: str
    levels: tuple[_Level | None, ...]
    start_overrides: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ListPosition:
    """A paragraph's place in a list that exists."""

    num_id: int
    level: int  # from 0


class ListDefinitions:
    """The numbering part; works without one, and with lists that point nowhere."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[int, Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._levels: dict[str, tuple[_Level | None, ...]] = {}
        self._by_style_link: dict[str, str] = {}
        for name, element in children(root) if root is not None else ():
            if name == "w:abstractNum":
                abstract_id = attribute(element, "w:abstractNumId")
                self._abstract.setdefault(abstract_id, element)
                link = value(element, "w:styleLink")
                if link:
                    self._by_style_link.setdefault(link, abstract_id)
            elif name == "w:num":
                num_id = whole(attribute(element, "w:numId"))
                if num_id is not None:
                    self._nums.setdefault(num_id, element)

    def position(self, direct: ListReference, style: ParagraphStyle) -> ListPosition | None:
        """Where a paragraph stands, from its own `w:numPr` and its style; None outside lists.

        `w:numId` 0 switches the style's list off.
        """
        inherited = style.list_reference
        num_id = inherited.num_id if direct.num_id is None else direct.num_id
        if not num_id:
            return None
        definition = self.definition(num_id)
        if definition is None:
            return None
        level = direct.level
        if level is None and direct.num_id is None:
            linked = (_linked_level(definition, style_id) for style_id in style.ids)
            level = next((found for found in linked if found is not None), None)
        if level is None:
            level = inherited.level or 0
        level = min(max(level, 0), _LEVELS - 1)
        return ListPosition(num_id, level) if definition.levels[level] is not None else None

    def definition(self, num_id: int) -> _List | None:
        """The list of this id with everything resolved; None where it is not defined."""
        if num_id not in self._lists:
            self._lists[num_id] = self._resolve(num_id)
        return self._lists[num_id]

    def _resolve(self, num_id: int) -> _List | None:
        num = self._nums.get(num_id)
        if num is None:
            return None
        abstract_id = self._followed(value(num, "w:abstractNumId"))
        if abstract_id not in self._abstract:
            return None
        levels = list(self._levels_of(abstract_id))
        overrides: list[int | None] = [None] * _LEVELS
        for name, element in children(num):
            index = whole(attribute(element, "w:ilvl"), -1) if name == "w:lvlOverride" else -1
            if index is None or not 0 <= index < _LEVELS:
                continue
            replacement = child(element, "w:lvl")
            if replacement is not None:
                levels[index] = _read_level(replacement, levels[index])
            overrides[index] = whole(value(element, "w:startOverride"))
        return _List(abstract_id, tuple(levels), tuple(overrides))

    def _levels_of(self, abstract_id: str) -> tuple[_Level | None, ...]:
        if abstract_id not in self._levels:
            levels: list[_Level | None] = [None] * _LEVELS
            for name, element in children(self._abstract[abstract_id]):
                index = whole(attribute(element, "w:ilvl"), -1) if name == "w:lvl" else -1
                if index is not None and 0 <= index < _LEVELS:
                    levels[index] = _read_level(element)
            self._levels[abstract_id] = tuple(levels)
        return self._levels[abstract_id]

    def _followed(self, abstract_id: str) -> str:
        """The abstract list behind `w:numStyleLink`, which names a numbering style defined elsewhere."""
        seen: set[str] = set()
        while abstract_id not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(abstract_id)
            link = value(self._abstract.get(abstract_id), "w:numStyleLink")
            if not link:
                return abstract_id
            linked_num = self._styles.list_of_numbering_style(link)
            target = value(self._nums.get(linked_num), "w:abstractNumId") if linked_num is not None else ""
            if not target or target == abstract_id:
                target = self._by_style_link.get(link, "")
            if not target:
                return abstract_id
            abstract_id = target
        return abstract_id


class ListCounter:
    """Counts through the paragraphs of one story in one view (changes accepted, or rejected)."""

    def __init__(self, definitions: ListDefinitions) -> None:
        self._definitions = definitions
        self._counts: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[int, int]] = set()

    def count(self, position: ListPosition) -> str:
        """Count one paragraph and return its label as shown; "" for bullets."""
        definition = self._definitions.definition(position.num_id)
        if definition is None:
            return ""
        counts = self._counts.setdefault(definition.abstract_id, [None] * _LEVELS)
        self._advance(counts, definition, position)
        return _label(definition, counts, position.level)

    def _advance(self, counts: list[int | None], definition: _List, position: ListPosition) -> None:
        here = position.level
        for higher in range(here):
            if counts[higher] is None:
                counts[higher] = _start(definition, higher)
        current = counts[here]
        override = definition.start_overrides[here]
        if override is not None and (position.num_id, here) not in self._overridden:
            self._overridden.add((position.num_id, here))
            counts[here] = override
        else:
            counts[here] = _start(definition, here) if current is None else current + 1
        for deeper in range(here + 1, _LEVELS):
            level = definition.levels[deeper]
            restart = level.restart if level is not None else None
            if restart is None or restart > deeper or 0 < here + 1 <= restart:
                counts[deeper] = None


def _start(definition: _List, index: int) -> int:
    override = definition.start_overrides[index]
    if override is not None:
        return override
    level = definition.levels[index]
    return level.start if level is not None else 1


def _label(definition: _List, counts: list[int | None], index: int) -> str:
    level = definition.levels[index]
    if level is None or level.number_format == "bullet" or level.hidden:
        return ""

    def fill(found: re.Match[str]) -> str:
        wanted = int(found.group(1)) - 1
        count, shown = counts[wanted], definition.levels[wanted]
        if wanted > index or count is None or shown is None:
            return ""
        return shown.number(count, legal=level.legal)

    return " ".join(_PLACEHOLDER.sub(fill, level.text).split())[:_LONGEST_TEXT]


def _linked_level(definition: _List, style_id: str) -> int | None:
    if not style_id:
        return None
    return next(
        (index for index, level in enumerate(definition.levels) if level is not None and level.style_id == style_id),
        None,
    )


def _read_level(element: Element, below: _Level | None = None) -> _Level:
    level = below or _Level(text="")
    for name, item in children(element):
        text = attribute(item, "w:val")
        if name == "w:start":
            level = replace(level, start=whole(text, 1) or 0)
        elif name == "w:numFmt":
            level = replace(level, number_format=text or "decimal", custom_format=attribute(item, "w:format"))
        elif name == "w:lvlText":
            level = replace(level, text=text[:_LONGEST_TEXT])
        elif name == "w:lvlRestart":
            level = replace(level, restart=whole(text))
        elif name == "w:isLgl":
            level = replace(level, legal=bool(is_on(item)))
        elif name == "w:pStyle":
            level = replace(level, style_id=text)
        elif name == "w:rPr":
            level = replace(level, hidden=bool(look_of(item).hidden))
    return level
