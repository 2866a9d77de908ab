"""Brings content of the new file into the old one's package, with the styles, lists and pictures it needs.

What the old file has already is used, looked up by what it means: a style by id or name, a list by its levels, a
relation by its target. The rest is copied once, under a free id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Final

from app.word.names import (
    ANCHOR,
    CODE,
    FIELD,
    HYPERLINK,
    ID,
    INSTR,
    NAME,
    NOTE_REFERENCES,
    NUM_ID,
    R_SPACE,
    SDT_PR,
    STYLE_ID,
    VAL,
    W14_SPACE,
    W_SPACE,
    Element,
    w,
)
from app.word.package import Package
from app.word.redline.bookmarks import Bookmarks
from app.word.redline.borrowed_relations import BorrowedRelations
from app.word.redline.copies import make_plain
from app.word.redline.ids import Signer, highest, new_root, story_names
from app.word.redline.keys import Keys
from app.word.redline.lists import Lists
from app.word.redline.meanings import OwnMeaning

_STYLES: Final = frozenset({w("pStyle"), w("rStyle"), w("tblStyle")})
_STYLE_LINKS: Final = (w("basedOn"), w("link"), w("next"), w("pStyle"), w("styleLink"), w("numStyleLink"))
_R: Final = f"{{{R_SPACE}}}"
_DROPPED: Final = (f"{{{W_SPACE}}}rsid", f"{{{W14_SPACE}}}paraId", f"{{{W14_SPACE}}}textId")
_PART: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class Borrowing(OwnMeaning):
    """What the ids of the new file are in the old one; copies over what is missing there."""

    def __init__(self, old: Package, new: Package, signer: Signer) -> None:
        """Prepare to look things up in both."""
        super().__init__(new)
        self._holder = old.main  # the part of the old file that content is brought into
        self._old = old
        self._new = new
        self._signer = signer
        self._styles: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._wanted_numbers: dict[str, str] = {}
        self._relations = BorrowedRelations(old, new)
        self._old_styles, self._new_styles = (_styles(package) for package in (old, new))
        self._old_by_name = {_style_name(each): key for key, each in self._old_styles.items()}
        self._old_lists = Lists(old, Keys(OwnMeaning(old)))
        self._new_lists = Lists(new, Keys(self))
        self.bookmarks = Bookmarks(old, new, signer)
        self._drawings: int | None = None
        self.bring_note: Callable[[tuple[str, str]], str] | None = None  # copies a note, answers its id

    @contextmanager
    def within(self, part: str, holder: str) -> Iterator[None]:
        """For a while, bring from another part of the new file, into another part of the old one."""
        before = self.part, self._holder
        self.part, self._holder = part, holder
        try:
            yield
        finally:
            self.part, self._holder = before

    # Styles

    def style(self, style_id: str) -> str:
        """The style of the same id, else of the same name, else the id under which it will be copied."""
        if style_id not in self._styles:
            if style_id in self._old_styles or style_id not in self._new_styles:
                self._styles[style_id] = style_id
            else:
                name = _style_name(self._new_styles[style_id])
                self._styles[style_id] = self._old_by_name.get(name, style_id)
        return self._styles[style_id]

    def known_style(self, style_id: str) -> str | None:
        """The style of the old file that stands for one of the new; None where the old file has none."""
        mapped = self.style(style_id)
        return mapped if mapped in self._old_styles else None

    def _bring_style(self, style_id: str) -> str:
        mapped = self.style(style_id)
        if mapped in self._old_styles or style_id not in self._new_styles:
            return mapped
        holder = self.part_for("styles", "styles")
        copy = deepcopy(self._new_styles[style_id])
        self._old_styles[mapped] = copy
        self._old_by_name[_style_name(copy)] = mapped
        copy.attrib.pop(w("default"), None)
        holder.append(copy)
        self._point(copy)
        return mapped

    def _point(self, root: Element) -> None:
        for each in list(root.iter(*_STYLE_LINKS, NUM_ID)):
            if each.tag == NUM_ID:
                each.set(VAL, self._bring_number(each.get(VAL, "")))
            else:
                each.set(VAL, self._bring_style(each.get(VAL, "")))

    # Lists

    def number(self, num_id: str) -> str:
        """The list with the same levels, by preference under the same id, else the id it will have."""
        if num_id not in self._numbers:
            self._numbers[num_id] = self._find_number(num_id)
        return self._numbers[num_id]

    def _find_number(self, num_id: str) -> str:
        if num_id == "0" or num_id not in self._new_lists.nums:
            return num_id
        key = self._new_lists.key(num_id)
        used = set(self._numbers.values())
        if num_id in self._old_lists.nums and self._old_lists.key(num_id) == key:
            return num_id
        for each in self._old_lists.nums:
            shared = each in self._new_lists.nums and self._new_lists.key(each) == self._old_lists.key(each)
            if each not in used and not shared and self._old_lists.key(each) == key:
                return each
        free = self._old_lists.next_num()
        self._wanted_numbers[num_id] = free
        return free

    def same_list(self, old_num: str, new_num: str) -> bool:
        """Whether a list of the old file and one of the new have the same levels."""
        lists = self._old_lists, self._new_lists
        keys = [each.key(num) if num in each.nums else "" for each, num in zip(lists, (old_num, new_num), strict=True)]
        return keys[0] == keys[1]

    def _bring_number(self, num_id: str) -> str:
        mapped = self.number(num_id)
        if num_id in self._wanted_numbers:
            del self._wanted_numbers[num_id]
            numbering = self.part_for("numbering", "numbering")
            abstract = self._old_lists.add(numbering, mapped, self._new_lists.definition(num_id))
            for each in list(abstract.iter(w("pStyle"), w("styleLink"), w("numStyleLink"))):
                each.set(VAL, self._bring_style(each.get(VAL, "")))
            for each in list(abstract.iter(w("lvlPicBulletId"))):
                each.getparent().remove(each)
        return mapped

    def part_for(self, kind: str, root_name: str) -> Element:
        """The old file's part of a kind, made where there is none."""
        root = self._old.tree_of_kind(kind)
        if root is None:
            name = self._old.add(f"word/{kind}.xml", b"", _PART.format(kind))
            root = new_root(W_SPACE, root_name)
            self._old.put(name, root)
            self._old.relate(self._old.main, f"{R_SPACE}/{kind}", name)
        return root

    def part_for_notes(self, kind: str) -> Element:
        """The part for "footnotes" or "endnotes", made after the new file's where there is none."""
        root = self._old.tree_of_kind(kind)
        if root is not None:
            return root
        root = self.part_for(kind, kind)
        source = self._new.tree_of_kind(kind)
        for note in source if source is not None else ():
            if note.get(w("type"), "normal") != "normal":
                root.append(self.bring(note))
        return root

    # Bookmarks

    def bookmark(self, name: str) -> str:
        """The bookmark of the old file in the same paragraph, else the name under which it will be copied."""
        return self.bookmarks.name(name)

    def code(self, code: str) -> str:
        """A field's code with the bookmarks as the redline calls them."""
        return self.bookmarks.in_code(code)

    # Elements

    def bring(self, element: Element) -> Element:
        """A copy of an element of the new file as it now stands there, with all it refers to at hand."""
        return self.adopt(deepcopy(element))

    def adopt(self, copy: Element) -> Element:
        """The same for a copy that was already made."""
        make_plain(copy)
        for each in list(copy.iter()):
            if not isinstance(each.tag, str):
                continue
            self._adopt(each)
        return copy

    def _adopt(self, each: Element) -> None:
        for key in [key for key in each.attrib if key.startswith(_DROPPED)]:
            del each.attrib[key]
        for key, value in each.attrib.items():
            if key.startswith(_R):
                each.set(key, self._relations.bring(value, self.relation(value), source=self.part, holder=self._holder))
        if each.tag in _STYLES:
            each.set(VAL, self._bring_style(each.get(VAL, "")))
        elif each.tag == NUM_ID:
            each.set(VAL, self._bring_number(each.get(VAL, "")))
        elif each.tag == INSTR:
            each.text = self.code(each.text or "")
        elif each.tag == FIELD:
            each.set(CODE, self.code(each.get(CODE, "")))
        elif each.tag == HYPERLINK and each.get(ANCHOR) is not None:
            each.set(ANCHOR, self.bookmark(each.get(ANCHOR)))
        elif each.tag == ID and each.getparent() is not None and each.getparent().tag == SDT_PR:
            each.set(VAL, self._signer.id())
        elif each.tag in NOTE_REFERENCES and self.bring_note is not None:
            each.set(ID, self.bring_note((NOTE_REFERENCES[each.tag], each.get(ID, ""))))
        elif each.tag.endswith("}docPr") and each.get("id") is not None:
            each.set("id", self._next_drawing())

    def _next_drawing(self) -> str:
        if self._drawings is None:
            roots = (self._old.tree(name) for name in story_names(self._old))
            ids = (each.get("id", "") for root in roots if root is not None for each in root.iter("{*}docPr"))
            self._drawings = highest(ids)
        self._drawings += 1
        return str(self._drawings)


def _styles(package: Package) -> dict[str, Element]:
    root = package.tree_of_kind("styles")
    return {} if root is None else {each.get(STYLE_ID, ""): each for each in root.iterchildren(w("style"))}


def _style_name(style: Element) -> str:
    name = next(style.iterchildren(NAME), None)
    kind = style.get(w("type"), "")
    return f"{kind} {name.get(VAL, '').lower() if name is not None else style.get(STYLE_ID, '')}"
