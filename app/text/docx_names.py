"""Names in WordprocessingML, whatever prefix, edition (transitional or strict) or producer wrote them.

`short` turns a tag into a fixed short form such as "w:p", so that the readers can look names up in plain dicts.
Values that a file states wrongly (a level of "abc") come back as a default; no function here raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Element = Any
"""An lxml element; lxml brings no types of its own."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
M_STRICT = "http://purl.oclc.org/ooxml/officeDocument/math"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W16SE = "http://schemas.microsoft.com/office/word/2015/wordml/symex"

_PREFIXES = {
    W: "w",
    W_STRICT: "w",
    R: "r",
    R_STRICT: "r",
    W14: "w14",
    W16SE: "w16se",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    M: "m",
    M_STRICT: "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
}
_SPELLINGS = {
    "w": (f"{{{W}}}", f"{{{W_STRICT}}}"),
    "r": (f"{{{R}}}", f"{{{R_STRICT}}}"),
    "m": (f"{{{M}}}", f"{{{M_STRICT}}}"),
    "w14": (f"{{{W14}}}",),
    "w16se": (f"{{{W16SE}}}",),
}
_OFF = {"0", "false", "off", "none"}


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    namespace, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else f"?:{local}"


def short(element: Element) -> str:
    """The element's name with a fixed prefix: "w:p", or "?:name" in a namespace that is none of ours."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _attribute_names(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    return (*(f"{spelling}{local}" for spelling in _SPELLINGS[prefix]), local)


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute such as "w:val", in either edition's namespace, or without one as some producers write it."""
    for spelling in _attribute_names(name):
        value = element.get(spelling)
        if value is not None:
            return str(value)
    return default


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """Each child element with its short name; of `mc:AlternateContent`, the children of the branch to be read."""
    for child in element:
        name = short(child)
        if name == "mc:AlternateContent":
            branch = chosen_branch(child)
            if branch is not None:
                for grandchild in branch:
                    if short(grandchild):
                        yield short(grandchild), grandchild
        elif name:
            yield name, child


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this short name."""
    if element is None:
        return None
    for found in element:
        found_name = short(found)
        if found_name == name:
            return found
        if found_name == "mc:AlternateContent":
            return next((each for each_name, each in children(element) if each_name == name), None)
    return None


def value(element: Element | None, name: str, default: str = "") -> str:
    """`w:val` of the first child of this short name."""
    found = child(element, name)
    return default if found is None else attribute(found, "w:val", default)


def whole(text: str, default: int | None = None) -> int | None:
    """A whole number out of an attribute, or the default where the file holds something else."""
    text = text.strip()
    digits = text[1:] if text[:1] in "+-" else text
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        return default
    return int(text)


def is_on(element: Element | None) -> bool | None:
    """Whether a switch such as `w:b` is on; None where it is not stated."""
    return None if element is None else attribute(element, "w:val", "1").lower() not in _OFF


def chosen_branch(alternate: Element) -> Element | None:
    """The branch of `mc:AlternateContent` that Word shows: the first choice it understands, else the fallback.

    Exactly one branch is taken, so that a text box kept in a modern and an old form is read once.
    """
    choices = [branch for branch in alternate if short(branch) == "mc:Choice"]
    fallback = next((branch for branch in alternate if short(branch) == "mc:Fallback"), None)
    for choice in choices:
        if len(choice) and all(_understood(choice, prefix) for prefix in choice.get("Requires", "").split()):
            return choice
    return fallback if fallback is not None else next(iter(choices), None)


def _understood(choice: Element, prefix: str) -> bool:
    namespace = choice.nsmap.get(prefix, "")
    return namespace in _PREFIXES or namespace.startswith(
        ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
    )
