"""From moves to findings: what became of each protection, and what the draft slips in.

A finding is evidence for a negotiator. It quotes both sides and says what to propose instead; it never sums up to
a score. Every move that makes the text weaker is in some finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.analysis.aligning.matching import Match
from app.analysis.judging.judge import SEVERITY_ORDER, verdict_of
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
    Weight,
)
from app.analysis.wording import confidence, explain, explain_missing, lower, suggest, surely_kept
from app.text.document import Provision

_CONTRADICTING = (
    "force.prohibition_lifted",
    "waiver.union_waives",
    "waiver.management_right",
    "waiver.employer_proceeds",
    "waiver.deemed_acceptance",
)
_SEVERITY: dict[Weight, Severity] = {"essential": "high", "important": "medium", "helpful": "low"}
_FIRST = ("force.", "waiver.", "timing.", "discretion.", "involvement.", "information.", "carve_out.", "quantity.")
_DEFINED = "across.definition"  # bears on all that uses the term, so it is told after what bears on one provision
_LAST = ("remedy.", "money.floor", "words.")


@dataclass(slots=True)
class _Claims:
    """Which moves are reported under which protection, and which under none."""

    by_protection: dict[str, list[tuple[Move, Match]]] = field(default_factory=dict)
    unclaimed: list[tuple[Move, Match]] = field(default_factory=list)


def protection_findings(
    text: ClauseText,
    matches: Sequence[Match],
    concerns: Mapping[str, frozenset[str]],
    across: Sequence[Match] = (),
) -> list[Finding]:
    """Say what became of every protection that a clause declares, and of what carries none.

    Args:
        text: the clause in one position.
        matches: its groups of provisions, judged.
        concerns: which elements a rule speaks of, from `models/patterns/elements.toml`.
        across: what bears on a provision from elsewhere in the draft, one match for each move.
    """
    claims = _claim(text, [*matches, *across], concerns)
    by_number = {provision.number: match for match in matches for provision in match.library.provisions}
    findings = [
        _protection_finding(text, protection, by_number, claims.by_protection.get(protection.id, []), concerns)
        for protection in text.protections
    ]
    unclaimed: dict[int, list[tuple[Move, Match]]] = {}
    for move, match in claims.unclaimed:
        unclaimed.setdefault(id(match), []).append((move, match))
    findings += [_judged(text, None, pairs[0][1], pairs, _first(pairs[0][1])) for pairs in unclaimed.values()]
    moved = {match.library.provisions[0].start for match in across if _moved(match.moves[0])}
    return findings + [
        _missing(text, None, provision) for provision in _dropped(text, by_number) if provision.start not in moved
    ]


def _dropped(text: ClauseText, by_number: Mapping[str, Match]) -> list[Provision]:
    """Provisions without counterpart that no protection speaks for: a list that is gone as a whole is told once."""
    spoken_for = {number for protection in text.protections for number in protection.provisions}
    spoken_for |= {number.rpartition("(")[0] for number in spoken_for}
    gone = {
        provision.number
        for provision in text.provisions
        if provision.number in by_number and not by_number[provision.number].draft.provisions
    }
    return [
        provision
        for provision in text.provisions
        if provision.number in gone - spoken_for and provision.number.rpartition("(")[0] not in gone
    ]


def provision_findings(text: ClauseText, matches: Sequence[Match], across: Sequence[Match] = ()) -> list[Finding]:
    """Say what became of each provision of a text without declared protections.

    Args:
        text: any text of ours.
        matches: its groups of provisions, judged.
        across: what bears on a provision from elsewhere in the draft, one match for each move.
    """
    findings = []
    bearing: dict[int, list[tuple[Move, Match]]] = {}
    for each in across:
        bearing.setdefault(each.library.provisions[0].start, []).append((each.moves[0], each))
    for match in matches:
        beyond: list[tuple[Move, Match]] = []
        for provision in match.library.provisions:
            beyond += [pair for pair in bearing.get(provision.start, ()) if not _repeats(*pair, beyond)]
        if match.draft.provisions or beyond:
            pairs = [*beyond, *((move, match) for move in match.moves)]
            pairs = sorted(pairs, key=_graver) if beyond else pairs
            findings.append(_judged(text, None, match, pairs, _first(match)))
        elif match.binds:
            findings.append(_missing(text, None, _first(match)))
    return findings


def added_finding(match: Match, *, hostile: bool) -> Finding:
    """Report employer language that answers nothing in the union's text."""
    grave = [move for move in match.moves if move.direction == "weaker"]
    explanation = "New; your text has nothing on this. Who must do what, and what does it cost you?"
    suggestion = "Ask what it is for, and propose your own wording or strike it."
    if grave:
        explanation = f"{'New, and against you' if hostile else 'New'}: {lower(grave[0].explanation)}"
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
        moves=tuple(located(move, match) for move in grave),
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


def _graver(pair: tuple[Move, Match]) -> tuple[bool, int, bool]:
    move = pair[0]
    return move.direction != "weaker", SEVERITY_ORDER[move.severity], move.rule.startswith(_DEFINED)


def _moved(move: Move) -> bool:
    return move.rule.startswith("across.moved")


def _claim(text: ClauseText, matches: Sequence[Match], concerns: Mapping[str, frozenset[str]]) -> _Claims:
    """Give each move to the protections of the provision that it bears on, or of the list around it."""
    claims = _Claims()
    for match in matches:
        numbers = {provision.number for provision in match.library.provisions}
        here = [p for p in text.protections if numbers & set(p.provisions)]
        here.sort(key=lambda p: SEVERITY_ORDER[_SEVERITY[p.weight]])
        for move in match.moves:
            home = match.home(move)
            on = [p for p in text.protections if _touches(home, p)]
            wanted = _concern(move, concerns)
            if wanted:
                on = [p for p in on or here if p.id in wanted] or on[:1]
            if move.rule.startswith("words."):
                on = on[:1]
            on = on or here[:1]
            for protection in on:
                claimed = claims.by_protection.setdefault(protection.id, [])
                if not _repeats(move, match, claimed):
                    claimed.append((move, match))
            if not on and not move.rule.startswith(_DEFINED):
                claims.unclaimed.append((move, match))
    return claims


def _repeats(move: Move, match: Match, claimed: Sequence[tuple[Move, Match]]) -> bool:
    """Whether the same words of the draft were told of already, under another item of the same list."""
    return move.rule.startswith("across.") and any(
        each.rule == move.rule and each.draft == move.draft and other.draft.provisions == match.draft.provisions
        for each, other in claimed
    )


def _touches(home: str, protection: Protection) -> bool:
    """Whether a provision carries the protection, itself or as the opening or an item of the list that does."""
    return any(
        home == number or number.startswith(f"{home}(") or home.startswith(f"{number}(")
        for number in protection.provisions
        if home
    )


def _concern(move: Move, concerns: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return next((ids for key, ids in concerns.items() if move.rule.startswith(key)), frozenset())


def _protection_finding(
    text: ClauseText,
    protection: Protection,
    by_number: Mapping[str, Match],
    claimed: list[tuple[Move, Match]],
    concerns: Mapping[str, frozenset[str]],
) -> Finding:
    carriers = [provision for provision in text.provisions if provision.number in protection.provisions]
    answered = [p for p in carriers if p.number in by_number and by_number[p.number].draft.provisions]
    if not answered:
        again = next((match for move, match in claimed if _moved(move)), None)
        if again:
            return _judged(text, protection, again, claimed, _first(again))
        return _missing(text, protection, carriers[0] if carriers else text.provisions[0])
    gone = next((p for p in carriers if p not in answered), None)
    match = max((by_number[p.number] for p in answered), key=lambda each: each.likeness)
    claimed = sorted(claimed, key=lambda pair: _order(pair[0], protection, concerns))
    return _judged(text, protection, match, claimed, answered[0], gone=gone)


def _order(move: Move, protection: Protection, concerns: Mapping[str, frozenset[str]]) -> tuple[bool, int, int]:
    """What to say first: losses, the gravest, and among them what concerns just this protection."""
    telling = 20
    if move.rule.startswith(_CONTRADICTING):
        telling = -1
    elif move.rule.startswith("across."):
        telling = 25 if move.rule.startswith(_DEFINED) else 0
    elif protection.id in _concern(move, concerns):
        telling = 0
    elif move.rule.startswith(_LAST):
        telling = 30
    elif move.library and move.draft:
        telling = 1
    else:
        telling = next((k + 2 for k, key in enumerate(_FIRST) if move.rule.startswith(key)), telling)
    return move.direction != "weaker", SEVERITY_ORDER[move.severity], telling


def _judged(
    text: ClauseText,
    protection: Protection | None,
    match: Match,
    claimed: Sequence[tuple[Move, Match]],
    first: Provision,
    *,
    gone: Provision | None = None,
) -> Finding:
    moves = [move for move, _ in claimed]
    leading, match = claimed[0] if claimed else (None, match)
    status = _status(moves, match, gone)
    weight: Weight = protection.weight if protection else "important"
    library = _library_evidence(leading, match) or _quoted(first)
    if gone and not any(move.direction == "weaker" and move.severity != "low" for move in moves):
        library = _quoted(gone)
    losing = status in {"weakened", "contradicted"}
    return Finding(
        status=status,
        hostile=status == "contradicted"
        and any(move.rule.startswith("waiver.") and move.direction == "weaker" for move in moves),
        severity=_milder(leading.severity if leading else "medium", weight) if losing else "low",
        confidence=confidence(status, match),
        clause=_reference(text) if text.id else None,
        protection=_protection_reference(protection),
        explanation=explain(status, moves, match, gone=gone),
        suggestion=suggest(status, text, protection, library) if losing else "",
        moves=tuple(located(move, each) for move, each in claimed),
        library=library,
        draft=match.draft.evidence(leading.draft if leading else None),
    )


def _status(moves: Sequence[Move], match: Match, gone: Provision | None) -> Status:
    verdict = verdict_of(list(moves))
    grave = any(move.direction == "weaker" and move.severity != "low" for move in moves)
    if grave and any(move.rule.startswith(_CONTRADICTING) and move.direction == "weaker" for move in moves):
        return "contradicted"
    if grave or gone:
        return "weakened"
    if verdict == "strengthened":
        return "strengthened"
    return "kept" if surely_kept(match) else "weakened"


def _library_evidence(leading: Move | None, match: Match) -> Evidence | None:
    """The words of ours that the leading move bears on."""
    if leading is None:
        return None
    home = match.home(leading)
    provision = next((p for p in match.library.provisions if p.number == home), None)
    return _quoted(provision) if provision else None


def _milder(severity: Severity, weight: Weight) -> Severity:
    return max(severity, _SEVERITY[weight], key=SEVERITY_ORDER.__getitem__)


def _missing(text: ClauseText, protection: Protection | None, provision: Provision) -> Finding:
    weight: Weight = protection.weight if protection else "important"
    library = _quoted(provision)
    return Finding(
        status="missing",
        hostile=False,
        severity=_SEVERITY[weight],
        confidence=0.7,
        clause=_reference(text) if text.id else None,
        protection=_protection_reference(protection),
        explanation=explain_missing(protection, provision),
        suggestion=suggest("missing", text, protection, library),
        moves=(),
        library=library,
        draft=None,
    )


def _first(match: Match) -> Provision:
    return match.library.provisions[0]


def located(move: Move, match: Match) -> Move:
    """The move with spans that count in the documents themselves."""
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
