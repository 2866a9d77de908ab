"""Same words, not a weakening: the twelve traps that fooled keyword readers, each beside the loss that it looks like.

Source: PRECEDENTS d.10. The rules alone are asked here, so that a newly trained second reader changes nothing.
"""

from __future__ import annotations

import pytest

from app.analysis.compare import compare_texts
from app.analysis.judging.judge import judge, verdict_of
from app.analysis.pipeline import Pipeline

WEAKENED, STRENGTHENED, EQUIVALENT = "weakened", "strengthened", "equivalent"


def verdict(union: str, employer: str, pipeline: Pipeline) -> str:
    return verdict_of(judge(pipeline.read(union), pipeline.read(employer), pipeline))


PAIRS = [
    # solely: it limits the use of data, and it narrows what is automated
    ("solely", "The City may use footage from buses.",
     "The City may use footage from buses solely for the investigation of accidents.", {STRENGTHENED, EQUIVALENT}),
    ("solely", "No automated decision shall be made about discipline.",
     "No solely automated decision shall be made about discipline.", {WEAKENED}),
    # may: a right of the union, a choice of the employer
    ("may", "The Employer shall keep a log.", "The Employer shall keep a log, and the Union may inspect it.",
     {STRENGTHENED, EQUIVALENT}),
    ("may", "The Employer shall keep a log.", "The Employer may keep a log.", {WEAKENED}),
    # sole discretion: of the employee, of the employer
    ("sole discretion", "An employee may decline to wear the device.",
     "An employee may, in the employee's sole discretion, decline to wear the device.", {STRENGTHENED, EQUIVALENT}),
    ("sole discretion", "The Employer shall provide training.",
     "The Employer shall, in its sole discretion, provide training.", {WEAKENED}),
    # shall: a duty of the union or of employees is no gain
    ("shall", "The Employer shall answer for errors of the system.",
     "The Employer shall answer for errors of the system. The Union shall hold the Employer harmless.", {WEAKENED}),
    ("shall", "The Employer shall train employees on the system.",
     "The Employer shall train employees on the system. Employees shall use the system.", {WEAKENED}),
    # reasonable: a test that protects, an effort that does not
    ("reasonable", "The Employer may refuse a request for a human reviewer.",
     "The Employer shall not unreasonably refuse a request for a human reviewer.", {STRENGTHENED, EQUIVALENT}),
    ("reasonable", "The Employer shall provide a human reviewer.",
     "The Employer shall make reasonable efforts to provide a human reviewer.", {WEAKENED}),
    # except: for workers, for the employer
    ("except", "The Employer may use footage in discipline.",
     "The Employer may use footage in discipline, except that no employee shall be dismissed on footage alone.",
     {STRENGTHENED, EQUIVALENT}),
    ("except", "The Employer shall give notice of any change.",
     "The Employer shall give notice of any change, except for upgrades.", {WEAKENED}),
    # notify before, with nothing changed meanwhile, is more than to bargain after
    ("notify before", "The Employer shall bargain with the Union after it introduces an automated system.",
     "The Employer shall notify the Union 90 days before it introduces an automated system and shall not introduce it "
     "until bargaining is complete.", {STRENGTHENED}),
    ("notify before", "The Employer shall bargain with the Union before it introduces an automated system.",
     "The Employer shall notify the Union after it introduces an automated system.", {WEAKENED}),
    # a shorter number may be better, a bigger one worse
    ("number", "The Employer shall answer a request for information within 30 days.",
     "The Employer shall answer a request for information within 10 days.", {STRENGTHENED}),
    ("number", "The Employer shall explain the decision within 10 days of a request.",
     "The Employer shall explain the decision within 30 days of a request.", {WEAKENED}),
    ("number", "Recordings shall be retained for 90 days.", "Recordings shall be retained for 30 days.",
     {STRENGTHENED}),
    ("number", "The Employer shall give 90 days' notice.", "The Employer shall give 30 days' notice.", {WEAKENED}),
    # deleting the employer's exception is a gain, in both directions
    ("deleting", "The Employer shall give the Union notice of any new system, except for pilots.",
     "The Employer shall give the Union notice of any new system.", {STRENGTHENED}),
    ("deleting", "The Employer shall give the Union notice of any new system.",
     "The Employer shall give the Union notice of any new system, except for pilots.", {WEAKENED}),
    # the law: beside a floor, and instead of one
    ("law", "The Employer shall give 90 days' notice.",
     "The Employer shall give the longer of 90 days' notice and the notice required by law.",
     {STRENGTHENED, EQUIVALENT}),
    ("law", "The Employer shall give 90 days' notice.", "The Employer shall give notice as required by law.",
     {WEAKENED}),
    # a passive binds where the actor is clear, and less where nobody is named
    ("passive", "The Employer shall give the Union 60 days' notice of any change.",
     "Notice of any change shall be given by the Employer to the Union 60 days ahead.", {EQUIVALENT}),
    ("passive", "The Employer shall give the Union 60 days' notice of any change.",
     "The Union may be given notice of any change.", {WEAKENED}),
    # a recital commits nobody
    ("whereas", "The Employer shall not lay off any employee because of technology.",
     "Whereas the Employer shall not lay off any employee because of technology;", {WEAKENED}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("trap", "union", "employer", "verdicts"), PAIRS, ids=[f"{p[0]}-{i}" for i, p in enumerate(PAIRS)]
)
def test_the_look_of_a_word_decides_nothing(
    trap: str, union: str, employer: str, verdicts: set[str], pipeline: Pipeline
) -> None:
    assert verdict(union, employer, pipeline) in verdicts


def test_every_trap_stands_beside_a_loss_of_the_same_look() -> None:
    for trap in {pair[0] for pair in PAIRS}:
        assert any(WEAKENED in pair[3] for pair in PAIRS if pair[0] == trap), trap


def test_a_may_belongs_to_whoever_is_its_subject(pipeline: Pipeline) -> None:
    text = "The Union may inspect the logs, and the Employer may charge a fee."
    assert [mark.bearer for mark in pipeline.read(text).force] == ["union", "employer"]


def test_a_passive_duty_binds_though_nobody_is_named(pipeline: Pipeline) -> None:
    (undertaking,) = pipeline.read("Notice shall be given to the Union.").undertakings
    assert undertaking.binds
    (promise,) = undertaking.promises
    assert promise.force is not None
    assert (promise.force.id, promise.bearer) == ("duty", "unnamed")
    assert promise.beneficiary is not None
    assert promise.beneficiary.id == "union"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The words “the Employer shall consult the Union” are deleted.", 0),
        ('Strike "the Employer shall consult the Union" from Section 4.', 0),
        ("~~The Employer shall consult the Union.~~", 0),
        ("NOTICE THE EMPLOYER SHALL GIVE", 0),
        ("Whereas the Employer shall value its employees;", 0),
        # words in quotation marks that the text puts in force
        ("Section 4 shall read: “The Employer shall consult the Union.”", 2),
        ("“The Employer shall consult the Union.”", 1),
        ("The Employer shall consult the Union on “Automated Systems”.", 1),
    ],
)
def test_only_what_is_said_commits(text: str, count: int, pipeline: Pipeline) -> None:
    found = [promise for each in pipeline.read(text).undertakings for promise in each.promises]
    assert len([promise for promise in found if promise.force is not None]) == count


# Protective wording that the second reader takes for a loss; the finding says that we are unsure.
FALSE_ALARMS = frozenset({("solely", STRENGTHENED), ("except", STRENGTHENED), ("law", STRENGTHENED)})


@pytest.mark.parametrize(("trap", "union", "employer", "right"), PAIRS)
def test_with_the_second_reader_no_loss_among_the_traps_is_missed(
    trap: str, union: str, employer: str, right: set[str], pipeline: Pipeline
) -> None:
    opinion, _ = compare_texts(union, employer, pipeline)
    if any((trap, answer) in FALSE_ALARMS for answer in right) and opinion.verdict == WEAKENED:
        assert all("unsure" in move.explanation for move in opinion.moves if move.direction == "weaker")
        return
    assert opinion.verdict in right
