"""Making a letter of a template and chosen questions. Pure: the same words in give the same letter out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import InvalidInput, PlaceholderError
from app.library.clause import Value
from app.library.information_requests import LetterTemplate, LetterVariant, paragraphs
from app.library.rendering import check_value
from app.library.templates import fill_template

WORKING_DAYS = "working days"
MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Parties:
    """Who writes to whom, about whom."""

    union: str
    employer: str
    unit: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions under one heading of the letter."""

    label: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter; questions are numbered through from one group to the next."""

    letterhead: tuple[str, ...]
    day: date
    addressee: tuple[str, ...]
    subject: str
    greeting: str
    before: tuple[str, ...]
    groups: tuple[QuestionGroup, ...]
    after: tuple[str, ...]
    closing: str
    signer: str
    signer_title: str
    reply_by: date
    union: str
    employer: str

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return sum(len(group.questions) for group in self.groups)

    def lines(self) -> list[str]:
        """The letter as plain text, one paragraph a line, empty lines between."""
        found = [*self.letterhead, "", long_day(self.day), "", *self.addressee, "", f"Subject: {self.subject}", ""]
        found += [self.greeting, ""]
        found += [line for paragraph in self.before for line in (paragraph, "")]
        number = 0
        for group in self.groups:
            found += [group.label, ""]
            for question in group.questions:
                number += 1
                found.append(f"{number}. {question}")
            found.append("")
        found += [line for paragraph in self.after for line in (paragraph, "")]
        found += [self.closing, "", "", "_" * 30, self.signer]
        return [*found, *([self.signer_title] if self.signer_title else [])]


def compose_letter(
    template: LetterTemplate,
    variant: LetterVariant,
    parties: Parties,
    groups: Sequence[QuestionGroup],
    *,
    values: Mapping[str, object],
    day: date,
    letterhead: Sequence[str] = (),
    address: Sequence[str] = (),
) -> Letter:
    """Fill a letter.

    Args:
        template: The letter with its placeholders.
        variant: Legal basis and words of the place.
        parties: As the table names them.
        groups: The chosen questions, in order; empty groups are left out.
        values: What was entered for the placeholders, by name; what is empty takes its default.
        day: The date of the letter.
        letterhead: Lines above the date; the union's name if there are none.
        address: Lines under the addressee.

    Raises:
        PlaceholderError: A value is missing, of the wrong kind or out of bounds; `name` says which.
        InvalidInput: No question was chosen, or too many.
    """
    filled = {each.name: check_value(each, values.get(each.name), "target") for each in template.placeholders}
    kept = _chosen(groups)
    reply_by = reply_date(day, int(filled["reply_days"]), working=filled["day_kind"] == WORKING_DAYS)
    context = _context(filled, variant, parties, day=day, reply_by=reply_by)

    def fill(section: str) -> tuple[str, ...]:
        return tuple(fill_template(each, context) for each in paragraphs(section))

    return Letter(
        letterhead=tuple(letterhead) or (parties.union,),
        day=day,
        addressee=(str(filled["addressee"]), *(address or (parties.employer,))),
        subject=str(filled["subject"]),
        greeting=f"Dear {filled['addressee']}:",
        before=fill(template.before),
        groups=kept,
        after=fill(template.after),
        closing=fill(template.closing)[0],
        signer=str(filled["signer"]),
        signer_title=str(filled["signer_title"]),
        reply_by=reply_by,
        union=parties.union,
        employer=parties.employer,
    )


def _chosen(groups: Sequence[QuestionGroup]) -> tuple[QuestionGroup, ...]:
    """The groups that ask something; raises InvalidInput where nothing is asked, or too much."""
    kept = tuple(group for group in groups if group.questions)
    count = sum(len(group.questions) for group in kept)
    if not count:
        raise InvalidInput("No question is chosen; choose at least one, or write one of your own.", field="questions")
    if count > MOST_QUESTIONS:
        raise InvalidInput(
            f"{count} questions are chosen; a letter holds at most {MOST_QUESTIONS}. Choose fewer.", field="questions"
        )
    return kept


def _context(
    filled: Mapping[str, Value], variant: LetterVariant, parties: Parties, *, day: date, reply_by: date
) -> dict[str, Value]:
    """What the words of a letter may name: placeholders, parties, dates, and the legal basis of the place."""
    context: dict[str, Value] = {
        **filled,
        "union": parties.union,
        "employer": parties.employer,
        "unit": parties.unit,
        "letter_date": long_day(day),
        "reply_by": f"{reply_by:%A}, {long_day(reply_by)}",
        "side": variant.side,
        "talks": variant.talks,
    }
    context["basis"] = fill_template(variant.basis, context)
    context["late"] = fill_template(variant.late, context)
    return context


def reply_date(day: date, days: int, *, working: bool) -> date:
    """The last day to reply, counted from the day after `day`; working days are Monday to Friday, holidays included.

    Raises PlaceholderError where the calendar ends.
    """
    try:
        if not working:
            return day + timedelta(days=days)
        weeks, rest = divmod(days, 5)
        found = _back_to_friday(day) + timedelta(weeks=weeks)
        for _ in range(rest):
            found += timedelta(days=3 if found.weekday() == 4 else 1)
    except OverflowError as error:
        raise PlaceholderError("Days to reply: the date lies beyond the calendar.", name="reply_days") from error
    return found


def long_day(day: date) -> str:
    """A date as the table writes it: 19 May 2026."""
    return f"{day.day} {day:%B %Y}"


def _back_to_friday(day: date) -> date:
    """The last working day up to `day`: counting from a Saturday begins on Monday as well."""
    return day - timedelta(days=max(0, day.weekday() - 4))
