"""A clause file as the fields of a form: plain values for people who know no YAML, and the way back.

The way back writes a file of our own hand: same content, one layout. What a form cannot hold without loss (an unknown
field, a comment) stays in the file: `form_of` gives None, and the file itself is edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from app.errors import ClauseFileError
from app.library.clause import POSITIONS
from app.library.front_matter import SECTIONS, split_source
from app.library.yaml_writing import write_yaml


@dataclass(frozen=True, slots=True)
class PlaceholderRow:
    """One placeholder; everything as it was typed."""

    name: str = ""
    label: str = ""
    help: str = ""
    type: str = "integer"
    unit: str = ""
    direction: str = "more"
    opening: str = ""
    target: str = ""
    floor: str = ""
    minimum: str = ""
    maximum: str = ""
    choices: str = ""  # one a line


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """One protection element with the numbers of its provisions, parted by commas."""

    id: str = ""
    weight: str = "important"
    opening: str = ""
    target: str = ""
    floor: str = ""


@dataclass(frozen=True, slots=True)
class PrecedentRow:
    """One public fact."""

    key: str = ""
    reported: str = ""
    certainty: str = "source"
    arbitrated: str = "unknown"


@dataclass(frozen=True, slots=True)
class VariantRow:
    """Other wording for a place; each provision begins with its number and a colon on a line of its own."""

    place: str = ""  # "jurisdiction:uk" or "sector:health"
    why: str = ""
    provisions: str = ""


@dataclass(frozen=True, slots=True)
class ClauseForm:
    """A whole clause as a person types it."""

    id: str = ""
    version: str = "1.0.0"
    title: str = ""
    topic: str = ""
    summary: str = ""
    sectors: tuple[str, ...] = ("all",)
    jurisdictions: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ("article",)
    variants: tuple[VariantRow, ...] = ()
    placeholders: tuple[PlaceholderRow, ...] = ()
    protections: tuple[ProtectionRow, ...] = ()
    precedents: tuple[PrecedentRow, ...] = ()
    requires_clauses: str = ""  # one a line
    requires_definitions: str = ""
    changes: str = ""
    authors: str = ""
    sections: dict[str, str] = field(default_factory=dict)  # by heading


def compose(form: ClauseForm) -> str:
    """The clause file that a filled form means; a draft, reviewed by nobody yet."""
    parts = [f"# {title}\n\n{form.sections.get(title, '').strip()}".rstrip() + "\n" for title in SECTIONS]
    return f"---\n{write_yaml(_data(form))}---\n\n" + "\n".join(parts)


def form_of(source: str) -> ClauseForm | None:
    """The fields of a clause file; None where a form would lose something of it."""
    try:
        data, sections = split_source(source, "")
        form = _read(data, sections)
    except (ClauseFileError, KeyError, TypeError, AttributeError, ValueError):
        return None
    commented = re.search(r"(?m)^\s*#", source.split("\n---\n", 1)[0])
    return form if not commented and _plain(_data(form)) == _plain({**data, **_UNREVIEWED}) else None


def same_content(one: str, other: str) -> bool:
    """Whether two clause files say the same, however they are laid out; False where one cannot be read."""
    try:
        (data, sections), (others, other_sections) = split_source(one, ""), split_source(other, "")
    except ClauseFileError:
        return False
    return sections == other_sections and _plain(data) == _plain(others)


def unholdable(form: ClauseForm) -> str:
    """The field or section whose words a clause file would not give back as typed; "" if all of them come back."""
    for title, text in form.sections.items():
        if re.search(r"(?m)^# ", text):  # it would begin another section
            return title
    back = form_of(compose(form))
    if back is None:
        return "title"
    return next(
        (each.name for each in fields(form) if _tight(getattr(form, each.name)) != _tight(getattr(back, each.name))), ""
    )


_UNREVIEWED = {"status": "draft", "reviewed": {"by": "", "on": ""}}
_NUMBERED = re.compile(r"(?m)^(\d+(?:\([a-z]+\))*): ?")


def _data(form: ClauseForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "version": form.version,
        "status": "draft",
        "title": form.title,
        "topic": form.topic,
        "summary": form.summary,
        "sectors": list(form.sectors),
        "jurisdictions": list(form.jurisdictions),
        "variants": [_variant(each) for each in form.variants],
        "instrument": list(form.instrument),
        "placeholders": [_placeholder(each) for each in form.placeholders],
        "protections": [_protection(each) for each in form.protections],
        "requires": {"clauses": _lines(form.requires_clauses), "definitions": _lines(form.requires_definitions)},
        "precedents": [
            {"key": each.key, "reported": each.reported, "certainty": each.certainty, "arbitrated": each.arbitrated}
            for each in form.precedents
        ],
        "changes": form.changes,
        "authors": _lines(form.authors),
        "reviewed": {"by": "", "on": ""},
    }


def _placeholder(row: PlaceholderRow) -> dict[str, Any]:
    figure = row.type in ("integer", "money")
    data: dict[str, Any] = {"name": row.name, "label": row.label, "help": row.help, "type": row.type}
    if row.unit:
        data["unit"] = row.unit
    data["direction"] = row.direction
    defaults = {each: _value(getattr(row, each), figure) for each in POSITIONS if getattr(row, each)}
    if defaults:
        same = len(defaults) == len(POSITIONS) and len({str(each) for each in defaults.values()}) == 1
        data["default"] = defaults["target"] if same else defaults
    for bound in ("minimum", "maximum"):
        if getattr(row, bound):
            data[bound] = _value(getattr(row, bound), True)
    if choices := _lines(row.choices):
        data["choices"] = choices
    return data


def _protection(row: ProtectionRow) -> dict[str, Any]:
    carried = {each: re.split(r"[,;\s]+", getattr(row, each).strip(",; ")) for each in POSITIONS if getattr(row, each)}
    return {"id": row.id, "weight": row.weight, "carried_by": carried}


def _variant(row: VariantRow) -> dict[str, Any]:
    kind, _, place = row.place.partition(":")
    parts = _NUMBERED.split(row.provisions)
    provisions = dict(zip(parts[1::2], (each.strip() for each in parts[2::2]), strict=True))
    if parts[0].strip():
        provisions = {"?": parts[0].strip(), **provisions}  # the check says that this is no number
    return {kind or "jurisdiction": place, "why": row.why, "provisions": provisions}


def _read(data: dict[str, Any], sections: dict[str, str]) -> ClauseForm:
    text = {name: _line(data[name]) for name in ("id", "version", "title", "topic", "summary", "changes")}
    return ClauseForm(
        **text,
        sectors=tuple(data["sectors"]),
        jurisdictions=tuple(data["jurisdictions"]),
        instrument=tuple(data["instrument"]),
        variants=tuple(_variant_row(each) for each in data["variants"]),
        placeholders=tuple(_placeholder_row(each) for each in data["placeholders"]),
        protections=tuple(
            ProtectionRow(
                each["id"], each["weight"], **{name: ", ".join(found) for name, found in each["carried_by"].items()}
            )
            for each in data["protections"]
        ),
        precedents=tuple(
            PrecedentRow(**{name: _line(value) for name, value in each.items()}) for each in data["precedents"]
        ),
        requires_clauses="\n".join(data["requires"]["clauses"]),
        requires_definitions="\n".join(data["requires"]["definitions"]),
        authors="\n".join(data["authors"]),
        sections=dict(sections),
    )


def _placeholder_row(data: dict[str, Any]) -> PlaceholderRow:
    default = data.get("default")
    defaults = default if isinstance(default, dict) else {} if default is None else dict.fromkeys(POSITIONS, default)
    words = {name: _line(str(value)) for name, value in data.items() if name not in ("default", "choices")}
    values = {position: str(value) for position, value in defaults.items()}
    return PlaceholderRow(**words, **values, choices="\n".join(data.get("choices", ())))


def _variant_row(data: dict[str, Any]) -> VariantRow:
    (kind,) = {"jurisdiction", "sector"} & set(data)
    provisions = "\n".join(f"{number}: {text.strip()}" for number, text in data["provisions"].items())
    return VariantRow(f"{kind}:{data[kind]}", _line(data["why"]), provisions)


def _value(entry: str, figure: bool) -> int | str:
    return int(entry) if figure and re.fullmatch(r"0|[1-9][0-9]{0,11}", entry) else entry


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _line(text: str) -> str:
    return " ".join(text.split())


_UNORDERED = ("sectors", "jurisdictions", "instrument")  # boxes that are ticked, in whatever order


def _plain(value: Any, name: str = "") -> Any:
    """Values for comparing what two files say: white space within a line of text makes no difference."""
    if isinstance(value, dict):
        return {each: _plain(inner, "text" if name == "provisions" else each) for each, inner in value.items()}
    if isinstance(value, list):
        entries = [_plain(each) for each in value]
        return sorted(entries) if name in _UNORDERED else entries
    if name == "default":
        return {position: str(value) for position in POSITIONS}
    return str(value).strip() if name == "text" else _line(str(value))


def _tight(value: Any) -> Any:
    """Typed values for comparing, without white space and the commas between numbers."""
    if is_dataclass(value):
        return [_tight(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, dict):
        return {name: _tight(inner) for name, inner in value.items() if inner.strip()}
    return [_tight(each) for each in value] if isinstance(value, tuple) else re.sub(r"[\s,;]+", " ", value).strip()
