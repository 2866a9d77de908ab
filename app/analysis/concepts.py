"""Words reduced to what they mean, so that rewording is not taken for a change.

A concept is a stem, or the name of a group of synonyms from `models/patterns/concepts.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import snowballstemmer

from app.analysis.patterns import Patterns

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|[$£€]\s?\d[\d,.]*")
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Concept:
    """One content word and what it stands for; offsets in the text it was read from."""

    name: str
    start: int
    end: int


class Concepts:
    """Turns text into concepts with one set of synonyms."""

    def __init__(self, patterns: Patterns) -> None:
        self._stop = patterns.stop
        phrases = sorted(patterns.phrases, key=len, reverse=True)
        self._phrases = {phrase: target.split() for phrase, target in patterns.phrases.items()}
        spaced = [re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases]
        self._phrase = re.compile(r"\b(?:" + "|".join(spaced) + r")\b", re.IGNORECASE) if spaced else None
        self._group = {stem(word): name for word, name in patterns.groups.items()}
        self.kept: dict[tuple[str, ...], Any] = {}  # what was made of whole texts; `aligning.likeness` fills it

    def read(self, text: str) -> list[Concept]:
        """Return the content words of `text` in order, stop words left out."""
        found: list[Concept] = []
        position = 0
        for match in self._phrase.finditer(text) if self._phrase else ():
            self._add_words(found, text, position, match.start())
            words = self._phrases[" ".join(match[0].lower().split())]
            found += [Concept(self._name(word), match.start(), match.end()) for word in words if word not in self._stop]
            position = match.end()
        self._add_words(found, text, position, len(text))
        return found

    def names(self, text: str) -> set[str]:
        """Return the concepts of `text` without order or place."""
        return {concept.name for concept in self.read(text)}

    def _add_words(self, found: list[Concept], text: str, start: int, end: int) -> None:
        for match in _WORD.finditer(text, start, end):
            word = match[0].lower().replace("’", "'")
            word = word.removesuffix("'s").removesuffix("'")
            if word and word not in self._stop:
                found.append(Concept(self._name(word), match.start(), match.end()))

    def _name(self, word: str) -> str:
        stemmed = stem(word)
        return self._group.get(stemmed, stemmed)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the English stem of one lower-case word (Porter 2)."""
    return str(_STEMMER.stemWord(word))
