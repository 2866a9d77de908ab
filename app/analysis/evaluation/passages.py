"""Scores of topics and obligation on labelled passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.evaluation.figures import Share, Spread, confusion, f1, macro_f1, share_of, spread_of
from app.analysis.pipeline import Pipeline
from app.analysis.topics import obligation_of, topics_of

OBLIGATIONS = ("mandatory", "permissive", "hedged", "none")


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A labelled passage and what was said of it."""

    id: str
    topics: frozenset[str]
    found: frozenset[str]
    obligation: str
    read_as: str


@dataclass(frozen=True, slots=True)
class PassageScores:
    """What a set of passages says about topics and obligation."""

    rows: int
    precision: Share
    recall: Share
    f1: Spread
    false_positives: Share  # rows without topics that were given one
    obligation_accuracy: Share
    obligation_macro_f1: Spread
    obligation_confusion: dict[str, dict[str, int]]
    topics: dict[str, tuple[int, int, int]]  # hits, found, labelled
    missed: tuple[str, ...]  # ids whose topics differ from the label, the most wrong first

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "topic_precision": self.precision.as_json(),
            "topic_recall": self.recall.as_json(),
            "topic_micro_f1": self.f1.as_json(),
            "false_positives_without_topics": self.false_positives.as_json(),
            "obligation_accuracy": self.obligation_accuracy.as_json(),
            "obligation_macro_f1": self.obligation_macro_f1.as_json(),
            "obligation_confusion": self.obligation_confusion,
            "topics": {
                name: {"hits": hits, "found": found, "labelled": labelled, "f1": round(f1(hits, found, labelled), 4)}
                for name, (hits, found, labelled) in self.topics.items()
            },
        }


def judge_passage(row: dict[str, Any], pipeline: Pipeline) -> JudgedPassage:
    """Read one labelled passage; `row` has id, text, topics and obligation."""
    return JudgedPassage(
        str(row["id"]),
        frozenset(row["topics"]),
        frozenset(topics_of(row["text"], pipeline)),
        row["obligation"],
        obligation_of(row["text"], pipeline),
    )


def score_passages(judged: Sequence[JudgedPassage], *, obligation_everywhere: bool = False) -> PassageScores:
    """Count topics over all rows, obligation over those with topics.

    Args:
        judged: the rows.
        obligation_everywhere: whether the obligation of rows without topics was labelled by a reader too.
    """
    bound = [each for each in judged if each.topics or obligation_everywhere]
    hits = Counter(topic for passage in judged for topic in passage.topics & passage.found)
    found = Counter(topic for passage in judged for topic in passage.found)
    labelled = Counter(topic for passage in judged for topic in passage.topics)
    wrong = sorted((each for each in judged if each.topics != each.found), key=lambda e: -len(e.topics ^ e.found))
    return PassageScores(
        rows=len(judged),
        precision=Share(hits.total(), found.total()),
        recall=Share(hits.total(), labelled.total()),
        f1=spread_of(judged, _micro_f1),
        false_positives=share_of([each for each in judged if not each.topics], lambda each: bool(each.found)),
        obligation_accuracy=share_of(bound, lambda each: each.read_as == each.obligation),
        obligation_macro_f1=spread_of(bound, lambda rows: macro_f1([(each.obligation, each.read_as) for each in rows])),
        obligation_confusion=confusion(((each.obligation, each.read_as) for each in bound), OBLIGATIONS),
        topics={name: (hits[name], found[name], labelled[name]) for name in sorted(found | labelled)},
        missed=tuple(each.id for each in wrong),
    )


def _micro_f1(judged: Sequence[JudgedPassage]) -> float:
    hits = sum(len(each.topics & each.found) for each in judged)
    return f1(hits, sum(len(each.found) for each in judged), sum(len(each.topics) for each in judged))
