"""Which paragraphs are headings, where no style says so, and how a heading is written in a path."""

from __future__ import annotations

import re

from app.text.labels import Label

_MODAL = re.compile(r"\b(?:shall|may|will|must|agrees?|is|are|was|were|has|have|be)\b")
_SMALL = re.compile(
    r"(?:an?|and|any|as|at|by|for|from|in|into|of|on|or|over|per|nor|the|to|under|upon|via|vs|with|without|between|"
    r"during|after|before|except|only)"
)
_INSTRUMENT = re.compile(
    r"(?:letters? of (?:agreement|understanding|intent)|memorand(?:um|a) of|side ?letters?\b|signature page|"
    r"(?:table of )?contents$|index$|appendi(?:x|ces)$|preamble$)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"[(\[](?:new|revised|amended)(?: (?:article|section|language))?[)\]]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w’'\-]*")


def looks_like_title(text: str, *, final_stop: bool = False) -> bool:
    """Whether a short text is set as a title: all capitals, or each weighty word with a capital.

    Args:
        text: The paragraph, without its number.
        final_stop: Whether one full stop at the end is allowed, as in "Section 6. Essential Employees."
    """
    if final_stop and text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    if not text or text[-1] in ".;:,?!_" or len(text) > 150 or "...." in text:
        return False
    words = _WORD.findall(text)
    if not words or len(words) > 16 or not any(len(word) > 2 and word[0].isalpha() for word in words):
        return False
    if sum(word.isdigit() for word in words) > 2:
        return False  # a row of a table
    letters = [letter for letter in text if letter.isalpha()]
    if _REMARK.fullmatch(text) or (len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters)):
        return True
    if len(words) > 12 or not (words[0][0].isupper() or words[0][0].isdigit()) or _MODAL.search(text):
        return False
    return all(word[0].isupper() or word[0].isdigit() or _SMALL.fullmatch(word) is not None for word in words)


def is_all_capitals(text: str) -> bool:
    """Whether the letters are capitals throughout, at least four of them."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters)


def opens_instrument(text: str) -> bool:
    """Whether an unnumbered heading begins a text beside the articles: a letter of agreement, a memorandum."""
    return bool(_INSTRUMENT.match(text))


def is_sentence(text: str) -> bool:
    """Whether a text set in a heading style is a provision all the same."""
    words = len(_WORD.findall(text))
    return (
        words > 30 or (words > 8 and text[-1:] in ".;:") or (words > 5 and bool(re.search(r"\b(?:shall|must)\b", text)))
    )


def heading_line(label: Label | None, title: str) -> str:
    """A heading as a path shows it: "Article 32. Technology", "32.1 Notice", "A. Tests", the same from every form."""
    title = title.strip().removesuffix(".") if label else title.strip()
    if label is None:
        return title
    if not title:
        return label.name
    if label.kind in ("decimal", "absolute"):
        return f"{label.name} {title}"
    if label.kind == "item" and label.shape.startswith("("):
        return f"({label.name}) {title}"
    return f"{label.name}. {title}"
