"""Comparison values as JSON in the database, and back. The shapes are our own; the promised ones are `as_json`."""

from __future__ import annotations

from typing import Any, cast

from app.analysis.results import (
    Backing,
    ClauseReference,
    ClauseText,
    Comparison,
    Evidence,
    Finding,
    Move,
    PackagePoint,
    PackageView,
    Protection,
    ProtectionReference,
    Residue,
    Span,
    TextInfo,
)
from app.text.document import Provision

Stored = dict[str, Any]


def store_provision(provision: Provision) -> Stored:
    """A provision without its tracked changes, which stay in the file itself."""
    return {
        "number": provision.number,
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
        "heading_path": list(provision.heading_path),
        "lead_in": provision.lead_in,
        "place": provision.place,
    }


def load_provision(stored: Stored) -> Provision:
    """The provision that `store_provision` stored."""
    return Provision(**{**stored, "heading_path": tuple(stored["heading_path"])})


def store_text(text: ClauseText) -> Stored:
    """One text of the baseline as it stood; its fallback has served in the suggestions and is not kept."""
    return {
        "id": text.id,
        "version": text.version,
        "position": text.position,
        "title": text.title,
        "topic": text.topic,
        "provisions": [store_provision(each) for each in text.provisions],
        "protections": [
            {"id": each.id, "label": each.label, "weight": each.weight, "provisions": list(each.provisions)}
            for each in text.protections
        ],
    }


def load_text(stored: Stored) -> ClauseText:
    """The text that `store_text` stored; without a fallback."""
    return ClauseText(
        id=stored["id"],
        version=stored["version"],
        position=stored["position"],
        title=stored["title"],
        topic=stored["topic"],
        provisions=tuple(load_provision(each) for each in stored["provisions"]),
        protections=tuple(
            Protection(each["id"], each["label"], each["weight"], tuple(each["provisions"]))
            for each in stored["protections"]
        ),
    )


def load_finding(stored: Stored) -> Finding:
    """The finding of a stored `as_json`."""
    return Finding(
        status=stored["status"],
        hostile=stored["hostile"],
        severity=stored["severity"],
        confidence=stored["confidence"],
        clause=ClauseReference(**stored["clause"]) if stored["clause"] else None,
        protection=ProtectionReference(**stored["protection"]) if stored["protection"] else None,
        explanation=stored["explanation"],
        suggestion=stored["suggestion"],
        moves=tuple(_load_move(each) for each in stored["moves"]),
        library=Evidence(**stored["library"]) if stored["library"] else None,
        draft=Evidence(**stored["draft"]) if stored["draft"] else None,
    )


def store_summary(comparison: Comparison) -> Stored:
    """What a comparison says besides its findings and residue.

    Clauses of the library that the draft does not touch are kept here too, by their place among the findings: there
    are dozens of them, and nobody has to decide anything about them.
    """
    whole = comparison.as_json()
    summary = {name: whole[name] for name in ("draft", "against", "pipeline", "packages", "warnings")}
    untouched = {
        str(place): finding.as_json() for place, finding in enumerate(comparison.findings, start=1) if finding.untouched
    }
    return {**summary, "untouched": untouched}


def load_comparison(summary: Stored, findings: dict[int, Stored], residue: list[Stored]) -> Comparison:
    """The comparison as it was when it was stored; `findings` are the stored ones by their place, from 1."""
    untouched = {int(place): each for place, each in summary.get("untouched", {}).items()}  # none in runs of before
    all_findings = sorted({**untouched, **findings}.items())
    return Comparison(
        draft=TextInfo(**summary["draft"]),
        against=TextInfo(**summary["against"]),
        pipeline=str(summary["pipeline"]["version"]),
        findings=tuple(load_finding(each) for _, each in all_findings),
        residue=tuple(Residue(**each) for each in residue),
        warnings=tuple(summary["warnings"]),
        packages=tuple(_load_package(each) for each in summary.get("packages", ())),  # runs of before have none
    )


def _load_move(stored: Stored) -> Move:
    sides = {side: Span(**stored[side]) if stored[side] else None for side in ("library", "draft")}
    return Move(**cast(Any, {**stored, **sides}))


def _load_package(stored: Stored) -> PackageView:
    points = {
        name: tuple(_load_point(each) for each in stored[name])
        for name in ("better", "worse", "missing", "contradicted")
    }
    return PackageView(
        clause=ClauseReference(**stored["clause"]) if stored["clause"] else None,
        judgment=stored["judgment"],
        verdict=stored["verdict"],
        reason=stored["reason"],
        unsure=stored["unsure"],
        backing=tuple(Backing(**{**each, "findings": tuple(each["findings"])}) for each in stored["backing"]),
        essential=tuple(ProtectionReference(**each) for each in stored["essential"]),
        **points,
    )


def _load_point(stored: Stored) -> PackagePoint:
    protections = tuple(ProtectionReference(**each) for each in stored["protections"])
    return PackagePoint(stored["explanation"], protections, tuple(stored["findings"]))
