"""Remarks on our own text: each rule speaks where words are vague and holds its tongue where they are not."""

from __future__ import annotations

import re

import pytest

from app.analysis.lint.lint import Remark, lint
from app.analysis.lint.rules import KINDS, load_lint_rules
from app.analysis.pipeline import Pipeline
from app.settings import Settings
from app.text.document import Document
from app.text.reading import read_pasted

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


def article(*provisions: str) -> Document:
    """An article whose remedy is in order, so that only the given provisions can be remarked on."""
    closing = "The Union may file a grievance within 90 calendar days of learning of a breach."
    lines = [f"5.{number} {text}" for number, text in enumerate((*provisions, closing), start=1)]
    return read_pasted("ARTICLE 5. TECHNOLOGY\n\n" + "\n\n".join(lines))


def rules_on(pipeline: Pipeline, *provisions: str) -> set[str]:
    return {remark.rule for remark in lint(article(*provisions), pipeline)}


SPEAKS = [
    ("no_actor", "Training shall be provided before first use for at least 24 hours."),
    ("no_actor", "Written notice will be given to the Union 60 calendar days before purchase."),
    ("no_actor", "An audit shall be conducted every 6 months and the results posted."),
    ("no_deadline.notice", "The Employer shall notify the Union of new tools."),
    ("no_deadline.notice", "The Employer shall give the Union written notice before it buys software."),
    ("no_deadline.notice", "The Union shall be informed by the Employer of every change."),
    ("no_deadline.information", "The Employer shall provide the Union with the documents on each vendor."),
    ("no_deadline.information", "On request, the Employer will furnish a copy of the contract."),
    ("no_deadline.information", "The Employer must disclose to each employee the data it holds."),
    ("no_deadline.answer", "The Employer shall respond to the Union's questions."),
    ("no_deadline.answer", "The Employer shall answer each request in writing."),
    ("no_deadline.answer", "The Employer will give its reasons to the employee."),
    ("no_deadline.meet", "On request, the Employer shall meet with the Union."),
    ("no_deadline.meet", "The parties shall meet to discuss new tools."),
    ("no_deadline.meet", "The Employer will hold meetings on technology."),
    ("no_amount.training", "The Employer shall provide training on new tools to all employees."),
    ("no_amount.training", "The Employer shall retrain every displaced employee."),
    ("no_amount.training", "Employees shall receive training from the Employer."),
    ("no_amount.pay", "The Employer shall pay severance to each displaced employee."),
    ("no_amount.pay", "The Employer shall pay employees an allowance for the use of their voice."),
    ("no_amount.pay", "The Employer will compensate employees for the use of their voice."),
    ("vague.time", "The Employer shall correct errors promptly."),
    ("vague.time", "The Employer shall give the Union reasonable notice of changes."),
    ("vague.time", "The Employer shall delete the data as soon as practicable."),
    ("vague.frequency", "The Employer shall audit each tool periodically."),
    ("vague.frequency", "The Employer shall hold regular meetings with the Union."),
    ("vague.frequency", "The Employer shall review the tools with the Union on a regular basis."),
    ("vague.amount", "The Employer shall provide adequate training before first use."),
    ("vague.amount", "The Employer shall keep sufficient staff on each shift."),
    ("vague.amount", "The Employer shall give employees reasonable time to learn each tool."),
    ("vague.threshold", "The Employer shall bargain over tools with a material impact on employees."),
    ("vague.threshold", "The Employer shall bargain over tools that significantly affect employees."),
    ("vague.threshold", "The Employer shall not make substantial changes without the Union's agreement."),
    ("aspiration.wish", "The Employer intends to keep every job."),
    ("aspiration.wish", "The Employer is committed to its people."),
    ("aspiration.wish", "The Employer hopes to avoid layoffs through attrition."),
    ("aspiration.should", "The Employer should tell the Union 30 calendar days ahead."),
    ("aspiration.should", "Each decision should be reviewed."),
    ("aspiration.should", "The Employer is expected to keep logs for 24 months."),
    ("aspiration.effort", "The Employer will endeavor to avoid layoffs."),
    ("aspiration.effort", "The Employer shall use its best efforts to place each employee."),
    ("aspiration.effort", "The Employer shall make every reasonable effort to train employees."),
    ("aspiration.consider", "The Employer will consider the views of the Union."),
    ("aspiration.consider", "The Employer shall explore alternatives to layoffs."),
    ("aspiration.consider", "The Employer agrees to look into other work for the employee."),
    ("aspiration.hedge", "The Employer shall normally give 60 calendar days of notice."),
    ("aspiration.hedge", "Each result will generally be reviewed by a person."),
    ("aspiration.hedge", "The Employer shall in principle keep the employee's grade."),
    ("discretion.employer", "The Employer shall give 40 hours of training at its sole discretion."),
    ("discretion.employer", "The Employer shall give access to records as determined by the Employer within 7 days."),
    ("discretion.employer", "The Employer shall, when it sees fit, place employees in other jobs within 30 days."),
    ("discretion.circumstances", "The Employer shall, where appropriate, bargain with the Union."),
    ("discretion.circumstances", "The Employer shall keep a person in charge where practicable."),
    ("discretion.circumstances", "The Employer shall keep grade and pay, subject to operational needs."),
    ("discretion.budget", "The Employer shall pay the full cost of courses, subject to available funds."),
    ("discretion.budget", "The Employer shall pay the full cost of courses within its budget."),
    ("discretion.budget", "The Employer shall offer 40 hours of training if funding is available."),
    ("discretion.chance", "Displaced employees will be considered for vacant positions."),
    ("discretion.chance", "The Employer shall see that displaced employees are given preference in hiring."),
    ("discretion.chance", "Each displaced employee shall be given due consideration by the Employer for 12 months."),
    ("undefined_term", "The Employer shall not rely on an Automated System in dismissal."),
    ("undefined_term", "The Employer shall log each Significant Decision for 24 months."),
    ("undefined_term", "The Employer shall not sell Worker Data. The Employer shall keep Worker Data for 30 days."),
    ("unused_term", "“Workplace Robot” means a machine that moves by itself."),
    ("unused_term", "In this Article, “Deepfake” means an imitation of a voice or face."),
    ("unused_term", "“Synthetic Performer” includes any figure made by a machine."),
    ("dangling_reference", "The Employer shall comply with section 14 before first use."),
    ("dangling_reference", "The steps in section 5.9 come first. No step is left out."),
    ("dangling_reference", "Subject to section 22 of this Article, no employee is laid off."),
    ("and_or", "No employee shall lose hours and/or pay because of a tool."),
    ("and_or", "The Union and / or an employee may file a claim."),
    ("and_or", "Scores and/or rankings are not used in discipline."),
    ("placeholder", "The Employer shall give [number] calendar days of notice."),
    ("placeholder", "The Employer shall pay $____ to each employee."),
    ("placeholder", "The Employer shall reply within TBD days."),
]


@pytest.mark.parametrize(("rule", "text"), SPEAKS)
def test_what_is_vague_is_remarked_on(pipeline: Pipeline, rule: str, text: str) -> None:
    assert rule in rules_on(pipeline, text, "No employee is laid off because of a tool.")


SILENT = [
    ("no_actor", "Training shall be provided by the Employer before first use."),
    ("no_actor", "No employee shall be disciplined because of a score."),
    ("no_actor", "The Employer bears the cost. Notice shall be given 60 calendar days ahead."),
    ("no_deadline.notice", "The Employer shall notify the Union at least 60 calendar days before purchase."),
    ("no_deadline.notice", "The Union shall notify the Employer of its choice."),
    ("no_deadline.information", "The Employer shall provide the Union with the documents within 7 working days."),
    ("no_deadline.information", "The Employer shall not disclose an employee's data."),
    ("no_deadline.answer", "The Employer shall respond to each question within 10 working days."),
    ("no_deadline.answer", "The Employer answers for its vendor's delay and shall not refuse to answer to the Union."),
    ("no_deadline.meet", "The parties shall meet within 7 calendar days of a request."),
    ("no_deadline.meet", "The Employer shall meet the standard in this Article."),
    ("no_amount.training", "The Employer shall give each employee at least 24 hours of training before first use."),
    ("no_amount.training", "The Employer shall not use Worker Data for training."),
    ("no_amount.pay", "The Employer shall pay each displaced employee $3,000 in severance."),
    ("no_amount.pay", "The Employer shall pay the full cost of each course."),
    ("vague.time", "The Employer shall correct errors promptly, and in any case within 3 working days."),
    ("vague.time", "Employees shall promptly report faults."),
    ("vague.frequency", "The Employer shall audit each tool regularly, at least 4 times a year."),
    ("vague.frequency", "The Union may inspect the records from time to time."),
    ("vague.amount", "The Union may take reasonable time to examine the documents."),
    ("vague.amount", "The Employer shall give each employee the training, at least 24 hours, that section 5.1 lists."),
    ("vague.threshold", "The Employer shall bargain over tools with any effect on employees."),
    ("vague.threshold", "The Union may ask for a review of a material change."),
    ("aspiration.wish", "When the Employer intends to buy a tool, it shall give 60 calendar days of notice."),
    ("aspiration.wish", "An employee who wishes to decline may do so."),
    ("aspiration.should", "If the Employer should fail to do so, the decision is void."),
    ("aspiration.should", "Employees should report faults."),
    ("aspiration.effort", "The Union will endeavor to reply."),
    (
        "aspiration.effort",
        "Before it seeks to dismiss an employee, the Employer shall give 30 calendar days of notice.",
    ),
    ("aspiration.consider", "The Union will consider the proposal."),
    ("aspiration.consider", "The Employer shall not consider a score in discipline."),
    ("aspiration.hedge", "The Employer shall pay for hours that the employee normally works."),
    ("aspiration.hedge", "The Union will generally send two members."),
    ("discretion.employer", "An employee may decline a wearable in the employee's sole discretion."),
    ("discretion.employer", "The Employer shall not decide at its sole discretion."),
    ("discretion.circumstances", "The Union may, where appropriate, bring an expert."),
    ("discretion.circumstances", "The Employer shall install the repair where necessary to comply with law."),
    ("discretion.budget", "The Union may spend the money within its budget."),
    ("discretion.budget", "The Employer shall set aside $45 for each hour of training on the day it gives notice."),
    ("discretion.chance", "The Employer shall place each displaced employee in a vacant job within 14 days."),
    ("discretion.chance", "The employee may apply for any other job."),
    ("undefined_term", "“Automated System” means software that decides. An Automated System shall not dismiss."),
    ("undefined_term", "The Employer shall tell the Director of the Ministry of Labor and the City of Boston at once."),
    ("undefined_term", "The parties establish a Technology Committee. The Committee meets 6 times a year."),
    ("unused_term", "“Workplace Robot” means a machine that moves by itself. Workplace robots yield to people."),
    ("unused_term", "A tool (“Tool”) shall not dismiss."),
    ("dangling_reference", "The steps in section 5.2 come first."),
    ("dangling_reference", "Rights under Section 7 of the National Labor Relations Act remain."),
    ("dangling_reference", "Article 31 of the collective agreement and section 22.4 remain as they are."),
    ("and_or", "The Union and the Employer, or either of them, may call a mediator."),
    ("and_or", "Input/output logs are kept for 24 months."),
    ("placeholder", "The list [Appendix A](a.md) is kept. The word “systems [sic]” stays."),
    ("placeholder", "By: ____________ Date: ________"),
]


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_what_is_clear_is_left_alone(pipeline: Pipeline, rule: str, text: str) -> None:
    assert rule not in rules_on(pipeline, text, "No employee is laid off because of a tool.")


@pytest.mark.parametrize(
    "text",
    [
        "The Employer shall not lay off an employee because of a tool.",
        "The Employer shall keep every job. Nothing in this Article is subject to arbitration.",
        "The Employer shall keep every job. This Article is not subject to the grievance or arbitration procedure.",
    ],
)
def test_a_text_without_any_remedy_says_so_once(pipeline: Pipeline, text: str) -> None:
    (remark,) = [remark for remark in lint(read_pasted(text), pipeline) if remark.rule == "no_remedy"]
    assert (remark.number, remark.start, remark.end, remark.text) == ("", 0, 0, "")


@pytest.mark.parametrize(
    "text",
    [
        "The Employer shall keep every job. The Union may file a grievance within 90 calendar days.",
        "The Employer shall keep every job. A layoff in breach of this is void.",
        "The Union may inspect the records.",
    ],
)
def test_a_text_with_a_remedy_or_without_a_duty_lacks_none(pipeline: Pipeline, text: str) -> None:
    assert "no_remedy" not in {remark.rule for remark in lint(read_pasted(text), pipeline)}


def test_every_rule_has_three_texts_that_it_speaks_on_and_two_that_it_does_not(pipeline: Pipeline) -> None:
    for rule in pipeline.lint.rules:
        if rule.id == "no_remedy":
            continue
        assert sum(name == rule.id for name, _ in SPEAKS) >= 3, rule.id
        assert sum(name == rule.id for name, _ in SILENT) >= 2, rule.id


def test_every_rule_says_what_it_costs_and_what_to_write(pipeline: Pipeline) -> None:
    for rule in pipeline.lint.rules:
        assert rule.kind in KINDS
        assert rule.severity in ("low", "medium", "high"), rule.id
        assert rule.message.endswith("."), rule.id
        assert rule.suggestion.endswith("."), rule.id
        assert ("{words}" in rule.message) == (rule.kind != "whole"), rule.id
        assert not re.search(r"\{(?!words\})", rule.message + rule.suggestion), rule.id
    assert len({rule.id for rule in pipeline.lint.rules}) == len(pipeline.lint.rules)


def test_an_unknown_kind_of_rule_is_refused_by_name(
    pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("patterns")
    text = (SETTINGS.models_dir / "patterns" / "lint.toml").read_text(encoding="utf-8")
    (folder / "lint.toml").write_text(text.replace('kind = "passive"', 'kind = "active"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"no_actor.*active"):
        load_lint_rules(folder, pipeline.patterns.words)


def test_remarks_point_at_their_words_and_come_in_the_order_of_the_text(pipeline: Pipeline) -> None:
    document = article(*(text for _, text in SPEAKS))
    remarks = lint(document, pipeline)
    assert [remark.start for remark in remarks] == sorted(remark.start for remark in remarks)
    for remark in remarks:
        assert document.text[remark.start : remark.end] == remark.text
        assert any(
            each.number == remark.number and each.start <= remark.start < remark.end <= each.end
            for each in document.provisions
        )
        assert remark.text in remark.message


def test_preambles_and_definitions_promise_nothing(pipeline: Pipeline) -> None:
    text = (
        "PREAMBLE\n\nThe Employer intends to treat its people well and should listen.\n\n"
        "ARTICLE 1. DEFINITIONS\n\n1.1 “Notice” means a letter that the Employer shall send in a timely manner.\n\n"
        "ARTICLE 2. JOBS\n\n2.1 WHEREAS the Employer is committed to its people, Notice matters.\n\n"
        "2.2 The Employer shall give Notice 60 calendar days ahead; a grievance may follow."
    )
    assert lint(read_pasted(text), pipeline) == []


def test_an_item_of_a_list_is_read_with_its_opening(pipeline: Pipeline) -> None:
    text = (
        "3. Remedy and grievance. The Employer shall:\n\n(a) notify the Union of each change;\n\n"
        "(b) endeavor to restore the job.\n\n4. Within 7 working days the Employer shall:\n\n(a) notify the Union.\n\n"
    )
    found = [(remark.number, remark.rule, remark.text) for remark in lint(read_pasted(text), pipeline)]
    assert ("3(a)", "no_deadline.notice", "notify the Union") in found
    assert not any(number.startswith("4") for number, _, _ in found)


def test_a_deadline_for_every_request_answers_for_each_of_them(pipeline: Pipeline) -> None:
    duty = "The Employer shall provide the Union with the documents that it asks for."
    assert "no_deadline.information" in rules_on(pipeline, duty)
    assert rules_on(pipeline, duty, "The Employer shall reply to each request within 10 working days.") == set()


def test_terms_that_another_agreement_defines_are_left_alone(pipeline: Pipeline) -> None:
    duty = "The Employer shall not rely on an Automated System."
    elsewhere = "Capitalized words have the meaning that the collective agreement gives them."
    assert "undefined_term" in rules_on(pipeline, duty)
    assert "undefined_term" not in rules_on(pipeline, duty, elsewhere)


def test_a_definition_pasted_alone_is_used_elsewhere(pipeline: Pipeline) -> None:
    assert lint(read_pasted("“Workplace Robot” means a machine that moves by itself."), pipeline) == []


def test_a_remark_is_made_of_plain_values(pipeline: Pipeline) -> None:
    (remark,) = lint(article("The Employer should keep each log for 24 months."), pipeline)
    assert isinstance(remark, Remark)
    assert remark.as_json() == {
        "rule": "aspiration.should",
        "severity": "high",
        "number": "5.1",
        "start": remark.start,
        "end": remark.end,
        "text": "should",
        "message": remark.message,
        "suggestion": remark.suggestion,
    }


def test_a_long_text_without_end_is_read(pipeline: Pipeline) -> None:
    words = "The Employer shall provide adequate training to employees and "
    assert "vague.amount" in {remark.rule for remark in lint(read_pasted(words * 600), pipeline)}
