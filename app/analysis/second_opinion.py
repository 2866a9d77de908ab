"""Weighs what the rules found in a pair of texts against what the second reader makes of it.

The rules name and explain; the second reader has seen many labelled pairs and knows none of the rules. Where it sees a
loss that no rule names, a move of its own says so and that it is unsure; where it takes for harmless what only a weak
rule calls a loss, the move stays but counts no longer. Nothing is taken away from what differs: words that only such a
move rests on are still listed as residue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.judge import verdict_of
from app.analysis.pipeline import Pipeline
from app.analysis.results import Direction, Move, Span
from app.analysis.undertakings import Reading
from app.analysis.weights import Weights, log_odds, log_shares, shares
from app.text.word_diff import diff_words

RULE = "second_reader"
"""Beginning of the rule id of moves that rest on the second reader alone."""

VERDICTS = ("weakened", "equivalent", "strengthened")
_NONE = -3.0  # log-odds where no rule fired
_CERTAIN = 0.8  # share of right ones from which a rule's loss stands whatever the second reader says
_DOUBT = " A second reading doubts it: read both."
_UNSURE_OF = {
    "weaker": "This reads like a loss in {family}; no rule names the words, so we are unsure: read both.",
    "stronger": "This reads like a gain in {family}; no rule names the words, so we are unsure: read both.",
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What rules and second reader together say; `confidence` is the probability of the verdict."""

    moves: tuple[Move, ...]
    verdict: str
    confidence: float
    unsure: bool  # whether the two disagree


def weigh(library: Reading, draft: Reading, moves: list[Move], pipeline: Pipeline) -> Opinion:
    """Say what a pair of texts amounts to.

    Args:
        library: the union's text.
        draft: the employer's.
        moves: what the rules found.
        pipeline: for the second reader and the weights.
    """
    by_rules = verdict_of(moves)
    if not library.text.strip() or not draft.text.strip() or _plain(library.text) == _plain(draft.text):
        return Opinion(tuple(moves), by_rules, 1.0, unsure=False)
    view = pipeline.second_reader.pairs([(library.text, draft.text)])[0]
    weights = pipeline.weights
    chances = shares(weights.verdict @ features(moves, view.verdict, weights))
    verdict = _decide(chances, weights)
    if verdict != "weakened" and _certain(moves, weights):
        verdict = "weakened"
    reader = VERDICTS[int(np.argmax(view.verdict))]
    unsure = verdict not in {by_rules, reader} or by_rules != reader
    said = dict(zip(pipeline.second_reader.families, 1 / (1 + np.exp(-view.families)), strict=True))
    settled = _settled(verdict, moves, said, library, draft, pipeline)
    return Opinion(tuple(settled), verdict, round(float(chances[VERDICTS.index(verdict)]), 3), unsure)


def features(moves: list[Move], view: NDArray[np.float32], weights: Weights) -> NDArray[np.float64]:
    """What the verdict is weighed from: the surest loss, the surest gain, the second reader, and a constant."""
    loss = max((log_odds(weights.sure(m.rule, "weaker")) for m in moves if m.direction == "weaker"), default=_NONE)
    gain = max((log_odds(weights.sure(m.rule, "stronger")) for m in moves if m.direction == "stronger"), default=_NONE)
    return np.array([loss, gain, *log_shares(view), 1.0])


def _decide(chances: NDArray[np.float64], weights: Weights) -> str:
    """Take the likeliest, but a loss from a lower probability on: one that nobody noticed is the worst error."""
    if chances[0] >= weights.weakened_from:
        return "weakened"
    return VERDICTS[1 + int(np.argmax(chances[1:]))]


def _certain(moves: list[Move], weights: Weights) -> bool:
    return any(
        move.direction == "weaker" and move.severity == "high" and weights.sure(move.rule, "weaker") >= _CERTAIN
        for move in moves
    )


def _settled(
    verdict: str, moves: list[Move], said: dict[str, float], library: Reading, draft: Reading, pipeline: Pipeline
) -> list[Move]:
    """Moves that add up to the verdict."""
    against: set[Direction] = {
        "weakened": set[Direction](),
        "equivalent": {"weaker", "stronger"},
        "strengthened": {"weaker"},
    }[verdict]  # type: ignore[assignment] # mypy joins the three to set[str]
    kept = [_doubted(move) if move.direction in against else move for move in moves]
    if verdict == "equivalent":
        return kept
    direction: Direction = "weaker" if verdict == "weakened" else "stronger"
    named = {move.family for move in kept if move.direction == direction}
    heavy = any(move.direction == direction and move.severity != "low" for move in kept)
    most = max(said, key=said.__getitem__)
    more = [family for family in said if family not in named and said[family] >= pipeline.weights.family_from]
    if not heavy and not more and most not in named:
        more = [most]
    if not heavy and not more:
        kept = [replace(m, severity="medium") if m.direction == direction and m.family in named else m for m in kept]
    ours, theirs = _changed(library.text, draft.text)
    for family in sorted(more, key=lambda name: -said[name])[:2]:
        text = _UNSURE_OF[direction].format(family=pipeline.patterns.families[family])
        kept.append(Move(family, f"{RULE}.{family}", direction, "low" if heavy else "medium", text, ours, theirs))
        heavy = True
    return kept


def _doubted(move: Move) -> Move:
    return replace(move, direction="neutral", severity="low", explanation=f"{move.explanation}{_DOUBT}")


def _changed(ours: str, theirs: str) -> tuple[Span | None, Span | None]:
    """The longest stretch that changed, on either side."""
    changes = [change for change in diff_words(ours, theirs) if change.kind != "equal"]
    if not changes:
        return None, None
    most = max(changes, key=lambda change: change.old_end - change.old_start + change.new_end - change.new_start)
    return _span(ours, most.old_start, most.old_end), _span(theirs, most.new_start, most.new_end)


def _span(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if not words.strip():
        return None
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start, end, text[start:end])


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
