"""What belongs to a promise: action, beneficiary, timing in days, scope, conditions, exceptions, remedies.

The texts are of the kind that stands in agreements; each table has what is to be found and what is not.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.pipeline import Pipeline
from app.analysis.undertakings import Mark, Moment, Promise


def promises(text: str, pipeline: Pipeline) -> list[Promise]:
    return [promise for each in pipeline.read(text).undertakings for promise in each.promises]


def only(text: str, pipeline: Pipeline) -> Promise:
    (promise,) = promises(text, pipeline)
    return promise


def words(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.text for mark in marks]


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("The Employer shall give the Union written notice at least 120 days before it buys any system.",
         ["give the Union written notice"]),
        ("The Employer shall give the Union 120 days' notice before it buys any system.",
         ["give the Union 120 days' notice"]),
        ("The Employer shall give the Union a copy, and the Union may comment within a week.",
         ["give the Union a copy", "comment"]),
        ("The Department shall test the model, shall give the results to the Union, and may withdraw it.",
         ["test the model", "give the results to the Union", "withdraw it"]),
        ("If an employee asks, the Employer shall explain the score, unless the law forbids it.",
         ["explain the score"]),
        ("The Employer will, as far as its customers allow, talk to the Union first.", ["talk to the Union first"]),
        ("The Employer will make reasonable efforts to train employees.", ["train employees"]),
        ("The Employer will consider a request.", ["consider a request"]),
        ("No employee shall be laid off because of technology.", ["be laid off"]),
        ("The Employer bears the cost of training.", ["bears the cost of training"]),  # the present tense binds
        ("The Employer shall: (a) notify the Union; (b) bargain over the effects; and (c) pay the cost.",
         ["notify the Union", "bargain over the effects", "pay the cost"]),
        # a modal that only describes, or stands in a condition, has none of its own
        ("The Employer shall notify the Union of any system that may affect employees.",
         ["notify the Union of any system that may affect employees"]),
        ("If the system must be changed, the Employer shall notify the Union.", ["notify the Union"]),
        ("The Employer shall delete worker data no later than 90 days after it was collected, "
         "save where a grievance is pending.", ["delete worker data"]),
    ],
)  # fmt: skip
def test_actions(text: str, actions: list[str], pipeline: Pipeline) -> None:
    found = [promise.action for promise in promises(text, pipeline)]
    assert [action.text if action else "" for action in found] == actions


@pytest.mark.parametrize(
    "text",
    [
        "ARTICLE 12. NOTICE TO THE UNION",
        "What the Employer Must Disclose",
        "Whereas the Employer shall value the work of its employees;",
        "“Automated System” means any software that may decide.",
        "The words “the Employer shall consult the Union” are deleted.",
        "~~The Employer shall consult the Union.~~",
        "",
    ],
)
def test_headings_recitals_definitions_and_quoted_words_promise_nothing(text: str, pipeline: Pipeline) -> None:
    found = promises(text, pipeline)
    assert not [promise for promise in found if promise.force is not None]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Employer shall give the Union written notice.", "union"),
        ("The Employer shall notify each affected employee.", "worker"),
        ("The Employer shall provide a copy of the report to the joint committee.", "committee"),
        ("The Employer shall bargain with the Union over the effects.", "union"),
        ("The Employer shall pay $500 to all full-time employees.", "worker"),
        ("The Employer shall provide training for employees.", "worker"),
        ("Employees shall be told what the device records.", "worker"),
        ("Notice shall be given to the Union.", "union"),
        ("No employee shall be laid off because of technology.", "worker"),
        ("Employees shall receive 40 hours of paid training.", "worker"),
        ("The Union may inspect the logs.", "union"),  # a right is its owner's
        ("The Employer shall not discipline an employee on the strength of a score.", "worker"),
        ("Employees shall give the Employer two days' notice of leave.", "employer"),
        # named nearby, but no one who receives
        ("The Employer shall delete employee data.", None),
        ("The Employer shall publish the Union's statement.", None),
        ("The Employer may test the system.", None),
        ("The notice shall describe the purpose of the system.", None),
    ],
)
def test_beneficiaries(text: str, who: str | None, pipeline: Pipeline) -> None:
    found = only(text, pipeline).beneficiary
    assert (found.id if found else None) == who


@pytest.mark.parametrize(
    ("text", "days", "clock", "relation", "event", "bound"),
    [
        ("Notice shall be given sixty (60) days before deployment.", 60, "calendar", "before", "deployment", ""),
        ("The Employer shall give notice at least 120 days before it seeks bids.",
         120, "calendar", "before", "procurement", "at least"),
        ("The Employer shall give the Union 90 days' written notice before it installs a system.",
         90, "calendar", "before", "deployment", ""),
        ("The Employer shall give two months' notice.", 60.83, "calendar", "before", "", "at least"),
        ("The Employer shall reply within one week.", 7, "calendar", "within", "", "at most"),
        ("The Employer shall reply within 5 business days of the request.", 5, "working", "after", "other", "at most"),
        ("The Employer shall reply no later than ten (10) working days after the request.",
         10, "working", "after", "other", "at most"),
        ("The Employer shall report within 30 days after deployment.",
         30, "calendar", "after", "deployment", "at most"),
        ("The Employer shall tell the Union not less than sixty days ahead.", 60, "calendar", "before", "", "at least"),
        ("Recordings shall be kept for two years.", 730, "calendar", "for", "", ""),
        ("The Employer shall notify the Union within 72 hours.", 3, "calendar", "within", "", "at most"),
        # moments without a count
        ("The Employer shall notify the Union before it buys a system.", None, "", "before", "procurement", ""),
        ("The Employer shall notify the Union as soon as practicable.", None, "", "soon", "", ""),
        ("The Employer shall consult the Union during implementation.", None, "", "alongside", "deployment", ""),
    ],
)  # fmt: skip
def test_timing(
    text: str, days: float | None, clock: str, relation: str, event: str, bound: str, pipeline: Pipeline
) -> None:
    (moment,) = only(text, pipeline).timing
    assert (moment.days, moment.clock) == (days, clock)
    assert (moment.relation, moment.event, moment.bound) == (relation, event, bound)
    assert text[moment.start : moment.end] == moment.text


@pytest.mark.parametrize(
    "text",
    [
        "The Employer shall provide 40 hours of training.",  # an amount
        "The committee shall inspect each floor once every month.",
        "The Employer shall bargain over the effect upon employees.",
        "The Employer shall state the following: purpose and cost.",
    ],
)
def test_what_is_no_moment(text: str, pipeline: Pipeline) -> None:
    assert only(text, pipeline).timing == ()


def test_each_promise_has_its_own_times(pipeline: Pipeline) -> None:
    text = "The Employer shall answer within ten days, and the Union may grieve within 60 days after the answer."
    first, second = promises(text, pipeline)
    assert [moment.days for moment in first.timing] == [10]
    assert [moment.days for moment in second.timing] == [60]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("If an employee asks, the Employer shall explain the score.", ["If an employee asks"]),
        ("The Employer shall explain the score if an employee asks.", ["if an employee asks"]),
        ("Where a system is changed, replaced or extended, the Employer shall give notice.",
         ["Where a system is changed, replaced or extended"]),
        ("Provided that the Union agrees, the Employer may test the system.", ["Provided that the Union agrees"]),
        ("In the event that a system fails, employees shall be paid.", ["In the event that a system fails"]),
        ("The Employer shall, upon request, produce the logs.", ["upon request"]),
        ("The Employer may use footage only if a manager approves.", ["only if a manager approves"]),
        ("Should the data be lost, the Employer shall tell employees.", ["Should the data be lost"]),
        ("Where a breach is found the arbitrator shall order a remedy.", ["Where a breach is found"]),
        # the same words without a condition
        ("The Employer shall name the rooms where cameras stand.", []),
        ("The committee shall determine if the tool is fair.", []),
        ("The dispute shall be subject to arbitration.", []),
    ],
)  # fmt: skip
def test_conditions(text: str, conditions: list[str], pipeline: Pipeline) -> None:
    assert words(promises(text, pipeline)[0].conditions) == conditions


@pytest.mark.parametrize(
    ("text", "exceptions"),
    [
        ("The Employer shall not share data, except with the Union.", ["except with the Union"]),
        ("The Employer shall delete the data unless a grievance is pending.", ["unless a grievance is pending"]),
        ("The Employer shall delete the data, save where a grievance is pending.",
         ["save where a grievance is pending"]),
        ("Nobody other than the arbitrator may see the file.", ["other than the arbitrator"]),
        ("Notwithstanding Article 4, the Employer shall give notice.", ["Notwithstanding Article 4"]),
        ("This Article shall not apply to pilots.", ["This Article shall not apply to pilots"]),
        ("Pilots are excluded.", ["Pilots are excluded"]),
        # the same words without an exception
        ("The Employer shall save money.", []),
        ("The Employer shall grant the request without exception.", []),
        ("The Employer shall not apply the score to employees.", []),
    ],
)  # fmt: skip
def test_exceptions(text: str, exceptions: list[str], pipeline: Pipeline) -> None:
    assert words(promises(text, pipeline)[0].exceptions) == exceptions


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The Employer shall disclose any automated system.", [("systems", "any automated system")]),
        ("This Article applies to all employees in the bargaining unit.",
         [("people", "all employees in the bargaining unit")]),
        ("The Employer shall train each affected employee.", [("people", "each affected employee")]),
        ("A manager shall review decisions about discipline, pay or scheduling.",
         [("decisions", "decisions about discipline, pay or scheduling")]),
        ("The Employer shall not use generative AI tools to write reports.", [("systems", "generative AI tools")]),
        ("The Employer shall not use a score for part-time employees.", [("people", "part-time employees")]),
        # too general to say how far it reaches
        ("The Employer shall repair the system.", []),
        ("The employee shall sign the form.", []),
        ("The Employer shall explain the decision.", []),
    ],
)  # fmt: skip
def test_scope(text: str, scope: list[tuple[str, str]], pipeline: Pipeline) -> None:
    assert [(mark.id, mark.text) for mark in only(text, pipeline).scope] == scope


@pytest.mark.parametrize(
    ("text", "remedies"),
    [
        ("The Union may grieve a breach.", ["grieve"]),
        ("The employee shall be reinstated with back pay.", ["reinstated", "back pay"]),
        ("A decision made in breach of this Article shall be void.", ["void"]),
        ("The Employer shall pay $500 for each violation.", ["$500 for each violation"]),
        ("The dispute shall go to expedited arbitration.", ["expedited arbitration"]),
        # refused, or only mentioned
        ("The decision shall not be subject to the grievance procedure.", []),
        ("Employees may refuse a device without penalty.", []),
        ("The Employer shall delete the data, save where a grievance is pending.", []),
        ("The Employer shall give notice.", []),
    ],
)
def test_remedies(text: str, remedies: list[str], pipeline: Pipeline) -> None:
    assert words(only(text, pipeline).remedies) == remedies


def test_force_is_weakened_by_an_adverb(pipeline: Pipeline) -> None:
    promise = only("The Employer will normally notify the Union.", pipeline)
    assert promise.force is not None
    assert (promise.force.id, promise.force.text) == ("wishes", "will")


def test_a_list_takes_bearer_and_force_from_its_opening(pipeline: Pipeline) -> None:
    found = promises("The Employer shall:\n(a) notify the Union;\n(b) pay the cost.\nThe Union may comment.", pipeline)
    assert [(promise.bearer, promise.force and promise.force.id) for promise in found] == [
        ("employer", "duty"),
        ("employer", "duty"),
        ("union", "may"),
    ]


def test_an_undertaking_sums_up_its_promises(pipeline: Pipeline) -> None:
    text = "The Employer shall give the Union a copy within a week, and the Union may grieve, unless it agreed."
    (undertaking,) = pipeline.read(text).undertakings
    assert undertaking.action is not None
    assert undertaking.action.text == "give the Union a copy"
    assert undertaking.beneficiary is not None
    assert undertaking.beneficiary.text == "Union"
    assert [moment.days for moment in undertaking.moments] == [7]
    assert [mark.text for mark in undertaking.exceptions] == ["unless it agreed"]
    assert [mark.text for mark in undertaking.remedies] == ["grieve"]
    assert (undertaking.conditions, undertaking.scope) == ([], [])


_PIECES = st.sampled_from(
    [
        "The Employer", "the Union", "shall", "may", "not", "notify", "give", "notice", "within 30 days", "before",
        "if", "unless", "except that", "no employee", "any automated system", "and", ",", ", and", ";", ".", ":", "(a)",
        "“", "”", "is", "back pay", "to", "5 business days", "who", "that", "it", "\n", "$500", "only", "Whereas", "by",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=25))
def test_every_part_points_at_its_words_and_lies_in_its_sentence(pipeline: Pipeline, pieces: list[str]) -> None:
    text = " ".join(pieces)
    flat = text.replace("\n", " ")
    for undertaking in pipeline.read(text).undertakings:
        for promise in undertaking.promises:
            assert undertaking.start <= promise.start <= promise.end <= undertaking.end
            parts: list[Mark | Moment | None] = [promise.force, promise.action, promise.beneficiary, *promise.timing]
            parts += [*promise.scope, *promise.conditions, *promise.exceptions, *promise.remedies]
            for part in parts:
                if part is not None:
                    assert flat[part.start : part.end] == part.text
                    assert part.text
            assert promise.as_json()["bearer"] == promise.bearer


def test_a_long_line_without_end_is_read(pipeline: Pipeline) -> None:
    text = "The Employer shall give notice 30 days before it buys any system, if asked, and " * 300
    assert len(promises(text, pipeline)) == 300
