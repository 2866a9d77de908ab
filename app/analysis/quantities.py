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

from app.analysis.periods import Better, role_of_period

Unit = Literal["days", "money", "percent", "times_a_year", "weeks_pay"]

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
    r"|(?P<adverb>weekly|bi-?weekly|fortnightly|monthly|bi-?monthly|quarterly|(?:semi|bi)-?annual(?:ly)?|(?:half|twice)[- ]yearly|annual(?:ly)?|yearly|every (?:week|month|quarter|year|six months))"
    r"|every (?P<count>(?:\d+|two|three|six|nine|twelve)) (?P<period>weeks|months)|each (?P<each>day|week|month|quarter|year|monday|friday))\b",
    re.IGNORECASE,
)
_BURDEN = re.compile(
    r"\b(?:reduc|cut|lower|lay|lose|loss|fall|drop|shrink|remov|eliminat|replac|deduct|error|differ|fail|pilot|trial|monitor)\w*"
    r"\b[^.;]{0,90}\b(?:no more than|not more than|more than|at most|by up to|under|below|exceed\w*) $",
    re.IGNORECASE,
)
"""How much of something workers must bear at the most."""
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
        role, better = role_of_period(text, match.start(), match.end())
        found.append(
            _quantity(text, match, "days", days * (WORKING_TO_CALENDAR if working else 1), role, better, working)
        )
    return found


def _really_one(text: str, match: re.Match[str]) -> bool:
    """Tell "within a year" from "a day off": an article counts as one only after a word that measures."""
    return bool(re.search(r"\b(?:within|for|than|of|least|half) $", text[max(0, match.start() - 10) : match.start()]))


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
        burden = _BURDEN.search(text[max(0, match.start() - 110) : match.start()])
        better: Better = "less" if threshold or burden else "more"
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
    for key, value in (("bi-?w", 26), ("fortnight", 26), ("bi-?m", 6), ("semi|bi-?a|half|twice", 2), ("six months", 2)):
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
