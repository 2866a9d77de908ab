"""Weighs what the rules found in a pair of texts against what the second reader makes of it.

The rules name and explain; the second reader has seen many labelled pairs and knows none of the rules. Where it sees a
loss that no rule names, a move of its own says so and that it is unsure; where it takes for harmless what only a weak
rule calls a loss, the move stays but counts no longer. Nothing is taken away from what differs: words that only such a
move rests on are still listed as residue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.analysis.judging.judge import verdict_of
from app.analysis.learned.sufficient import NEAR, accounted_for, rules_suffice
from app.analysis.learned.weights import Weights, log_odds, log_shares, shares
from app.analysis.pipeline import Pipeline
from app.analysis.results import Direction, Move, Span
from app.analysis.undertakings import Reading
from app.analysis.wording import short
from app.text.word_diff import diff_words

RULE = "second_reader"
"""Beginning of the rule id of moves that rest on the second reader alone."""

VERDICTS = ("weakened", "equivalent", "strengthened")
_NUMBERS = ("quantity.", "timing.")
_NONE = -3.0  # log-odds where no rule fired
_MOST_ADDED = 2
_MOSTLY_RIGHT = 0.6
_TRUSTED = 0.7  # share of right ones from which a rule's word is set against the second reader's
_QUOTED = 80  # characters of a changed stretch; both texts are shown beside it
_DOUBT = " It may be harmless. We are unsure: read both."
_UNSURE_OF = {
    "weaker": "{change}, and you may be worse off in {family}. We are unsure: read both.",
    "stronger": "{change}, and you may be better off in {family}. We are unsure: read both.",
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What rules and second reader together say; `confidence` is the probability of the verdict."""

    moves: tuple[Move, ...]
    verdict: str
    confidence: float
    unsure: bool  # whether a trusted rule and the second reader disagree


def weigh(library: Reading, draft: Reading, moves: list[Move], pipeline: Pipeline) -> Opinion:
    """Say what a pair of texts amounts to.

    Args:
        library: the union's text.
        draft: the employer's.
        moves: what the rules found.
        pipeline: for the second reader and the weights.
    """
    if not library.text.strip() or not draft.text.strip() or _plain(library.text) == _plain(draft.text):
        return Opinion(tuple(moves), verdict_of(moves), 1.0, unsure=False)
    weights = pipeline.weights
    near = nearness(library.text, draft.text)
    if near >= NEAR and rules_suffice(library, draft, moves, pipeline.concepts):
        return Opinion(tuple(moves), verdict_of(moves), _sure_of(moves, weights), unsure=False)
    view = pipeline.second_reader.pair(library.text, draft.text)
    chances = shares(weights.verdict @ features(moves, view.verdict, near, weights))
    verdict = _decide(chances, weights)
    if near >= NEAR and _plainly_lost(moves, weights) and accounted_for(library, draft, moves, pipeline.concepts):
        verdict = "weakened"  # a word or two were put in, and a rule knows each of them
    reader = VERDICTS[int(np.argmax(view.verdict))]
    trusted = [
        move for move in moves if move.direction != "neutral" and weights.sure(move.rule, move.direction) >= _TRUSTED
    ]
    unsure = bool(trusted) and verdict_of(trusted) != reader
    said = dict(zip(pipeline.second_reader.families, 1 / (1 + np.exp(-view.families)), strict=True))
    settled = _without(verdict, moves)
    if verdict != "equivalent":
        direction: Direction = "weaker" if verdict == "weakened" else "stronger"
        settled += _added(settled, direction, said, (library.text, draft.text), pipeline)
        settled = _heavy(settled, direction)
    return Opinion(tuple(settled), verdict, round(float(chances[VERDICTS.index(verdict)]), 3), unsure)


def _sure_of(moves: list[Move], weights: Weights) -> float:
    """How often the rules that decide were right; equal words in another order are the same for sure."""
    verdict = verdict_of(moves)
    if verdict == "equivalent":
        return 0.95
    direction: Literal["weaker", "stronger"] = "weaker" if verdict == "weakened" else "stronger"
    return round(max(weights.sure(move.rule, direction) for move in moves if move.direction == direction), 3)


def features(moves: list[Move], view: NDArray[np.float32], near: float, weights: Weights) -> NDArray[np.float64]:
    """What the verdict is weighed from.

    Args:
        moves: what the rules found.
        view: the second reader's three scores.
        near: how much of the wording is the same, from 0 to 1: rules are surer where little was reworded.
        weights: for how often each rule is right.

    Returns:
        Log-odds of the surest loss and of the surest gain that a rule names, the same by rules that read numbers and
        time, of which the second reader understands little, all four again by nearness, nearness itself, the second
        reader's three log-probabilities, and a constant.
    """
    numbers = [move for move in moves if move.rule.startswith(_NUMBERS)]
    found = [_surest(some, direction, weights) for some in (moves, numbers) for direction in ("weaker", "stronger")]
    return np.array([*found, *((each - _NONE) * near for each in found), near, *log_shares(view), 1.0])


def nearness(ours: str, theirs: str) -> float:
    """The share of words that two texts have in common, in the same order."""
    return SequenceMatcher(None, ours.lower().split(), theirs.lower().split(), autojunk=False).ratio()


def _surest(moves: list[Move], direction: Literal["weaker", "stronger"], weights: Weights) -> float:
    sure = [weights.sure(move.rule, direction) for move in moves if move.direction == direction]
    return log_odds(max(sure)) if sure else _NONE


def _decide(chances: NDArray[np.float64], weights: Weights) -> str:
    """Take the likeliest, but a loss from a lower probability on: one that nobody noticed is the worst error."""
    if chances[0] >= weights.weakened_from:
        return "weakened"
    return VERDICTS[1 + int(np.argmax(chances[1:]))]


def _plainly_lost(moves: list[Move], weights: Weights) -> bool:
    """Whether a rule that is mostly right names a grave loss, and none names a gain."""
    return not any(move.direction == "stronger" for move in moves) and any(
        move.direction == "weaker" and move.severity == "high" and weights.sure(move.rule, "weaker") >= _MOSTLY_RIGHT
        for move in moves
    )


def _without(verdict: str, moves: list[Move]) -> list[Move]:
    """Moves that speak against the verdict stay to be read, but count no longer."""
    against: dict[str, tuple[Direction, ...]] = {"equivalent": ("weaker", "stronger"), "strengthened": ("weaker",)}
    return [_doubted(move) if move.direction in against.get(verdict, ()) else move for move in moves]


def _added(
    moves: list[Move], direction: Direction, said: dict[str, float], texts: tuple[str, str], pipeline: Pipeline
) -> list[Move]:
    """Moves for the respects that no rule named and of which the second reader is sure enough: two at the most."""
    named = {move.family for move in moves if move.direction == direction}
    more = sorted((name for name in said if name not in named), key=lambda name: -said[name])
    sure = [name for name in more if said[name] >= pipeline.weights.family_from][:_MOST_ADDED]
    if not named and not sure:
        sure = more[:1]
    ours, theirs = _changed(*texts) if sure else (None, None)
    change = _change_in_words(ours, theirs)
    return [
        Move(
            family=name,
            rule=f"{RULE}.{name}",
            direction=direction,
            severity="low",
            explanation=_UNSURE_OF[direction].format(change=change, family=pipeline.patterns.families[name]),
            library=ours,
            draft=theirs,
        )
        for name in sure
    ]


def _heavy(moves: list[Move], direction: Direction) -> list[Move]:
    """See to it that one move carries the verdict: the first of its direction, where all of them are slight."""
    there = [move for move in moves if move.direction == direction]
    if not there or any(move.severity != "low" for move in there):
        return moves
    return [replace(move, severity="medium") if move is there[0] else move for move in moves]


def _doubted(move: Move) -> Move:
    return replace(move, direction="neutral", severity="low", explanation=f"{move.explanation}{_DOUBT}")


def _changed(ours: str, theirs: str) -> tuple[Span | None, Span | None]:
    """The longest stretch that changed, on either side."""
    changes = [change for change in diff_words(ours, theirs) if change.kind != "equal"]
    if not changes:
        return None, None
    most = max(changes, key=lambda change: change.old_end - change.old_start + change.new_end - change.new_start)
    return _span(ours, most.old_start, most.old_end), _span(theirs, most.new_start, most.new_end)


def _change_in_words(ours: Span | None, theirs: Span | None) -> str:
    """Name the change, so that a reader knows which words to look at."""
    old, new = (short(span.text, _QUOTED).strip(" ,;:.") if span else "" for span in (ours, theirs))
    if old and new:
        return f"“{old}” became “{new}”"
    return f"“{old}” is gone" if old else f"“{new}” is new" if new else "The wording differs"


def _span(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if not words.strip():
        return None
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start, end, text[start:end])


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
