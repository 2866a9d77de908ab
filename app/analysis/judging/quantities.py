"""Numbers: which are shorter, longer, capped or gone, and which way that cuts. Source: PRECEDENTS c.2."""

from __future__ import annotations

from app.analysis.quantities import Quantity
from app.analysis.results import Move, Span
from app.analysis.undertakings import Reading

_TIME_ROLES = {"notice", "deadline", "to_object", "period", "retention", "log_retention"}
_MEANS = {
    "notice": ": that much less time to ask, to bargain and to prepare",
    "to_object": ": let it pass and you have lost the right",
    "training": ": that much less time to learn",
    "recall": ": after that the way back is closed",
    "retention": ": what is kept can be used against workers",
}
"""What a loss means for a worker, by the role of the figure."""

_TOLERANCE = 0.04  # "six months" and "half a year", "60 days" and "two months" are the same promise


def quantity_moves(library: Reading, draft: Reading) -> list[Move]:
    """Pair the numbers of both texts by unit and purpose and compare each pair."""
    ours, theirs = library.quantities, list(draft.quantities)
    moves: list[Move] = []
    unmatched: list[Quantity] = []
    for quantity in ours:
        partner = _partner(quantity, theirs)
        if partner is None:
            unmatched.append(quantity)
            continue
        theirs.remove(partner)
        moves += _compared(quantity, partner)
    moves += [move for quantity in unmatched for move in _dropped(quantity, draft)]
    moves += [move for quantity in theirs for move in _added(quantity, library)]
    return moves


def _partner(quantity: Quantity, candidates: list[Quantity]) -> Quantity | None:
    same = [other for other in candidates if other.unit == quantity.unit]
    if not same:
        return None
    alike = [other for other in same if other.role == quantity.role] or [
        other for other in same if not _at_odds(other, quantity)
    ]
    equal = [other for other in same if _equal(other, quantity)]
    pool = equal or alike
    return min(pool, key=lambda other: abs(other.value - quantity.value)) if pool else None


def _at_odds(one: Quantity, other: Quantity) -> bool:
    """A retention period and a notice period are no partners: what is better for one is worse for the other."""
    if one.unit != "days":
        return False
    return not {one.role, other.role} <= _TIME_ROLES or {one.better, other.better} == {"more", "less"}


def _equal(one: Quantity, other: Quantity) -> bool:
    return abs(one.value - other.value) <= _TOLERANCE * max(one.value, other.value)


def _compared(ours: Quantity, theirs: Quantity) -> list[Move]:
    if _equal(ours, theirs):
        return []
    better = ours.better if ours.better != "unknown" else theirs.better
    if better == "unknown":
        better = "more"
    more = theirs.value > ours.value
    weaker = more != (better == "more")
    if ours.cap and theirs.cap and better != "less":
        weaker = not more
    time = ours.role in _TIME_ROLES and ours.role not in {"retention", "log_retention"}
    family = "notice_shortened" if time else "cap_or_amount_reduced"
    text = _sentence(ours, theirs, weaker)
    rule = f"quantity.{ours.role}_{'longer' if more else 'shorter'}"
    return [Move(family, rule, "weaker" if weaker else "stronger", "high", text, _span(ours), _span(theirs))]


def _sentence(ours: Quantity, theirs: Quantity, weaker: bool) -> str:
    change = f"from “{ours.text}” to “{theirs.text}”"
    if ours.working_days and not theirs.working_days:
        change += ", and working days became calendar days"
    what = {
        "notice": "Notice",
        "deadline": "The time that the other side may take",
        "to_object": "Your time to act",
        "retention": "The time that data are kept",
        "log_retention": "The time that logs are kept",
        "training": "Training",
        "recall": "The protected time",
        "pay": "The pay promised",
        "amount": "The amount",
        "share": "The share",
        "frequency": "How often it happens",
    }.get(ours.role, "The time")
    if ours.role == "deadline":
        tail = ", and you wait that much longer" if weaker else ""
        return f"The Employer may take “{theirs.text}”, where your text says “{ours.text}”{tail}."
    if ours.role in {"retention", "log_retention"}:
        means = _MEANS.get(ours.role, "") if weaker else ""
        return f"{what} {'grows' if theirs.value > ours.value else 'shrinks'} {change}{means}."
    if ours.role == "threshold":
        return f"It starts only at “{theirs.text}”, where your text says “{ours.text}”."
    means = _MEANS.get(ours.role, "") if weaker else ""
    return f"{what} {'drops' if theirs.value < ours.value else 'rises'} {change}{means}."


def _dropped(quantity: Quantity, draft: Reading) -> list[Move]:
    vague = next((timing for timing in draft.timings if timing.relation == "soon"), None)
    span = Span(vague.start, vague.end, vague.text) if vague else None
    if quantity.cap:
        return []
    if quantity.unit == "days" and quantity.role in {"notice", "deadline", "to_object"}:
        if quantity.role == "to_object" and not vague:
            return []
        instead = f", and “{vague.text}” can mean anything" if vague else ""
        text = f"No date any more, so you cannot say when it is late: your text says “{quantity.text}”{instead}."
        return [Move("notice_shortened", "quantity.deadline_dropped", "weaker", "high", text, _span(quantity), span)]
    if quantity.unit in {"money", "percent", "weeks_pay", "times_a_year"}:
        text = f"“{quantity.text}” is gone, so nothing is promised that you could count."
        return [
            Move("cap_or_amount_reduced", "quantity.amount_dropped", "weaker", "medium", text, _span(quantity), span)
        ]
    if quantity.role in {"training", "recall", "retention"}:
        text = f"“{quantity.text}” is gone, so there is no limit that you could count."
        return [
            Move("cap_or_amount_reduced", "quantity.period_dropped", "weaker", "medium", text, _span(quantity), span)
        ]
    return []


def _added(quantity: Quantity, library: Reading) -> list[Move]:
    if quantity.cap:
        return []
    if quantity.role == "to_object" and quantity.unit == "days":
        text = f"A new time limit on you: “{quantity.text}”."
        return [Move("notice_shortened", "quantity.limit_on_workers", "weaker", "medium", text, None, _span(quantity))]
    if quantity.role in {"notice", "deadline", "retention"} and quantity.unit == "days":
        text = f"A date to hold the Employer to: “{quantity.text}”."
        return [Move("notice_shortened", "quantity.deadline_added", "stronger", "medium", text, None, _span(quantity))]
    if quantity.unit in {"money", "weeks_pay", "times_a_year"} and not library.quantities:
        text = f"“{quantity.text}” is new: something to count on."
        return [
            Move("cap_or_amount_reduced", "quantity.amount_added", "stronger", "medium", text, None, _span(quantity))
        ]
    return []


def _span(quantity: Quantity) -> Span:
    return Span(quantity.start, quantity.end, quantity.text)
