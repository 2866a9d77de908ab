"""The parts of the redline that hold headers and footers: each is one of the old file and becomes one of the new."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from app.word.names import (
    ID,
    MARK_CHANGES,
    NAME,
    PPR,
    PROPERTY_CHANGES,
    R_SPACE,
    RPR,
    SDT_PR,
    VAL,
    Element,
    P,
    R,
    w,
)
from app.word.package import Package, is_external
from app.word.redline.ids import NUMBERED
from app.word.redline.margin_places import ROOTS, Place
from app.word.settle import has_changes, settle

if TYPE_CHECKING:
    from app.word.redline.engine import Redline

_KINDS: Final = {w("hdr"): "header", w("ftr"): "footer"}
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_BOOKMARKS: Final = (w("bookmarkStart"), w("bookmarkEnd"))


class MarginParts:
    """Makes the parts, each pair once; the first that an old part is asked for is written into that part itself."""

    def __init__(self, old: Package, new: Package, redline: Redline) -> None:
        """Prepare."""
        self._old, self._new = old, new
        self._redline = redline
        self._as_they_were: dict[str, Element] = {}
        self._made: dict[tuple[str, str, str], str] = {}  # by tag, old part, and content of the new one
        self._relations: dict[str, str] = {}  # by part: the id under which the main part refers to it
        self._numbers = dict.fromkeys(_KINDS.values(), 0)
        self._sources: dict[str, str] = {}
        self._becomes: dict[str, str] = {}  # by part: its content once the changes are accepted

    def paired(self, place: Place, before: str, after: str) -> str:
        """The part with the words of `before` when rejected and of `after` when accepted; "" for nothing either way."""
        tag = place[0]
        key = tag, before, self._content(after)
        if key not in self._made and (before or key[2]):
            self._made[key] = name = self._part(tag, before, after)
            self._sources[name], self._becomes[name] = before, key[2]
            self._compare(name, after if key[2] else "")
        return self._made.get(key, "")

    def that_becomes(self, place: Place, after: str, inherited: str) -> str:
        """A part that has these words when accepted, for a section that the old file lacks."""
        content = self._content(after)
        if inherited and self._becomes.get(inherited) == content:
            return inherited
        tag = place[0]
        same = (part for (each, _, becomes), part in self._made.items() if each == tag and becomes == content != "")
        return next(same, "") or self.paired(place, "", after)

    def was(self, part: str) -> str:
        """The part of the old file whose words a part has when the changes are rejected; "" for none."""
        return self._sources.get(part, part)

    def is_tracked(self, part: str) -> bool:
        """Whether changes are tracked in a part. LibreOffice loses them where a section inherits it."""
        return bool(part) and has_changes(_tree(self._old, part))

    def blank(self, place: Place) -> str:
        """A part that shows nothing either way."""
        key = place[0], "", ""
        if key not in self._made:
            root = self._old.root.makeelement(ROOTS[place[0]], nsmap=self._old.root.nsmap)
            root.append(root.makeelement(P, nsmap=root.nsmap))
            self._made[key] = name = self._add(root)
            self._sources[name] = self._becomes[name] = ""
        return self._made[key]

    def relation(self, name: str) -> str:
        """The id under which the main part refers to a part."""
        main = self._old.main
        if not self._relations:
            known = self._old.relations(main).items()
            self._relations = {self._old.target(main, each): key for key, each in known if not is_external(each)}
        if name not in self._relations:
            kind = _KINDS[_tree(self._old, name).tag]
            self._relations[name] = self._old.relate(main, f"{R_SPACE}/{kind}", name)
        return self._relations[name]

    # Making

    def _content(self, name: str) -> str:
        """The same for two parts of the new file that show the same; "" where nothing shows."""
        if not name or _is_blank(_tree(self._new, name)):
            return ""
        relations = self._new.relations_name(name)
        pieces = [self._new.read(each) for each in (name, relations) if self._new.has(each)]
        return hashlib.sha256(b"\0".join(pieces)).hexdigest()

    def _part(self, tag: str, before: str, after: str) -> str:
        if not before:
            source = _tree(self._new, after)
            root = _shell(source)
            name = self._add(root)
            with self._redline.borrowing.within(after, name):
                root.append(self._redline.borrowing.adopt(_empty_paragraph(source)))
            return name
        if before in self._as_they_were:
            return self._copy(before)
        self._as_they_were[before] = deepcopy(_tree(self._old, before))
        return before

    def _compare(self, name: str, after: str) -> None:
        root = _tree(self._old, name)
        if after:
            other = _tree(self._new, after)
            settle(other, "accept")
        elif _is_blank(root):
            return
        else:
            other = _shell(root)
            other.append(_empty_paragraph(root))
        self._redline.part(name, root, after or self._new.main, other)

    def _add(self, root: Element) -> str:
        kind = _KINDS[root.tag]
        while self._old.has(free := f"word/{kind}{self._numbers[kind]}.xml") or not self._numbers[kind]:
            self._numbers[kind] += 1
        name = self._old.add(free, b"", _TYPE.format(kind))
        self._old.put(name, root)
        return name

    def _copy(self, before: str) -> str:
        root = deepcopy(self._as_they_were[before])
        name = self._add(root)
        for key, each in self._old.relations(before).items():
            target = self._old.target(before, each)
            self._old.relate(name, each.get("Type", ""), target, external=is_external(each), wanted=key)
        self._number_anew(root)
        return name

    def _number_anew(self, root: Element) -> None:
        """Ids and names that only one thing in a file may have."""
        signer = self._redline.signer
        for each in list(root.iter(*_BOOKMARKS)):
            each.getparent().remove(each)
        ids: dict[str, str] = {}
        names: dict[str, str] = {}
        for each in root.iter(*NUMBERED):
            old = each.get(ID, "")
            ids[old] = ids.get(old) or signer.id()
            each.set(ID, ids[old])
            if each.get(NAME) is not None:
                names[each.get(NAME)] = names.get(each.get(NAME)) or signer.move_name()
                each.set(NAME, names[each.get(NAME)])
        for each in root.iter(ID):
            if each.getparent().tag == SDT_PR:
                each.set(VAL, signer.id())


def _tree(package: Package, name: str) -> Element:
    root = package.tree(name)
    assert root is not None, name  # only what can be read is ever asked for
    return root


def _is_blank(root: Element) -> bool:
    """Whether nothing of a header shows: no run with anything in it, no table, no border."""
    if any(each.tag != P for each in root):
        return False
    if next(root.iter(w("pBdr"), w("fldSimple"), w("sdt"), w("ins"), w("del")), None) is not None:
        return False
    return not any(each.tag != RPR for run in root.iter(R) for each in run)


def _shell(root: Element) -> Element:
    """A header without content."""
    return root.makeelement(root.tag, dict(root.attrib), root.nsmap)


def _empty_paragraph(root: Element) -> Element:
    """An empty paragraph that looks like the last one of a header, so that only words come and go."""
    paragraph = root.makeelement(P, nsmap=root.nsmap)
    last = next((each for each in reversed(list(root.iter(P)))), None)
    for properties in last.iterchildren(PPR) if last is not None else ():
        copy = deepcopy(properties)
        for each in list(copy.iter(*MARK_CHANGES, *PROPERTY_CHANGES, w("numPr"), w("pBdr"), w("framePr"))):
            each.getparent().remove(each)
        paragraph.append(copy)
    return paragraph
