"""What changed between two paragraphs, word by word.

The caller pairs the paragraphs. Words, spaces and marks are compared with difflib; then confetti is swept up: where
two changes are parted only by a short common word ("the", a comma), a person reads one change, so it becomes one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\w+(?:[’'\-.]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of both texts; offsets are half-open, in characters of `old` and `new`."""

    kind: Literal["equal", "insert", "delete", "replace"]
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def diff_words(old: str, new: str) -> list[Change]:
    """Compare two paragraphs word by word.

    Args:
        old: The text before.
        new: The text after.

    Returns:
        Stretches in order that cover both texts without gap; applying the changes to `old` gives `new`.
    """
    if old == new:
        return [Change("equal", 0, len(old), 0, len(new))] if old else []
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, old_tokens, new_tokens, autojunk=False)
    codes = _swept(
        [list(code[1:]) for code in matcher.get_opcodes()], [code[0] for code in matcher.get_opcodes()], old_tokens
    )
    old_at, new_at = _starts(old_tokens), _starts(new_tokens)
    return [Change(_kind(equal, i, j, k, m), old_at[i], old_at[j], new_at[k], new_at[m]) for equal, i, j, k, m in codes]


def _starts(tokens: list[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _kind(equal: bool, i: int, j: int, k: int, m: int) -> Literal["equal", "insert", "delete", "replace"]:
    if equal:
        return "equal"
    if i == j:
        return "insert"
    return "delete" if k == m else "replace"


def _swept(spans: list[list[int]], kinds: list[str], tokens: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Merge changes that only a little common text parts."""
    merged: list[tuple[bool, int, int, int, int]] = []
    for index, (span, kind) in enumerate(zip(spans, kinds, strict=True)):
        i, j, k, m = span
        equal = kind == "equal"
        between = 0 < index < len(spans) - 1
        if equal and between and _is_confetti(tokens[i:j], spans[index - 1], spans[index + 1]):
            equal = False
        if merged and not equal and not merged[-1][0]:
            _, first_old, _, first_new, _ = merged[-1]
            merged[-1] = (False, first_old, j, first_new, m)
        else:
            merged.append((equal, i, j, k, m))
    return merged


def _is_confetti(common: list[str], before: list[int], after: list[int]) -> bool:
    """Whether common tokens between two changes are too little to read on their own."""
    words = [token for token in common if token[0].isalnum()]
    if not words:
        return True
    changed = min(_size(before), _size(after))
    return len(words) == 1 and len(words[0]) <= 4 and changed > 1


def _size(span: list[int]) -> int:
    i, j, k, m = span
    return max(j - i, m - k)
