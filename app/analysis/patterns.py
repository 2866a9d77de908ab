"""Rules as data: reads `models/patterns/` and compiles it.

The files say in a line or two what each rule catches; this module only loads them. What to do with a match is
decided in `judge`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.analysis.results import Severity

FAMILIES = (
    "modal_downgrade",
    "consent_to_consult",
    "notice_shortened",
    "timing_after_the_fact",
    "scope_narrowed",
    "discretion",
    "carve_out_exception",
    "remedy_removed",
    "knowledge_or_materiality_qualifier",
    "sunset_or_pilot",
    "cap_or_amount_reduced",
    "waiver_or_management_rights",
    "actor_removed_or_passive",
    "definition_narrowed",
)
"""The families of moves, fixed. Source: the project's design, section 5."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder (force or involvement) and the wording that stands on it."""

    id: str
    rung: int
    means: str
    pattern: re.Pattern[str]
    unless_contains: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """Wording that makes a promise better (`good`) or worse for workers."""

    id: str
    family: str
    move: int  # number in PRECEDENTS section d
    good: bool
    hostile: bool
    severity: Severity
    added: str
    dropped: str
    pattern: re.Pattern[str]
    added_severity: Severity = "medium"  # where gaining it weighs differently from losing it
    unless: frozenset[str] = frozenset()  # actors whose own wording it harmlessly is
    kept_by: frozenset[str] = frozenset()  # signals of the draft that give at least as much as one that is gone
    unless_preceded_by: re.Pattern[str] | None = None
    unless_followed_by: re.Pattern[str] | None = None
    unless_contains: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the fixed topics and the wording that shows it; `alone` needs no word on technology beside it."""

    id: str
    alone: re.Pattern[str] | None
    beside_technology: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything in `models/patterns/`, compiled once."""

    words: dict[str, str]
    actors: dict[str, re.Pattern[str]]
    force: tuple[Rung, ...]
    involvement: tuple[Rung, ...]
    signals: tuple[Signal, ...]
    topics: tuple[Topic, ...]
    technology: re.Pattern[str]
    matter: re.Pattern[str]  # wider than `technology`; see topics.toml
    families: dict[str, str] = field(default_factory=dict)  # in words
    phrases: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    stop: frozenset[str] = frozenset()


def load_patterns(folder: Path) -> Patterns:
    """Read and compile every rule file.

    Args:
        folder: the directory `models/patterns`.

    Raises:
        FileNotFoundError: a rule file is missing, so the installation is broken.
        ValueError: a pattern does not compile, or names an unknown family or word list.
    """
    words = {name: text.strip() for name, text in _read(folder / "words.toml").items()}
    concepts = _read(folder / "concepts.toml")
    topics = _read(folder / "topics.toml")
    return Patterns(
        words=words,
        actors={
            name: compile_patterns([rf"\b(?:{words[name]})\b"], words)
            for name in ("committee", "union", "employer", "worker", "neutral", "parties")
        },
        force=tuple(_rung(entry, words) for entry in _read(folder / "force.toml")["force"]),
        involvement=tuple(_rung(entry, words) for entry in _read(folder / "involvement.toml")["involvement"]),
        signals=tuple(_signal(entry, words) for entry in _read(folder / "signals.toml")["signal"]),
        topics=tuple(_topic(entry, words) for entry in topics["topic"]),
        technology=compile_patterns(topics["technology"], words),
        matter=compile_patterns(topics["matter"], words),
        families=_read(folder / "families.toml")["families"],
        phrases=concepts["phrases"],
        groups={word: name for name, members in concepts["groups"].items() for word in members.split()},
        stop=frozenset(concepts["stop"].split()),
    )


def load_concerns(folder: Path) -> dict[str, frozenset[str]]:
    """Read which protection elements a rule speaks of: the beginning of a rule id -> element ids."""
    concerns = _read(folder / "elements.toml")["concerns"]
    return {prefix: frozenset(elements.split()) for prefix, elements in concerns.items()}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def compile_patterns(patterns: list[str], words: dict[str, str]) -> re.Pattern[str]:
    """Join alternatives; {name} stands for a word list."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    unknown = next((name for name in re.findall(r"\{([a-z]+)\}", joined) if name not in words), None)
    if unknown is not None:
        raise ValueError(f"A pattern in models/patterns names the unknown word list {unknown!r}; add it to words.toml.")
    filled = re.sub(r"\{([a-z]+)\}", lambda match: words[match[1]], joined)
    try:
        return re.compile(filled, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"The pattern {joined[:80]!r} in models/patterns does not compile: {error}.") from error


def _rung(entry: dict[str, Any], words: dict[str, str]) -> Rung:
    unless = _optional(entry.get("unless_contains"), words)
    return Rung(entry["id"], entry["rung"], entry["means"], compile_patterns(entry["patterns"], words), unless)


def _signal(entry: dict[str, Any], words: dict[str, str]) -> Signal:
    severity: Severity = entry["severity"]
    if entry["family"] not in FAMILIES:
        raise ValueError(f"The signal {entry['id']} names the unknown family {entry['family']!r}; see FAMILIES.")
    return Signal(
        id=entry["id"],
        family=entry["family"],
        move=entry["move"],
        good=entry["good"],
        hostile=entry.get("hostile", False),
        severity=severity,
        added=entry["added"],
        dropped=entry["dropped"],
        pattern=compile_patterns(entry["patterns"], words),
        added_severity=entry.get("added_severity", severity),
        kept_by=frozenset(entry.get("kept_by", ())),
        unless=frozenset(entry.get("unless", ())),
        unless_preceded_by=_optional(entry.get("unless_preceded_by"), words),
        unless_followed_by=_optional(entry.get("unless_followed_by"), words),
        unless_contains=_optional(entry.get("unless_contains"), words),
    )


def _topic(entry: dict[str, Any], words: dict[str, str]) -> Topic:
    alone, beside = entry.get("alone"), entry.get("beside_technology")
    return Topic(
        entry["id"],
        compile_patterns(alone, words) if alone else None,
        compile_patterns(beside, words) if beside else None,
    )


def _optional(pattern: str | None, words: dict[str, str]) -> re.Pattern[str] | None:
    return compile_patterns([pattern], words) if pattern else None
