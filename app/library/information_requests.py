"""Information requests as content: the question bank by subject, and the letter that carries the questions.

Subjects are files in `clauses/information_requests/questions/`, letters are versions in `.../letter/`, locked like
clauses. What has to be right in them is checked in `request_check`; `letters` makes a letter of chosen questions.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import ClauseFileError
from app.library.clause import Placeholder, version_order
from app.library.front_matter import build_placeholder, read_source, split_source
from app.library.yaml_text import load_yaml

REQUESTS_FOLDER = "information_requests"
LETTER_SECTIONS = ("Before the questions", "After the questions", "Closing")
GIVEN = ("union", "employer", "unit", "letter_date", "reply_by", "side", "talks")
"""Names that a letter may use beside its placeholders, in a basis as well."""

GENERAL = "general"
"""The variant that names no statute."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the employer; `id` stays, whatever becomes of the words."""

    id: str  # "data-retention"
    text: str
    good_for: str  # for the union alone
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Questions on one subject, in the order of the letter."""

    id: str
    label: str
    sentence: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class LetterVariant:
    """What differs by jurisdiction."""

    id: str
    jurisdictions: tuple[str, ...]
    label: str
    side: str  # how the letter calls the sender: "Union", "Works Council"
    talks: str  # "bargaining", "consultation"
    basis: str
    late: str
    note: str  # for the writer; never in the letter
    sources: tuple[str, ...]
    certainty: str


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One fixed text of a letter, with everything that its file says about it."""

    id: str
    version: str
    status: str
    title: str
    placeholders: tuple[Placeholder, ...]
    variants: tuple[LetterVariant, ...]
    before: str
    after: str
    closing: str
    changes: str
    reviewed_by: str
    digest: str
    topic: str = REQUESTS_FOLDER

    @property
    def label(self) -> str:
        return f"{self.id}@{self.version}"

    def variant(self, variant: str) -> LetterVariant | None:
        """The variant of this id."""
        return next((each for each in self.variants if each.id == variant), None)

    def variant_for(self, jurisdiction: str) -> LetterVariant:
        """The variant that serves a jurisdiction, else the one that names no statute."""
        serving = (each for each in self.variants if jurisdiction in each.jurisdictions)
        general = self.variant(GENERAL) or self.variants[-1]
        return next(serving, general)

    def placeholder(self, name: str) -> Placeholder:
        """The placeholder of this name; the check has seen to it that what pages need is there."""
        return next(each for each in self.placeholders if each.name == name)


@dataclass(frozen=True, slots=True)
class RequestBank:
    """Everything for information requests; empty in a library without them."""

    subjects: tuple[Subject, ...] = ()
    letters: tuple[LetterTemplate, ...] = ()  # the newest first

    @property
    def letter(self) -> LetterTemplate | None:
        """The newest published letter."""
        return next((each for each in self.letters if each.status == "published"), None)

    @property
    def questions(self) -> dict[str, Question]:
        """Every question of the bank by id."""
        return {each.id: each for subject in self.subjects for each in subject.questions}


def load_requests(clauses_dir: Path) -> RequestBank:
    """Read subjects and letters; the bank is empty where the library has none.

    Raises:
        ClauseFileError: a file breaks the format; names file, field and remedy.
    """
    letters = [read_letter(path) for path in letter_files(clauses_dir)]
    letters.sort(key=lambda each: version_order(each.version), reverse=True)
    return RequestBank(tuple(read_subject(path) for path in subject_files(clauses_dir)), tuple(letters))


def subject_files(clauses_dir: Path) -> list[Path]:
    """The files of subjects, in the order of their names, which begin with a number."""
    return sorted(
        path for path in (clauses_dir / REQUESTS_FOLDER / "questions").glob("*.yml") if path.name != "schema.yml"
    )


def letter_files(clauses_dir: Path) -> list[Path]:
    """The versions of the letter, sorted by name."""
    return sorted((clauses_dir / REQUESTS_FOLDER / "letter").glob("*.md"))


def read_subject(path: Path) -> Subject:
    """Read one subject; raises ClauseFileError naming file, field and remedy."""
    name = _name(path)
    try:
        data = load_yaml(read_source(path))
    except ValueError as error:
        raise ClauseFileError(f"{name}: {error}") from error
    if not isinstance(data, dict):
        raise ClauseFileError(f"{name}: the file holds no fields; write lines such as id: data.")
    _keep_to_schema(data, path, name)
    return Subject(
        data["id"],
        data["label"],
        data["sentence"],
        tuple(
            Question(each["id"], each["question"], each["good_for"], tuple(each["elements"]))
            for each in data["questions"]
        ),
    )


def read_letter(path: Path) -> LetterTemplate:
    """Read one version of a letter; raises ClauseFileError naming file, field and remedy."""
    name = _name(path)
    source = read_source(path)
    data, sections = split_source(source, name, LETTER_SECTIONS)
    _keep_to_schema(data, path, name)
    empty = next((title for title in LETTER_SECTIONS if not sections.get(title)), None)
    if empty:
        raise ClauseFileError(f'{name}: section "{empty}" is missing or empty; write it under "# {empty}".')
    return LetterTemplate(
        id=data["id"],
        version=data["version"],
        status=data["status"],
        title=data["title"],
        placeholders=tuple(build_placeholder(each) for each in data["placeholders"]),
        variants=tuple(_variant(each) for each in data["variants"]),
        before=sections["Before the questions"],
        after=sections["After the questions"],
        closing=sections["Closing"],
        changes=data["changes"],
        reviewed_by=data["reviewed"]["by"],
        digest=hashlib.sha256(source.encode()).hexdigest(),
    )


def paragraphs(section: str) -> list[str]:
    """A section's paragraphs, each on one line."""
    return [" ".join(each.split()) for each in re.split(r"\n\s*\n", section) if each.strip()]


def _variant(data: dict[str, Any]) -> LetterVariant:
    return LetterVariant(
        id=data["id"],
        jurisdictions=tuple(data["jurisdictions"]),
        label=data["label"],
        side=data["side"],
        talks=data["talks"],
        basis=" ".join(data["basis"].split()),
        late=" ".join(data["late"].split()),
        note=" ".join(data["note"].split()),
        sources=tuple(data["sources"]),
        certainty=data["certainty"],
    )


def _keep_to_schema(data: dict[str, Any], path: Path, name: str) -> None:
    from app.library.schema import schema_problems  # noqa: PLC0415 - jsonschema is heavy, and the program starts fast

    problems = schema_problems(data, path.parent / "schema.yml", name)
    if problems:
        raise ClauseFileError(problems[0])


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])
