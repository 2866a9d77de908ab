"""Paragraphs in the redline: those that come, those that go, and those that are compared word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.word.names import Element, P, w
from app.word.redline.blocks import NOTE_SIGN, Block
from app.word.redline.boxes import paired_boxes
from app.word.redline.ends import has_section
from app.word.redline.fates import as_entries, fates_of_moved, is_unchanged, merged
from app.word.redline.marks import MarkWriter
from app.word.redline.moves import Ranges
from app.word.redline.notes import Notes
from app.word.redline.paragraph_reader import ParagraphReader
from app.word.redline.stream import Entry, Loose, Mark, Piece, Side, Status, Whole
from app.word.redline.tokens import Fixed, Item, Token

Items = list[Item | Mark]


class Paragraphs:
    """Makes the entries of paragraphs."""

    def __init__(
        self,
        old_reader: ParagraphReader,
        new_reader: ParagraphReader,
        *,
        marks: MarkWriter,
        notes: Notes,
        ranges: Ranges,
        container: Callable[[Element, Element], None],
    ) -> None:
        """Prepare; `container` compares what two text boxes hold."""
        self._container = container
        self._old_reader = old_reader
        self._new_reader = new_reader
        self._marks = marks
        self._notes = notes
        self._ranges = ranges

    def gone(self, block: Block, holder: Element, target: Block | None, name: str) -> list[Entry]:
        """A paragraph without counterpart; `target` is where it moved, under `name`, if it did."""
        items = self._old_items(block)
        away: Status = "deleted" if target is None else "moved away"
        statuses: list[Status] = [away] * len(items)
        if target is not None:
            statuses = fates_of_moved(items, self._new_items(target), here=False)
        entries = as_entries(items, statuses, old=True)
        entries.append(Mark(away, old=Side(block.elements[-1])))
        self._follow_notes(entries)
        return self._ranged(entries, holder, name, here=False)

    def come(self, block: Block, holder: Element, source: Block | None, name: str) -> list[Entry]:
        """A new paragraph; `source` is where it stood before it moved, if it did."""
        items = self._new_items(block)
        here: Status = "inserted" if source is None else "moved here"
        statuses: list[Status] = [here] * len(items)
        if source is not None:
            statuses = fates_of_moved(items, self._old_items(source), here=True)
        entries = as_entries(items, statuses, old=False)
        entries.append(Mark(here, new=Side(block.elements[-1], is_new=True)))
        return self._ranged(entries, holder, name, here=True)

    def _ranged(self, entries: list[Entry], holder: Element, name: str, *, here: bool) -> list[Entry]:
        if not name:
            return entries
        start, end = self._ranges.around(holder, name, here=here)
        return [Fixed(start), *entries, Loose(end)]

    def show_the_same(self, old: Block, new: Block) -> bool:
        """Whether two paragraphs differ only in how their text is cut into runs."""
        if len(old.elements) != 1 or NOTE_SIGN in old.key:
            return False
        element, other = old.elements[0], new.elements[-1]
        if self._marks.differs(Side(element), Side(other, is_new=True)):
            return False
        return self._old_reader.outline(element) == self._new_reader.outline(other)

    def compared(self, olds: list[Block], news: list[Block]) -> list[Entry]:
        """Paragraphs and their counterparts, word by word; more than one on a side where they were split or joined."""
        old_items: Items = []
        new_items: Items = []
        for index, block in enumerate(olds):
            old_items += self._old_items(block)
            if index < len(olds) - 1:
                old_items.append(Mark("deleted", old=Side(block.elements[-1])))
        for index, block in enumerate(news):
            new_items += self._new_items(block)
            if index < len(news) - 1:
                new_items.append(Mark("inserted", new=Side(block.elements[-1], is_new=True)))
        entries = merged(old_items, new_items)
        self._compare_boxes(entries)
        old_side, new_side = Side(olds[-1].elements[-1]), Side(news[-1].elements[-1], is_new=True)
        differs = self._marks.differs(old_side, new_side)
        self._follow_notes(entries)
        if len(olds) == 1 and not differs and all(is_unchanged(each) for each in entries):
            return [Whole(olds[0].elements)]
        ends = differs or has_section(old_side.paragraph)
        return [*entries, Mark("kept", old=old_side, new=new_side if ends else None)]

    def _old_items(self, block: Block) -> Items:
        """What is in a paragraph, and in those before it whose mark somebody else has deleted."""
        items: Items = []
        previous: Element | None = None
        for element in block.elements:
            if element.tag != P:
                items.append(Fixed(element))
                continue
            if previous is not None:
                items.append(Mark("kept", old=Side(previous), is_fixed=True))
            items += self._old_reader.read(element)
            previous = element
        return items

    def _new_items(self, block: Block) -> Items:
        return [item for item in self._new_reader.read(block.elements[-1]) if isinstance(item, Token)]

    def _compare_boxes(self, entries: list[Entry]) -> None:
        """Compare the words in text boxes whose frame stays, in the tree of the old file."""
        for each in entries:
            if not isinstance(each, Piece) or each.old is None or each.new is None or not each.old.frame:
                continue
            for old, new in paired_boxes(*(token.solid[0].piece for token in (each.old, each.new))):
                self._container(old, new)

    # Notes

    def _follow_notes(self, entries: Sequence[Entry]) -> None:
        for each in entries:
            if not isinstance(each, Piece) or each.old is None:
                continue
            if each.old.note is not None:
                if each.status == "kept" and each.new is not None and each.new.note is not None:
                    self._notes.keep(each.old.note, each.new.note)
                elif each.status != "kept":
                    self._notes.strike(each.old.note)
            elif each.status != "kept" and not each.old.is_text:
                for part in each.old.solid:
                    for element in part.piece if isinstance(part.piece, list) else ():
                        self.strike_notes(element)

    def strike_notes(self, element: Element) -> None:
        """Let the notes go that a deleted element refers to."""
        for kind in ("footnote", "endnote"):
            for each in element.iter(w(f"{kind}Reference")):
                self._notes.strike((kind, each.get(w("id"), "")))
