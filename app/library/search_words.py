"""The words of a search: how they are read, how they are compared, and where in a text they stand.

Words are compared by their stems, made here and not in the database: SQLite and PostgreSQL then find the same
clauses, and what is marked on the page is what was found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_PHRASE = re.compile(r'["“”]([^"“”]*)["“”]')
_LONGEST = 60  # characters of a stem; no word is longer, and an index need not hold what is none
_MOST_TERMS = 12
_STEMMER = snowballstemmer.stemmer("english")
_ONE_AT_A_TIME = Lock()  # the stemmer keeps the word that it works on

_EVERYWHERE = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "by", "do", "does", "for", "from", "had", "has", "have"),
        *("how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "shall"),
        *("so", "than", "that", "the", "their", "them", "they", "this", "to", "us", "was", "we", "were", "what"),
        *("when", "where", "which", "who", "will", "with", "you", "your"),
    )
)
"""Words that stand in every clause; in a search they count only within quotation marks."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for: a word, or several words in a row."""

    shown: str  # as the person wrote it
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that was searched for; half-open, in characters of that text."""

    start: int
    end: int


def read_terms(words: str) -> tuple[Term, ...]:
    """What a person searches for: phrases in quotation marks, then single words, each once.

    Words that stand everywhere are left out unless there is nothing else.
    """
    terms: dict[tuple[str, ...], Term] = {}
    for phrase in _PHRASE.findall(words):
        stems = tuple(stems_of(phrase))
        if stems:
            terms.setdefault(stems, Term(" ".join(phrase.split()), stems))
    rest = [(match[0], stem_of(match[0])) for match in _WORD.finditer(_PHRASE.sub(" ", words))]
    rest = [(word, stem) for word, stem in rest if stem]
    telling = [(word, stem) for word, stem in rest if word.lower() not in _EVERYWHERE]
    for word, stem in telling or ([] if terms else rest):
        terms.setdefault((stem,), Term(word, (stem,)))
    return tuple(terms.values())[:_MOST_TERMS]


def stems_of(text: str) -> Iterator[str]:
    """The stems of a text in order; letters and digits only, so that every database takes each for one word."""
    for match in _WORD.finditer(text):
        stem = stem_of(match[0])
        if stem:
            yield stem


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of a word, without accents: "Négotiating" is "negoti"; "" where nothing is left."""
    lower = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    plain = re.sub(r"'s?\b|[^\w]|_", "", "".join(each for each in lower if not unicodedata.combining(each)))
    with _ONE_AT_A_TIME:
        return str(_STEMMER.stemWord(plain))[:_LONGEST]


def count_terms(stems: Sequence[str], present: frozenset[str], terms: Sequence[Term]) -> int:
    """How many of the terms stand in a text; `present` is the set of its `stems`."""
    return sum(
        present.issuperset(term.stems) and (len(term.stems) == 1 or any(True for _ in _places(stems, term.stems)))
        for term in terms
    )


def marks_in(text: str, terms: Sequence[Term]) -> tuple[Mark, ...]:
    """Where the terms stand in a text, in order; touching and overlapping stretches are one."""
    words = [(match.start(), match.end(), stem_of(match[0])) for match in _WORD.finditer(text)]
    words = [word for word in words if word[2]]
    stems = [stem for _, _, stem in words]
    found = [
        (words[place][0], words[place + len(term.stems) - 1][1])
        for term in terms
        for place in _places(stems, term.stems)
    ]
    marks: list[Mark] = []
    for start, end in sorted(found):
        if marks and start <= marks[-1].end:
            marks[-1] = Mark(marks[-1].start, max(end, marks[-1].end))
        else:
            marks.append(Mark(start, end))
    return tuple(marks)


def excerpt(text: str, marks: Sequence[Mark], *, longest: int = 320) -> tuple[int, int]:
    """The stretch of a long text that shows its first mark, cut between words; the whole of a short one."""
    if len(text) <= longest:
        return 0, len(text)
    first = marks[0].start if marks else 0
    start = max(0, min(first - longest // 3, len(text) - longest))
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + longest)
    if end < len(text):
        end = max(text.rfind(" ", start, end), max((mark.end for mark in marks[:1]), default=0))
    return start, end


def _places(stems: Sequence[str], wanted: tuple[str, ...]) -> Iterable[int]:
    size = len(wanted)
    return (place for place in range(len(stems) - size + 1) if tuple(stems[place : place + size]) == wanted)
