"""The words that mark a file as ours alone, above every page and in its comments, and the test for them.

A file with a mark is never made safe for the other side, whatever else is taken out of it: it was not meant for them.
One mark is enough, also where somebody took the others out or shortened them.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from app.word.names import AUTHOR, R_SPACE, VAL, W_SPACE, XML_SPACE, Element, P, R, T, w
from app.word.package import Package, is_external

COPY_MARK: Final = "CONFIDENTIAL: caucus copy, not for the other side"
REPORT_MARK: Final = "CONFIDENTIAL: for the Union's caucus only. Do not hand over."
MARKS: Final = (COPY_MARK, REPORT_MARK)
COMMENTER: Final = "Caucus"
OPENING_LABEL: Final = "Caucus copy, not for the other side."
NOTE_LABEL: Final = "Caucus note:"
FALLBACK_LABEL: Final = "What we may fall back to"
LOSS_LABEL: Final = "It gives up:"
_TELLING: Final = ("caucus copy", "not for the other side", "for the Union's caucus")
_LABELS: Final = (OPENING_LABEL, NOTE_LABEL, FALLBACK_LABEL, LOSS_LABEL)

_KINDS: Final = ("default", "first", "even")
_ID: Final = f"{{{R_SPACE}}}id"
_REFERENCE: Final = w("headerReference")
_HEADER_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEADER_RELATION: Final = f"{R_SPACE}/header"
_ROOM: Final = 220  # twentieths of a point: the height of the mark
_HIGHEST: Final = 340  # twentieths of a point from the edge of the paper: printers leave that white
_LEFT_TO_RIGHT: Final = (("ascii", "Arial"), ("hAnsi", "Arial"), ("cs", "Arial"))


def mark_every_header(package: Package, mark: str = COPY_MARK) -> None:
    """Put the mark above every header: of all sections, of first pages, and of even ones.

    What stands in a header stays where it is, below the mark, so that the pages break where they did. A section takes
    a header that it does not have from the one before it, so only the first needs all three.
    """
    sections = _sections(package.root)
    marked: dict[str, str] = {}  # header part -> relation id
    relations = package.relations(package.main)
    for section in sections:
        _make_room(section)
        for reference in section.findall(_REFERENCE):
            name = _part(package, relations.get(reference.get(_ID, "")))
            if name is None:
                section.remove(reference)  # it leads nowhere, so Word shows none
            elif name not in marked:
                marked[name] = ""
                _mark_header(package.tree(name), mark)
    present = {reference.get(w("type"), "default") for reference in sections[0].findall(_REFERENCE)}
    missing = [kind for kind in _KINDS if kind not in present]
    if missing:
        relation = _new_header(package, mark)
        for place, kind in enumerate(missing):
            reference = etree.Element(_REFERENCE, {w("type"): kind, _ID: relation})
            sections[0].insert(place, reference)


def marked(data: bytes, mark: str = COPY_MARK) -> bytes:
    """The file with the mark above every page.

    Raises:
        UnreadableFile: It is no Word file.
    """
    package = Package(data)
    mark_every_header(package, mark)
    return package.save()


def is_caucus_copy(data: bytes) -> bool:
    """Whether a header or a comment of this file carries one of our marks, however its words are cut into runs.

    Raises:
        UnreadableFile: It is no Word file.
    """
    package = Package(data)
    comments = package.part_of_kind("comments")
    root = package.tree(comments) if comments else None
    if root is not None and any(is_of_caucus(each) for each in root.iter(w("comment"))):
        return True
    names = [
        _part(package, relation)
        for relation in package.relations(package.main).values()
        if relation.get("Type", "").endswith("/header")
    ]
    return any(carries_mark(package.tree(name)) for name in names if name)


def carries_mark(header: Element) -> bool:
    """Whether one header, given by its root, carries one of our marks, or what somebody left of it."""
    shown = _shown(header)
    return any(_squeezed(words) in shown for words in _TELLING)


def is_of_caucus(comment: Element) -> bool:
    """Whether we wrote this comment into a caucus copy: by its author, or by how a line of it begins."""
    if _squeezed(comment.get(AUTHOR, "")) == _squeezed(COMMENTER):
        return True
    lines = [_shown(paragraph) for paragraph in comment.iter(P)]
    return any(line.startswith(_squeezed(label)) for line in lines for label in _LABELS)


def _shown(element: Element) -> str:
    return _squeezed("".join(each.text or "" for each in element.iter(T)))


def _squeezed(text: str) -> str:
    return "".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).casefold()


def _sections(root: Element) -> list[Element]:
    """The properties of every section in their order; the file gets some where it has none."""
    body = root.find(w("body"))
    if body is None:
        body = etree.SubElement(root, w("body"))
    found = [each for each in body.iter(w("sectPr")) if each.getparent().tag != w("sectPrChange")]
    if body.find(w("sectPr")) is None:
        found.append(etree.SubElement(body, w("sectPr")))
    return found


def _part(package: Package, relation: Element | None) -> str | None:
    """The header part that a relation leads to, if it can be read."""
    if relation is None or is_external(relation):
        return None
    name = package.target(package.main, relation)
    return name if package.tree(name) is not None else None


def _make_room(section: Element) -> None:
    """Let the headers of a section begin higher by the height of the mark, as far as printers print."""
    margins = section.find(w("pgMar"))
    distance = margins.get(w("header"), "") if margins is not None else ""
    if margins is not None and distance.isdecimal() and int(distance) > _HIGHEST:
        margins.set(w("header"), str(max(int(distance) - _ROOM, _HIGHEST)))


def _mark_header(root: Element, mark: str) -> None:
    root.insert(0, _paragraph(mark))


def _new_header(package: Package, mark: str) -> str:
    root = etree.Element(w("hdr"), nsmap={"w": W_SPACE})
    _mark_header(root, mark)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    name = package.add("word/caucusheader.xml", data, _HEADER_TYPE)
    return package.relate(package.main, _HEADER_RELATION, name)


def _paragraph(mark: str) -> Element:
    """The mark, bold and dark red, whatever styles the file has."""
    paragraph = etree.Element(P)
    properties = etree.SubElement(paragraph, w("pPr"))
    etree.SubElement(properties, w("spacing"), {w("before"): "0", w("after"): "0"})
    run = etree.SubElement(paragraph, R)
    look = etree.SubElement(run, w("rPr"))
    etree.SubElement(look, w("rFonts"), {w(side): font for side, font in _LEFT_TO_RIGHT})
    etree.SubElement(look, w("b"))
    for name, value in (("color", "A3161F"), ("sz", "18"), ("szCs", "18")):
        etree.SubElement(look, w(name), {VAL: value})
    text = etree.SubElement(run, T, {XML_SPACE: "preserve"})
    text.text = mark
    return paragraph
