"""Which known employer move each rule speaks of: a lookup from rule id to number, read from `models/patterns/`.

The moves themselves are content: what they do and how to answer stands in `clauses/moves/`, one page for each number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.analysis.results import Finding, Move

_FAMILY_ONLY = 0


@dataclass(frozen=True, slots=True)
class RuleMoves:
    """Numbers of moves by rule id or by the beginning of one; 0 where only the family fits."""

    by_beginning: Mapping[str, int]

    def knows(self, rule: str) -> bool:
        """Whether somebody has said which move, or that only the family, this rule speaks of."""
        return bool(self._key(rule))

    def number(self, rule: str) -> int | None:
        """The move of PRECEDENTS section d that a rule speaks of; None where only its family has a page."""
        return self.by_beginning.get(self._key(rule), _FAMILY_ONLY) or None

    def numbered(self, moves: Iterable[Move]) -> tuple[Move, ...]:
        """The same moves, each with its number."""
        return tuple(replace(move, move=self.number(move.rule)) for move in moves)

    def numbered_finding(self, finding: Finding) -> Finding:
        """The same finding, its moves numbered."""
        return replace(finding, moves=self.numbered(finding.moves))

    def _key(self, rule: str) -> str:
        return max((each for each in self.by_beginning if rule.startswith(each)), key=len, default="")


def load_rule_moves(folder: Path) -> RuleMoves:
    """Read the numbers: of signals and crossing rules from themselves, of the rules of the code from `moves.toml`.

    Args:
        folder: the directory `models/patterns`.

    Raises:
        FileNotFoundError: a rule file is missing, so the installation is broken.
    """
    named = {entry["id"]: entry["move"] for entry in _read(folder / "signals.toml")["signal"]}
    named |= {entry["id"]: entry["move"] for entry in _read(folder / "across.toml")["rule"]}
    return RuleMoves(_read(folder / "moves.toml")["rules"] | named)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
