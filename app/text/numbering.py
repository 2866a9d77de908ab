"""Full numbers from labels in sequence: "Article 125 Section 2(a)(1)", "32.1(b)(ii)", "1(a)".

The rule, one for all forms: divisions, articles, appendices and decimal numbers stand for themselves; a section is
named after its article; every other label follows its parent in parentheses, or stands bare where it has no parent.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.text.labels import Label, Reading

_DEEPEST = 24  # levels; each full number holds those above it, so that there must be an end
_OUTER = {"division": 0, "article": 1, "section": 2, "decimal": 3, "absolute": 4, "item": 5}


@dataclass(slots=True)
class Level:
    """One open level of numbering, with the words that its members and its children inherit."""

    label: Label
    reading: Reading
    number: str  # full
    lead_in: str  # inherited by the members of this level
    lead: str = ""  # what this member hands down to its children
    heading: bool = False  # a heading encloses everything up to the next label of its own style


class Numbering:
    """The levels that are open at one place of a text."""

    def __init__(self) -> None:
        self.levels: list[Level] = []
        self._adjacent = False  # whether the innermost level was opened by the paragraph right before

    @property
    def number(self) -> str:
        """Full number of the innermost level."""
        return self.levels[-1].number if self.levels else ""

    def close_items(self) -> None:
        """An unnumbered heading ends the lists before it; articles and sections stay open."""
        self._adjacent = False
        while self.levels and self.levels[-1].label.kind in ("item", "absolute"):
            self.levels.pop()

    def interrupt(self) -> None:
        """An unnumbered paragraph stands between: a list that starts anew then replaces an older one of its style."""
        self._adjacent = False

    def open(self, label: Label, following: Label | None, *, lead_in: str | None) -> Level:
        """Take in the next label.

        Args:
            label: What stands at the start of the provision.
            following: The next label of the same shape in the text, which tells "(i), (ii)" from "(h), (i), (j)".
            lead_in: The words of an unnumbered opening right before, or None.

        Returns:
            The level that the provision now is at.
        """
        if label.kind == "item":
            reading, depth = self._place_item(
                label, following, lead_in is not None or self._leads() or self._adjacent or self._headed()
            )
        else:
            reading, depth = label.readings[0], self._depth(label)
        depth = min(depth, _DEEPEST - 1)
        previous = self.levels[depth] if depth < len(self.levels) else None
        parent = self.levels[depth - 1] if depth else None
        del self.levels[depth:]
        sibling = previous is not None and previous.reading.style == reading.style
        if lead_in is not None:
            inherited = lead_in
        elif sibling and previous is not None and reading.value != 1:
            inherited = previous.lead_in
        else:
            inherited = parent.lead if parent else ""
        level = Level(label, reading, _compose(parent, label), inherited if label.kind in ("item", "decimal") else "")
        self.levels.append(level)
        self._adjacent = True
        return level

    def _leads(self) -> bool:
        return bool(self.levels and self.levels[-1].lead)

    def _headed(self) -> bool:
        return any(level.heading and level.label.kind == "item" for level in self.levels)

    def _depth(self, label: Label) -> int:
        """How many levels stay open above a label that names its own rank."""
        rank = _OUTER[label.kind]
        for depth, level in enumerate(self.levels):
            if _OUTER[level.label.kind] >= rank and not _is_prefix(level, label):
                return depth
            if level.label.kind == "item" and label.kind == "decimal" and not _is_prefix(level, label):
                return depth
        return len(self.levels)

    def _place_item(self, label: Label, following: Label | None, after_lead: bool) -> tuple[Reading, int]:
        readings = _likely(label, following)
        for depth in range(len(self.levels) - 1, -1, -1):
            for reading in readings:
                level = self.levels[depth]
                if level.reading.style == reading.style and reading.value == level.reading.value + 1:
                    return reading, depth
        first = next((reading for reading in readings if reading.value == 1), None)
        if first is not None and after_lead:
            top = self.levels[-1] if self.levels else None
            same = top is not None and top.reading.style == first.style and not top.lead
            return first, len(self.levels) - 1 if same else self._reopened(first)
        likely = readings[0]
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if level.reading.style == likely.style and (likely.value > level.reading.value or likely is first):
                return likely, depth
        return first or likely, len(self.levels)

    def _reopened(self, first: Reading) -> int:
        """A list that starts anew after an unnumbered opening replaces the list before it; otherwise it nests."""
        if self._leads() or self._adjacent:
            return len(self.levels)
        for depth in range(len(self.levels) - 1, -1, -1):
            if self.levels[depth].reading.style == first.style:
                return depth
            if self.levels[depth].heading:
                break
        return len(self.levels)


def _likely(label: Label, following: Label | None) -> tuple[Reading, ...]:
    """The readings, the likelier one first: a roman numeral where the next label counts on in roman."""
    if len(label.readings) == 1:
        return label.readings
    after = {(reading.style, reading.value - 1) for reading in following.readings} if following else set()
    going_on = [reading for reading in label.readings if (reading.style, reading.value) in after]
    if len(going_on) == 1:
        return (going_on[0],)
    if label.name.lower() in ("i", "ii", "iii"):
        return tuple(sorted(label.readings, key=lambda reading: reading.value))
    return label.readings


def _is_prefix(level: Level, label: Label) -> bool:
    """Whether a decimal number belongs beneath a level: "32.1" beneath "Article 32", "32" or "32.1"."""
    if label.kind != "decimal" or level.label.kind == "section":
        return False
    bare = level.label.name.rsplit(" ", 1)[-1]
    return label.name.startswith(bare + ".") or level.label.kind in ("division", "article")


def _compose(parent: Level | None, label: Label) -> str:
    if label.kind in ("division", "article", "decimal", "absolute") or parent is None:
        return label.name
    if label.kind == "section":
        return f"{parent.number} {label.name}" if parent.label.kind == "article" else label.name
    if parent.label.kind == "division":
        return label.name
    return f"{parent.number}({label.name})" if label.shape != "other" else f"{parent.number} {label.name}"
