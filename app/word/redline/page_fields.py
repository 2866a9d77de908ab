"""Fields that count pages. What one showed when the file was last laid out is no part of the text."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

from app.word.names import FIELD, FIELD_CHAR, INSTR, Element, T, w

_COUNTS_PAGES: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)\b", re.IGNORECASE)
_KIND: Final = w("fldCharType")


def without_count(elements: list[Element]) -> list[Element]:
    """The elements of a field as they are, or copies without the number where it counts pages."""
    code = "".join(each.text or "" for element in elements for each in element.iter(INSTR))
    code = code or elements[0].get(w("instr"), "")
    if not _COUNTS_PAGES.match(code):
        return elements
    copies = [deepcopy(each) for each in elements]
    is_result = copies[0].tag == FIELD
    for copy in copies:
        for each in copy.iter(FIELD_CHAR, T):
            if each.tag == FIELD_CHAR:
                is_result = each.get(_KIND) == "separate"
            elif is_result:
                each.text = ""
    return copies
