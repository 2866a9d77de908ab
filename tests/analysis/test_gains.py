"""Gains: what adds to a promise is no limit on it, and a remedy that comes sooner is not lost."""

from __future__ import annotations

import pytest

from app.analysis.judging.judge import judge
from app.analysis.pipeline import Pipeline


def rules_of(ours: str, theirs: str, pipeline: Pipeline) -> set[tuple[str, str]]:
    return {(m.rule, m.direction) for m in judge(pipeline.read(ours), pipeline.read(theirs), pipeline)}


@pytest.mark.parametrize(
    ("added", "limits"),
    [
        ("for systems bought after the first of January", True),
        ("where the budget of the department allows it", True),
        ("or for a slower first draft", False),  # one more item
        ("with a copy to the steward and interest on late sums", False),  # something that workers get
        ("for each plan, and shall then answer every question", False),  # a duty of its own
    ],
)
def test_what_is_squeezed_in_limits_or_adds(added: str, limits: bool, pipeline: Pipeline) -> None:
    ours = "The Employer shall give the Union the complete plan, its costs and its tests before the meeting."
    theirs = f"The Employer shall give the Union the complete plan, its costs and its tests {added} before the meeting."
    assert (("words.limit_added", "weaker") in rules_of(ours, theirs, pipeline)) is limits


def test_a_grievance_that_goes_straight_to_arbitration_is_not_lost(pipeline: Pipeline) -> None:
    ours = "Disputes under this Article go to grievance and arbitration."
    gone = ("remedy.grievance", "weaker")
    assert gone not in rules_of(ours, "Disputes under this Article go straight to arbitration.", pipeline)
    assert gone in rules_of(ours, "Disputes under this Article go to the head of the department.", pipeline)


def test_a_shorter_time_that_burdens_workers_is_a_gain(pipeline: Pipeline) -> None:
    ours = "The Employer may suspend the account for no more than 72 hours."
    theirs = "The Employer may suspend the account for no more than 24 hours."
    assert ("quantity.period_shorter", "stronger") in rules_of(ours, theirs, pipeline)
    assert ("quantity.period_longer", "weaker") in rules_of(theirs, ours, pipeline)
