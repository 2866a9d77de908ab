"""Two Word files in, one out: the old file with the changes to the new one tracked on top.

A stretch of the document (body, cell, note, content control) is cut into blocks, the blocks are aligned, and each pair
is compared: paragraphs word by word, tables row by row. What others have tracked in the old file stays as it is, with
its author; the comparison takes both files as they now stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lxml import etree

from app.word.names import PPR, PPR_CHANGE, SDT_CONTENT, SECT_PR, Element, P, w
from app.word.package import Package
from app.word.redline.align import Group, align, group_splits
from app.word.redline.blocks import NOTE_SIGN, Block, has_changes, read_blocks
from app.word.redline.borrowing import Borrowing, OwnMeaning
from app.word.redline.ids import Signer
from app.word.redline.in_place import InPlace
from app.word.redline.keys import Keys
from app.word.redline.marks import MarkWriter
from app.word.redline.moves import Ranges, moved_blocks, moved_stretches
from app.word.redline.notes import Notes
from app.word.redline.render import Renderer
from app.word.redline.runs import Wrappers
from app.word.redline.stream import Entry, Loose, Mark, Piece, Side, Solid, Status, Whole, joined_pieces, settle_ends
from app.word.redline.tables import redline_table
from app.word.redline.tokens import SPECIAL, Fixed, Item, ParagraphReader, Token
from app.word.redline.words import compare
from app.word.settle import settle

_NOISE: Final = re.compile(
    rb' w:rsid\w*="\w*"| w14:(?:paraId|textId)="\w*"|<w:proofErr [^>]*/>|<w:lastRenderedPageBreak/>'
)
_DECLARED: Final = re.compile(rb' xmlns:\w+="[^"]*"')
_POINTED: Final = re.compile(rb' r:\w+="([^"]*)"')
_NUMBERED: Final = re.compile(rb'<w:numId w:val="([^"]*)"')
_NOTED: Final = (b"footnoteReference", b"endnoteReference")
_MARK: Final = SPECIAL + "¶"


def redline_files(old: bytes, new: bytes, *, author: str = "Union", date: datetime | None = None) -> bytes:
    """Write the changes from one Word file to another as tracked changes inside the first.

    Args:
        old: What rejecting all changes gives. Its styles, headers, comments and tracked changes stay.
        new: What accepting all changes gives, as it now stands: its own tracked changes count as accepted.
        author: Whom the changes are attributed to: a side, never a person.
        date: When the changes were made; without it they carry no date.

    Returns:
        The DOCX. Equal input gives equal bytes.

    Raises:
        UnreadableFile: One of the two is no Word file, is damaged, or is beyond the bounds.
    """
    package, other = Package(old), Package(new)
    Redline(package, other, author=author, date=date).write()
    return package.save()


class Redline:
    """The comparison of two open packages; writes into the old one."""

    def __init__(self, old: Package, new: Package, *, author: str, date: datetime | None, moves: bool = True) -> None:
        """Prepare: settle the new file, number what the old one has tracked, pair the notes."""
        self._old, self._new = old, new
        self._moves = moves
        for kind in ("", "footnotes", "endnotes"):
            name = new.part_of_kind(kind) if kind else new.main
            root = new.tree(name) if name else None
            if root is not None:
                settle(root, "accept")
        self.signer = Signer(old, author=author, date=date)
        self.borrowing = Borrowing(old, new, self.signer)
        self._own = OwnMeaning(old)
        self.old_keys, self.new_keys = Keys(self._own), Keys(self.borrowing)
        self.in_place = InPlace(self.signer)
        self._notes = Notes(old, new, self.borrowing, self.in_place)
        self.borrowing.bring_note = self._notes.bring
        self._old_reader = ParagraphReader(self.old_keys, self._notes.old_names)
        self._new_reader = ParagraphReader(self.new_keys, self._notes.new_names)
        self._marks = MarkWriter(
            signer=self.signer, copies=self.borrowing, old_keys=self.old_keys, new_keys=self.new_keys
        )
        self._renderer = Renderer(self.signer, self.borrowing, self._marks, Wrappers(self.signer))
        self._ranges = Ranges(self.signer)
        spaces = old.root.nsmap
        self._same_prefixes = all(spaces.get(prefix, uri) == uri for prefix, uri in new.root.nsmap.items())

    def write(self) -> None:
        """Compare the bodies, then the notes that both files have."""
        old_body, new_body = (next(package.root.iterchildren(w("body"))) for package in (self._old, self._new))
        self.container(old_body, new_body)
        self._section(old_body, new_body)
        for old_note, new_note in self._notes.kept:
            self.container(old_note, new_note)
        self._notes.put_in_order(self._old)
        show_authors(self._old)

    def _section(self, old_body: Element, new_body: Element) -> None:
        old, new = (next(body.iterchildren(SECT_PR), None) for body in (old_body, new_body))
        if old is not None and new is not None:
            old_body.replace(old, self._marks.section(old, new, self.new_keys))

    # Blocks

    def container(self, old_parent: Element, new_parent: Element) -> None:
        """Rewrite the blocks in `old_parent` as the redline from them to those in `new_parent`."""
        if old_parent.tag != w("body") and self._is_same([old_parent], new_parent):
            return
        olds, trailing = read_blocks(old_parent)
        news, _ = read_blocks(new_parent)
        entries = self._entries(old_parent, olds, news)
        entries += [Loose(each) for each in trailing]
        self._renderer.fill(old_parent, settle_ends(entries))

    def _entries(self, holder: Element, olds: list[Block], news: list[Block]) -> list[Entry]:
        live = [block for block in olds if not block.is_gone]
        groups = self._groups(live, news)
        in_old = {i for group, _ in groups for i in group}
        in_new = {j for _, group in groups for j in group}
        free_old = [i for i in range(len(live)) if i not in in_old]
        free_new = [j for j in range(len(news)) if j not in in_new]
        ours = [i for i in free_old if not has_changes(live[i].elements)]
        moves = moved_blocks(live, news, ours, free_new) if self._moves else {}
        names = {i: self._ranges.name() for i in moves}
        sources = {j: i for i, j in moves.items()}
        entries: list[Entry] = []
        old_at = new_at = place = 0  # place counts in `olds`

        def leave(upto: int) -> None:
            """Take over what stands before a live block: marks without width, and what others have deleted."""
            nonlocal place
            while place < len(olds) and olds[place].is_gone:
                entries.extend(Loose(each) for each in olds[place].before)
                entries.extend(Solid(each) for each in olds[place].elements)
                place += 1
            if upto < len(live):
                entries.extend(Loose(each) for each in olds[place].before)
                place += 1

        for group_old, group_new in [*groups, (range(len(live), len(live)), range(len(news), len(news)))]:
            while old_at < group_old.start:
                leave(old_at)
                entries += self._gone(live[old_at], holder, news, moves.get(old_at), names.get(old_at, ""))
                old_at += 1
            while new_at < group_new.start:
                source = sources.get(new_at)
                name = names.get(source, "") if source is not None else ""
                entries += self._come(news[new_at], holder, live[source] if source is not None else None, name)
                new_at += 1
            for each in group_old:
                leave(each)
            if group_old:
                entries += self._pair([live[i] for i in group_old], [news[j] for j in group_new])
            old_at, new_at = group_old.stop, group_new.stop
        leave(len(live))
        return moved_stretches(entries, self._ranges, holder) if self._moves else entries

    def _groups(self, olds: list[Block], news: list[Block]) -> list[Group]:
        pairs = [(i, j) for i, j in align(olds, news) if self._may_pair(olds[i], news[j])]
        last_old, last_new = len(olds) - 1, len(news) - 1
        groups = group_splits(olds, news, pairs)
        ends_free = not groups or (groups[-1][0].stop <= last_old and groups[-1][1].stop <= last_new)
        if ends_free and olds and news and olds[-1].kind == news[-1].kind == "paragraph":
            groups.append((range(last_old, last_old + 1), range(last_new, last_new + 1)))
        return groups

    def _may_pair(self, old: Block, new: Block) -> bool:
        """Whether the change of properties can be tracked: a second record on top of somebody else's cannot."""
        if old.kind not in {"paragraph", "section end"}:
            return True
        properties = next(old.elements[-1].iterchildren(PPR), None)
        if properties is None or next(properties.iterchildren(PPR_CHANGE), None) is None:
            return True
        return self._marks.key(Side(old.elements[-1])) == self._marks.key(Side(new.elements[-1], is_new=True))

    def _pair(self, olds: list[Block], news: list[Block]) -> list[Entry]:
        old, new = olds[0], news[0]
        if len(olds) == len(news) == 1 and old.key == new.key and self._is_same(old.elements, new.elements[-1]):
            if old.kind in {"paragraph", "section end"}:
                return [Whole(old.elements)]
            return [Solid(old.elements[0])]
        if old.kind == "table":
            return [Solid(redline_table(self, old.elements[0], new.elements[0]))]
        if old.kind == "control":
            self._controls(old.elements[0], new.elements[0])
            return [Solid(old.elements[0])]
        if old.kind == "other":
            return [Solid(old.elements[0])]
        if len(olds) == len(news) == 1 and old.key == new.key and self._shows_the_same(old, new):
            return [Whole(old.elements)]
        return self._paragraphs(olds, news)

    def _shows_the_same(self, old: Block, new: Block) -> bool:
        """Whether two paragraphs differ only in how their text is cut into runs."""
        if len(old.elements) != 1 or NOTE_SIGN in old.key:
            return False
        element, other = old.elements[0], new.elements[-1]
        if self._marks.differs(Side(element), Side(other, is_new=True)):
            return False
        return self._old_reader.outline(element) == self._new_reader.outline(other)

    def _controls(self, old: Element, new: Element) -> None:
        contents = [next(each.iterchildren(SDT_CONTENT), None) for each in (old, new)]
        if contents[0] is not None and contents[1] is not None:
            self.container(contents[0], contents[1])

    def _is_same(self, olds: Sequence[Element], new: Element) -> bool:
        """Whether two elements are the same to the byte, revision ids apart, and mean the same."""
        if len(olds) != 1:
            return False
        raws = [etree.tostring(each, with_tail=False) for each in (olds[0], new)]
        if self._same_prefixes:
            raws = [_without_declarations(raw) for raw in raws]
        if raws[0] != raws[1]:
            raws = [_NOISE.sub(b"", raw) for raw in raws]
        if raws[0] != raws[1] or any(noted in raws[0] for noted in _NOTED):
            return False
        return all(
            self._own.relation(each.decode()) == self.borrowing.relation(each.decode())
            for each in _POINTED.findall(raws[0])
        ) and all(self.borrowing.number(each.decode()) == each.decode() for each in _NUMBERED.findall(raws[0]))  # fmt: skip

    # Paragraphs

    def _gone(self, block: Block, holder: Element, news: list[Block], moved: int | None, name: str) -> list[Entry]:
        if block.kind not in {"paragraph", "section end"}:
            element = block.elements[0]
            self.strike_notes(element)
            return self._tracked(block.kind, element, "deleted")
        items = self._old_items(block)
        away: Status = "deleted" if moved is None else "moved away"
        statuses: list[Status] = [away] * len(items)
        if moved is not None:
            statuses = _fates(items, self._new_items(news[moved]), WHERE_OLD)
        entries = _as_entries(items, statuses, old=True)
        entries.append(Mark(away, old=Side(block.elements[-1])))
        self._note_fates(entries)
        return self._ranged(entries, holder, name, here=False)

    def _come(self, block: Block, holder: Element, source: Block | None, name: str) -> list[Entry]:
        if block.kind not in {"paragraph", "section end"}:
            return self._tracked(block.kind, self.borrowing.bring(block.elements[0]), "inserted")
        items = self._new_items(block)
        here: Status = "inserted" if source is None else "moved here"
        statuses: list[Status] = [here] * len(items)
        if source is not None:
            statuses = _fates(items, self._old_items(source), WHERE_NEW)
        entries = _as_entries(items, statuses, old=False)
        entries.append(Mark(here, new=Side(block.elements[-1], is_new=True)))
        return self._ranged(entries, holder, name, here=True)

    def _tracked(self, kind: str, element: Element, status: Status) -> list[Entry]:
        """A table or content control that comes or goes whole."""
        if kind == "table":
            self.in_place.table(element, status)
        elif kind == "control":
            shell = element.makeelement(w("body"), nsmap=element.nsmap)
            shell.append(element)
            self.in_place.control(element, status)
            return [Loose(shell[0]), Solid(element, status), Loose(shell[2])]
        return [Solid(element, status)]

    def _ranged(self, entries: list[Entry], holder: Element, name: str, *, here: bool) -> list[Entry]:
        if not name:
            return entries
        start, end = self._ranges.around(holder, name, here=here)
        return [Fixed(start), *entries, Loose(end)]

    def _old_items(self, block: Block) -> list[Item | Mark]:
        items: list[Item | Mark] = []
        for element in block.elements:
            if element.tag != P:
                items.append(Fixed(element))
                continue
            if items:
                items.append(Mark("kept", old=Side(block.elements[0]), is_fixed=True))
            items += self._old_reader.read(element)
        _name_fixed_marks(items, [each for each in block.elements if each.tag == P])
        return items

    def _new_items(self, block: Block) -> list[Item | Mark]:
        return [item for item in self._new_reader.read(block.elements[-1]) if isinstance(item, Token)]

    def _paragraphs(self, olds: list[Block], news: list[Block]) -> list[Entry]:
        old_items: list[Item | Mark] = []
        new_items: list[Item | Mark] = []
        for index, block in enumerate(olds):
            old_items += self._old_items(block)
            if index < len(olds) - 1:
                old_items.append(Mark("deleted", old=Side(block.elements[-1])))
        for index, block in enumerate(news):
            new_items += self._new_items(block)
            if index < len(news) - 1:
                new_items.append(Mark("inserted", new=Side(block.elements[-1], is_new=True)))
        entries = _merged(old_items, new_items)
        old_side, new_side = Side(olds[-1].elements[-1]), Side(news[-1].elements[-1], is_new=True)
        differs = self._marks.differs(old_side, new_side)
        self._note_fates(entries)
        if len(olds) == 1 and not differs and all(_is_unchanged(each) for each in entries):
            return [Whole(olds[0].elements)]
        return [*entries, Mark("kept", old=old_side, new=new_side if differs else None)]

    def _note_fates(self, entries: Sequence[Entry]) -> None:
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


WHERE_OLD: Final = 0
WHERE_NEW: Final = 1


def _keys(items: Sequence[Item | Mark]) -> list[str]:
    """Keys of what is compared: tokens, and paragraph marks within the stretch."""
    return [
        item.key if isinstance(item, Token) else _MARK
        for item in items
        if isinstance(item, Token) or (isinstance(item, Mark) and not item.is_fixed)
    ]


def _merged(olds: list[Item | Mark], news: list[Item | Mark]) -> list[Entry]:
    """One sequence of what is kept, deleted and inserted."""
    entries: list[Entry] = []
    at = 0

    def take(count: int, status: Status, partners: Sequence[Item | Mark] = ()) -> None:
        nonlocal at
        done = 0
        while done < count:
            item = olds[at]
            at += 1
            if isinstance(item, Token):
                partner = partners[done] if partners else None
                done += 1
                entries.append(Piece(status, item, partner if isinstance(partner, Token) else None))
            elif isinstance(item, Fixed) or item.is_fixed:
                entries.append(item)
            else:
                partner = partners[done] if partners else None
                done += 1
                item.status = status
                item.new = partner.new if isinstance(partner, Mark) else None
                entries.append(item)

    for equal, i, j, k, m in compare(_keys(olds), _keys(news)):
        if equal:
            take(j - i, "kept", news[k:m])
        else:
            take(j - i, "deleted")
            entries += (Piece("inserted", new=each) if isinstance(each, Token) else each for each in news[k:m])
    entries += [item for item in olds[at:] if not isinstance(item, Token)]
    return joined_pieces(entries)


def _fates(items: Sequence[Item | Mark], others: Sequence[Item | Mark], where: int) -> list[Status]:
    """What becomes of each token of a moved paragraph at one of its two places."""
    keys, other = _keys(items), _keys(others)
    shared: Status = "moved away" if where == WHERE_OLD else "moved here"
    lone: Status = "deleted" if where == WHERE_OLD else "inserted"
    fates: list[Status] = []
    for equal, i, j, k, m in compare(keys, other) if where == WHERE_OLD else compare(other, keys):
        size = j - i if where == WHERE_OLD else m - k
        fates += [shared if equal else lone] * size
    found = iter(fates)
    return [next(found) if isinstance(item, Token) else "kept" for item in items]


def _as_entries(items: Sequence[Item | Mark], statuses: Sequence[Status], *, old: bool) -> list[Entry]:
    return [
        (Piece(status, old=item) if old else Piece(status, new=item)) if isinstance(item, Token) else item
        for item, status in zip(items, statuses, strict=True)
    ]


def _is_unchanged(entry: Entry) -> bool:
    if isinstance(entry, Fixed):
        return True
    if isinstance(entry, Mark):
        return entry.is_fixed
    if not isinstance(entry, Piece) or entry.status != "kept" or entry.old is None:
        return False
    if entry.new is None:
        return True
    olds, news = entry.old.solid, entry.new.solid
    if len(olds) == len(news) == 1:
        return olds[0].format == news[0].format
    return {part.format for part in olds} == {part.format for part in news} and len({p.format for p in olds}) == 1


def _name_fixed_marks(items: list[Item | Mark], paragraphs: list[Element]) -> None:
    sides = iter(paragraphs)
    for item in items:
        if isinstance(item, Mark):
            item.old = Side(next(sides))


def _without_declarations(raw: bytes) -> bytes:
    head, closing, rest = raw.partition(b">")
    return _DECLARED.sub(b"", head) + closing + rest


def show_authors(package: Package) -> None:
    """Word would replace every author with "Author" on saving under these settings."""
    name = package.part_of_kind("settings")
    root = package.tree(name) if name else None
    for each in list(root) if root is not None else ():
        if each.tag in {w("removePersonalInformation"), w("removeDateAndTime")}:
            root.remove(each)
