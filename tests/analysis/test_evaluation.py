"""The scores: shares with their intervals, confusion, families, topics; counted by hand here."""

from __future__ import annotations

import pytest

from app.analysis.evaluation.figures import Share, calibration_of, spread_of
from app.analysis.evaluation.pairs import JudgedPair, score_pairs
from app.analysis.evaluation.passages import JudgedPassage, score_passages


def pair(label: str, verdict: str, family: str = "discretion", *families: str) -> JudgedPair:
    return JudgedPair(f"{label}-{verdict}", label, family, verdict, frozenset(families))


def passage(topics: str, found: str, obligation: str = "mandatory", read_as: str = "mandatory") -> JudgedPassage:
    return JudgedPassage("p", frozenset(topics.split()), frozenset(found.split()), obligation, read_as)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 1, 0.2065, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_intervals(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=1e-4)


def test_pairs() -> None:
    scores = score_pairs(
        [
            pair("weakened", "weakened", "discretion", "discretion"),
            pair("weakened", "weakened", "carve_out_exception", "discretion"),
            pair("weakened", "equivalent", "discretion"),
            pair("equivalent", "weakened"),
            pair("equivalent", "equivalent"),
            pair("strengthened", "strengthened"),
        ]
    )
    assert (scores.accuracy.hits, scores.accuracy.of) == (4, 6)
    assert (scores.weakened_recall.hits, scores.weakened_recall.of) == (2, 3)
    assert (scores.false_alarms.hits, scores.false_alarms.of) == (1, 2)
    assert scores.strengthened_recognised.value == 1
    assert (scores.right_family.hits, scores.right_family.of) == (1, 3)
    assert scores.confusion["weakened"] == {"weakened": 2, "equivalent": 1, "strengthened": 0}
    recalls = {name: (each.recall.hits, each.recall.of) for name, each in scores.families.items()}
    assert recalls == {"carve_out_exception": (0, 1), "discretion": (1, 2)}
    assert (scores.families["discretion"].precision.hits, scores.families["discretion"].precision.of) == (1, 2)
    assert (scores.families["discretion"].weakened.hits, scores.families["discretion"].weakened.of) == (1, 2)
    assert scores.missed == ("weakened-equivalent", "equivalent-weakened")
    assert scores.verdict_f1.low <= scores.verdict_f1.value <= scores.verdict_f1.high


def test_calibration() -> None:
    calibration = calibration_of([(0.92, True), (0.94, False), (1.0, True), (0.55, True)])
    assert [(each.low, each.right.hits, each.right.of) for each in calibration.bins] == [
        (0.5, 1, 1),
        (0.9, 1, 2),
        (0.95, 1, 1),
    ]
    assert calibration.error == pytest.approx((0.45 + 2 * 0.43 + 0.0) / 4)


def test_a_spread_holds_its_figure_and_is_the_same_every_time() -> None:
    rows = [0, 1] * 20
    spread = spread_of(rows, lambda drawn: sum(drawn) / len(drawn))
    assert spread.value == 0.5
    assert 0.3 < spread.low < 0.5 < spread.high < 0.7
    assert spread == spread_of(rows, lambda drawn: sum(drawn) / len(drawn))


def test_passages_score_obligation_only_where_there_are_topics() -> None:
    scores = score_passages(
        [
            passage("disclosure retraining", "disclosure"),
            passage("monitoring", "monitoring fairness", "hedged", "mandatory"),
            passage("", "", "none", "mandatory"),
            passage("", "fairness", "none", "none"),
        ]
    )
    assert (scores.precision.hits, scores.precision.of) == (2, 4)
    assert (scores.recall.hits, scores.recall.of) == (2, 3)
    assert scores.f1.value == pytest.approx(4 / 7)
    assert (scores.false_positives.hits, scores.false_positives.of) == (1, 2)
    assert (scores.obligation_accuracy.hits, scores.obligation_accuracy.of) == (1, 2)
    assert scores.obligation_macro_f1.value == pytest.approx((2 / 3 + 0) / 2)
    assert scores.topics["fairness"] == (0, 2, 0)


def test_nothing_counted_is_no_error() -> None:
    assert score_pairs([]).accuracy.value == 0
    assert score_passages([]).f1.value == 0
