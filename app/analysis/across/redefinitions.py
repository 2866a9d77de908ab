"""Definitions of the draft that narrow a term used elsewhere: every protection that uses the term is narrowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.across.crossing import crossing, homes
from app.analysis.across.overrides import sentences
from app.analysis.across.places import Places
from app.analysis.aligning.matching import Match
from app.analysis.judging.judge import judge
from app.analysis.pipeline import Pipeline
from app.analysis.results import ClauseText, Move, Severity, Span
from app.analysis.undertakings import Reading, defined_term
from app.analysis.wording import lower, short
from app.text.document import Provision

_DEFINES = re.compile(r"\b(?:means?|defined as|refers? to|understood as)\b", re.IGNORECASE)
_BROAD = re.compile(r"\bnot limited to\b|\bwithout limitation\b|\bmeans? any\b", re.IGNORECASE)
_EMPTY = Reading("", ())
_CONFIDENCE = 0.75
_ONLY_DROPPED = (
    "element_dropped",
    ".dropped",
    "list_item_dropped",
    ".replaced",
)  # words gone, which rewording does too
_SHORTEST = 4  # letters of a term; below, words such as "AI" must be capitals to be found
_GOES_ON = 12  # characters after which a sentence that goes on about a term has named it
_PRONOUN = re.compile(r"(?:it|this|they|these|such|that)\b", re.IGNORECASE)
_EVERYWHERE = re.compile(r"\b(?:this|the) (?:agreement|part|contract)\b", re.IGNORECASE)
_HERE = re.compile(r"\bthis (?:article|section|clause)\b", re.IGNORECASE)
_DEFINITIONS = re.compile(r"\b(?:definitions?|interpretation|terms|glossary)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“]([^\"”]{2,60})[\"”]")


@dataclass(frozen=True, slots=True)
class _Definition:
    """A term and the sentence that defines it; offsets in the text of its provision."""

    term: str
    provision: Provision
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.provision.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """What a sentence of the draft takes out of a term; the span counts in its provision."""

    term: str
    provision: Provision
    span: Span
    reason: str
    severity: Severity


class Definitions:
    """What the draft defines, and what it declares to be outside a term; read once, asked text by text."""

    def __init__(self, places: Places, pipeline: Pipeline) -> None:
        rules = pipeline.across.definition
        outside = re.compile(f"(?:{rules['excludes']})|(?:{rules['not_one']})", re.IGNORECASE)
        self._places = places
        self._pipeline = pipeline
        self._defined = list(_definitions(places.provisions))
        self._excluding = [
            (provision, start, end)
            for provision in places.provisions
            if outside.search(provision.text)
            for start, end in sentences(provision.text)
            if outside.search(provision.text, start, end)
        ]

    def narrowing(self, text: ClauseText, answered: Sequence[Match]) -> Iterator[Match]:
        """Find what the draft's definitions take from provisions that use the terms.

        Args:
            text: ours.
            answered: its provisions that have an answer.
        """
        ours = {each.term: each for each in _definitions(text.provisions)}
        known = {" ".join(p.text.lower().split()) for p in text.provisions}
        for definition in self._defined:
            if " ".join(definition.provision.text.lower().split()) not in known:
                change = _narrowed(definition, ours, answered, text, self._pipeline)
                if change:
                    yield from _on_users(change, answered, ours, self._places)
        terms = {*ours, *(each.term for each in self._defined)}
        for change in self._exclusions(terms, text):
            if not _told(change.provision, answered):
                yield from _on_users(change, answered, ours, self._places)

    def _exclusions(self, terms: set[str], text: ClauseText) -> Iterator[_Narrowing]:
        """Sentences such as "A pilot is not considered an Automated System" that our text does not have."""
        words = {term for term in terms if len(term) >= _SHORTEST}
        if not words or not self._excluding:
            return
        joined = "|".join(sorted((re.escape(term) for term in words), key=len, reverse=True))
        rules = self._pipeline.across.definition
        pattern = re.compile(
            rf"^(?:\W|an? |any |the |term )*(?P<subject>{joined})s?\W*(?:{rules['excludes']})"
            rf"|(?:{rules['not_one']})\W*(?P<class>{joined})s?\b",
            re.IGNORECASE,
        )
        known = {" ".join(p.text[a:b].lower().split()) for p in text.provisions for a, b in sentences(p.text)}
        for provision, start, end in self._excluding:
            sentence = provision.text[start:end]
            match = pattern.search(sentence)
            if match and " ".join(sentence.lower().split()) not in known:
                term = (match["subject"] or match["class"]).lower()
                reason = f"it takes something out: “{short(sentence)}”."
                yield _Narrowing(term, provision, Span(start, end, sentence), reason, "medium")


def _definitions(provisions: Sequence[Provision]) -> Iterator[_Definition]:
    """Every definition with the sentences that follow it, up to the next one in the same provision."""
    for provision in provisions:
        if not _DEFINES.search(provision.text):
            continue
        found: list[tuple[str, int]] = []
        for start, end in sentences(provision.text):
            sentence = provision.text[start:end]
            term = defined_term(sentence)
            if term and (len(term) >= _SHORTEST or _QUOTED.search(sentence)):
                found.append((term, start))
        ends = [*(start for _, start in found[1:]), len(provision.text)] if found else []
        for (term, start), end in zip(found, ends, strict=True):
            yield _Definition(term, provision, start, start + len(provision.text[start:end].rstrip()))


def _narrowed(
    definition: _Definition,
    ours: dict[str, _Definition],
    answered: Sequence[Match],
    text: ClauseText,
    pipeline: Pipeline,
) -> _Narrowing | None:
    """How a definition of the draft is narrower than ours; None where it is not."""
    before = ours.get(definition.term) or _renamed(definition, ours, answered)
    reading = pipeline.read(definition.text)
    if before is not None:
        moves = judge(pipeline.read(before.text), reading, pipeline)
    elif any(_uses(definition.term, provision.text) for provision in text.provisions):
        narrowing = re.search(pipeline.across.definition["narrowing"], definition.text, re.IGNORECASE)
        if not narrowing or _BROAD.search(definition.text):
            return None
        moves = judge(_EMPTY, reading, pipeline)
    else:
        return None
    ours_said = before.text if before else ""
    grave = [
        move
        for move in moves
        if move.direction == "weaker"
        and move.severity != "low"
        and (
            _about(definition.term, definition.text, move.draft)
            if move.draft
            else before is not None and _about(before.term, ours_said, move.library)
        )
    ]
    grave.sort(key=lambda move: move.rule.endswith(_ONLY_DROPPED))
    if grave:
        severity: Severity = "low" if grave[0].rule.endswith(_ONLY_DROPPED) else "medium"
        words = grave[0].draft or Span(0, len(definition.text), definition.text)
        reason = lower(grave[0].explanation)
    elif before is None:
        severity, words = "medium", Span(0, len(definition.text), definition.text)
        reason = f"your text leaves the word open, the draft closes it: “{short(definition.text)}”."
    else:
        return None
    first, last = definition.start + words.start, definition.start + words.end
    span = Span(first, last, definition.provision.text[first:last])
    return _Narrowing(definition.term, definition.provision, span, reason, severity)


def _about(term: str, text: str, span: Span | None) -> bool:
    """Whether words stand in the defining sentence, or in one that goes on about the term."""
    if span is None:
        return False
    start = next((a for a, b in sentences(text) if a <= span.start < b), 0)
    opening = text[start : start + len(term) + _GOES_ON]
    return start == 0 or bool(_pattern(term).search(opening) or _PRONOUN.match(opening))


def _reaches(change: _Narrowing, user: Provision, places: Places) -> bool:
    """Whether a definition holds for a provision: in its own article, or everywhere if it or its heading says so."""
    here, there = places.number(change.provision), places.number(user)
    if places.all[here].article == places.all[there].article:
        return True
    words = f"{change.provision.lead_in} {change.provision.text}"
    headings = " ".join(change.provision.heading_path)
    return bool(_EVERYWHERE.search(words) or (_DEFINITIONS.search(headings) and not _HERE.search(words)))


def _renamed(definition: _Definition, ours: dict[str, _Definition], answered: Sequence[Match]) -> _Definition | None:
    """Our definition that one of the draft answers under another term."""
    for match in answered:
        if any(provision.start == definition.provision.start for provision in match.draft.provisions):
            starts = {provision.start for provision in homes(match, definition.provision)}
            found = [each for each in ours.values() if each.provision.start in starts]
            return found[0] if len(found) == 1 else None
    return None


def _on_users(
    change: _Narrowing, answered: Sequence[Match], ours: dict[str, _Definition], places: Places
) -> Iterator[Match]:
    """One move for each provision of ours whose answer uses the term."""
    term, provision = change.term, change.provision
    name = places.label(places.number(provision))
    defining = {each.provision.start for each in ours.values()}
    for match in answered:
        if any(each.start == provision.start for each in match.draft.provisions):
            continue
        user = next((each for each in match.draft.provisions if _uses(term, each.full_text)), None)
        if user is None or not _reaches(change, user, places):
            continue
        target = places.label(places.number(user))
        for home in match.library.provisions:
            if home.start in defining or not (_uses(term, home.full_text) or term not in ours):
                continue
            text = f"{name} narrows “{_shown(term, provision)}”, on which {target} rests: {change.reason}"
            used = _used(term, home)
            move = Move("definition_narrowed", "across.definition", "weaker", change.severity, text, used, change.span)
            yield crossing(home, provision, move, confidence=_CONFIDENCE)


def _told(provision: Provision, answered: Sequence[Match]) -> bool:
    """Whether our own definition has an exclusion that this one answers: then the two have been compared."""
    for match in answered:
        if any(each.start == provision.start for each in match.draft.provisions):
            excluding = re.search(r"\b(?:does|do|shall) not include|\bexcludes?\b", match.library.text, re.IGNORECASE)
            return bool(excluding) and not any(move.direction == "weaker" for move in match.moves)
    return False


def _uses(term: str, text: str) -> bool:
    return bool(_pattern(term).search(text))


def _pattern(term: str) -> re.Pattern[str]:
    """A term as it is used; short ones only as the capitals that they are."""
    long = len(term) >= _SHORTEST
    wanted = re.escape(term if long else term.upper())
    return re.compile(rf"(?<!\w){wanted}(?:s|es)?(?!\w)", re.IGNORECASE if long else 0)


def _used(term: str, home: Provision) -> Span | None:
    """Where ours uses the term; None where only the lead-in does, or the draft's own word stands for it."""
    found = _pattern(term).search(home.text)
    return Span(found.start(), found.end(), found[0]) if found else None


def _shown(term: str, provision: Provision) -> str:
    """The term as the draft writes it."""
    found = re.search(re.escape(term), provision.text, re.IGNORECASE)
    return found[0] if found else term
