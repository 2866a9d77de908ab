"""How a refusal reads: which part, and what in it."""

from __future__ import annotations

from app.errors import NotTableSafe

_LONGEST = 80


def refusal(place: str, problem: str) -> NotTableSafe:
    """The error to raise; names the part and the thing."""
    return NotTableSafe(f"The file was not handed out: {_short(place)} {problem}")


def quoted(text: str) -> str:
    """Somebody's words in a message: short, in one line."""
    return f"“{_short(' '.join(text.split()))}”"


def _short(text: str) -> str:
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
