"""Two views of a text with tracked changes: as it now stands, and with every change rejected.

`passages` gives what a person sees in one of them, a passage for each visible paragraph, white space made plain.
A paragraph whose mark is deleted runs on into the next one; a table row that is deleted goes with its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.text.document import Block, ChangeKind, Comment, FormatChange, Note, TrackedChange

View = Literal["after", "before"]
_ABSENT: dict[View, tuple[ChangeKind, ...]] = {
    "after": ("deleted", "moved_away"),
    "before": ("inserted", "moved_here"),
}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """One visible paragraph. Offsets in all that is marked count in `text`."""

    text: str
    number: str
    block: Block  # the one whose style and place the paragraph has
    tracked: tuple[TrackedChange, ...] = ()
    comments: tuple[Comment, ...] = ()
    notes: tuple[Note, ...] = ()
    formatting: tuple[FormatChange, ...] = ()


def plain(text: str) -> str:
    """White space made single and soft marks removed, as every passage has it."""
    return " ".join(text.translate(_INVISIBLE).split())


def has_changes(blocks: Sequence[Block]) -> bool:
    """Whether any run or paragraph mark carries a tracked change."""
    return any(block.mark or any(run.change for run in block.runs) for block in blocks)


def passages(blocks: Sequence[Block], view: View) -> list[Passage]:
    """The visible paragraphs in one view. A passage without text only carries what was deleted there."""
    found: list[Passage] = []
    group: list[Block] = []
    for index, block in enumerate(blocks):
        group.append(block)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.mark in _ABSENT[view]:
            if following is not None and following.cell == block.cell:
                continue  # the mark is gone, so the words run on into the next paragraph
            if block.cell is not None:
                group = [_struck(member) for member in group]
        found.append(_passage(group, view))
        group = []
    return found


def _struck(block: Block) -> Block:
    """A cell of a deleted (or, looking back, an inserted) row: its words go with the row."""
    return replace(block, runs=tuple(replace(run, change=run.change or block.mark) for run in block.runs))


def _passage(group: Sequence[Block], view: View) -> Passage:
    simple = len(group) == 1 and all(run.change is None for run in group[0].runs)
    if simple and not (group[0].comments or group[0].notes or group[0].formatting):
        block = group[0]
        text = plain("".join(run.text for run in block.runs))
        return Passage(text, _number(block, view), block)
    raw, tracked = _visible(group, view)
    text, place = _plain_with_places(raw)
    shown = next((block for block in group if _has_text(block, view)), group[-1])
    comments: list[Comment] = []
    notes: list[Note] = []
    formatting: list[FormatChange] = []
    if view == "after":
        start = 0
        for block in group:
            for comment in block.comments:
                comments.append(replace(comment, start=place[start + comment.start], end=place[start + comment.end]))
            notes += [replace(note, start=place[start + note.start]) for note in block.notes]
            formatting += [
                replace(one, start=place[start + one.start], end=place[start + one.end]) for one in block.formatting
            ]
            start += sum(len(run.text) for run in block.runs if run.change not in _ABSENT[view])
        tracked = [replace(change, start=place[change.start], end=place[change.end]) for change in tracked]
    else:
        tracked = []
    number = _number(shown, view) or next((_number(block, view) for block in group if _number(block, view)), "")
    return Passage(text, number, shown, tuple(tracked), tuple(comments), tuple(notes), tuple(formatting))


def _number(block: Block, view: View) -> str:
    return " ".join((block.number if view == "after" else block.number_before).split())


def _has_text(block: Block, view: View) -> bool:
    return any(run.text.strip() and run.change not in _ABSENT[view] for run in block.runs)


def _visible(group: Sequence[Block], view: View) -> tuple[str, list[TrackedChange]]:
    """The visible words of merged blocks, and the changes among them, neighbours of one kind and hand joined."""
    parts: list[str] = []
    tracked: list[TrackedChange] = []
    length = 0
    for run in (run for block in group for run in block.runs):
        visible = run.change not in _ABSENT[view]
        start, length = length, length + (len(run.text) if visible else 0)
        if visible:
            parts.append(run.text)
        if run.change is None or not run.text:
            continue
        last = tracked[-1] if tracked else None
        if last and (last.kind, last.author, last.date, last.end) == (run.change, run.author, run.date, start):
            tracked[-1] = replace(last, text=last.text + run.text, end=length)
        else:
            tracked.append(TrackedChange(run.change, run.text, start, length, run.author, run.date))
    return "".join(parts), tracked


class _Places(list[int]):
    """Where each character of the raw text stands in the plain one; beyond the end, the end."""

    def __getitem__(self, index: int) -> int:  # type: ignore[override]
        return super().__getitem__(min(max(index, 0), len(self) - 1))


def _plain_with_places(raw: str) -> tuple[str, _Places]:
    if plain(raw) == raw:
        return raw, _Places(range(len(raw) + 1))
    text: list[str] = []
    places = _Places()
    gap = False
    for character in raw:
        if character.isspace():
            gap = bool(text)
            places.append(len(text))
            continue
        if ord(character) in _INVISIBLE:
            places.append(len(text))
            continue
        if gap:
            text.append(" ")
            gap = False
        places.append(len(text))
        text.append(character)
    places.append(len(text))
    return "".join(text), places
