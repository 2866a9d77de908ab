"""Which fields may stay live in a file for the other side, and how their codes then read.

A live field counts pages, refers to a place in the same file, or numbers. Everything else (paths, links, properties,
names, questions) is turned into the words that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

_PIECE: Final = re.compile(r'"[^"]*"|\\\S|[^\s"\\]+')
_FORMATS: Final = {
    name.lower(): name
    for name in ("Arabic", "Roman", "Alphabetic", "Ordinal", "CardText", "OrdText", "Upper", "Lower", "FirstCap",
                 "Caps", "MERGEFORMAT", "CHARFORMAT", "Hex", "DollarText", "ArabicDash")
}  # fmt: skip
_CASED: Final = frozenset({"roman", "ROMAN", "alphabetic", "ALPHABETIC"})
_PLAIN: Final = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "FORMCHECKBOX", "AUTONUM", "AUTONUMLGL",
                           "AUTONUMOUT"})  # fmt: skip
_TO_A_PLACE: Final = {"REF": "fhnprtw", "PAGEREF": "hp", "NOTEREF": "fhp"}
_SEQUENCES: Final = frozenset({"Table", "Figure", "Equation"})
_LISTS: Final = frozenset({"NumberDefault", "LegalDefault", "OutlineDefault"})
_LEVELS: Final = re.compile(r'"?[1-9](?:-[1-9])?"?')
_HEADING: Final = re.compile(r'"heading [1-9]"|[1-9]|"Title"', re.IGNORECASE)
_SEPARATOR: Final = re.compile(r'"[ .\-–—]?"')

Rename = Callable[[str], str | None]


def admit_code(code: str, places: Collection[str]) -> str | None:
    """The code, spelt in one way, if such a field may stay live.

    Args:
        code: The field's code.
        places: The bookmarks that it may refer to.
    """
    return spell(code, lambda name: name if name in places else None)


def spell(code: str, rename: Rename) -> str | None:
    """The code of a field that may stay live, in one spelling and with the places renamed; None for all others.

    Args:
        code: The field's code.
        rename: Gives the new name of a bookmark, None where the file has no such bookmark.
    """
    pieces = _PIECE.findall(code)
    if not pieces or _PIECE.sub("", code).strip():
        return None
    name, rest = pieces[0].upper(), pieces[1:]
    found = _arguments(name, rest, rename)
    return None if found is None else f" {' '.join([name, *found])} "


def _arguments(name: str, rest: list[str], rename: Rename) -> list[str] | None:
    if name in _PLAIN:
        return _switches(rest, "")
    if name == "TOC":
        return _switches(rest, "hnuwxz", valued={"o": _LEVELS, "n": _LEVELS, "l": _LEVELS, "p": _SEPARATOR})
    if name == "HYPERLINK":
        return _inner_link(rest, rename)
    if name == "LISTNUM":
        named = [rest[0]] if rest and rest[0] in _LISTS else []
        return _named(named, rest[len(named) :], "", {"l": _LEVELS, "s": re.compile(r"\d{1,4}")})
    return _with_operand(name, rest, rename) if rest else None


def _with_operand(name: str, rest: list[str], rename: Rename) -> list[str] | None:
    first, *others = rest
    if name in _TO_A_PLACE:
        place = rename(first.strip('"'))
        return None if place is None else _named([place], others, _TO_A_PLACE[name], {})
    if name == "SEQ" and first in _SEQUENCES:
        return _named([first], others, "chn", {"s": _LEVELS, "r": _LEVELS})
    if name == "STYLEREF" and _HEADING.fullmatch(first):
        return _named([first], others, "lnprtw", {})
    return None


def _named(operands: list[str], rest: list[str], letters: str, valued: dict[str, re.Pattern[str]]) -> list[str] | None:
    switches = _switches(rest, letters, valued=valued)
    return None if switches is None else [*operands, *switches]


def _inner_link(rest: list[str], rename: Rename) -> list[str] | None:
    """`HYPERLINK \\l place`: a link within the file; its screen tip goes."""
    if len(rest) < 2 or rest[0] != "\\l":
        return None
    place = rename(rest[1].strip('"'))
    return None if place is None else ["\\l", f'"{place}"']


def _switches(pieces: list[str], letters: str, *, valued: dict[str, re.Pattern[str]] | None = None) -> list[str] | None:
    found: list[str] = []
    waiting = list(pieces)
    while waiting:
        piece = waiting.pop(0)
        letter = piece[1:]
        if not piece.startswith("\\"):
            return None
        if letter == "*" and waiting:
            form = waiting.pop(0)
            spelt = form if form in _CASED else _FORMATS.get(form.lower())
            if spelt is None:
                return None
            found += [piece, spelt]
        elif valued and letter in valued and waiting and valued[letter].fullmatch(waiting[0]):
            found += [piece, waiting.pop(0)]
        elif letter in letters:
            found.append(piece)
        else:
            return None
    return found
