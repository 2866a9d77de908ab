"""What changed between two versions of a text, provision by provision and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from app.text.document import Provision
from app.text.word_diff import Change, diff_words

Pair = tuple[Provision | None, Provision | None]
"""A provision before and after; None on the side that has none."""

_SAME_FROM = 0.5
"""Share of words in common, in order, from which two provisions are one that changed; unrelated ones share a third."""

_SAME_NUMBER_FROM = 0.4
"""The same for two that also have the same number."""

_MOVED_FROM = 0.7
"""The same for two that stand at other places among their neighbours."""


@dataclass(frozen=True, slots=True)
class ProvisionDifference:
    """One provision in two versions; `old` or `new` is "" where it exists in one only."""

    number: str  # in the new version, or in the old one where it was taken out
    old: str
    new: str
    changes: tuple[Change, ...]  # offsets count in `old` and `new`; empty where nothing changed
    old_number: str = ""  # where it stood before; "" where it is new

    @property
    def is_changed(self) -> bool:
        return self.old != self.new

    @property
    def is_renumbered(self) -> bool:
        """Whether it stands in both versions, under different numbers."""
        return bool(self.old and self.new) and self.old_number != self.number


def provision_differences(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[ProvisionDifference, ...]:
    """Pair the provisions of two texts by their words, so that one inserted provision does not shift all others."""
    return tuple(_difference(before, after) for before, after in pair_provisions(old, new))


def pair_provisions(old: Sequence[Provision], new: Sequence[Provision]) -> list[Pair]:
    """Pair the provisions of two texts by their words.

    Returns:
        Every provision of either text once, in the order of the new text; what was taken out stands where it stood.
    """
    likeness = [[_likeness(before, after) for after in new] for before in old]
    partner = _in_order(likeness)
    _add_moved(partner, likeness, len(new))
    back = {after: before for before, after in partner.items()}
    pairs: list[Pair] = []
    gone = [place for place in range(len(old)) if place not in partner]
    for place, after in enumerate(new):
        before = back.get(place)
        if before is not None:
            while gone and gone[0] < before:
                pairs.append((old[gone.pop(0)], None))
        pairs.append((None if before is None else old[before], after))
    return [*pairs, *((old[place], None) for place in gone)]


def _likeness(old: Provision, new: Provision) -> float:
    """Share of words in common and in order, 0 where it is too little for the two to be one provision."""
    if old.text == new.text:
        return 1.0 if old.number == new.number else 0.99
    share = Indel.normalized_similarity(old.text.split(), new.text.split())
    return share if share >= (_SAME_NUMBER_FROM if old.number == new.number else _SAME_FROM) else 0.0


def _in_order(likeness: Sequence[Sequence[float]]) -> dict[int, int]:
    """The pairs that together are most alike and cross nowhere, by place in the old text."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    partner, i, j = {}, 0, 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            partner[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return partner


def _add_moved(partner: dict[int, int], likeness: Sequence[Sequence[float]], columns: int) -> None:
    """Pair what is left over on both sides and was moved past its neighbours, the most alike first."""
    taken = set(partner.values())
    left = [
        (-likeness[i][j], i, j)
        for i in range(len(likeness))
        if i not in partner
        for j in range(columns)
        if j not in taken and likeness[i][j] >= _MOVED_FROM
    ]
    for _, i, j in sorted(left):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)


def _difference(old: Provision | None, new: Provision | None) -> ProvisionDifference:
    before, after = old.text if old else "", new.text if new else ""
    either = new or old
    changes = tuple(diff_words(before, after)) if before != after else ()
    return ProvisionDifference(
        either.number if either else "", before, after, changes, old_number=old.number if old else ""
    )
