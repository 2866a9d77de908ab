"""What a sentence promises: who is bound, how strongly, when, and where one sentence ends."""

from __future__ import annotations

import pytest

from app.analysis.pipeline import Pipeline
from app.analysis.undertakings import Undertaking, defined_term


def only(text: str, pipeline: Pipeline) -> Undertaking:
    (undertaking,) = pipeline.read(text).undertakings
    return undertaking


@pytest.mark.parametrize(
    ("text", "force", "bearer"),
    [
        ("The Employer shall notify the Union.", "duty", "employer"),
        ("The Hospital will notify the Guild.", "duty", "employer"),
        ("The Union may grieve the decision.", "may", "union"),
        ("An employee may refuse a wearable device.", "may", "worker"),
        ("The joint committee shall meet quarterly.", "duty", "committee"),
        ("The arbitrator shall decide within a week.", "duty", "neutral"),
        ("The parties shall bargain over the effects.", "duty", "parties"),
        ("The Employer intends to consult the Union.", "wishes", "employer"),
        ("The Employer will endeavour to train employees.", "tries", "employer"),
        ("The Employer will consider a request.", "considers", "employer"),
        ("The Employer should inform employees.", "should", "employer"),
        ("The Employer reserves the right to change systems.", "reserves", "employer"),
        # who stands after a preposition is not the subject
        ("At the request of the Union, the Employer shall meet.", "duty", "employer"),
        ("An employee of the Employer may object.", "may", "worker"),
        # negation: forbidding is not lifting
        ("The Employer shall not use the system.", "prohibited", "employer"),
        ("The Employer cannot use the system.", "prohibited", "employer"),
        ("The Employer need not notify the Union.", "exempted", "employer"),
        ("The Employer is not required to notify the Union.", "exempted", "employer"),
        ("No employee shall be laid off because of technology.", "prohibited", "unnamed"),
        ("Neither party shall disclose the record.", "prohibited", "parties"),
        # passives: the agent after "by", else nobody
        ("Notice shall be given by the Employer.", "duty", "employer"),
        ("Notice shall be given to the Union.", "duty", "unnamed"),
        ("Notice shall be given.", "duty", "unnamed"),
        # what belongs to workers is no worker
        ("Worker Data shall be deleted by the vendor.", "duty", "unnamed"),
        ("Employees’ records shall not be sold.", "prohibited", "unnamed"),
    ],
)
def test_who_is_bound_and_how_strongly(text: str, force: str, bearer: str, pipeline: Pipeline) -> None:
    undertaking = only(text, pipeline)
    assert [mark.id for mark in undertaking.force] == [force]
    assert undertaking.bearer == bearer
    assert all(text[mark.start : mark.end] == mark.text for mark in undertaking.force)


def test_each_modal_of_a_sentence_has_its_own_bearer(pipeline: Pipeline) -> None:
    undertaking = only("The Employer shall give the Union a copy, and the Union may comment.", pipeline)
    assert [(mark.id, mark.bearer) for mark in undertaking.force] == [("duty", "employer"), ("may", "union")]


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        ("The Employer shall notify the Union.", True),
        ("No employee shall be laid off.", True),
        ("The decision of the arbitrator is final.", True),  # a rule in the present tense
        ("The Employer intends to notify the Union.", False),
        ("The Employer may notify the Union.", False),
        ("The Employer need not notify the Union.", False),
        ("The Employer will make reasonable efforts to notify the Union.", False),
    ],
)
def test_what_binds(text: str, binds: bool, pipeline: Pipeline) -> None:
    assert pipeline.read(text).binds is binds


@pytest.mark.parametrize(
    ("text", "relation", "event"),
    [
        ("Before it signs a contract, the Employer shall notify the Union.", "before", "procurement"),
        ("The Employer shall notify the Union before it seeks bids.", "before", "procurement"),
        ("The Employer shall notify the Union prior to going live.", "before", "deployment"),
        ("The Employer shall notify the Union within 30 days after deployment.", "after", "deployment"),
        ("The Employer shall notify the Union upon installation.", "after", "deployment"),
        ("The Employer shall consult the Union during implementation.", "alongside", "deployment"),
        ("The Employer shall notify the Union as soon as practicable.", "soon", "other"),
        ("The Employer shall wait until the arbitrator has ruled.", "before", "other"),
    ],
)
def test_timings(text: str, relation: str, event: str, pipeline: Pipeline) -> None:
    (timing,) = only(text, pipeline).timings
    assert (timing.relation, timing.event) == (relation, event)
    assert text[timing.start : timing.end] == timing.text


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("“Automated System” means any software that decides.", "automated system"),
        ('In this Article, "Worker Data" means any information about an employee.', "worker data"),
        ("Technology is defined as any new machine.", "technology"),
        ("The term “pilot” refers to a first use.", "pilot"),
        ("The Employer shall notify the Union by any means.", ""),
        ("The Employer shall notify the Union.", ""),
    ],
)
def test_definitions(text: str, term: str, pipeline: Pipeline) -> None:
    assert defined_term(text) == term
    assert only(text, pipeline).defines == term


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Under Sec. 5 the Employer shall pay. It shall also report.", 2),
        ("Under Sec. 5 A the Employer shall pay.", 1),
        ("See No. 7 of the list. The Employer shall pay.", 2),
        ("See Art. 9 of this Agreement.", 1),
        ("The notice may go by e.g. Email or letter.", 1),
        ("Tidewater Inc. The Union may audit it.", 1),  # the price of not breaking after "Inc."
        ("The Employer shall pay; the Union may audit.", 2),
        ("The Employer shall pay 2.5 percent. Employees keep their jobs.", 2),
        ("The Employer shall pay:\nthe wage\nthe premium", 3),
        ("The Employer said “no.” The Union objects.", 2),
    ],
)
def test_where_sentences_end(text: str, sentences: int, pipeline: Pipeline) -> None:
    undertakings = pipeline.read(text).undertakings
    assert len(undertakings) == sentences
    for undertaking in undertakings:
        assert text[undertaking.start : undertaking.end].split() == undertaking.text.split()


def test_marks_of_one_sentence_do_not_leak_into_the_next(pipeline: Pipeline) -> None:
    text = "The Employer shall give 60 days of notice. The Union may file a grievance before deployment."
    first, second = pipeline.read(text).undertakings
    assert [quantity.value for quantity in first.quantities] == [60]
    assert second.quantities == ()
    assert first.timings == ()
    assert second.timings[0].relation == "before"
    assert "remedy.grievance" in {mark.id for mark in second.signals}
    assert "remedy.grievance" not in {mark.id for mark in first.signals}


def test_line_ends_do_not_hide_a_phrase(pipeline: Pipeline) -> None:
    marks = pipeline.read("The Employer shall\tnot use the system.").force
    assert [mark.id for mark in marks] == ["prohibited"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "“”", "§ 5", "\x00"])
def test_what_says_nothing_promises_nothing(text: str, pipeline: Pipeline) -> None:
    reading = pipeline.read(text)
    assert reading.text == text
    assert not reading.force
    assert not reading.signals


def test_components_leave_spans_for_others_on_the_doc(pipeline: Pipeline) -> None:
    doc = pipeline.nlp("The Employer shall notify the Union within 30 days.")
    assert [span.label_ for span in doc.spans["force"]] == ["duty"]
    assert [span._.bearer for span in doc.spans["force"]] == ["employer"]
    assert [span.text for span in doc.spans["quantities"]] == ["30 days"]
    assert {span.label_ for span in doc.spans["actors"]} == {"employer", "union"}
