"""Reading one clause file: front matter in YAML, then sections in Markdown. Every message names file, field, remedy."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from app.errors import ClauseFileError
from app.library.clause import (
    POSITIONS,
    ClauseVersion,
    DeclaredProtection,
    Placeholder,
    Precedent,
    Value,
    Variant,
)
from app.library.yaml_text import load_yaml

SECTIONS = (
    "Opening",
    "Target",
    "Floor",
    "Why it matters",
    "What the employer will say",
    "Questions to ask",
    "Drafting notes",
)
"""Headings that every clause file has, in this order."""

_FRONT = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)
_PAIR = re.compile(r"\*\*The employer:\*\*(.*?)\*\*Reply:\*\*(.*?)(?=\*\*The employer:\*\*|\Z)", re.DOTALL)


def read_clause_file(path: Path) -> ClauseVersion:
    """Read and check one clause file against `schema.yml` of its library.

    Raises:
        ClauseFileError: naming the file, the field and the remedy of the first problem.
    """
    from app.library.schema import schema_problems  # noqa: PLC0415 - jsonschema is not needed to read what is published

    name = clause_file_name(path)
    source = read_source(path)
    data, sections = split_source(source, name)
    problems = schema_problems(data, path.parents[2] / "schema.yml", name)
    if problems:
        raise ClauseFileError(problems[0])
    return build_clause(data, sections, source=source, name=name, path=path)


def read_source(path: Path) -> str:
    """The text of a clause file, lines ended as everywhere else; raises ClauseFileError."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ClauseFileError(f"{clause_file_name(path)}: the file is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise ClauseFileError(f"{clause_file_name(path)}: the file cannot be read ({error.strerror}).") from error


def clause_file_name(path: Path) -> str:
    """How messages call a clause file: topic, clause and version, as in "disclosure/notice/1.0.0.md"."""
    return "/".join(path.parts[-3:])


def parse_clause(source: str, name: str, *, path: Path | None = None) -> ClauseVersion:
    """Make a clause version of a file's text whose front matter is known to keep to the schema."""
    data, sections = split_source(source, name)
    return build_clause(data, sections, source=source, name=name, path=path)


def build_clause(
    data: dict[str, Any], sections: dict[str, str], *, source: str, name: str, path: Path | None = None
) -> ClauseVersion:
    """Make a clause version of front matter that keeps to the schema; raises ClauseFileError for a missing section."""
    missing = [title for title in SECTIONS if not sections.get(title)]
    if missing:
        raise ClauseFileError(f'{name}: section "{missing[0]}" is missing or empty; write it under "# {missing[0]}".')
    arguments = parse_arguments(sections["What the employer will say"])
    return ClauseVersion(
        id=data["id"],
        version=data["version"],
        status=data["status"],
        title=data["title"],
        topic=data["topic"],
        summary=" ".join(data["summary"].split()),
        sectors=tuple(data["sectors"]),
        jurisdictions=tuple(data["jurisdictions"]),
        variants=tuple(
            Variant(
                each.get("jurisdiction", ""),
                _line(each["why"]),
                tuple(each["provisions"].items()),
                each.get("sector", ""),
            )
            for each in data["variants"]
        ),
        instruments=tuple(data["instrument"]),
        placeholders=tuple(build_placeholder(each) for each in data["placeholders"]),
        protections=tuple(_protection(each) for each in data["protections"]),
        requires_clauses=tuple(data["requires"]["clauses"]),
        requires_definitions=tuple(data["requires"]["definitions"]),
        precedents=tuple(
            Precedent(each["key"], _line(each["reported"]), each["certainty"], each["arbitrated"])
            for each in data["precedents"]
        ),
        changes=_line(data["changes"]),
        authors=tuple(data["authors"]),
        reviewed_by=data["reviewed"]["by"],
        reviewed_on=data["reviewed"]["on"],
        positions={position: sections[position.capitalize()] for position in POSITIONS},
        why_it_matters=sections["Why it matters"],
        employer_arguments=arguments,
        questions=parse_questions(sections["Questions to ask"]),
        drafting_notes=sections["Drafting notes"],
        digest=hashlib.sha256(source.encode()).hexdigest(),
        source=source,
        path=path,
    )


def split_source(source: str, name: str, known: tuple[str, ...] = SECTIONS) -> tuple[dict[str, Any], dict[str, str]]:
    """Front matter and the `known` sections of a file; raises ClauseFileError when it has not that shape."""
    match = _FRONT.match(source)
    if match is None:
        raise ClauseFileError(f"{name}: the front matter is missing; begin the file with it between two lines of ---.")
    try:
        data = load_yaml(match[1])
    except ValueError as error:
        raise ClauseFileError(f"{name}: front matter: {error}") from error
    if not isinstance(data, dict):
        raise ClauseFileError(f"{name}: the front matter holds no fields; write lines such as id: my-clause.")
    return data, _sections(match[2], name, known)


def parse_arguments(section: str) -> tuple[tuple[str, str], ...]:
    """Pairs of what the employer will say and what to reply."""
    return tuple((_line(argument), _line(reply)) for argument, reply in _PAIR.findall(section))


def parse_questions(section: str) -> tuple[str, ...]:
    """The questions, one for each list item."""
    return tuple(_line(item) for item in re.split(r"(?m)^[-*] +", section)[1:] if item.strip())


def _sections(body: str, name: str, known: tuple[str, ...]) -> dict[str, str]:
    sections: dict[str, str] = {}
    parts = re.split(r"(?m)^# +(.+?) *$", body)
    if parts[0].strip():
        raise ClauseFileError(
            f'{name}: text stands before the first section; put it under a heading such as "# {known[0]}".'
        )
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        if title not in known:
            raise ClauseFileError(f'{name}: section "{title}" is unknown; the sections are {", ".join(known)}.')
        if title in sections:
            raise ClauseFileError(f'{name}: section "{title}" stands there twice; keep one.')
        sections[title] = text.strip()
    return sections


def build_placeholder(data: dict[str, Any]) -> Placeholder:
    """A placeholder of fields that keep to the schema."""
    default = data.get("default")
    if isinstance(default, dict):
        defaults: tuple[tuple[str, Value], ...] = tuple(default.items())
    else:
        defaults = () if default is None else tuple((position, default) for position in POSITIONS)
    return Placeholder(
        name=data["name"],
        label=_line(data["label"]),
        help=_line(data["help"]),
        type=data["type"],
        unit=data.get("unit", ""),
        direction=data["direction"],
        defaults=defaults,
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        choices=tuple(data.get("choices", ())),
    )


def _protection(data: dict[str, Any]) -> DeclaredProtection:
    carried = tuple((position, tuple(numbers)) for position, numbers in data["carried_by"].items())
    return DeclaredProtection(data["id"], data["weight"], carried)


def _line(text: str) -> str:
    return " ".join(text.split())
