"""What changed between two versions of a text, provision by provision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from app.text.document import Provision
from app.text.word_diff import Change, diff_words


@dataclass(frozen=True, slots=True)
class ProvisionDifference:
    """One provision in two versions; `old` or `new` is "" where it exists in one only."""

    number: str  # in the new version, or in the old one where it was taken out
    old: str
    new: str
    changes: tuple[Change, ...]  # offsets count in `old` and `new`; empty where nothing changed

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def provision_differences(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[ProvisionDifference, ...]:
    """Pair the provisions of two texts by their words, so that one inserted provision does not shift all others."""
    matcher = SequenceMatcher(None, [each.text for each in old], [each.text for each in new], autojunk=False)
    differences = []
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        for before, after in zip_longest(old[old_start:old_end], new[new_start:new_end]):
            differences.append(_difference(before, after))
    return tuple(differences)


def _difference(old: Provision | None, new: Provision | None) -> ProvisionDifference:
    before, after = old.text if old else "", new.text if new else ""
    either = new or old
    changes = tuple(diff_words(before, after)) if before != after else ()
    return ProvisionDifference(either.number if either else "", before, after, changes)
