"""What a package view lists: what got better, got worse, is missing or contradicted, each said once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.package.rules import PackageRules
from app.analysis.package.standing import Part
from app.analysis.results import Finding, Move, PackagePoint, ProtectionReference
from app.analysis.wording import short

_DOUBTED = "second_reader"


@dataclass(frozen=True, slots=True)
class Points:
    """Everything that got better or worse, in words; `losing` is all of it that is a loss."""

    better: tuple[PackagePoint, ...]
    worse: tuple[PackagePoint, ...]
    missing: tuple[PackagePoint, ...]
    contradicted: tuple[PackagePoint, ...]

    @classmethod
    def of(cls, parts: Sequence[Part], rules: PackageRules) -> Points:
        return cls(
            _gathered((part, words) for part in parts for words in _better(part, rules)),
            _gathered((part, words) for part in parts for words in _worse(part)),
            _gathered((part, _absent(part.finding)) for part in parts if part.finding.status == "missing"),
            _gathered((part, part.finding.explanation) for part in parts if part.finding.status == "contradicted"),
        )

    @property
    def losing(self) -> tuple[PackagePoint, ...]:
        return self.contradicted + self.missing + self.worse


def _gathered(said: Iterator[tuple[Part, str]]) -> tuple[PackagePoint, ...]:
    """The same words once, with everything that they bear on; what bears on an essential protection first."""
    found: dict[str, list[Part]] = {}
    for part, words in said:
        found.setdefault(words, []).append(part)
    points = [
        PackagePoint(
            words,
            tuple(dict.fromkeys(part.protection for part in parts if part.protection)),
            tuple(dict.fromkeys(part.place for part in parts)),
        )
        for words, parts in found.items()
    ]
    return tuple(sorted(points, key=lambda point: not _any_essential(point.protections)))


def _any_essential(protections: Sequence[ProtectionReference]) -> bool:
    return any(each.weight == "essential" for each in protections)


def _better(part: Part, rules: PackageRules) -> Iterator[str]:
    finding = part.finding
    gains = named([move for move in finding.moves if move.direction == "stronger"])
    for move in gains:
        if move.severity != "low" or finding.status == "strengthened":
            yield move.explanation
    if finding.status == "added" and not finding.hostile and part.brings and finding.draft:
        labels = [rule.label for rule in rules.backing if rule.id in part.brings]
        yield f"New: {', '.join(labels)}: “{short(finding.draft.text)}”"


def _worse(part: Part) -> Iterator[str]:
    finding = part.finding
    if finding.status == "added":
        if finding.hostile or any(move.direction == "weaker" for move in finding.moves):
            yield finding.explanation
        return
    said = [move for move in finding.moves if move.direction == "weaker"]
    if finding.status == "strengthened":  # what a second reading doubts is still a loss that somebody should look at
        said = [move for move in finding.moves if move.direction != "stronger"]
    for move in named(said):
        if not (finding.status == "contradicted" and move.explanation == finding.explanation):
            yield move.explanation
    if finding.status == "weakened" and not said:
        yield finding.explanation


def named(moves: Sequence[Move]) -> Sequence[Move]:
    """Moves that a rule names; what only the second reader feels counts where there is nothing else."""
    return [move for move in moves if not move.rule.startswith(_DOUBTED)] or moves


def _absent(finding: Finding) -> str:
    if finding.protection:
        return finding.protection.label
    return f"“{short(finding.library.text)}”" if finding.library else finding.explanation
