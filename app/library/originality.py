"""Whether a text of ours shares long runs of words with somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SHARED = 11
"""Words in a row that two texts on the same subject may share by chance. Standard phrases of the trade, such as
"a grievance within 30 calendar days after the", are up to nine words; a copied sentence is longer."""

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class SharedRun:
    """Words that stand in a row in both texts."""

    words: str  # as ours has them, lower case
    length: int


class ForeignText:
    """Texts of others, ready to be held against ours."""

    def __init__(self, texts: Iterable[str], *, longest: int = LONGEST_SHARED) -> None:
        self._size = longest + 1
        self._runs: set[tuple[str, ...]] = set()
        for text in texts:
            self._runs.update(_runs(_words(text), self._size))

    def __bool__(self) -> bool:
        return bool(self._runs)

    def shared_with(self, text: str) -> tuple[SharedRun, ...]:
        """Every run in `text`, longer than admitted, that stands in the foreign texts too; as long as it goes."""
        words = _words(text)
        found: list[SharedRun] = []
        start, last = -1, -2
        for place, run in enumerate(_runs(words, self._size)):
            if run not in self._runs:
                continue
            if last != place - 1:
                found += self._run(words, start, last)
                start = place
            last = place
        return (*found, *self._run(words, start, last))

    def _run(self, words: list[str], start: int, last: int) -> list[SharedRun]:
        if start < 0:
            return []
        taken = words[start : last + self._size]
        return [SharedRun(" ".join(taken), len(taken))]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _runs(words: list[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + size]) for place in range(len(words) - size + 1)]
