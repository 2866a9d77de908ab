"""Which modals of a sentence promise something, and where the stretch of words that belongs to each one begins.

Headings, words in quotation marks and words that are struck out promise nothing (PRECEDENTS d.10), nor does a modal that
only describes: "any system that may affect employees".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import TypeVar

from app.analysis.quantities import Quantity
from app.analysis.undertakings import Mark, Moment, Undertaking

Part = TypeVar("Part", Mark, Moment, Quantity)
_START = attrgetter("start")

MODAL = re.compile(r"\b(?:shall|must|will|may|can|might|could|should|would|cannot)\b", re.I)
_ONLY_MODAL = re.compile(
    r"\b(?:agrees?|undertakes?|covenants?|commits?|guarantees?) (?:that|to)$|\brequires?$|^guarantees?$", re.I
)
_DESCRIBES = re.compile(
    r"[^,] (?:that|which|who) $|\b(?:for|in|on|to|under|by|of|at|from|with) (?:which|whom) (?:(?:the|an?) )?[\w’'-]+(?: [\w’'-]+)? $",
    re.I,
)
_BINDS = re.compile(r"\b(?:shall|must)\b|^no\b", re.I)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|~~.*?~~")
_SAID = re.compile(r"\b(?:shall|must|will|may|can|cannot|should|is|are)\b")  # in small letters
_INSERTED = re.compile(r"(?:\b(?:reads?|reading|follows|following|added|adding|inserted|with|by)|:)[,:]? ?$", re.I)
_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_SPLIT = re.compile(r"[,;:] (?:(?:and|or|but|nor|whereupon|provided that|except that) )?|[ ](?:and|or|but|nor) ", re.I)
_STARTS_CLAUSE = re.compile(
    r"(?:the|an?|any|no|each|every|such|this|these|those|all|its|their|both|either|neither|it|they|he|she|nothing)\b|[A-Z]"
)
_JOINS = re.compile(r"\b(?:and|or|but|nor)\b", re.I)
_NO_MORE_THAN = re.compile(r"no (?:later|earlier|sooner|more|less|fewer|longer) than\b", re.I)
# "Except that no employee shall …" promises something new, and "this shall not apply to pilots" is a sentence itself.
_NEW_PROMISE = re.compile(
    r"except that|save that|but only|(?!if|when|where|unless|except|save|other|in|on|upon|as|should|to|provided).*(?:not (?:apply|extend)|excluded|exempt)",
    re.I,
)


def promising(text: str, each: Undertaking, clauses: list[Mark], quoted: list[tuple[int, int]]) -> list[Mark]:
    """The marks of force that make a promise: not those that describe a thing, open a condition or are quoted."""
    held = [(clause.start, clause.end) for clause in clauses if not _NEW_PROMISE.match(clause.text)]
    found = []
    for mark in each.force:
        if within(mark.start, quoted) or within(mark.start, held) or _NO_MORE_THAN.match(mark.text):
            continue
        describes = _DESCRIBES.search(text[max(each.start, mark.start - 50) : mark.start])
        if describes and not _BINDS.search(mark.text):
            continue
        found.append(mark)
    found = found or [mark for mark in each.force if not within(mark.start, quoted)]
    modals = [mark for mark in found if MODAL.search(mark.text)]
    if not modals:
        return found
    adverbs = [mark for mark in found if mark.id == "wishes" and " " not in mark.text]
    return [
        _weakened(mark, adverbs)
        for mark in found
        if mark not in adverbs and not (_ONLY_MODAL.search(mark.text) and mark is not found[-1])
    ]


def _weakened(mark: Mark, adverbs: list[Mark]) -> Mark:
    """The mark on the rung of an adverb beside it: "will normally notify" is a wish."""
    beside = next(
        (each for each in adverbs if -3 <= each.start - mark.end <= 3 or 0 <= mark.start - each.end <= 3), None
    )
    return replace(mark, id=beside.id, rung=beside.rung) if beside else mark


def begin_of(text: str, last_end: int, modal: int, clauses: list[Mark]) -> int:
    """Where the clause of a modal begins, behind the modal before it; a condition before its subject belongs to it."""
    near = starting_in(clauses, last_end, modal)
    begin = _subject_begins(text, last_end, modal, {end for each in near for end in (each.end, each.end + 1)})
    leading = next((each for each in near if 0 <= begin - each.end <= 2), None)
    return leading.start if leading else begin


def _subject_begins(text: str, last_end: int, modal: int, ended: set[int]) -> int:
    for split in reversed(list(_SPLIT.finditer(text, last_end, modal))):
        rest = text[split.end() : modal].strip()
        if not rest and split.start() in ended:
            continue  # "the committee, if asked, shall"
        if (not rest and (_JOINS.search(split[0]) or split[0].startswith(","))) or _STARTS_CLAUSE.match(rest):
            return split.end()
    return modal


def quoted_in(each: Undertaking) -> list[tuple[int, int]]:
    """Where words of the sentence stand in quotation marks or are struck out."""
    if not any(mark in each.text for mark in ("“", '"', "~~")):
        return []
    return [
        (match.start() + each.start, match.end() + each.start)
        for match in _QUOTED.finditer(each.text)
        if not _INSERTED.search(each.text[: match.start()]) and match[0] != each.text.strip()
    ]


def struck_in(text: str) -> list[tuple[int, int]]:
    """Where words are struck out, over several sentences if need be."""
    return [match.span() for match in _STRUCK.finditer(text)] if "~~" in text else []


def is_heading(text: str) -> bool:
    """Whether a line is a title: capitals throughout, no full stop, no modal."""
    if text[-1] in ".;,:" or _SAID.search(text):
        return False
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]*", text) if len(word) > 3]
    return bool(words) and len(text) < 100 and all(word[0].isupper() for word in words)


def starting_in(parts: Sequence[Part], start: int, end: int) -> Sequence[Part]:
    """Those of `parts`, in the order of the text, that start in a stretch; a long line must not cost its square."""
    return parts[bisect_left(parts, start, key=_START) : bisect_left(parts, end, key=_START)]


def within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the spans, which come in order and do not overlap."""
    near = bisect_right(spans, place, key=itemgetter(0)) - 1
    return near >= 0 and place < spans[near][1]
