"""What changed between two sequences of words, so that a person can read it.

The longest common sequence comes first. Then confetti is swept up: where two changes are parted only by a space, a
comma or one short common word, a person reads one change, so it becomes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Indel

from app.word.redline.tokens import SPECIAL

Stretch = tuple[bool, int, int, int, int]
"""Whether the words are equal, and where they start and end on the old and the new side."""

_LARGEST: Final = 60_000_000
"""Pairs of words to weigh; two longer stretches are taken as replaced."""
_SHORT: Final = 4
_KEPT_AT_LEAST: Final = 0.2


def compare(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Compare the keys of two sequences of tokens; the stretches cover both without gap, equal and changed in turn."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end_old, end_new = len(old), len(new)
    while end_old > start and end_new > start and old[end_old - 1] == new[end_new - 1]:
        end_old, end_new = end_old - 1, end_new - 1
    stretches: list[Stretch] = [(True, 0, start, 0, start)] if start else []
    stretches += _middle(old[start:end_old], new[start:end_new], start)
    if end_old < len(old):
        stretches.append((True, end_old, len(old), end_new, len(new)))
    joined = _joined(stretches)
    for most_words in (0, 1):
        joined = _swept(joined, old, most_words=most_words)
    return _whole_if_little_is_left(_trimmed(joined, old, new), old)


def _middle(old: Sequence[str], new: Sequence[str], start: int) -> list[Stretch]:
    if not old and not new:
        return []
    if not old or not new or len(old) * len(new) > _LARGEST:
        return [(False, start, start + len(old), start, start + len(new))]
    found: list[Stretch] = []
    for code in Indel.opcodes(old, new):
        i, j, k, m = code.src_start, code.src_end, code.dest_start, code.dest_end
        found.append((code.tag == "equal", start + i, start + j, start + k, start + m))
    return found


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for equal, i, j, k, m in stretches:
        if joined and joined[-1][0] == equal:
            joined[-1] = (equal, joined[-1][1], j, joined[-1][3], m)
        else:
            joined.append((equal, i, j, k, m))
    return joined


def _swept(stretches: list[Stretch], words: Sequence[str], *, most_words: int) -> list[Stretch]:
    swept: list[Stretch] = []
    for index, (equal, i, j, k, m) in enumerate(stretches):
        between = 0 < index < len(stretches) - 1
        little = equal and between and _is_confetti(words[i:j], swept[-1], stretches[index + 1], most_words)
        if swept and not swept[-1][0] and (little or not equal):
            swept[-1] = (False, swept[-1][1], j, swept[-1][3], m)
        else:
            swept.append((equal, i, j, k, m))
    return swept


def _trimmed(stretches: list[Stretch], old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """The same with what a change has in common at its ends, such as a space, left to its neighbours."""
    trimmed: list[Stretch] = []
    for equal, i, j, k, m in stretches:
        if equal:
            trimmed.append((True, i, j, k, m))
            continue
        a, b, c, d = i, j, k, m
        while a < b and c < d and old[a] == new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
        trimmed += [(True, i, a, k, c)] if a > i else []
        trimmed += [(False, a, b, c, d)] if b > a or d > c else []
        trimmed += [(True, b, j, d, m)] if j > b else []
    return _joined(trimmed)


def _is_confetti(common: Sequence[str], before: Stretch, after: Stretch, most_words: int) -> bool:
    """Whether common words between two changes are too few to read on their own."""
    if any(word.startswith(SPECIAL) for word in common):
        return False
    letters = [word for word in common if word[:1].isalnum()]
    if not letters:
        return all(word.isspace() for word in common) or (most_words > 0 and _sides(before, after))
    return len(letters) <= most_words and len(letters[0]) <= _SHORT and _sides(before, after)


def _sides(before: Stretch, after: Stretch) -> bool:
    """Whether the changes on both sides are more than a lone word put in or left out."""
    return min(_size(before), _size(after)) > 1 or (_is_replaced(before) and _is_replaced(after))


def _is_replaced(stretch: Stretch) -> bool:
    _, i, j, k, m = stretch
    return j > i and m > k


def _size(stretch: Stretch) -> int:
    _, i, j, k, m = stretch
    return max(j - i, m - k)


def _whole_if_little_is_left(stretches: list[Stretch], old: Sequence[str]) -> list[Stretch]:
    """One change in place of many where only scraps are common; never across a paragraph mark or a thing."""
    if len(stretches) < 4 or any(word.startswith(SPECIAL) for word in old):
        return stretches
    end = stretches[-1]
    kept = sum(j - i for equal, i, j, _, _ in stretches if equal)
    if kept >= _KEPT_AT_LEAST * max(end[2], end[4]):
        return stretches
    return [(False, 0, end[2], 0, end[4])]
