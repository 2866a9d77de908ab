"""What a Word file says, as plain values: text, look, paragraph properties, tables, notes. Made apart from the engine.

Two files with the same content show the same in Word. Revision ids, spelling marks and how text is cut into runs do
not count.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{W}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")}
_MARGINS = {f"{W}headerReference", f"{W}footerReference"}
_RANGES = {f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd")}

_CHANGES = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange"}
_CHANGES |= {"moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "sectPrChange"}
_CHANGES |= {"cellIns", "cellDel", "cellMerge"}


def content(data: bytes) -> list[Any]:
    """The content of the body, notes in place of their references."""
    return _Reader(data).body()


def texts(data: bytes) -> list[str]:
    """The texts of all paragraphs in the body, cells included."""
    return _texts(content(data))


def margin_texts(data: bytes) -> list[list[str]]:
    """The words of the headers and footers of each section: on its first page, on even pages, on the others."""
    return [["\n".join(_texts(blocks or [])) for place in section for blocks in place] for section in margins(data)]


def _texts(blocks: list[Any]) -> list[str]:
    found: list[str] = []

    def walk(blocks: list[Any]) -> None:
        for block in blocks:
            if block[0] == "p":
                found.append("".join(piece[0] for piece in block[2] if isinstance(piece[0], str)))
            elif block[0] == "tbl":
                for row in block[1]:
                    for cell in row[1]:
                        walk(cell[1])
            elif block[0] == "sdt":
                walk(block[1])

    walk(blocks)
    return found


def margins(data: bytes) -> list[Any]:
    """For each section, what its pages show as header and footer: first pages, even pages and the others."""
    return _Reader(data).margins()


def part(data: bytes, name: str) -> Any:
    """The root of one part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def parts(data: bytes) -> dict[str, bytes]:
    """All parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._parts = parts(data)
        self._root = etree.fromstring(self._parts["word/document.xml"])
        self._notes = {}
        for kind in ("footnote", "endnote"):
            if f"word/{kind}s.xml" in self._parts:
                for note in etree.fromstring(self._parts[f"word/{kind}s.xml"]):
                    self._notes[kind, note.get(f"{W}id")] = note
        self._targets = self._relations("word/document.xml")
        xml = self._parts.get("word/_rels/document.xml.rels")
        self._names = {each.get("Id"): f"word/{each.get('Target')}" for each in etree.fromstring(xml)} if xml else {}

    def body(self) -> list[Any]:
        return self._blocks(self._root.find(f"{W}body"))

    def margins(self) -> list[Any]:
        settings = self._parts.get("word/settings.xml")
        even = settings is not None and etree.fromstring(settings).find(f"{W}evenAndOddHeaders") is not None
        current: dict[tuple[str, str], Any] = {}
        found = []
        sections = [each for each in self._root.iter(f"{W}sectPr") if each.getparent().tag != f"{W}sectPrChange"]
        if self._root.find(f"{W}body/{W}sectPr") is None:
            sections.append(etree.Element(f"{W}sectPr"))  # it goes without saying
        for section in sections:
            for place in ("header", "footer"):
                for each in section.findall(f"{W}{place}Reference"):
                    current[place, each.get(f"{W}type")] = self._margin(each.get(f"{R}id"))
            shown = []
            for place in ("header", "footer"):
                default = current.get((place, "default"))
                first = default if section.find(f"{W}titlePg") is None else current.get((place, "first"))
                shown.append((first, current.get((place, "even")) if even else default, default))
            found.append(shown)
        return found

    def _margin(self, relation: str) -> Any:
        """What stands in a header; None where nothing shows."""
        name = self._names[relation]
        own = self._targets
        self._targets = self._relations(name)
        blocks = self._blocks(etree.fromstring(self._parts[name]))
        self._targets = own
        return blocks if any(block[0] != "p" or block[2] for block in blocks) else None

    def _relations(self, name: str) -> dict[str, Any]:
        folder, _, base = name.rpartition("/")
        xml = self._parts.get(f"{folder}/_rels/{base}.rels")
        relations = etree.fromstring(xml) if xml is not None else ()
        return {each.get("Id"): self._parts.get(f"word/{each.get('Target')}", each.get("Target")) for each in relations}

    def _blocks(self, parent: Any) -> list[Any]:
        blocks: list[Any] = []
        for child in parent:
            if child.tag == f"{W}p":
                blocks.append(self._paragraph(child))
            elif child.tag == f"{W}tbl":
                rows = [
                    (
                        self._properties(row.find(f"{W}trPr")),
                        [
                            (self._properties(cell.find(f"{W}tcPr")), self._blocks(cell))
                            for cell in row.findall(f"{W}tc")
                        ],
                    )
                    for row in child.findall(f"{W}tr")
                ]
                blocks.append(("tbl", rows, self._properties(child.find(f"{W}tblPr"))))
            elif child.tag == f"{W}sdt":
                blocks.append(("sdt", self._blocks(child.find(f"{W}sdtContent"))))
            elif child.tag == f"{W}sectPr" and self._properties(child):
                blocks.append(("sectPr", self._properties(child)))
        return blocks

    def _paragraph(self, paragraph: Any) -> Any:
        properties = paragraph.find(f"{W}pPr")
        stated = [each for each in properties if each.tag != f"{W}rPr"] if properties is not None else []
        mark = properties.find(f"{W}rPr") if properties is not None else None
        return (
            "p",
            (sorted(self._whole(each) for each in stated), self._properties(mark)),
            _joined(list(self._pieces(paragraph))),
        )

    def _properties(self, element: Any) -> list[str]:
        return [] if element is None else sorted(self._whole(each) for each in element if each.tag not in _MARGINS)

    def _whole(self, element: Any) -> str:
        attributes = sorted(
            f"{key}={self._targets.get(value, value) if 'officeDocument/2006/relationships' in key else value}"
            for key, value in element.attrib.items()
            if "rsid" not in key and "2010/wordml" not in key and not key.endswith("}space")
        )
        tag = etree.QName(element).localname
        if tag in _CHANGES:
            attributes = [each for each in attributes if not each.startswith(f"{W}id=")]
        if tag in {"docPr", "cNvPr"} or (tag == "id" and element.getparent().tag == f"{W}sdtPr"):
            attributes = []
        if tag == "txbxContent":
            return f"<box {self._blocks(element)}>"
        inner = "".join(self._whole(each) for each in element if each.tag not in _SKIPPED | _MARGINS)
        return f"<{tag} {attributes}>{(element.text or '') if not len(element) else ''}{inner}</>"

    def _pieces(self, parent: Any, changes: tuple[str, ...] = ()) -> Any:
        for child in parent:
            name = etree.QName(child).localname
            if child.tag == f"{W}r":
                look = [*changes, *self._properties(child.find(f"{W}rPr"))]
                for each in child:
                    kind = etree.QName(each).localname
                    if kind in {"t", "delText"}:
                        yield each.text or "", look
                    elif kind in {"footnoteReference", "endnoteReference"}:
                        note = self._notes.get((kind.removesuffix("Reference"), each.get(f"{W}id")))
                        yield (kind, self._blocks(note) if note is not None else None), look
                    elif kind == "tab" or (kind == "br" and not each.attrib):
                        yield "\t" if kind == "tab" else "\n", look
                    elif kind == "fldChar":
                        yield (f"<{each.get(f'{W}fldCharType')}>",), look
                    elif kind == "instrText":
                        yield (each.text,), look
                    elif kind not in {"rPr", "lastRenderedPageBreak"}:
                        yield (self._whole(each),), look
            elif name in {"ins", "del", "moveFrom", "moveTo"}:
                yield from self._pieces(child, (*changes, f"{name} by {child.get(f'{W}author')}"))
            elif name == "fldSimple":
                for mark in ("<begin>", child.get(f"{W}instr"), "<separate>"):
                    yield (mark,), []
                yield from self._pieces(child, changes)
                yield ("<end>",), []
            elif name in {"hyperlink", "sdt", "sdtContent", "smartTag"}:
                yield (name, *(f"{k}={self._targets.get(v, v)}" for k, v in child.attrib.items())), []
                yield from self._pieces(child, changes)
                yield (f"/{name}",), []
            elif child.tag in _RANGES or name == "oMath" or "Range" in name:
                yield (self._whole(child),), []


def _joined(pieces: list[Any]) -> list[Any]:
    joined: list[Any] = []
    for text, look in pieces:
        if isinstance(text, str) and joined and isinstance(joined[-1][0], str) and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        elif text != "":
            joined.append((text, look))
    return joined
