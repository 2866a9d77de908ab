"""Puts the marks of comments around words: runs are cut where the words begin and end, and keep their look.

A mark stands beside a run, inside the insertion or link that the run belongs to. Where Word allows no comment (within a
text box, a formula, a field) the mark stands around the whole of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from app.word.commenting.traced import Place
from app.word.names import (
    COMMENT_REFERENCE,
    FIELD,
    FIELD_CHAR,
    HYPERLINK,
    ID,
    INS,
    M_SPACE,
    MC_SPACE,
    MOVE_TO,
    RPR,
    RPR_CHANGE,
    SDT_CONTENT,
    VAL,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    w,
)

RANGE_START: Final = w("commentRangeStart")
RANGE_END: Final = w("commentRangeEnd")
_HOLDERS: Final = frozenset(
    {P, INS, MOVE_TO, HYPERLINK, SDT_CONTENT, w("smartTag"), w("customXml"), w("dir"), w("bdo")}
)
_WHOLE: Final = frozenset(
    {R, FIELD, f"{{{M_SPACE}}}oMath", f"{{{M_SPACE}}}oMathPara", f"{{{MC_SPACE}}}AlternateContent"}
)
_CLOSED: Final = frozenset({w("txbxContent"), FIELD, f"{{{M_SPACE}}}oMath", f"{{{MC_SPACE}}}AlternateContent"})
"""Inside these no comment begins or ends."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """One comment and where it belongs."""

    id: int
    first: Place
    last: Place


class Anchors:
    """Puts marks into one document."""

    def __init__(self, root: Element, *, reference_style: str, next_id: int) -> None:
        """Prepare.

        Args:
            root: The main part.
            reference_style: The style of a comment's mark, "" where the file has none.
            next_id: A number that no mark of the file has, nor any above it: for copies of tracked formatting.
        """
        self._root = root
        self._style = reference_style
        self._next_id = next_id
        self._order: dict[Element, int] = {}

    def place(self, anchored: Sequence[Anchored]) -> None:
        """Put all marks in; the last place comes first, so that the earlier ones still hold."""
        wanted = {place.element for each in anchored for place in (each.first, each.last)}
        self._order = {element: index for index, element in enumerate(self._root.iter()) if element in wanted}
        points = [(self._key(each.first, 0), "start", each) for each in anchored]
        points += [(self._key(each.last, 1), "end", each) for each in anchored]
        points.sort(key=lambda point: (point[0], point[1] == "start", point[2].id), reverse=True)
        cuts: dict[tuple[tuple[int, int], str], Element] = {}  # what begins or ends at one place is cut once
        for key, side, each in points:
            if (key, side) not in cuts:
                cuts[key, side] = self._before(each.first) if side == "start" else self._behind(each.last)
            target = cuts[key, side]
            if side == "start":
                target.addprevious(etree.Element(RANGE_START, {ID: str(each.id)}))
            else:
                _add_behind(target, [etree.Element(RANGE_END, {ID: str(each.id)}), self._reference(each.id)])

    def _key(self, place: Place, behind: int) -> tuple[int, int]:
        return self._order[place.element], (place.offset or 0) + behind

    def _reference(self, comment_id: int) -> Element:
        run = etree.Element(R)
        if self._style:
            etree.SubElement(etree.SubElement(run, RPR), w("rStyle"), {VAL: self._style})
        etree.SubElement(run, COMMENT_REFERENCE, {ID: str(comment_id)})
        return run

    def _before(self, place: Place) -> Element:
        """The element before which the words begin."""
        holder = _holder(place.element)
        if holder.tag == R and place.element.getparent() is holder:
            return _field_start(self._cut(holder, place, place.offset or 0))
        return _field_start(holder)

    def _behind(self, place: Place) -> Element:
        """The element behind which the words end."""
        holder = _holder(place.element)
        if holder.tag == R and place.element.getparent() is holder:
            end = 1 if place.offset is None else place.offset + 1
            self._cut(holder, place, end)
        return _field_end(holder)

    def _cut(self, run: Element, place: Place, offset: int) -> Element:
        """Cut a run; what comes from the offset on goes into a run of its own, which is the answer.

        A run that begins there stays whole and is itself the answer; so does one that ends there.
        """
        element = place.element
        length = len(element.text or "") if place.offset is not None else 1
        content = [child for child in run if child.tag != RPR]
        index = content.index(element)
        moving = content[index:] if offset == 0 else content[index + 1 :]
        tail = (element.text or "")[offset:] if place.offset is not None and 0 < offset < length else ""
        if len(moving) == len(content) or not (moving or tail):
            return run
        second = etree.Element(R, dict(run.attrib))
        look = run.find(RPR)
        if look is not None:
            second.append(self._copied(look))
        if tail:
            rest = etree.SubElement(second, T, {XML_SPACE: "preserve"})
            rest.text = tail
            element.text = (element.text or "")[:offset]
            element.set(XML_SPACE, "preserve")
        for child in moving:
            second.append(child)
        _add_behind(run, [second])
        return second

    def _copied(self, look: Element) -> Element:
        copy = deepcopy(look)
        copy.tail = None
        for change in copy.iter(RPR_CHANGE, w("ins"), w("del")):
            change.set(ID, str(self._next_id))
            self._next_id += 1
        return copy


def _holder(element: Element) -> Element:
    """The innermost element around this one beside which a comment may begin or end."""
    found, node = None, element
    while node is not None:
        parent = node.getparent()
        if node.tag in _CLOSED and node is not element:
            found = None
        if found is None and parent is not None and parent.tag in _HOLDERS and node.tag in _WHOLE:
            found = node
        node = parent
    return element if found is None else found


def _field_start(node: Element) -> Element:
    """The beginning of the field that this run is the result of, or the run itself."""
    depth, start = 0, node
    for before in node.itersiblings(preceding=True):
        for kind in _field_marks(before, backwards=True):
            depth += {"end": 1, "begin": -1}.get(kind, 0)
            if depth < 0:
                start, depth = before, 0
    return start


def _field_end(node: Element) -> Element:
    """The end of the field that this run is the result of, or the run itself."""
    depth, end = 0, node
    for behind in node.itersiblings():
        for kind in _field_marks(behind):
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            if depth < 0:
                end, depth = behind, 0
    return end


def _field_marks(node: Element, *, backwards: bool = False) -> list[str]:
    if node.tag != R:
        return []
    marks = [each.get(w("fldCharType"), "") for each in node.findall(FIELD_CHAR)]
    return marks[::-1] if backwards else marks


def _add_behind(node: Element, others: Sequence[Element]) -> None:
    parent = node.getparent()
    index = parent.index(node) + 1
    for place, each in enumerate(others):
        parent.insert(index + place, each)
