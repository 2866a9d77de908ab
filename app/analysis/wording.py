"""What a finding says: one plain sentence on what happened to the worker, and what to propose instead."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.aligning.matching import Match
from app.analysis.results import ClauseText, Evidence, Move, Protection, Status
from app.text.document import Provision

_DISPUTED = 0.55
"""Confidence at most where the two readers disagree; below what the pages call sure."""

_UNSURE = 0.5
"""Likeness below which unchanged protection is not claimed without telling the reader to look."""


def explain(status: Status, moves: Sequence[Move], match: Match, *, gone: Provision | None = None) -> str:
    """Say what happened.

    Args:
        status: of the finding.
        moves: the most telling first.
        match: the provisions compared.
        gone: a provision that carried part of the protection and has no counterpart.
    """
    weaker = [move for move in moves if move.direction == "weaker"]
    stronger = [move for move in moves if move.direction == "stronger" and move.severity != "low"]
    if status in {"weakened", "contradicted"} and weaker:
        return weaker[0].explanation
    if status == "weakened" and gone:
        return f"Part of it is missing from the draft, and nobody could claim it any more: “{_bare(gone.text)}”."
    if status == "weakened":
        return "Most of your words are not there, so you may have lost what they promise. We are unsure: read both."
    if status == "strengthened":
        return stronger[0].explanation
    elsewhere = next((move for move in weaker if move.rule.startswith("across.")), None)
    if elsewhere:
        return f"Nothing is lost in these words themselves, but read on: {elsewhere.explanation}"
    return (
        "Word for word as in your text."
        if match.unchanged
        else "We recognized no loss, but the wording differs: read both."
    )


def explain_missing(protection: Protection | None, provision: Provision) -> str:
    """Say what the draft leaves out."""
    label = protection.label if protection else _bare(provision.text)
    return f"Missing from the draft, so nobody could claim it any more: “{label}”."


def suggest(status: Status, text: ClauseText, protection: Protection | None, library: Evidence) -> str:
    """Say what to propose instead: our own words, and what the next position still gives."""
    number = f"{library.number}: " if library.number else ""
    verb = "Put back" if status == "missing" else "Hold to your text"
    suggestion = f"{verb}, {number}“{short(library.text, 320)}”"
    if not text.fallback or protection is None:
        return suggestion
    kept = next((each for each in text.fallback_protections if each.id == protection.id), None)
    if kept is None:
        return f"{suggestion} The next position of the clause gives this up: hold it."
    weaker = next((each for each in text.fallback if each.number in kept.provisions), None)
    if weaker and weaker.text != library.text and not weaker.text.rstrip().endswith(":"):
        suggestion += f" If you must move, the next position of the clause says: “{short(weaker.text, 320)}”"
    return suggestion


def confidence(status: Status, match: Match) -> float:
    """How sure we are: how well the provisions match, and how likely it is that they differ as we say.

    Where a trusted rule and the second reader disagree, or where the provisions differ but not in this protection, the
    figure is low enough for every page to say that we are unsure.
    """
    if match.unchanged:
        return 1.0
    sure = match.confidence
    elsewhere = status == "kept" and any(move.direction == "weaker" and move.severity != "low" for move in match.moves)
    if match.unsure or elsewhere:
        sure = min(sure, _DISPUTED)
    return round(min(sure, sure * (0.55 + 0.75 * match.likeness)), 2)


def surely_kept(match: Match) -> bool:
    """Whether enough of our words are still there to say that nothing was lost."""
    return match.unchanged or match.likeness >= _UNSURE


def lower(text: str) -> str:
    """Begin a sentence in the middle of another one; names and acronyms keep their capital."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text.startswith("A ") else text


def _bare(text: str) -> str:
    """A quotation without the mark that ends it, for the end of a sentence."""
    return short(text).rstrip(".;:, ")


def short(text: str, limit: int = 140) -> str:
    """Cut a quotation at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + " …"
