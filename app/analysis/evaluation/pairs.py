"""Scores of the judge on labelled pairs of a union's and an employer's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.compare import compare_texts
from app.analysis.evaluation.figures import (
    Calibration,
    Share,
    Spread,
    calibration_of,
    confusion,
    f1,
    share_of,
    spread_of,
)
from app.analysis.patterns import FAMILIES
from app.analysis.pipeline import Pipeline

VERDICTS = ("weakened", "equivalent", "strengthened")
_WORST = 20


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair and what the judge said of it."""

    id: str
    label: str
    family: str
    verdict: str
    families: frozenset[str]  # of the moves that make the text weaker
    also: frozenset[str] = frozenset()  # further families that the label accepts
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class FamilyScores:
    """How well one family is recognised among all pairs."""

    precision: Share  # of the pairs where it was named, those where it is labelled, first or beside
    recall: Share  # of the weakened pairs with it as main family, those where it was named
    weakened: Share  # of the same, those whose verdict is weakened at all

    @property
    def f1(self) -> float:
        precision, recall = self.precision.value, self.recall.value
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "precision": self.precision.as_json(),
            "recall": self.recall.as_json(),
            "f1": round(self.f1, 4),
            "weakened": self.weakened.as_json(),
        }


@dataclass(frozen=True, slots=True)
class PairScores:
    """What a set of pairs says about the judge."""

    rows: int
    accuracy: Share
    weakened_recall: Share
    false_alarms: Share  # equivalents called weakened
    strengthened_recognised: Share
    right_family: Share  # among the weakened: the labelled family is among the weaker moves
    verdict_f1: Spread  # mean over the three verdicts
    confusion: dict[str, dict[str, int]]  # label, then verdict
    families: dict[str, FamilyScores]
    calibration: Calibration
    missed: tuple[str, ...]  # ids whose verdict differs from the label, the surest errors first

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "verdict_accuracy": self.accuracy.as_json(),
            "weakened_recall": self.weakened_recall.as_json(),
            "false_alarms_on_equivalents": self.false_alarms.as_json(),
            "strengthened_recognised": self.strengthened_recognised.as_json(),
            "right_family_among_moves": self.right_family.as_json(),
            "verdict_macro_f1": self.verdict_f1.as_json(),
            "confusion": self.confusion,
            "families": {name: scores.as_json() for name, scores in self.families.items()},
            "calibration": self.calibration.as_json(),
            "worst": list(self.missed[:_WORST]),
            "wrong_verdicts": len(self.missed),
        }


def judge_row(row: dict[str, Any], pipeline: Pipeline) -> JudgedPair:
    """Judge one labelled pair; `row` has id, library_text, employer_text, label and family."""
    opinion, _ = compare_texts(row["library_text"], row["employer_text"], pipeline)
    return JudgedPair(
        id=str(row["id"]),
        label=row["label"],
        family=row.get("family", ""),
        verdict=opinion.verdict,
        families=frozenset(move.family for move in opinion.moves if move.direction == "weaker"),
        also=frozenset(row.get("also", ())),
        confidence=opinion.confidence,
    )


def score_pairs(judged: Sequence[JudgedPair]) -> PairScores:
    """Count; nothing is weighed or left out."""
    weakened = [pair for pair in judged if pair.label == "weakened"]
    wrong = sorted((pair for pair in judged if pair.verdict != pair.label), key=lambda pair: -pair.confidence)
    return PairScores(
        rows=len(judged),
        accuracy=share_of(judged, _is_right),
        weakened_recall=share_of(weakened, _is_weakened),
        false_alarms=share_of([pair for pair in judged if pair.label == "equivalent"], _is_weakened),
        strengthened_recognised=share_of([pair for pair in judged if pair.label == "strengthened"], _is_right),
        right_family=share_of(weakened, lambda pair: pair.family in pair.families),
        verdict_f1=spread_of(judged, _verdict_f1),
        confusion=confusion(((pair.label, pair.verdict) for pair in judged), VERDICTS),
        families={
            name: _family_scores(name, judged)
            for name in FAMILIES
            if any(pair.family == name or name in pair.families for pair in judged)
        },
        calibration=calibration_of([(pair.confidence, _is_right(pair)) for pair in judged]),
        missed=tuple(pair.id for pair in wrong),
    )


def _family_scores(name: str, judged: Sequence[JudgedPair]) -> FamilyScores:
    named = [pair for pair in judged if name in pair.families]
    labelled = [pair for pair in judged if pair.label == "weakened" and pair.family == name]
    return FamilyScores(
        precision=share_of(named, lambda pair: pair.label == "weakened" and name in {pair.family, *pair.also}),
        recall=share_of(labelled, lambda pair: name in pair.families),
        weakened=share_of(labelled, _is_weakened),
    )


def _verdict_f1(judged: Sequence[JudgedPair]) -> float:
    scores = []
    for name in VERDICTS:
        hits = sum(pair.label == name == pair.verdict for pair in judged)
        labelled = sum(pair.label == name for pair in judged)
        if labelled:
            scores.append(f1(hits, sum(pair.verdict == name for pair in judged), labelled))
    return sum(scores) / len(scores) if scores else 0.0


def _is_weakened(pair: JudgedPair) -> bool:
    return pair.verdict == "weakened"


def _is_right(pair: JudgedPair) -> bool:
    return pair.verdict == pair.label
