"""Writes the pieces of one paragraph as runs: joined where they belong together, wrapped where they are tracked."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from app.word.names import (
    COMES,
    DEL_TEXT,
    FIELD,
    GOES,
    HYPERLINK,
    ID,
    RPR,
    RPR_CHANGE,
    SDT,
    SDT_CONTENT,
    XML_SPACE,
    Element,
    R,
    T,
    w,
)
from app.word.redline.changes import HOLDER_PROPERTIES, TAGS, change_record, complex_field, strike, track_control
from app.word.redline.copies import Copies
from app.word.redline.ids import Signer
from app.word.redline.stream import WAS, Piece, Status
from app.word.redline.tokens import Fixed, Part, Token, Wraps

_HOLDERS: Final = frozenset({HYPERLINK, FIELD, w("smartTag"), w("dir"), w("bdo"), w("customXml"), SDT_CONTENT})


class Wrappers:
    """Copies of other people's tracked wrappers: the first keeps its id, further ones get ids of their own."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._used: set[Element] = set()

    def copy(self, wrap: Element) -> Element:
        """A wrapper without content."""
        copy = wrap.makeelement(wrap.tag, dict(wrap.attrib), wrap.nsmap)
        if wrap in self._used:
            copy.set(ID, self._signer.id())
        self._used.add(wrap)
        return copy


class Line:
    """One paragraph's content while it is written."""

    def __init__(self, paragraph: Element, *, signer: Signer, copies: Copies, wrappers: Wrappers) -> None:
        """Write into `paragraph`, behind what is in it."""
        self._paragraph = paragraph
        self._signer = signer
        self._copies = copies
        self._wrappers = wrappers
        self._wraps: Wraps = ()
        self._innermost = paragraph
        self._status: Status = "kept"
        self._holder = paragraph
        self._sign: object = None
        self._run: Element | None = None
        self._text: Element | None = None
        self._words: list[str] = []

    # Pieces

    def write(self, piece: Piece) -> None:
        """Append a piece of text or a thing."""
        if piece.status == "kept":
            assert piece.old is not None
            self._keep(piece.old, piece.new)
            return
        token = piece.old if piece.status in WAS else piece.new
        assert token is not None
        self._change(token, piece.status)

    def fixed(self, fixed: Fixed) -> None:
        """Append something without width, as it is."""
        self._go_to(fixed.wraps, "kept")
        self._append(fixed.element)

    def content(self, elements: list[Element]) -> None:
        """Append elements as they are."""
        self._go_to((), "kept")
        for each in elements:
            self._append(each)

    def _append(self, element: Element) -> None:
        self._holder.append(element)
        self._end_run()

    def _keep(self, old: Token, new: Token | None) -> None:
        if new is None or (
            all(a.format == b.format for a, b in zip(old.solid, new.solid, strict=False))
            and len(old.solid) == len(new.solid)
        ):
            self._old_parts(old, "kept")
            return
        slices = _by_format(old, new)
        if any(_has_format_change(part) and other.format != part.format for part, other in slices):
            self._change(old, "deleted")
            self._change(new, "inserted")
            return
        for item in old.parts:
            if isinstance(item, Fixed):
                self.fixed(item)
        for part, other in slices:
            if part.format == other.format:
                self._piece(part, "kept")
            else:
                self._piece(part, "kept", other)

    def _change(self, token: Token, status: Status) -> None:
        if status in WAS:
            self._old_parts(token, status)
            return
        for part in token.solid:
            if isinstance(part.piece, list):
                for element in part.piece:
                    self._thing(self._copies.bring(element), part.wraps, status)
            else:
                self._piece(part, status)

    def _old_parts(self, token: Token, status: Status) -> None:
        for part in token.parts:
            if isinstance(part, Fixed):
                self.fixed(part)
            elif isinstance(part.piece, list):
                for element in part.piece:
                    self._thing(element, part.wraps, status)
            else:
                self._piece(part, status)

    def _thing(self, element: Element, wraps: Wraps, status: Status) -> None:
        if status == "kept":
            self._go_to(wraps, "kept")
            self._append(element)
        elif element.tag in COMES:  # a piece of a field that somebody else inserted
            self._go_to(wraps, "kept")
            self._append(element)
            self.mark_inside(element, status)
        elif element.tag == FIELD:
            for run in complex_field(element):
                self._thing(run, wraps, status)
        elif element.tag in _HOLDERS:
            self._go_to(wraps, "kept")
            self._append(element)
            self.mark_inside(element, status)
        elif element.tag == SDT:
            self._go_to(wraps, "kept")
            self._append(element)
            self.mark_control(element, status)
        elif element.tag in GOES:
            self._go_to(wraps, "kept")
            self._append(element)
        else:
            self._go_to(wraps, status)
            if status == "deleted":
                strike(element)
            self._append(element)

    # Things that hold runs

    def mark_inside(self, holder: Element, status: Status) -> None:
        """Track all runs in a hyperlink, a simple field or the like."""
        for child in list(holder):
            if child.tag in GOES or child.tag in HOLDER_PROPERTIES or not isinstance(child.tag, str):
                continue
            if child.tag == SDT:
                self.mark_control(child, status)
            elif child.tag in _HOLDERS or child.tag in COMES:
                self.mark_inside(child, status)
            elif child.tag == R or child.tag.endswith("}oMath"):
                wrapper = self._signer.change(holder, TAGS[status])
                child.addprevious(wrapper)
                wrapper.append(child)
                if status == "deleted":
                    strike(child)

    def mark_control(self, control: Element, status: Status) -> None:
        """Track a content control: its runs, and the control itself."""
        for content in control.iterchildren(SDT_CONTENT):
            self.mark_inside(content, status)
        track_control(control, status, self._signer)

    # Runs

    def _go_to(self, wraps: Wraps, status: Status) -> None:
        if len(wraps) != len(self._wraps) or any(a is not b for a, b in zip(wraps, self._wraps, strict=True)):
            self._innermost = self._paragraph
            for wrap in wraps:
                copy = self._wrappers.copy(wrap)
                self._innermost.append(copy)
                self._innermost = copy
            self._wraps = wraps
        elif status == self._status:
            return
        self._status = status
        self._holder = self._innermost
        self._end_run()
        if status != "kept":
            self._holder = self._signer.change(self._paragraph, TAGS[status])
            self._innermost.append(self._holder)

    def _piece(self, part: Part, status: Status, other: Part | None = None) -> None:
        """Append text or an element of a run; `other` shows how it looks in the new file, where that differs."""
        self._go_to(part.wraps, status)
        sign = (part.run, part.format, None if other is None else other.format)
        if self._run is None or sign != self._sign:
            self._finish_text()
            self._run = self._new_run(part, status, other)
            self._holder.append(self._run)
            self._sign = sign
        run, piece = self._run, part.piece
        if isinstance(piece, str):
            tag = DEL_TEXT if status == "deleted" else T
            if self._text is None or self._text.tag != tag:
                self._finish_text()
                self._text = run.makeelement(tag, nsmap=run.nsmap)
                run.append(self._text)
            self._words.append(piece)
        else:
            self._finish_text()
            copy = self._copies.bring(piece) if status in {"inserted", "moved here"} else deepcopy(piece)
            run.append(copy)
            if status == "deleted":
                strike(run)

    def _finish_text(self) -> None:
        """Write the words that were gathered for one element of text."""
        if self._text is not None:
            text = "".join(self._words)
            self._text.text = text
            if text != text.strip():
                self._text.set(XML_SPACE, "preserve")
        self._text = None
        self._words = []

    def finish(self) -> None:
        """Write what was gathered last."""
        self._end_run()

    def _end_run(self) -> None:
        self._finish_text()
        self._run = None

    def _new_run(self, part: Part, status: Status, other: Part | None) -> Element:
        assert part.run is not None
        source = part.run
        comes = status in {"inserted", "moved here"}
        run = source.makeelement(R, {} if comes else dict(source.attrib), source.nsmap)
        properties = next(source.iterchildren(RPR), None)
        if other is not None:
            run.append(self._changed_format(run, properties, other))
        elif properties is not None and comes:
            brought = self._copies.bring(properties)
            if len(brought):
                run.append(brought)
        elif properties is not None:
            run.append(deepcopy(properties))
        return run

    def _changed_format(self, run: Element, old: Element | None, other: Part) -> Element:
        assert other.run is not None
        new = next(other.run.iterchildren(RPR), None)
        properties = run.makeelement(RPR, nsmap=run.nsmap) if new is None else self._copies.bring(new)
        properties.append(change_record(properties, old, RPR_CHANGE, RPR, self._signer))
        return properties


def _by_format(old: Token, new: Token) -> list[tuple[Part, Part]]:
    """The parts of a word on both sides, cut where either side changes its look."""
    olds, news = old.solid, new.solid
    if not old.is_text or not new.is_text:
        return list(zip(olds, news, strict=False))
    pairs: list[tuple[Part, Part]] = []
    i = j = at_old = at_new = 0
    while i < len(olds) and j < len(news):
        a, b = olds[i], news[j]
        text, other = str(a.piece)[at_old:], str(b.piece)[at_new:]
        size = min(len(text), len(other))
        pairs.append((Part(text[:size], a.run, a.format, a.wraps), b))
        at_old, at_new = at_old + size, at_new + size
        if size == len(text):
            i, at_old = i + 1, 0
        if size == len(other):
            j, at_new = j + 1, 0
    return pairs


def _has_format_change(part: Part) -> bool:
    if part.run is None:
        return False
    return any(each.tag == RPR_CHANGE for properties in part.run.iterchildren(RPR) for each in properties)
