"""Bookmarks that fields refer to: called alike in both files where they mark the same paragraph.

Programs number bookmarks as they come, so the same name may mark another paragraph in the next version of a text.
Before two files are compared, each bookmark of the new file that something refers to takes the name that its paragraph
has in the old one. A paragraph that has none there is given one, and a name that means something else there is given
up: a reference then points to where it pointed, or nowhere, and never to another section.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from app.word.names import GOES, ID, INSTR, NAME, PPR, Element, T, w
from app.word.package import Package
from app.word.redline.align import ALIKE, align, likeness
from app.word.redline.blocks import Block, read_blocks
from app.word.redline.ids import story_names

_START, _END, _ANCHOR, _CODE = w("bookmarkStart"), w("bookmarkEnd"), w("anchor"), w("instr")
_FIELD, _LINK = w("fldSimple"), w("hyperlink")
_REFERENCE: Final = re.compile(r"""(\b(?:REF|PAGEREF|NOTEREF)\s+"?|\bHYPERLINK\b.*?\\l\s+"?)([^\s"\\]+)""")


@dataclass(frozen=True, slots=True)
class Place:
    """What a bookmark marks: a whole block, or some words of it."""

    name: str
    block: int
    marked: str  # the words, "" where it is a point
    before: str  # the words in front of it in its block
    is_whole: bool

    def fits(self, other: Place) -> bool:
        """Whether two bookmarks of blocks that belong together mark the same."""
        if self.is_whole or other.is_whole:
            return self.is_whole and other.is_whole
        return self.marked == other.marked and (bool(self.marked) or self.before == other.before)


def share_places(old: Package, new: Package) -> None:
    """Let the two files call alike what is the same place; the new file is renamed, bookmarks are added to the old."""
    wanted = set(_referred_to(new))
    bodies = [next(each.root.iterchildren(w("body")), None) for each in (old, new)]
    if not wanted or bodies[0] is None or bodies[1] is None:
        return
    olds = [block for block in read_blocks(bodies[0])[0] if not block.is_gone]
    news = read_blocks(bodies[1])[0]
    known = list(_places(olds))
    places = [each for each in _places(news) if each.name.lower() in wanted]
    pairs = _pairs(olds, news, known, places)
    names = _Names(old, new)
    renamed: dict[str, str] = {}
    free = defaultdict[int, list[Place]](list)
    for each in known:
        free[each.block].append(each)
    for place in places:
        block = pairs.get(place.block)
        here = free[block] if block is not None else []
        fitting = [each for each in here if each.fits(place)]
        found = next((each for each in fitting if each.name.lower() == place.name.lower()), next(iter(fitting), None))
        if found is not None:
            here.remove(found)
            renamed[place.name.lower()] = found.name
            continue
        name = names.free(place.name)
        renamed[place.name.lower()] = name
        if block is not None and place.is_whole and olds[block].kind == "paragraph":
            names.mark(olds[block].elements[-1], name)
    _rename(new, {name: to for name, to in renamed.items() if name != to.lower()})


class _Names:
    """The names and ids of bookmarks in the old file, and the names in the new one."""

    def __init__(self, old: Package, new: Package) -> None:
        self._old = old
        self._taken, self._used = (
            {each.get(NAME, "").lower() for each in package.root.iter(_START)} for package in (old, new)
        )
        self._numbers = count(1)
        self._ids: Iterator[int] | None = None

    def free(self, name: str) -> str:
        """This name if the old file has none like it, else one that neither has."""
        if name.lower() in self._taken:
            name = next(f"_Ref{n}" for n in self._numbers if f"_ref{n}" not in self._taken | self._used)
        self._taken.add(name.lower())
        return name

    def mark(self, paragraph: Element, name: str) -> None:
        """Put a bookmark around what is in a paragraph of the old file."""
        if self._ids is None:
            used = (each.get(ID, "") for each in self._old.root.iter("{*}*"))
            self._ids = count(1 + max((int(each) for each in used if each.isdecimal() and len(each) < 10), default=0))
        number = str(next(self._ids))
        start = paragraph.makeelement(_START, {ID: number, NAME: name}, paragraph.nsmap)
        paragraph.insert(1 if len(paragraph) and paragraph[0].tag == PPR else 0, start)
        paragraph.append(paragraph.makeelement(_END, {ID: number}, paragraph.nsmap))


def _pairs(olds: list[Block], news: list[Block], known: list[Place], places: list[Place]) -> dict[int, int]:
    """For blocks of the new file with places, the old block that belongs to each.

    A name that both files have for a paragraph that is plainly the same needs no alignment of the whole.
    """
    keys = Counter(each.key for each in olds), Counter(each.key for each in news)
    by_name = {each.name.lower(): each for each in known}
    pairs: dict[int, int] = {}
    for place in places:
        namesake = by_name.get(place.name.lower())
        if namesake is None:
            continue
        before, after = olds[namesake.block], news[place.block]
        same = before.key == after.key and keys[0][before.key] == keys[1][after.key] == 1
        changed = not keys[1][before.key] and not keys[0][after.key] and likeness(before.words, after.words) >= ALIKE
        if same or changed:
            pairs[place.block] = namesake.block
    if all(place.block in pairs for place in places):
        return pairs
    aligned = {j: i for i, j in align(olds, news)}
    return {place.block: aligned[place.block] for place in places if place.block in aligned}


def _places(blocks: list[Block]) -> Iterator[Place]:
    for index, block in enumerate(blocks):
        open_marks = {each.get(ID): (each.get(NAME, ""), 0) for each in block.before if each.tag == _START}
        if not open_marks and not any(next(each.iter(_START), None) is not None for each in block.elements):
            continue
        text = ""
        ended: list[tuple[str, int, int]] = []
        for element in block.elements:
            for each in element.iter(T, _START, _END):
                if each.tag == _START:
                    open_marks[each.get(ID)] = each.get(NAME, ""), len(text)
                elif each.tag == _END:
                    name, start = open_marks.pop(each.get(ID), ("", 0))
                    ended += [(name, start, len(text))] if name else []
                elif not any(parent.tag in GOES for parent in each.iterancestors()):
                    text += each.text or ""
        ended += [(name, start, len(text)) for name, start in open_marks.values()]
        for name, start, end in ended:
            yield Place(name, index, text[start:end], text[:start], is_whole=start == 0 and end == len(text))


def _referred_to(package: Package) -> Iterator[str]:
    for each, key in _references(package):
        yield from (
            [found.lower() for _, found in _REFERENCE.findall(_get(each, key))]
            if key != _ANCHOR
            else [_get(each, key).lower()]
        )


def _rename(package: Package, names: Mapping[str, str]) -> None:
    if not names:
        return
    for start in package.root.iter(_START):
        name = start.get(NAME, "")
        start.set(NAME, names.get(name.lower(), name))
    for each, key in _references(package):
        was = _get(each, key)
        if key == _ANCHOR:
            each.set(key, names.get(was.lower(), was))
            continue
        code = _REFERENCE.sub(lambda found: found[1] + names.get(found[2].lower(), found[2]), was)
        if key:
            each.set(key, code)
        else:
            each.text = code


def _references(package: Package) -> Iterator[tuple[Element, str]]:
    """What may refer to a bookmark, and the attribute that says to which; "" for its text."""
    for name in story_names(package):
        root = package.tree(name)
        for each in root.iter(INSTR, _FIELD, _LINK) if root is not None else ():
            key = {INSTR: "", _FIELD: _CODE, _LINK: _ANCHOR}[each.tag]
            if not key or each.get(key):
                yield each, key


def _get(element: Element, key: str) -> str:
    return str(element.get(key, "")) if key else element.text or ""
