"""Values in the old drawing language (VML): a style sheet in an attribute, paths, formulas."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"-?\d{0,12}(?:\.\d{1,20})?(?:mm|cm|in|pt|pc|pi|px|em|f|%|e-?\d)?")
_WORDS: Final = {
    "position": "static absolute relative",
    "visibility": "visible inherit",
    "flip": "x y xy yx",
    "v-text-anchor": "top middle bottom top-center middle-center bottom-center top-baseline bottom-baseline",
    "v-text-align": "left right center justify letter-justify stretch-justify",
    "layout-flow": "horizontal vertical horizontal-ideographic vertical-ideographic",
    "mso-layout-flow-alt": "bottom-to-top top-to-bottom",
    "mso-fit-shape-to-text": "t f true false",
    "mso-fit-text-to-shape": "t f true false",
    "mso-wrap-style": "none square",
    "mso-position-horizontal": "absolute left center right inside outside",
    "mso-position-vertical": "absolute top center bottom inside outside",
    "mso-position-horizontal-relative": "margin page text char left-margin-area right-margin-area",
    "mso-position-vertical-relative": "margin page text line top-margin-area bottom-margin-area",
    "mso-wrap-mode": "none square tight through top-and-bottom",
    "mso-direction-alt": "auto",
    "mso-next-textbox": "",
    "font-weight": "normal bold",
    "font-style": "normal italic",
    "v-text-kern": "t f",
    "v-same-letter-heights": "t f",
    "v-rotate-letters": "t f",
    "v-text-spacing-mode": "tightening tracking",
    "overflow": "visible hidden",
}
_ALLOWED: Final = {name: frozenset(words.split()) for name, words in _WORDS.items() if words}
_MEASURES: Final = (
    "width height left top right bottom margin margin-left margin-top margin-right margin-bottom rotation z-index "
    "font-size v-text-spacing mso-wrap-distance-left mso-wrap-distance-right mso-wrap-distance-top "
    "mso-wrap-distance-bottom mso-width-percent mso-height-percent mso-left-percent mso-top-percent mso-rotate"
)
_MEASURED: Final = frozenset(_MEASURES.split())
_FONT: Final = re.compile(r"\"?[\w @.+&'()\-]{1,31}\"?")
_PATH: Final = re.compile(
    r"(?:nf|ns|ae|al|at|ar|wa|wr|qx|qy|qb|h[a-i]|[mlcxetrv]|[@#]\d{1,3}|-?\d{1,9}(?:\.\d{1,9})?|[ ,;])*"
    "|none|rect|custom|segments"
)
_EQUATION: Final = re.compile(
    r"(?:val|sum|prod|product|mid|abs|min|max|if|mod|atan2|sin|cos|cosatan2|sinatan2|sqrt|sumangle|ellipse|tan)"
    r"(?: (?:[@#]\d{1,3}|-?\d{1,9}|width|height|xcenter|ycenter|pixelwidth|pixelheight|pixellinewidth|emuwidth"
    r"|emuheight|emuwidth2|emuheight2|lineDrawn)){0,4} ?"
)


def admit_css(text: str) -> str | None:
    """Of a list of `property:value`, those that only place and size a shape."""
    kept = []
    for pair in text.split(";"):
        name, _, value = pair.partition(":")
        name, value = name.strip().lower(), value.strip()
        if (
            (name in _MEASURED and value and _NUMBER.fullmatch(value))
            or value in _ALLOWED.get(name, ())
            or (name == "font-family" and _FONT.fullmatch(value))
        ):
            kept.append(f"{name}:{value}")
    return ";".join(kept) or None


def admit_path(text: str) -> str | None:
    """A path of drawing commands and numbers."""
    return text if _PATH.fullmatch(text) else None


def admit_equation(text: str) -> str | None:
    """One formula of a shape."""
    return text if _EQUATION.fullmatch(text) else None
