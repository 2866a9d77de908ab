"""What changed between two paragraphs, word by word.

The caller pairs the paragraphs. Words, spaces and marks are compared with difflib; then confetti is swept up: where
two changes are parted only by a short common word ("the", a comma), a person reads one change, so it becomes one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_Stretch = tuple[bool, int, int, int, int]
"""Whether the tokens are equal, and where they start and end in the old and the new list."""

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
    stretches: list[_Stretch] = [(kind == "equal", i, j, k, m) for kind, i, j, k, m in matcher.get_opcodes()]
    stretches = _merged(stretches, old_tokens, most_words=0)
    codes = _merged(stretches, old_tokens, most_words=1)
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


def _merged(stretches: list[_Stretch], tokens: list[str], *, most_words: int) -> list[_Stretch]:
    """Merge changes that only a little common text parts: at most so many short words."""
    merged: list[_Stretch] = []
    for index, (equal, i, j, k, m) in enumerate(stretches):
        between = 0 < index < len(stretches) - 1
        island = equal and between and _is_confetti(tokens[i:j], stretches[index - 1], stretches[index + 1], most_words)
        if merged and not merged[-1][0] and (island or not equal):
            merged[-1] = (False, merged[-1][1], j, merged[-1][3], m)
        else:
            merged.append((equal and not island, i, j, k, m))
    return merged


def _is_confetti(common: list[str], before: _Stretch, after: _Stretch, most_words: int) -> bool:
    """Whether common tokens between two changes are too little to read on their own."""
    words = [token for token in common if token[0].isalnum()]
    if not words:
        return all(token.isspace() for token in common) or most_words > 0
    return len(words) <= most_words and len(words[0]) <= 4 and min(_size(before), _size(after)) > 1


def _size(stretch: _Stretch) -> int:
    _, i, j, k, m = stretch
    return max(j - i, m - k)
