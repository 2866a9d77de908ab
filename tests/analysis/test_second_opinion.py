"""Rules and second reader together: moves add up to the verdict, doubt is said, nothing disappears."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from app.analysis.compare import compare_texts
from app.analysis.judging.judge import judge, verdict_of
from app.analysis.learned.second_opinion import RULE, Opinion, weigh
from app.analysis.learned.weights import Weights, load_weights, log_odds, shares
from app.analysis.pipeline import Pipeline
from app.analysis.results import Residue

MODELS = Path(__file__).resolve().parents[2] / "models"
CORPUS = MODELS / "corpus"
Judged = tuple[str, str, Opinion, list[Residue]]


def development_pairs() -> list[tuple[str, str]]:
    briefs = tomllib.loads((CORPUS / "briefs.toml").read_text(encoding="utf-8"))
    pairs = []
    for name, brief in briefs.items():
        path = CORPUS / "pairs" / f"{name}.jsonl"
        if brief["split"] == "dev" and path.exists():
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            pairs += [(row["library_text"], row["employer_text"]) for row in rows]
    return pairs


@pytest.fixture(scope="module")
def judged(pipeline: Pipeline) -> list[Judged]:
    """Every pair of the development briefs, judged once."""
    return [(ours, theirs, *compare_texts(ours, theirs, pipeline)) for ours, theirs in development_pairs()]


def test_moves_add_up_to_the_verdict(judged: list[Judged]) -> None:
    for ours, theirs, opinion, _ in judged:
        assert verdict_of(list(opinion.moves)) == opinion.verdict, (ours, theirs)
        assert 0 <= opinion.confidence <= 1


def test_no_move_of_the_rules_is_taken_away(judged: list[Judged], pipeline: Pipeline) -> None:
    for ours, theirs, opinion, _ in judged:
        ruled = {move.rule for move in judge(pipeline.read(ours), pipeline.read(theirs), pipeline)}
        assert ruled <= {move.rule for move in opinion.moves}


def test_a_doubted_move_says_so_and_explains_no_word(judged: list[Judged]) -> None:
    doubted = 0
    for ours, _, opinion, residue in judged:
        for move in opinion.moves:
            if move.direction == "neutral" and move.draft and opinion.verdict == "equivalent":
                doubted += 1
                assert "unsure" in move.explanation
                assert any(entry.side == "draft" for entry in residue) or move.draft.text in ours
    assert doubted > 0


def test_a_move_of_the_second_reader_points_at_the_words_and_says_that_it_is_unsure(judged: list[Judged]) -> None:
    seen = 0
    for ours, theirs, opinion, _ in judged:
        for move in opinion.moves:
            if move.rule.startswith(RULE):
                seen += 1
                assert "unsure" in move.explanation
                assert move.library or move.draft
                assert move.library is None or ours[move.library.start : move.library.end] == move.library.text
                assert move.draft is None or theirs[move.draft.start : move.draft.end] == move.draft.text
    assert seen > 0


@pytest.mark.parametrize(("ours", "theirs"), [("", ""), ("The Employer shall pay.", ""), ("A b.", "a  B.")])
def test_with_nothing_to_weigh_the_rules_stand_alone(ours: str, theirs: str, pipeline: Pipeline) -> None:
    opinion = weigh(pipeline.read(ours), pipeline.read(theirs), [], pipeline)
    assert (opinion.verdict, opinion.confidence, opinion.unsure) == ("equivalent", 1.0, False)


def test_weights() -> None:
    weights: Weights = load_weights(MODELS / "second_reader" / "weights.toml")
    assert weights.verdict.shape == (3, 13)
    assert weights.obligation.shape == (4, 9)
    rule = max(weights.fired, key=lambda name: weights.fired[name][0]).rsplit(" ", 1)
    times, right, idle = weights.fired[" ".join(rule)]
    assert right + idle <= times
    assert weights.sure("no.such_rule", "weaker") == pytest.approx(weights.usual["weaker"])
    assert log_odds(0.5) == 0
    assert shares(np.array([0.0, 0.0])).tolist() == [0.5, 0.5]
