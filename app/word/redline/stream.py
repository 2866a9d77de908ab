"""The redline of one stretch as a sequence: pieces of text, paragraph marks, and what stands between paragraphs.

Reading only what is kept or deleted gives the old text, only what is kept or inserted the new one. What
becomes of the marks at an end is settled in `ends`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.word.names import Element
from app.word.redline.tokens import Fixed, Part, Token

Status = Literal["kept", "deleted", "inserted", "moved away", "moved here"]
WAS: frozenset[Status] = frozenset({"deleted", "moved away"})
COMES: frozenset[Status] = frozenset({"inserted", "moved here"})


@dataclass(slots=True)
class Piece:
    """A token with its fate; a kept one may look different in the new file."""

    status: Status
    old: Token | None = None
    new: Token | None = None


@dataclass(slots=True)
class Side:
    """A paragraph mark as one file has it: the paragraph that it ends, and whose file that is."""

    paragraph: Element
    is_new: bool = False


@dataclass(slots=True)
class Mark:
    """A paragraph mark; `old` is None where it was inserted, `new` where it was deleted or where nothing changed."""

    status: Status
    old: Side | None = None
    new: Side | None = None
    is_fixed: bool = False  # deleted by somebody else: it stays as it is


@dataclass(slots=True)
class Whole:
    """Paragraphs in which nothing changed; the elements of the old file stay."""

    elements: list[Element]


@dataclass(slots=True)
class Opened:
    """The same, but the mark of the last of them follows as an entry of its own."""

    elements: list[Element]


@dataclass(slots=True)
class Solid:
    """A table or another thing between paragraphs, as it is to stand in the redline."""

    element: Element
    status: Status = "kept"  # of a table that comes or goes whole


@dataclass(slots=True)
class Loose:
    """A mark without width between paragraphs."""

    element: Element


Entry = Piece | Fixed | Mark | Whole | Opened | Solid | Loose


def joined_pieces(entries: list[Entry]) -> list[Entry]:
    """The same with neighbouring kept words of one run as one piece."""
    joined: list[Entry] = []
    words: list[str] = []
    home: Part | None = None
    for entry in entries:
        part = _unchanged_part(entry) if isinstance(entry, Piece) else None
        if part is not None and home is not None and part.run is home.run and part.wraps == home.wraps:
            words.append(str(part.piece))
            continue
        if home is not None:
            joined.append(_as_piece(home, words))
        home = part
        if part is None:
            joined.append(entry)
        else:
            words = [str(part.piece)]
    if home is not None:
        joined.append(_as_piece(home, words))
    return joined


def _unchanged_part(piece: Piece) -> Part | None:
    """The one part of a kept word that lies in one run and looks the same in both files."""
    token = piece.old
    if piece.status != "kept" or token is None or len(token.parts) != 1 or not token.is_text:
        return None
    part = token.parts[0]
    if not isinstance(part, Part):
        return None
    for other in piece.new.parts if piece.new is not None else ():
        if isinstance(other, Part) and other.format != part.format:
            return None
    return part


def _as_piece(home: Part, words: list[str]) -> Piece:
    text = "".join(words)
    return Piece("kept", old=Token(text, text, [Part(text, home.run, home.format, home.wraps)]))
