"""What a Word file says, as plain values: text, look, paragraph properties, tables, notes. Made apart from the engine.

Two files with the same content show the same in Word. Revision ids, spelling marks and how text is cut into runs do
not count.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{W}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")}
_RANGES = {f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd")}

_CHANGES = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange"}
_CHANGES |= {"moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "sectPrChange"}
_CHANGES |= {"cellIns", "cellDel", "cellMerge"}


def content(data: bytes) -> list[Any]:
    """The content of the body, notes in place of their references."""
    return _Reader(data).body()


def texts(data: bytes) -> list[str]:
    """The texts of all paragraphs in the body, cells included."""
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

    walk(content(data))
    return found


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
        self._targets = {}
        if "word/_rels/document.xml.rels" in self._parts:
            for each in etree.fromstring(self._parts["word/_rels/document.xml.rels"]):
                target = each.get("Target")
                self._targets[each.get("Id")] = self._parts.get(f"word/{target}", target)

    def body(self) -> list[Any]:
        return self._blocks(self._root.find(f"{W}body"))

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
            elif child.tag == f"{W}sectPr":
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
        return [] if element is None else sorted(self._whole(each) for each in element)

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
        inner = "".join(self._whole(each) for each in element if each.tag not in _SKIPPED)
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
