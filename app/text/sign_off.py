"""Tables in which people sign: places for signatures, names and dates, and for the initials of each article.

What stands in them names articles and people and says nothing of its own, so it is in the document's text and no
provision. A table of positions or of dates is none of these: its cells hold more than initials and the day they were
written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from app.text.document import Block

_SIDE = r"(?:(?:for )?(?:the )?(?:union|employer|company|management|association|guild)(?:['’]s)?:? )?"
_ASKED = re.compile(rf"{_SIDE}(?:initials?|signatures?|signed|date(?: signed)?):?", re.IGNORECASE)
_LINE = re.compile(
    r"(?:signatures?|signed(?: by)?|by|(?:print(?:ed)? )?name|title|position|date(?: signed)?):?", re.IGNORECASE
)
_GIVEN = re.compile(r"[A-Za-z]{1,4}|(?:[A-Za-z]\. ?){1,4}|\d{1,4}([./-])\d{1,2}\1\d{1,4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_LONGEST = 100  # characters of what is initialled: the title of an article


def without_sign_off(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; those of tables in which people sign stand beside the draft, and are no grid."""
    kept: list[Block] = []
    for table, group in groupby(blocks, key=lambda block: block.cell[0] if block.cell else None):
        part = list(group)
        signed = table is not None and _is_for_signing(part)
        kept += (
            [replace(block, beside=True, heading_level=0, cell=None, cell_header="") for block in part]
            if signed
            else part
        )
    return kept


def _is_for_signing(table: Sequence[Block]) -> bool:
    cells: dict[tuple[int, int], str] = {}
    for block in table:
        assert block.cell is not None
        place = block.cell[1:]
        words = " ".join("".join(each.text for each in block.runs).split())
        cells[place] = f"{cells.get(place, '')} {words}".strip()
    heads = [words for (row, column), words in cells.items() if not row and column and words]
    firsts = [words for (row, column), words in cells.items() if row and not column and words]
    rest = [words for (row, column), words in cells.items() if row and column and words]
    if not heads or not firsts:
        return False
    if all(_LINE.fullmatch(words) for words in firsts):
        return all(len(words) <= _LONGEST for words in (*heads, *rest))
    asked = any(_ASKED.fullmatch(words) for words in heads)
    return asked and all(len(words) <= _LONGEST for words in firsts) and all(_GIVEN.fullmatch(each) for each in rest)
