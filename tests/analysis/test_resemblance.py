"""Which clauses a passage resembles."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.analysis.aligning.resemblance import MOST, THRESHOLD, ClauseIndex
from app.analysis.pipeline import load_pipeline
from app.analysis.results import ClauseText
from app.text.document import Provision

NOTICE = "The Employer shall give the Union written notice before it buys an automated system."
FUND = "The Employer shall pay into a joint training fund every January."


def clause(clause_id: str, *texts: str) -> ClauseText:
    provisions = tuple(Provision(str(n), text, 0, len(text)) for n, text in enumerate(texts, start=1))
    return ClauseText(clause_id, "1.0.0", "target", clause_id, "disclosure", provisions)


@pytest.fixture(scope="module")
def index() -> ClauseIndex:
    pipeline = load_pipeline(Path(__file__).resolve().parents[2] / "models")
    others = [clause(f"more-{n}", f"{NOTICE} It names the vendor {n}.") for n in range(MOST + 2)]
    texts = [clause("notice", NOTICE), clause("fund", "Trustees meet.", FUND), *others]
    return ClauseIndex(texts, pipeline.concepts, pipeline.second_reader)


def test_the_same_words_resemble_fully(index: ClauseIndex) -> None:
    first = index.resembled_by(NOTICE)[0]
    assert first.id == "notice"
    assert first.score == pytest.approx(1.0)


def test_the_best_provision_counts(index: ClauseIndex) -> None:
    assert index.resembled_by("Money goes into a joint fund for training each January.")[0].id == "fund"


def test_few_and_above_the_threshold(index: ClauseIndex) -> None:
    found = index.resembled_by(NOTICE)
    assert len(found) == MOST
    assert all(THRESHOLD <= each.score <= 1 for each in found)


@pytest.mark.parametrize("text", ["", "the of and", "Parking spaces are numbered."])
def test_nothing_alike_gives_nothing(index: ClauseIndex, text: str) -> None:
    assert index.resembled_by(text) == []
