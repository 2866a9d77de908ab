"""Numbers with their unit, what they are for, and which way is better for workers.

"Ninety (90) calendar days", "two months", "half a year", "5 business days", "$25,000", "eight per cent" and
"twice a year" are understood. Directions follow PRECEDENTS c.2: longer notice is better, a longer wait for a reply
is worse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from text_to_num import text2num

Unit = Literal["days", "money", "percent", "times_a_year", "weeks_pay"]
Better = Literal["more", "less", "unknown"]

_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
_SPELT = rf"(?:(?:(?:{_ONES}|{_TENS}|a)[ -])?(?:hundred|thousand)(?:[ -]and)?[ -])?(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_ONES})|(?:(?:{_ONES}|a)[ -])?(?:hundred|thousand)"
_NUMBER = (
    rf"(?:\d[\d,]{{0,15}}(?:\.\d+)?|(?:{_SPELT})(?: and one-half| and a half)?(?: ?\(\d[\d,.]{{0,15}}\))?|half an?|an?)"
)
_PERIOD = re.compile(
    rf"\b(?P<number>{_NUMBER})[ -]?(?P<clock>calendar|working|business|work|consecutive|full|clear)?[ -]?"
    r"(?P<unit>hour|day|week|fortnight|month|quarter|year)s?\b(?P<of>['’]?s?['’]? (?:pay|salary|wages|severance)\b)?",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"(?P<sign>[$£€]) ?(?P<figure>\d(?:[\d,]{{0,14}}\d)?(?:\.\d+)?)(?: ?(?P<scale>million|thousand))?|\b(?P<words>{_SPELT}|\d[\d,]{{0,15}})(?: \(\$?[\d,.]{{1,15}}\))? (?P<currency>dollars|pounds|euros|cents)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"\b(?P<number>{_NUMBER}) ?(?:%|per ?cent\b)", re.IGNORECASE)
_FREQUENCY = re.compile(
    r"\b(?:(?P<times>once|twice|three times|four times|six times)(?: (?:a|per|each|every|in (?:a|each|every)))(?: (?:calendar|contract))? (?P<unit>week|month|quarter|year)"
    r"|(?P<adverb>weekly|bi-?weekly|fortnightly|monthly|bi-?monthly|quarterly|semi-?annual(?:ly)?|annual(?:ly)?|yearly|every (?:week|month|quarter|year|six months))"
    r"|every (?P<count>(?:\d+|two|three|six|nine|twelve)) (?P<period>weeks|months)|each (?P<each>day|week|month|quarter|year|monday|friday))\b",
    re.IGNORECASE,
)
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 365 / 12, "quarter": 91.25, "year": 365.0}
_TIMES = {"once": 1, "twice": 2, "three times": 3, "four times": 4, "six times": 6}
_PER_YEAR = {"day": 250, "week": 52, "month": 12, "quarter": 4, "year": 1, "monday": 52, "friday": 52}
WORKING_TO_CALENDAR = 7 / 5


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as it stands in the text.

    `value` is in calendar days for periods (working days counted at 7 for 5), in currency units, per cent, times a
    year, or weeks of pay.
    """

    unit: Unit
    value: float
    start: int
    end: int
    text: str
    role: str  # what the number is for: notice, deadline, retention, ...
    better: Better
    working_days: bool = False
    cap: bool = False


def read_quantities(text: str) -> list[Quantity]:
    """Find every quantity in `text`, with its role in the sentence around it."""
    frequencies = _frequencies(text)
    taken = [(each.start, each.end) for each in frequencies]
    periods = [each for each in _periods(text) if not any(a <= each.start < b for a, b in taken)]
    found = [*periods, *_money(text), *_percents(text), *frequencies]
    return sorted(found, key=lambda quantity: quantity.start)


def _periods(text: str) -> list[Quantity]:
    found = []
    for match in _PERIOD.finditer(text):
        number = _value(match["number"])
        if number is None or (match["number"].lower() in ("a", "an") and not _really_one(text, match)):
            continue
        if match["unit"].lower() == "quarter" and text.startswith((" of ", " or more of "), match.end()):
            continue  # "one quarter of the hours" is a share
        working = (match["clock"] or "").lower() in ("working", "business", "work")
        days = number * _DAYS[match["unit"].lower()]
        if match["of"]:
            found.append(_quantity(text, match, "weeks_pay", days / 7, "pay", "more"))
            continue
        role, better = _role_of_period(text, match.start(), match.end())
        found.append(
            _quantity(text, match, "days", days * (WORKING_TO_CALENDAR if working else 1), role, better, working)
        )
    return found


def _really_one(text: str, match: re.Match[str]) -> bool:
    """Tell "within a year" from "a day off": an article counts as one only after a word that measures."""
    return bool(re.search(r"\b(?:within|for|than|of|least|half) $", text[max(0, match.start() - 10) : match.start()]))


_NEVER = r"(?!)"
_DATA = re.compile(
    r"\b(?:data|records?|recordings?|footage|images?|information|logs?|files?|videos?|tapes?|templates?|copies)\b",
    re.IGNORECASE,
)
_TRAINING = re.compile(r"\btrain\w*\b|\bretrain\w*\b|\bcourse", re.IGNORECASE)
_ROLES: tuple[tuple[str, Better, str, str], ...] = (
    # role, better, pattern before, pattern after; the first that fits wins
    (
        "term",
        "unknown",
        r"\b(?:expires?|lapses?|sunsets?|term of(?: this \w+ (?:is|shall be))?)(?: on| in| after)? $",
        _NEVER,
    ),
    (
        "to_object",
        "more",
        r"\b(?:silence|fail(?:s|ure)? to (?:respond|object|reply)|no (?:response|objection))\b[^.;]{0,60}$",
        _NEVER,
    ),
    (
        "retention",
        "less",
        r"\b(?:delet|eras|destroy|purg)\w*\b[^.;]{0,30}\b(?:within|later than) (?:the (?:next|following) )?$",
        _NEVER,
    ),
    (
        "to_object",
        "more",
        r"\b(?:union|employee|member|worker|guild|association|grievor|trustee)\b(?! data)(?:(?!\bemployer\b|\bcompany\b)[^.;]){0,40}\b(?:may|must|shall|has|have)\b(?:(?!\bhearing\b|\bemployer\b|\bshall\b)[^.;]){0,50}\b(?:within|later than) (?:the (?:next|following) )?$",
        _NEVER,
    ),
    ("deadline", "less", r"\b(?:within|later than) (?:the (?:next|following) )?$", _NEVER),
    ("probe", "unknown", r"\b(?:dated?|effective|since|year of|age of) $", r"^ of age"),
    (
        "log_retention",
        "more",
        r"\b(?:(?:logs?|audit (?:trail|record)s?)\b[^.;]{0,40}\b(?:retain\w*|kept|keep|stored?)\b|(?:retain|keep|store)\b[^.;]{0,30}\blogs?\b)[^.;]{0,30}$",
        _NEVER,
    ),
    (
        "retention",
        "less",
        r"\b(?:retain\w*|kept|keep|stored?|hold|held|delet\w+|eras\w+|destroy\w*|purge\w*)\b[^.;]{0,60}$",
        r"^[^.;]{0,30}\b(?:retention|deleted|erased)\b",
    ),
    (
        "to_object",
        "more",
        r"\b(?:union|employee|member|worker|grievor|grievant|guild|association|steward|performer)s? (?:shall have|has|have|may|must|shall|will have|can)\b[^.;]{0,60}$",
        r"^ (?:in which )?to (?:file|object|respond|demand|appeal|grieve|request|apply|consider)\b",
    ),
    (
        "notice",
        "more",
        r"\b(?:notice|notify|notifies|inform|advance|give|least|written)\b[^.;]{0,60}$",
        r"^['’]?s?['’]?,? (?:prior|advance|written|before|in advance|notice|of (?:advance |prior |written )?notice)\b",
    ),
    ("notice", "more", r"\b$", r"^[^.;,]{0,20}\b(?:before|prior to|in advance|ahead of)\b"),
    (
        "deadline",
        "less",
        r"\b(?:within|later than|inside|not exceeding|maximum of|in)(?: (?:the|a|next|period of|first))* $",
        r"^ (?:of(?! (?:\w+ )?(?:recall|(?:re)?training|instruction|coverage|benefits))|after|from|following|to (?:respond|reply|answer|report))\b",
    ),
    (
        "training",
        "more",
        r"\b(?:training|instruct\w+|retrain\w+)\b[^.;]{0,60}$",
        r"^[^.;]{0,40}\b(?:training|instruction|retraining)\b",
    ),
    (
        "recall",
        "more",
        r"\b(?:recall|rehire|coverage|benefits|continu\w+|maintain\w*|severance|protect\w*)\b[^.;]{0,60}$",
        r"^[^.;]{0,40}\b(?:recall|coverage|benefits|continuation)\b",
    ),
)


def _role_of_period(text: str, start: int, end: int) -> tuple[str, Better]:
    """Say what a period is for. Source: PRECEDENTS c.2."""
    before, after = text[max(0, start - 110) : start], text[end : end + 70]
    if text[start:end].lower().endswith(("hour", "hours")) and _TRAINING.search(before[-60:] + after[:50]):
        return "training", "more"
    for role, better, pattern_before, pattern_after in _ROLES:
        if role == "retention" and not _DATA.search(before + after):
            continue
        if re.search(pattern_before, before, re.I) or re.search(pattern_after, after, re.I):
            return role, better
    return "period", "unknown"


def _money(text: str) -> list[Quantity]:
    found = []
    for match in _MONEY.finditer(text):
        if match["figure"]:
            value: float | None = float(match["figure"].rstrip(",.").replace(",", ""))
            value = (value or 0) * {"million": 1e6, "thousand": 1e3}.get((match["scale"] or "").lower(), 1)
        else:
            value = _value(match["words"])
            if value is not None and match["currency"].lower() == "cents":
                value /= 100
        if value is not None:
            found.append(_quantity(text, match, "money", value, "amount", "more"))
    return found


def _percents(text: str) -> list[Quantity]:
    found = []
    for match in _PERCENT.finditer(text):
        value = _value(match["number"])
        if value is None:
            continue
        threshold = re.match(r" or more\b", text[match.end() :], re.I)  # "takes over 25 percent or more of the hours"
        better: Better = "less" if threshold else "more"
        found.append(_quantity(text, match, "percent", value, "threshold" if threshold else "share", better))
    return found


def _frequencies(text: str) -> list[Quantity]:
    found = []
    for match in _FREQUENCY.finditer(text):
        if match["times"]:
            value = float(_TIMES[match["times"].lower()] * _PER_YEAR[match["unit"].lower()])
        elif match["count"]:
            number = _value(match["count"]) or 1
            value = 365 / (number * _DAYS[match["period"].lower().rstrip("s")])
        elif match["each"]:
            value = float(_PER_YEAR[match["each"].lower()])
        else:
            value = _adverb(match["adverb"].lower())
        found.append(_quantity(text, match, "times_a_year", value, "frequency", "more"))
    return found


def _adverb(adverb: str) -> float:
    for key, value in (("bi-?w", 26), ("fortnight", 26), ("bi-?m", 6), ("semi", 2), ("six months", 2)):
        if re.search(key, adverb):
            return value
    for key, value in (("week", 52), ("month", 12), ("quarter", 4)):
        if key in adverb:
            return value
    return 1


def _quantity(  # noqa: PLR0917 - a private constructor, always called with its whole row
    text: str, match: re.Match[str], unit: Unit, value: float, role: str, better: Better, working: bool = False
) -> Quantity:
    before = text[max(0, match.start() - 40) : match.start()]
    cap = bool(
        re.search(
            r"\b(?:up to|maximum of|exceed(?:ing)?|(?:no|not) more than|capped at|at most|limited to)(?: an?| the| a total of)? ?$",
            before,
            re.I,
        )
    )
    return Quantity(unit, value, match.start(), match.end(), match[0], role, better, working, cap)


def _value(words: str) -> float | None:
    """Turn "sixty (60)", "sixty", "half a", "one and one-half" or "1,500" into a number."""
    lowered = words.lower().strip()
    figure = re.search(r"\d[\d,]*(?:\.\d+)?", lowered)
    if figure:
        return float(figure[0].replace(",", ""))
    if lowered.startswith("half"):
        return 0.5
    if lowered in ("a", "an"):
        return 1.0
    half = 0.5 if re.search(r"and (?:one-half|a half)$", lowered) else 0.0
    spelt = re.sub(r" and (?:one-half|a half)$", "", lowered).replace("-", " ").replace("fourty", "forty")
    try:
        return float(text2num(spelt, "en")) + half
    except ValueError:
        return None
