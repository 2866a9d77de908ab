"""The part of a Word file that holds its comments: those that are there stay, ours come behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from app.word.commenting.remark import Line
from app.word.names import AUTHOR, DATE, ID, R_SPACE, RPR, VAL, W_SPACE, XML_SPACE, Element, P, R, T, w
from app.word.package import Package
from app.word.xml import clean, writable

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION: Final = f"{R_SPACE}/comments"
_ANNOTATED: Final = frozenset(
    w(name)
    for name in (
        "comment", "commentRangeStart", "commentRangeEnd", "commentReference", "bookmarkStart", "bookmarkEnd", "ins",
        "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel",
        "permStart", "permEnd",
    )
)  # fmt: skip


class CommentsPart:
    """The comments of one file, opened for adding."""

    def __init__(self, package: Package, *, author: str, initials: str, date: datetime | None) -> None:
        """Find the part, or make it."""
        name = package.part_of_kind("comments")
        root = package.tree(name) if name else None
        if root is None:
            root = etree.Element(w("comments"), nsmap={"w": W_SPACE})
            if name:  # it is there and cannot be read
                package.put(name, root)
            else:
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                name = package.add("word/comments.xml", data, _TYPE)
                package.put(name, root)
                package.relate(package.main, _RELATION, name)
        self._root = root
        self._author, self._initials, self._date = writable(author), writable(initials), date
        self.next_id = _highest([package.root, root]) + 1
        self._styles = _style_ids(package)

    @property
    def reference_style(self) -> str:
        """The style of a comment's mark, where the file has it."""
        return self._style("CommentReference")

    def add(self, lines: Sequence[Line]) -> int:
        """Add a comment; answers its id."""
        comment_id, self.next_id = self.next_id, self.next_id + 1
        comment = etree.SubElement(self._root, w("comment"), {ID: str(comment_id), AUTHOR: self._author})
        if self._date:
            comment.set(DATE, self._date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        comment.set(w("initials"), self._initials)
        for index, line in enumerate(lines):
            self._add_paragraph(comment, line, first=index == 0)
        return comment_id

    def _add_paragraph(self, comment: Element, line: Line, *, first: bool) -> None:
        paragraph = etree.SubElement(comment, P)
        style = self._style("CommentText")
        if style:
            etree.SubElement(etree.SubElement(paragraph, w("pPr")), w("pStyle"), {VAL: style})
        if first:
            run = etree.SubElement(paragraph, R)
            if self.reference_style:
                etree.SubElement(etree.SubElement(run, RPR), w("rStyle"), {VAL: self.reference_style})
            etree.SubElement(run, w("annotationRef"))
        if line.label:
            _add_run(paragraph, f"{line.label} " if line.text else line.label, bold=True)
        if line.text:
            _add_run(paragraph, line.text, bold=False)

    def _style(self, name: str) -> str:
        return name if name in self._styles else ""


def _add_run(paragraph: Element, text: str, *, bold: bool) -> None:
    run = etree.SubElement(paragraph, R)
    if bold:
        etree.SubElement(etree.SubElement(run, RPR), w("b"))
    for index, piece in enumerate(clean(text).split("\n")):
        if index:
            etree.SubElement(run, w("br"))
        etree.SubElement(run, T, {XML_SPACE: "preserve"}).text = piece


def _highest(roots: Sequence[Element]) -> int:
    numbers = (each.get(ID, "") for root in roots for each in root.iter(*_ANNOTATED))
    return max((int(each) for each in numbers if each.isascii() and each.isdecimal() and len(each) < 9), default=0)


def _style_ids(package: Package) -> set[str]:
    root = package.tree_of_kind("styles")
    return set() if root is None else {each.get(w("styleId"), "") for each in root.iter(w("style"))}
