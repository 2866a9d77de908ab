"""The fields of a clause as a reviewer reads them: labels for ids, sentences for rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.library.clause import POSITIONS
from app.library.clause_form import ClauseForm, PlaceholderRow, PrecedentRow, ProtectionRow, VariantRow
from app.library.vocabulary import Term, Vocabulary

_BETTER = {"more": "more is better for workers", "less": "less is better for workers"}
_KINDS = {
    "integer": "a number",
    "money": "a sum of money",
    "text": "words",
    "party": "a party's name",
    "choice": "a choice",
}
_TESTED = {"yes": "tested at arbitration", "no": "not tested at arbitration"}


def field_in_words(name: str, form: ClauseForm, vocabulary: Vocabulary) -> str:
    """One field of the form, by name; several entries stand on a line each."""
    value: str | tuple[object, ...] = getattr(form, name)
    if name == "topic":
        return vocabulary.topic_label(form.topic)
    if isinstance(value, str):
        return value
    return "\n".join(_entry(name, each, vocabulary) for each in value)


def with_element_ids(form: ClauseForm, elements: Mapping[str, str]) -> ClauseForm:
    """The form with protections by their ids where somebody typed the words of one, or its id in small letters."""
    by_words = {label.casefold(): id for id, label in elements.items()}

    def id_of(typed: str) -> str:
        first = typed.split(maxsplit=1)[0].upper() if typed else ""
        return by_words.get(typed.casefold(), first if first in elements else typed)

    return replace(form, protections=tuple(replace(row, id=id_of(row.id)) for row in form.protections))


def _entry(name: str, entry: object, vocabulary: Vocabulary) -> str:
    match entry:
        case ProtectionRow():
            places = [f"{each} {getattr(entry, each) or 'gives it up'}" for each in POSITIONS]
            label = vocabulary.elements.get(entry.id, "")
            return f"{entry.id} {label} ({_label(vocabulary.weights, entry.weight).lower()}): {', '.join(places)}"
        case PlaceholderRow():
            return _placeholder(entry)
        case PrecedentRow():
            sure = [_label(vocabulary.certainty, entry.certainty).lower(), _TESTED.get(entry.arbitrated, "")]
            return f"{entry.key} ({', '.join(each for each in sure if each)}): {entry.reported}"
        case VariantRow():
            kind, _, place = entry.place.partition(":")
            terms = vocabulary.sectors if kind == "sector" else vocabulary.jurisdictions
            return f"{_label(terms, place)}. {entry.why}\n{entry.provisions}"
    terms = {
        "sectors": vocabulary.sectors,
        "jurisdictions": vocabulary.jurisdictions,
        "instrument": vocabulary.instruments,
    }.get(name, {})
    return _label(terms, str(entry))


def _placeholder(row: PlaceholderRow) -> str:
    defaults = [f"{each} {getattr(row, each)}" for each in POSITIONS if getattr(row, each)]
    bounds = [f"{words} {value}" for words, value in (("at least", row.minimum), ("at most", row.maximum)) if value]
    choices = [f"one of: {'; '.join(row.choices.split(chr(10)))}"] if row.choices else []
    said = [_KINDS.get(row.type, row.type), row.unit, _BETTER.get(row.direction, ""), *defaults, *bounds, *choices]
    return f"{row.label} (in the text {{{{ {row.name} }}}}): {', '.join(each for each in said if each)}. {row.help}"


def _label(terms: Mapping[str, Term], key: str) -> str:
    return terms[key].label if key in terms else key
