"""What an attribute may say: the patterns behind the kinds of `allowed.txt`.

`admit` gives the part of a value that may stay, or None. The check wants it to be the whole value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.word.table_safe.field_codes import admit_code
from app.word.table_safe.grammar import grammar
from app.word.table_safe.vml_values import admit_css, admit_equation, admit_path
from app.word.table_safe.words import clean_words

_NUMBER: Final = r"-?\d{0,12}(?:\.\d{1,20})?"
_UNIT: Final = "(?:mm|cm|in|pt|pc|pi|px|f|%)?"
_PATTERNS: Final = {
    "bool": "true|false|1|0|on|off|t|f",
    "int": r"-?\d{1,18}(?:\.\d{1,20})?",  # Google writes twips with decimals
    "measure": _NUMBER + _UNIT,
    "fraction": _NUMBER + _UNIT,
    "numbers": f"(?:{_NUMBER}{_UNIT}[ ,]{{0,2}}){{1,400}}",
    "hex": "[0-9A-Fa-f]{1,8}",
    "colour": "auto|[0-9A-Fa-f]{6}",
    "bits": "[01]{0,12}",
    "date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?",
    "language": r"(?i:[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:_tradnl)?|x-none|)",
    "font": r"[\w @.+&'()\-]{0,31}",  # 31 letters are what Windows admits
    "graphic": (
        "http://schemas\\.openxmlformats\\.org/drawingml/2006/picture"
        "|http://schemas\\.microsoft\\.com/office/word/2010/wordprocessing(?:Shape|Group)"
    ),
    "guide": r"adj\d{0,2}|h[1-9]|w[1-9]",
    "formula": r"val -?\d{1,12}",
    "themename": "Office",
    "stamp": "[0-9A-F]{8}",
    "ignorable": "w14",
    "script": "[A-Z][a-z]{3}",
    "compaturi": "http://schemas\\.microsoft\\.com/office/word",
    "compatname": (
        "compatibilityMode|overrideTableStyleFontSizeAndJustification|enableOpenTypeFeatures|doNotFlipMirrorIndents"
        "|differentiateMultirowTableHeaders|useWord2013TrackBottomHyphenation|allowHyphenationAtTrackBottom"
        "|allowTextAfterFloatingTableBreak"
    ),
    "label": r"Picture \d{1,6}|",
    "alt": "Letterhead|Picture",
    "caption": (  # for screen readers, of our own tables only
        "Signatures|Initials|One row each for signature, name and date; one column for each side\\."
        "|One row for each article; columns for the initials of each side and the date\\."
    ),
    "valign": "left|center|right",
    "vid": r"_x0000_[ts]\d{1,6}",
    "vtype": r"#_x0000_t\d{1,6}",
    "vcolour": (
        r"(?:#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?|black|white|red|green|blue|yellow|silver|gray|navy|maroon|purple|teal"
        r"|olive|lime|aqua|fuchsia|window|windowText|none|this)(?: \[\d{1,4}\])?"
    ),
    "vword": (
        "round|miter|bevel|flat|square|solid|dash|dot|shortdash|shortdot|shortdashdot|longdash|longdashdot|dashdot"
        "|single|thinthin|thickthin|thinthick|thickbetweenthin|none|block|classic|oval|diamond|open|rect|custom|segments"
        "|edit|view|backwardcompatible|page|margin|char|line|text|left|right|center|top|bottom|column|topAndBottom"
        "|tight|through|both|largest|gradient|gradientRadial|frame|tile|pattern|linear|sigma|any|inside|outside"
    ),
}
_COMPILED: Final = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_FUNCTIONS: Final[dict[str, Callable[[str], str | None]]] = {
    "css": admit_css,
    "equation": admit_equation,
    "vpath": admit_path,
    "words": clean_words,
    "level": lambda text: clean_words(text) if len(text) <= _LONGEST_LEVEL else None,
    "char": lambda text: text if len(clean_words(text)) == len(text) <= 1 else None,
}
_LONGEST_LEVEL: Final = 80  # letters


@dataclass(slots=True)
class Known:
    """The names that may stand in one file, which depend on the rest of it."""

    styles: frozenset[str] = frozenset()  # ids of styles that the file defines
    style_names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # bookmarks that the file defines, and names of moves
    authors: frozenset[str] = frozenset()
    commentators: frozenset[str] = frozenset()  # names and initials
    relations: frozenset[str] = field(default_factory=frozenset)  # ids that the part at hand defines


def admit(kind: str, text: str, known: Known) -> str | None:
    """What of an attribute's value may stay.

    Args:
        kind: Which values are allowed, as `allowed.txt` says.
        text: The value.
        known: The names of this file.

    Returns:
        The value, or what is left of it; None where nothing of it is allowed.
    """
    if kind in _COMPILED:
        return text if _COMPILED[kind].fullmatch(text) else None
    if kind in _FUNCTIONS:
        return _FUNCTIONS[kind](text)
    names = {
        "style": known.styles,
        "stylename": known.style_names,
        "name": known.places,
        "author": known.authors,
        "commentator": known.commentators,
        "relation": known.relations,
    }.get(kind)
    if names is not None:
        return text if text in names else None
    if kind == "code":
        return admit_code(text, known.places)
    return text if text in grammar().values[kind] else None
