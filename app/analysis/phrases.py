"""Conditions, exceptions, scope and remedies of one sentence, as spans; whose they are is not decided here."""

from __future__ import annotations

import re
from typing import Any

from app.analysis.stretches import starting_in
from app.analysis.undertakings import Mark, Undertaking

_MODAL = re.compile(r" (?:shall|must|will|may|can|cannot|agrees?|should)\b", re.I)
_SUBJECT = re.compile(r"(?<=[a-z]) (?=(?:the|an?|each|every|no|any|all|such|its|their|they|it) )", re.I)
_ASIDE = re.compile(r",? ?")
_OF_NOUNS = re.compile(r"other than|except|excluding|exclusive of|apart from|aside from", re.I)
_HOLDS_MODAL = re.compile(r" (?:(?:the|an?|any|no|its|such) )?[\w’'-]+(?: [\w’'-]+)? $")  # "if the Employer must"
_LONGEST = 400  # characters; a line without end must not cost its square
_PREDICATE = re.compile(r"(?:shall|does|do|will|is|are)\b", re.I)
_CLOSES = re.compile(
    r"[;.:](?=\s|$)|, (?=(?:and|but|or|nor) (?:[A-Z]\w*|the|it|they|no|shall|must|will|may|an?)\b|(?:the|it|they|he|she|there|nobody|no|nothing|an?|each|every|any|all|such|this|both|either|neither|in|within|but|which|whereupon|shall|must|will|may)\b|[A-Z])"
)


class Phrases:
    """Finds phrases by the lists of `models/patterns/promises.toml`; built once.

    Args:
        data: the file, read.
        people: words for workers.
    """

    def __init__(self, data: dict[str, Any], people: str) -> None:
        clauses, scope, remedy = (
            {name: text.strip() for name, text in data[part].items()} for part in ("clauses", "scope", "remedy")
        )
        self._clause = re.compile(
            rf"\b(?:(?P<exception>{clauses['exception']})|(?P<condition>{clauses['condition']}))(?!\w)", re.I
        )
        self._no_condition = re.compile(rf"\b(?:{clauses['no_condition']}) $", re.I)
        det = rf"(?:(?:{scope['det']}) )?"
        self._scope = re.compile(
            rf"\b(?P<decisions>(?!and |or ){det}(?:(?:{scope['adj']}|employment|personnel|final) )*(?:decisions?|determinations?)"
            rf"(?: (?:on|about|concerning|regarding|relating to|related to|affecting|of|to|in|over) (?:the )?(?:{scope['decided']})(?:(?:,? or|,? and|,) (?:{scope['decided']}))*)?"
            rf"|(?<=on |in )(?:{scope['decided']})(?:(?:,? or|,? and|,) (?:{scope['decided']}))+)\b"
            rf"|\b(?P<systems>(?!and |or ){det}(?:(?:{scope['adj']}),? ){{0,5}}(?:{scope['systems']})(?: or (?:{scope['systems']}))*)\b"
            rf"|\b(?P<people>(?!and |or )(?:(?:{scope['reaching']}) )(?:(?:{scope['person']}),? ){{0,4}}(?:{people})(?: (?:{scope['within']}))?"
            rf"|(?!and |or )(?:(?:{scope['person']}),? ){{1,4}}(?:{people})(?: (?:{scope['within']}))?"
            rf"|(?:{people}) (?:{scope['within']}))\b",
            re.I,
        )
        self._bare = re.compile(rf"(?:the |an? )?(?:{scope['bare']})", re.I)
        self._marks = re.compile(remedy["marks"])
        self._remedy = re.compile(rf"(?<![\w-])(?:{remedy['words']})(?!\w)", re.I)
        self._none = re.compile(remedy["none"], re.I)

    def clauses(self, text: str, each: Undertaking) -> list[Mark]:
        """Conditions and exceptions of a sentence, each up to the comma or modal that ends it."""
        found: list[Mark] = []
        for match in self._clause.finditer(text, each.start, each.end):
            if found and match.start() < found[-1].end and match["condition"]:
                continue
            if match["condition"] and self._no_condition.search(
                text[max(each.start, match.start() - 12) : match.start()]
            ):
                continue
            if found and match.start() < found[-1].end:
                found[-1] = _cut(text, found[-1], match.start())
            start, end = _start(text, each, match), self._end(text, each, match)
            found.append(Mark("condition" if match["condition"] else "exception", start, end, text[start:end]))
        return [mark for mark in found if len(mark.text.split()) > 1 or mark.text.lower().startswith(("upon", "on"))]

    def _end(self, text: str, each: Undertaking, match: re.Match[str]) -> int:
        farthest = min(each.end, match.end() + _LONGEST)
        before = starting_in(each.force, each.start, match.start())
        if before and _ASIDE.fullmatch(text, before[-1].end, match.start()):
            comma = text.find(",", match.end(), farthest)  # "shall, upon request, produce"
            return comma if comma >= 0 else farthest
        stop = farthest
        for close in _CLOSES.finditer(text, match.end(), farthest):
            stop = close.start()
            if close[0] != ", " or before or _MODAL.search(text, close.end(), each.end):
                break
            stop = farthest
        if not before:
            stop = _before_modal(text, each, match, stop)
        return match.start() + len(text[match.start() : stop].rstrip(" .;,:"))

    def scope(self, text: str, each: Undertaking) -> list[Mark]:
        """Systems, people and decisions that a sentence names, where it says how far it reaches."""
        return [
            Mark(str(match.lastgroup), match.start(), match.end(), match[0])
            for match in self._scope.finditer(text, each.start, each.end)
            if not self._bare.fullmatch(match[0])
        ]

    def remedies(self, text: str, each: Undertaking) -> list[Mark]:
        """What follows when the promise is broken, where it is not refused in the same breath."""
        found = [
            Mark(mark.id, mark.start, mark.end, mark.text) for mark in each.signals if self._marks.fullmatch(mark.id)
        ]
        taken = [(mark.start, mark.end) for mark in found]
        found += [
            Mark("remedy", match.start(), match.end(), match[0])
            for match in self._remedy.finditer(text, each.start, each.end)
            if not any(start < match.end() and match.start() < end for start, end in taken)
        ]
        kept = [mark for mark in found if not self._none.search(text[max(each.start, mark.start - 60) : mark.start])]
        return sorted(kept, key=lambda mark: mark.start)


def _before_modal(text: str, each: Undertaking, match: re.Match[str], stop: int) -> int:
    """The end of a clause that stands before its modal without a comma that tells: "where it is found the Union may"."""
    modal = next((mark.start for mark in starting_in(each.force, match.end() + 1, stop)), None)
    nouns = _OF_NOUNS.match(match[0])
    if modal is None or (not nouns and _HOLDS_MODAL.match(text, match.end(), modal)):
        return stop
    comma = text.rfind(", ", match.end(), modal)
    if comma >= 0:
        return comma
    if nouns:
        return modal
    subjects = list(_SUBJECT.finditer(text, match.end(), modal))
    return subjects[-1].start() if subjects else stop


def _start(text: str, each: Undertaking, match: re.Match[str]) -> int:
    """Where a clause begins: with the word that opens it, but "pilots are excluded" begins with its subject."""
    if not _PREDICATE.match(match[0]):
        return match.start()
    begin = max(text.rfind(mark, each.start, match.start()) for mark in (", ", "; ", ") "))
    return begin + 2 if begin >= 0 else each.start


def _cut(text: str, mark: Mark, end: int) -> Mark:
    stop = mark.start + len(text[mark.start : end].rstrip(" ,"))
    return Mark(mark.id, mark.start, stop, text[mark.start : stop])
