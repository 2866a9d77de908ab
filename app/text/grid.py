"""Bargaining grids: a table that sets the union's text and the employer's answer side by side, row by row.

Only the employer's column is the draft. A row answered "Agreed" or "TA" takes over the text beside it, and "Agreed,
provided that …" takes it over with something more. What stands in the other columns stays in the document's text and
is no provision. Words that are not clearly an agreement are left as the employer's own: "Agreed in principle".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.text.document import Block
from app.text.headings import is_sentence
from app.text.labels import Label, split_label

_EMPLOYERS = (
    "employer|company|management|city|county|town|state|district|university|college|hospital|center|commission|"
    "agency|board|authority|administration"
)
_EMPLOYER = re.compile(rf"\b(?:{_EMPLOYERS})\b", re.IGNORECASE)
_UNION = re.compile(r"\b(?:union|association|guild|local|federation|brotherhood|our|nurses|teachers)\b", re.IGNORECASE)
_TEXT = re.compile(
    r"\b(?:propos\w+|position|response|reply|answer|counter\w*|offer|language|text|draft|package)\b", re.IGNORECASE
)
_ANSWER = re.compile(r"\b(?:response|reply|answer|counter\w*)\b", re.IGNORECASE)
_SIDE = re.compile(r"(?:the )?(?:union|employer|company|management|association|guild)(?:['’]s)?", re.IGNORECASE)
_CURRENT = re.compile(
    r"\b(?:current|existing|present)\b.*\b(?:agreement|contract|language|text|cba)\b|\bstatus quo\b", re.IGNORECASE
)
_HEADER_ROWS = 3
_LONGEST_TITLE = 90

_AGREED = re.compile(
    rf"(?:(?:(?:the )?(?:{_EMPLOYERS}|parties)|we|tentatively|fully) )?(?:agree[sd]?|accept(?:s|ed)?|ok(?:ay)?|"
    r"t\.?a\.?(?:['’]?d)?|tentative(?:ly)? agree(?:d|ment)|"
    r"unchanged|same(?: as (?:the )?(?:union|association|guild|proposed)\w*(?:['’]s)?)?)\b"
    r"|(?P<current>no changes?|current (?:contract )?language|status quo)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:(?:as (?:proposed|written|drafted|is)|in full|to|with|the|union|association|guild|company|employer|['’]s|"
    r"language|text|proposal|on|both|sides|by|parties|from|proposed|section|article|\d[\d./-]*|[A-Z]{2,3}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b|[\s.,;:()\[\]/✓!-])*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"[\s.,;:()-]*(?:(?:with|plus|and|but|adding|add)\b[^:]{0,80}\badd\w*\b[^:]{0,60}:|(?:adding|add)\b[^:]{0,60}:)\s*",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"[\s.,;:()-]*(?=(?:provided|except|subject to|unless|but|however|(?:so|as) long as|on condition|(?:only )?if)\b)",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"[\s.,;:()-]*(?:as (?:modified|revised|amended|changed)|with (?:the )?(?:following |these )?"
    r"(?:changes?|edits?|revisions?|modifications?|amendments?))\b[^:]{0,60}:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a table is whose."""

    header: int  # the row that names them
    ours: int
    theirs: int
    current: int | None
    name: str


def read_grids(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Turn every grid into running text: the draft as ordinary blocks, what stands beside it marked as such.

    Args:
        blocks: what a reader found, tables row by row.

    Returns:
        The blocks in order, and a sentence for the reader about each grid.
    """
    found: list[Block] = []
    warnings: list[str] = []
    for table, members in groupby(blocks, key=lambda block: block.cell[0] if block.cell else None):
        group = list(members)
        columns = _columns(group) if table is not None else None
        if columns is None:
            found += group
            continue
        agreed = 0
        for row, cells in _rows(group):
            if row <= columns.header:
                found += [
                    replace(_free(block), beside=row == columns.header) for each in cells.values() for block in each
                ]
                continue
            answered, taken = _Row(cells, columns).read()
            found += answered
            agreed += taken
        warnings.append(
            f"A table sets two texts side by side: the column “{columns.name}” was read as the draft. "
            f"{agreed or 'No'} {'row takes' if agreed == 1 else 'rows take'} over the text beside, as agreed."
        )
    return found, warnings


def _row(block: Block) -> int:
    return block.cell[1] if block.cell else -1


def _rows(group: Sequence[Block]) -> Iterator[tuple[int, dict[int, list[Block]]]]:
    for row, members in groupby(group, key=_row):
        cells: dict[int, list[Block]] = {}
        for block in members:
            assert block.cell is not None
            cells.setdefault(block.cell[2], []).append(block)
        yield row, cells


def _columns(group: Sequence[Block]) -> _Columns | None:
    """Find the row that names both sides; None where the table is no grid."""
    for row, cells in _rows(group):
        if row >= _HEADER_ROWS:
            break
        titles = {column: " ".join(map(_visible, members)).strip() for column, members in cells.items()}
        sides = {column: _side(title) for column, title in titles.items()}
        ours = [column for column, side in sides.items() if side == "ours"]
        theirs = [column for column, side in sides.items() if side == "theirs"]
        if len(ours) == 1 and len(theirs) == 1:
            current = next((column for column, title in titles.items() if _CURRENT.search(title)), None)
            return _Columns(row, ours[0], theirs[0], current, titles[theirs[0]])
    return None


def _side(title: str) -> str:
    if len(title) > _LONGEST_TITLE or _CURRENT.search(title):
        return ""
    if not (_TEXT.search(title) or _SIDE.fullmatch(title)):
        return ""
    answers = re.search(r"\b(?:response|reply|answer|counter\w*) to\b", title, re.IGNORECASE)
    if _EMPLOYER.search(title) or answers or (_ANSWER.search(title) and not _UNION.search(title)):
        return "theirs"
    return "ours" if _UNION.search(title) else ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the employer's cell comes to."""

    taken: tuple[Block, ...]  # blocks of the other columns that stand as they are
    said: tuple[Block, ...]  # words of agreement, which are no provision
    own: tuple[Block, ...]  # the employer's own text


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a grid."""

    cells: dict[int, list[Block]]
    columns: _Columns

    def read(self) -> tuple[list[Block], bool]:
        """The row as running text, and whether something of ours was taken over."""
        title, ours = self._title()
        current = self._cell(self.columns.current)
        answer = self._answer(ours, current)
        own = list(answer.own)
        label = _label(own[0]) if own else None
        numbered = label is not None and label.kind != "item"
        if own and label is None and not title and not answer.taken:
            of_row = _label(ours[0]) if ours else None
            own[0] = replace(own[0], number=of_row.name) if of_row and of_row.kind != "item" else own[0]
        heading = [replace(block, beside=numbered, heading_level=0 if numbered else 9) for block in title]
        kept = set(map(id, answer.taken))
        columns = [replace(_free(block), beside=id(block) not in kept) for block in (*current, *ours)]
        said = [replace(block, beside=True) for block in answer.said]
        first, last = self._others()
        return [_free(block) for block in (*first, *heading, *columns, *said, *own, *last)], bool(answer.taken)

    def _cell(self, column: int | None) -> list[Block]:
        return self.cells.get(column, []) if column is not None else []

    def _others(self) -> tuple[list[Block], list[Block]]:
        """What stands in columns of nobody, before and behind the employer's: numbers, topics, remarks."""
        known = (self.columns.ours, self.columns.theirs, self.columns.current)
        columns = sorted(column for column in self.cells if column not in known)
        first = [block for column in columns if column < self.columns.theirs for block in self.cells[column]]
        return first, [block for column in columns if column > self.columns.theirs for block in self.cells[column]]

    def _title(self) -> tuple[list[Block], list[Block]]:
        """The heading of the row, where the union's column begins with one, and the rest of that column."""
        ours = self._cell(self.columns.ours)
        text = _visible(ours[0]) if ours else ""
        short = 0 < len(text) <= _LONGEST_TITLE and text[-1] not in ".;:," and not is_sentence(text)
        if short and (len(ours) > 1 or not self._cell(self.columns.theirs)):
            return ours[:1], ours[1:]
        return [], ours

    def _answer(self, ours: list[Block], current: list[Block]) -> _Answer:
        theirs = self._cell(self.columns.theirs)
        nothing = _Answer((), (), tuple(theirs))
        found = _AGREED.match(_visible(theirs[0])) if theirs else None
        if found is None:
            return _by_item(ours, theirs) or nothing
        left = _visible(theirs[0])[found.end() :]
        source = ours
        if found["current"] and (current or not found["current"].casefold().startswith("no")):
            source = current
        if not source:
            return nothing
        if _BARE.fullmatch(left):
            return _Answer(tuple(source), (theirs[0],), tuple(theirs[1:]))
        more, revised = _MORE.match(left) or _BUT.match(left), _REVISED.match(left)
        cut = revised or more
        if cut is None:
            return nothing
        said, own = _divided(theirs[0], found.end() + cut.end())
        rest = ([own] if _visible(own) else []) + theirs[1:]
        return _Answer(() if revised else tuple(source), (said,), tuple(rest))


def _by_item(ours: list[Block], theirs: list[Block]) -> _Answer | None:
    """Items answered one by one, "(a) Agreed. (b) …": each agreed one stands for ours of the same number."""
    numbered = {label.name: block for block in ours for label in [_label(block)] if label}
    taken, said, own = [], [], []
    for block in theirs:
        found = split_label(_visible(block))
        agreed = found and _AGREED.match(found[1])
        if found and agreed and _BARE.fullmatch(found[1][agreed.end() :]) and found[0].name in numbered:
            taken.append(numbered[found[0].name])
            said.append(block)
        else:
            own.append(block)
    return _Answer(tuple(taken), tuple(said), tuple(own)) if taken else None


def _visible(block: Block) -> str:
    """The words as they now stand, white space made plain at both ends."""
    return "".join(run.text for run in block.runs if run.change not in ("deleted", "moved_away")).strip()


def _label(block: Block) -> Label | None:
    found = split_label(f"{block.number} {_visible(block)}".strip())
    return found[0] if found else None


def _free(block: Block) -> Block:
    """The block as running text, outside the table."""
    return replace(block, cell=None, cell_header="")


def _divided(block: Block, place: int) -> tuple[Block, Block]:
    """A block cut in two at a place in its visible words; comments and notes stay with the first part."""
    whole = "".join(run.text for run in block.runs if run.change not in ("deleted", "moved_away"))
    left = place + len(whole) - len(whole.lstrip())
    first, second = [], []
    for run in block.runs:
        reach = 0 if run.change in ("deleted", "moved_away") else len(run.text)
        taken = run.text[:left] if reach or left else ""
        first.append(replace(run, text=taken))
        second.append(replace(run, text=run.text[len(taken) :]))
        left = max(0, left - reach)
    bare = replace(
        block, runs=tuple(second), comments=(), notes=(), formatting=(), number="", number_before="", list_level=None
    )
    return replace(block, runs=tuple(first)), bare
