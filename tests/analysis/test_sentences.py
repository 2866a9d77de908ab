"""Sentences are paired within provisions, so that no gain hides a loss and what is dropped is told of by itself."""

from __future__ import annotations

import pytest

from app.analysis.aligning.passage import Passage
from app.analysis.aligning.sentences import pair_sentences
from app.analysis.compare import compare
from app.analysis.pipeline import Pipeline
from app.analysis.results import Comparison
from app.library.baseline import document_baseline
from app.text.document import Provision
from app.text.reading import read_pasted

NOTICE = "The Employer shall give the Union ninety (90) days of written notice."
PAUSE = "The system shall be turned off until the award."
COMMITTEE = "The committee shall meet every month on paid time."


def pairs(ours: str, theirs: str, pipeline: Pipeline) -> list[tuple[list[str], list[str]]]:
    def passage(text: str) -> Passage:
        return Passage.of([Provision(number="1", text=text, start=40, end=40 + len(text))])

    found = pair_sentences(passage(ours), passage(theirs), pipeline.concepts)
    return [([each.text for each in pair.library], [each.text for each in pair.draft]) for pair in found]


def compared(ours: str, theirs: str, pipeline: Pipeline) -> Comparison:
    return compare(read_pasted(theirs), document_baseline(read_pasted(ours)), pipeline)


def test_order_does_not_matter(pipeline: Pipeline) -> None:
    found = pairs(f"{NOTICE} {COMMITTEE}", f"{COMMITTEE} {NOTICE}", pipeline)
    assert sorted(found) == sorted([([NOTICE], [NOTICE]), ([COMMITTEE], [COMMITTEE])])


def test_what_is_gone_and_what_is_new_stand_alone(pipeline: Pipeline) -> None:
    found = pairs(f"{NOTICE} {PAUSE}", f"{NOTICE} Nurses carry telephones of their own.", pipeline)
    assert ([PAUSE], []) in found
    assert ([], ["Nurses carry telephones of their own."]) in found


def test_a_sentence_that_was_merged_into_another_is_not_gone(pipeline: Pipeline) -> None:
    merged = "The committee shall meet every month on paid time, and its minutes shall be posted."
    found = pairs(f"{COMMITTEE} Its minutes shall be posted.", merged, pipeline)
    assert not any(not theirs for _, theirs in found)


def test_one_sentence_against_one_is_left_as_it_is(pipeline: Pipeline) -> None:
    assert pairs(NOTICE, COMMITTEE, pipeline) == []


def test_a_run_in_title_is_no_part_of_the_promise(pipeline: Pipeline) -> None:
    assert pairs(f"Early notice. {NOTICE}", f"Notice and talks. {NOTICE}", pipeline) == [([NOTICE], [NOTICE])]


def test_items_of_a_list_in_a_sentence_are_paired_one_by_one(pipeline: Pipeline) -> None:
    ours = "The notice shall state: (a) the vendor; (b) the error rates known; (c) the purpose; and (d) the cost."
    theirs = "The notice shall state: the cost; the purpose; and the vendor."
    found = pairs(ours, theirs, pipeline)
    assert (["the error rates known;"], []) in found
    assert (["the purpose;"], ["the purpose;"]) in found


@pytest.mark.parametrize("abbreviation", ["Quill Inc. The Employer", "No. 5 Building"])
def test_abbreviations_end_no_sentence(abbreviation: str, pipeline: Pipeline) -> None:
    found = pairs(f"{NOTICE} Notice goes to {abbreviation} too.", NOTICE, pipeline)
    assert ([f"Notice goes to {abbreviation} too."], []) in found


def test_a_dropped_sentence_is_missing(pipeline: Pipeline) -> None:
    waives = "The Union waives nothing by not asking to meet about a tool."
    found = compared(f"1. {NOTICE} {waives}", f"1. {NOTICE}", pipeline).findings
    assert any(waives in each.library.text for each in found if each.library and each.status != "kept")


def test_a_gain_does_not_hide_a_loss_beside_it(pipeline: Pipeline) -> None:
    ours = f"1. {NOTICE} The Union and the Employer shall bargain over every system."
    theirs = (
        "1. The Employer shall give the Union one hundred (100) days of written notice. "
        "The Union and the Employer may discuss every system."
    )
    (finding,) = (each for each in compared(ours, theirs, pipeline).findings if each.library)
    assert finding.status == "weakened"
    assert {"weaker", "stronger"} <= {move.direction for move in finding.moves}


def test_a_list_in_one_paragraph_meets_a_list_of_items(pipeline: Pipeline) -> None:
    ours = "1. The notice shall state: (a) the vendor of the tool; (b) the purpose of it; and (c) the yearly cost."
    theirs = (
        "1. The notice shall state the following:\n\n(a) the yearly cost;\n\n(b) the vendor of the tool; and\n\n"
        "(c) the purpose of it."
    )
    assert not [each for each in compared(ours, theirs, pipeline).findings if each.status in ("added", "missing")]


CAPTION = "Proposal No. 3 of the Guild to the Company, presented at the table."
ANSWER = "Response of the Company to the Guild, without prejudice."


def test_captions_are_listed_and_not_judged(pipeline: Pipeline) -> None:
    found = compared(f"{CAPTION}\n\n1. {NOTICE}", f"{ANSWER}\n\n1. {NOTICE}", pipeline)
    assert [each.status for each in found.findings] == ["kept"]
    assert {each.text for each in found.residue} == {CAPTION, ANSWER}


def test_a_promise_above_the_first_section_is_no_caption(pipeline: Pipeline) -> None:
    found = compared(f"{NOTICE}\n\n1. {COMMITTEE}", f"1. {COMMITTEE}", pipeline)
    assert [each.status for each in found.findings if each.library and each.library.text == NOTICE] == ["missing"]


def test_what_a_kept_provision_changes_is_listed(pipeline: Pipeline) -> None:
    ours = "1. An employee with ten (10) or more years of service may elect a transfer to any vacant post of the unit."
    theirs = ours.replace("ten (10)", "nine (9)")
    found = compared(ours, theirs, pipeline)
    reported = any(each.status != "kept" for each in found.findings)
    assert reported or {each.side for each in found.residue} == {"library", "draft"}
