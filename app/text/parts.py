"""Visible paragraphs with their numbers split off, before it is known what they are part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.text.labels import Label, parse_number, split_label
from app.text.numbering import Level
from app.text.views import Passage


@dataclass(slots=True)
class Part:
    """A passage with its labels."""

    passage: Passage
    line: str  # as it stands in the document's text
    body: str  # the line without number; always the end of it
    labels: tuple[Label, ...] = ()

    @classmethod
    def of(cls, passage: Passage) -> Part:
        """Split off what is numbered automatically, or else what is typed in front."""
        text, block = passage.text, passage.block
        if passage.number and not block.beside:
            label = parse_number(passage.number)
            return cls(passage, f"{passage.number} {text}".strip(), text, (label,) if text else ())
        if block.contents or block.beside:
            return cls(passage, text, text)
        labels: list[Label] = []
        body = text
        while found := split_label(body):
            label, rest = found
            if labels and not _chains(label):
                break
            if block.cell is not None and len(rest.split()) < 4:
                break
            if label.kind == "item" and not label.shape.startswith("(") and not labels and _is_name(label, rest):
                break
            labels.append(label)
            body = rest
        return cls(passage, text, body, tuple(labels))


@dataclass(slots=True)
class Heading:
    """A heading that is open at one place of the text."""

    text: str
    label: Label | None
    style: int  # level of the heading style; 0 by look
    level: Level | None  # its place in the numbering, where it has a number
    part: Part
    start: int  # where its words start
    used: bool = False  # whether a provision stands beneath it


def _chains(label: Label) -> bool:
    """Whether a second number may follow the first in one line: "Section 1. (a)", "A. 1."."""
    return label.kind in ("item", "decimal") and any(reading.value == 1 for reading in label.readings)


def _is_name(label: Label, rest: str) -> bool:
    """Initials: "J. Smith"."""
    return (
        label.shape == "A."
        and bool(re.fullmatch(r"[A-Z][\w'’-]+(?:,? [A-Z][\w.'’-]*){0,2}", rest))
        and label.name not in "ABCDI"
    )


def followed_by_list(after: Part | None, label: Label) -> bool:
    """Whether the next paragraph opens a list beneath this number."""
    if after is None or not after.labels or after.labels[0].kind != "item":
        return False
    first = after.labels[0]
    styles = {reading.style for reading in label.readings}
    return any(reading.value == 1 and reading.style not in styles for reading in first.readings)


def following_labels(parts: Sequence[Part]) -> list[Label | None]:
    """For each part the next label of the same shape as its last one."""
    upcoming: dict[str, Label] = {}
    found: list[Label | None] = []
    for part in reversed(parts):
        found.append(upcoming.get(part.labels[-1].shape) if part.labels else None)
        for label in part.labels:
            if label.kind in ("division", "article", "section"):
                upcoming.clear()
            upcoming[label.shape] = label
    return found[::-1]


def contents_warning(parts: Sequence[Part]) -> tuple[str, ...]:
    """The sentence that says where contents or an index were left out of the provisions."""
    runs: list[list[str]] = []
    inside = False
    for part in parts:
        if part.passage.block.contents and part.line:
            if inside:
                runs[-1].append(part.passage.block.place)
            else:
                runs.append([part.passage.block.place])
        inside = part.passage.block.contents
    if not runs:
        return ()
    where = [run[0] if run[0] == run[-1] else f"{run[0]} to {run[-1]}" for run in runs[:3]]
    more = f" and {len(runs) - 3} more places" if len(runs) > 3 else ""
    return (
        f"A table of contents or an index ({', '.join(where)}{more}) is shown with the text "
        "but was not read as provisions.",
    )
