"""What the page on the difference of two versions shows, decided before the template sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.library.catalogue import VersionEntry
from app.library.clause import POSITIONS, ClauseVersion
from app.library.difference import ProvisionDifference, provision_differences
from app.library.front_difference import FrontDifference, front_differences
from app.library.rendering import render_position
from app.library.vocabulary import Vocabulary
from app.web.library_page import POSITION_LABELS


@dataclass(frozen=True, slots=True)
class PositionChanges:
    """One position with how many of its sections read differently."""

    position: str
    label: str
    changed: int
    chosen: bool

    @property
    def words(self) -> str:
        """Such as "2 sections changed"."""
        if not self.changed:
            return "no change"
        return f"{self.changed} {'section' if self.changed == 1 else 'sections'} changed"


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Two versions of a clause side by side."""

    clause: ClauseVersion  # in the version compared to
    old: str
    new: str
    versions: tuple[VersionEntry, ...]
    positions: tuple[PositionChanges, ...]
    position: str
    provisions: tuple[ProvisionDifference, ...]
    front: tuple[FrontDifference, ...]
    between: tuple[VersionEntry, ...]  # what led from one to the other, the newest first

    @property
    def changed(self) -> tuple[ProvisionDifference, ...]:
        """The sections that read differently."""
        return tuple(each for each in self.provisions if each.is_changed)


def build_difference_page(
    old: ClauseVersion,
    new: ClauseVersion,
    versions: Sequence[VersionEntry],
    vocabulary: Vocabulary,
    *,
    position: str = "",
) -> DifferencePage:
    """Compare two versions; `position` is the one shown, the target unless another is named.

    Args:
        old: The version to compare from.
        new: The version to compare with; it may be the older one.
        versions: All versions of the clause, the newest first.
        vocabulary: Words for ids.
        position: opening, target or floor.
    """
    chosen = position if position in POSITIONS else "target"
    found = {each: provision_differences(render_position(old, each), render_position(new, each)) for each in POSITIONS}
    order = [entry.version for entry in versions]
    first, last = sorted((order.index(old.version), order.index(new.version)))
    return DifferencePage(
        clause=new,
        old=old.version,
        new=new.version,
        versions=tuple(versions),
        positions=tuple(
            PositionChanges(each, POSITION_LABELS[each], sum(one.is_changed for one in found[each]), each == chosen)
            for each in POSITIONS
        ),
        position=chosen,
        provisions=found[chosen],
        front=front_differences(old, new, vocabulary),
        between=tuple(versions[first:last]),
    )
