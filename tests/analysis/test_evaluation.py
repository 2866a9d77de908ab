"""The scores: shares with their intervals, confusion, families, topics; counted by hand here."""

from __future__ import annotations

import pytest

from app.analysis.evaluation import JudgedPair, JudgedPassage, Share, score_pairs, score_passages


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
    assert {name: (share.hits, share.of) for name, share in scores.families.items()} == {
        "carve_out_exception": (1, 1),
        "discretion": (1, 2),
    }
    assert scores.missed == ("weakened-equivalent", "equivalent-weakened")


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
    assert scores.f1 == pytest.approx(4 / 7)
    assert (scores.false_positives.hits, scores.false_positives.of) == (1, 2)
    assert (scores.obligation_accuracy.hits, scores.obligation_accuracy.of) == (1, 2)
    assert scores.obligation_macro_f1 == pytest.approx((2 / 3 + 0) / 2)
    assert scores.topics["fairness"] == (0, 2, 0)


def test_nothing_counted_is_no_error() -> None:
    assert score_pairs([]).accuracy.value == 0
    assert score_passages([]).f1 == 0
