"""Writes the sequence of a redline back into the tree of the old file."""

from __future__ import annotations

from app.word.names import PPR, SECT_PR, TC_PR, W14_SPACE, Element, P
from app.word.redline.copies import Copies
from app.word.redline.ids import Signer
from app.word.redline.marks import MarkWriter
from app.word.redline.runs import Line, Wrappers
from app.word.redline.stream import Entry, Loose, Mark, Opened, Piece, Solid, Whole
from app.word.redline.tokens import Fixed

_NEW_IDS = (f"{{{W14_SPACE}}}paraId", f"{{{W14_SPACE}}}textId")


class Renderer:
    """Turns entries into paragraphs."""

    def __init__(self, signer: Signer, copies: Copies, marks: MarkWriter, wrappers: Wrappers) -> None:
        """Prepare."""
        self._signer = signer
        self._copies = copies
        self._marks = marks
        self._wrappers = wrappers

    def fill(self, parent: Element, entries: list[Entry]) -> None:
        """Let `parent` hold what the entries say; its own properties stay."""
        head = [each for each in parent if each.tag == TC_PR]
        tail = [each for each in parent if each.tag == SECT_PR]
        _place(parent, [*head, *self._blocks(parent, entries), *tail])

    def _blocks(self, parent: Element, entries: list[Entry]) -> list[Element]:
        written: list[Element] = []
        pending: list[Entry | Element] = []
        used: set[Element] = set()
        for entry in entries:
            if isinstance(entry, Whole):
                written += entry.elements
            elif isinstance(entry, Opened):
                written += entry.elements[:-1]
                pending += [each for each in entry.elements[-1] if each.tag != PPR]
            elif isinstance(entry, Solid | Loose):
                written.append(entry.element)
            elif isinstance(entry, Mark):
                written.append(self._paragraph(parent, entry, pending, used))
                pending = []
            else:
                pending.append(entry)
        return written

    def _paragraph(self, parent: Element, mark: Mark, pending: list[Entry | Element], used: set[Element]) -> Element:
        source = mark.old.paragraph if mark.old is not None else None
        attributes = dict(source.attrib) if source is not None else {}
        if source in used:
            for key in _NEW_IDS:
                attributes.pop(key, None)
        if source is not None:
            used.add(source)
        holder = source if source is not None else parent
        paragraph = holder.makeelement(P, attributes, holder.nsmap)
        properties = self._marks.properties(mark)
        if properties is not None and (len(properties) or properties.attrib):
            paragraph.append(properties)
        line = Line(paragraph, signer=self._signer, copies=self._copies, wrappers=self._wrappers)
        for entry in pending:
            if isinstance(entry, Piece):
                line.write(entry)
            elif isinstance(entry, Fixed):
                line.fixed(entry)
            else:
                line.content([entry])
        line.finish()
        return paragraph


def _place(parent: Element, children: list[Element]) -> None:
    """Let `parent` have these children. Those that are there already are not moved: a large table takes its time."""
    wanted = set(children)
    for child in list(parent):
        if child not in wanted:
            parent.remove(child)
    at = parent[0] if len(parent) else None
    for child in children:
        if child is at:
            at = at.getnext()
        elif at is None:
            parent.append(child)
        else:
            at.addprevious(child)
