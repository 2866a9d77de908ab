"""What stands behind the promises of one clause: kept, stronger, weaker, replaced, lost or gained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.analysis.package.rules import BackingRule, PackageRules
from app.analysis.pipeline import Pipeline
from app.analysis.results import Backing, Finding, ProtectionReference, Standing
from app.analysis.undertakings import Reading, Undertaking

_OWN_RIGHT = {"union", "worker", "parties", "neutral", "committee"}
_Fate = Literal["kept", "stronger", "weaker", "lost"]


@dataclass(frozen=True, slots=True)
class Part:
    """One finding with the backing that its texts show, by the ids of `package.toml`."""

    place: int
    finding: Finding
    carries: frozenset[str]  # what our text says or its protection is
    shows: frozenset[str]  # what the draft's words show
    ours: frozenset[str]  # what our words show

    @property
    def protection(self) -> ProtectionReference | None:
        return self.finding.protection

    @property
    def brings(self) -> frozenset[str]:
        """Backing in the draft's words that ours do not show."""
        return self.shows - self.ours


def parts_of(numbered: Sequence[tuple[int, Finding]], pipeline: Pipeline) -> list[Part]:
    """The findings of one clause with what each side of them shows.

    What our side carries is what the clause declares; a backing that no protection of it declares is looked for in
    the words.
    """
    rules = pipeline.package
    elements = {finding.protection.id for _, finding in numbered if finding.protection}
    declared = {rule.id for rule in rules.backing if rule.elements & elements or (elements and not rule.by_signs)}
    hints = _hints(pipeline)
    parts = []
    for place, finding in numbered:
        ours = _shown(finding.library.text, hints, pipeline) if finding.library else frozenset()
        same = finding.library and finding.draft and finding.library.text == finding.draft.text
        theirs = ours if same else _shown(finding.draft.text, hints, pipeline) if finding.draft else frozenset()
        own = {rule.id for rule in rules.backing if finding.protection and finding.protection.id in rule.elements}
        parts.append(Part(place, finding, frozenset(own | (ours - declared)), theirs, ours))
    return parts


def standing(parts: Sequence[Part], elsewhere: Sequence[Finding], rules: PackageRules) -> tuple[Backing, ...]:
    """Say what became of each backing that one of the two texts has.

    Args:
        parts: the findings of one clause.
        elsewhere: demands of the Employer that belong to no clause and so bear on every one.
        rules: of the package view.
    """
    found = {}
    for rule in rules.backing:
        carriers = [part for part in parts if rule.id in part.carries]
        backing = _backing(rule, carriers, parts, elsewhere)
        if backing:
            found[rule.id] = backing
    covered = {
        name for rule in rules.backing if rule.id in found and found[rule.id].state == "gained" for name in rule.covers
    }
    return tuple(
        replace(backing, state="replaced") if name in covered and backing.state in {"lost", "weaker"} else backing
        for name, backing in found.items()
    )


def _backing(
    rule: BackingRule, carriers: Sequence[Part], parts: Sequence[Part], elsewhere: Sequence[Finding]
) -> Backing | None:
    gains = [part for part in parts if part not in carriers and _gains(part, rule)]
    if not carriers:
        places = tuple(part.place for part in gains)
        return Backing(rule.id, rule.label, "gained", places) if gains else None
    fates = {part.place: _fate(part, rule) for part in carriers}
    against = [part.place for part in parts if _against(part.finding, rule)]
    state: Standing
    if all(fate == "lost" for fate in fates.values()):
        state = "weaker" if gains else "lost"  # said elsewhere in the draft, in other words
    elif against or any(_against(finding, rule) for finding in elsewhere) or set(fates.values()) & {"lost", "weaker"}:
        state = "weaker"
    else:
        state = "stronger" if "stronger" in fates.values() else "kept"
    telling = [place for place, fate in fates.items() if fate != "kept"] or list(fates)
    return Backing(rule.id, rule.label, state, tuple(sorted({*telling, *against})))


def _fate(part: Part, rule: BackingRule) -> _Fate:
    """What one finding says of a backing that our side of it carries."""
    finding = part.finding
    if finding.status in {"missing", "contradicted"}:
        return "lost"
    if finding.status == "strengthened":
        gained = any(move.direction == "stronger" and rule.gained.match(move.rule) for move in finding.moves)
        return "stronger" if gained else "kept"
    if finding.status != "weakened":
        return "kept"
    weaker = [move for move in finding.moves if move.direction == "weaker"]
    ended = any(rule.ended.match(move.rule) for move in weaker)
    vanished = rule.id in part.ours and rule.id not in part.shows
    if (ended and rule.id not in part.shows) or vanished:
        return "lost"
    if ended or not weaker or any(rule.softer.match(move.rule) for move in weaker):
        return "weaker"
    return "kept"


def _gains(part: Part, rule: BackingRule) -> bool:
    finding = part.finding
    if any(move.direction == "stronger" and rule.gained.match(move.rule) for move in finding.moves):
        return True
    return rule.by_signs and rule.id in part.brings and not finding.hostile


def _against(finding: Finding, rule: BackingRule) -> bool:
    return any(move.direction == "weaker" and rule.against.match(move.rule) for move in finding.moves)


def _hints(pipeline: Pipeline) -> list[re.Pattern[str]]:
    """The wording without which no text shows any backing."""
    signs = {sign for rule in pipeline.package.backing for sign in rule.signs}
    patterns = pipeline.patterns
    return [each.pattern for each in patterns.signals if each.id in signs] + [
        each.pattern for each in patterns.involvement if each.id in signs
    ]


def _shown(text: str, hints: Sequence[re.Pattern[str]], pipeline: Pipeline) -> frozenset[str]:
    """Backing that the words of a text show; a sentence that binds nobody shows none."""
    if not any(pattern.search(text) for pattern in hints):  # most of a long text needs no reading
        return frozenset()
    marks = set(_marks(pipeline.read(text)))
    return frozenset(rule.id for rule in pipeline.package.backing if rule.signs & marks)


def _marks(reading: Reading) -> Iterator[str]:
    for undertaking in reading.undertakings:
        marks = [mark.id for mark in (*undertaking.involvement, *undertaking.signals)]
        if _holds(undertaking) and not any(name.startswith(("waiver.", "remedy.barred")) for name in marks):
            yield from marks


def _holds(undertaking: Undertaking) -> bool:
    """Whether it binds somebody, or gives the workers' side or a neutral a right: "the Union may grieve"."""
    return undertaking.binds or any(mark.bearer in _OWN_RIGHT for mark in undertaking.force)
