"""The redline of one stretch as a sequence: pieces of text, paragraph marks, and what stands between paragraphs.

Reading only what is kept or deleted gives the old text, only what is kept or inserted the new one. The last paragraph
mark before a table or an end can be neither inserted nor deleted, so `settle_ends` hands its change to the mark before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.word.names import PPR, SECT_PR, Element
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


def settle_ends(entries: list[Entry]) -> list[Entry]:
    """See to it that the last mark of each stretch between tables stays, where the stretch allows it."""
    stretches: list[list[Entry]] = [[]]
    for entry in entries:
        stretches[-1].append(entry)
        if isinstance(entry, Solid):
            stretches.append([])
    last = stretches.pop()
    fate = _one_fate(last)
    while fate and stretches and _goes_with(stretches[-1], fate):
        last = [*stretches.pop(), *last]  # tables that come or go with the paragraphs behind them
    return [*(each for stretch in stretches for each in _settle_stretch(stretch)), *_settle_stretch(last)]


def _one_fate(entries: list[Entry]) -> Status | None:
    """The fate of the marks of a stretch where all share one and none is kept."""
    fates = {_plain(entry.status) for entry in entries if isinstance(entry, Mark) and not entry.is_fixed}
    if any(isinstance(entry, Whole) for entry in entries) or len(fates) != 1:
        return None
    fate = fates.pop()
    return None if fate == "kept" else fate


def _goes_with(stretch: list[Entry], fate: Status) -> bool:
    """Whether a stretch up to a table ends in nothing but what shares a fate, behind a mark that is kept perhaps."""
    solid = stretch[-1]
    if not isinstance(solid, Solid) or solid.status != fate:
        return False
    for entry in reversed(stretch):
        if _is_mark(entry):
            if _is_kept(entry):
                return True
            if isinstance(entry, Mark) and _plain(entry.status) != fate:
                return False
    return True


def _plain(status: Status) -> Status:
    return {"moved away": "deleted", "moved here": "inserted"}.get(status, status)  # type: ignore[return-value]


def _settle_stretch(entries: list[Entry]) -> list[Entry]:
    places = [index for index, each in enumerate(entries) if _is_mark(each)]
    if not places or _is_kept(entries[places[-1]]):
        return entries
    kept = [place for place in places if _is_kept(entries[place])]
    if kept and _ends_section(entries[kept[-1]]):
        return entries
    if kept:
        return _shifted(entries, [place for place in places if place >= kept[-1]])
    return _shared(entries, places)


def _is_mark(entry: Entry) -> bool:
    return isinstance(entry, Whole) or (isinstance(entry, Mark) and not entry.is_fixed)


def _is_kept(entry: Entry) -> bool:
    return isinstance(entry, Whole) or (isinstance(entry, Mark) and entry.status == "kept")


def _ends_section(entry: Entry) -> bool:
    """Whether a section ends with this mark, which must not wander to another."""
    if isinstance(entry, Whole):
        return has_section(entry.elements[-1])
    return isinstance(entry, Mark) and entry.old is not None and has_section(entry.old.paragraph)


def has_section(paragraph: Element) -> bool:
    """Whether a section ends in a paragraph."""
    return any(True for properties in paragraph.iterchildren(PPR) for _ in properties.iterchildren(SECT_PR))


def _shifted(entries: list[Entry], places: list[int]) -> list[Entry]:
    """Each mark from the last kept one on takes the fate of the one behind it; the last one stays."""
    first = entries[places[0]]
    replaced: dict[int, list[Entry]] = {}
    if isinstance(first, Whole):
        old = new = Side(first.elements[-1])
    else:
        assert isinstance(first, Mark)
        assert first.old is not None
        old = first.old
        new = first.new or old
    for place, following in pairwise(places):
        mark = entries[following]
        assert isinstance(mark, Mark)
        if mark.status in WAS:
            taken = Mark("deleted", old=old)
            assert mark.old is not None
            old = mark.old
        else:
            taken = Mark("inserted", new=new)
            assert mark.new is not None
            new = mark.new
        here = entries[place]
        replaced[place] = [Opened(here.elements), taken] if isinstance(here, Whole) else [taken]
    replaced[places[-1]] = [Mark("kept", old=old, new=new)]
    return [each for index, entry in enumerate(entries) for each in replaced.get(index, [entry])]


def _shared(entries: list[Entry], places: list[int]) -> list[Entry]:
    """Where no mark is kept: the last old and the last new paragraph share one."""
    marks: list[tuple[int, Mark]] = []
    for place in places:
        entry = entries[place]
        assert isinstance(entry, Mark)
        marks.append((place, entry))
    was = next((pair for pair in reversed(marks) if pair[1].status in WAS), None)
    comes = next((pair for pair in reversed(marks) if pair[1].status in COMES), None)
    if was is None or comes is None:
        return entries
    last, dropped = max(was[0], comes[0]), min(was[0], comes[0])
    joined = list(entries)
    joined[last] = Mark("kept", old=was[1].old, new=comes[1].new)
    del joined[dropped]
    return joined
