"""Elements of WordprocessingML, written so that their children come in the order in which they are given."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Element = Any

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def q(name: str) -> str:
    """The full name of an element or attribute of the main namespace: `q("p")`."""
    return f"{{{W}}}{name}"


def w(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """An element of the main namespace; children that are None are left out."""
    element = etree.Element(q(name), nsmap={"w": W, "r": R} if name in {"document", "hdr", "ftr"} else {"w": W})
    for key, value in attributes.items():
        element.set(q(key), str(value))
    element.extend([child for child in children if child is not None])
    return element


def value(name: str, val: str | int) -> Element:
    """An element whose only attribute is `w:val`."""
    return w(name, val=val)


def text(words: str) -> Element:
    """A `w:t` that keeps its spaces."""
    element = w("t")
    element.text = words
    if words != words.strip() or "  " in words:
        element.set(XML_SPACE, "preserve")
    return element


def writable(words: str) -> str:
    """Drop the characters that XML cannot hold; line breaks and tabs stay as they are."""
    return _NOT_XML.sub("", words)


def clean(words: str) -> str:
    """The same with every line break as a line feed."""
    return writable(words).replace("\r\n", "\n").replace("\r", "\n")


def run(words: str, *properties: Element) -> Element:
    """A run; tabs and line breaks in `words` become Word's own."""
    element = w("r", w("rPr", *properties) if properties else None)
    for piece in re.split(r"([\t\n])", words):
        if piece == "\t":
            element.append(w("tab"))
        elif piece == "\n":
            element.append(w("br"))
        elif piece:
            element.append(text(piece))
    return element


def field(instruction: str, *result: Element) -> Element:
    """A field with the result that it shows until it is updated."""
    return w("fldSimple", *result, instr=f" {instruction} ")


def serialise(element: Element) -> bytes:
    """The part as it stands in the package."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w"])
    data: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def parse(data: bytes) -> Element:
    """Parse a part that we made or checked ourselves; no entity, no network."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
