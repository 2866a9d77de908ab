"""Settles the tracked changes of a Word file: all of them or those of some authors, accepted or rejected.

By the rules of Word: a paragraph whose mark goes runs on into the next one, whose properties then count; a row whose
mark goes, goes whole; formatting that is rejected becomes what its record says it was.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from app.word.names import (
    AUTHOR,
    CELL_CHANGES,
    CELL_DEL,
    CELL_INS,
    CONTROL_RANGES,
    DEL,
    DEL_INSTR,
    DEL_TEXT,
    GOES,
    HYPERLINK,
    ID,
    INS,
    INSTR,
    MARK_CHANGES,
    MOVE_FROM,
    MOVE_RANGES,
    MOVE_TO,
    NO_WIDTH,
    NOTE_REFERENCES,
    PPR,
    PPR_CHANGE,
    PROPERTY_CHANGES,
    RPR,
    RPR_CHANGE,
    SDT,
    SDT_CONTENT,
    SECT_CHANGE,
    SECT_PR,
    TBL,
    TC,
    TR,
    TR_PR,
    Element,
    P,
    R,
    T,
    w,
)
from app.word.package import MAX_MARKED, Package
from app.word.redline.ids import story_names

_STAYS: Final = {"accept": frozenset({INS, MOVE_TO}), "reject": frozenset({DEL, MOVE_FROM})}
_CELL_MARKS: Final = {"accept": (CELL_DEL, CELL_INS), "reject": (CELL_INS, CELL_DEL)}
_MARKS: Final = MARK_CHANGES | CELL_CHANGES | PROPERTY_CHANGES
_SECTION_KEEPS: Final = frozenset({w("headerReference"), w("footerReference")})
_NUMBERING: Final = w("numPr")
_RANGE_STARTS: Final = frozenset({w("moveFromRangeStart"), w("moveToRangeStart")})
_EMPTIED: Final = (HYPERLINK, w("smartTag"), w("fldSimple"), w("dir"), w("bdo"))


def accept_all(data: bytes, *, authors: Collection[str] | None = None) -> bytes:
    """The file with all tracked changes accepted, or those of some authors."""
    return _settled(data, "accept", authors)


def reject_all(data: bytes, *, authors: Collection[str] | None = None) -> bytes:
    """The file with all tracked changes rejected, or those of some authors."""
    return _settled(data, "reject", authors)


def _settled(data: bytes, decision: str, authors: Collection[str] | None) -> bytes:
    package = Package(data, most_elements=MAX_MARKED)
    settle_package(package, decision, authors)
    return package.save()


def settle_package(package: Package, decision: str, authors: Collection[str] | None = None) -> None:
    """Settle the changes in every part of an open package that has text."""
    for name in story_names(package):
        root = package.tree(name)
        if root is not None:
            settle(root, decision, authors)
    _drop_notes(package)


def has_changes(root: Element) -> bool:
    """Whether anything in a part is tracked."""
    marks = (*MARK_CHANGES, *PROPERTY_CHANGES, *MOVE_RANGES, CELL_INS, CELL_DEL)
    return next(root.iter(*marks), None) is not None


def settle(root: Element, decision: str, authors: Collection[str] | None = None) -> None:
    """Settle the changes in one tree.

    Args:
        root: The tree; it is changed.
        decision: "accept" or "reject".
        authors: Whose changes; everybody's if None.
    """
    if not has_changes(root):
        return
    _Settler(decision, authors).settle(root)


class _Settler:
    def __init__(self, decision: str, authors: Collection[str] | None) -> None:
        self._accepts = decision == "accept"
        self._stays = _STAYS[decision]
        self._cells = _CELL_MARKS[decision]
        self._authors = authors

    def _chosen(self, element: Element) -> bool:
        return self._authors is None or element.get(AUTHOR, "") in self._authors

    def settle(self, root: Element) -> None:
        for change in [each for each in root.iter(*PROPERTY_CHANGES) if self._chosen(each)]:
            self._formatting(change)
        joined = self._marks(root)
        for change in [each for each in root.iter(*MARK_CHANGES) if self._chosen(each)]:
            self._run_change(change)
        self._tables(root)
        self._controls(root)
        for paragraph in reversed(joined):  # so that nothing is carried further than into the next one
            _run_on(paragraph)
        self._ranges(root)
        for each in [each for each in root.iter(*_EMPTIED) if not _has_content(each)]:
            _drop(each)

    def _ranges(self, root: Element) -> None:
        """Take out where moves start and end; an end names no author and goes with its start."""
        marks = list(root.iter(*MOVE_RANGES))
        stay = {(mark.tag, mark.get(ID)) for mark in marks if mark.tag in _RANGE_STARTS and not self._chosen(mark)}
        for mark in marks:
            if (mark.tag.replace("RangeEnd", "RangeStart"), mark.get(ID)) not in stay:
                _drop(mark)

    def _formatting(self, change: Element) -> None:
        properties = change.getparent()
        properties.remove(change)
        if self._accepts or change.tag == w("numberingChange"):  # the latter only notes what number was shown
            return
        if change.tag == w("tblGridChange"):
            kept: list[Element] = []
        elif change.tag == RPR_CHANGE:
            kept = [each for each in properties if each.tag in MARK_CHANGES]
        elif change.tag == PPR_CHANGE:
            kept = [each for each in properties if each.tag in {RPR, SECT_PR}]
        elif change.tag == SECT_CHANGE:
            kept = [each for each in properties if each.tag in _SECTION_KEEPS]
        else:
            kept = [each for each in properties if each.tag in _MARKS]
        before = [child for record in list(change) for child in record if child.tag not in CELL_CHANGES]
        first = change.tag in {RPR_CHANGE, SECT_CHANGE}
        properties[:] = [*kept, *before] if first else [*before, *kept]

    def _marks(self, root: Element) -> list[Element]:
        """Settle paragraph marks; answer with the paragraphs whose mark goes."""
        gone: list[Element] = []
        for mark in [each for each in root.iter(*MARK_CHANGES) if _is_paragraph_mark(each) and self._chosen(each)]:
            paragraph = mark.getparent().getparent().getparent()
            if mark.tag not in self._stays and paragraph not in gone[-1:]:
                gone.append(paragraph)
            _drop_property(mark)
        return gone

    def _run_change(self, change: Element) -> None:
        parent = change.getparent()
        if parent is None or parent.tag == TR_PR:
            return
        if parent.tag == _NUMBERING and change.tag not in self._stays:
            _drop(parent)  # a number that was added to the paragraph
            return
        if change.tag not in self._stays:
            _drop(change)
            return
        if change.tag == DEL:
            _revive(change)
        for child in list(change):
            change.addprevious(child)
        parent.remove(change)

    def _tables(self, root: Element) -> None:
        for row in list(root.iter(TR)):
            properties = next(row.iterchildren(TR_PR), None)
            if properties is None:
                continue
            marks = [each for each in properties if each.tag in MARK_CHANGES and self._chosen(each)]
            goes = any(each.tag not in self._stays for each in marks)
            for each in marks:
                properties.remove(each)
            if goes:
                _drop(row)
            elif not len(properties):
                row.remove(properties)
        for mark in [each for each in root.iter(*self._cells) if self._chosen(each)]:
            properties = mark.getparent()
            cell = properties.getparent() if properties is not None else None
            _drop(mark)
            if mark.tag == self._cells[0] and cell is not None and cell.tag == TC:
                _drop_cell(cell)
        for table in [each for each in root.iter(TBL) if next(each.iter(TR), None) is None]:
            _drop(table)

    def _controls(self, root: Element) -> None:
        kind = "customXmlDelRangeStart" if self._accepts else "customXmlInsRangeStart"
        for start in [each for each in root.iter(w(kind)) if self._chosen(each)]:
            control = start.getnext()
            if control is None or control.tag != SDT:
                continue
            for content in control.iterchildren(SDT_CONTENT):
                for child in list(content):
                    control.addprevious(child)
            _drop(control)
        for each in [each for each in root.iter(*CONTROL_RANGES) if self._authors is None or self._chosen(each)]:
            _drop(each)


def _is_paragraph_mark(change: Element) -> bool:
    parent = change.getparent()
    return parent is not None and parent.tag == RPR and parent.getparent() is not None and parent.getparent().tag == PPR


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _drop_cell(cell: Element) -> None:
    """Take a cell out, and the row that it leaves empty."""
    row = cell.getparent()
    _drop(cell)
    if row is not None and row.tag == TR and not any(each.tag in {TC, SDT} for each in row):
        _drop(row)


def _drop_property(mark: Element) -> None:
    """Take a mark out, and the properties that it leaves empty."""
    parent = mark.getparent()
    parent.remove(mark)
    while not len(parent) and parent.tag in {RPR, PPR} and parent.getparent() is not None:
        holder = parent.getparent()
        holder.remove(parent)
        parent = holder


def _revive(change: Element) -> None:
    """Let deleted text be text again, but for what is deleted on its own in a text box."""
    for each in list(change.iter(DEL_TEXT, DEL_INSTR)):
        if next(each.iterancestors(*GOES)) is change:
            each.tag = T if each.tag == DEL_TEXT else INSTR


def _has_content(element: Element) -> bool:
    return next(element.iter(R, w("oMath"), SDT), None) is not None


def _run_on(paragraph: Element) -> None:
    """Let a paragraph whose mark has gone run on into the next one."""
    parent = paragraph.getparent()
    if parent is None:
        return
    content = [each for each in paragraph if each.tag != PPR]
    between: list[Element] = []
    following = paragraph.getnext()
    while following is not None and following.tag in NO_WIDTH:
        between.append(following)
        following = following.getnext()
    if following is not None and following.tag == P:
        first = next(following.iterchildren(), None)
        at = 1 if first is not None and first.tag == PPR else 0
        for each in reversed([*content, *between]):
            following.insert(at, each)  # a slice, or a search for properties, would go through all that is there
        parent.remove(paragraph)
        return
    if any(each.tag not in NO_WIDTH for each in content):
        return  # nothing follows that it could run on into
    others = [each for each in parent if each.tag in {P, SDT} and each is not paragraph]
    if parent.tag == TC and (not others or (following is None and parent[-2].tag == TBL)):
        return  # a cell ends in a paragraph
    if others or parent.tag in {w("body"), SDT_CONTENT}:
        for each in content:
            paragraph.addprevious(each)
        parent.remove(paragraph)


def _drop_notes(package: Package) -> None:
    """Take out notes that nothing refers to any more."""
    for tag, kind in NOTE_REFERENCES.items():
        root = package.tree_of_kind(f"{kind}s")
        if root is None:
            continue
        wanted = {each.get(ID) for each in package.root.iter(tag)}
        for note in list(root):
            if note.get(w("type"), "normal") == "normal" and note.get(ID) not in wanted:
                root.remove(note)
