"""How a refusal reads: which part, and what in it."""

from __future__ import annotations

from app.errors import NotTableSafe

_LONGEST = 80
_PLACES = (
    ("word/document.xml", "the text"),
    ("word/header", "a header"),
    ("word/footer", "a footer"),
    ("word/footnotes.xml", "a footnote"),
    ("word/endnotes.xml", "an endnote"),
    ("word/styles.xml", "a style"),
    ("word/numbering.xml", "a list"),
    ("word/settings.xml", "the settings"),
    ("word/media/", "a picture"),
    ("docProps/", "the properties"),
)
"""Where a person finds what a part holds; the part's own name stays beside it, for whoever looks into the package."""


def refusal(place: str, problem: str) -> NotTableSafe:
    """The error to raise; names the place, as people and as the package call it, and the thing."""
    shown = next((words for part, words in _PLACES if place.startswith(part)), "")
    where = f"{shown} ({_short(place)})" if shown else _short(place)
    return NotTableSafe(f"The file was not handed out: {where} {problem}")


def quoted(text: str) -> str:
    """Somebody's words in a message: short, in one line."""
    return f"“{_short(' '.join(text.split()))}”"


def _short(text: str) -> str:
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
