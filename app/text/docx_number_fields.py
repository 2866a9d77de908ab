"""Numbers that a paragraph opens with and that Word works out itself: AUTONUM, AUTONUMLGL, AUTONUMOUT and LISTNUM.

Such a field stores no result (ECMA-376 part 1, 17.16.5). The first three count by the built-in heading styles, with
body text below all of them; LISTNUM counts in one of three lists that Word has built in, at the level it names.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import Final

from app.text.docx_names import whole
from app.text.docx_number_formats import format_number
from app.text.docx_paragraph import Change, NumberField
from app.text.docx_styles import ParagraphStyle

BODY: Final = 9  # the level of body text, below the nine headings
_KINDS: Final = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
_HEADING: Final = re.compile(r"heading ([1-9])")
_FORMATS: Final = {
    "arabic": "decimal", "alphabetic": "lowerLetter", "ALPHABETIC": "upperLetter", "roman": "lowerRoman",
    "ROMAN": "upperRoman", "ordinal": "ordinal", "cardtext": "cardinalText", "ordtext": "ordinalText", "hex": "hex",
}  # fmt: skip
_OUTLINE: Final = (
    ("upperRoman", "{}."), ("upperLetter", "{}."), ("decimal", "{}."), ("lowerLetter", "{})"), ("decimal", "({})"),
    ("lowerLetter", "({})"), ("lowerRoman", "({})"), ("lowerLetter", "({})"), ("lowerRoman", "({})"),
)  # fmt: skip
_NUMBERS: Final = tuple(
    (letters, text) for text in ("{})", "({})", "{}.") for letters in ("decimal", "lowerLetter", "lowerRoman")
)


def number_field(code: str, change: Change | None = None) -> NumberField | None:
    """What a field's code asks for; None where it is no such field, or follows a list of the document's own."""
    words = _words(code)
    name, rest = (words[0].upper(), words[1:]) if words else ("", [])
    if name == "LISTNUM":
        kind = rest[0].upper() if rest else ""
        if kind not in {"NUMBERDEFAULT", "LEGALDEFAULT", "OUTLINEDEFAULT"}:
            return None
        level = (whole(_after(rest, "\\l"), 1) or 1) - 1
        start = whole(_after(rest, "\\s"))
        return NumberField(kind, level=level, start=start, change=change) if 0 <= level < BODY else None
    if name not in _KINDS:
        return None
    wanted = _after(rest, "\\*")
    number_format = _FORMATS.get(wanted) or _FORMATS.get(wanted.lower(), "decimal")
    separator = "" if "\\e" in rest else _after(rest, "\\s", ".")
    return NumberField(name, number_format, separator[:4], change=change)


@dataclass(slots=True)
class FieldCounter:
    """Counts through the paragraphs of one story in one view."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def count(self, wanted: NumberField, style: ParagraphStyle) -> str:
        """Count one field and return what it shows."""
        counts = self.counts.setdefault(wanted.kind, [0] * (BODY + 1))
        level = _level_of(style) if wanted.level is None else wanted.level
        counts[level] = counts[level] + 1 if wanted.start is None else wanted.start
        counts[level + 1 :] = [0] * (BODY - level)
        number = format_number(counts[level], wanted.number_format)
        if wanted.number_format.endswith("Text"):
            number = number.lower()  # unlike in a list
        if wanted.kind in {"OUTLINEDEFAULT", "AUTONUMOUT"} and level < BODY:
            return _written(_OUTLINE[level], counts[level])
        if wanted.kind == "NUMBERDEFAULT":
            return _written(_NUMBERS[level], counts[level])
        if wanted.kind in {"LEGALDEFAULT", "AUTONUMLGL"} and wanted.number_format == "decimal":
            above = [str(each) for each in counts[:level]]
            while level == BODY and above and above[-1] == "0":
                above.pop()
            number = ".".join([*above, number])
        return f"{number}{wanted.separator}"


def _written(form: tuple[str, str], count: int) -> str:
    number_format, text = form
    return text.format(format_number(count, number_format))


def _level_of(style: ParagraphStyle) -> int:
    found = _HEADING.fullmatch(style.names[0]) if style.names else None
    return int(found.group(1)) - 1 if found else BODY


def _words(code: str) -> list[str]:
    reader = shlex.shlex(code[:200], posix=True, punctuation_chars=False)
    reader.whitespace_split, reader.escape, reader.commenters, reader.quotes = True, "", "", '"'
    try:
        return list(reader)
    except ValueError:
        return code.split()


def _after(words: list[str], switch: str, default: str = "") -> str:
    """What stands behind a switch, with or without a space between them."""
    for index, word in enumerate(words):
        if word.lower() == switch:
            return words[index + 1] if index + 1 < len(words) else default
        if word.lower().startswith(switch):
            return word[len(switch) :]
    return default
