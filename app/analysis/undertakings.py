"""What a sentence promises: who is bound, how strongly, when, how much, on what conditions.

`read_undertakings` works on one spaCy Doc whose components (see `components`) have marked actors, force,
involvement, signals and quantities. It joins them sentence by sentence; it decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from app.analysis.quantities import Quantity

Actor = Literal["employer", "union", "worker", "committee", "neutral", "parties", "unnamed"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Wording that a rule recognised: `id` is the rule, offsets are in the text that was read."""

    id: str
    start: int
    end: int
    text: str
    rung: int = 0
    bearer: Actor = "unnamed"

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Timing:
    """When something happens, relative to an event."""

    relation: Literal["before", "after", "alongside", "soon"]
    event: Literal["procurement", "deployment", "other"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When a promise falls due or how long it holds, with its days where they are counted."""

    relation: Literal["before", "after", "alongside", "soon", "within", "for"]
    event: Literal["procurement", "deployment", "other", ""]  # "" where no event is named
    start: int
    end: int
    text: str
    days: float | None = None  # as counted: five working days are 5; months and years in calendar days
    clock: Literal["calendar", "working", ""] = ""
    bound: Literal["at least", "at most", ""] = ""

    def as_json(self) -> dict[str, Any]:
        said = {name: getattr(self, name) or None for name in ("event", "days", "clock", "bound")}
        return {"relation": self.relation, **said, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a sentence: its force, and what belongs to it. A sentence with two modals makes two."""

    start: int
    end: int
    bearer: Actor
    force: Mark | None  # None for a rule stated in the present tense
    action: Mark | None  # the verb phrase that the force governs, with its object
    beneficiary: Mark | None  # who receives; `id` is the actor
    timing: tuple[Moment, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    scope: tuple[Mark, ...] = ()  # `id`: systems, people or decisions
    conditions: tuple[Mark, ...] = ()
    exceptions: tuple[Mark, ...] = ()
    remedies: tuple[Mark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The promise as `proviso analyse` prints it; docs/analyse-json.md says what each key holds."""
        force, to = self.force, self.beneficiary
        return {
            "start": self.start,
            "end": self.end,
            "bearer": self.bearer,
            "force": {"id": force.id, "rung": force.rung, **force.as_json()} if force else None,
            "action": self.action.as_json() if self.action else None,
            "beneficiary": {"who": to.id, **to.as_json()} if to else None,
            "timing": [moment.as_json() for moment in self.timing],
            "quantities": [_quantity_json(quantity) for quantity in self.quantities],
            "scope": [{"kind": mark.id, **mark.as_json()} for mark in self.scope],
            "conditions": [mark.as_json() for mark in self.conditions],
            "exceptions": [mark.as_json() for mark in self.exceptions],
            "remedies": [mark.as_json() for mark in self.remedies],
        }


def _quantity_json(quantity: Quantity) -> dict[str, Any]:
    said = {name: getattr(quantity, name) for name in ("unit", "role", "better", "working_days", "cap")}
    place = {"start": quantity.start, "end": quantity.end, "text": quantity.text}
    return {"value": round(quantity.value, 2), **said, **place}


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What one sentence promises."""

    start: int
    end: int
    text: str
    bearer: Actor
    force: tuple[Mark, ...]  # in order; () for a declarative sentence, which binds in the present tense
    involvement: tuple[Mark, ...]
    signals: tuple[Mark, ...]
    actors: tuple[Mark, ...]
    timings: tuple[Timing, ...]
    quantities: tuple[Quantity, ...]
    defines: str = ""  # the term, where the sentence is a definition
    promises: tuple[Promise, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether somebody is held to something: a duty, a prohibition, or a rule stated in the present tense."""
        if self.force:
            return any(mark.rung >= 6 for mark in self.force)
        return bool(re.search(r"\b(?:is|are|be|has|have|remains?|[a-z]+(?:es|s))\b", self.text))

    @property
    def action(self) -> Mark | None:
        return self.promises[0].action if self.promises else None

    @property
    def beneficiary(self) -> Mark | None:
        return self.promises[0].beneficiary if self.promises else None

    @property
    def moments(self) -> list[Moment]:
        return [moment for promise in self.promises for moment in promise.timing]

    @property
    def scope(self) -> list[Mark]:
        return [mark for promise in self.promises for mark in promise.scope]

    @property
    def conditions(self) -> list[Mark]:
        return [mark for promise in self.promises for mark in promise.conditions]

    @property
    def exceptions(self) -> list[Mark]:
        return [mark for promise in self.promises for mark in promise.exceptions]

    @property
    def remedies(self) -> list[Mark]:
        return [mark for promise in self.promises for mark in promise.remedies]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its undertakings; everything that the judge looks at."""

    text: str
    undertakings: tuple[Undertaking, ...]

    @property
    def force(self) -> list[Mark]:
        return [mark for undertaking in self.undertakings for mark in undertaking.force]

    @property
    def involvement(self) -> list[Mark]:
        return [mark for undertaking in self.undertakings for mark in undertaking.involvement]

    @property
    def signals(self) -> list[Mark]:
        return [mark for undertaking in self.undertakings for mark in undertaking.signals]

    @property
    def actors(self) -> list[Mark]:
        return [mark for undertaking in self.undertakings for mark in undertaking.actors]

    @property
    def timings(self) -> list[Timing]:
        return [timing for undertaking in self.undertakings for timing in undertaking.timings]

    @property
    def quantities(self) -> list[Quantity]:
        return [quantity for undertaking in self.undertakings for quantity in undertaking.quantities]

    @property
    def binds(self) -> bool:
        return any(undertaking.binds for undertaking in self.undertakings)


_BEFORE = r"before|prior to|in advance of|ahead of|preced\w+|until|unless and until"
_AFTER = r"after|following|subsequent to|once|upon|as of|from the date of|within [\w ()-]{1,30}(?:days?|weeks?|months?|hours?)[’'\w]* (?:of|after|following|from)|when"
_ALONGSIDE = r"during|while|in parallel with|on a parallel track with|concurrent(?:ly)? with|at the time of|at the same time as|simultaneously with"


class TimingRules:
    """Finds timings; built once from the word lists for procurement, deployment and vague time."""

    def __init__(self, words: dict[str, str]) -> None:
        self._relation = re.compile(
            rf"\b(?:(?P<before>{_BEFORE})|(?P<alongside>{_ALONGSIDE})|(?P<after>{_AFTER}))\b(?P<rest>[^.;]{{0,70}})",
            re.I,
        )
        self._soon = re.compile(rf"\b(?:{words['soon']})\b", re.I)
        self._procurement = re.compile(rf"\b(?:{words['procure']})\b", re.I)
        self._deployment = re.compile(rf"\b(?:{words['deploy']}|use[sd]?|using|changes?)\b", re.I)

    def find(self, text: str, start: int, end: int) -> list[Timing]:
        """Return the timings of the sentence at `start` to `end` of `text`."""
        found = []
        position = start
        while match := self._relation.search(text, position, end):
            relation: Literal["before", "after", "alongside"] = (
                "before" if match["before"] else "alongside" if match["alongside"] else "after"
            )
            rest = match["rest"]
            event: Literal["procurement", "deployment", "other"] = (
                "procurement"
                if self._procurement.search(rest)
                else "deployment"
                if self._deployment.search(rest)
                else "other"
            )
            stop = match.start("rest")
            word = re.match(r" (?:the |an? |any |it |its )?[\w-]+(?: [\w-]+)?", rest)
            span_end = stop + (word.end() if word else 0)
            found.append(Timing(relation, event, match.start(), span_end, text[match.start() : span_end]))
            position = max(stop, match.start() + 1)
        found += [
            Timing("soon", "other", match.start(), match.end(), match[0])
            for match in self._soon.finditer(text, start, end)
        ]
        return found


_DEFINES = re.compile(r"\b(?:means?|defined|refers?|understood)\b", re.I)  # quick, where the rule below is not
_DEFINITION = re.compile(
    r"[\"“”']?(?P<term>[\w -]{3,50}?)[\"“”']?,? (?:shall )?(?:means?|is defined as|refers? to|is understood as|shall be defined as)\b",
    re.I,
)


def defined_term(sentence: str) -> str:
    """Return the term that a sentence defines, or ""."""
    if not _DEFINES.search(sentence):
        return ""
    match = _DEFINITION.search(sentence)
    if not match or re.search(r"\b(?:by|any|no|all) $", match["term"] + " "):
        return ""
    quoted = re.search(r"[\"“]([^\"”]{2,50})[\"”]", sentence[: match.end()])
    return (quoted[1] if quoted else match["term"].split(",")[-1]).strip().lower()
