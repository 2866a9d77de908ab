"""Numbers for the changes, such as no other mark in the file has: equal ids make Word "repair" a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from app.word.names import (
    AUTHOR,
    CELL_CHANGES,
    CONTROL_RANGES,
    DATE,
    ID,
    MARK_CHANGES,
    MOVE_RANGES,
    NAME,
    PROPERTY_CHANGES,
    Element,
    w,
)
from app.word.package import Package

CHANGES: Final = MARK_CHANGES | PROPERTY_CHANGES | CELL_CHANGES
NUMBERED: Final = (
    CHANGES
    | MOVE_RANGES
    | CONTROL_RANGES
    | {w(name) for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentReference", "comment")}
    | {w("permStart"), w("permEnd")}
)
_STORIES: Final = ("footnotes", "endnotes", "comments")


def story_names(package: Package) -> list[str]:
    """The parts with text: the main one, notes, comments, headers and footers."""
    names = [package.main]
    names += [name for kind in _STORIES if (name := package.part_of_kind(kind)) is not None]
    for relation in package.relations(package.main).values():
        if relation.get("Type", "").rpartition("/")[2] in {"header", "footer"}:
            name = package.target(package.main, relation)
            if package.has(name) and name not in names:
                names.append(name)
    return names


def stories(package: Package) -> list[Element]:
    """The roots of those parts."""
    return [root for name in story_names(package) if (root := package.tree(name)) is not None]


class Signer:
    """Makes the marks of our changes: each with an id of its own, the author, and the date if there is one."""

    def __init__(self, package: Package, *, author: str, date: datetime | None) -> None:
        """Look for the highest id in the file; give changes that share an id new ones."""
        self._author = author
        self._date = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if date else ""
        marks = [element for root in stories(package) for element in root.iter(*NUMBERED)]
        self.earlier = sum(element.tag in CHANGES for element in marks)  # changes that were there before ours
        self._last = highest(element.get(ID, "") for element in marks)
        others = {element.get(ID) for element in marks if element.tag not in CHANGES}
        _renumber([element for element in marks if element.tag in CHANGES], others, self)
        self._moves = 0
        self._move_names = {element.get(NAME) for element in marks if element.tag in MOVE_RANGES}

    @property
    def author(self) -> str:
        """Whom the changes are attributed to."""
        return self._author

    def id(self) -> str:
        """The next free id."""
        self._last += 1
        return str(self._last)

    def sign(self, element: Element) -> Element:
        """Give an element an id, the author and the date."""
        element.set(ID, self.id())
        element.set(AUTHOR, self._author)
        if self._date:
            element.set(DATE, self._date)
        return element

    def change(self, parent: Element, tag: str) -> Element:
        """A new signed element with the names of `parent`, not yet in any place."""
        return self.sign(parent.makeelement(tag, nsmap=parent.nsmap))

    def move_name(self) -> str:
        """A name for a move that no other has."""
        while True:
            self._moves += 1
            name = f"move{self._moves}"
            if name not in self._move_names:
                return name


def highest(ids: Iterable[str]) -> int:
    """The highest of some ids; words, and numbers beyond what Word counts in, do not count."""
    return max((int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 10), default=0)


def _renumber(changes: list[Element], taken: set[str | None], signer: Signer) -> None:
    seen = set(taken)
    for element in changes:
        if element.get(ID) in seen:
            element.set(ID, signer.id())
        seen.add(element.get(ID))


def changes_in(root: Element) -> Iterator[Element]:
    """All tracked changes in a part."""
    yield from root.iter(*CHANGES)


def new_root(space: str, name: str) -> Element:
    """An empty root element whose names have the usual prefix."""
    return etree.Element(f"{{{space}}}{name}", nsmap={"w": space})
