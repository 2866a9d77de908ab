"""`proviso information-request`: a letter with questions to the employer, from the library alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.commands.output import STANDARD, check_output, write_output
from app.commands.sources import load_settings
from app.errors import InvalidInput
from app.library.information_requests import GENERAL, LetterTemplate, LetterVariant, RequestBank, load_requests
from app.library.letters import Parties, QuestionGroup, compose_letter


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given."""

    parties: Parties
    signer: str
    wording: str
    subjects: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    day: str = ""  # "" means today
    values: dict[str, object] = field(default_factory=dict)


def list_questions() -> None:
    """Print every question with its id, under its subject, and the wordings of the letter."""
    bank = load_requests(load_settings().clauses_dir)
    lines: list[str] = []
    for subject in bank.subjects:
        lines += [f"{subject.id}: {subject.label}", *(f"  {each.id}: {each.text}" for each in subject.questions), ""]
    letter = _letter(bank)
    lines += ["Wordings", *(f"  {each.id}: {each.label}" for each in letter.variants)]
    sys.stdout.write("\n".join(lines) + "\n")


def write_request(asked: Asked, output: Path | None) -> None:
    """Write the letter: Word where `output` ends in .docx, PDF where it ends in .pdf, plain text otherwise.

    Raises:
        ProvisoError: A subject, question, wording, date or value cannot be used, or LibreOffice is missing for a PDF.
    """
    for name, value in (
        ("union", asked.parties.union),
        ("employer", asked.parties.employer),
        ("unit", asked.parties.unit),
    ):
        if not value.strip():
            raise InvalidInput(f"The {name} is missing; name it with --{name}.", field=name)
    form = output.suffix.lower() if output is not None and output != STANDARD else ""
    check_output(output, binary=form in {".docx", ".pdf"})
    if form == ".pdf":
        from app.proposals.pdf import refuse_without_office  # noqa: PLC0415 - only when asked for

        refuse_without_office()
    bank = load_requests(load_settings().clauses_dir)
    letter = _letter(bank)
    wording = _wording(letter, asked.wording)
    made = compose_letter(
        letter,
        wording,
        asked.parties,
        _groups(bank, asked),
        values={**asked.values, "signer": asked.signer},
        day=_day(asked.day),
    )
    if form in {".docx", ".pdf"}:
        from app.proposals.export_options import language_of, paper_of  # noqa: PLC0415 - all only when asked for
        from app.proposals.pdf import write_pdf  # noqa: PLC0415
        from app.proposals.request_docx import write_request_docx  # noqa: PLC0415

        place = "" if wording.id == GENERAL else next(iter(wording.jurisdictions), "")
        data = write_request_docx(made, language=language_of(place), paper=paper_of(place))
        write_output(write_pdf(data, name="The letter") if form == ".pdf" else data, output)
    else:
        write_output("\n".join(made.lines()) + "\n", output)


def _letter(bank: RequestBank) -> LetterTemplate:
    if bank.letter is None:
        raise InvalidInput("This library has no letter for information requests.", field="library")
    return bank.letter


def _wording(letter: LetterTemplate, wording: str) -> LetterVariant:
    found = letter.variant(wording)
    if found is None:
        known = ", ".join(each.id for each in letter.variants)
        raise InvalidInput(f'"{wording}" is no wording; choose one of {known}.', field="wording")
    return found


def _groups(bank: RequestBank, asked: Asked) -> list[QuestionGroup]:
    subjects = {each.id for each in bank.subjects}
    unknown = next((each for each in asked.subjects if each not in subjects), None)
    if unknown is not None:
        raise InvalidInput(
            f'"{unknown}" is no subject; the subjects are {", ".join(sorted(subjects))}.', field="subject"
        )
    missing = next((each for each in asked.questions if each not in bank.questions), None)
    if missing is not None:
        raise InvalidInput(
            f'There is no question "{missing}"; see proviso information-request --list.', field="question"
        )
    chosen = [
        QuestionGroup(
            subject.label,
            tuple(
                each.text for each in subject.questions if subject.id in asked.subjects or each.id in asked.questions
            ),
        )
        for subject in bank.subjects
    ]
    return [*chosen, QuestionGroup("Further questions", tuple(" ".join(each.split()) for each in asked.own))]


def _day(entered: str) -> date:
    if not entered:
        return date.today()  # noqa: DTZ011 - the day on the machine of the person who writes
    try:
        return date.fromisoformat(entered)
    except ValueError as error:
        raise InvalidInput(f'"{entered}" is no date; write it as 2026-11-30.', field="date") from error
