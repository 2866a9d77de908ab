"""Paragraphs that were split or joined: one is held against two neighbours taken together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from app.word.redline.align import Alignable, Pair, likeness

_ALIKE: Final = 0.66
"""Likeness, from 0 to 1, that a widened group needs."""
_GAIN: Final = 0.08
"""How much more alike a group has to be for each neighbour that it takes in."""

Group = tuple[range, range]
"""Old blocks and new blocks that are compared as one stretch."""


class Bounds(NamedTuple):
    """How far a group may be widened on either side."""

    old: tuple[int, int]
    new: tuple[int, int]


def group_splits(
    old: Sequence[Alignable], new: Sequence[Alignable], pairs: Sequence[Pair], barriers: Collection[int] = ()
) -> list[Group]:
    """The pairs as groups, each widened by unpaired neighbours that were split off or joined.

    Args:
        old: The old blocks.
        new: The new blocks.
        pairs: Which of them belong together, in order.
        barriers: Old blocks before which something stands that keeps them apart from the block before.
    """
    groups: list[Group] = []
    for index, (i, j) in enumerate(pairs):
        floor_i, floor_j = (groups[-1][0].stop, groups[-1][1].stop) if groups else (0, 0)
        ceil_i, ceil_j = pairs[index + 1] if index + 1 < len(pairs) else (len(old), len(new))
        olds, news = range(i, i + 1), range(j, j + 1)
        if old[i].key != new[j].key and old[i].kind == "paragraph" and (ceil_i - floor_i > 1 or ceil_j - floor_j > 1):
            floor_i = max([floor_i, *(place for place in barriers if place <= i)])
            ceil_i = min([ceil_i, *(place for place in barriers if place > i)])
            olds, news = _widened(old, new, (olds, news), Bounds((floor_i, ceil_i), (floor_j, ceil_j)))
        groups.append((olds, news))
    return groups


def _widened(old: Sequence[Alignable], new: Sequence[Alignable], group: Group, bounds: Bounds) -> Group:
    olds, news = group
    alike = likeness(_joined(old, olds), _joined(new, news))
    while True:
        tries: list[Group] = []
        if len(olds) == 1:
            tries += ((olds, each) for each in _wider(news, bounds.new, new))
        if len(news) == 1:
            tries += ((each, news) for each in _wider(olds, bounds.old, old))
        scored = [(likeness(_joined(old, a), _joined(new, b)), -index) for index, (a, b) in enumerate(tries)]
        best = max(scored, default=(0.0, 0))
        if best[0] < _ALIKE or best[0] < alike + _GAIN:
            return olds, news
        alike = best[0]
        olds, news = tries[-best[1]]


def _wider(places: range, bounds: tuple[int, int], blocks: Sequence[Alignable]) -> list[range]:
    wider = []
    if places.stop < bounds[1] and blocks[places.stop].kind == "paragraph" and blocks[places.stop].words:
        wider.append(range(places.start, places.stop + 1))
    if places.start > bounds[0] and blocks[places.start - 1].kind == "paragraph" and blocks[places.start - 1].words:
        wider.append(range(places.start - 1, places.stop))
    return wider


def _joined(blocks: Sequence[Alignable], places: range) -> list[str]:
    return [word for place in places for word in blocks[place].words]
