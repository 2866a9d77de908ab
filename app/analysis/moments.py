"""When a promise falls due or how long it holds: timings joined to the days that belong to them.

"At least 120 days before it buys a system" is one moment: a number, its clock, its bound, a relation and an event.
Calendar and working days are kept apart: five working days are 5 by the working clock, though `Quantity.value` counts
them as seven calendar days to make them comparable.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Literal

from app.analysis.quantities import WORKING_TO_CALENDAR, Quantity
from app.analysis.undertakings import Moment, Timing

_AT_LEAST = r"at least|not less than|no less than|no fewer than|not fewer than|a minimum of|minimum of|a full"
_AT_MOST = (
    r"(?:with)?in|inside(?: of)?|no later than|not later than|no more than|not more than|up to|a maximum of|at most"
)
_BOUND = re.compile(
    rf"\b(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<during>for|during|lasts?|over))(?: (?:the|a|an|next|first|following|period of))* $",
    re.I,
)
_BRIDGE = re.compile(r"[’']?s?[’']?(?: [\w’'-]+){0,9},? $")  # "120 days' written notice to the Union before"
_ADVERBIAL = re.compile(r"[’']?s?[’']?(?: or more| in advance)? $")  # "120 days before"
_NOTICE = re.compile(r"[’']?s?[’']?(?: [\w’'-]+){0,5} (?:notice|notification|warning)\b", re.I)
_WARNING = re.compile(r"\b(?:notice|notification|warning)\b", re.I)
_HOLDS = {"retention", "log_retention", "recall", "term"}
_NO_TIME = {"training", "pay", "probe"}
_IDIOM = re.compile(
    r"\b(?:effects?|impacts?|bearing|based|reliance|rel(?:y|ies|ied)|depend\w*|built|agreed|imposed|act\w*|at) $", re.I
)
_OFTEN = re.compile(r"once (?:every|an?|per|each|in|or|more|again)\b")
_AHEAD = re.compile(r"[’']?s?[’']? (?:ahead|in advance|beforehand|earlier)\b", re.I)
_MODAL = re.compile(r"\b(?:shall|must|will|may|can|cannot)\b", re.I)
_FOLLOWING = re.compile(r"\bthe $", re.I)
_EVENT_END = re.compile(
    r"[;.:]|,? (?:and|or|but|which|whereupon) (?:shall|will|must|may|the|it|no)\b|, (?:the|it|they|no|nothing|an?|each|every|any|all|such|this|both|either|neither|[A-Z][a-z]+|shall|must|will|may|which|in|with|by|if)\b|,? (?:unless|except|if|provided|save|notwithstanding|that|which|who|whose)\b"
)
_LONGEST_EVENT = 160
_FARTHEST = 130  # characters between a period and the timing that it belongs to


def moments_of(text: str, span: tuple[int, int], timings: list[Timing], quantities: list[Quantity]) -> list[Moment]:
    """Join the timings and the periods of one sentence.

    Args:
        text: the whole text.
        span: where the sentence begins and ends.
        timings: its timings, as `TimingRules` found them.
        quantities: its quantities.

    Returns:
        The moments, in the order of the text.
    """
    periods = [each for each in quantities if each.unit == "days" and each.role not in _NO_TIME]
    found: list[Moment] = []
    others: list[Moment] = []
    used: set[int] = set()
    starts = [each.start for each in periods]
    reached = span[0]
    for timing in sorted(timings, key=lambda each: each.start):
        if timing.start < reached or _is_no_time(text, timing):
            continue
        near = periods[bisect_left(starts, timing.start - _FARTHEST) : bisect_left(starts, timing.end)]
        period = next((each for each in near if each.start not in used and _belongs(text, each, timing)), None)
        if period is not None:
            used.add(period.start)
        moment = _of_timing(text, span, timing, period)
        found.append(moment)
        reached = timing.end
    begins = [moment.start for moment in found]
    for each in periods:
        place = bisect_right(begins, each.start) - 1
        covered = place >= 0 and each.start < found[place].end
        if each.start not in used and not covered and (alone := _of_period(text, span, each)) is not None:
            others.append(alone)
    return sorted([*found, *others], key=lambda moment: moment.start)


def first_word(text: str, start: int, moment: Moment) -> int:
    """Where the verb phrase before a moment ends: "give 120 days' notice" is no part of "before it buys"."""
    inside = re.search(r"\b(?:before|prior to|in advance of|ahead of|until|after|following)\b", moment.text, re.I)
    if moment.relation == "before" and moment.event == "":
        return len(text)  # "two months' notice to all employees" is the object itself
    if inside and _WARNING.search(moment.text[: inside.start()]):
        return max(start, moment.start + inside.start())
    return moment.start


def _is_no_time(text: str, timing: Timing) -> bool:
    lowered = timing.text.lower()
    before = text[max(0, timing.start - 12) : timing.start]
    if lowered.startswith(("upon", "once")) and (_IDIOM.search(before) or _OFTEN.match(lowered)):
        return True  # "an effect upon employees", "at once", "once every month"
    if lowered.startswith("when") and timing.event == "other":
        return True  # a condition
    return lowered.startswith("following") and bool(_FOLLOWING.search(before))


def _belongs(text: str, period: Quantity, timing: Timing) -> bool:
    if timing.relation == "soon":
        return False
    if timing.start <= period.start < timing.end:
        return True
    if not 0 <= timing.start - period.end <= 90 or timing.relation == "alongside":
        return False
    between = text[period.end : timing.start]
    if _ADVERBIAL.fullmatch(between):
        return True
    return timing.relation == "before" and bool(_BRIDGE.fullmatch(between)) and bool(_NOTICE.match(between))


def _of_timing(text: str, span: tuple[int, int], timing: Timing, period: Quantity | None) -> Moment:
    end = _event_end(text, timing, span[1])
    if period is None:
        event = "" if timing.relation == "soon" else timing.event
        return Moment(timing.relation, event, timing.start, end, text[timing.start : end])
    start, bound = _bound(text, span[0], period)
    start = min(start, timing.start)
    days, clock = counted(period)
    most = bound or ("at most" if timing.text.lower().startswith("within") else "")
    return Moment(timing.relation, timing.event, start, end, text[start:end], days, clock, most)


def _event_end(text: str, timing: Timing, stop: int) -> int:
    if timing.relation == "soon":
        return timing.end
    end = _EVENT_END.search(text, timing.end, min(stop, timing.end + _LONGEST_EVENT))
    if end is None and stop - timing.end > _LONGEST_EVENT:
        return timing.end
    found = end.start() if end else stop
    if _MODAL.search(text, timing.end, found):
        return _bare_end(text, timing)  # "after thirty days records shall be erased"
    return timing.start + len(text[timing.start : found].rstrip())


def _bare_end(text: str, timing: Timing) -> int:
    return timing.start + len(re.sub(r" (?:the|an?|any|each|no)$", "", timing.text, flags=re.I))


def _of_period(text: str, span: tuple[int, int], period: Quantity) -> Moment | None:
    """A period that names no event: "within ten days", "sixty days' notice", "for two years"."""
    start, bound = _bound(text, span[0], period)
    days, clock = counted(period)
    lead = _BOUND.search(text[max(span[0], period.start - 40) : period.start])
    relation: Literal["before", "within", "for"]
    if _NOTICE.match(text, period.end, span[1]) or _AHEAD.match(text, period.end, span[1]):
        relation, bound = "before", bound or "at least"
    elif lead and lead["most"] and lead["most"].lower() not in {"up to", "a maximum of", "at most"}:
        relation = "within"
    elif (lead and lead["during"]) or period.role in _HOLDS or period.role == "to_object":
        relation = "for"
    else:
        return None
    return Moment(relation, "", start, period.end, text[start : period.end], days, clock, bound)


def _bound(text: str, floor: int, period: Quantity) -> tuple[int, Literal["at least", "at most", ""]]:
    begin = max(floor, period.start - 40)
    found = _BOUND.search(text[begin : period.start])
    if found is None:
        return period.start, ""
    return begin + found.start(), "at least" if found["least"] else "at most" if found["most"] else ""


def counted(period: Quantity) -> tuple[float, Literal["calendar", "working"]]:
    """The days of a period by its own clock."""
    if period.working_days:
        return round(period.value / WORKING_TO_CALENDAR, 2), "working"
    return round(period.value, 2), "calendar"
