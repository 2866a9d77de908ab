"""Cross-references in a sentence: "Section 4", "Articles 40 and 41", "paragraph (b)", "the foregoing", "this Article".

Only what the words say; which provisions are meant is for `places`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["section", "article", "annex", "item", "this", "foregoing", "any"]

_NOUN = (
    r"(?:sub-?)?sections?|articles?|art\.|sec\.|(?:sub-?)?paragraphs?|(?:sub-?)?clauses?|items?|provisions?|§{1,2}"
    r"|appendi(?:x|ces)|annex(?:es)?|schedules?|attachments?|exhibits?|addend(?:um|a)|(?:side )?letters?"
    r"|memorand(?:um|a)"
)
_ITEMS = r"(?:\s?\((?:[a-z]{1,4}|\d{1,2})\))"
_ORDINAL = (
    rf"(?:(?:\d{{1,3}}[A-Z]?(?:\.\d{{1,3}}[A-Z]?)*|(?-i:[IVXLC]{{1,7}}|[A-Z])(?![\w’']|\.\w)){_ITEMS}*|{_ITEMS}+)"
)
_JOIN = r"\s*(?:,\s*(?:and|or)?|and/or|and|or|to|through|thru|–|-)\s*"
_NAMED = re.compile(
    rf"(?<![\w§])(?P<noun>{_NOUN})\s*(?P<list>{_ORDINAL}(?:{_JOIN}(?:(?:{_NOUN})\s*)?{_ORDINAL})*)(?!\w)"
    r"(?:\s+of\s+(?:this\s+)?article\s+(?P<article>\d{1,3}[A-Z]?|[IVXLC]{1,7})(?!\w))?",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?P<join>to|through|thru|–|-)?\s*(?:(?P<noun>{_NOUN})\s*)?(?P<ordinal>{_ORDINAL})", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w.$§(])\d{1,3}[A-Z]?\.\d{1,3}(?:\([a-z]{1,3}\))*(?![\w.]*\d| ?(?:%|percent|hours?|days?|times))"
)
_THIS = re.compile(
    r"\b(?:this|the present|said)\s+(article|section|agreement|part|appendix|annex|letter|side letter|memorandum|"
    r"clause|subsection|paragraph|provision|policy|addendum|schedule|proposal)\b|\b(herein|hereof|hereunder|hereto)\b",
    re.IGNORECASE,
)
_FOREGOING = re.compile(
    r"\b(?:the |any |anything in the |all )?(?:foregoing|above|preceding|aforementioned|aforesaid)\b"
    r"(?: (?:sections?|paragraphs?|provisions?|sentences?|articles?|language|obligations?|commitments?|requirements))?",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\banything to the contrary\b|\bany(?: other| contrary)? (?:provisions?|terms?|language|sections?)\b|"
    r"\ball other (?:provisions?|terms?)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"^[\s,]*(?:\([^)]*\) )?of (?:the |that |any |its )?(?:(?!article)[\w’'&-]+ ){0,7}"
    r"(?-i:Act|Code|Laws?|Statutes?|Regulations?|Constitution|Charter|Ordinance|Order|Directive|Treaty|Handbook|Manual|"
    r"Policy|Plan|Bylaws|[A-Z]{3,6})\b|^ (?:of )?(?:the )?(?-i:[A-Z][\w’-]+ ){1,5}(?-i:Act|Code)\b",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(r"\b(?:Act|Code|Stat\.?|Law|U\.S\.C\.?|C\.F\.R\.?|Statutes?|NLRA|LMRA),? (?:under )?$")
_ANNEX = re.compile(r"appendi|annex|schedule|attachment|exhibit|addend|letter|memorand", re.IGNORECASE)
_MOST = 60  # members of "Sections 2 through 60"
_NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Reference:
    """One place that a text names; offsets in that text."""

    kind: Kind
    ordinal: str  # "3", "41.7", "9d.02", "b"; for "this" the noun: "article"
    items: tuple[str, ...]
    article: str  # of "Section 3 of Article 12"
    start: int
    end: int
    text: str


def find_references(text: str, start: int = 0, end: int | None = None) -> list[Reference]:
    """Return what a text refers to, in order; references to statutes and policies are left out.

    Args:
        text: any.
        start: where to begin.
        end: where to stop; None for the end of the text.
    """
    stop = len(text) if end is None else end
    found: list[Reference] = []
    for match in _NAMED.finditer(text, start, stop):
        outside = _OUTSIDE.match(text[match.end() : match.end() + 90]) or _LAW_BEFORE.search(
            text[max(0, match.start() - 24) : match.start()]
        )
        if not outside:
            found += _members(match)
    for match in _THIS.finditer(text, start, stop):
        noun = (match[1] or "article").lower().removeprefix("side ")
        found.append(_plain("this", noun, match))
    found += [_plain("foregoing", "", match) for match in _FOREGOING.finditer(text, start, stop)]
    found += [_plain("any", "", match) for match in _ANY.finditer(text, start, stop)]
    taken = [(each.start, each.end) for each in found]
    for match in _BARE.finditer(text, start, stop):
        if not any(first <= match.start() < last for first, last in taken):
            ordinal, items = _split(match[0])
            found.append(Reference("item", ordinal, items, "", match.start(), match.end(), match[0]))
    return _joined(sorted(found, key=lambda each: each.start), text)


def normal(ordinal: str) -> str:
    """One spelling for a number: "XXVII" is 27, "9D" is 9d; letters stay letters, other than I, V and X."""
    plain = ordinal.strip(" .").lower()
    if plain and re.fullmatch(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})", plain) and plain not in {"l", "c"}:
        digits = [_NUMERALS[letter] for letter in plain]
        value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
        return str(value) if value else plain
    return ".".join(part.lstrip("0") or part for part in plain.split("."))


def _joined(found: list[Reference], text: str) -> list[Reference]:
    """ "Article 12, Section 3" is one place."""
    joined: list[Reference] = []
    for each in found:
        last = joined[-1] if joined else None
        between = text[last.end : each.start] if last else ""
        if last and last.kind == "article" and each.kind == "section" and re.fullmatch(r"[, ]*(?:\w+ )?", between):
            joined[-1] = replace(
                each, article=last.ordinal, start=last.start, text=text[last.start : each.end] or each.text
            )
        else:
            joined.append(each)
    return joined


def _members(match: re.Match[str]) -> Iterator[Reference]:
    """The members of "Sections 2, 3(a) and 5 through 7"."""
    noun, last = match["noun"], ""
    article = normal(match["article"] or "")
    offset = match.start("list")
    for part in _PART.finditer(match["list"]):
        noun = part["noun"] or noun
        ordinal, items = _split(part["ordinal"])
        start, end = offset + part.start("ordinal"), offset + part.end()
        if part["join"] and last.isdigit() and ordinal.isdigit() and int(ordinal) - int(last) <= _MOST:
            for between in range(int(last) + 1, int(ordinal)):
                yield Reference(_kind(noun), str(between), (), article, start, end, f"{noun} {between}")
        kind: Kind = _kind(noun) if ordinal else "item"
        yield Reference(kind, ordinal, items, article, start, end, f"{_singular(noun)} {part['ordinal'].strip()}")
        last = ordinal


def _split(ordinal: str) -> tuple[str, tuple[str, ...]]:
    head, *_ = ordinal.partition("(")
    return normal(head), tuple(item.lower() for item in re.findall(r"\((\w+)\)", ordinal))


def _kind(noun: str) -> Kind:
    if noun.lower().startswith("art"):
        return "article"
    return "annex" if _ANNEX.search(noun) else "section"


def _singular(noun: str) -> str:
    word = noun[:1].upper() + noun[1:]
    return "Appendix" if word.lower() == "appendices" else word.removesuffix("s") if len(word) > 3 else "Section"


def _plain(kind: Kind, ordinal: str, match: re.Match[str]) -> Reference:
    return Reference(kind, ordinal, (), "", match.start(), match.end(), match[0])
