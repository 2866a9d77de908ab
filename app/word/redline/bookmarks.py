"""Bookmarks of the new file to which its cross-references point, under names that are free in the redline.

Two programs, or one at two times, give one name to different paragraphs. So a name of the new file counts by the
paragraph that it marks: where that paragraph is kept and marked in the old file already, it is the old file's name.
Otherwise the bookmark comes along as soon as something that is inserted points to it. A bookmark shows nothing and
cannot be tracked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from app.word.names import ID, NAME, Element, P, w
from app.word.package import Package
from app.word.redline.bookmark_places import Line, accepted_lines, line_text, offset_of, put
from app.word.redline.ids import Signer, story_names

_START: Final = w("bookmarkStart")
_END: Final = w("bookmarkEnd")
_MOST: Final = 50
"""Bookmarks to follow in one paragraph; a file that has more was made to be slow."""
_KIND: Final = re.compile(r"\s*\w+\s+(?=\S)")
_WORDS: Final = re.compile(r"[^\s\"]+")


class _Bookmark(NamedTuple):
    name: str
    words: str  # that it marks
    is_whole: bool  # whether that is all its paragraph says


class Bookmarks:
    """The bookmarks of both files."""

    def __init__(self, old: Package, new: Package, signer: Signer) -> None:
        """Look for their names."""
        self._old, self._new, self._signer = old, new, signer
        roots = (old.tree(name) for name in story_names(old))
        self._taken = {each.get(NAME, "") for root in roots if root is not None for each in root.iter(_START)}
        self._new_names = {each.get(NAME, "") for each in new.root.iter(_START)}
        self._names: dict[str, str] = {}
        self._wanted: dict[str, str] = {}

    @property
    def are_there(self) -> bool:
        """Whether the new file has any."""
        return bool(self._new_names)

    def pair(self, old: Element, new: Element) -> None:
        """Take a paragraph of the old file and one of the new as the same: what is marked in both has the old name."""
        comes = _bookmarks(new)
        was = _bookmarks(old) if comes else []
        for each in comes:
            same = [other.name for other in was if _is_same(other, each)]
            if same and each.name not in self._names:
                self._names[each.name] = each.name if each.name in same else same[0]

    def name(self, name: str) -> str:
        """What a bookmark of the new file is called in the redline."""
        if name not in self._new_names:
            return name
        if name not in self._names:
            free, number = name, 1
            while free in self._taken:
                number += 1
                free = f"{name[:32]}_{number}"
            self._taken.add(free)
            self._names[name] = self._wanted[name] = free
        return self._names[name]

    def in_code(self, code: str) -> str:
        """A field's code, or a piece of one, with the names of the redline; the kind of field before them stays."""
        if not self._new_names:
            return code
        kind = _KIND.match(code)
        start = kind.end() if kind is not None else 0
        return code[:start] + _WORDS.sub(lambda found: self.name(found[0]), code[start:])

    def write(self) -> None:
        """Mark in the written redline what is referred to and has no bookmark yet."""
        if not self._wanted:
            return
        lines = accepted_lines(self._old.root)
        sources = {line[-1]: key for key, line in accepted_lines(self._new.root).items()}
        ends = {each.get(ID): each for each in self._new.root.iter(_END)}
        marks: Counter[Element] = Counter()
        for start in self._new.root.iter(_START):
            name, end = start.get(NAME, ""), ends.get(start.get(ID))
            holder = start.getparent()
            if name in self._wanted and end is not None and marks[holder] < _MOST:
                marks[holder] += 1
                self._mark(self._wanted[name], *(_placed(each, sources, lines) for each in (start, end)))

    def _mark(self, name: str, start: tuple[Line, int] | None, end: tuple[Line, int] | None) -> None:
        if start is None:
            return
        opening = start[0][0].makeelement(_START, {ID: self._signer.id(), NAME: name}, start[0][0].nsmap)
        closing = opening.makeelement(_END, {ID: opening.get(ID)}, opening.nsmap)
        if end is None or end[0] is start[0]:
            stop = max(start[1], end[1] if end is not None else 0)
            put(start[0], (start[1], opening), (stop, closing), self._signer)
        else:
            put(start[0], (start[1], opening), None, self._signer)
            put(end[0], None, (end[1], closing), self._signer)


def _placed(
    mark: Element, sources: Mapping[Element, tuple[str, int]], lines: Mapping[tuple[str, int], Line]
) -> tuple[Line, int] | None:
    """The line of the redline that a mark of the new file belongs into, and the place in it."""
    paragraph = next(mark.iterancestors(P), None)
    line = lines.get(sources[paragraph]) if paragraph in sources else None
    return None if line is None else (line, offset_of(mark))


def _bookmarks(paragraph: Element) -> list[_Bookmark]:
    """The bookmarks that start and end in a paragraph."""
    starts = list(paragraph.iter(_START))
    if not starts or len(starts) > _MOST:
        return []
    text = line_text([paragraph])
    ends = {each.get(ID): offset_of(each) for each in paragraph.iter(_END)}
    found = []
    for each in starts:
        if each.get(ID) in ends:
            words = text[offset_of(each) : ends[each.get(ID)]]
            found.append(_Bookmark(each.get(NAME, ""), words, words == text))
    return found


def _is_same(old: _Bookmark, new: _Bookmark) -> bool:
    return (old.is_whole and new.is_whole) or (bool(new.words) and old.words == new.words)
