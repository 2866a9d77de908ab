"""Formulas in one line: a fraction with a stroke, a power with a caret, brackets where it would be misread without.

Word keeps a formula as nested parts without signs between them (ECMA-376 part 1, 22.1); read one after the other,
one half would be 12.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from app.text.docx_names import Element, attribute, child, short

_APART: Final = frozenset({"m:f", "m:sSup", "m:sSub", "m:sSubSup"})  # from a letter or digit behind them
MATH_PARTS: Final = frozenset({"m:num", "m:den", "m:sup", "m:sub", "m:d", "m:rad", "m:nary", "m:e"}) | _APART
_ENOUGH: Final = 50  # elements to look at
_SIGNS: Final = {"m:den": "/", "m:sup": "^", "m:sub": "_", "m:rad": "√"}
_GROUPED: Final = frozenset({"m:num", "m:den", "m:sup", "m:sub"})


def opening(element: Element) -> str:
    """What stands in front of a part of a formula."""
    name = short(element)
    if name == "m:d":
        return _stated(element, "m:begChr", "(")
    if name == "m:nary":
        return _stated(element, "m:chr", "∫")
    if name == "m:e" and short(element.getparent()) == "m:nary":
        return " "
    if name == "m:e" and short(element.getparent()) == "m:d":
        first = element.getprevious() is None or short(element.getprevious()) == "m:dPr"
        return "" if first else _stated(element.getparent(), "m:sepChr", "|")
    if _words(element):
        return _SIGNS.get(name, "") + ("(" if _needs_brackets(element) else "")
    return ""


def closing(element: Element) -> str:
    """What stands behind it."""
    name = short(element)
    if name == "m:d":
        return _stated(element, "m:endChr", ")")
    if name in _APART:
        following = element.getnext()
        return " " if following is not None and _words(following)[:1].isalnum() else ""
    return ")" if _needs_brackets(element) else ""


def _needs_brackets(element: Element) -> bool:
    name = short(element)
    if name not in _GROUPED and not (name == "m:e" and short(element.getparent()) == "m:rad"):
        return False
    parts = [short(each) for each in islice(element, _ENOUGH) if short(each) not in {"m:ctrlPr", "m:argPr"}]
    words = _words(element)
    if parts == ["m:d"] or not words:
        return False
    is_one = words.replace(".", "").replace(",", "").isalnum()
    return not is_one or any(name.startswith("m:") and name != "m:r" for name in parts)


def _words(element: Element) -> str:
    """Its first words; a part that begins with more than is looked at here counts as having some."""
    first = list(islice(element.iter(), _ENOUGH))
    words = "".join(each.text or "" for each in first if short(each) == "m:t")
    return words.strip() or ("…" if len(first) == _ENOUGH else "")


def _stated(element: Element, name: str, usual: str) -> str:
    properties = child(element, f"{short(element)}Pr")
    found = child(properties, name)
    return usual if found is None else attribute(found, "m:val")
