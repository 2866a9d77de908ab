"""What becomes of paragraph marks where changes meet an end or each other.

The last paragraph mark before a table or an end can be neither inserted nor deleted, so its change is handed to the
mark before. And two insertions with nothing but a kept mark between them are taken for one by LibreOffice, mark and
all: on rejecting, two paragraphs would become one. So they are joined, or kept apart by a word.
"""

from __future__ import annotations

from itertools import pairwise

from app.word.names import MARK_CHANGES, PPR, PROPERTY_CHANGES, SECT_PR, Element
from app.word.redline.stream import COMES, WAS, Entry, Loose, Mark, Opened, Piece, Side, Solid, Status, Whole
from app.word.redline.tokens import Fixed, Part, Token, word_pattern


def settle_ends(entries: list[Entry]) -> list[Entry]:
    """See to it that the last mark of each stretch between tables stays, where the stretch allows it."""
    stretches: list[list[Entry]] = [[]]
    for entry in _joined_insertions(entries):
        stretches[-1].append(entry)
        if isinstance(entry, Solid):
            stretches.append([])
    last = stretches.pop()
    fate = _one_fate(last)
    while fate and stretches and _goes_with(stretches[-1], fate):
        last = [*stretches.pop(), *last]  # tables that come or go with the paragraphs behind them
    settled = [*(each for stretch in stretches for each in _settle_stretch(stretch)), *_settle_stretch(last)]
    return _kept_apart(settled)


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


# Insertions on both sides of a mark


def _joined_insertions(entries: list[Entry]) -> list[Entry]:
    """Words that come at an end, and paragraphs that come behind it, as one insertion, as they are typed.

    The mark between them comes, and the last of the new ones is the one that stays.
    """
    joined = list(entries)
    for start, entry in enumerate(entries):
        if not _is_free(entry) or not _comes_before(entries, start):
            continue
        places = [start]
        for index in range(start + 1, len(entries)):
            following = entries[index]
            if isinstance(following, Mark) and following.status == "inserted":
                places.append(index)
            elif not _comes(following) and not isinstance(following, Fixed | Loose):
                break
        if len(places) > 1:
            stop = places[-1] + 1
            joined[start:stop] = _shifted(entries[start:stop], [place - start for place in places])
    return joined


def _kept_apart(entries: list[Entry]) -> list[Entry]:
    """Where words come before a kept mark and behind it, the first word behind them is written anew."""
    apart = list(entries)
    for place in range(len(entries) - 1, 0, -1):
        if not (isinstance(entries[place], Mark) and _is_kept(entries[place]) and _comes_before(entries, place)):
            continue
        stop = place + 1
        while stop < len(entries) and (_comes(entries[stop]) or isinstance(entries[stop], Fixed | Loose)):
            stop += 1
        coming = [entry for entry in entries[place + 1 : stop] if _comes(entry)]
        kept = entries[stop] if coming and stop < len(entries) else None
        word = _first_word(kept) if isinstance(kept, Piece) else None
        if isinstance(kept, Piece) and word is not None:
            held = [entry for entry in entries[place + 1 : stop] if not _comes(entry)]
            struck, written = Piece("deleted", old=word), Piece("inserted", new=word)
            apart[place + 1 : stop + 1] = [*held, struck, *coming, written, *_without(kept, word)]
    return apart


def _comes(entry: Entry) -> bool:
    return isinstance(entry, Piece) and entry.status == "inserted"


def _comes_before(entries: list[Entry], place: int) -> bool:
    """Whether words come right before a place; marks without width do not count."""
    while place and isinstance(entries[place - 1], Fixed | Loose):
        place -= 1
    return place > 0 and _comes(entries[place - 1])


def _is_free(entry: Entry) -> bool:
    """Whether a mark stays, and its place can be given to another: nothing of others is tracked in it."""
    if not isinstance(entry, Mark) or entry.is_fixed or entry.status != "kept" or entry.old is None:
        return False
    properties = next(entry.old.paragraph.iterchildren(PPR), None)
    return properties is None or next(properties.iter(SECT_PR, *MARK_CHANGES, *PROPERTY_CHANGES), None) is None


def _first_word(piece: Piece) -> Token | None:
    """The first word of a kept piece that looks the same in both files, with what it takes to write it again."""
    part = piece.old.parts[0] if piece.old is not None else None
    if piece.status != "kept" or piece.new is not None or not isinstance(part, Part) or part.wraps:
        return None
    found = word_pattern.match(str(part.piece)) if isinstance(part.piece, str) else None
    return Token(found[0], found[0], [Part(found[0], part.run, part.format, ())]) if found else None


def _without(piece: Piece, word: Token) -> list[Entry]:
    assert piece.old is not None
    first, *others = piece.old.parts
    assert isinstance(first, Part)
    text = str(first.piece)[len(word.text) :]
    parts = [Part(text, first.run, first.format, first.wraps), *others] if text else others
    return [Piece("kept", old=Token(piece.old.key[len(word.text) :], text, parts))] if parts else []
