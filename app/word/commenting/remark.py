"""What is said of some words of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a comment; the label stands before it in bold."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment: what it says, and the words that it is about.

    `start` and `end` are half-open, in characters of the text that the reader made of the document; equal ones are
    about the document as a whole.
    """

    start: int
    end: int
    lines: tuple[Line, ...]
