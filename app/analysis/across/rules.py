"""The rules for what one provision does to another, from `models/patterns/across.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.patterns import FAMILIES, compile_patterns
from app.analysis.results import Severity


@dataclass(frozen=True, slots=True)
class AcrossRule:
    """One way in which a provision takes back, narrows or outranks another one."""

    id: str
    family: str
    severity: Severity
    explanation: str  # with {by}, {target}, {words} and {zone}
    patterns: tuple[re.Pattern[str], ...]
    main: str = ""  # "after" where the words that say in whose favor it is follow the match
    own: bool = False  # whether it is the provision itself that yields


@dataclass(frozen=True, slots=True)
class AcrossRules:
    """All rules; `favor`, `definition` and `moved` by the names that the file gives them."""

    rules: tuple[AcrossRule, ...]
    favor: Mapping[str, re.Pattern[str]]
    definition: Mapping[str, str]
    moved: Mapping[str, re.Pattern[str]]


def load_across(folder: Path, words: dict[str, str]) -> AcrossRules:
    """Read the rules.

    Args:
        folder: of the patterns.
        words: alternatives for {employer}, {union} and so on.

    Raises:
        FileNotFoundError: the file is not there.
        ValueError: a pattern does not compile, or a rule names an unknown family.
    """
    with (folder / "across.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    return AcrossRules(
        rules=tuple(_rule(entry, words) for entry in raw["rule"]),
        favor={name: compile_patterns(patterns, words) for name, patterns in raw["favor"].items()},
        definition=dict(raw["definition"]),
        moved={name: compile_patterns([pattern], words) for name, pattern in raw["moved"].items()},
    )


def _rule(entry: Mapping[str, Any], words: dict[str, str]) -> AcrossRule:
    if entry["family"] not in FAMILIES:
        raise ValueError(f"The rule {entry['id']} names the unknown family {entry['family']!r}; see FAMILIES.")
    return AcrossRule(
        id=entry["id"],
        family=entry["family"],
        severity=entry["severity"],
        explanation=entry["explanation"],
        patterns=tuple(compile_patterns([pattern], words) for pattern in entry["patterns"]),
        main=entry.get("main", ""),
        own=entry.get("own", False),
    )
