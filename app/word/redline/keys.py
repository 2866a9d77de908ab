"""Keys under which properties and elements are the same, however two programs wrote them.

Left out of a key: revision ids, spelling marks, the proofing language, tracked changes of formatting (the formatting
as it now stands counts). What an id points to counts, not the id: styles, lists and relations of the new file are
looked up in the old one by `Meaning`.
"""

from __future__ import annotations

from typing import Final

from app.word.names import (
    ANCHOR,
    CELL_CHANGES,
    CODE,
    ID,
    INSTR,
    MARK_CHANGES,
    PROPERTY_CHANGES,
    R_SPACE,
    RPR,
    SECT_PR,
    VAL,
    W14_DRAWING_SPACE,
    W14_SPACE,
    W_SPACE,
    XML_SPACE,
    Element,
    w,
)
from app.word.redline.meanings import Meaning

_IGNORED: Final = frozenset(
    {w("lang"), w("noProof"), w("proofErr"), w("lastRenderedPageBreak"), w("bookmarkStart"), w("bookmarkEnd")}
    | {w("commentRangeStart"), w("commentRangeEnd"), w("rsid")}
    | PROPERTY_CHANGES
)
_STYLES: Final = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
_NUM_ID: Final = w("numId")
_SDT_ID: Final = w("id")
_R: Final = f"{{{R_SPACE}}}"
_W14: Final = (f"{{{W14_SPACE}}}", f"{{{W14_DRAWING_SPACE}}}")
_RSID: Final = f"{{{W_SPACE}}}rsid"
_HINT: Final = w("hint")
_NAMING: Final = frozenset({CODE, ANCHOR})
_OFF: Final = frozenset({"0", "false", "off"})
_ON: Final = frozenset({"1", "true", "on"})
_DRAWING_IDS: Final = frozenset({"docPr", "cNvPr"})
_NO_KEY: Final = ""
_MARKS: Final = MARK_CHANGES | CELL_CHANGES


class Keys:
    """Makes the keys of one file."""

    def __init__(self, meaning: Meaning) -> None:
        """Prepare; `meaning` says what the ids of the file mean."""
        self._ids = meaning
        self._runs: dict[tuple[tuple[str, tuple[tuple[str, str], ...]], ...], str] = {}

    def run(self, properties: Element | None) -> str:
        """The key of run properties; "" where they say nothing."""
        if properties is None or not len(properties):
            return _NO_KEY
        raw = tuple((each.tag, tuple(each.attrib.items())) for each in properties)
        known = self._runs.get(raw)
        if known is None:
            known = self._runs[raw] = self._sorted(properties, skip=MARK_CHANGES)
        return known

    def paragraph(self, properties: Element | None) -> str:
        """The key of paragraph properties, without those of the mark and of the section."""
        return _NO_KEY if properties is None else self._sorted(properties, skip=frozenset({RPR, SECT_PR}))

    def properties(self, element: Element | None) -> str:
        """The key of other properties: of a table, row, cell or section."""
        return _NO_KEY if element is None else self._sorted(element, skip=_MARKS)

    def _sorted(self, element: Element, *, skip: frozenset[str]) -> str:
        return " ".join(
            sorted(self.whole(each) for each in element if each.tag not in skip and each.tag not in _IGNORED)
        )

    def whole(self, element: Element) -> str:
        """The key of an element with all that is in it."""
        tag = element.tag
        if not isinstance(tag, str):
            return _NO_KEY
        name = tag.rpartition("}")[2] if tag.startswith(f"{{{W_SPACE}}}") else tag
        attributes = sorted(
            f"{key.rpartition('}')[2]}={self._meaning(tag, key, value)}"
            for key, value in element.attrib.items()
            if not self._is_noise(tag, key)
        )
        if attributes and attributes[0] == "val=1" and len(attributes) == 1:
            attributes = []
        inner = "".join(
            self._properties_or_whole(each)
            for each in element
            if isinstance(each.tag, str) and each.tag not in _IGNORED
        )
        text = element.text or "" if not len(element) else ""
        if tag == INSTR:
            text = self._ids.code(text)
        return f"<{name} {' '.join(attributes)}>{text}{inner}</>"

    def _properties_or_whole(self, element: Element) -> str:
        if element.tag == RPR:
            key = self.run(element)
            return f"<rPr>{key}</>" if key else ""
        return self.whole(element)

    def _meaning(self, tag: str, key: str, value: str) -> str:
        if key.startswith(_R):
            return self._ids.relation(value)
        if key in _NAMING:
            return self._ids.code(value) if key == CODE else self._ids.bookmark(value)
        if key == VAL:
            if tag in _STYLES:
                return self._ids.style(value)
            if tag == _NUM_ID:
                return self._ids.number(value)
            return "1" if value in _ON else "0" if value in _OFF else value
        return value

    def _is_noise(self, tag: str, key: str) -> bool:
        if key.startswith((_RSID, *_W14)) or key in {_HINT, XML_SPACE}:
            return True
        if key == "id" or (key == "name" and tag.rpartition("}")[2] in _DRAWING_IDS):
            return tag.rpartition("}")[2] in _DRAWING_IDS
        return tag == _SDT_ID and key == VAL if tag == _SDT_ID else key == ID and tag.endswith("Change")
