"""Numbers typed in front of a provision: "32.1", "Section 2.", "(iv)", "ARTICLE 125--".

`split_label` says what stands at the start of a text and how it may be read; which reading is meant, and what it is a
part of, is for `structure` to decide from the sequence. What only looks like a number stays in the text: a year, an
amount, a time of day, "1.5 times", a cross-reference that begins a line ("Section 6 of this Article").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["division", "article", "section", "decimal", "absolute", "item"]
"""From the outside in. An absolute label names its ancestors itself: "32.1(a)"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: `style` is what its siblings share, `value` its place among them."""

    style: str  # "(a)", "(i)", "1.", "A)"; for other kinds the kind itself
    value: int  # 0 where the label does not count: "Appendix T"


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the start of a text.

    `name` is the bare number as one cites it: "Article 125", "Section 2", "32.1", "iv".
    """

    kind: Kind
    name: str
    readings: tuple[Reading, ...]
    shape: str  # style without the alphabet's meaning, so that "(i)" and "(h)" look alike


_DIVISION = r"division|chapter|part|title|book"
_ARTICLE = r"article|art\.|appendix|schedule|exhibit|annex|attachment|addendum"
_SECTION = r"section|sec\.|clause|§+"
_ORDINAL = r"\d{1,3}(?:\.\d{1,3})*[A-Z]{0,2}(?:,\s?[A-Z](?![a-z]))*|[IVXLC]{1,7}|[A-Z]"
_NAMED = re.compile(
    rf"(?P<word>{_DIVISION}|{_ARTICLE}|{_SECTION})\s*(?P<ordinal>(?-i:{_ORDINAL}))"
    r"(?P<mark>\s*(?:[.:)]\s*[-–—]*|[-–—]+))?(?=\s|$|(?<=[-–—:.]))\s*",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"(\d{1,3}[A-Z]?(?:\.\d{1,3})*(?:\((?:[a-z]{1,4}|[A-Z]{1,4}|\d{1,2})\))+)[.:]?(?:\s+|$)")
_DECIMAL = re.compile(r"([1-9]\d{0,2}[A-Z]?(?:\.\d{1,3}){1,5})(\.|\)|:)?(?:\s+|$)")
_ITEM = re.compile(
    r"(?:(?P<open>\()\s?)?(?P<value>\d{1,3}|[a-z]{1,2}|[A-Z]{1,2}|[ivxl]{2,6}|[IVXL]{2,6})(?P<close>\s?\)\.?|\.(?=\s|$))(?:\s+|$|(?=[A-Z\"“]))"
)
_UNIT = re.compile(
    r"(?:calendar|working|business|consecutive|hours?|days?|weeks?|months?|years?|minutes?|percent|per cent|per|times|"
    r"million|billion|thousand|dollars?|cents?|a\.?m\b|p\.?m\b|to\b|%|x\b)"
)
_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\.? \d{4}"
)
_REFERENCE = re.compile(
    r"(?:above|below|hereof|herein|of|and|or|to|through|shall|may|is|are|was|were|does|will|must)\b"
)


def split_label(text: str) -> tuple[Label, str] | None:
    """Split the number off the start of a provision.

    Args:
        text: One block, without white space at the start.

    Returns:
        The label and the text after it, or None where the text begins with words.
    """
    text = text.lstrip("#").lstrip()
    return _split_named(text) or _split_absolute(text) or _split_decimal(text) or _split_item(text)


def parse_number(number: str) -> Label:
    """Read an automatic number as the word processor shows it; what fits nothing is cited as it stands."""
    number = " ".join(number.split())
    found = split_label(number) or split_label(f"{number}.")  # "1.10" alone in a line is an amount, here a number
    if found and not found[1]:
        return found[0]
    name = number.strip(" .:")
    return Label("item", name, (Reading(f"other {re.sub(r'[0-9]+', '1', name)}", _trailing(name)),), "other")


def _split_named(text: str) -> tuple[Label, str] | None:
    match = _NAMED.match(text)
    if match is None or not (text[0].isupper() or text[0] == "§"):
        return None
    word, ordinal, mark = match["word"].rstrip("."), match["ordinal"], (match["mark"] or "").strip()
    rest = text[match.end() :]
    if not mark and not _is_title_after(rest, ordinal):
        return None
    if mark and rest[:1].islower() and _REFERENCE.match(rest):
        return None
    kind: Kind = "section"
    if re.fullmatch(_DIVISION, word, re.IGNORECASE):
        kind = "division"
    elif re.fullmatch(_ARTICLE.replace(r"\.", ""), word, re.IGNORECASE):
        kind = "article"
    noun = "Section" if word[0] == "§" or word.casefold() == "sec" else word.capitalize()
    noun = "Article" if noun == "Art" else noun
    name = f"{noun} {ordinal}"
    return Label(kind, name, (Reading(kind, _ordinal_value(ordinal)),), kind), rest


def _is_title_after(rest: str, ordinal: str) -> bool:
    """Whether "Article 12 Technology" is meant, and not "Article 12 of this Agreement" or "Part A employees"."""
    if not rest:
        return True
    if not (rest[0].isupper() or rest[0] in '("“['):
        return False
    if rest[0] == "(":
        return not re.match(r"\([a-z0-9]{1,3}\)|\([^()]*\),?\s+[a-z]", rest)
    return len(ordinal) > 1 or ordinal.isdigit() or rest.isupper()


def _split_absolute(text: str) -> tuple[Label, str] | None:
    match = _ABSOLUTE.match(text)
    if match is None or re.match(r"\d+\(\d", match[1]):
        return None
    return Label("absolute", match[1], (Reading("absolute", 0),), "absolute"), text[match.end() :]


def _split_decimal(text: str) -> tuple[Label, str] | None:
    match = _DECIMAL.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    if _UNIT.match(rest) or (rest[:1].islower() and not match[2]) or rest[:1] in ("%", "-", "–", "$", "=", "+"):
        return None
    if not rest and not match[2] and re.fullmatch(r"\d+\.\d0", match[1]):
        return None  # an amount alone in its line: "12.50"
    if rest and not any(letter.isalpha() for letter in rest):
        return None
    parts = match[1].split(".")
    return Label("decimal", match[1], (Reading(f"decimal{len(parts)}", int(parts[-1])),), "decimal"), rest


def _split_item(text: str) -> tuple[Label, str] | None:
    match = _ITEM.match(text)
    if match is None:
        return None
    value, rest = match["value"], text[match.end() :]
    close = match["close"].strip()
    if (match["open"] and not close.startswith(")")) or _is_no_item(
        value, rest, bare=not match["open"], stop=close == "."
    ):
        return None
    form = "(%s)" if match["open"] else "%s)" if close.startswith(")") else "%s."
    readings = _readings(value, form)
    if not readings:
        return None
    shape = form % ("1" if value.isdigit() else "a" if value.islower() else "A")
    return Label("item", value, readings, shape), rest


def _is_no_item(value: str, rest: str, *, bare: bool, stop: bool) -> bool:
    """What begins like an item and is none: "1. January 2025", "(30) days", "No. 5", "J. R. Smith"."""
    if value.isdigit():
        return value[0] == "0" or bool(_UNIT.match(rest) or _DATE.match(rest))
    if bare and len(value) > 1:
        return _roman_value(value) == 0
    return stop and len(value) == 1 and bool(re.match(r"[A-Za-z]\.(?:\s|$)", rest))


def _readings(value: str, form: str) -> tuple[Reading, ...]:
    if value.isdigit():
        return (Reading(form % "1", int(value)),)
    readings = []
    lower = value.islower()
    if len(value) == 1:
        readings.append(Reading(form % ("a" if lower else "A"), ord(value.lower()) - 96))
    elif len(set(value)) == 1:
        readings.append(Reading(form % ("a" if lower else "A"), 26 + ord(value[0].lower()) - 96))
    roman = _roman_value(value)
    if roman:
        readings.append(Reading(form % ("i" if lower else "I"), roman))
    return tuple(readings)


_ROMAN = re.compile(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _roman_value(numeral: str) -> int:
    numeral = numeral.lower()
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    digits = [_DIGITS[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _ordinal_value(ordinal: str) -> int:
    if ordinal.isdigit():
        return int(ordinal)
    return _roman_value(ordinal) or _trailing(ordinal)


def _trailing(name: str) -> int:
    digits = re.search(r"(\d{1,6})\D*$", name)
    return int(digits[1]) if digits else 0
