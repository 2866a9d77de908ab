"""Tells headings from body text, by style or by look.

Many agreements are typed without heading styles; there a short line, all bold or in capitals or larger than the
rest, on its own, is what a reader takes for a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.text.docx_names import child, value, whole
from app.text.docx_paragraph import GONE_AFTER, Paragraph
from app.text.docx_styles import BODY_OUTLINE_LEVEL

_LONGEST = 120
_MOST_WORDS = 14
_BIG_DIVISION = re.compile(r"(?:article|part|chapter|title|appendix|schedule|annex|exhibit)\b", re.IGNORECASE)
_COMMON_SHARE = 0.4  # a look that this much of the text has says nothing
_CONTENTS_STYLE = re.compile(r"(?:toc|contents|index|table of (?:authorities|figures)) ?[1-9]?")
_PAGE_AT_END = re.compile(r"(?:\t|\.{2,}|…|\s)\s*(?:[A-Z]-)?(?:\d{1,4}|[ivxl]{1,6})$")
_LARGER_BY = 3  # half-points


class Headings:
    """Judges each paragraph against the usual look of the whole file."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        sizes: Counter[int] = Counter()
        bold = capitals = total = 0
        for paragraph in paragraphs:
            for piece in paragraph.pieces:
                length = len(piece.text)
                total += length
                bold += length if piece.look.bold else 0
                capitals += length if piece.look.capitals or _is_upper(piece.text) else 0
                if piece.look.half_points:
                    sizes[piece.look.half_points] += length
        self._usual_size = sizes.most_common(1)[0][0] if sizes else 0
        self._bold_counts = bold < _COMMON_SHARE * total
        self._capitals_count = capitals < _COMMON_SHARE * total

    def level(self, paragraph: Paragraph) -> int:
        """1 to 9 for a heading, 0 for body text."""
        stated = whole(value(paragraph.properties, "w:outlineLvl")) if paragraph.properties is not None else None
        if stated is not None and stated >= 0:
            return stated + 1 if stated < BODY_OUTLINE_LEVEL else 0
        return paragraph.style.heading_level or self._level_by_look(paragraph)

    def _level_by_look(self, paragraph: Paragraph) -> int:
        text = " ".join(paragraph.text_without(GONE_AFTER).split())
        if (
            paragraph.cell is not None
            or not text
            or len(text) > _LONGEST
            or len(text.split()) > _MOST_WORDS
            or text[-1] in ":;,"
            or "__" in text
            or not any(letter.isalpha() for letter in text)
            or (child(paragraph.properties, "w:numPr") is not None and text[-1] == ".")
        ):
            return 0
        looks = [piece.look for piece in paragraph.pieces if piece.text.strip()]
        capitals = self._capitals_count and (_is_upper(text) or all(look.capitals for look in looks))
        larger = self._usual_size and all((look.half_points or 0) >= self._usual_size + _LARGER_BY for look in looks)
        bold = self._bold_counts and all(look.bold for look in looks)
        if not (capitals or larger or (bold and text[-1] not in ".")):
            return 0
        return 1 if larger or capitals or _BIG_DIVISION.match(text) else 2


def is_contents_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of a table of contents or an index, by where it stands or by style and look."""
    if paragraph.in_contents:
        return True
    names = paragraph.style.names[:1]
    return bool(
        names
        and _CONTENTS_STYLE.fullmatch(names[0])
        and _PAGE_AT_END.search(paragraph.text_without(GONE_AFTER)[-20:].rstrip())
    )


def _is_upper(text: str) -> bool:
    return all(letter.isupper() for letter in text if letter.isalpha()) and sum(map(str.isalpha, text)) > 3
