"""What a report and a page say of each package: the judgment, what stands behind the promises, both lists of points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from app.analysis.results import Backing, PackagePoint, PackageView

PACKAGES_TITLE = "Clause by clause"
PACKAGES_NOTE = (
    "What the findings of each clause come to together. What stands behind a promise counts first, the promise itself "
    "next, and last how many days or systems it covers. Numbers in brackets are those of the findings below."
)
_MOST_POINTS = 3  # of one kind, where a report tells the rest among its findings
_STATES = {
    "kept": "kept",
    "stronger": "stronger",
    "weaker": "worth less",
    "replaced": "replaced by something stronger",
    "lost": "gone",
    "gained": "new",
}
_SIGNS = {"kept": "✓", "stronger": "↑", "weaker": "↓", "traded": "⇅", "emptied": "∅"}


@dataclass(frozen=True, slots=True)
class PointEntry:
    """One point with the finding numbers, from 1, that tell more."""

    sign: str
    kind: str  # "Worse"
    words: str
    protections: str  # "“Notice comes …” (DIS-3), …" or ""
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BackingEntry:
    """One thing that stands behind the promises, and what became of it."""

    label: str
    state: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """One clause, or the whole text, as reports and pages show it."""

    title: str
    judgment: str
    sign: str
    verdict: str
    reason: str
    unsure: bool
    backing: tuple[BackingEntry, ...]
    losses: tuple[PointEntry, ...]
    gains: tuple[PointEntry, ...]

    @property
    def main_points(self) -> tuple[PointEntry, ...]:
        """The first points of each kind."""
        kinds = groupby((*self.losses, *self.gains), key=lambda each: each.kind)
        return tuple(point for _, kind in kinds for point in islice(kind, _MOST_POINTS))

    @property
    def further(self) -> int:
        """How many points there are beside the main ones."""
        return len(self.losses) + len(self.gains) - len(self.main_points)


def package_entries(packages: Sequence[PackageView]) -> tuple[PackageEntry, ...]:
    """Put packages into words, in their order."""
    return tuple(
        PackageEntry(
            title=f"{each.clause.title}, {each.clause.position} position" if each.clause else "The whole text",
            judgment=each.judgment,
            sign=_SIGNS[each.judgment],
            verdict=each.verdict,
            reason=each.reason,
            unsure=each.unsure,
            backing=tuple(_backing(one) for one in each.backing),
            losses=tuple(_losses(each)),
            gains=tuple(_point("↑", "Better", point) for point in each.better),
        )
        for each in packages
    )


def one_line(sentence: str) -> str:
    """A sentence that quotes words from two lines, in one."""
    return " ".join(sentence.split())


def _losses(package: PackageView) -> Iterator[PointEntry]:
    for sign, kind, points in (
        ("✕", "Contradicted", package.contradicted),
        ("∅", "Missing", package.missing),
        ("↓", "Worse", package.worse),
    ):
        yield from (_point(sign, kind, point) for point in points)


def _point(sign: str, kind: str, point: PackagePoint) -> PointEntry:
    named = [each for each in point.protections if each.label != point.explanation]
    protections = ", ".join(f"{each.label} ({each.id})" for each in named)
    return PointEntry(sign, kind, one_line(point.explanation), protections, _numbers(point.findings))


def _backing(backing: Backing) -> BackingEntry:
    label = backing.label[:1].upper() + backing.label[1:]
    return BackingEntry(label, _STATES[backing.state], _numbers(backing.findings))


def _numbers(findings: Sequence[int]) -> tuple[int, ...]:
    return tuple(place + 1 for place in findings)
