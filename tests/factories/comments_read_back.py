"""Comments of a Word file as a person sees them: who says what, at which words. Reads the package, not our writer."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom"}


@dataclass(frozen=True)
class ReadComment:
    """One comment and its anchor."""

    id: str
    author: str
    initials: str
    text: str  # a paragraph a line
    words: str  # visible words between the two marks
    referred: bool  # whether a mark behind the words refers to it


def read_comments(data: bytes) -> list[ReadComment]:
    """Every comment of the file, in the order of the comments part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        name = next((each for each in package.namelist() if each.endswith("comments.xml")), None)
        if name is None:
            return []
        comments = etree.fromstring(package.read(name))
    words: dict[str, str] = {}
    open_ids: list[str] = []
    closed: set[str] = set()
    referred: set[str] = set()
    for element in body.iter():
        if element.tag == f"{_W}commentRangeStart":
            open_ids.append(element.get(f"{_W}id"))
            words.setdefault(element.get(f"{_W}id"), "")
        elif element.tag == f"{_W}commentRangeEnd":
            open_ids.remove(element.get(f"{_W}id"))
            closed.add(element.get(f"{_W}id"))
        elif element.tag == f"{_W}commentReference":
            assert element.get(f"{_W}id") in closed, "the mark stands behind the words"
            referred.add(element.get(f"{_W}id"))
        elif not any(each.tag in _GONE for each in element.iterancestors()):
            shown = element.text or "" if element.tag == f"{_W}t" else ""
            shown = " " if element.tag in {f"{_W}tab", f"{_W}br"} and element.getparent().tag == f"{_W}r" else shown
            for each in open_ids:
                words[each] += shown
    assert not open_ids, "every range ends"
    return [
        ReadComment(
            each.get(f"{_W}id"),
            each.get(f"{_W}author"),
            each.get(f"{_W}initials"),
            "\n".join("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in each.iter(f"{_W}p")),
            words.get(each.get(f"{_W}id"), ""),
            each.get(f"{_W}id") in referred,
        )
        for each in comments.iter(f"{_W}comment")
    ]


def header_texts(data: bytes) -> list[str]:
    """What each header that a section refers to says, one for each reference."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        rels = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {each.get("Id"): each.get("Target") for each in rels}
        found = []
        for reference in body.iter(f"{_W}headerReference"):
            target = targets[
                reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            ].lstrip("/")
            root = etree.fromstring(package.read(target if target.startswith("word/") else f"word/{target}"))
            found.append("".join(each.text or "" for each in root.iter(f"{_W}t")))
        return found
