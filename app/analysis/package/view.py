"""The package view: what the findings of one clause come to together.

Strength has many dimensions: UPS went from 180 days of notice to 45 and the clause got stronger, since a duty to
bargain came to stand behind it; the old ILA notice of 120 days was weak, since nothing followed it. So what stands
behind a promise is looked at first, then the promise itself, and last how far it reaches. What got worse and what got
better are both said; nothing is added up. Source: PRECEDENTS b.1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.package.points import Points, named
from app.analysis.package.rules import BackingRule, PackageRules
from app.analysis.package.standing import Part, parts_of, standing
from app.analysis.package.wording import reason
from app.analysis.pipeline import Pipeline
from app.analysis.results import (
    Backing,
    Baseline,
    ClauseReference,
    Finding,
    Judgment,
    Move,
    PackageView,
)

_UNSURE = 0.6


@dataclass(frozen=True, slots=True)
class Loss:
    """One way in which a finding is a loss, as far as it is not one of backing, which is looked at by itself."""

    reach: bool  # only days, scope or content
    essential: bool
    gone: bool  # missing or contradicted, not merely softer


def package_view(findings: Sequence[Finding], baseline: Baseline, pipeline: Pipeline) -> tuple[PackageView, ...]:
    """Say what the findings come to, clause by clause.

    Args:
        findings: of a whole comparison, in its order; the views name them by their places, from 0.
        baseline: what the draft was measured against.
        pipeline: for the rules, and to read what a text without declared protections carries.

    Returns:
        One view for each clause that the draft answers, in the order of the baseline; one for a whole text without
        clauses.
    """
    groups, elsewhere = _groups(findings, baseline)
    return tuple(
        _view(clause, parts, elsewhere, pipeline)
        for clause, numbered in groups.items()
        if (parts := parts_of(numbered, pipeline))
    )


_Groups = dict[ClauseReference | None, list[tuple[int, Finding]]]


def _groups(findings: Sequence[Finding], baseline: Baseline) -> tuple[_Groups, list[Finding]]:
    """Findings by clause, and the Employer's demands that stand in no clause's neighborhood."""
    whole = any(not text.id for text in baseline.texts)
    references = [
        ClauseReference(text.id, text.version, text.position, text.title) if text.id else None
        for text in baseline.texts
    ]
    groups: _Groups = {reference: [] for reference in references}
    added = []
    for place, finding in enumerate(findings):
        if finding.status == "added" and finding.clause is None:
            added.append((place, finding))
        elif finding.clause is not None or whole:
            groups.setdefault(finding.clause, []).append((place, finding))
    groups = {clause: found for clause, found in groups.items() if any(each.library for _, each in found)}
    elsewhere = []
    homes = _Homes(groups)
    for place, finding in added:
        if homes.has(finding):
            groups[homes.of(finding)].append((place, finding))
        else:
            elsewhere.append(finding)
    return {clause: sorted(found, key=lambda each: each[0]) for clause, found in groups.items()}, elsewhere


class _Homes:
    """Where the Employer's additions belong: to the clause whose answers stand around them in the draft."""

    def __init__(self, groups: _Groups) -> None:
        self._clauses = list(groups)
        quoted = [
            (finding.draft.start, _article(finding.draft.number), clause)
            for clause, found in groups.items()
            for _, finding in found
            if finding.draft
        ]
        self._quoted = sorted(quoted, key=lambda each: each[0])
        self._starts = [start for start, _, _ in self._quoted]

    def has(self, finding: Finding) -> bool:
        return len(self._clauses) == 1 or bool(self._around(finding))

    def of(self, finding: Finding) -> ClauseReference | None:
        return self._clauses[0] if len(self._clauses) == 1 else self._around(finding)[0]

    def _around(self, finding: Finding) -> list[ClauseReference | None]:
        if finding.draft is None or not self._quoted:
            return []
        article = _article(finding.draft.number)
        same = {clause for _, number, clause in self._quoted if article and number == article}
        if len(same) == 1:
            return list(same)
        place = bisect_right(self._starts, finding.draft.start)
        if not 0 < place < len(self._quoted):
            return []
        before, after = self._quoted[place - 1][2], self._quoted[place][2]
        return [before] if before == after else []


def _article(number: str) -> str:
    return number.partition(".")[0] if "." in number else ""


def _view(
    clause: ClauseReference | None, parts: Sequence[Part], elsewhere: Sequence[Finding], pipeline: Pipeline
) -> PackageView:
    rules = pipeline.package
    backing = standing(parts, elsewhere, rules)
    points = Points.of(parts, rules)
    losses = [loss for part in parts for loss in _losses(part, rules, backing)]
    judgment = _judged(backing, losses, rules, gains=bool(points.better))
    unsure = _unsure(parts, backing)
    essential = tuple(dict.fromkeys(part.protection for part in parts if part.protection and _is_essential_loss(part)))
    plural = frozenset(rule.id for rule in rules.backing if rule.plural)
    return PackageView(
        clause=clause,
        judgment=judgment,
        verdict=rules.verdicts[judgment],
        reason=reason(judgment, backing, points.losing, points.better, essential=essential, plural=plural),
        unsure=unsure,
        better=points.better,
        worse=points.worse,
        missing=points.missing,
        contradicted=points.contradicted,
        backing=backing,
        essential=essential,
    )


def _judged(backing: Sequence[Backing], losses: Sequence[Loss], rules: PackageRules, *, gains: bool) -> Judgment:
    """Backing first, then the promise, then its reach; the lower rung that a loss leaves is no gain."""
    had = [each for each in backing if each.state != "gained"]
    left = [each for each in backing if each.state not in {"lost", "replaced"}]
    less = [each for each in backing if each.state in {"lost", "weaker"}]
    lower = {name for rule in rules.backing for name in rule.covers if rule.id in {each.id for each in less}}
    more = [each for each in backing if each.state == "gained" and each.id not in lower]
    promise = [loss for loss in losses if not loss.reach]
    if had and not left:
        return "emptied"
    if less:
        return "traded" if more else "weaker"
    if more:
        if any(loss.gone and loss.essential for loss in promise):
            return "weaker"
        return "traded" if promise else "stronger"
    if not losses:
        return "stronger" if gains else "kept"
    return "traded" if gains and not any(loss.essential for loss in losses) else "weaker"


def _losses(part: Part, rules: PackageRules, backing: Sequence[Backing]) -> Iterator[Loss]:
    """The losses of one finding that no backing accounts for."""
    finding = part.finding
    essential = _is_essential(finding)
    kinds = [rule for rule in rules.backing if rule.id in part.carries]
    settled = {each.id for each in backing}
    if finding.status == "missing":
        if not any(rule.id in settled for rule in kinds):
            yield Loss(_reaches_less(finding, rules), essential, gone=True)
    elif finding.status == "contradicted":
        if not any(rule.id in settled for rule in kinds):
            yield Loss(False, essential, gone=True)
    elif finding.status == "weakened":
        weaker = named([move for move in finding.moves if move.direction == "weaker"])
        if not weaker and not kinds:
            yield Loss(False, essential, gone=False)
        for move in weaker:
            if not _told_by_backing(move, kinds):
                yield Loss(rules.is_reach(move.rule), essential, gone=False)
    elif finding.hostile and not any(rule.against.match(move.rule) for move in finding.moves for rule in rules.backing):
        yield Loss(False, True, gone=False)


def _told_by_backing(move: Move, kinds: Sequence[BackingRule]) -> bool:
    return any(rule.ended.match(move.rule) or rule.softer.match(move.rule) for rule in kinds)


def _reaches_less(finding: Finding, rules: PackageRules) -> bool:
    if finding.protection:
        return any(finding.protection.id in each.elements for each in rules.reach)
    text = finding.library.text if finding.library else ""
    return any(each.words and each.words.search(text) for each in rules.reach)


def _is_essential(finding: Finding) -> bool:
    return finding.protection.weight == "essential" if finding.protection else finding.severity == "high"


def _is_essential_loss(part: Part) -> bool:
    return part.finding.status in {"weakened", "contradicted", "missing"} and _is_essential(part.finding)


def _unsure(parts: Sequence[Part], backing: Sequence[Backing]) -> bool:
    """Whether most of what the judgment rests on is doubtful."""
    changed = {place for each in backing if each.state != "kept" for place in each.findings}
    deciding = [part for part in parts if part.place in changed] or [
        part for part in parts if part.finding.status != "kept"
    ]
    doubtful = [part for part in deciding if part.finding.confidence < _UNSURE]
    return bool(deciding) and len(doubtful) * 2 > len(deciding)
