"""What a comparison takes and gives: plain values, no database, no web.

The shapes of `Comparison.as_json` are promised to other programs; `docs/comparison-json.md` lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.text.document import Provision

Direction = Literal["weaker", "stronger", "neutral"]
Severity = Literal["low", "medium", "high"]
Status = Literal["kept", "strengthened", "weakened", "contradicted", "missing", "added"]
Weight = Literal["essential", "important", "helpful"]

Standing = Literal["kept", "stronger", "weaker", "replaced", "lost", "gained"]
Judgment = Literal["kept", "stronger", "weaker", "traded", "emptied"]

STATUSES: tuple[Status, ...] = ("contradicted", "weakened", "missing", "added", "strengthened", "kept")
"""Every status, the gravest first."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one of the two texts; offsets count in the text that the span was cut from."""

    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Move:
    """One way in which the draft differs from the union's text, with its reason."""

    family: str
    rule: str
    direction: Direction
    severity: Severity
    explanation: str
    library: Span | None
    draft: Span | None
    move: int | None = None  # number of the known employer move, None where only the family fits; see `rule_moves`

    def as_json(self) -> dict[str, Any]:
        return {
            "family": self.family,
            "rule": self.rule,
            "direction": self.direction,
            "severity": self.severity,
            "explanation": self.explanation,
            "library": self.library.as_json() if self.library else None,
            "draft": self.draft.as_json() if self.draft else None,
            "move": self.move,
        }


@dataclass(frozen=True, slots=True)
class Protection:
    """A protection element that a clause declares, and the provisions that carry it in this position."""

    id: str  # "DIS-3"
    label: str
    weight: Weight
    provisions: tuple[str, ...]  # numbers of the carrying provisions, such as "1" or "2(a)"


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One text to measure a draft against: a clause in one position, or any other union text.

    For a text that is not from the library `id` and `version` are empty and `protections` is ().
    """

    id: str
    version: str
    position: str
    title: str
    topic: str
    provisions: tuple[Provision, ...]
    protections: tuple[Protection, ...] = ()
    fallback: tuple[Provision, ...] = ()  # the next weaker position, for what to propose instead
    fallback_protections: tuple[Protection, ...] = ()  # what that position still gives


@dataclass(frozen=True, slots=True)
class Baseline:
    """Everything that a draft is measured against in one comparison."""

    name: str  # "library", the file's name, or "clause-id@1.0.0"
    kind: Literal["library", "clause", "file"]
    digest: str
    texts: tuple[ClauseText, ...]
    head: frozenset[str] = frozenset()  # lines above our articles when they are handed over; none is a provision


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words quoted from one side, with the number of the provision they stand in."""

    number: str
    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class ClauseReference:
    id: str
    version: str
    position: str
    title: str

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "version": self.version, "position": self.position, "title": self.title}


@dataclass(frozen=True, slots=True)
class ProtectionReference:
    id: str
    label: str
    weight: Weight

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label, "weight": self.weight}


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one protection, or one employer demand without counterpart. Evidence, not a legal conclusion."""

    status: Status
    hostile: bool
    severity: Severity
    confidence: float  # 0 to 1
    clause: ClauseReference | None
    protection: ProtectionReference | None
    explanation: str  # one plain sentence: what happened to the worker, then to the words
    suggestion: str  # what to propose instead; "" where nothing needs proposing
    moves: tuple[Move, ...]
    library: Evidence | None
    draft: Evidence | None

    @property
    def untouched(self) -> bool:
        """Whether it only says that the draft does not speak of a clause of the library at all."""
        return self.status == "missing" and not self.protection and not self.library

    def as_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "hostile": self.hostile,
            "severity": self.severity,
            "confidence": round(self.confidence, 2),
            "clause": self.clause.as_json() if self.clause else None,
            "protection": self.protection.as_json() if self.protection else None,
            "explanation": self.explanation,
            "suggestion": self.suggestion,
            "moves": [move.as_json() for move in self.moves],
            "library": self.library.as_json() if self.library else None,
            "draft": self.draft.as_json() if self.draft else None,
        }


@dataclass(frozen=True, slots=True)
class Residue:
    """Words that differ and that no rule explains: changed, not classified, read it."""

    side: Literal["library", "draft"]
    number: str
    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"side": self.side, "number": self.number, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class PackagePoint:
    """One thing that got better or worse, said once however many protections it touches."""

    explanation: str
    protections: tuple[ProtectionReference, ...]
    findings: tuple[int, ...]  # places in `Comparison.findings`, from 0

    def as_json(self) -> dict[str, Any]:
        return {
            "explanation": self.explanation,
            "protections": [each.as_json() for each in self.protections],
            "findings": list(self.findings),
        }


@dataclass(frozen=True, slots=True)
class Backing:
    """One thing that stands behind a promise, and what became of it."""

    id: str  # "bargaining"
    label: str  # "the duty to bargain"
    state: Standing
    findings: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label, "state": self.state, "findings": list(self.findings)}


@dataclass(frozen=True, slots=True)
class PackageView:
    """What the findings of one clause, or of a whole text, come to together: both sides of it, and a judgment."""

    clause: ClauseReference | None  # None for a whole text without clauses
    judgment: Judgment
    verdict: str  # the judgment in words: "Weaker as a whole"
    reason: str
    unsure: bool
    better: tuple[PackagePoint, ...]
    worse: tuple[PackagePoint, ...]
    missing: tuple[PackagePoint, ...]
    contradicted: tuple[PackagePoint, ...]
    backing: tuple[Backing, ...]  # only what one of the two texts has
    essential: tuple[ProtectionReference, ...]  # essential protections that are weaker, contradicted or missing

    def as_json(self) -> dict[str, Any]:
        return {
            "clause": self.clause.as_json() if self.clause else None,
            "judgment": self.judgment,
            "verdict": self.verdict,
            "reason": self.reason,
            "unsure": self.unsure,
            "better": [each.as_json() for each in self.better],
            "worse": [each.as_json() for each in self.worse],
            "missing": [each.as_json() for each in self.missing],
            "contradicted": [each.as_json() for each in self.contradicted],
            "backing": [each.as_json() for each in self.backing],
            "essential": [each.as_json() for each in self.essential],
        }


@dataclass(frozen=True, slots=True)
class TextInfo:
    """Which text was compared."""

    name: str
    kind: str
    digest: str
    provisions: int

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "digest": self.digest, "provisions": self.provisions}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished run: pure values, ready to be stored, shown or printed."""

    draft: TextInfo
    against: TextInfo
    pipeline: str
    findings: tuple[Finding, ...]
    residue: tuple[Residue, ...]
    warnings: tuple[str, ...] = ()
    packages: tuple[PackageView, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "draft": self.draft.as_json(),
            "against": self.against.as_json(),
            "pipeline": {"version": self.pipeline},
            "findings": [finding.as_json() for finding in self.findings],
            "residue": [entry.as_json() for entry in self.residue],
            "packages": [package.as_json() for package in self.packages],
            "warnings": list(self.warnings),
        }
