"""Footnotes and endnotes: which belong together, and what becomes of those that come and go."""

from __future__ import annotations

from copy import deepcopy

from app.word.names import ID, NOTE_REFERENCES, Element, P, w
from app.word.package import Package
from app.word.redline.align import Alignable, align
from app.word.redline.blocks import text_of
from app.word.redline.borrowing import Borrowing
from app.word.redline.ids import highest
from app.word.redline.in_place import InPlace

Key = tuple[str, str]
"""Kind and id of a note."""


class Notes:
    """The notes of the old and the new file, and what happens to them."""

    def __init__(self, old: Package, new: Package, borrowing: Borrowing, in_place: InPlace) -> None:
        """Pair the notes of the two files by their texts, in the order in which they are referred to."""
        self._new_parts = {kind: new.part_of_kind(f"{kind}s") or new.main for kind in NOTE_REFERENCES.values()}
        self._package = old
        self._borrowing = borrowing
        self._in_place = in_place
        self._old, self._new = _notes(old), _notes(new)
        self.old_names: dict[Key, str] = {}
        self.new_names: dict[Key, str] = {}
        self.kept: list[tuple[Element, Element]] = []
        self._struck: set[Key] = set()
        self._brought: set[str] = set()
        self._last: dict[str, int] = {}  # id of the last note of a kind
        for kind in NOTE_REFERENCES.values():
            olds, news = _referred(old, kind, self._old), _referred(new, kind, self._new)
            self.old_names.update({key: f"old {key[1]}" for key in olds})
            self.new_names.update({key: f"new {key[1]}" for key in news})
            described = [
                [_described(notes[key]) for key in keys] for notes, keys in ((self._old, olds), (self._new, news))
            ]
            for i, j in align(*described):
                self.new_names[news[j]] = self.old_names[olds[i]]

    def keep(self, old: Key, new: Key) -> None:
        """A reference is kept: what changed in the note itself is tracked in it later."""
        if old in self._old and new in self._new:
            self.kept.append((self._old[old], self._new[new]))

    def strike(self, key: Key) -> None:
        """A reference goes, and the note's words with it."""
        if key in self._old and key not in self._struck:
            self._struck.add(key)
            self._in_place.blocks(self._old[key], "deleted", marks=False)

    def bring(self, key: Key) -> str:
        """A reference comes: copy its note into the old file; answers its id there."""
        if key not in self._new:
            return key[1]
        kind = key[0]
        self._brought.add(kind)
        holder = self._borrowing.part_for_notes(f"{kind}s")
        with self._borrowing.within(*self.parts(kind)):
            note = self._borrowing.adopt(deepcopy(self._new[key]))
        number = self._last.get(kind) or highest(each.get(ID, "") for each in holder)
        self._last[kind] = number + 1
        note.set(ID, str(number + 1))
        holder.append(note)
        self._in_place.blocks(note, "inserted", marks=False)
        return str(number + 1)

    def parts(self, kind: str) -> tuple[str, str]:
        """The parts that hold the notes of a kind: the new file's and the old one's."""
        return self._new_parts[kind], self._package.part_of_kind(f"{kind}s") or self._package.main

    def put_in_order(self, package: Package) -> None:
        """Number and order notes by their references, which is how some programs tell them apart."""
        for kind in sorted(self._brought):
            root = package.tree_of_kind(f"{kind}s")
            if root is None:
                continue
            references = list(package.root.iter(w(f"{kind}Reference")))
            special = [each for each in root if each.get(w("type"), "normal") != "normal"]
            first = highest(each.get(ID, "") for each in special) + 1
            ids = {each: str(number) for number, each in enumerate(dict.fromkeys(r.get(ID) for r in references), first)}
            notes = {each.get(ID): each for each in root if each.get(w("type"), "normal") == "normal"}
            for reference in references:
                reference.set(ID, ids[reference.get(ID)])
            ordered = [notes.pop(each) for each in ids if each in notes]
            for note in ordered:
                note.set(ID, ids[note.get(ID)])
            for number, note in enumerate(notes.values(), first + len(ids)):
                note.set(ID, str(number))
            root[:] = [*special, *ordered, *notes.values()]


def _notes(package: Package) -> dict[Key, Element]:
    found: dict[Key, Element] = {}
    for kind in NOTE_REFERENCES.values():
        root = package.tree_of_kind(f"{kind}s")
        for each in root.iterchildren(w(kind)) if root is not None else ():
            if each.get(w("type"), "normal") == "normal":
                found[kind, each.get(ID, "")] = each
    return found


def _referred(package: Package, kind: str, notes: dict[Key, Element]) -> list[Key]:
    keys = ((kind, each.get(ID, "")) for each in package.root.iter(w(f"{kind}Reference")))
    return [key for key in dict.fromkeys(keys) if key in notes]


def _described(note: Element) -> Alignable:
    text = "\n".join(text_of(each) for each in note.iter(P))
    return Alignable("note", text, loose=True)
