"""When it happens, and who has to do it for whom."""

from __future__ import annotations

import re

from app.analysis.results import Move, Span
from app.analysis.undertakings import Mark, Reading, Timing

_PASSIVE = re.compile(r"\b(?:is|are|be|been|being|was|were) (?:\w+ly )?\w+(?:ed|en|wn|ht|ade|old|ept|iven|un)\b", re.I)
_PROCUREMENT = re.compile(
    r"\b(?:bids?|tender\w*|procur\w+|purchas\w+|buy\w*|sign\w* a contract|request for proposals)\b", re.I
)
_ADVANCE = re.compile(r"\b(?:prior|advance|in advance|beforehand|first)\b", re.I)


def timing_moves(library: Reading, draft: Reading) -> list[Move]:
    """Before became after, or a later event starts the clock. Source: PRECEDENTS c.0 ladder 3, d.3."""
    ours, theirs = _before(library), _before(draft)
    late_ours, late_theirs = _late(library), _late(draft)
    if ours and not theirs and len(late_theirs) > len(late_ours):
        new = late_theirs[-1] if late_ours else late_theirs[0]
        text = f"It used to come first (“{ours[0].text}”); now it comes too late to change anything (“{new.text}”)."
        return [
            Move("timing_after_the_fact", "timing.before_to_after", "weaker", "high", text, _span(ours[0]), _span(new))
        ]
    if late_ours and not late_theirs and theirs and not ours:
        text = f"It comes first now: “{theirs[0].text}”."
        return [
            Move(
                "timing_after_the_fact",
                "timing.after_to_before",
                "stronger",
                "high",
                text,
                _span(late_ours[0]),
                _span(theirs[0]),
            )
        ]
    early = next((timing for timing in ours if timing.event == "procurement"), None) or _opens_list(ours, library)
    if early and theirs and not any(timing.event == "procurement" for timing in draft.timings):
        later = next((timing for timing in theirs if timing.event == "deployment"), theirs[0])
        text = f"The clock starts later: “{early.text}” became “{later.text}”, when the contract is already signed."
        return [Move("timing_after_the_fact", "timing.later_event", "weaker", "high", text, _span(early), _span(later))]
    if (
        theirs
        and ours
        and not early
        and any(t.event == "procurement" for t in theirs)
        and not any(t.event == "procurement" for t in library.timings)
    ):
        first = next(timing for timing in theirs if timing.event == "procurement")
        return [
            Move(
                "timing_after_the_fact",
                "timing.earlier_event",
                "stronger",
                "high",
                f"The clock starts earlier: “{first.text}”.",
                _span(ours[0]),
                _span(first),
            )
        ]
    if theirs and not ours and not _ADVANCE.search(library.text):
        return [
            Move(
                "timing_after_the_fact",
                "timing.before_added",
                "stronger",
                "medium",
                f"It comes first now: “{theirs[0].text}”.",
                None,
                _span(theirs[0]),
            )
        ]
    return []


def actor_moves(library: Reading, draft: Reading) -> list[Move]:
    """Who has to act, and towards whom, is no longer named. Source: PRECEDENTS c.0 (actor), d.8."""
    moves = []
    bound = [
        mark
        for mark in library.force
        if mark.rung >= 6 and mark.id != "prohibited" and mark.bearer in {"employer", "committee", "parties"}
    ]
    employer = [mark for mark in _of(library, "employer") if not _within_signal(mark, library)]
    acts = bound or (employer and any(not undertaking.force for undertaking in library.undertakings))
    prohibits = any(mark.id == "prohibited" for mark in draft.force)
    if (
        employer
        and acts
        and not _of(draft, "employer", "committee", "parties")
        and not prohibits
        and _PASSIVE.search(draft.text)
    ):
        text = f"Nobody is named any more: “{employer[0].text}” is gone, so nobody can be held to it."
        passive = _PASSIVE.search(draft.text)
        span = Span(passive.start(), passive.end(), passive[0]) if passive else None
        moves.append(
            Move(
                "actor_removed_or_passive", "actor.employer_unnamed", "weaker", "medium", text, _mark(employer[0]), span
            )
        )
    if (
        not employer
        and _of(draft, "employer")
        and not bound
        and any(m.rung >= 6 and m.bearer == "employer" for m in draft.force)
        and _PASSIVE.search(library.text)
        and not any(m.id == "prohibited" for m in library.force)
    ):
        named = _of(draft, "employer")[0]
        moves.append(
            Move(
                "actor_removed_or_passive",
                "actor.employer_named",
                "stronger",
                "low",
                f"Somebody is named now: “{named.text}”.",
                None,
                _mark(named),
            )
        )
    union = _of(library, "union")
    if union and not _of(draft, "union", "parties", "committee"):
        text = f"The Union is written out (“{union[0].text}” is gone), so workers have to see to it alone."
        moves.append(
            Move("actor_removed_or_passive", "actor.union_removed", "weaker", "medium", text, _mark(union[0]), None)
        )
    return moves


def _before(reading: Reading) -> list[Timing]:
    return [timing for timing in reading.timings if timing.relation == "before"]


def _late(reading: Reading) -> list[Timing]:
    return [timing for timing in reading.timings if timing.relation in {"after", "alongside"}]


def _opens_list(ours: list[Timing], library: Reading) -> Timing | None:
    """ "Before the first of these steps:" takes its event from the list that follows."""
    for timing in ours:
        opening = timing.text + library.text[timing.end : timing.end + 30]
        if re.search(r"steps|following|these|any of", opening, re.I) and _PROCUREMENT.search(library.text, timing.end):
            return timing
    return None


def _of(reading: Reading, *kinds: str) -> list[Mark]:
    return [mark for mark in reading.actors if mark.id in kinds]


def _within_signal(mark: Mark, reading: Reading) -> bool:
    """An employer named only inside "where the Employer sees fit" is no actor."""
    return any(signal.start <= mark.start < signal.end for signal in reading.signals)


def _span(timing: Timing) -> Span:
    return Span(timing.start, timing.end, timing.text)


def _mark(mark: Mark) -> Span:
    return Span(mark.start, mark.end, mark.text)
