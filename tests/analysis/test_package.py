"""What the findings of a clause come to together: the lessons of UPS and of the old ILA letter, trades, mixed cases."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from app.analysis.compare import compare
from app.analysis.package.rules import load_package_rules
from app.analysis.package.view import package_view
from app.analysis.pipeline import Pipeline
from app.analysis.results import (
    Baseline,
    ClauseReference,
    ClauseText,
    Direction,
    Evidence,
    Finding,
    Move,
    PackageView,
    ProtectionReference,
    Severity,
    Status,
    Weight,
)
from app.settings import Settings
from app.text.document import Document, Provision

LONG = "The Employer shall give the Union at least 180 calendar days of written notice before it introduces technology."
SHORT = "The Employer shall give the Union at least 45 calendar days of written notice before it introduces technology."
BARGAIN = (
    "Before it introduces technology, the Employer shall bargain with the Union over the decision and its effects."
)
STANDSTILL = "The Employer shall not introduce the technology until bargaining is complete."
REMEDY = "The Union may file a grievance, and an arbitrator may award back pay."
CONSENT = "The Employer shall not introduce technology without the written agreement of the Union."

LABELS = {
    "DIS-3": "Notice comes at least a fixed number of days ahead",
    "DIS-5": "Notice states the purpose of the system",
    "JOB-1": "Nobody is laid off because of technology",
    "GOV-7": "The employer bargains over the decision and over its effects",
    "GOV-8": "Nothing changes until bargaining is done",
    "GOV-12": "The union can have a system stopped",
    "ENF-2": "Disputes go to binding arbitration",
    "TRA-2": "Training takes place in paid hours",
}
CLAUSE = ClauseReference("notice", "1.0.0", "target", "Notice of technology")
OTHER = ClauseReference("training", "1.0.0", "target", "Training")
SHORTER: tuple[str, Direction] = ("quantity.notice_shorter", "weaker")
LONGER: tuple[str, Direction] = ("quantity.notice_longer", "stronger")


def document(*texts: str) -> Document:
    made, place = [], 0
    for number, text in enumerate(texts, start=1):
        made.append(Provision(str(number), text, place, place + len(text)))
        place += len(text) + 1
    return Document("counter.txt", "text", "0" * 64, "\n".join(texts), tuple(made))


def file(*texts: str) -> Baseline:
    text = ClauseText("", "", "", "ours.txt", "", document(*texts).provisions)
    return Baseline("ours.txt", "file", "0" * 64, (text,))


def clauses(*references: ClauseReference) -> Baseline:
    texts = tuple(ClauseText(each.id, each.version, each.position, each.title, "disclosure", ()) for each in references)
    return Baseline("library", "library", "0" * 64, texts)


def move(rule: str, direction: Direction, severity: Severity = "high") -> Move:
    return Move("notice_shortened", rule, direction, severity, f"What {rule} says.", None, None)


def finding(
    status: Status,
    protection: str = "",
    *moves: tuple[str, Direction],
    ours: str = "Our words.",
    theirs: str = "Their words.",
    weight: Weight = "essential",
    clause: ClauseReference | None = CLAUSE,
    number: str = "1.1",
    start: int = 0,
    confidence: float = 0.9,
    hostile: bool = False,
) -> Finding:
    made = tuple(move(*each) for each in moves)
    return Finding(
        status=status,
        hostile=hostile,
        severity="high" if weight == "essential" else "medium",
        confidence=confidence,
        clause=clause if status != "added" else None,
        protection=ProtectionReference(protection, LABELS[protection], weight) if protection else None,
        explanation=made[0].explanation if made else f"{status} {protection}.",
        suggestion="",
        moves=made,
        library=None if status == "added" else Evidence("1", 0, len(ours), ours),
        draft=None if status == "missing" else Evidence(number, start, start + len(theirs), theirs),
    )


def only(pipeline: Pipeline, *findings: Finding) -> PackageView:
    (view,) = package_view(findings, clauses(CLAUSE), pipeline)
    return view


def states(view: PackageView) -> dict[str, str]:
    return {each.id: each.state for each in view.backing}


# --- the lessons, from text to judgment ---


@pytest.mark.parametrize("draft", [(SHORT, BARGAIN, STANDSTILL), (" ".join((SHORT, BARGAIN, STANDSTILL)),)])
def test_fewer_days_with_bargaining_and_a_standstill_are_stronger_than_many_days_alone(
    draft: tuple[str, ...], pipeline: Pipeline
) -> None:
    (view,) = compare(document(*draft), file(LONG), pipeline).packages
    assert (view.judgment, view.verdict) == ("stronger", "Stronger as a whole")
    assert states(view) == {"bargaining": "gained", "status_quo": "gained"}
    assert view.better
    assert "duty to bargain" in view.reason


@pytest.mark.parametrize("ours", [(SHORT, BARGAIN, STANDSTILL), (" ".join((SHORT, BARGAIN, STANDSTILL)),)])
def test_many_days_and_nothing_behind_them_are_empty(ours: tuple[str, ...], pipeline: Pipeline) -> None:
    (view,) = compare(document(LONG), file(*ours), pipeline).packages
    assert (view.judgment, view.verdict) == ("emptied", "Emptied: nothing stands behind it")
    assert states(view) == {"bargaining": "lost", "status_quo": "lost"}
    assert "nothing else stands behind" in view.reason


def test_an_unchanged_text_is_kept_with_all_that_stands_behind_it(pipeline: Pipeline) -> None:
    texts = (LONG, BARGAIN, STANDSTILL, REMEDY)
    (view,) = compare(document(*texts), file(*texts), pipeline).packages
    assert view.judgment == "kept"
    assert states(view) == {"bargaining": "kept", "status_quo": "kept", "enforcement": "kept"}
    assert not [*view.better, *view.worse, *view.missing, *view.contradicted]
    assert not view.unsure


def test_more_days_with_the_same_behind_them_are_stronger(pipeline: Pipeline) -> None:
    kept = finding("kept", ours=BARGAIN, theirs=BARGAIN, clause=None)
    (view,) = package_view([finding("strengthened", "", LONGER, clause=None), kept], file(SHORT, BARGAIN), pipeline)
    assert (view.clause, view.judgment, states(view)) == (None, "stronger", {"bargaining": "kept"})


# --- backing outweighs reach, and no reach makes up for backing ---


def test_gained_backing_outweighs_lost_days_and_both_are_named(pipeline: Pipeline) -> None:
    gain: tuple[str, Direction] = ("involvement.notify_to_bargain", "stronger")
    view = only(pipeline, finding("weakened", "DIS-3", SHORTER, gain), finding("missing", "DIS-5", weight="important"))
    assert view.judgment == "stronger"
    assert [each.explanation for each in view.worse] == ["What quantity.notice_shorter says."]
    assert [each.explanation for each in view.better] == ["What involvement.notify_to_bargain says."]
    assert [each.explanation for each in view.missing] == [LABELS["DIS-5"]]
    assert LABELS["DIS-3"] in view.reason  # an essential loss is named under any judgment
    assert view.essential == (ProtectionReference("DIS-3", LABELS["DIS-3"], "essential"),)


def test_more_days_do_not_make_up_for_a_lost_standstill(pipeline: Pipeline) -> None:
    view = only(
        pipeline, finding("strengthened", "DIS-3", LONGER), finding("missing", "GOV-8"), finding("kept", "GOV-7")
    )
    assert (view.judgment, states(view)) == ("weaker", {"bargaining": "kept", "status_quo": "lost"})
    assert LABELS["GOV-8"] in view.reason
    assert "does not outweigh it" in view.reason


def test_bargaining_turned_into_consultation_is_the_end_of_it(pipeline: Pipeline) -> None:
    loss = finding(
        "weakened", "GOV-7", ("involvement.bargain_to_consult", "weaker"), ours=BARGAIN, theirs="They consult."
    )
    assert states(only(pipeline, loss, finding("kept", "ENF-2")))["bargaining"] == "lost"
    assert only(pipeline, loss).judgment == "emptied"
    assert only(pipeline, loss, finding("kept", "ENF-2")).judgment == "weaker"


def test_days_lost_inside_the_bargaining_section_leave_the_duty_standing(pipeline: Pipeline) -> None:
    later = finding(
        "weakened", "GOV-7", ("quantity.deadline_longer", "weaker"), ours=BARGAIN, theirs=BARGAIN + " Later."
    )
    view = only(pipeline, later)
    assert (view.judgment, states(view)) == ("weaker", {"bargaining": "kept"})


def test_a_duty_that_became_a_choice_is_worth_less(pipeline: Pipeline) -> None:
    theirs = "The Employer may bargain with the Union over the decision and its effects."
    soft = finding("weakened", "GOV-7", ("force.may", "weaker"), ours=BARGAIN, theirs=theirs)
    assert states(only(pipeline, soft))["bargaining"] == "lost"
    tries = finding(
        "weakened", "GOV-7", ("discretion.practicable", "weaker"), ours=BARGAIN, theirs=f"{BARGAIN} If practicable."
    )
    assert states(only(pipeline, tries))["bargaining"] == "weaker"


def test_consent_replaces_the_duty_to_bargain(pipeline: Pipeline) -> None:
    gained = finding("strengthened", "DIS-3", ("involvement.bargain_to_agreement", "stronger"), theirs=CONSENT)
    view = only(pipeline, gained, finding("missing", "GOV-7", ours=BARGAIN))
    assert (view.judgment, states(view)) == ("stronger", {"consent": "gained", "bargaining": "replaced"})


def test_the_lower_rung_is_no_gain(pipeline: Pipeline) -> None:
    moves: tuple[tuple[str, Direction], ...] = (
        ("involvement.agreement_to_bargain", "weaker"),
        ("involvement.none_to_bargain", "stronger"),
    )
    view = only(pipeline, finding("weakened", "GOV-12", *moves, ours=CONSENT, theirs=BARGAIN))
    assert view.judgment == "weaker"
    assert states(view)["consent"] in {"lost", "weaker"}


# --- trades and mixed cases ---


def test_backing_against_backing_is_a_trade(pipeline: Pipeline) -> None:
    arbitration = finding("strengthened", "DIS-3", ("remedy.arbitration", "stronger"), theirs=REMEDY)
    view = only(pipeline, finding("missing", "GOV-7", ours=BARGAIN), arbitration)
    assert (view.judgment, view.verdict) == ("traded", "Traded: look at both")
    assert states(view) == {"bargaining": "lost", "enforcement": "gained"}


def test_a_softer_promise_beside_gained_backing_is_a_trade(pipeline: Pipeline) -> None:
    view = only(
        pipeline,
        finding("weakened", "JOB-1", ("force.tries", "weaker")),
        finding("strengthened", "DIS-3", ("remedy.arbitration", "stronger")),
    )
    assert view.judgment == "traded"
    assert LABELS["JOB-1"] in view.reason


def test_an_essential_promise_that_is_gone_is_outweighed_by_nothing(pipeline: Pipeline) -> None:
    gain = finding("strengthened", "DIS-3", ("involvement.notify_to_bargain", "stronger"))
    view = only(pipeline, finding("missing", "JOB-1"), gain)
    assert (view.judgment, states(view)) == ("weaker", {"bargaining": "gained"})


@pytest.mark.parametrize(("weight", "judgment"), [("essential", "weaker"), ("important", "traded")])
def test_a_loss_beside_a_gain_where_nothing_stands_behind_either(
    weight: Weight, judgment: str, pipeline: Pipeline
) -> None:
    loss = finding("weakened", "TRA-2", ("money.own_time", "weaker"), weight=weight)
    assert only(pipeline, loss, finding("strengthened", "DIS-3", LONGER)).judgment == judgment


def test_a_demand_elsewhere_in_the_draft_bears_on_every_clause(pipeline: Pipeline) -> None:
    waiver = finding("added", "", ("waiver.union_waives", "weaker"), hostile=True, number="9", start=900)
    held = [finding("kept", "GOV-7", clause=each, start=place) for place, each in enumerate((CLAUSE, OTHER))]
    views = package_view([waiver, *held], clauses(CLAUSE, OTHER), pipeline)
    assert [(each.judgment, states(each)) for each in views] == [("weaker", {"bargaining": "weaker"})] * 2


def test_an_addition_belongs_to_the_clause_around_it(pipeline: Pipeline) -> None:
    new = finding("added", theirs=BARGAIN, number="1.4", start=40)
    first, second = finding("kept", "DIS-3"), finding("kept", "TRA-2", clause=OTHER, number="2.1", start=90)
    ours, other = package_view([new, first, second], clauses(CLAUSE, OTHER), pipeline)
    assert (ours.judgment, states(ours)) == ("stronger", {"bargaining": "gained"})
    assert (other.judgment, states(other)) == ("kept", {})


def test_a_clause_that_the_draft_does_not_touch_has_no_view(pipeline: Pipeline) -> None:
    absent = Finding("missing", False, "low", 0.8, OTHER, None, "Nothing answers it.", "", (), None, None)
    views = package_view([finding("kept", "DIS-3"), absent], clauses(CLAUSE, OTHER), pipeline)
    assert [each.clause for each in views] == [CLAUSE]


def test_the_same_words_are_said_once_with_all_that_they_touch(pipeline: Pipeline) -> None:
    soft: tuple[str, Direction] = ("force.tries", "weaker")
    view = only(pipeline, finding("weakened", "DIS-3", soft), finding("weakened", "JOB-1", soft))
    (point,) = view.worse
    assert [each.id for each in point.protections] == ["DIS-3", "JOB-1"]
    assert point.findings == (0, 1)


def test_doubt_is_said_where_the_judgment_rests_on_it(pipeline: Pipeline) -> None:
    assert only(pipeline, finding("weakened", "DIS-3", SHORTER, confidence=0.4)).unsure
    assert not only(pipeline, finding("weakened", "DIS-3", SHORTER)).unsure


def test_no_view_holds_a_score(pipeline: Pipeline) -> None:
    view = only(pipeline, finding("weakened", "DIS-3", SHORTER), finding("missing", "GOV-8"), finding("kept", "ENF-2"))
    said = view.as_json()
    assert not [value for value in said.values() if isinstance(value, int | float) and not isinstance(value, bool)]
    assert not re.search(r"\d", re.sub(r"“[^”]*”", "", view.reason))


# --- the rules as data ---


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ('covers = "bargaining status_quo"', 'covers = "nonsense"', "nonsense"),
        ('traded = "Traded: look at both"', "", "traded"),
    ],
)
def test_a_wrong_rule_is_refused_by_name(line: str, wrong: str, said: str, settings: Settings, tmp_path: Path) -> None:
    source = settings.models_dir / "patterns" / "package.toml"
    text = source.read_text()
    assert line in text
    shutil.copy(source, tmp_path)
    (tmp_path / "package.toml").write_text(text.replace(line, wrong))
    with pytest.raises(ValueError, match=said):
        load_package_rules(tmp_path, {})


def test_every_element_and_sign_of_the_rules_exists(pipeline: Pipeline, settings: Settings) -> None:
    known = set(re.findall(r"^  ([A-Z]{3}-\d+):", (settings.clauses_dir / "vocabulary.yml").read_text(), re.M))
    marks = {each.id for each in pipeline.patterns.signals} | {each.id for each in pipeline.patterns.involvement}
    for rule in pipeline.package.backing:
        assert rule.elements <= known, rule.id
        assert rule.signs <= marks, rule.id
    for reach in pipeline.package.reach:
        assert reach.elements <= known, reach.id
