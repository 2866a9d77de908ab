"""The properties of a written file: a title that its pages show, its language, and nothing about people or programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from app.word.table_safe.names import Element, T, w
from app.word.table_safe.values import Known, admit

CORE_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC_SPACE: Final = "http://purl.org/dc/elements/1.1/"
REVISION: Final = "1"
PROGRAM: Final = "Microsoft Office Word"
APP: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{PROGRAM}</Application></Properties>"
).encode()
SHOWN_PROPERTIES: Final = ("title", "subject")
PLAIN_TITLES: Final = frozenset({"Redline"})
"""Titles that our own exports give to documents without one; they say nothing."""

_PARTS: Final = re.compile(r": | [-–—] ")


def core_properties(source: Element | None, shown: str) -> bytes:
    """The written `docProps/core.xml`.

    Args:
        source: The properties of the received file.
        shown: The words on its pages; a title that is not among them is not kept.
    """
    root = etree.Element(f"{{{CORE_SPACE}}}coreProperties", nsmap={"cp": CORE_SPACE, "dc": DC_SPACE})
    for name in SHOWN_PROPERTIES:
        text = _value(source, name)
        if text and is_shown(text, shown):
            etree.SubElement(root, f"{{{DC_SPACE}}}{name}").text = text
    language = _value(source, "language")
    if language and admit("language", language, Known()):
        etree.SubElement(root, f"{{{DC_SPACE}}}language").text = language
    etree.SubElement(root, f"{{{CORE_SPACE}}}revision").text = REVISION
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def is_shown(text: str, shown: str) -> bool:
    """Whether every part of a title ("Union Proposal 2: Worker data") stands on the pages."""
    if text in PLAIN_TITLES:
        return True
    return all(" ".join(part.split()) in shown for part in _PARTS.split(text))


def shown_words(stories: Sequence[Element]) -> str:
    """The words of all stories, paragraph by paragraph, with single spaces."""
    lines = []
    for root in stories:
        for paragraph in root.iter(w("p")):
            pieces = [each.text or "" if each.tag == T else " " for each in paragraph.iter(T, w("tab"), w("br"))]
            lines.append(" ".join("".join(pieces).split()))
    return "\n".join(lines)


def _value(source: Element | None, name: str) -> str:
    found = None if source is None else source.find(f"{{{DC_SPACE}}}{name}")
    return "" if found is None else " ".join("".join(found.itertext()).split())
