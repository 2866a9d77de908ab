"""Across sentences: what one provision of the draft does to another is reported under the protection that it empties.

Every example is a whole small document, the union's text and the employer's answer. In a clause each provision carries
one protection, so that a finding shows under which of them something was attached.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.compare import compare
from app.analysis.patterns import FAMILIES
from app.analysis.pipeline import Pipeline
from app.analysis.results import Baseline, ClauseText, Comparison, Finding, Move, Protection
from app.library.baseline import document_baseline
from app.text.document import Document
from app.text.reading import read_pasted

NOTICE = (
    "The Employer shall give the Union at least 120 calendar days of written notice before it buys an Automated System."
)
USE = "The Employer shall not use an Automated System until bargaining with the Union is complete."
LAYOFF = "No employee shall be laid off or lose pay because of technology."
REVIEW = "A supervisor shall review every recommendation of software before anyone is disciplined on it."
RECORDS = "Location records of employees shall be deleted within 30 days."
REMEDY = "The Union may file a grievance within 90 days, and an arbitrator may order back pay."
FIVE = (NOTICE, USE, LAYOFF, REVIEW, REMEDY)


def written(*provisions: str, title: str = "ARTICLE 31 TECHNOLOGY", after: str = "", before: str = "") -> Document:
    """An article with Sections 1, 2, …, as it would be pasted."""
    lines = [f"{number}. {text}" for number, text in enumerate(provisions, start=1)]
    return read_pasted("\n\n".join(part for part in (before, title, *lines, after) if part), "text")


def clause(*provisions: str) -> Baseline:
    """A clause: provision 1 carries DIS-1, provision 2 carries DIS-2, and so on."""
    read = read_pasted("\n\n".join(f"{number}. {text}" for number, text in enumerate(provisions, start=1)))
    carried = tuple(
        Protection(f"DIS-{k}", f"Label {k}", "essential", (provision.number,))
        for k, provision in enumerate(read.provisions, start=1)
    )
    text = ClauseText("a-clause", "1.0.0", "target", "Technology", "disclosure", read.provisions, carried)
    return Baseline("a-clause@1.0.0", "clause", "0" * 64, (text,))


def across(comparison: Comparison) -> dict[str, list[Move]]:
    """The moves across, by protection."""
    found: dict[str, list[Move]] = {}
    for finding in comparison.findings:
        for move in finding.moves:
            if move.rule.startswith("across."):
                found.setdefault(finding.protection.id if finding.protection else "", []).append(move)
    return found


def under(comparison: Comparison, protection: str) -> Finding:
    return next(each for each in comparison.findings if each.protection and each.protection.id == protection)


def emptied(comparison: Comparison, rule: str) -> set[str]:
    """The protections under which a rule was reported."""
    return {name for name, moves in across(comparison).items() if any(move.rule == rule for move in moves)}


# --- overriding provisions ---


@pytest.mark.parametrize(
    ("words", "rule", "wanted"),
    [
        ("Notwithstanding Section 3, the Employer may lay off employees for business reasons.", "notwithstanding", {3}),
        ("Despite anything in Sections 1 and 2, the Employer may test any device.", "notwithstanding", {1, 2}),
        ("Notwithstanding the foregoing, employees may be laid off when orders fall.", "notwithstanding", {3}),
        ("Section 4 notwithstanding, the Employer need not review trivial recommendations.", "notwithstanding", {4}),
        ("Notwithstanding Sections 1 through 3, patches may be installed at any time.", "notwithstanding", {1, 2, 3}),
        ("Nothing in this Article shall prevent the Employer from laying off employees.", "nothing_in", {3}),
        ("Nothing in Section 2 shall be construed to require bargaining over upgrades.", "nothing_in", {2}),
        ("Nothing herein limits the Employer's right to manage its operations.", "nothing_in", {1, 2, 3, 4, 5}),
        ("Section 2 shall not apply during a pilot.", "exception_elsewhere", {2}),
        ("The obligations of Section 1 do not apply to vendor updates.", "exception_elsewhere", {1}),
        ("Pilots of up to a year are exempt from Sections 1 and 2.", "exception_elsewhere", {1, 2}),
        ("Devices may be installed without complying with Section 1 in an emergency.", "exception_elsewhere", {1}),
        ("Trials of up to twelve months may be run without notice.", "exception_elsewhere", {1}),
        ("For tests the Employer is not required to bargain with anybody.", "exception_elsewhere", {2}),
        ("Section 3 shall not be grievable.", "remedy_barred", {3}),
        ("This Article is not subject to the grievance procedure.", "remedy_barred", {5}),
        ("If Section 4 conflicts with the Employer's AI Policy, the Policy shall govern.", "precedence", {4}),
        ("In a conflict between Section 4 and the Employer's AI Policy, the Policy governs.", "precedence", {4}),
        ("This Article is subject to Article 3 (Management Rights).", "subject_to", {1, 2, 3, 4, 5}),
        ("The rights in Sections 3 and 4 are subject to Article 7.", "subject_to", {3, 4}),
        ("This Article is subordinate to the management rights article.", "subject_to", {1, 2, 3, 4, 5}),
        ("Section 3 shall not be construed to limit the Employer's right to lay off employees.", "nothing_in", {3}),
        ("In lieu of Section 1, the Employer may post a notice on its intranet.", "notwithstanding", {1}),
        ("For the first two years, the obligations in Section 2 are suspended.", "exception_elsewhere", {2}),
        ("Compliance with the Employer's AI Policy satisfies Sections 1 and 4.", "exception_elsewhere", {1, 4}),
        ("Minor updates do not require notice or bargaining.", "exception_elsewhere", {1, 2}),
        ("Employees in a pilot have no rights under Section 4.", "exception_elsewhere", {4}),
        ("Sections 2 and 3 shall expire on December 31.", "sunset_elsewhere", {2, 3}),
    ],
)  # fmt: skip
def test_a_later_section_is_reported_under_what_it_empties(
    words: str, rule: str, wanted: set[int], pipeline: Pipeline
) -> None:
    comparison = compare(written(*FIVE, words), clause(*FIVE), pipeline)
    assert emptied(comparison, f"across.{rule}") == {f"DIS-{number}" for number in wanted}, across(comparison)
    for number in wanted:
        finding = under(comparison, f"DIS-{number}")
        assert finding.status in {"weakened", "contradicted"}
        assert finding.draft is not None
        assert finding.draft.text == words
        assert finding.library is not None
        assert finding.library.text == FIVE[number - 1]


@pytest.mark.parametrize(
    "words",
    [
        "Notwithstanding management's rights, no employee shall be laid off.",
        "Notwithstanding any policy of the Employer, the Union may inspect every system.",
        "Notwithstanding Section 5, the Employer shall not shorten the time for a grievance.",
        "Despite Section 1, the Union may ask for notice earlier.",
        "Nothing in this Article waives a right of the Union or of an employee.",
        "Nothing in this Article permits a layoff.",
        "Nothing in Section 5 shall prevent the Union from going to court.",
        "Nothing in this Article limits a right under the Labor Relations Act.",
        "Article 5 (Management Rights) does not apply to the subjects of this Article.",
        "In the event of a conflict with any other article or policy, this Article governs.",
        "This Article prevails over any management-rights article.",
        "Disputes under this Article are subject to the grievance procedure in Article 12.",
        "The management rights article is subject to this Article.",
        "No employee shall be disciplined without notice.",
        "The Employer may inspect devices subject to Section 4.",
        "Section 8 of the National Labor Relations Act does not apply to supervisors.",
        "Section 3 shall not be construed to limit the rights of the Union under Section 5.",
        "In the event of a conflict between Section 3 and the handbook, Section 3 governs.",
        "If the Employer breaches Section 2, the system shall be suspended.",
        "Any agreement with a vendor that conflicts with this Article is without effect.",
        "This Agreement shall expire on June 30.",
        "The Employer shall prove that an item is excluded under Section 1.",
        "Notwithstanding the zipper clause in Article 40, either party may reopen Section 2.",
        "Section 3 applies to part-time employees as well.",
    ],
)
def test_an_override_for_workers_or_of_others_is_no_loss(words: str, pipeline: Pipeline) -> None:
    comparison = compare(written(*FIVE, words), clause(*FIVE), pipeline)
    assert across(comparison) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Notwithstanding Section 3, the Employer may lay off employees when a site closes.",
        "Section 2 shall not apply to the repair of a fault.",
        "Nothing in this Article shall prevent the Employer from switching off a dangerous system.",
    ],
)
def test_what_the_union_s_own_text_excepts_is_no_loss(words: str, pipeline: Pipeline) -> None:
    assert across(compare(written(*FIVE, words), clause(*FIVE, words), pipeline)) == {}
    moved = [LAYOFF, NOTICE, USE, REVIEW, REMEDY]  # the sections have other numbers in the draft
    again = words.replace("Section 3", "Section 1").replace("Section 2", "Section 3")
    assert across(compare(written(*moved, again), clause(*FIVE, words), pipeline)) == {}


def test_a_claim_over_the_whole_agreement_empties_what_restrains_the_employer(pipeline: Pipeline) -> None:
    words = (
        "Nothing in this Agreement limits the Employer's right to select and introduce technology and methods of work."
    )
    comparison = compare(written(*FIVE, RECORDS, words), clause(*FIVE, RECORDS), pipeline)
    assert emptied(comparison, "across.nothing_in") == {"DIS-2", "DIS-3"}


def test_the_sentence_names_both_places(pipeline: Pipeline) -> None:
    words = "Notwithstanding Section 3, the Employer may lay off employees for business reasons."
    comparison = compare(written(*FIVE, words), clause(*FIVE), pipeline)
    finding = under(comparison, "DIS-3")
    assert finding.explanation == f"Section 6 takes back what Section 3 gives: “{words}”."
    move = next(move for move in finding.moves if move.rule == "across.notwithstanding")
    assert move.library is not None
    assert move.library.text in LAYOFF
    assert move.draft is not None
    assert move.draft.text == words
    assert move.family in FAMILIES


def test_the_draft_s_own_numbers_count(pipeline: Pipeline) -> None:
    """Section 1 of the draft is what our text calls Section 3."""
    words = "Section 1 shall not apply to temporary employees."
    comparison = compare(written(LAYOFF, NOTICE, USE, words), clause(NOTICE, USE, LAYOFF), pipeline)
    assert emptied(comparison, "across.exception_elsewhere") == {"DIS-3"}


def test_sections_of_several_articles_are_told_apart(pipeline: Pipeline) -> None:
    draft = read_pasted(
        f"ARTICLE 8 HOURS\n\nSection 1. Shifts begin at eight.\n\nSection 2. Breaks last half an hour.\n\n"
        f"ARTICLE 9 TECHNOLOGY\n\nSection 1. {NOTICE}\n\nSection 2. {LAYOFF}\n\n"
        "Section 3. Notwithstanding Section 2, the Employer may lay off employees when orders fall.\n\n"
        "Section 4. Section 1 of Article 8 shall not apply to managers."
    )
    comparison = compare(draft, clause(NOTICE, LAYOFF), pipeline)
    assert emptied(comparison, "across.notwithstanding") == {"DIS-2"}
    assert emptied(comparison, "across.exception_elsewhere") == set()


def test_paragraphs_by_letter(pipeline: Pipeline) -> None:
    ours = f"1. The Employer agrees as follows:\n\n(a) {NOTICE}\n\n(b) {LAYOFF}"
    draft = read_pasted(f"{ours}\n\n(c) Paragraph (b) shall not apply to probationary employees.")
    comparison = compare(draft, document_baseline(read_pasted(ours)), pipeline)
    (finding,) = [f for f in comparison.findings if any(m.rule == "across.exception_elsewhere" for m in f.moves)]
    assert finding.library is not None
    assert finding.library.number == "1(b)"


# --- a provision of ours that yields ---


@pytest.mark.parametrize(
    "words",
    [
        "Subject to Section 6, the Employer shall give the Union at least 120 calendar days of written notice before "
        "it buys an Automated System.",
        "The Employer shall, except as provided in Section 6, give the Union at least 120 calendar days of written "
        "notice before it buys an Automated System.",
        NOTICE.replace(" System.", " System, unless stated otherwise in Appendix B."),
        NOTICE.replace(" System.", " System, as limited by Section 6."),
    ],
)
def test_a_provision_that_yields_to_another_one(words: str, pipeline: Pipeline) -> None:
    last = "The Employer may act at once where customers ask for it."
    comparison = compare(written(words, *FIVE[1:], last), clause(*FIVE), pipeline)
    assert emptied(comparison, "across.subject_to") == {"DIS-1"}
    assert under(comparison, "DIS-1").status == "weakened"
    explanation = next(m.explanation for m in under(comparison, "DIS-1").moves if m.rule == "across.subject_to")
    assert explanation.startswith("Section 1 now yields to")
    assert ("not in the draft" in explanation) == ("Appendix B" in words)


@pytest.mark.parametrize(
    "words",
    [
        f"Subject to Section 2, {NOTICE[0].lower()}{NOTICE[1:]}",  # Section 2 is a protection of ours
        "The Employer may buy an Automated System subject to Section 2 and after 120 calendar days of written notice.",
    ],
)
def test_a_provision_that_yields_to_a_protection_is_no_loss(words: str, pipeline: Pipeline) -> None:
    comparison = compare(written(words, *FIVE[1:]), clause(*FIVE), pipeline)
    assert emptied(comparison, "across.subject_to") == set()


def test_subject_to_that_stood_there_before_is_no_loss(pipeline: Pipeline) -> None:
    ours = f"Subject to Section 3, {NOTICE[0].lower()}{NOTICE[1:]}"
    last = "The Employer may act at once in an emergency."
    comparison = compare(written(ours.replace("120", "60"), USE, last), clause(ours, USE, last), pipeline)
    assert emptied(comparison, "across.subject_to") == set()


# --- definitions ---

DEFINED = '"Automated System" means any software that makes, ranks or recommends a decision about an employee.'


@pytest.mark.parametrize(
    ("definition", "wanted"),
    [
        (
            '"Automated System" means software that makes a decision about an employee without human involvement.',
            {2, 3},
        ),
        ('"Automated System" means newly acquired software that makes or ranks a decision about an employee.', {2, 3}),
        ('"Automated System" means generative software that makes or recommends a decision about an employee.', {2, 3}),
    ],
)
def test_a_definition_that_narrows_is_reported_where_the_term_is_used(
    definition: str, wanted: set[int], pipeline: Pipeline
) -> None:
    ours = (DEFINED, NOTICE, USE, LAYOFF)
    comparison = compare(written(definition, *ours[1:]), clause(*ours), pipeline)
    assert emptied(comparison, "across.definition") == {f"DIS-{number}" for number in wanted}
    finding = under(comparison, "DIS-3")
    assert finding.status == "weakened"
    assert finding.draft is not None
    assert finding.draft.text == definition
    assert "Section 1 narrows “Automated System”" in finding.explanation


def test_a_new_definition_of_a_word_that_our_text_leaves_open(pipeline: Pipeline) -> None:
    definition = '"Technology" means only robots that replace a person directly.'
    comparison = compare(written(*FIVE, definition), clause(*FIVE), pipeline)
    assert emptied(comparison, "across.definition") == {"DIS-3"}


@pytest.mark.parametrize(
    "words",
    [
        "A pilot shall not be considered an Automated System.",
        "Automated System does not include features of licensed software.",
        "An update shall not be deemed an Automated System.",
    ],
)
def test_what_is_declared_to_be_none(words: str, pipeline: Pipeline) -> None:
    ours = (DEFINED, NOTICE, USE, LAYOFF)
    comparison = compare(written(*ours, words), clause(*ours), pipeline)
    assert emptied(comparison, "across.definition") >= {"DIS-2", "DIS-3"}
    assert "DIS-4" not in emptied(comparison, "across.definition")


@pytest.mark.parametrize(
    "definition",
    [
        DEFINED,
        '"Automated System" means any software or device that makes, ranks, informs or recommends a decision about an '
        "employee, including but not limited to features of a product.",
        '"Working Day" means Monday to Friday.',
        '"Records" means any data of any kind.',
    ],
)
def test_a_definition_that_is_as_wide_or_of_no_word_of_ours_is_no_loss(definition: str, pipeline: Pipeline) -> None:
    ours = (DEFINED, NOTICE, USE, LAYOFF)
    first = definition if "Automated" in definition else DEFINED
    rest = () if "Automated" in definition else (definition,)
    comparison = compare(written(first, *ours[1:], *rest), clause(*ours), pipeline)
    assert emptied(comparison, "across.definition") == set()


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [("In this Agreement, ", {"DIS-1", "DIS-2"}), ("In this Article, ", {"DIS-2"})],
)
def test_a_definition_reaches_as_far_as_it_says(scope: str, wanted: set[str], pipeline: Pipeline) -> None:
    definition = scope + '"Automated System" means only software that decides without human involvement.'
    draft = read_pasted(
        f"ARTICLE 8 NOTICE\n\nSection 1. {NOTICE}\n\nARTICLE 9 USE\n\nSection 1. {definition}\n\nSection 2. {USE}"
    )
    assert emptied(compare(draft, clause(NOTICE, USE), pipeline), "across.definition") == wanted


def test_one_override_is_told_once_under_a_list(pipeline: Pipeline) -> None:
    ours = "1. The Employer shall state in writing:\n\n(a) the vendor;\n\n(b) the purpose of the system;"
    provisions = read_pasted(ours).provisions
    carried = (Protection("DIS-6", "Contents", "essential", ("1",)),)
    text = ClauseText("a-clause", "1.0.0", "target", "Contents", "disclosure", provisions, carried)
    draft = read_pasted(f"{ours}\n\n2. Section 1 shall not apply to updates.")
    (finding,) = [
        each
        for each in compare(draft, Baseline("a", "clause", "0" * 64, (text,)), pipeline).findings
        if each.protection
    ]
    assert [move.rule for move in finding.moves] == ["across.exception_elsewhere"]


# --- moved ---


@pytest.mark.parametrize(
    "recital",
    [
        f"Whereas {LAYOFF[0].lower()}{LAYOFF[1:]}",
        f"Preamble. {LAYOFF}",
        "WHEREAS the parties agree that no employee should be laid off or lose pay because of technology;",
    ],
)
def test_moved_to_the_preamble(recital: str, pipeline: Pipeline) -> None:
    draft = written(NOTICE, USE, REVIEW, REMEDY, before=recital)
    comparison = compare(draft, clause(*FIVE), pipeline)
    assert emptied(comparison, "across.moved_to_preamble") == {"DIS-3"}
    finding = under(comparison, "DIS-3")
    assert finding.status == "weakened"
    assert "a recital binds nobody" in " ".join(move.explanation for move in finding.moves)
    assert finding.draft is not None
    assert finding.draft.text == recital


def test_moved_to_the_preamble_among_several_clauses(pipeline: Pipeline) -> None:
    """A preamble answers no clause of the library, so what went there is looked for."""
    one = clause(*FIVE).texts[0]
    other = replace(clause(RECORDS, "The Employer shall hand over its books.").texts[0], id="b-clause", title="Records")
    library = Baseline("library", "library", "0" * 64, (one, other))
    draft = written(NOTICE, USE, REVIEW, REMEDY, before=f"Whereas {LAYOFF[0].lower()}{LAYOFF[1:]}")
    comparison = compare(draft, library, pipeline)
    assert emptied(comparison, "across.moved_to_preamble") == {"DIS-3"}
    assert [entry for entry in comparison.residue if entry.text in {LAYOFF, draft.provisions[0].text}] == []


@pytest.mark.parametrize(
    "ours",
    [f"Whereas {LAYOFF[0].lower()}{LAYOFF[1:]}", f"Preamble. {LAYOFF}"],
)
def test_a_preamble_of_our_own_is_no_loss(ours: str, pipeline: Pipeline) -> None:
    union = written(NOTICE, USE, REMEDY, before=ours)
    comparison = compare(written(NOTICE, USE, REMEDY, before=ours), document_baseline(union), pipeline)
    assert across(comparison) == {}


LETTER = "LETTER OF UNDERSTANDING (UNSIGNED)"


@pytest.mark.parametrize("heading", [LETTER, "SIDE LETTER", "APPENDIX B GUIDELINES"])
def test_the_remedy_moved_out_of_the_agreement(heading: str, pipeline: Pipeline) -> None:
    draft = written(NOTICE, USE, LAYOFF, REVIEW, after=f"{heading}\n\n{REMEDY}")
    comparison = compare(draft, clause(*FIVE), pipeline)
    assert emptied(comparison, "across.moved_remedy") == {"DIS-5"}
    assert under(comparison, "DIS-5").status == "weakened"
    assert under(comparison, "DIS-1").status == "kept"


def test_a_protection_moved_to_a_letter(pipeline: Pipeline) -> None:
    draft = written(NOTICE, USE, REVIEW, REMEDY, after=f"{LETTER}\n\n{LAYOFF}")
    comparison = compare(draft, clause(*FIVE), pipeline)
    assert emptied(comparison, "across.moved_to_letter") == {"DIS-3"}


def test_a_letter_that_is_part_of_the_agreement_is_no_loss(pipeline: Pipeline) -> None:
    after = f"SIDE LETTER\n\n{REMEDY}\n\nThis letter is part of this Agreement and is fully grievable."
    draft = written(NOTICE, USE, LAYOFF, REVIEW, after=after)
    assert emptied(compare(draft, clause(*FIVE), pipeline), "across.moved_remedy") == set()


def test_a_whole_clause_answered_in_a_letter_has_not_moved(pipeline: Pipeline) -> None:
    draft = written(*FIVE, title="LETTER OF AGREEMENT")
    assert across(compare(draft, clause(*FIVE), pipeline)) == {}


def two_articles(remedy: str) -> Document:
    first = "\n\n".join(f"Section {k}. {text}" for k, text in enumerate((NOTICE, USE, LAYOFF, REVIEW), start=1))
    return read_pasted(f"ARTICLE 9 TECHNOLOGY\n\n{first}\n\nARTICLE 20 DISPUTES\n\nSection 1. {remedy}")


def test_a_remedy_moved_to_another_article(pipeline: Pipeline) -> None:
    comparison = compare(two_articles(REMEDY), clause(*FIVE), pipeline)
    assert emptied(comparison, "across.moved_remedy") == {"DIS-5"}
    assert "Article 20" in under(comparison, "DIS-5").explanation


@pytest.mark.parametrize(
    "remedy",
    [
        REMEDY.replace("grievance within", "grievance over Article 9 within"),
        REMEDY.replace("grievance within", "grievance under this Agreement within"),
    ],
)
def test_a_remedy_that_still_names_its_article_is_no_loss(remedy: str, pipeline: Pipeline) -> None:
    assert emptied(compare(two_articles(remedy), clause(*FIVE), pipeline), "across.moved_remedy") == set()


# --- references that lead astray ---

POWER = "The arbitrator may order any remedy in Section 4 and shall decide within 14 days."
REMEDIES = "The Employer shall restore the position, the pay and the benefits of each employee, with interest."
OURS = (NOTICE, USE, LAYOFF, REMEDIES, POWER)


@pytest.mark.parametrize(
    ("provisions", "says"),
    [
        ((NOTICE, USE, POWER), "which is not in the draft"),  # there is no Section 4 any more
        ((NOTICE, USE, LAYOFF, POWER, REVIEW), "what stood there is gone"),  # Section 4 is the arbitrator's own now
        ((NOTICE, USE, REMEDIES, LAYOFF, POWER), "stands in Section 3 now"),  # moved, and the reference was not
        ((NOTICE, USE, LAYOFF, REMEDIES, POWER.replace("Section 4", "Section 14")), "which is not in the draft"),
    ],
)
def test_a_reference_that_leads_astray(provisions: tuple[str, ...], says: str, pipeline: Pipeline) -> None:
    comparison = compare(written(*provisions), clause(*OURS), pipeline)
    assert emptied(comparison, "across.dangling_reference") == {"DIS-5"}
    (move,) = [m for m in under(comparison, "DIS-5").moves if m.rule == "across.dangling_reference"]
    assert says in move.explanation
    assert move.family == "remedy_removed"
    assert move.draft is not None
    assert move.draft.text.endswith("4")


@pytest.mark.parametrize(
    "provisions",
    [
        OURS,
        (NOTICE, USE, REMEDIES, POWER.replace("Section 4", "Section 3")),  # renumbered, and the reference with it
        (NOTICE, USE, LAYOFF, REMEDIES, POWER.replace("14 days", "14 days under Section 301 of the Labor Act")),
        (NOTICE, USE, LAYOFF, REMEDIES, POWER.replace("14 days", "14 days as Article 12 provides")),
    ],
)
def test_a_reference_that_leads_home_or_out_of_the_draft_is_no_loss(
    provisions: tuple[str, ...], pipeline: Pipeline
) -> None:
    comparison = compare(written(*provisions), clause(*OURS), pipeline)
    assert emptied(comparison, "across.dangling_reference") == set()


def test_a_reference_that_led_nowhere_in_our_own_text_is_no_loss(pipeline: Pipeline) -> None:
    loose = POWER.replace("Section 4", "Section 9")
    comparison = compare(written(NOTICE, USE, REMEDIES, loose), clause(NOTICE, USE, REMEDIES, loose), pipeline)
    assert across(comparison) == {}


# --- texts without declared protections ---


def test_two_texts_without_protections(pipeline: Pipeline) -> None:
    words = "Section 2 shall not apply during a pilot."
    comparison = compare(written(*FIVE, words), document_baseline(written(*FIVE)), pipeline)
    (finding,) = [each for each in comparison.findings if each.status == "weakened"]
    assert finding.library is not None
    assert finding.library.text == USE
    assert finding.draft is not None
    assert finding.draft.text == words
    assert [move.rule for move in finding.moves] == ["across.exception_elsewhere"]


@pytest.mark.parametrize("words", ["", "Uniforms come in three sizes.", "Section 2 applies at all times."])
def test_nothing_across_where_nothing_is_taken_back(words: str, pipeline: Pipeline) -> None:
    draft = written(*FIVE, words) if words else written(*FIVE)
    assert across(compare(draft, document_baseline(written(*FIVE)), pipeline)) == {}
