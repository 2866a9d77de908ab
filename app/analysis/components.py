"""The components of the spaCy pipeline. `models/config.cfg` names them; each does one thing.

Marks are kept as spans on the Doc (`doc.spans["signals"]` and so on) for anyone who works with spaCy, and as values
in `doc._.reading` for the judge. Factory names carry a version, which changes when behaviour does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from pathlib import Path

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from app.analysis.bearers import load_bearer_rules
from app.analysis.patterns import Patterns, Rung, Signal, load_patterns
from app.analysis.promises import load_promise_rules
from app.analysis.quantities import read_quantities
from app.analysis.undertakings import Mark, Reading, TimingRules, Undertaking, defined_term

_SPACE = re.compile(r"\s")
_SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\bSec)(?<!\bArt)(?<!\be\.g)(?<!\bi\.e)(?<!\bInc)(?<!\bCo)(?<!\bSt)[.!?][\"”’)]*\s+(?=[\"“(]?[A-Z0-9])|;\s+|\n+"
)

_NEGATED = re.compile(
    r"\b(?:not|no|non|never|neither|nor)[ -](?:be |been |subject to |the |a |an |any )*$", re.IGNORECASE
)

if not Doc.has_extension("reading"):
    Doc.set_extension("reading", default=None)
    Span.set_extension("bearer", default="unnamed")
    Span.set_extension("rung", default=0)


@Language.factory("proviso_sentences_v1")
class Sentences:
    """Sets sentence starts: at full stops before a capital, at semicolons, at line ends; not after "Sec." or "No."."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        starts = {match.end() for match in _SENTENCE_END.finditer(doc.text)}
        first = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
        doc.from_array([SENT_START], np.array(first, dtype="int64").astype("uint64"))  # token by token is quadratic
        return doc


@Language.factory("proviso_marks_v1", default_config={"patterns": ""})
class Marks:
    """Marks actors, force, involvement, signals and quantities, by the rules in `models/patterns/`.

    `patterns` is the folder of the rules; the loader fills it in.
    """

    def __init__(self, nlp: Language, name: str, patterns: str) -> None:
        self.name = name
        self._rules: Patterns = load_patterns(Path(patterns))
        self._bearers = load_bearer_rules(Path(patterns))

    def __call__(self, doc: Doc) -> Doc:
        text = _SPACE.sub(" ", doc.text)
        actors = _actors(text, self._rules)
        self._store(doc, "actors", actors)
        force = _ladder(text, self._rules.force)
        self._store(doc, "force", self._bearers.name(text, _sentences(doc), force, actors))
        self._store(doc, "involvement", _ladder(text, self._rules.involvement))
        self._store(doc, "signals", _signals(doc, text, self._rules, actors))
        read = doc.user_data["read_quantities"] = read_quantities(text)
        self._store(doc, "quantities", [Mark(each.role, each.start, each.end, each.text) for each in read])
        return doc

    def _store(self, doc: Doc, key: str, marks: list[Mark]) -> None:
        doc.user_data[key] = marks
        spans = []
        for mark in marks:
            span = doc.char_span(mark.start, mark.end, label=mark.id, alignment_mode="expand")
            if span is not None:
                span._.bearer = mark.bearer
                span._.rung = mark.rung
                spans.append(span)
        doc.spans[key] = spans


@Language.factory("proviso_undertakings_v1", default_config={"patterns": ""})
class Undertakings:
    """Joins the marks of each sentence to an undertaking and leaves a `Reading` in `doc._.reading`."""

    def __init__(self, nlp: Language, name: str, patterns: str) -> None:
        self.name = name
        words = load_patterns(Path(patterns)).words
        self._timing = TimingRules(words)
        self._promises = load_promise_rules(Path(patterns), words)

    def __call__(self, doc: Doc) -> Doc:
        text = _SPACE.sub(" ", doc.text)
        quantities = doc.user_data["read_quantities"] if "read_quantities" in doc.user_data else read_quantities(text)
        undertakings = []
        for start, end in _sentences(doc):
            marks = {
                key: tuple(mark for mark in doc.user_data.get(key, ()) if start <= mark.start < end)
                for key in ("actors", "force", "involvement", "signals")
            }
            force = marks["force"]
            undertakings.append(
                Undertaking(
                    start=start,
                    end=end,
                    text=text[start:end],
                    bearer=force[0].bearer if force else "unnamed",
                    force=force,
                    involvement=marks["involvement"],
                    signals=marks["signals"],
                    actors=marks["actors"],
                    timings=tuple(self._timing.find(text, start, end)),
                    quantities=tuple(quantity for quantity in quantities if start <= quantity.start < end),
                    defines=defined_term(text[start:end]),
                )
            )
        doc._.reading = Reading(doc.text, tuple(self._promises.add(text, undertakings)))
        return doc


def _actors(text: str, rules: Patterns) -> list[Mark]:
    taken: list[Mark] = []
    covered: set[int] = set()
    for name, pattern in rules.actors.items():
        for match in pattern.finditer(text):
            if covered.isdisjoint(range(*match.span())):
                covered.update(range(*match.span()))
                taken.append(Mark(name, match.start(), match.end(), match[0]))
    return sorted(taken, key=lambda mark: mark.start)


def _ladder(text: str, rungs: tuple[Rung, ...]) -> list[Mark]:
    taken: list[Mark] = []
    covered: set[int] = set()
    for rung in rungs:
        for match in rung.pattern.finditer(text):
            if rung.unless_contains and rung.unless_contains.search(match[0]):
                continue
            if covered.isdisjoint(range(*match.span())):
                covered.update(range(*match.span()))
                taken.append(Mark(rung.id, match.start(), match.end(), match[0], rung=rung.rung))
    return sorted(taken, key=lambda mark: mark.start)


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    # Kept for the doc: `Span.sent` looks through the whole text each time, which makes one long line costly.
    if "sentences" not in doc.user_data:
        doc.user_data["sentences"] = [(each.start_char, each.end_char) for each in doc.sents]
    bounds: list[tuple[int, int]] = doc.user_data["sentences"]
    return bounds


def _sentence_around(doc: Doc, place: int) -> tuple[int, int]:
    bounds = _sentences(doc)
    return bounds[max(0, bisect_right(bounds, place, key=itemgetter(0)) - 1)] if bounds else (0, len(doc.text))


def _signals(doc: Doc, text: str, rules: Patterns, actors: list[Mark]) -> list[Mark]:
    found = []
    for signal in rules.signals:
        for match in signal.pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            end = match.start() + len(match[0].rstrip())
            if start < end and not _harmless(signal, text, (start, end), _sentence_around(doc, start), actors):
                found.append(Mark(signal.id, start, end, text[start:end]))
    return sorted(found, key=lambda mark: mark.start)


def _harmless(signal: Signal, text: str, span: tuple[int, int], sentence: tuple[int, int], actors: list[Mark]) -> bool:
    """Whether the words around a signal, or whose wording it is, turn it around (PRECEDENTS d.10)."""
    start, end = span
    first_word = start + len(text[start:end].split(maxsplit=1)[0])
    before, after = text[max(sentence[0], start - 60) : start], text[first_word : sentence[1]]
    if signal.unless_preceded_by and signal.unless_preceded_by.search(before):
        return True
    if signal.unless_followed_by and signal.unless_followed_by.search(after):
        return True
    if signal.unless_contains and signal.unless_contains.search(text[start:end]):
        return True
    if signal.good and _NEGATED.search(before):
        return True
    near = [actor for actor in actors if sentence[0] <= actor.start < end]
    return bool(near) and near[-1].id in signal.unless
