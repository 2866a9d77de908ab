"""Two Word files in, one out: the old file with the changes to the new one tracked on top.

A stretch of the document (body, cell, note, header, content control) is cut into blocks, the blocks are aligned, and
each pair is compared: paragraphs word by word, tables row by row. What others have tracked in the old file stays as it
is, with its author; the comparison takes both files as they now stand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.word.authors import show_authors
from app.word.names import PPR, PPR_CHANGE, SDT_CONTENT, SECT_PR, Element, w
from app.word.package import Package, not_too_deep
from app.word.redline.align import align
from app.word.redline.blocks import Block, has_changes, read_blocks
from app.word.redline.borrowing import Borrowing
from app.word.redline.ends import settle_ends
from app.word.redline.ids import Signer, changes_in, stories
from app.word.redline.in_place import InPlace
from app.word.redline.keys import Keys
from app.word.redline.margins import Margins
from app.word.redline.marks import MarkWriter
from app.word.redline.meanings import OwnMeaning
from app.word.redline.moves import Ranges, moved_blocks, moved_stretches
from app.word.redline.notes import Notes
from app.word.redline.paragraph_reader import ParagraphReader
from app.word.redline.paragraphs import Paragraphs
from app.word.redline.render import Renderer
from app.word.redline.runs import Wrappers
from app.word.redline.sameness import Sameness
from app.word.redline.splits import Group, group_splits
from app.word.redline.stream import Entry, Loose, Side, Solid, Status, Whole
from app.word.redline.style_numbers import keep_style_numbers
from app.word.redline.tables import redline_table
from app.word.settle import settle

NO_CHANGE: Final = "These two texts are the same: the redline holds no change."
"""What is told where there is nothing to mark."""

_PARAGRAPHS: Final = frozenset({"paragraph", "section end"})


def redline_files(
    old: bytes,
    new: bytes,
    *,
    author: str = "Union",
    date: datetime | None = None,
    tell: Callable[[str], object] | None = None,
) -> bytes:
    """Write the changes from one Word file to another as tracked changes inside the first.

    Args:
        old: What rejecting all changes gives. Its styles, comments and tracked changes stay.
        new: What accepting all changes gives, as it now stands: its own tracked changes count as accepted.
        author: Whom the changes are attributed to: a side, never a person.
        date: When the changes were made; without it they carry no date.
        tell: Is told where the two are the same.

    Returns:
        The DOCX. Equal input gives equal bytes.

    Raises:
        UnreadableFile: One of the two is no Word file, is damaged, or is beyond the bounds.
    """
    package, other = Package(old), Package(new)
    with not_too_deep():
        redline = Redline(package, other, author=author, date=date)
        redline.write()
    if tell is not None and not redline.changed:
        tell(NO_CHANGE)
    return package.save()


class Redline:
    """The comparison of two open packages; writes into the old one."""

    def __init__(self, old: Package, new: Package, *, author: str, date: datetime | None, moves: bool = True) -> None:
        """Prepare: settle the new file, number what the old one has tracked, pair the notes."""
        self._old, self._new = old, new
        self._moves = moves
        for root in (new.root, *(new.tree_of_kind(kind) for kind in ("footnotes", "endnotes"))):
            if root is not None:
                settle(root, "accept")
        self.signer = Signer(old, author=author, date=date)
        self.borrowing = Borrowing(old, new, self.signer)
        self._own = own = OwnMeaning(old)
        self.old_keys, self.new_keys = Keys(own), Keys(self.borrowing)
        keep_style_numbers(old, new, self.borrowing)
        self.in_place = InPlace(self.signer)
        self._notes = Notes(old, new, self.borrowing, self.in_place)
        self.borrowing.bring_note = self._notes.bring
        self._marks = MarkWriter(
            signer=self.signer, copies=self.borrowing, old_keys=self.old_keys, new_keys=self.new_keys
        )
        _give_section(old, new)
        _give_section(new, old)
        self._margins = Margins(old, new)
        self._ranges = Ranges(self.signer)
        self.paragraphs = Paragraphs(
            ParagraphReader(self.old_keys, self._notes.old_names),
            ParagraphReader(self.new_keys, self._notes.new_names),
            marks=self._marks,
            notes=self._notes,
            ranges=self._ranges,
            container=self.container,
        )
        self._renderer = Renderer(self.signer, self.borrowing, self._marks, Wrappers(self.signer))
        spaces = old.root.nsmap
        same_prefixes = all(spaces.get(prefix, uri) == uri for prefix, uri in new.root.nsmap.items())
        self.same = Sameness(own, self.borrowing, same_prefixes=same_prefixes)

    def write(self) -> None:
        """Compare the bodies, then the notes that both files have, then headers and footers."""
        old_body, new_body = _body(self._old), _body(self._new)
        self.container(old_body, new_body)
        self._section(old_body, new_body)
        for old_note, new_note in self._notes.kept:
            new_part, old_part = self._notes.parts(new_note.tag.rpartition("}")[2])
            self.part(old_part, old_note, new_part, new_note)
        self._notes.put_in_order(self._old)
        self._margins.write(self, self._marks.sections)
        self.borrowing.bookmarks.write()
        show_authors(self._old)

    @property
    def changed(self) -> bool:
        """Whether what has been written holds a change of ours; those that were there before count not."""
        return self.signer.earlier < sum(1 for root in stories(self._old) for _ in changes_in(root))

    def part(self, old_part: str, old: Element, new_part: str, new: Element) -> None:
        """Compare two stretches in parts of their own, which refer to pictures and addresses by ids of their own."""
        self._own.part = old_part
        with self.borrowing.within(new_part, old_part):
            self.container(old, new)
        self._own.part = self._old.main

    def _section(self, old_body: Element, new_body: Element) -> None:
        old, new = (next(body.iterchildren(SECT_PR), None) for body in (old_body, new_body))
        if old is not None and new is not None:
            section = self._marks.section(old, new, self.new_keys)
            old_body.replace(old, section)
            self._marks.sections[section] = (old, new)

    # Blocks

    def container(self, old_parent: Element, new_parent: Element) -> None:
        """Rewrite the blocks in `old_parent` as the redline from them to those in `new_parent`."""
        if old_parent.tag != w("body") and self.same.holds([old_parent], new_parent):
            return
        olds, trailing = read_blocks(old_parent)
        news, _ = read_blocks(new_parent)
        entries = self._entries(old_parent, olds, news)
        entries += [Loose(each) for each in trailing]
        self._renderer.fill(old_parent, settle_ends(entries))

    def _entries(self, holder: Element, olds: list[Block], news: list[Block]) -> list[Entry]:
        live, before = _live(olds)
        groups = self._groups(live, news, [place for place, entries in enumerate(before) if _holds_solid(entries)])
        self._pair_bookmarks(live, news, groups)
        moves = self._find_moves(live, news, groups)
        names = {i: self._ranges.name() for i in moves}
        sources = {j: i for i, j in moves.items()}
        entries: list[Entry] = []
        old_at = new_at = 0
        for group_old, group_new in [*groups, (range(len(live), len(live)), range(len(news), len(news)))]:
            for i in range(old_at, group_old.start):
                target = news[moves[i]] if i in moves else None
                entries += [*before[i], *self._gone(live[i], holder, target, names.get(i, ""))]
            for j in range(new_at, group_new.start):
                i = sources.get(j, -1)
                entries += self._come(news[j], holder, live[i] if i >= 0 else None, names.get(i, ""))
            for i in group_old:
                entries += before[i]
            if group_old:
                entries += self._pair([live[i] for i in group_old], [news[j] for j in group_new])
            old_at, new_at = group_old.stop, group_new.stop
        entries += before[len(live)]
        return moved_stretches(entries, self._ranges, holder) if self._moves else entries

    def _find_moves(self, olds: list[Block], news: list[Block], groups: list[Group]) -> dict[int, int]:
        if not self._moves:
            return {}
        in_old = {i for group, _ in groups for i in group}
        in_new = {j for _, group in groups for j in group}
        free = [i for i in range(len(olds)) if i not in in_old and not has_changes(olds[i].elements)]
        return moved_blocks(olds, news, free, [j for j in range(len(news)) if j not in in_new])

    def _groups(self, olds: list[Block], news: list[Block], barriers: list[int]) -> list[Group]:
        pairs = [(i, j) for i, j in align(olds, news) if self._may_pair(olds[i], news[j])]
        last_old, last_new = len(olds) - 1, len(news) - 1
        groups = group_splits(olds, news, pairs, barriers)
        ends_free = not groups or (groups[-1][0].stop <= last_old and groups[-1][1].stop <= last_new)
        if ends_free and olds and news and olds[-1].kind == news[-1].kind == "paragraph":
            groups.append((range(last_old, last_old + 1), range(last_new, last_new + 1)))
        return groups

    def _pair_bookmarks(self, olds: list[Block], news: list[Block], groups: list[Group]) -> None:
        """Learn what the new file's references mean, before the first of them is compared."""
        if not self.borrowing.bookmarks.are_there:
            return
        for group_old, group_new in groups:
            if len(group_old) == len(group_new) == 1 and olds[group_old[0]].kind in _PARAGRAPHS:
                pair = olds[group_old[0]].elements[-1], news[group_new[0]].elements[-1]
                self.borrowing.bookmarks.pair(*pair)

    def _may_pair(self, old: Block, new: Block) -> bool:
        """Whether the change of properties can be tracked: a second record on top of somebody else's cannot."""
        if old.kind not in _PARAGRAPHS:
            return True
        properties = next(old.elements[-1].iterchildren(PPR), None)
        if properties is None or next(properties.iterchildren(PPR_CHANGE), None) is None:
            return True
        return self._marks.key(Side(old.elements[-1])) == self._marks.key(Side(new.elements[-1], is_new=True))

    def _pair(self, olds: list[Block], news: list[Block]) -> list[Entry]:
        old, new = olds[0], news[0]
        same_text = len(olds) == len(news) == 1 and old.key == new.key
        is_same = same_text and self.same.holds(old.elements, new.elements[-1])
        if old.kind in _PARAGRAPHS:
            if is_same or (same_text and self.paragraphs.show_the_same(old, new)):
                if old.kind == "section end":
                    self._marks.pair_sections(Side(old.elements[-1]), Side(new.elements[-1], is_new=True))
                return [Whole(old.elements)]
            return self.paragraphs.compared(olds, news)
        if not is_same:
            self._compare_solid(old, new)
        return [Solid(old.elements[0])]

    def _compare_solid(self, old: Block, new: Block) -> None:
        """Rewrite a table or what is in a content control; other things are paired only where they are the same."""
        if old.kind == "table":
            redline_table(self, old.elements[0], new.elements[0])
        elif old.kind == "control":
            contents = [next(each.elements[0].iterchildren(SDT_CONTENT), None) for each in (old, new)]
            if contents[0] is not None and contents[1] is not None:
                self.container(contents[0], contents[1])

    def _gone(self, block: Block, holder: Element, target: Block | None, name: str) -> list[Entry]:
        if block.kind in _PARAGRAPHS:
            return self.paragraphs.gone(block, holder, target, name)
        self.paragraphs.strike_notes(block.elements[0])
        return self._tracked(block.kind, block.elements[0], "deleted")

    def _come(self, block: Block, holder: Element, source: Block | None, name: str) -> list[Entry]:
        if block.kind in _PARAGRAPHS:
            return self.paragraphs.come(block, holder, source, name)
        element = self.borrowing.bring(block.elements[0])
        for section, theirs in zip(element.iter(SECT_PR), block.elements[0].iter(SECT_PR), strict=True):
            self._marks.sections[section] = None, theirs
        return self._tracked(block.kind, element, "inserted")

    def _tracked(self, kind: str, element: Element, status: Status) -> list[Entry]:
        """A table or content control that comes or goes whole."""
        if kind == "table":
            self.in_place.table(element, status)
        elif kind == "control":
            shell = element.makeelement(w("body"), nsmap=element.nsmap)
            shell.append(element)
            self.in_place.control(element, status)
            return [Solid(each, status) if each is element else Loose(each) for each in shell]
        return [Solid(element, status)]


def _body(package: Package) -> Element:
    """The body; an empty one where the file has lost it."""
    body = next(package.root.iterchildren(w("body")), None)
    if body is None:
        body = package.root.makeelement(w("body"), nsmap=package.root.nsmap)
        package.root.append(body)
    return body


def _give_section(package: Package, other: Package) -> None:
    """Say of a file's last section what goes without saying, where only the other file says it."""
    body, others = _body(package), _body(other)
    if next(body.iterchildren(SECT_PR), None) is None and next(others.iterchildren(SECT_PR), None) is not None:
        body.append(body.makeelement(SECT_PR, nsmap=body.nsmap))


def _live(olds: list[Block]) -> tuple[list[Block], list[list[Entry]]]:
    """The blocks that count, and what stands before each of them and behind the last.

    That is marks without width, and what others have deleted whole.
    """
    live: list[Block] = []
    before: list[list[Entry]] = [[]]
    for block in olds:
        before[-1] += [Loose(each) for each in block.before]
        if block.is_gone:
            before[-1] += [Solid(each) for each in block.elements]
        else:
            live.append(block)
            before.append([])
    return live, before


def _holds_solid(entries: list[Entry]) -> bool:
    return any(isinstance(entry, Solid) for entry in entries)
