"""Namespaces and small moves on XML trees that all steps of the gate share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Element = Any
"""An lxml element; lxml brings no types of its own."""

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
MC: Final = NAMESPACES["mc"]
STRICT: Final = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"],
    "http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"],
    "http://purl.oclc.org/ooxml/drawingml/main": NAMESPACES["a"],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": NAMESPACES["wp"],
    "http://purl.oclc.org/ooxml/drawingml/picture": NAMESPACES["pic"],
}
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_PREFIXES: Final = {uri: prefix for prefix, uri in NAMESPACES.items()} | {_XML: "xml"}


def full(name: str) -> str:
    """A prefixed name such as "w:p" as lxml has it; without a prefix it stays as it is."""
    prefix, colon, local = name.partition(":")
    if not colon:
        return name
    return f"{{{_XML if prefix == 'xml' else NAMESPACES[prefix]}}}{local}"


def w(local: str) -> str:
    """A name in the main namespace as lxml has it."""
    return f"{{{NAMESPACES['w']}}}{local}"


def readable(name: str) -> str:
    """A name as people write it: "w:p"; one of a foreign namespace without its prefix."""
    uri, _, local = name.rpartition("}")
    prefix = _PREFIXES.get(uri[1:])
    return f"{prefix}:{local}" if prefix else local


VAL, TYPE, ID, NAME, ANCHOR = w("val"), w("type"), w("id"), w("name"), w("anchor")
P, R, T, PPR, RPR = w("p"), w("r"), w("t"), w("pPr"), w("rPr")
RELATION_ID, EMBED = full("r:id"), full("r:embed")
SPACE = full("xml:space")

WORDS: Final = frozenset(full(name) for name in ("w:t", "w:delText", "m:t", "a:t", "w:sym"))
"""Elements in which a page shows words."""

SHAPES: Final = tuple(f"v:{name}" for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "group"))
"""Shapes of the old drawing language."""

OFF: Final = frozenset({"0", "false", "off", "none"})


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:vanish` is there and on."""
    return element is not None and element.get(VAL, "1").lower() not in OFF


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put the children of an element in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)


def ancestor(element: Element, tag: str) -> Element | None:
    """The nearest element of this tag around another."""
    return next(element.iterancestors(tag), None)


def elements(root: Element, *names: str) -> Iterator[Element]:
    """All elements of these prefixed names, as a list made beforehand, so that the tree may be changed."""
    yield from list(root.iter(*(full(name) for name in names)))


def settle_names(root: Element) -> Element:
    """Bring a tree of the strict edition, or one whose attributes lack their prefix, into the usual spelling."""
    main = f"{{{NAMESPACES['w']}}}"
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.startswith("{http://purl.oclc.org/"):
            element.tag = _moved(element.tag)
        if not element.attrib:
            continue
        for name in list(element.attrib):
            if name.startswith("{http://purl.oclc.org/"):
                element.set(_moved(name), element.attrib.pop(name))
            elif name[0] != "{" and element.tag.startswith(main):
                value = element.attrib.pop(name)
                if main + name not in element.attrib and ":" not in name:  # as what was saved of a broken part may have
                    element.set(main + name, value)
    return root


def _moved(name: str) -> str:
    uri, brace, local = name.rpartition("}")
    return f"{{{STRICT[uri[1:]]}}}{local}" if brace and uri[1:] in STRICT else name
