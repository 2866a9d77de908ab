"""Whether the rules alone can answer: nearly the same wording, with nothing changed but order, synonyms or numbers.

There the rules are surer than a reader that has seen mostly rewritten texts and understands little of numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.analysis.concepts import Concept, Concepts
from app.analysis.results import Move, Span
from app.analysis.undertakings import Reading

NEAR = 0.55
"""Share of words in common from which two texts count as nearly the same wording."""

_NUMBERS = "quantity."
_TURNING = re.compile(
    r"\b(?:not|no|nor|never|neither|none|only|unless|until|except|or|all|any|each|every|both|either|before|after|during"
    r"|while|may|shall|should|can|if|when|where)\b"
)
_SAME = (
    (re.compile(r"\b(?:will|must|agrees? to|is to|are to|(?:is|are) required to)\b"), "shall"),
    (re.compile(r"\bprior to\b|\bin advance of\b"), "before"),
    (re.compile(r"\bfollowing\b|\bsubsequent to\b"), "after"),
    (re.compile(r"\bnot (?:later|more) than\b|\bno (?:later|more) than\b"), "within"),
    (re.compile(r"\bno (?:fewer|less) than\b|\bnot (?:fewer|less) than\b"), "at least"),
    (re.compile(r"\b(?:each|every|all|any)\b"), "any"),
)


def rules_suffice(library: Reading, draft: Reading, moves: Sequence[Move], concepts: Concepts) -> bool:
    """Say whether nothing is left for the second reader.

    Args:
        library: the union's text.
        draft: the employer's, already known to be near in wording.
        moves: what the rules found.
        concepts: for what words mean.
    """
    if not accounted_for(library, draft, moves, concepts):
        return False
    if _turning(library.text) != _turning(draft.text):
        return False
    return all(move.rule.startswith(_NUMBERS) for move in moves) if moves else _figures(library) == _figures(draft)


def accounted_for(library: Reading, draft: Reading, moves: Sequence[Move], concepts: Concepts) -> bool:
    """Whether a move of the rules rests on every content word that only one of the texts has."""
    ours, theirs = _words(library, concepts), _words(draft, concepts)
    in_ours, in_theirs = {each.name for each in ours}, {each.name for each in theirs}
    lost = [each for each in ours if each.name not in in_theirs and not _within(each, [m.library for m in moves])]
    new = [each for each in theirs if each.name not in in_ours and not _within(each, [m.draft for m in moves])]
    return not lost and not new


def _words(reading: Reading, concepts: Concepts) -> list[Concept]:
    figures = {place for quantity in reading.quantities for place in range(quantity.start, quantity.end)}
    return [concept for concept in concepts.read(reading.text) if concept.start not in figures]


def _within(concept: Concept, spans: Sequence[Span | None]) -> bool:
    return any(span is not None and span.start <= concept.start < span.end for span in spans)


def _turning(text: str) -> Counter[str]:
    """Small words that can turn a sentence round, those that mean the same counted as one."""
    plain = " ".join(text.lower().split())
    for pattern, word in _SAME:
        plain = pattern.sub(word, plain)
    return Counter(_TURNING.findall(plain))


def _figures(reading: Reading) -> Counter[tuple[str, float]]:
    return Counter((quantity.unit, round(quantity.value, 1)) for quantity in reading.quantities)
