"""Small factories for findings, shared by the tests of the counter's page."""

from __future__ import annotations

from app.analysis.results import (
    ClauseReference,
    Direction,
    Evidence,
    Finding,
    Move,
    ProtectionReference,
    Severity,
    Span,
    Status,
    Weight,
)

UNION = "The Employer shall give the Union written notice at least 120 calendar days before it invites bids."
EMPLOYER = "The Employer will endeavour to inform employees within 30 calendar days of deployment."


def evidence(text: str, *, number: str = "32.1", start: int = 0) -> Evidence:
    return Evidence(number=number, start=start, end=start + len(text), text=text)


def span(text: str, inside: str) -> Span:
    start = inside.index(text)
    return Span(start, start + len(text), text)


def move(family: str = "modal_downgrade", *, direction: Direction = "weaker", severity: Severity = "high") -> Move:
    return Move(
        family=family,
        rule="force.shall-to-endeavour",
        direction=direction,
        severity=severity,
        explanation="A duty became an effort: nobody can be held to it.",
        library=span("shall", UNION),
        draft=span("will endeavour to", EMPLOYER),
    )


def finding(
    status: Status = "weakened",
    *,
    hostile: bool = False,
    confidence: float = 0.9,
    weight: Weight | None = "essential",
    moves: tuple[Move, ...] | None = None,
    library: Evidence | None = None,
    draft: Evidence | None = None,
    explanation: str = "You hear of the system after it is bought, if the Employer manages to tell you.",
    label: str = "Notice before purchase",
) -> Finding:
    if library is None and status != "added":
        library = evidence(UNION)
    if draft is None and status != "missing":
        draft = evidence(EMPLOYER)
    return Finding(
        status=status,
        hostile=hostile,
        severity="high",
        confidence=confidence,
        clause=ClauseReference("notice-before-purchase", "1.0.0", "target", "Notice before technology is bought"),
        protection=ProtectionReference("DIS-3", label, weight) if weight else None,
        explanation=explanation,
        suggestion="The Employer shall give the Union 120 calendar days' written notice.",
        moves=(move(),) if moves is None else moves,
        library=library,
        draft=draft,
    )
