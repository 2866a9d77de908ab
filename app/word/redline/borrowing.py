"""Brings content of the new file into the old one's package, with the styles, lists and pictures it needs.

What the old file has already is used, looked up by what it means: a style by id or name, a list by its levels, a
relation by its target. The rest is copied once, under a free id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Final, Protocol

from app.word.names import (
    ANCHOR,
    CODE,
    COMES,
    COMMENT_REFERENCE,
    FIELD,
    GOES,
    HYPERLINK,
    ID,
    INSTR,
    NAME,
    NO_WIDTH,
    NOTE_REFERENCES,
    NUM_ID,
    PROPERTY_CHANGES,
    R_SPACE,
    RPR,
    SDT_PR,
    STYLE_ID,
    VAL,
    W14_SPACE,
    W_SPACE,
    Element,
    R,
    w,
)
from app.word.package import Package, is_external
from app.word.redline.bookmarks import Bookmarks
from app.word.redline.ids import Signer, new_root, story_names
from app.word.redline.keys import Keys
from app.word.redline.lists import LIST_NOISE, Lists

STYLES: Final = frozenset({w("pStyle"), w("rStyle"), w("tblStyle")})
_STYLE_LINKS: Final = (w("basedOn"), w("link"), w("next"), w("pStyle"), w("styleLink"), w("numStyleLink"))
_R: Final = f"{{{R_SPACE}}}"
_DROPPED: Final = (f"{{{W_SPACE}}}rsid", f"{{{W14_SPACE}}}paraId", f"{{{W14_SPACE}}}textId")
_HEADER_REFERENCES: Final = frozenset({w("headerReference"), w("footerReference")})
_PART: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class OwnMeaning:
    """What the ids of the old file mean: themselves, and for relations their target."""

    def __init__(self, package: Package) -> None:
        """Prepare to look up relations."""
        self.part = package.main  # whose relations are meant: the main part, a header, the notes
        self._package = package
        self._targets: dict[tuple[str, str], str] = {}

    def style(self, style_id: str) -> str:
        """A style is called as it is."""
        return style_id

    def number(self, num_id: str) -> str:
        """So is a list."""
        return num_id

    def bookmark(self, name: str) -> str:
        """So is a bookmark."""
        return name

    def code(self, code: str) -> str:
        """So is what a field's code names."""
        return code

    def relation(self, relation_id: str) -> str:
        """The address, or a digest of the part."""
        key = self.part, relation_id
        if key not in self._targets:
            relation = self._package.relations(self.part).get(relation_id)
            self._targets[key] = "" if relation is None else meaning_of(self._package, self.part, relation)
        return self._targets[key]


def meaning_of(package: Package, part: str, relation: Element) -> str:
    """What a relation of a part points to, the same for two files that hold the same thing."""
    target = package.target(part, relation)
    if is_external(relation) or not package.has(target):
        return target
    return hashlib.sha256(package.read(target)).hexdigest()


class Copies(Protocol):
    """Where content for insertion comes from."""

    def bring(self, element: Element) -> Element:
        """A copy of an element, fit to be inserted into the redline."""


class OwnCopies:
    """Content that takes its look from the file itself."""

    def bring(self, element: Element) -> Element:
        """A copy without what is tracked in it."""
        copy = deepcopy(element)
        _settle(copy)
        return copy


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
        self._relations: dict[tuple[str, str, str], str] = {}
        self._parts: dict[str, str] = {}
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
            holder = self.part_for("numbering", "numbering")
            num, abstract = (deepcopy(each) for each in self._new_lists.definition(num_id))
            for each in (num, abstract):
                for noise in [each_noise for each_noise in each if each_noise.tag in LIST_NOISE]:
                    each.remove(noise)
            free = self._old_lists.next_abstract()
            abstract.set(w("abstractNumId"), free)
            num.set(NUM_ID, mapped)
            for pointer in num.iterchildren(w("abstractNumId")):
                pointer.set(VAL, free)
            lists = [index for index, each in enumerate(holder) if each.tag == w("abstractNum")]
            holder.insert(lists[-1] + 1 if lists else 0, abstract)
            nums = [index for index, each in enumerate(holder) if each.tag == w("num")]
            holder.insert(nums[-1] + 1 if nums else len(holder), num)
            for each in list(abstract.iter(w("pStyle"), w("styleLink"), w("numStyleLink"))):
                each.set(VAL, self._bring_style(each.get(VAL, "")))
            for each in list(abstract.iter(w("lvlPicBulletId"))):
                each.getparent().remove(each)
        return mapped

    def part_for(self, kind: str, root_name: str) -> Element:
        """The old file's part of a kind, made where there is none."""
        name = self._old.part_of_kind(kind)
        root = self._old.tree(name) if name else None
        if root is None:
            name = self._old.add(f"word/{kind}.xml", b"", _PART.format(kind))
            root = new_root(W_SPACE, root_name)
            self._old.put(name, root)
            self._old.relate(self._old.main, f"{R_SPACE}/{kind}", name)
        return root

    def part_for_notes(self, kind: str) -> Element:
        """The part for "footnotes" or "endnotes", made after the new file's where there is none."""
        name = self._old.part_of_kind(kind)
        root = self._old.tree(name) if name else None
        if root is not None:
            return root
        root = self.part_for(kind, kind)
        source_name = self._new.part_of_kind(kind)
        source = self._new.tree(source_name) if source_name else None
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

    # Relations and parts

    def _bring_relation(self, relation_id: str) -> str:
        place = self.part, self._holder, relation_id
        if place not in self._relations:
            relation = self._new.relations(self.part).get(relation_id)
            if relation is None:
                return relation_id
            meaning, kind = self.relation(relation_id), relation.get("Type", "")
            known = (
                key
                for key, each in self._old.relations(self._holder).items()
                if each.get("Type") == kind and meaning_of(self._old, self._holder, each) == meaning
            )
            found = next(known, "")
            self._relations[place] = found or self._copy_relation(self.part, self._holder, relation)
        return self._relations[place]

    def _copy_relation(self, source: str, holder: str, relation: Element) -> str:
        target, kind = self._new.target(source, relation), relation.get("Type", "")
        if is_external(relation) or not self._new.has(target):
            return self._old.relate(holder, kind, target, external=is_external(relation))
        if target not in self._parts:
            name = self._old.add(target, self._new.read(target), self._new.content_type(target))
            self._parts[target] = name
            for key, each in self._new.relations(target).items():
                inner = self._copy_relation(target, name, each)
                if inner != key:
                    self._old.relations(name)[inner].set("Id", key)
        return self._old.relate(holder, kind, self._parts[target])

    # Elements

    def bring(self, element: Element) -> Element:
        """A copy of an element of the new file as it now stands there, with all it refers to at hand."""
        return self.adopt(deepcopy(element))

    def adopt(self, copy: Element) -> Element:
        """The same for a copy that was already made."""
        _settle(copy)
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
                each.set(key, self._bring_relation(value))
        if each.tag in STYLES:
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
            self._drawings = max((int(each) for each in ids if each.isdigit()), default=0)
        self._drawings += 1
        return str(self._drawings)


def _styles(package: Package) -> dict[str, Element]:
    name = package.part_of_kind("styles")
    root = package.tree(name) if name else None
    return {} if root is None else {each.get(STYLE_ID, ""): each for each in root.iterchildren(w("style"))}


def _style_name(style: Element) -> str:
    name = next(style.iterchildren(NAME), None)
    kind = style.get(w("type"), "")
    return f"{kind} {name.get(VAL, '').lower() if name is not None else style.get(STYLE_ID, '')}"


def _settle(root: Element) -> None:
    """Accept what is tracked in a copy, and take out what belongs to the file that it came from."""
    for each in list(root.iter(*GOES, *PROPERTY_CHANGES, *NO_WIDTH, *_HEADER_REFERENCES)):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    for each in list(root.iter(COMMENT_REFERENCE)):
        run = each.getparent()
        run.remove(each)
        if run.tag == R and not any(child.tag != RPR for child in run) and run.getparent() is not None:
            run.getparent().remove(run)
    for each in list(root.iter(*COMES)):
        parent = each.getparent()
        if parent is None:
            continue
        for child in list(each):
            each.addprevious(child)
        parent.remove(each)
