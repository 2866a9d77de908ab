"""A package at the head of its clause: the judgment, what stands behind it, the first points each way with links."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from app.analysis.results import ClauseReference, PackageView
from app.proposals.report_packages import BackingEntry, PackageEntry, PointEntry, package_entries
from app.web.finding_card import Card, Review

_SHOWN = 3
"""Points of one kind at the head of a clause; the findings under it tell the rest."""

_STATUS = {
    "kept": "kept",
    "stronger": "strengthened",
    "weaker": "weakened",
    "traded": "unclassified",
    "emptied": "contradicted",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A point or a backing with the findings that tell more, as far as they are on the page."""

    sign: str
    kind: str
    words: str
    protections: str
    findings: tuple[tuple[int, str], ...]  # number from 1, id of the card


@dataclass(frozen=True, slots=True)
class PackageCard:
    """One clause, or the whole text."""

    anchor: str
    title: str
    status: str  # key of the status whose color the verdict takes
    sign: str
    verdict: str
    reason: str
    unsure: bool
    backing: tuple[Told, ...]
    points: tuple[Told, ...]
    more: int  # points that are not shown


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading; without a package, those that belong to no clause of the comparison."""

    package: PackageCard | None
    cards: tuple[Card, ...]


def build_packages(
    packages: Sequence[PackageView], reviews: Sequence[Review], shown: Collection[str]
) -> tuple[PackageCard, ...]:
    """Shape the packages of a comparison.

    Args:
        packages: Of the run; they name findings by their place in it.
        reviews: The findings of the run that people review, with their numbers.
        shown: Ids of the findings that the page shows and that can be linked to.
    """
    ids = {review.number: review.id for review in reviews if review.id in shown}
    return tuple(_card(place, entry, ids) for place, entry in enumerate(package_entries(packages), start=1))


def grouped(
    packages: Sequence[PackageView], built: Sequence[PackageCard], reviews: Sequence[Review], cards: Sequence[Card]
) -> tuple[Group, ...]:
    """Put the cards under their clauses, in the order of the clauses; what belongs to none comes last."""
    clauses: dict[str, ClauseReference | None] = {review.id: review.finding.clause for review in reviews}
    groups = []
    left = list(cards)
    for package, card in zip(packages, built, strict=True):
        own = [each for each in left if clauses[each.id] == package.clause]
        left = [each for each in left if each not in own]
        groups.append(Group(card, tuple(own)))
    return (*groups, Group(None, tuple(left))) if left else tuple(groups)


def _card(place: int, entry: PackageEntry, ids: Mapping[int, str]) -> PackageCard:
    points = (*entry.losses, *entry.gains)
    shown = [point for _, kind in groupby(points, key=lambda each: each.kind) for point in islice(kind, _SHOWN)]
    return PackageCard(
        anchor=f"clause-{place}",
        title=entry.title,
        status=_STATUS[entry.judgment],
        sign=entry.sign,
        verdict=entry.verdict,
        reason=entry.reason,
        unsure=entry.unsure,
        backing=tuple(_behind(each, ids) for each in entry.backing),
        points=tuple(_point(each, ids) for each in shown),
        more=len(points) - len(shown),
    )


def _point(point: PointEntry, ids: Mapping[int, str]) -> Told:
    return Told(point.sign, point.kind, point.words, point.protections, _links(point.numbers, ids))


def _behind(backing: BackingEntry, ids: Mapping[int, str]) -> Told:
    return Told("", backing.state, backing.label, "", _links(backing.numbers, ids))


def _links(numbers: Sequence[int], ids: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple((number, ids[number]) for number in numbers if number in ids)
