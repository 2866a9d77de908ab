"""Opens a Word file as a package of parts, safely, whatever somebody has put into it.

Only the parts that are asked for are unpacked, each within bounds that count the bytes really unpacked. XML is
parsed without entities, DTDs or network. Nothing in a package is ever run, fetched or written.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_names import Element, short
from app.text.docx_xml import parse, recover_xml, refuse_depth

MAX_ENTRIES: Final = 20_000
MAX_PART_BYTES: Final = 120_000_000  # the XML of 2,000 densely formatted pages is about 100 MB
MAX_TOTAL_BYTES: Final = 200_000_000
MAX_ELEMENTS: Final = 3_000_000  # of all parts together; each takes about 200 bytes of memory once parsed
MAX_RATIO: Final = 600  # 2,000 identical pages pack at about 300 to 1, a bomb at 1,000 to 1
_RATIO_MATTERS_FROM: Final = 8_000_000
_CHUNK: Final = 1 << 20
_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
_MAIN_TYPES: Final = ("wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macro")
_OTHER_KINDS: Final = (
    ("xl/workbook.xml", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
    ("mimetype", "an OpenDocument or e-book file"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another part, or to something outside the file."""

    kind: str  # last word of its type: "styles", "footnotes", "aFChunk"
    target: str  # name of the part; for external ones the address as written, which is never visited
    external: bool


class WordPackage:
    """The parts of one Word file. `warnings` collects what could not be read but was not needed."""

    def __init__(self, data: bytes, *, most_elements: int = MAX_ELEMENTS) -> None:
        """Open the package and find its main part.

        Args:
            data: The bytes of the file.
            most_elements: XML elements that the parts which are asked for may have together.

        Raises:
            UnreadableFile: It is no Word file, is encrypted or damaged, or unpacks beyond the bounds.
        """
        self.warnings: list[str] = []
        self.is_mended = False  # whether the main part is damaged, and only what could be saved of it is there
        self._most_elements = most_elements
        self._unpacked = 0
        self._elements = 0
        self._zip = _open_zip(data)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._doubles: set[str] = set()
        for info in self._zip.infolist():
            key = _part_key(info.filename)
            if key in self._entries:
                self._doubles.add(key)
            self._entries[key] = info
        self.main = self._find_main()
        self.root = self._main_root()
        self.relationships = self.relationships_of(self.main)

    def has_macros(self) -> bool:
        """Whether the file carries macros. They are never run."""
        return any(name.endswith("vbaproject.bin") for name in self._entries)

    def part(self, kind: str) -> Element | None:
        """The root of the first part that the main part calls its "styles", "numbering", "comments" and so on."""
        for relationship in self.relationships.values():
            if relationship.kind == kind and not relationship.external:
                return self.xml(relationship.target)
        return None

    def xml(self, name: str) -> Element | None:
        """The root element of a secondary part; None, with a warning, where it is missing or beyond repair."""
        if _part_key(name) not in self._entries:
            return None
        try:
            data = self.read(name)
            self.count_elements(data, name)
            return parse(data)
        except UnreadableFile:
            raise
        except etree.XMLSyntaxError as error:
            refuse_depth(error, _printable(name))
            root = recover_xml(data)
        except UNZIP_ERRORS:
            root = None
        self.warnings.append(
            f"The part {_printable(name)} of the file is damaged, so something in it may be missing here; "
            "open the file in a word processor, save it again, and read that copy."
        )
        return root

    def read(self, name: str) -> bytes:
        """The bytes of one part, unpacked within the bounds.

        Raises:
            UnreadableFile: The part unpacks beyond the bounds, or is encrypted.
        """
        info = self._entries[_part_key(name)]
        if _part_key(name) in self._doubles:
            raise UnreadableFile(
                f"The file holds the part {_printable(name)} twice, so that two programs may show two texts; "
                "open it in a word processor, look at it, save it again, and upload that copy."
            )
        if info.flag_bits & 0x1:
            raise UnreadableFile("The file is password-protected; remove the password and upload it again.")
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._unpacked += len(chunk)
                self._check_bounds(info, size)
                chunks.append(chunk)
        return b"".join(chunks)

    def count_elements(self, data: bytes, name: str) -> None:
        """Count a part in before it is parsed, and refuse the file where that makes too many elements.

        Parsing takes many times the memory of the bytes. A tag opens with "<", a closing one with "</".
        """
        self._elements += data.count(b"<") - data.count(b"</")
        if self._elements > self._most_elements:
            raise UnreadableFile(
                f"The file holds more than {self._most_elements:,} XML elements at {_printable(name)}, "
                "which is more than is worked on at once; split the document and upload the parts."
            )

    def remote_template(self) -> str:
        """The address of a template outside the file; "" where there is none. It is never visited."""
        for part in {
            relationship.target for relationship in self.relationships.values() if relationship.kind == "settings"
        }:
            for relationship in self.relationships_of(part).values():
                if relationship.kind == "attachedTemplate" and "://" in relationship.target:
                    address = _printable(relationship.target)
                    if not address.lower().startswith("file:"):
                        return address
        return ""

    def _check_bounds(self, info: zipfile.ZipInfo, size: int) -> None:
        name = _printable(info.filename)
        if size > MAX_PART_BYTES or self._unpacked > MAX_TOTAL_BYTES:
            limit = MAX_PART_BYTES if size > MAX_PART_BYTES else MAX_TOTAL_BYTES
            raise UnreadableFile(
                f"The file unpacks to more than {limit // 1_000_000} MB at {name}, "
                "which is more than is read at once; split the document and upload the parts."
            )
        if size > _RATIO_MATTERS_FROM and size > MAX_RATIO * max(info.compress_size, 1):
            raise UnreadableFile(
                f"The part {name} unpacks to over {MAX_RATIO} times its size, as harmful files do; "
                "save the document again in a word processor and upload that copy."
            )

    def relationships_of(self, part_name: str) -> dict[str, Relationship]:
        """The relationships of one part by their id; empty where there are none."""
        folder, base = posixpath.split(part_name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relationship] = {}
        for element in root if root is not None else ():
            if short(element) != "rel:Relationship":
                continue
            external = element.get("TargetMode", "").lower() == "external"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            found[element.get("Id", f"#{len(found)}")] = Relationship(kind, target, external)
        return found

    def _find_main(self) -> str:
        for relationship in self.relationships_of("").values():
            if relationship.kind == "officeDocument" and _part_key(relationship.target) in self._entries:
                return relationship.target
        types = self.xml("[Content_Types].xml")
        for element in types if types is not None else ():
            if short(element) == "ct:Override" and any(kind in element.get("ContentType", "") for kind in _MAIN_TYPES):
                name = element.get("PartName", "").lstrip("/")
                if _part_key(name) in self._entries:
                    return str(name)
        if "word/document.xml" in self._entries:
            return "word/document.xml"
        for name, kind in _OTHER_KINDS:
            if name in self._entries:
                raise UnreadableFile(f"This is {kind}, not a Word file; save its text as DOCX and upload that.")
        raise UnreadableFile("This is a ZIP archive without a Word document in it; upload the DOCX file itself.")

    def _main_root(self) -> Element:
        name = _printable(self.main)
        try:
            data = self.read(self.main)
        except UNZIP_ERRORS as error:
            raise UnreadableFile(
                f"The Word file is damaged at {name}; open it in a word processor, save it again, and upload that copy."
            ) from error
        self.count_elements(data, self.main)
        try:
            root = parse(data)
        except etree.XMLSyntaxError as error:
            refuse_depth(error, _printable(name))
            root = recover_xml(data)
            self.is_mended = True
            if root is not None and short(root) == "w:document":
                self.warnings.append(
                    f"The XML of {name} is damaged, so text after the damage may be missing here; "
                    "open the file in a word processor, save it again, and read that copy."
                )
        if root is None or short(root) != "w:document":
            kind = {"?:workbook": "a spreadsheet", "?:presentation": "a presentation"}.get(
                "" if root is None else short(root), "no Word document, or a damaged one"
            )
            raise UnreadableFile(
                f"The main part {name} is {kind}; open the file in a word processor and save it as DOCX."
            )
        return root


def _open_zip(data: bytes) -> zipfile.ZipFile:
    if not data:
        raise UnreadableFile("The file is empty; choose the file again, or save it again and upload that copy.")
    if data.startswith(_OLE_MAGIC):
        raise UnreadableFile(
            "The file is password-protected, or is in the old .doc format; "
            "open it in a word processor and save it as DOCX without a password."
        )
    if b"PK\x03\x04" not in data[:4096] and not data.startswith(b"PK"):
        raise UnreadableFile("The file is not a Word file, whatever its name says; save the document as DOCX.")
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except UNZIP_ERRORS as error:
        raise UnreadableFile(
            "The Word file is cut short or damaged; get the complete file and upload it again."
        ) from error
    if len(package.infolist()) > MAX_ENTRIES:
        raise UnreadableFile(
            f"The file holds more than {MAX_ENTRIES} parts, which no usual document needs; "
            "save it again in a word processor and upload that copy."
        )
    return package


def _part_key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _printable(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:80]
