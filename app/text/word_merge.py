"""Bringing two changes of one paragraph together: what each side changed alone is taken from that side."""

from __future__ import annotations

from dataclasses import dataclass

from app.text.word_diff import diff_words


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words that take the place of base[start:end]."""

    start: int
    end: int
    words: str


def merge_words(base: str, ours: str, theirs: str) -> str | None:
    """Both changes of `base` in one text, or None where they touch the same words and a person has to choose.

    Changes that stand directly beside each other count as touching: words that depend on each other stand together.
    """
    edits = {*_edits(base, ours), *_edits(base, theirs)}  # what both sides changed alike is one change
    merged: list[str] = []
    at = 0
    before: _Edit | None = None
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if before is not None and edit.start <= before.end:
            return None
        merged.extend((base[at : edit.start], edit.words))
        at, before = edit.end, edit
    return "".join([*merged, base[at:]])


def _edits(base: str, text: str) -> list[_Edit]:
    return [
        _Edit(each.old_start, each.old_end, text[each.new_start : each.new_end])
        for each in diff_words(base, text)
        if each.kind != "equal"
    ]
