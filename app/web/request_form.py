"""The form of an information request: what was entered, what is offered, and the letter or the messages it comes to.

Nothing is stored: the form goes back and forth with everything in it until the letter is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from starlette.datastructures import FormData

from app.errors import InvalidInput, PlaceholderError
from app.library.clause import Placeholder
from app.library.information_requests import LetterTemplate, RequestBank
from app.library.letters import Letter, Parties, QuestionGroup, compose_letter
from app.library.rendering import check_value
from app.library.vocabulary import Vocabulary
from app.proposals.request_material import ClauseQuestions
from app.proposals.views import TableView
from app.web.forms import Problems
from app.web.submitted import text_field

_MOST_LINES = 8
_LONGEST_LINE = 200
_MOST_OWN = 50
_LONGEST_OWN = 1000
_OWN_LABEL = "Further questions"


@dataclass(frozen=True, slots=True)
class Choice:
    """One question with its box."""

    id: str
    text: str
    good_for: str
    elements: tuple[tuple[str, str], ...]  # (id, label)


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one subject, or of one clause."""

    id: str
    label: str
    sentence: str
    choices: tuple[Choice, ...]
    address: str = ""  # of the clause that they come from


@dataclass(frozen=True, slots=True)
class Entered:
    """Everything that the form holds, as it was typed."""

    variant: str
    letter_date: str
    letterhead: str
    address: str
    own: str
    values: dict[str, str]
    chosen: frozenset[str] = field(default_factory=frozenset)


def offered_groups(bank: RequestBank, clauses: Sequence[ClauseQuestions], vocabulary: Vocabulary) -> tuple[Group, ...]:
    """The question bank by subject, then the questions of each clause that the table's proposals use."""
    subjects = tuple(
        Group(
            subject.id,
            subject.label,
            subject.sentence,
            tuple(
                Choice(
                    each.id,
                    each.text,
                    each.good_for,
                    tuple((element, vocabulary.element_label(element)) for element in each.elements),
                )
                for each in subject.questions
            ),
        )
        for subject in bank.subjects
    )
    return subjects + tuple(_clause_group(each) for each in clauses)


def first_entry(letter: LetterTemplate, table: TableView, signer: str, today: date) -> Entered:
    """The form as it opens: the wording of the table's jurisdiction, today's date, the table's names."""
    values = {each.name: _shown(each.default("target")) for each in letter.placeholders}
    return Entered(
        variant=letter.variant_for(table.jurisdiction).id,
        letter_date=today.isoformat(),
        letterhead=table.union,
        address=table.employer,
        own="",
        values=values | {"signer": signer},
    )


def read_entry(form: FormData | None, letter: LetterTemplate) -> Entered:
    """The form as it came back."""
    chosen = form.getlist("question") if form is not None else []
    return Entered(
        variant=text_field(form, "variant"),
        letter_date=text_field(form, "letter_date").strip(),
        letterhead=text_field(form, "letterhead"),
        address=text_field(form, "address"),
        own=text_field(form, "own"),
        values={each.name: text_field(form, each.name) for each in letter.placeholders},
        chosen=frozenset(each for each in chosen if isinstance(each, str)),
    )


def with_group(entered: Entered, groups: Sequence[Group], action: str) -> Entered:
    """Tick or clear a whole group: "all:data", "none:data"; without a group, every one."""
    kind, _, name = action.partition(":")
    ids = {choice.id for group in groups if name in ("", group.id) for choice in group.choices}
    return replace(entered, chosen=entered.chosen | ids if kind == "all" else entered.chosen - ids)


def letter_of(
    entered: Entered, letter: LetterTemplate, groups: Sequence[Group], table: TableView
) -> tuple[Letter | None, Problems]:
    """The letter that the form comes to; None with a message for each field that has to be mended."""
    problems = Problems()
    variant = letter.variant(entered.variant)
    if variant is None:
        problems.messages["variant"] = "Choose one of the wordings in the list."
    day = _day(entered.letter_date)
    if day is None:
        problems.messages["letter_date"] = "Write the date as year-month-day, such as 2026-11-30."
    for placeholder in letter.placeholders:
        try:
            check_value(placeholder, entered.values[placeholder.name])
        except PlaceholderError as error:
            problems.messages[error.name] = str(error)
    for name, words in (("letterhead", entered.letterhead), ("address", entered.address)):
        if message := _lines_problem(words):
            problems.messages[name] = message
    if message := _own_problem(entered.own):
        problems.messages["own"] = message
    asked = _asked(entered, groups)
    if variant is None or day is None or problems:
        if not asked:
            problems.messages["questions"] = "No question is chosen; choose at least one, or write one of your own."
        return None, problems
    try:
        composed = compose_letter(
            letter,
            variant,
            Parties(table.union, table.employer, table.unit),
            asked,
            values=entered.values,
            day=day,
            letterhead=_lines(entered.letterhead),
            address=_lines(entered.address),
        )
    except PlaceholderError as error:
        problems.messages[error.name] = str(error)
    except InvalidInput as error:
        problems.messages[error.field] = str(error)
    else:
        return composed, problems
    return None, problems


def _asked(entered: Entered, groups: Sequence[Group]) -> list[QuestionGroup]:
    asked = [
        QuestionGroup(group.label, tuple(each.text for each in group.choices if each.id in entered.chosen))
        for group in groups
    ]
    return [group for group in [*asked, QuestionGroup(_OWN_LABEL, _lines(entered.own))] if group.questions]


def _clause_group(clause: ClauseQuestions) -> Group:
    name = f"clause-{clause.clause_id}"
    return Group(
        name,
        clause.title,
        "Questions of a clause that you propose at this table.",
        tuple(
            Choice(f"{name}-{clause.version}-{number}", question, "", ())
            for number, question in enumerate(clause.questions, start=1)
        ),
        f"/library/{clause.clause_id}?version={clause.version}",
    )


def _day(entered: str) -> date | None:
    try:
        return date.fromisoformat(entered)
    except ValueError:
        return None


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line for each in words.split("\n") if (line := " ".join(each.split())))


def _lines_problem(words: str) -> str:
    lines = _lines(words)
    if len(lines) > _MOST_LINES:
        return f"{len(lines)} lines are too many; use at most {_MOST_LINES}."
    if any(len(line) > _LONGEST_LINE for line in lines):
        return f"A line is too long; use at most {_LONGEST_LINE} characters."
    return ""


def _own_problem(words: str) -> str:
    lines = _lines(words)
    if len(lines) > _MOST_OWN:
        return f"{len(lines)} questions are too many; write at most {_MOST_OWN}, one a line."
    if any(len(line) > _LONGEST_OWN for line in lines):
        return f"A question is too long; use at most {_LONGEST_OWN} characters."
    return ""


def _shown(value: int | str | None) -> str:
    return "" if value is None else str(value)


def placeholders_by_name(letter: LetterTemplate) -> dict[str, Placeholder]:
    """Placeholders for the form to show with their labels, help and bounds."""
    return {each.name: each for each in letter.placeholders}
