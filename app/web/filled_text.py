"""Which words of a filled provision came from a placeholder, and which stand in bold, so that a page can show both.

Rendering a clause gives plain words. The Markdown source still says where the placeholders and the bold headings are;
laying the one over the other finds them again. Where the source has a condition the two cannot be laid over each
other, and the provision is shown without marks: never with wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.text.document import Provision

_EXPRESSION = re.compile(r"\{\{\s*(\w+)[^}]*\}\}")
_LABEL = re.compile(r"^\s*(?:\d+\.|\([a-z0-9]+\))\s+")
_BOLD_OPENING = re.compile(r"^\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a provision; `placeholder` names what was filled in here, if anything."""

    text: str
    placeholder: str = ""
    bold: bool = False


def mark_pieces(source: str, provisions: Sequence[Provision]) -> tuple[tuple[Piece, ...], ...]:
    """Cut each provision into pieces.

    Args:
        source: The Markdown source of the position that the provisions were rendered from.
        provisions: The rendered provisions, in order.

    Returns:
        One tuple of pieces for each provision; the texts of the pieces, joined, give the provision's text.
    """
    lines = _source_lines(source)
    pieces: list[tuple[Piece, ...]] = []
    begin = 0
    for provision in provisions:
        found = next(
            (
                (place, marks)
                for place in range(begin, len(lines))
                if (marks := _lay_over(lines[place], provision.text))
            ),
            None,
        )
        if found is None:
            pieces.append((Piece(provision.text),))
            continue
        begin = found[0] + 1
        pieces.append(found[1])
    return tuple(pieces)


def _source_lines(source: str) -> list[str]:
    """The source, one numbered passage a line, without its label."""
    lines: list[str] = []
    for line in source.splitlines():
        if not line.strip():
            continue
        if _LABEL.match(line) or not lines:
            lines.append(_LABEL.sub("", line).strip())
        else:
            lines[-1] = f"{lines[-1]} {line.strip()}"
    return lines


def _lay_over(line: str, text: str) -> tuple[Piece, ...] | None:
    if "{%" in line:
        return None
    opening = _BOLD_OPENING.match(line)
    bold_until = 0
    plain = line.replace("**", "")
    names = _EXPRESSION.findall(plain)
    literals = [_literal(part) for part in _EXPRESSION.split(plain)[::2]]
    match = re.fullmatch("(.+?)".join(literals), text)
    if match is None:
        return None
    if opening and "{{" not in opening.group(1):
        bold_until = len(opening.group(1))
    return tuple(_cut(text, [(name, *match.span(place)) for place, name in enumerate(names, start=1)], bold_until))


def _literal(part: str) -> str:
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", part))


def _cut(text: str, filled: list[tuple[str, int, int]], bold_until: int) -> list[Piece]:
    pieces = [Piece(text[:bold_until], bold=True)] if bold_until else []
    at = bold_until
    for name, start, end in filled:
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], placeholder=name))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
