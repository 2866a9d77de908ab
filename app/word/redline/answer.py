"""Our answer inside the other side's own file: their text, formatting, comments and tracked changes, ours on top.

An edit names a paragraph by the place that the reader gave it. Words that stay keep their look; a new word looks like
the words it replaces, a new paragraph like the one that it follows. Accepting everything gives our text. Rejecting what
is ours gives their file back, with their own tracked changes still theirs to settle.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.errors import InvalidInput
from app.text.docx_places import paragraph_places
from app.word.authors import show_authors
from app.word.names import ID, NO_WIDTH, NOTE_REFERENCES, SECT_PR, TC_PR, Element, P, w
from app.word.package import Package, not_too_deep
from app.word.redline.blocks import mark_is_gone
from app.word.redline.copies import OwnCopies
from app.word.redline.edits import Edit, NewParagraph, Orders, give_orders
from app.word.redline.ends import settle_ends
from app.word.redline.ids import Signer
from app.word.redline.in_place import InPlace
from app.word.redline.keys import Keys
from app.word.redline.marks import MarkWriter
from app.word.redline.meanings import OwnMeaning
from app.word.redline.moves import Ranges, moved_stretches
from app.word.redline.paragraph_reader import ParagraphReader
from app.word.redline.render import Renderer
from app.word.redline.rewording import Reworder, plain_tokens
from app.word.redline.runs import Wrappers
from app.word.redline.stream import Entry, Loose, Mark, Opened, Piece, Side, Solid, Status, Whole
from app.word.redline.tokens import Token


def answer_in_file(
    theirs: bytes, edits: Sequence[Edit], *, author: str = "Union", date: datetime | None = None
) -> bytes:
    """Write our edits into their file as tracked changes.

    Args:
        theirs: The other side's file. Everything in it stays, their tracked changes with their authors.
        edits: What we change. Several insertions after one paragraph come in the order given.
        author: Whom our changes are attributed to: a side, never a person.
        date: When they were made; without it they carry no date.

    Returns:
        The DOCX. Equal input gives equal bytes; without edits it is their file.

    Raises:
        InvalidInput: An edit names no paragraph of the file, or not the words that it was made for.
        UnreadableFile: Their file is no Word file, is damaged, or is beyond the bounds.
    """
    if not edits:
        return theirs
    package = Package(theirs)
    with not_too_deep():
        _Answer(package, Signer(package, author=author, date=date)).write(edits)
    return package.save()


def refusals(theirs: bytes, edits: Sequence[Edit]) -> list[str]:
    """Why each edit, taken alone, can not be made in this file; "" where it can."""
    package = Package(theirs)
    with not_too_deep():
        placed = paragraph_places(package.root, package.tree_of_kind("styles"))
    reasons = []
    for edit in edits:
        try:
            give_orders(edit, placed, {})
            reasons.append("")
        except InvalidInput as error:
            reasons.append(str(error))
    return reasons


class _Answer:
    def __init__(self, package: Package, signer: Signer) -> None:
        self._package = package
        self._signer = signer
        keys = Keys(OwnMeaning(package))
        copies = OwnCopies()
        self._notes = _own_notes(package)
        self._in_place = InPlace(signer)
        self._reader = ParagraphReader(keys, {key: key[1] for key in self._notes})
        marks = MarkWriter(signer=signer, copies=copies, old_keys=keys, new_keys=keys)
        self._renderer = Renderer(signer, copies, marks, Wrappers(signer))
        self._reworder = Reworder(self._reader)
        self._ranges = Ranges(signer)

    def write(self, edits: Sequence[Edit]) -> None:
        placed = paragraph_places(self._package.root, self._package.tree_of_kind("styles"))
        orders: dict[Element, Orders] = {}
        for edit in edits:
            give_orders(edit, placed, orders)
        for parent in dict.fromkeys(paragraph.getparent() for paragraph in orders):
            self._container(parent, orders)
        show_authors(self._package)

    def _container(self, parent: Element, orders: dict[Element, Orders]) -> None:
        entries: list[Entry] = []
        waiting: tuple[Element, list[NewParagraph]] | None = None  # paragraphs to insert once the line has ended
        for child in parent:
            if child.tag != P:
                if child.tag not in {SECT_PR, TC_PR}:
                    entries.append(Loose(child) if child.tag in NO_WIDTH else Solid(child))
                continue
            order = orders.get(child, Orders())
            entries += self._paragraph(child, order)
            if order.after:
                waiting = (child, [*(waiting[1] if waiting else []), *order.after])
            if waiting is not None and not mark_is_gone(child):
                entries += self._inserted(*waiting)
                waiting = None
        entries = moved_stretches(entries, self._ranges, parent)
        for entry in entries:
            if isinstance(entry, Piece) and entry.status in {"deleted", "moved away"} and entry.old is not None:
                self._strike_note(entry.old)
        settled = settle_ends(entries)
        last = next((entry for entry in reversed(settled) if not isinstance(entry, Loose)), None)
        if isinstance(last, Mark) and last.status == "deleted":
            last.status = "kept"  # a file and a cell end in a paragraph, be it empty
        self._renderer.fill(parent, settled)

    def _paragraph(self, paragraph: Element, order: Orders) -> list[Entry]:
        side, gone_already = Side(paragraph), mark_is_gone(paragraph)
        if order.text is None and not order.gone:
            if gone_already:
                return [Opened([paragraph]), Mark("kept", old=side, is_fixed=True)]
            return [Whole([paragraph])]
        entries: list[Entry]
        if order.gone:
            items = self._reader.read(paragraph)
            entries = [Piece("deleted", old=each) if isinstance(each, Token) else each for each in items]
        else:
            entries = self._reworder.reworded(paragraph, order.text or "")
        status: Status = "deleted" if order.gone and not gone_already else "kept"
        return [*entries, Mark(status, old=side, is_fixed=gone_already)]

    def _inserted(self, after: Element, paragraphs: Sequence[NewParagraph]) -> list[Entry]:
        entries: list[Entry] = []
        for each in paragraphs:
            model = after if each.like is None else each.like
            look = self._reworder.look(model)
            entries += (Piece("inserted", new=token) for token in plain_tokens(each.text, look))
            entries.append(Mark("inserted", new=Side(model)))
        return entries

    def _strike_note(self, token: Token) -> None:
        if token.note in self._notes:
            self._in_place.blocks(self._notes[token.note], "deleted", marks=False)


def _own_notes(package: Package) -> dict[tuple[str, str], Element]:
    found: dict[tuple[str, str], Element] = {}
    for kind in NOTE_REFERENCES.values():
        root = package.tree_of_kind(f"{kind}s")
        for each in root.iterchildren(w(kind)) if root is not None else ():
            found[kind, each.get(ID, "")] = each
    return found
