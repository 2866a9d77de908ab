"""The properties of the written package: the title that its pages show, the language, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.word.table_safe.names import Element
from app.word.table_safe.properties import (
    CORE_SPACE,
    DC_SPACE,
    PROGRAM,
    REVISION,
    SHOWN_PROPERTIES,
    is_shown,
    shown_words,
)
from app.word.table_safe.refusal import quoted, refusal
from app.word.table_safe.values import Known, admit

_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_SPACES: Final = frozenset({CORE_SPACE, DC_SPACE, _EXTENDED})


def check_properties(trees: dict[str, Element], stories: Sequence[Element]) -> None:
    """Refuse properties that say more than the pages.

    Raises:
        NotTableSafe: Names the property.
    """
    shown = shown_words(stories)
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = trees.get(name)
        if root is None:
            continue
        if root.attrib or not set(root.nsmap.values()) <= _SPACES or (root.text or "").strip():
            raise refusal(name, "does not begin as such a part does.")
        expected = f"{{{CORE_SPACE}}}coreProperties" if "core" in name else f"{{{_EXTENDED}}}Properties"
        if root.tag != expected:
            raise refusal(name, "does not begin as such a part does.")
        for element in root:
            if not isinstance(element.tag, str):
                raise refusal(name, "carries an XML comment or instruction.")
            _check_property(name, element, shown)


def _check_property(name: str, element: Element, shown: str) -> None:
    text = element.text or ""
    local = element.tag.rpartition("}")[2]
    if element.attrib or len(element) or (element.tail or "").strip() or element.nsmap != element.getparent().nsmap:
        raise refusal(name, f"has more than a word in the property {quoted(local)}.")
    if element.tag == f"{{{_EXTENDED}}}Application":
        if text != PROGRAM:
            raise refusal(name, f"names a program: {quoted(text)}.")
    elif local in SHOWN_PROPERTIES and element.tag == f"{{{DC_SPACE}}}{local}":
        if not is_shown(text, shown):
            raise refusal(name, f"has a {local} that the pages do not show: {quoted(text)}.")
    elif element.tag == f"{{{DC_SPACE}}}language":
        if admit("language", text, Known()) is None:
            raise refusal(name, f"has the language {quoted(text)}.")
    elif element.tag != f"{{{CORE_SPACE}}}revision" or text != REVISION:
        raise refusal(name, f"has the property {quoted(local)}: {quoted(text)}.")
