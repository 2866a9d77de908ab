"""Our answer in the Employer's own file: what is suggested on the demonstration, and what the file then holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.analysis.results import ClauseReference, ClauseText, Evidence, Finding, ProtectionReference
from app.errors import InvalidInput
from app.library.files import Library
from app.office import convert, office_program
from app.proposals.answer import AnswerMaterial, answer_material, edits_of, write_answer
from app.proposals.answer_pairs import Pair
from app.proposals.answer_steps import NO_ANSWER, Step, Suggested, suggest_steps
from app.proposals.bargaining import get_table, list_tables
from app.proposals.demonstration import COUNTER, create_demonstration
from app.settings import Settings
from app.text.document import Provision
from app.text.reading import read_bytes
from app.word.settle import accept_all, reject_all
from app.word.table_safe import assert_table_safe, make_table_safe
from tests.factories.people import NOW
from tests.factories.word_content import content

THEIRS = COUNTER.read_bytes()


@pytest.fixture
def material(published: Session, settings: Settings, library: Library, pipeline: Any) -> AnswerMaterial:
    person = create_demonstration(published, settings, pipeline, library, NOW)
    table = get_table(published, person, list_tables(published, person)[0].id)
    return answer_material(published, person, table.comparisons[0].id, pipeline)


def all_words(suggested: Suggested) -> dict[str, str]:
    return {step.key: step.ours for step in suggested.steps}


def test_the_steps_for_the_demonstration_make_sense(material: AnswerMaterial) -> None:
    steps = material.suggested.steps
    by_theirs = {step.number: step for step in steps if step.kind == "replace"}
    assert by_theirs["1.3(b)"].ours == "the vendor, and the name and version of the Automated System;"
    notice = by_theirs["1.2"]
    assert notice.essential
    assert notice.ours.split("\n")[0].startswith("Written notice before purchase.")
    assert len(notice.ours.split("\n")) == 5, "our list comes with what opens it"
    assert {step.number for step in steps if step.kind == "strike"} == {"", "1.4", "5.1", "5.2"}
    inserted = {(step.number, step.ours_number) for step in steps if step.kind == "insert"}
    assert {("1.6", "6"), ("1.3(e)", "3(f)"), ("4.6", "6(a)"), ("4.6(a)", "6(c)"), ("4.7(a)", "7(b)")} <= inserted
    assert not {"1.3(a)", "2.5(a)", "3.3", "3.5(b)"} & by_theirs.keys(), "what they kept is left alone"
    by_hand = {(each.side, each.number) for each in material.suggested.by_hand}
    assert ("employer", "5.3") in by_hand
    assert ("union", "Notice and bargaining before technology is bought, 7") in by_hand
    places = [material.view.draft.index(next(each for each in material.view.draft if each.place == step.place and
              each.text == step.was)) for step in steps]  # fmt: skip
    assert places == sorted(places)
    assert len({step.key for step in steps}) == len(steps)


def test_the_file_gives_ours_accepted_and_exactly_theirs_rejected(material: AnswerMaterial) -> None:
    name, data = write_answer(material, all_words(material.suggested), author="Union", date=NOW)
    assert name == "Union answer - Employer counterproposal 1.docx"
    assert_table_safe(data, tracked=True, theirs=THEIRS)
    rejected, theirs = (read_bytes(each, "x.docx") for each in (reject_all(data, authors={"Union"}), THEIRS))
    assert rejected.text == theirs.text
    assert rejected.tracked == theirs.tracked, "their own changes are still theirs to settle"
    assert rejected.margins == theirs.margins
    assert rejected.comments == theirs.comments
    assert rejected.comments, "their remarks in the margin are in it"
    assert [each.text for each in rejected.notes] == [each.text for each in theirs.notes]
    accepted = read_bytes(accept_all(data, authors={"Union"}), "x.docx")
    lines = {" ".join(each.text.split()) for each in accepted.provisions}
    text = " ".join(accepted.text.split())
    for step in material.suggested.steps:
        for line in step.ours.split("\n"):
            assert line in text, step
    struck = [step.was for step in material.suggested.steps if step.kind == "strike"]
    assert not any(" ".join(was.split()) in text for was in struck)
    touched = {step.was for step in material.suggested.steps if step.kind != "insert"}
    assert all(" ".join(each.text.split()) in text for each in material.view.draft if each.text not in touched)
    assert "location, activity or messages off duty or on a break;" in lines, "it reads as an item of the list"
    assert "2.9 Grievance and rights kept." in text, "and theirs are counted on"


def test_one_step_changes_one_place(material: AnswerMaterial) -> None:
    step = next(each for each in material.suggested.steps if each.number == "2.7" and each.kind == "replace")
    _, data = write_answer(material, {step.key: "Retention. Sixty days.\nNo copies."}, author="Local 418", date=None)
    untouched = make_table_safe(THEIRS, keep_tracked=True, theirs=THEIRS)
    assert content(reject_all(data, authors={"Local 418"})) == content(untouched)
    mine = [each for each in read_bytes(data, "x.docx").tracked if each.author == "Local 418"]
    assert mine
    assert not any(each.date for each in mine)
    before, after = (
        read_bytes(each, "x.docx").text.split("\n") for each in (THEIRS, accept_all(data, authors={"Local 418"}))
    )
    at = next(number for number, line in enumerate(before) if line.startswith("2.7 "))
    assert after[:at] == before[:at]
    assert after[at : at + 2] == ["2.7 Retention. Sixty days.", "2.8 No copies."]
    assert [line.split(" ", 1)[-1] for line in after[at + 2 :]] == [line.split(" ", 1)[-1] for line in before[at + 1 :]]


def test_what_can_not_stand_is_refused(material: AnswerMaterial) -> None:
    step = next(each for each in material.suggested.steps if each.kind == "replace")
    strike = next(each for each in material.suggested.steps if each.kind == "strike")
    theirs = next(iter(material.authors))
    for words, author, said, field in (
        ({}, "Union", "Nothing is ticked", ""),
        ({"0" * 16: "Words."}, "Union", "has changed since this page was opened", ""),
        ({step.key: " \n"}, "Union", "has no words", f"words-{step.key}"),
        ({step.key: "x" * 20_001}, "Union", "too long", f"words-{step.key}"),
        ({step.key: f"By [{material.placeholders[0]}]."}, "Union", "is not filled in", f"words-{step.key}"),
        ({strike.key: ""}, "U" * 61, "The author is too long", "author"),
        ({strike.key: ""}, theirs, "already has changes in their file", "author"),
    ):
        with pytest.raises(InvalidInput, match=said) as refused:
            write_answer(material, words, author=author, date=None)
        assert refused.value.field == field


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(material: AnswerMaterial) -> None:
    _, data = write_answer(material, all_words(material.suggested), author="Union", date=NOW)
    assert convert(data, kind="docx", to="pdf").startswith(b"%PDF")


# The deciding function by itself


def provisions(*texts: tuple[str, str], heading: str = "Article 1") -> tuple[Provision, ...]:
    found: list[Provision] = []
    at = 0
    for number, text in texts:
        found.append(Provision(number, text, at, at + len(text), (heading,), place=f"paragraph {len(found) + 1}"))
        at += len(text) + 1
    return tuple(found)


def article(*texts: tuple[str, str]) -> ClauseText:
    return ClauseText("notice", "1.0.0", "target", "Notice", "disclosure", provisions(*texts))


def finding(status: Any, *, ours: Provision | None = None, theirs: Provision | None = None, hostile: bool = False,
            weight: Any = "important") -> Finding:  # fmt: skip
    def evidence(one: Provision | None) -> Evidence | None:
        return Evidence(one.number, one.start, one.end, one.text) if one else None

    return Finding(
        status, hostile, "high", 1.0, ClauseReference("notice", "1.0.0", "target", "Notice"),
        ProtectionReference("DIS-1", "Notice", weight), "It is weaker.", "", (), evidence(ours), evidence(theirs),
    )  # fmt: skip


def said(suggested: Suggested) -> list[tuple[str, str, str]]:
    return [(each.kind, each.number, each.ours) for each in suggested.steps]


OURS = article(("1", "Sixty days."), ("2", "It bargains:"), ("2(a)", "the use;"), ("2(b)", "the effects."))


def run(draft: Sequence[Provision], pairs: Sequence[tuple[Sequence[int], Sequence[int]]], *findings: Finding,
        automatic: frozenset[str] = frozenset()) -> Suggested:  # fmt: skip
    given: list[Pair] = [
        (tuple(OURS.provisions[i] for i in ours), tuple(draft[j] for j in theirs)) for ours, theirs in pairs
    ]
    return suggest_steps([OURS], draft, given, findings, automatic=automatic)


def test_only_what_lost_is_replaced_and_only_the_essential_is_ticked() -> None:
    draft = provisions(("1", "Ten days."), ("2", "It talks."))
    got = run(draft, [([0], [0])], finding("kept", theirs=draft[0]))
    assert not [each for each in got.steps if each.kind == "replace"]
    for weight, ticked in (("important", False), ("essential", True)):
        got = run(draft, [([0], [0])], finding("weakened", theirs=draft[0], weight=weight))
        assert ("replace", "1", "Sixty days.") in said(got)
        assert [each.essential for each in got.steps if each.kind == "replace"] == [ticked]


def test_one_of_ours_against_several_of_theirs_strikes_the_rest() -> None:
    draft = provisions(("1", "Some days."), ("2", "Or none."), ("3", "Other."))
    got = run(draft, [([0], [0, 1])], finding("weakened", theirs=draft[1]))
    assert said(got)[:2] == [("replace", "1", "Sixty days."), ("strike", "2", "")]


@pytest.mark.parametrize(("theirs", "ours"), [("“Soon” is", '"Sixty" days.'), ('"Soon" is', "“Sixty” days.")])
def test_our_words_take_their_quotation_marks(theirs: str, ours: str) -> None:
    mine, draft = article(("1", ours)), provisions(("1", f"{theirs} ten days."))
    got = suggest_steps([mine], draft, [(mine.provisions, draft)], [finding("weakened", theirs=draft[0])])
    assert [each.ours for each in got.steps] == [f"{theirs[0]}Sixty{theirs[5]} days."]


def test_a_new_item_takes_the_look_of_an_item_and_brings_its_label_where_they_type_theirs() -> None:
    draft = provisions(("1", "Ten days."), ("2", "It bargains:"), ("2(a)", "the use;"), ("3", "Other."))
    pairs = [([0], [0]), ([1], [1]), ([2], [2])]
    typed = run(draft, pairs).steps
    assert [(each.place, each.like, each.ours) for each in typed] == [
        ("paragraph 3", "paragraph 3", "(b) the effects.")
    ]
    counted = run(draft, pairs, automatic=frozenset({"paragraph 3"})).steps
    assert [each.ours for each in counted] == ["the effects."]


def test_it_is_inserted_too_where_they_count_within_the_article() -> None:
    draft = provisions(
        ("Article 1(1)", "Sixty days."), ("Article 1(2)", "It bargains:"), ("Article 1(2)(a)", "the use;"),
        heading="Article 1. Notice",
    )  # fmt: skip
    got = run(draft, [([0], [0]), ([1], [1]), ([2], [2])], automatic=frozenset({"paragraph 3"}))
    assert [(each.kind, each.place, each.ours) for each in got.steps] == [("insert", "paragraph 3", "the effects.")]
    assert not got.by_hand


def test_a_hostile_addition_goes_unless_something_that_stays_hangs_on_it() -> None:
    draft = provisions(("1", "Ten days."), ("2", "The Union waives:"), ("2(a)", "all of it."))
    first, both = finding("added", theirs=draft[1], hostile=True), finding("added", theirs=draft[2], hostile=True)
    alone = run(draft, [([0], [0])], first)
    assert "strike" not in {each.kind for each in alone.steps}
    assert ("employer", "2") in {(each.side, each.number) for each in alone.by_hand}
    assert [each.number for each in run(draft, [([0], [0])], first, both).steps if each.kind == "strike"] == [
        "2",
        "2(a)",
    ]
    mild = run(draft, [([0], [0])], finding("added", theirs=draft[1]))
    assert NO_ANSWER in {each.reason for each in mild.by_hand}


def test_a_step_is_written_as_edits_a_line_a_paragraph() -> None:
    step = Step("replace", "paragraph 1", "1", "Old.", "1", "New.", like_below="paragraph 3")
    edits = edits_of(step, " New  words. \n\nAnd more.\n")
    assert [(each.kind, each.text, each.paragraphs, each.like) for each in edits] == [
        ("replace", "New words.", (), ""),
        ("insert", "", ("And more.",), "paragraph 3"),
    ]
