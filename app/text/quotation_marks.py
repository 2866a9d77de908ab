"""Quotation marks and apostrophes, straight or curled: the same words, spelled as one office or another does."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CURLED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_OPENING = re.compile(r"(?:(?<=^)|(?<=[\s(\[“‘\u2013\u2014]))[\"'](?=\S)", re.MULTILINE)


def straight(text: str) -> str:
    """The text with straight marks, letter for letter as long."""
    return text.translate(_CURLED)


def curled(text: str) -> str:
    """The text with curled marks, letter for letter as long: opening ones where a word begins."""
    opened = _OPENING.sub(lambda mark: "“" if mark[0] == '"' else "‘", text)
    opened = _OPENING.sub(lambda mark: "“" if mark[0] == '"' else "‘", opened)  # one that opens within another
    return opened.replace('"', "”").replace("'", "’")


def written_like(text: str, others: Iterable[str]) -> str:
    """The text with the marks that most of the other texts have, double and single ones each by themselves.

    A kind that they do not use, or use in both forms alike, stays as it is.
    """
    words = "".join(others)
    bent, plain = curled(text), straight(text)
    letters = list(text)
    for kind, forms in (('"', "“”"), ("'", "‘’")):
        more = sum(words.count(each) for each in forms) - words.count(kind)
        like = bent if more > 0 else plain if more < 0 else text
        letters = [new if old == kind else now for old, new, now in zip(plain, like, letters, strict=True)]
    return "".join(letters)
