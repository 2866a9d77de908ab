"""What stands behind a promise and what is only its reach, from `models/patterns/package.toml`."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from app.analysis.patterns import compile_patterns
from app.analysis.results import Judgment


@dataclass(frozen=True, slots=True)
class BackingRule:
    """One thing that can stand behind a promise, and how the findings tell what became of it."""

    id: str
    label: str  # "the duty to bargain"
    plural: bool
    elements: frozenset[str]
    signs: frozenset[str]
    ended: re.Pattern[str]
    softer: re.Pattern[str]
    gained: re.Pattern[str]
    by_signs: bool
    against: re.Pattern[str]
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReachRule:
    """One way in which a promise goes further or less far."""

    id: str
    rules: re.Pattern[str]
    elements: frozenset[str]
    words: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class PackageRules:
    """All of the file."""

    backing: tuple[BackingRule, ...]
    reach: tuple[ReachRule, ...]
    verdicts: Mapping[Judgment, str]

    def is_reach(self, rule: str) -> bool:
        """Whether what a rule finds is only about days, scope or content."""
        return any(each.rules.match(rule) for each in self.reach)


def load_package_rules(folder: Path, words: dict[str, str]) -> PackageRules:
    """Read the rules.

    Args:
        folder: of the patterns.
        words: alternatives for {employer}, {union} and so on.

    Raises:
        FileNotFoundError: the file is not there.
        ValueError: a judgment has no words, or something covers a backing that is not there.
    """
    with (folder / "package.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    backing = tuple(_backing(entry) for entry in raw["backing"])
    known = {each.id for each in backing}
    for each in backing:
        if each.covers - known:
            raise ValueError(f"package.toml: {each.id} covers {sorted(each.covers - known)}, which is no backing.")
    missing = [name for name in get_args(Judgment) if name not in raw["verdicts"]]
    if missing:
        raise ValueError(f"package.toml: [verdicts] has no words for {', '.join(missing)}.")
    reach = tuple(
        ReachRule(
            entry["id"],
            _names(entry["rules"]),
            frozenset(entry["elements"].split()),
            compile_patterns([entry["words"]], words) if entry["words"] else None,
        )
        for entry in raw["reach"]
    )
    return PackageRules(backing, reach, raw["verdicts"])


def _backing(entry: Mapping[str, Any]) -> BackingRule:
    return BackingRule(
        id=entry["id"],
        label=entry["label"],
        plural=entry["plural"],
        elements=frozenset(entry["elements"].split()),
        signs=frozenset(entry["signs"].split()),
        ended=_names(entry["ended"]),
        softer=_names(entry["softer"]),
        gained=_names(entry["gained"]),
        by_signs=entry["by_signs"],
        against=_names(entry["against"]),
        covers=frozenset(entry["covers"].split()),
    )


def _names(globs: str) -> re.Pattern[str]:
    """Rule ids, * for anything."""
    return re.compile("|".join(fnmatch.translate(glob) for glob in globs.split()) or r"(?!)")
