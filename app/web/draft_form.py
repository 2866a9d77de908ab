"""The form of a clause: its fields read as they were typed, and two texts of it laid side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from starlette.datastructures import FormData

from app.library.clause_form import ClauseForm, PlaceholderRow, PrecedentRow, ProtectionRow, VariantRow
from app.library.draft_check import DraftProblem
from app.library.front_matter import SECTIONS
from app.library.vocabulary import Vocabulary
from app.web.draft_words import field_in_words
from app.web.forms import Problems
from app.web.submitted import text_field

Row = TypeVar("Row", PlaceholderRow, ProtectionRow, PrecedentRow, VariantRow)

FIELD_LABELS = {
    "title": "Title",
    "id": "Name in addresses",
    "version": "Version",
    "topic": "Topic",
    "summary": "Summary",
    "sectors": "Sectors",
    "jurisdictions": "Jurisdictions",
    "instrument": "Where it may stand",
    "variants": "Other wording",
    "placeholders": "Figures and names",
    "protections": "Protections",
    "precedents": "Precedents",
    "requires_clauses": "Clauses that go with it",
    "requires_definitions": "Terms defined elsewhere",
    "changes": "What changed, and why",
    "authors": "Authors",
}
_ROWS: dict[str, type[Any]] = {
    "placeholders": PlaceholderRow,
    "protections": ProtectionRow,
    "precedents": PrecedentRow,
    "variants": VariantRow,
}
_SELECTED = {"type", "direction", "weight", "certainty", "arbitrated"}  # a list always says something
_ONE_LINE = ("id", "version", "title", "topic", "summary", "changes")
_MANY = ("sectors", "jurisdictions", "instrument")
_MOST_ROWS = 80


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field in two texts."""

    label: str
    old: str
    new: str

    @property
    def is_markable(self) -> bool:
        """Whether marking single words is worth the time; longer texts are shown as they stand."""
        return len(self.old) + len(self.new) < 40_000


def read_clause_form(form: FormData | None) -> ClauseForm:
    """Everything that was typed, a row left empty or marked for removal left out."""
    values: dict[str, Any] = {name: tuple(_rows(form, name, row)) for name, row in _ROWS.items()}
    for name in _MANY:
        given = form.getlist(name) if form is not None else []
        values[name] = tuple(each for each in given if isinstance(each, str))
    for name in _ONE_LINE:
        values[name] = " ".join(text_field(form, name).split())
    return ClauseForm(
        **values,
        requires_clauses=text_field(form, "requires_clauses").strip(),
        requires_definitions=text_field(form, "requires_definitions").strip(),
        authors=text_field(form, "authors").strip(),
        sections={title: text_field(form, section_field(title)).strip() for title in SECTIONS},
    )


def section_field(title: str) -> str:
    """The name of a section's field: "Why it matters" is "why-it-matters"."""
    return title.lower().replace(" ", "-")


def field_of(place: str) -> str:
    """The form field where a problem is mended; "" when the form has none for it."""
    if place in SECTIONS:
        return section_field(place)
    if place == "requires":
        return "requires_clauses"
    return place if place in FIELD_LABELS else ""


def problems_by_field(found: Sequence[DraftProblem]) -> Problems:
    """The messages beside their fields; several of one field follow each other."""
    messages: dict[str, list[str]] = {}
    for each in found:
        messages.setdefault(field_of(each.place), []).append(each.message)
    return Problems({name: " ".join(each) for name, each in messages.items()})


def named_problems(found: Sequence[DraftProblem]) -> list[tuple[str, str]]:
    """For a list of problems: the field of each, and the message with the field's name before it."""
    named = []
    for each in found:
        field = field_of(each.place)
        label = FIELD_LABELS.get(field) or (each.place if each.place in SECTIONS else "")
        named.append((field, f"{label}: {_begun_small(each.message)}" if label else each.told))
    return named


def differences(
    old: ClauseForm, new: ClauseForm, vocabulary: Vocabulary, *, without: Sequence[str] = ()
) -> tuple[FieldDifference, ...]:
    """The fields and sections that differ, each in words; sections named in `without` are shown elsewhere."""
    found = [
        FieldDifference(label, field_in_words(name, old, vocabulary), field_in_words(name, new, vocabulary))
        for name, label in FIELD_LABELS.items()
        if not _same(_unordered(name, old), _unordered(name, new))
    ]
    texts = [(title, old.sections.get(title, ""), new.sections.get(title, "")) for title in SECTIONS]
    found += [FieldDifference(*each) for each in texts if each[0] not in without and not _same(each[1], each[2])]
    return tuple(found)


def _rows(form: FormData | None, name: str, row: type[Row]) -> list[Row]:
    found: list[Row] = []
    for number in range(_MOST_ROWS):
        names = {each.name: f"{name}-{number}-{each.name}" for each in fields(row)}
        if form is None or not any(each in form for each in names.values()):
            break
        typed = {each: text_field(form, field).strip() for each, field in names.items()}
        empty = not any(value for each, value in typed.items() if each not in _SELECTED)
        if not empty and not text_field(form, f"{name}-{number}-remove"):
            found.append(row(**typed))
    return found


def _unordered(name: str, form: ClauseForm) -> object:
    """A field for comparing; in which order boxes were ticked makes no difference."""
    return set(getattr(form, name)) if name in _MANY else getattr(form, name)


def _same(old: object, new: object) -> bool:
    """Whether two values say the same; line ends and spaces between words say nothing."""
    if isinstance(old, str) and isinstance(new, str):
        return old.split() == new.split()
    return old == new


def _begun_small(message: str) -> str:
    """A message that follows a colon; an id such as ENF-9 keeps its capitals."""
    return message if message[1:2].isupper() else f"{message[:1].lower()}{message[1:]}"
