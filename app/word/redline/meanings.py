"""What ids in a Word file mean: two files may give one style, list or picture two ids, and one id to two things."""

from __future__ import annotations

import hashlib
from typing import Protocol

from app.word.names import Element
from app.word.package import Package, is_external


class Meaning(Protocol):
    """How ids of one file are named in the redline."""

    def style(self, style_id: str) -> str:
        """A style's id in the redline."""

    def number(self, num_id: str) -> str:
        """A list's id in the redline."""

    def relation(self, relation_id: str) -> str:
        """What a relation points to, in words that two files share."""

    def bookmark(self, name: str) -> str:
        """A bookmark's name in the redline."""

    def code(self, code: str) -> str:
        """A field's code, with the bookmarks as the redline calls them."""


class OwnMeaning:
    """What the ids of the old file mean: themselves, and for relations their target."""

    def __init__(self, package: Package) -> None:
        """Prepare to look up relations."""
        self.part = package.main  # whose relations are meant: the main part, a header, the notes
        self._package = package
        self._targets: dict[tuple[str, str], str] = {}

    def style(self, style_id: str) -> str:
        """A style is called as it is."""
        return style_id

    def number(self, num_id: str) -> str:
        """So is a list."""
        return num_id

    def bookmark(self, name: str) -> str:
        """So is a bookmark."""
        return name

    def code(self, code: str) -> str:
        """So is what a field's code names."""
        return code

    def relation(self, relation_id: str) -> str:
        """The address, or a digest of the part."""
        key = self.part, relation_id
        if key not in self._targets:
            relation = self._package.relations(self.part).get(relation_id)
            self._targets[key] = "" if relation is None else meaning_of(self._package, self.part, relation)
        return self._targets[key]


def meaning_of(package: Package, part: str, relation: Element) -> str:
    """What a relation of a part points to, the same for two files that hold the same thing."""
    target = package.target(part, relation)
    if is_external(relation) or not package.has(target):
        return target
    return hashlib.sha256(package.read(target)).hexdigest()
