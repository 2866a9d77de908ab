"""A Word file opened for writing: its parts, what they refer to, and the way back to bytes.

Opening goes through the bounded, entity-free reader of `app.text`. Strict files are turned into the transitional
edition, so that the rest knows one set of names. Equal content is written as equal bytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_package import UNZIP_ERRORS, WordPackage
from app.word.names import R_SPACE, RELATIONS_SPACE, TYPES_SPACE, Element

MAX_ELEMENTS: Final = 350_000  # to be compared or answered in: 1,200 pages, formatted run by run and much changed
MAX_MARKED: Final = 700_000  # of what is only settled, commented or cleaned, such as a redline of our own
_STRICT = b"http://purl.oclc.org/ooxml/"
_EDITIONS = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R_SPACE.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)  # fmt: skip
_PACKED = (".png", ".jpg", ".jpeg", ".gif", ".wmf.gz", ".emz", ".zip")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
    collect_ids=False, huge_tree=True,
)  # fmt: skip


def refuse_mended(source: WordPackage) -> None:
    """Refuse a file whose main part is broken: what comes behind the break would be missing in a copy."""
    if source.is_mended:
        raise UnreadableFile(
            "The XML of the Word file is damaged, so words of it might be lost in a copy; "
            "open it in a word processor, save it again, and use that file."
        )


@contextmanager
def not_too_deep() -> Iterator[None]:
    """Refuse the file where what is done with it here would run out of depth or memory."""
    try:
        yield
    except (RecursionError, MemoryError) as error:
        raise UnreadableFile(
            "The Word file is too large, or its tables, controls or changes stand too deep in one another, to be "
            "written into; split it, or save it again in a word processor."
        ) from error


class Package:
    """The parts of one Word file; a tree that was asked for is written back as it then is."""

    def __init__(self, data: bytes, *, most_elements: int = MAX_ELEMENTS) -> None:
        """Open the package.

        Args:
            data: The bytes of the file.
            most_elements: XML elements that the parts which are asked for may have together.

        Raises:
            UnreadableFile: It is no Word file, is damaged, or unpacks beyond the bounds.
        """
        source = WordPackage(data, most_elements=most_elements)
        refuse_mended(source)
        with zipfile.ZipFile(io.BytesIO(data)) as names:
            self._names = [
                name.lstrip("/") for name in dict.fromkeys(names.namelist()) if not name.endswith(("/", "\\"))
            ]
        self._spellings = {name: name for name in self._names}
        for name in self._names:
            self._spellings.setdefault(_folded(name), name)
        self._source = source
        self._added: dict[str, bytes] = {}
        self._trees: dict[str, Element] = {}
        self._related: dict[str, dict[str, Element]] = {}
        self._last_ids: dict[str, int] = {}
        self._last_numbers: dict[str, int] = {}
        self._types: dict[str, str] | None = None
        self.main = self._spelt(source.main)
        root = source.root
        self.strict = root.tag.startswith("{http://purl.oclc.org/")
        if self.strict:
            root = self._parse(self.main)
        self._trees[self.main] = root

    @property
    def root(self) -> Element:
        """The root of the main part."""
        return self._trees[self.main]

    def names(self) -> list[str]:
        """The names of all parts, in their order in the file."""
        return self._names

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return self._spelt(name) in self._spellings

    def read(self, name: str) -> bytes:
        """The bytes of a part as the file has them."""
        name = self._spelt(name)
        if name in self._added:
            return self._added[name]
        try:
            data = self._source.read(name)
        except UNZIP_ERRORS as error:
            raise UnreadableFile(
                f"The part {name[:80]} of the file is damaged; "
                "open the file in a word processor, save it again, and use that copy."
            ) from error
        return _transitional(data) if self.strict_part(name, data) else data

    @staticmethod
    def strict_part(name: str, data: bytes) -> bool:
        """Whether a part names the strict edition."""
        return name.endswith((".xml", ".rels")) and _STRICT in data

    def tree(self, name: str) -> Element | None:
        """The root of a part, to read or to change; None where it is missing or beyond reading."""
        name = self._spelt(name)
        if name not in self._trees:
            if name not in self._spellings:
                return None
            root = self._parse(name)
            if root is None:
                return None
            self._trees[name] = root
        return self._trees[name]

    def _parse(self, name: str) -> Element | None:
        data = self.read(name)
        if b"<!ENTITY" in data or b"<!DOCTYPE" in data[:4096]:
            return None
        self._source.count_elements(data, name)
        try:
            return etree.fromstring(data, _PARSER)
        except etree.XMLSyntaxError:
            return None

    def _spelt(self, name: str) -> str:
        """The name as the file spells it; readers of packages do not tell capitals apart."""
        name = name.lstrip("/")
        return self._spellings.get(name) or self._spellings.get(_folded(name), name)

    def _take_name(self, name: str) -> None:
        self._names.append(name)
        self._spellings[name] = name
        self._spellings.setdefault(_folded(name), name)

    # What parts refer to

    def relations_name(self, part: str) -> str:
        """The name of the part that holds what `part` refers to."""
        folder, base = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{base}.rels")

    def relations(self, part: str) -> dict[str, Element]:
        """What a part refers to, by id."""
        name = self.relations_name(part)
        if name not in self._related:
            root = self.tree(name)
            entries = () if root is None else [each for each in root if isinstance(each.tag, str)]
            self._related[name] = {each.get("Id", ""): each for each in entries}
        return self._related[name]

    def target(self, part: str, relation: Element) -> str:
        """The name of the part that a relation points to, or the address outside."""
        if is_external(relation):
            return str(relation.get("Target", ""))
        folder = posixpath.dirname(part)
        path = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))
        return self._spelt(path)

    def part_of_kind(self, kind: str) -> str | None:
        """The name of the part that the main part calls its "styles", "footnotes" and so on."""
        for relation in self.relations(self.main).values():
            if relation.get("Type", "").rpartition("/")[2] == kind and not is_external(relation):
                name = self.target(self.main, relation)
                if name in self._spellings:
                    return name
        return None

    def tree_of_kind(self, kind: str) -> Element | None:
        """The root of that part; None where there is none, or it is beyond reading."""
        name = self.part_of_kind(kind)
        return self.tree(name) if name else None

    def relate(self, part: str, kind: str, target: str, *, external: bool = False, wanted: str = "") -> str:
        """Let a part refer to something, under the id that is wanted if it is free, else under a new one."""
        name = self.relations_name(part)
        root = self.tree(name)
        if root is None:
            root = etree.Element(f"{{{RELATIONS_SPACE}}}Relationships", nsmap={None: RELATIONS_SPACE})
            self._trees[name] = root
            self._take_name(name)
        known = self.relations(part)
        key, number = wanted, self._last_ids.get(name, len(known))
        while not key or key in known:
            number += 1
            key = f"rId{number}"
        self._last_ids[name] = number
        if not external:
            target = posixpath.relpath(target, posixpath.dirname(part) or ".")
        entry: dict[str, Any] = {"Id": key, "Type": kind, "Target": target}
        if external:
            entry["TargetMode"] = "External"
        known[key] = etree.SubElement(root, f"{{{RELATIONS_SPACE}}}Relationship", entry)
        return key

    def content_type(self, name: str) -> str:
        """The content type that the file states for a part."""
        if self._types is None:
            root = self.tree("[Content_Types].xml")
            self._types = {}
            for each in root if root is not None else ():
                of_part, of_kind = each.get("PartName", "").lstrip("/").lower(), each.get("Extension", "").lower()
                self._types[f"/{of_part}" if of_part else of_kind] = str(each.get("ContentType", ""))
        extension = name.rpartition(".")[2].lower()
        return self._types.get(f"/{name.lower()}") or self._types.get(extension, "")

    def add(self, name: str, data: bytes, content_type: str) -> str:
        """Add a part under this name or the next free one; answers the name taken."""
        stem, dot, extension = name.rpartition(".")
        free, number = name, self._last_numbers.get(name, 1)
        while self.has(free):
            number += 1
            free = f"{stem}{number}{dot}{extension}"
        self._last_numbers[name] = number
        self._take_name(free)
        self._added[free] = data
        if self.content_type(free) != content_type and content_type:
            types = self.tree("[Content_Types].xml")
            if types is not None and self._types is not None:
                self._types[f"/{free.lower()}"] = content_type
                etree.SubElement(
                    types, f"{{{TYPES_SPACE}}}Override", {"PartName": f"/{free}", "ContentType": content_type}
                )
        return free

    def put(self, name: str, root: Element) -> None:
        """Let a part consist of this tree."""
        self._trees[name] = root
        self._related.pop(name, None)

    # Back to bytes

    def save(self) -> bytes:
        """The package as bytes: parts in their order, changed or not, without clock time."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as target:
            for name in self._names:
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
                target.writestr(entry, self._bytes(name))
        return packed.getvalue()

    def _bytes(self, name: str) -> bytes:
        if name in self._trees:
            return bytes(etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True))
        return self.read(name)


def is_external(relation: Element) -> bool:
    """Whether a relation points outside the file."""
    return bool(relation.get("TargetMode", "").lower() == "external")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


def _transitional(data: bytes) -> bytes:
    for strict, transitional in _EDITIONS:
        data = data.replace(strict, transitional)
    return re.sub(rb'\s(?:w:)?conformance="strict"', b"", data, count=1)
