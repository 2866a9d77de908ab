"""What the pages call statuses, families, weights and doubts: one table each, in the words of the bargaining table.

The core speaks in identifiers ("modal_downgrade"); a negotiator at midnight should not have to.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.results import STATUSES

UNSURE_BELOW = 0.6
"""Under this confidence the page says "We are unsure: read both" instead of letting the finding speak alone."""

UNSURE = "We are unsure: read both."


@dataclass(frozen=True, slots=True)
class StatusWords:
    """How one status is shown: always sign and word, the colour comes from the style sheet by `key`."""

    key: str
    sign: str
    word: str
    meaning: str


STATUS_WORDS: dict[str, StatusWords] = {
    "contradicted": StatusWords("contradicted", "✕", "contradicted", "The Employer's words say the opposite."),
    "weakened": StatusWords("weakened", "↓", "weakened", "The protection is still there, but worth less."),
    "missing": StatusWords("missing", "∅", "missing", "Nothing in the Employer's text does this work."),
    "added": StatusWords("added", "+", "added", "A demand of the Employer that answers nothing in the Union's text."),
    "strengthened": StatusWords("strengthened", "↑", "strengthened", "The Employer's words give workers more."),
    "kept": StatusWords("kept", "✓", "kept", "We found no loss for workers in the Employer's words."),
    "unclassified": StatusWords("unclassified", "?", "to read", "Words that changed and that no rule explains."),
}
"""Every status a page may show, the gravest first, what nobody classified last."""

STATUS_ORDER: tuple[str, ...] = (*STATUSES, "unclassified")

_UNKNOWN = StatusWords("unclassified", "?", "not classified", "Read it.")

FAMILY_WORDS: dict[str, str] = {
    "modal_downgrade": "Duty became a wish",
    "consent_to_consult": "Consent became consultation",
    "notice_shortened": "Notice got shorter",
    "timing_after_the_fact": "Before became after",
    "scope_narrowed": "Covers fewer systems, people or decisions",
    "discretion": "The Employer alone decides",
    "carve_out_exception": "An exception was cut in",
    "remedy_removed": "No way to enforce it",
    "knowledge_or_materiality_qualifier": "Only what is known or called material counts",
    "sunset_or_pilot": "Ends early, or spares pilots",
    "cap_or_amount_reduced": "Less money, time or number",
    "waiver_or_management_rights": "Rights given up to management",
    "actor_removed_or_passive": "Nobody is named who must do it",
    "definition_narrowed": "A defined term shrank",
}
"""The fourteen families of moves, in plain words."""

WEIGHT_WORDS: dict[str, str] = {"essential": "Essential", "important": "Important", "helpful": "Helpful"}

SEVERITY_WORDS: dict[str, str] = {"high": "a heavy loss", "medium": "a real loss", "low": "a small loss"}

DECISION_WORDS: dict[str, str] = {"open": "Still to decide", "agreed": "Agreed", "dismissed": "Dismissed"}

DIRECTION_WORDS: dict[str, str] = {
    "weaker": "worse for workers",
    "stronger": "better for workers",
    "neutral": "neither better nor worse",
}


def status_words(status: str) -> StatusWords:
    """Words for `status`; an unknown one reads as not classified rather than failing the page."""
    return STATUS_WORDS.get(status, _UNKNOWN)


def family_words(family: str) -> str:
    """Plain words for a family of moves; an unknown one is shown as words, without underscores."""
    return FAMILY_WORDS.get(family) or family.replace("_", " ").capitalize()


def confidence_words(confidence: float) -> str:
    """How sure the comparison is, in words; `confidence` runs from 0 to 1 and is never shown as a figure."""
    if confidence < UNSURE_BELOW:
        return "unsure"
    if confidence < 0.8:
        return "fairly sure"
    return "sure"


def severity_words(severity: str, direction: str) -> str:
    """How much a move matters: a loss for weaker words, plain direction for the rest."""
    if direction == "weaker":
        return SEVERITY_WORDS.get(severity, "a loss")
    return DIRECTION_WORDS.get(direction, direction)
