"""From moves to findings: what became of each protection, and what the draft slips in.

A finding is evidence for a negotiator. It quotes both sides and says what to propose instead; it never sums up to
a score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.analysis.judge import SEVERITY_ORDER, verdict_of
from app.analysis.matching import Match
from app.analysis.results import (
    ClauseReference,
    ClauseText,
    Evidence,
    Finding,
    Move,
    Protection,
    ProtectionReference,
    Severity,
    Status,
)
from app.text.document import Provision

_CONTRADICTING = (
    "force.prohibition_lifted",
    "waiver.union_waives",
    "waiver.management_right",
    "waiver.employer_proceeds",
)
_WEIGHT_SEVERITY: dict[str, Severity] = {"essential": "high", "important": "medium", "helpful": "low"}


def protection_findings(
    text: ClauseText, matches: Sequence[Match], concerns: Mapping[str, frozenset[str]]
) -> list[Finding]:
    """Say what became of every protection that a clause declares.

    Args:
        text: the clause in one position.
        matches: its groups of provisions, judged.
        concerns: which elements a rule speaks of, from `models/patterns/elements.toml`.
    """
    by_number: dict[str, Match] = {}
    for match in matches:
        for provision in match.library.provisions:
            by_number[provision.number] = match
    claimed = _claims(text, by_number, concerns)
    return [_protection_finding(text, protection, by_number, claimed, concerns) for protection in text.protections]


def provision_findings(text: ClauseText, matches: Sequence[Match]) -> list[Finding]:
    """Say what became of each provision of a text without declared protections."""
    findings = []
    for match in matches:
        if not match.library.provisions:
            continue
        if not match.draft.provisions:
            if match.binds:
                findings.append(_missing(text, None, match.library.provisions[0]))
            continue
        findings.append(_judged(text, None, match, list(match.moves), first=match.library.provisions[0]))
    return findings


def added_finding(match: Match, *, hostile: bool) -> Finding:
    """Report employer language that answers nothing in the union's text."""
    grave = [move for move in match.moves if move.direction == "weaker"]
    explanation = "Nothing in your text answers this passage. Read what it asks of workers."
    suggestion = "Ask what it is for, and propose your own wording or strike it."
    if grave:
        explanation = f"{'New, and against you' if hostile else 'New'}: {_lower(grave[0].explanation)}"
    if hostile:
        suggestion = "Strike it, or name in the text which of your rights it does not touch."
    return Finding(
        status="added",
        hostile=hostile,
        severity="high" if hostile else "medium" if grave else "low",
        confidence=0.8 if grave else 0.6,
        clause=None,
        protection=None,
        explanation=explanation,
        suggestion=suggestion,
        moves=tuple(_located(move, match) for move in grave),
        library=None,
        draft=match.draft.evidence(grave[0].draft if grave else None),
    )


def absent_clause_finding(text: ClauseText) -> Finding:
    """Say once that a draft does not touch a clause of the library at all."""
    return Finding(
        status="missing",
        hostile=False,
        severity="low",
        confidence=0.8,
        clause=_reference(text),
        protection=None,
        explanation=f"Nothing in this draft answers the clause “{text.title}”.",
        suggestion="Put the clause forward if it matters at this table.",
        moves=(),
        library=None,
        draft=None,
    )


def _claims(
    text: ClauseText, by_number: Mapping[str, Match], concerns: Mapping[str, frozenset[str]]
) -> dict[tuple[int, int], set[str]]:
    """For each move of each match, the protections that it is reported under."""
    claims: dict[tuple[int, int], set[str]] = {}
    carried: dict[int, list[Protection]] = {}
    for protection in text.protections:
        for number in protection.provisions:
            if number in by_number:
                carried.setdefault(id(by_number[number]), []).append(protection)
    for match in by_number.values():
        here = carried.get(id(match), [])
        for position, move in enumerate(match.moves):
            on = [p for p in here if _touches(match.home(move), p)]
            wanted = next((ids for key, ids in concerns.items() if move.rule.startswith(key)), None)
            if wanted is not None:
                on = [p for p in on or here if p.id in wanted] or on[:1]
            heaviest = sorted(here, key=lambda p: SEVERITY_ORDER[_WEIGHT_SEVERITY[p.weight]])
            claims[id(match), position] = {p.id for p in on or heaviest[:1]}
    return claims


def _touches(home: str, protection: Protection) -> bool:
    """Whether a provision carries the protection, itself or as the opening or an item of the list that does."""
    return any(
        home == number or number.startswith(f"{home}(") or home.startswith(f"{number}(")
        for number in protection.provisions
        if home
    )


def _protection_finding(
    text: ClauseText,
    protection: Protection,
    by_number: Mapping[str, Match],
    claims: Mapping[tuple[int, int], set[str]],
    concerns: Mapping[str, frozenset[str]],
) -> Finding:
    carriers = [by_number[number] for number in protection.provisions if number in by_number]
    answered = [match for match in carriers if match.draft.provisions]
    first = next((p for p in text.provisions if p.number in protection.provisions), text.provisions[0])
    if not answered:
        return _missing(text, protection, first)
    match = max(answered, key=lambda each: each.likeness)
    moves = []
    seen: set[int] = set()
    for each in answered:
        if id(each) in seen:
            continue
        seen.add(id(each))
        moves += [
            (move, each) for k, move in enumerate(each.moves) if protection.id in claims.get((id(each), k), set())
        ]
    moves.sort(
        key=lambda pair: (
            pair[0].direction != "weaker",
            SEVERITY_ORDER[pair[0].severity],
            _telling(pair[0], protection, concerns),
        )
    )
    if moves:
        match = moves[0][1]
    located = [_located(move, each) for move, each in moves]
    return _judged(text, protection, match, [move for move, _ in moves], first=first, located=located)


_TELLING = (
    "force.",
    "waiver.",
    "timing.",
    "remedy.",
    "discretion.",
    "involvement.",
    "information.",
    "carve_out.",
    "quantity.",
)


def _telling(move: Move, protection: Protection, concerns: Mapping[str, frozenset[str]]) -> int:
    """What to say first of one protection: what concerns just it, then what touches the promise as a whole."""
    if any(move.rule.startswith(key) and protection.id in ids for key, ids in concerns.items()):
        return 0
    return next((k + 1 for k, key in enumerate(_TELLING) if move.rule.startswith(key)), 20)


def _judged(
    text: ClauseText,
    protection: Protection | None,
    match: Match,
    moves: list[Move],
    *,
    first: Provision,
    located: list[Move] | None = None,
) -> Finding:
    verdict = verdict_of(moves)
    gravest = moves[0] if moves else None
    status: Status = {"weakened": "weakened", "strengthened": "strengthened"}.get(verdict, "kept")  # type: ignore[assignment]
    if status == "weakened" and any(
        move.rule.startswith(_CONTRADICTING) and move.direction == "weaker" for move in moves
    ):
        status = "contradicted"
    if status == "weakened" and all(move.severity == "low" for move in moves):
        status = "kept"
    evidence = match.draft.evidence(gravest.draft if gravest else None)
    carrier = gravest.library if gravest else None
    library = (match.library.evidence(carrier) if carrier else None) or _quoted(first)
    weight = protection.weight if protection else "important"
    severity: Severity = "low"
    if status in {"weakened", "contradicted"} and gravest:
        severity = (
            min(gravest.severity, _WEIGHT_SEVERITY[weight], key=SEVERITY_ORDER.__getitem__)
            if weight == "essential"
            else _milder(gravest.severity, _WEIGHT_SEVERITY[weight])
        )
    return Finding(
        status=status,
        hostile=any(
            move.rule.startswith("waiver.") and move.direction == "weaker" and move.library is None for move in moves
        ),
        severity=severity,
        confidence=_confidence(match, moves),
        clause=_reference(text) if text.id else None,
        protection=_protection_reference(protection),
        explanation=_explain(status, moves, protection, match),
        suggestion=_suggest(status, text, library) if status in {"weakened", "contradicted"} else "",
        moves=tuple(located if located is not None else [_located(move, match) for move in moves]),
        library=library,
        draft=evidence,
    )


def _milder(one: Severity, other: Severity) -> Severity:
    return max(one, other, key=SEVERITY_ORDER.__getitem__)


def _missing(text: ClauseText, protection: Protection | None, provision: Provision) -> Finding:
    label = protection.label if protection else _short(provision.text)
    weight = protection.weight if protection else "important"
    return Finding(
        status="missing",
        hostile=False,
        severity=_WEIGHT_SEVERITY[weight],
        confidence=0.7,
        clause=_reference(text) if text.id else None,
        protection=_protection_reference(protection),
        explanation=f"Nothing in the draft gives this: {_lower(label)}.",
        suggestion=_suggest("missing", text, _quoted(provision)),
        moves=(),
        library=_quoted(provision),
        draft=None,
    )


def _explain(status: Status, moves: Sequence[Move], protection: Protection | None, match: Match) -> str:
    weaker = [move for move in moves if move.direction == "weaker"]
    stronger = [move for move in moves if move.direction == "stronger" and move.severity != "low"]
    if status in {"weakened", "contradicted"}:
        tail = f" On the other hand: {_lower(stronger[0].explanation)}" if stronger else ""
        return weaker[0].explanation + tail
    if status == "strengthened":
        return stronger[0].explanation
    same = match.unchanged
    if same:
        return "Word for word as in your text."
    return "The wording differs; no loss was found. The changed words are listed to read."


def _suggest(status: Status, text: ClauseText, library: Evidence) -> str:
    number = f"{library.number}: " if library.number else ""
    verb = "Put back" if status == "missing" else "Hold to your text"
    suggestion = f"{verb}, {number}“{_short(library.text, 320)}”"
    weaker = next((p for p in text.fallback if p.number == library.number and p.text != library.text), None)
    if weaker:
        suggestion += f" If you must move, the next position of the clause says: “{_short(weaker.text, 320)}”"
    return suggestion


def _confidence(match: Match, moves: Sequence[Move]) -> float:
    """How sure we are: how well the provisions match, and how plain the wording behind the gravest move is."""
    if match.unchanged:
        return 1.0
    sure = (
        0.6
        if not moves
        else 0.5
        if moves[0].rule.startswith("words.")
        else 0.9
        if moves[0].rule.startswith(("quantity.", "force."))
        else 0.8
    )
    return round(min(1.0, sure * (0.55 + 0.75 * match.likeness)), 2)


def _located(move: Move, match: Match) -> Move:
    return Move(
        move.family,
        move.rule,
        move.direction,
        move.severity,
        move.explanation,
        match.library.locate(move.library),
        match.draft.locate(move.draft),
    )


def _reference(text: ClauseText) -> ClauseReference:
    return ClauseReference(text.id, text.version, text.position, text.title)


def _protection_reference(protection: Protection | None) -> ProtectionReference | None:
    return ProtectionReference(protection.id, protection.label, protection.weight) if protection else None


def _quoted(provision: Provision) -> Evidence:
    return Evidence(provision.number, provision.start, provision.end, provision.text)


def _short(text: str, limit: int = 140) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + " …"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
