"""Force and involvement: did a duty become a wish, did a veto become a chat."""

from __future__ import annotations

import re

from app.analysis.concepts import stem
from app.analysis.results import Move, Span
from app.analysis.undertakings import Mark, Reading

_SOFT = {
    "exempted": "“{new}” lifts the duty: nobody has to do it any more.",
    "wishes": "“{new}” is a wish, not a duty: you cannot hold anybody to it.",
    "tries": "“{new}” promises an attempt, not the result: if it fails, nobody has broken the agreement.",
    "considers": "“{new}” promises to think about it, no more: whatever comes out, you have no claim.",
    "should": "“{new}” is advice: nobody breaks the agreement by ignoring it.",
    "may": "“{new}” leaves it to choice where there was a duty: whoever does nothing breaks nothing.",
    "reserves": "“{new}” keeps the choice with the Employer, so you cannot count on it.",
}
_OWN_RIGHT = {"worker", "union", "parties", "neutral", "committee"}
_SAYS = {
    6: "nothing happens without a yes from your side",
    5: "the Employer has to bargain",
    3: "the Employer has to listen",
    2: "the Employer has to talk",
    1: "the Employer has to tell you",
    0: "you have no say",
}


def force_moves(library: Reading, draft: Reading) -> list[Move]:
    """Compare the ladder of force. Source: PRECEDENTS c.0 and d.1."""
    moves: list[Move] = []
    ours, theirs = _soft(library), _soft(draft)
    ours_hard, theirs_hard = _hard(library), _hard(draft)
    prohibited = [mark for mark in ours_hard if mark.id == "prohibited" and mark.bearer not in {"worker", "union"}]
    for mark in _surplus(theirs, ours):
        if mark.id == "may" and len(theirs_hard) >= max(1, len(ours_hard)) and mark.bearer == "unnamed":
            continue
        if not library.binds:
            continue
        anchor = _nearest(ours_hard, mark, library, draft)
        if mark.id in {"may", "reserves"} and prohibited and not [m for m in theirs_hard if m.id == "prohibited"]:
            text = f"What was forbidden is now allowed: “{prohibited[0].text}” became “{mark.text}”."
            moves.append(
                Move(
                    "modal_downgrade",
                    "force.prohibition_lifted",
                    "weaker",
                    "high",
                    text,
                    _span(prohibited[0]),
                    _span(mark),
                )
            )
            continue
        text = _SOFT[mark.id].replace("{new}", mark.text)
        moves.append(Move("modal_downgrade", f"force.{mark.id}", "weaker", "high", text, anchor, _span(mark)))
    if draft.binds:
        for mark in _surplus(ours, theirs):
            if mark.id == "may" and mark.bearer == "unnamed" and len(theirs_hard) <= len(ours_hard):
                continue
            text = f"“{mark.text}” is gone: it binds now."
            anchor = _nearest(theirs_hard, mark, draft, library)
            moves.append(Move("modal_downgrade", f"force.{mark.id}", "stronger", "high", text, _span(mark), anchor))
    return moves + _lost_rights(library, draft) + _bought_off(prohibited, library, draft)


def _bought_off(prohibited: list[Mark], library: Reading, draft: Reading) -> list[Move]:
    """A ban that became a payment: money instead of the job. Source: PRECEDENTS d.7, move 64."""
    paid = re.search(r"\b(?:severance|separation (?:pay|package)|payment|bonus|lump sum)\b", draft.text, re.I)
    if not prohibited or not paid or any(mark.id == "prohibited" for mark in draft.force):
        return []
    if re.search(rf"\b{re.escape(paid[0])}\b", library.text, re.I):
        return []
    span = Span(paid.start(), paid.end(), paid[0])
    text = f"A ban became a payment: “{prohibited[0].text}” is gone, and “{paid[0]}” stands in its place."
    return [Move("cap_or_amount_reduced", "money.instead_of_ban", "weaker", "high", text, _span(prohibited[0]), span)]


def involvement_moves(library: Reading, draft: Reading) -> list[Move]:
    """Compare the strongest say that each side's text gives. Source: PRECEDENTS c.0 and d.2."""
    ours = max(library.involvement, key=lambda mark: mark.rung, default=None)
    theirs = max(draft.involvement, key=lambda mark: mark.rung, default=None)
    before, after = ours.rung if ours else 0, theirs.rung if theirs else 0
    if before == after or (before < 2 and after == 0) or (before == 0 and after < 2):
        return []
    weaker = after < before
    if weaker and before <= 3 and after >= 2:
        return []
    small = weaker and before <= 2
    text = f"{'Your say shrinks' if weaker else 'Your say grows'}. Before: {_SAYS[before]}. Now: {_SAYS[after]}."
    return [
        Move(
            "consent_to_consult",
            f"involvement.{ours.id if ours else 'none'}_to_{theirs.id if theirs else 'none'}",
            "weaker" if weaker else "stronger",
            "low" if small else "high" if weaker and before >= 5 else "medium",
            text,
            _span(ours) if ours else None,
            _span(theirs) if theirs else None,
        )
    ]


def _soft(reading: Reading) -> list[Mark]:
    return [
        mark
        for mark in reading.force
        if mark.id in _SOFT
        and not (mark.id in {"may", "reserves", "considers"} and mark.bearer in _OWN_RIGHT)
        and not (mark.id == "may" and "may only" in mark.text.lower())
    ]


def _hard(reading: Reading) -> list[Mark]:
    return [mark for mark in reading.force if mark.rung >= 6]


def _surplus(here: list[Mark], there: list[Mark]) -> list[Mark]:
    left = [mark.id for mark in there]
    surplus = []
    for mark in here:
        if mark.id in left:
            left.remove(mark.id)
        else:
            surplus.append(mark)
    return surplus


def _lost_rights(library: Reading, draft: Reading) -> list[Move]:
    """A "may" of the workers or the Union is a right; say so when it is gone. Source: PRECEDENTS d.10."""
    ours = [mark for mark in library.force if mark.id == "may" and mark.bearer in {"worker", "union", "parties"}]
    theirs = [
        mark
        for mark in draft.force
        if mark.id in {"may", "duty"} and mark.bearer in {"worker", "union", "parties", "committee"}
    ]
    if (
        ours
        and not theirs
        and _verb(library.text, ours[0]) not in _stems(draft.text)
        and any(mark.bearer == "employer" or mark.id == "prohibited" for mark in draft.force)
        and not draft.involvement
    ):
        text = f"The right in “{ours[0].text}” is gone: the {ours[0].bearer} is no longer free to choose."
        return [Move("actor_removed_or_passive", "force.right_lost", "weaker", "medium", text, _span(ours[0]), None)]
    if (
        theirs
        and not ours
        and not [m for m in library.force if m.bearer in {"worker", "union", "parties"}]
        and theirs[0].id == "may"
    ):
        text = f"A new right: “{theirs[0].text}” is said of the {theirs[0].bearer}."
        return [Move("modal_downgrade", "force.right_gained", "stronger", "low", text, None, _span(theirs[0]))]
    return []


def _verb(text: str, mark: Mark) -> str:
    """The stem of what somebody may do."""
    words = re.findall(r"\w+", text[mark.end : mark.end + 40].lower())
    return stem(next((word for word in words if word not in {"be", "not", "also", "only", "within", "then"}), ""))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in re.findall(r"\w+", text.lower())}


def _nearest(marks: list[Mark], other: Mark, here: Reading, there: Reading) -> Span | None:
    """The mark at about the same relative place: the two texts usually run in parallel."""
    if not marks:
        return None
    place = other.start / max(1, len(there.text))
    mark = min(marks, key=lambda candidate: abs(candidate.start / max(1, len(here.text)) - place))
    return _span(mark)


def _span(mark: Mark) -> Span:
    return Span(mark.start, mark.end, mark.text)
