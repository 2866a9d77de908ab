"""Scores of the comparison against labelled pairs and passages, each share with its Wilson interval."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.compare import compare_texts
from app.analysis.pipeline import Pipeline
from app.analysis.topics import obligation_of, topics_of

VERDICTS = ("weakened", "equivalent", "strengthened")
OBLIGATIONS = ("mandatory", "permissive", "hedged", "none")
_Z = 1.959964  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the 95 % interval that the true share lies in."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval; (0, 1) where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        share, square = self.value, _Z**2
        middle = share + square / (2 * self.of)
        reach = _Z * math.sqrt(share * (1 - share) / self.of + square / (4 * self.of**2))
        scale = 1 + square / self.of
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        return {
            "value": round(self.value, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "hits": self.hits,
            "of": self.of,
        }


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair and what the judge said of it."""

    id: str
    label: str
    family: str
    verdict: str
    families: frozenset[str]  # of the moves that point the way the label does


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A labelled passage and what was said of it."""

    id: str
    topics: frozenset[str]
    found: frozenset[str]
    obligation: str
    read_as: str


@dataclass(frozen=True, slots=True)
class PairScores:
    """What a set of pairs says about the judge."""

    rows: int
    accuracy: Share
    weakened_recall: Share
    false_alarms: Share  # equivalents called weakened
    strengthened_recognised: Share
    right_family: Share  # among the weakened: the labelled family is among the weaker moves
    confusion: dict[str, dict[str, int]]  # label, then verdict
    families: dict[str, Share]  # recall of weakened by labelled family
    missed: tuple[str, ...]  # ids whose verdict differs from the label

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "verdict_accuracy": self.accuracy.as_json(),
            "weakened_recall": self.weakened_recall.as_json(),
            "false_alarms_on_equivalents": self.false_alarms.as_json(),
            "strengthened_recognised": self.strengthened_recognised.as_json(),
            "right_family_among_moves": self.right_family.as_json(),
            "confusion": self.confusion,
            "recall_by_family": {name: share.as_json() for name, share in self.families.items()},
            "wrong_verdicts": list(self.missed),
        }


@dataclass(frozen=True, slots=True)
class PassageScores:
    """What a set of passages says about topics and obligation."""

    rows: int
    precision: Share
    recall: Share
    f1: float
    false_positives: Share  # rows without topics that were given one
    obligation_accuracy: Share  # on rows with topics only: the others were labelled by rule
    obligation_macro_f1: float
    obligation_confusion: dict[str, dict[str, int]]
    topics: dict[str, tuple[int, int, int]]  # hits, found, labelled

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "topic_precision": self.precision.as_json(),
            "topic_recall": self.recall.as_json(),
            "topic_micro_f1": round(self.f1, 4),
            "false_positives_without_topics": self.false_positives.as_json(),
            "obligation_accuracy": self.obligation_accuracy.as_json(),
            "obligation_macro_f1": round(self.obligation_macro_f1, 4),
            "obligation_confusion": self.obligation_confusion,
            "topics": {
                name: {"hits": hits, "found": found, "labelled": labelled}
                for name, (hits, found, labelled) in self.topics.items()
            },
        }


def judge_pair(row: dict[str, Any], pipeline: Pipeline) -> JudgedPair:
    """Judge one labelled pair; `row` has id, library_text, employer_text, label and family."""
    opinion, _ = compare_texts(row["library_text"], row["employer_text"], pipeline)
    families = frozenset(move.family for move in opinion.moves if move.direction == "weaker")
    return JudgedPair(str(row["id"]), row["label"], row.get("family", ""), opinion.verdict, families)


def judge_passage(row: dict[str, Any], pipeline: Pipeline) -> JudgedPassage:
    """Read one labelled passage; `row` has id, text, topics and obligation."""
    return JudgedPassage(
        str(row["id"]),
        frozenset(row["topics"]),
        frozenset(topics_of(row["text"], pipeline)),
        row["obligation"],
        obligation_of(row["text"], pipeline),
    )


def score_pairs(judged: Sequence[JudgedPair]) -> PairScores:
    """Count; nothing is weighed or left out."""
    weakened = [pair for pair in judged if pair.label == "weakened"]
    families: dict[str, list[JudgedPair]] = defaultdict(list)
    for pair in weakened:
        families[pair.family].append(pair)
    return PairScores(
        rows=len(judged),
        accuracy=_share(judged, lambda pair: pair.verdict == pair.label),
        weakened_recall=_share(weakened, _is_weakened),
        false_alarms=_share([pair for pair in judged if pair.label == "equivalent"], _is_weakened),
        strengthened_recognised=_share(
            [pair for pair in judged if pair.label == "strengthened"], lambda pair: pair.verdict == "strengthened"
        ),
        right_family=_share(weakened, lambda pair: pair.family in pair.families),
        confusion=_confusion(((pair.label, pair.verdict) for pair in judged), VERDICTS),
        families={name: _share(families[name], _is_weakened) for name in sorted(families)},
        missed=tuple(pair.id for pair in judged if pair.verdict != pair.label),
    )


def score_passages(judged: Sequence[JudgedPassage]) -> PassageScores:
    """Count topics over all rows, obligation over those with topics."""
    on_topic = [passage for passage in judged if passage.topics]
    hits = Counter(topic for passage in judged for topic in passage.topics & passage.found)
    found = Counter(topic for passage in judged for topic in passage.found)
    labelled = Counter(topic for passage in judged for topic in passage.topics)
    precision = Share(hits.total(), found.total())
    recall = Share(hits.total(), labelled.total())
    return PassageScores(
        rows=len(judged),
        precision=precision,
        recall=recall,
        f1=_f1(hits.total(), found.total(), labelled.total()),
        false_positives=_share([each for each in judged if not each.topics], lambda each: bool(each.found)),
        obligation_accuracy=_share(on_topic, lambda each: each.read_as == each.obligation),
        obligation_macro_f1=_macro_f1([(each.obligation, each.read_as) for each in on_topic]),
        obligation_confusion=_confusion(((each.obligation, each.read_as) for each in on_topic), OBLIGATIONS),
        topics={name: (hits[name], found[name], labelled[name]) for name in sorted(found | labelled)},
    )


def _is_weakened(pair: JudgedPair) -> bool:
    return pair.verdict == "weakened"


def _share(rows: Sequence[Any], hit: Callable[[Any], bool]) -> Share:
    return Share(sum(1 for row in rows if hit(row)), len(rows))


def _confusion(pairs: Iterable[tuple[str, str]], names: Sequence[str]) -> dict[str, dict[str, int]]:
    counts = Counter(pairs)
    return {label: {said: counts[label, said] for said in names} for label in names}


def _f1(hits: int, found: int, labelled: int) -> float:
    return 2 * hits / (found + labelled) if found + labelled else 0.0


def _macro_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Mean F1 over the labels that occur."""
    hits = Counter(label for label, said in pairs if label == said)
    found = Counter(said for _, said in pairs)
    labelled = Counter(label for label, _ in pairs)
    return sum(_f1(hits[name], found[name], labelled[name]) for name in labelled) / len(labelled) if labelled else 0.0
