"""What changed between two versions of a clause outside its provisions: figures, protections, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.library.clause import POSITIONS, ClauseVersion, DeclaredProtection, Placeholder, Variant
from app.library.vocabulary import Term, Vocabulary

_DIRECTIONS = {"more": "more is better for workers", "less": "less is better for workers", "none": ""}


@dataclass(frozen=True, slots=True)
class FrontDifference:
    """One thing in words, before and after; "" where one version has none."""

    group: str  # "Figure", "Protection", "Wording elsewhere", ...
    name: str  # "Days of notice"; "" where the group is the thing
    old: str
    new: str


def front_differences(old: ClauseVersion, new: ClauseVersion, vocabulary: Vocabulary) -> tuple[FrontDifference, ...]:
    """Everything that differs, in the order of a clause file."""
    found = [
        *(
            FrontDifference(group, "", before, after)
            for group, before, after in zip(_GROUPS, _plain(old, vocabulary), _plain(new, vocabulary), strict=True)
        ),
        *_keyed("Figure", _figures(old), _figures(new)),
        *_keyed("Protection", _protections(old, vocabulary), _protections(new, vocabulary)),
        *_keyed("Other wording", _variants(old, vocabulary), _variants(new, vocabulary)),
    ]
    return tuple(each for each in found if each.old != each.new)


_GROUPS = ("Title", "Summary", "Topic", "Sectors", "Jurisdictions", "Form", "Clauses it needs", "Terms it needs")


def _plain(clause: ClauseVersion, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What the file says in single fields, in the order of `_GROUPS`."""
    return (
        clause.title,
        clause.summary,
        vocabulary.topic_label(clause.topic),
        _labels(clause.sectors, vocabulary.sectors),
        _labels(clause.jurisdictions, vocabulary.jurisdictions),
        _labels(clause.instruments, vocabulary.instruments),
        ", ".join(clause.requires_clauses),
        ", ".join(clause.requires_definitions),
    )


def _keyed(group: str, old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> list[FrontDifference]:
    """Compare things by their key; each is (name, words)."""
    keys = [*new, *(key for key in old if key not in new)]
    nothing = ("", "")
    return [
        FrontDifference(group, (new.get(key) or old[key])[0], old.get(key, nothing)[1], new.get(key, nothing)[1])
        for key in keys
    ]


def _figures(clause: ClauseVersion) -> dict[str, tuple[str, str]]:
    return {each.name: (each.label, figure_words(each)) for each in clause.placeholders}


def figure_words(placeholder: Placeholder) -> str:
    """A placeholder in one line: what it takes, how far it may go, what stands in each position."""
    kind = {"integer": "a whole number", "money": "a sum", "text": "words", "party": "a name", "choice": "a choice"}
    low, high = placeholder.minimum, placeholder.maximum
    parts = [
        f"{placeholder.label}: {kind[placeholder.type]}{f', {placeholder.unit}' if placeholder.unit else ''}",
        f"from {low:,}" if low is not None else "",
        f"up to {high:,}" if high is not None else "",
        f"one of: {', '.join(placeholder.choices)}" if placeholder.choices else "",
        ", ".join(f"{position} {value}" for position, value in placeholder.defaults),
        _DIRECTIONS.get(placeholder.direction, ""),
    ]
    return f"{'; '.join(part for part in parts if part)}. {placeholder.help}"


def _protections(clause: ClauseVersion, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    return {each.id: (vocabulary.element_label(each.id), _carried(each)) for each in clause.protections}


def _carried(protection: DeclaredProtection) -> str:
    places = [
        f"{position} {' and '.join(numbers)}" for position in POSITIONS if (numbers := protection.provisions(position))
    ]
    return f"{protection.weight}, in {', '.join(places)}" if places else str(protection.weight)


def _variants(clause: ClauseVersion, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    places: dict[str, Term] = {**vocabulary.jurisdictions, **vocabulary.sectors}
    return {each.place: (_labels((each.place,), places), _variant_words(each)) for each in clause.variants}


def _variant_words(variant: Variant) -> str:
    provisions = (f"Section {number}: {' '.join(text.split())}" for number, text in variant.provisions)
    return " ".join([variant.why, *provisions])


def _labels(keys: tuple[str, ...], terms: Mapping[str, Term]) -> str:
    return ", ".join(terms[key].label if key in terms else key for key in keys)
