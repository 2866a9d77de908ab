"""Checking the question bank and the letters: ids, elements, placeholders, and a trial run of every variant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.errors import ProvisoError
from app.library.information_requests import (
    GIVEN,
    REQUESTS_FOLDER,
    LetterTemplate,
    LetterVariant,
    Subject,
    letter_files,
    read_letter,
    read_subject,
    subject_files,
)
from app.library.letters import Parties, QuestionGroup, compose_letter
from app.library.lock import lock_problems, read_lock
from app.library.placeholder_check import default_problems
from app.library.templates import template_uses
from app.library.vocabulary import Vocabulary

NEEDED = ("addressee", "subject", "reply_days", "day_kind", "reply_to", "signer", "signer_title")
"""Placeholders that every letter declares, since the form and the date of reply rest on them."""

Read = TypeVar("Read", Subject, LetterTemplate)


def request_problems(clauses_dir: Path, vocabulary: Vocabulary) -> list[str]:
    """Every problem of the information requests, each one sentence; a library without the folder has none."""
    folder = clauses_dir / REQUESTS_FOLDER
    if not folder.is_dir():
        return []
    subjects, problems = _read_all(subject_files(clauses_dir), read_subject)
    letters, more = _read_all(letter_files(clauses_dir), read_letter)
    problems += more
    problems += _question_problems(subjects, vocabulary)
    for letter in letters:
        where = f"{REQUESTS_FOLDER}/letter/{letter.version}.md"
        problems += [f"{where}: {each}" for each in _letter_problems(letter, vocabulary)]
    if not more:
        try:
            locked = read_lock(folder)
        except ProvisoError as error:
            return [*problems, f"{REQUESTS_FOLDER}/{error}"]
        problems += [f"{REQUESTS_FOLDER}/{each}" for each in lock_problems(letters, locked)]
    return problems


def _read_all(paths: list[Path], read: Callable[[Path], Read]) -> tuple[list[Read], list[str]]:
    found, problems = [], []
    for path in paths:
        try:
            found.append(read(path))
        except ProvisoError as error:
            problems.append(str(error))
    return found, problems


def _question_problems(subjects: list[Subject], vocabulary: Vocabulary) -> list[str]:
    problems = []
    ids = [question.id for subject in subjects for question in subject.questions]
    for subject in subjects:
        where = f"{REQUESTS_FOLDER}/questions ({subject.id})"
        for question in subject.questions:
            if not question.id.startswith(f"{subject.id}-"):
                problems.append(f"{where}: the id {question.id} must begin with {subject.id}-; correct it.")
            problems += [
                f'{where}: {question.id}: "{element}" is not in vocabulary.yml; take an element that is.'
                for element in question.elements
                if element not in vocabulary.elements
            ]
    named = [subject.id for subject in subjects]
    problems += [
        f"{REQUESTS_FOLDER}/questions: the id {each} stands there twice; ids tell questions apart."
        for each in sorted({each for each in [*ids, *named] if (ids + named).count(each) > 1})
    ]
    return problems


def _letter_problems(letter: LetterTemplate, vocabulary: Vocabulary) -> list[str]:
    names = [each.name for each in letter.placeholders]
    problems = [f"field placeholders: {each} is missing; declare it." for each in NEEDED if each not in names]
    problems += [f"field placeholders: {each} is declared twice; keep one." for each in _twice(names)]
    problems += [
        f"field variants: {each} stands there twice; keep one." for each in _twice(v.id for v in letter.variants)
    ]
    for placeholder in letter.placeholders:
        problems += [f"field placeholders ({placeholder.name}): {each}" for each in default_problems(placeholder)]
    used: set[str] = set()
    for where, text, more in _texts(letter):
        try:
            uses = template_uses(text)
        except ProvisoError as error:
            problems.append(f"{where}: {error}")
            continue
        used |= uses.names
        problems += [
            f"{where}: {{{{ {name} }}}} is not declared; add it to the field placeholders."
            for name in sorted(uses.names - {*names, *GIVEN, *more})
        ]
    for variant in letter.variants:
        problems += _variant_problems(variant, vocabulary)
    return problems or _trial_problems(letter)


def _texts(letter: LetterTemplate) -> list[tuple[str, str, tuple[str, ...]]]:
    """Where each template stands, the template, and which names it may use beside placeholders and given names."""
    parts = [
        ("Before the questions", letter.before),
        ("After the questions", letter.after),
        ("Closing", letter.closing),
    ]
    found: list[tuple[str, str, tuple[str, ...]]] = []
    found += [(f'section "{title}"', text, ("basis", "late")) for title, text in parts]
    for variant in letter.variants:
        found += [(f"field variants ({variant.id}, basis)", variant.basis, ())]
        found += [(f"field variants ({variant.id}, late)", variant.late, ())]
    return found


def _variant_problems(variant: LetterVariant, vocabulary: Vocabulary) -> list[str]:
    known = [
        ("jurisdictions", variant.jurisdictions, set(vocabulary.jurisdictions)),
        ("sources", variant.sources, set(vocabulary.sources)),
        ("certainty", (variant.certainty,), set(vocabulary.certainty)),
    ]
    return [
        f'field variants ({variant.id}, {field}): "{word}" is not in vocabulary.yml; take one that is.'
        for field, words, admitted in known
        for word in words
        if word not in admitted
    ]


def _trial_problems(letter: LetterTemplate) -> list[str]:
    """Fill every variant once, so that nothing is found out at the table."""
    problems = []
    values = {each.name: each.default("target") or "Somebody" for each in letter.placeholders}
    for variant in letter.variants:
        try:
            compose_letter(
                letter,
                variant,
                Parties("Union", "Employer", "All"),
                [QuestionGroup("A subject", ("Which system is it?",))],
                values=values,
                day=date(2026, 1, 5),
            )
        except ProvisoError as error:
            problems.append(f"variant {variant.id}: {error}")
    return problems


def _twice(words: Iterable[str]) -> list[str]:
    listed = list(words)
    return sorted({each for each in listed if listed.count(each) > 1})
