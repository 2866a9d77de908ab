"""The regression gate: figures on the development briefs of the corpus never fall below `floors_corpus.toml`.

Raise a floor when the pipeline learns something; never lower one. The unseen briefs are measured by `make evaluate`
alone, so that nobody is tempted to look at them when this fails.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, Literal

import pytest

from app.analysis.evaluation.pairs import PairScores, judge_row, score_pairs
from app.analysis.evaluation.passages import PassageScores, judge_passage, score_passages
from app.analysis.pipeline import Pipeline
from app.commands.corpus import SPLITS, briefs_of, corpus_rows
from app.commands.jsonl import Row

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "models" / "corpus"
FLOORS: dict[str, Any] = tomllib.loads((HERE / "floors_corpus.toml").read_text(encoding="utf-8"))


def everything(kind: Literal["pairs", "passages"]) -> list[Row]:
    return [row for split in SPLITS for row in corpus_rows(CORPUS, kind, split)]


@pytest.fixture(scope="module")
def pairs(pipeline: Pipeline) -> PairScores:
    return score_pairs([judge_row(row, pipeline) for row in corpus_rows(CORPUS, "pairs", "dev")])


@pytest.fixture(scope="module")
def passages(pipeline: Pipeline) -> PassageScores:
    rows = corpus_rows(CORPUS, "passages", "dev")
    return score_passages([judge_passage(row, pipeline) for row in rows], obligation_everywhere=True)


def test_pairs(pairs: PairScores) -> None:
    floor = FLOORS["pairs"]
    assert pairs.accuracy.value >= floor["verdict_accuracy"]
    assert pairs.weakened_recall.value >= floor["recall_of_weakened"]
    assert pairs.false_alarms.value <= floor["false_alarms_at_most"]
    assert pairs.strengthened_recognised.value >= floor["strengthened_recognised"]
    assert pairs.right_family.value >= floor["right_family"]
    assert pairs.calibration.error <= floor["calibration_error_at_most"]


@pytest.mark.parametrize("family", sorted(FLOORS["families"]))
def test_families(family: str, pairs: PairScores) -> None:
    floor = FLOORS["families"][family]
    assert pairs.families[family].recall.value >= floor["recall"]
    assert pairs.families[family].precision.value >= floor["precision"]


def test_passages(passages: PassageScores) -> None:
    floor = FLOORS["passages"]
    assert passages.f1.value >= floor["topic_f1"]
    assert passages.false_positives.value <= floor["false_positives_at_most"]
    assert passages.obligation_macro_f1.value >= floor["obligation_macro_f1"]


def test_the_corpus_is_as_large_as_the_card_says() -> None:
    """Two thousand pairs, a thousand passages, in splits by brief; no file without a brief."""
    assert len(everything("pairs")) >= 2000
    assert len(everything("passages")) >= 1000
    for split in SPLITS:
        assert len(corpus_rows(CORPUS, "pairs", split)) >= 300
        assert len(corpus_rows(CORPUS, "passages", split)) >= 100
    named = [name for split in SPLITS for name in briefs_of(CORPUS, split)]
    assert len(named) == len(set(named))
    assert {path.stem for kind in ("pairs", "passages") for path in (CORPUS / kind).glob("*.jsonl")} == set(named)


def test_no_row_stands_twice() -> None:
    """A text on both sides of a split would make the figures too good."""
    texts = [(row["library_text"], row["employer_text"]) for row in everything("pairs")]
    assert len(texts) == len(set(texts))
    passages = [row["text"] for row in everything("passages")]
    assert len(passages) == len(set(passages))


def test_a_fifth_was_labelled_twice_and_the_labels_agree() -> None:
    """What `models/corpus/README.md` says of the second labels."""
    rows = {str(row["id"]): row for row in [*everything("pairs"), *everything("passages")]}
    second = [json.loads(line) for line in (CORPUS / "second_labels.jsonl").read_text(encoding="utf-8").splitlines()]
    pairs = [(rows[each["id"]], each) for each in second if "label" in each]
    passages = [(rows[each["id"]], each) for each in second if "topics" in each]
    assert len(pairs) * 5 >= len(everything("pairs"))
    assert len(passages) * 5 >= len(everything("passages"))
    assert sum(one["label"] == other["label"] for one, other in pairs) / len(pairs) >= 0.99
    lost = [(one, other) for one, other in pairs if one["label"] == other["label"] == "weakened"]
    accepted = [other["family"] in {one["family"], *one["also"]} for one, other in lost]
    assert sum(accepted) / len(accepted) >= 0.94
    assert sum(one["obligation"] == other["obligation"] for one, other in passages) / len(passages) >= 0.98
    hits = sum(len(set(one["topics"]) & set(other["topics"])) for one, other in passages)
    assert 2 * hits / sum(len(one["topics"]) + len(other["topics"]) for one, other in passages) >= 0.89
