"""Tables in the redline: rows inserted and deleted, cells compared, widths and borders recorded."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from app.word.names import CELL_CHANGES, MARK_CHANGES, TBL_GRID, TBL_PR, TC_PR, TR, TR_PR, Element, w
from app.word.redline.align import Alignable, Pair, align
from app.word.redline.blocks import live_cells, live_rows, row_text
from app.word.redline.changes import change_record

if TYPE_CHECKING:
    from app.word.redline.engine import Redline

_RECORDS: Final = {TBL_PR: w("tblPrChange"), TR_PR: w("trPrChange"), TC_PR: w("tcPrChange")}


def redline_table(redline: Redline, old: Element, new: Element) -> Element:
    """Rewrite a table of the old file as the redline to its counterpart; answers the same element."""
    _properties(redline, old, new, TBL_PR)
    _grid(redline, old, new)
    live, rows = live_rows(old), list(new.iterchildren(TR))
    at_old = at_new = 0
    for i, j in [*_pairs(live, rows), (len(live), len(rows))]:
        for row in live[at_old:i]:
            _strike(redline, row)
        place = live[i] if i < len(live) else None
        for row in rows[at_new:j]:
            _put(redline, row, old.append if place is None else place.addprevious)
        if place is not None:
            _row(redline, place, rows[j])
        at_old, at_new = i + 1, j + 1
    return old


def _pairs(olds: list[Element], news: list[Element]) -> list[Pair]:
    """Rows that belong together: first those with as many cells, then, between those, the others.

    The latter are replaced, each beside its counterpart, where columns come or go.
    """
    compared = align(*([_described(row, f"row of {len(live_cells(row))}") for row in rows] for rows in (olds, news)))
    pairs: list[Pair] = []
    at_old = at_new = 0
    for i, j in [*compared, (len(olds), len(news))]:
        if at_old < i and at_new < j:
            gap = ([_described(row, "row") for row in rows] for rows in (olds[at_old:i], news[at_new:j]))
            pairs += [(at_old + a, at_new + b) for a, b in align(*gap)]
        if i < len(olds):
            pairs.append((i, j))
        at_old, at_new = i + 1, j + 1
    return pairs


def _described(row: Element, kind: str) -> Alignable:
    return Alignable(kind, row_text(row), loose=True, threshold=0.4)


def _strike(redline: Redline, row: Element) -> None:
    redline.paragraphs.strike_notes(row)
    redline.in_place.row(row, "deleted")


def _put(redline: Redline, row: Element, add: Callable[[Element], None]) -> None:
    copy = redline.borrowing.bring(row)
    add(copy)
    redline.in_place.row(copy, "inserted")


def _row(redline: Redline, old: Element, new: Element) -> None:
    if redline.same.holds([old], new):
        return
    olds, news = live_cells(old), live_cells(new)
    if len(olds) != len(news):
        _strike(redline, old)
        _put(redline, new, old.addnext)
        return
    _properties(redline, old, new, TR_PR)
    for old_cell, new_cell in zip(olds, news, strict=True):
        _properties(redline, old_cell, new_cell, TC_PR)
        redline.container(old_cell, new_cell)


def _properties(redline: Redline, old: Element, new: Element, tag: str) -> None:
    """Take over properties of a table, row or cell, with a record of the old ones."""
    before, after = (next(each.iterchildren(tag), None) for each in (old, new))
    if redline.old_keys.properties(before) == redline.new_keys.properties(after):
        return
    record_tag = _RECORDS[tag]
    if before is not None and next(before.iterchildren(record_tag), None) is not None:
        return  # somebody else's record stays
    properties = old.makeelement(tag, nsmap=old.nsmap) if after is None else redline.borrowing.bring(after)
    record = change_record(old, before, record_tag, tag, redline.signer)
    _keep_marks(properties, before)
    properties.append(record)
    if before is not None:
        old.replace(before, properties)
        return
    old.insert(1 if tag == TR_PR and len(old) and old[0].tag == w("tblPrEx") else 0, properties)


def _keep_marks(properties: Element, before: Element | None) -> None:
    for each in before if before is not None else ():
        if each.tag in MARK_CHANGES or each.tag in CELL_CHANGES:
            properties.append(deepcopy(each))


def _grid(redline: Redline, old: Element, new: Element) -> None:
    before, after = (next(each.iterchildren(TBL_GRID), None) for each in (old, new))
    if before is None or after is None or redline.old_keys.properties(before) == redline.new_keys.properties(after):
        return
    grid = redline.borrowing.bring(after)
    record = old.makeelement(w("tblGridChange"), {w("id"): redline.signer.id()}, old.nsmap)
    inner = old.makeelement(TBL_GRID, nsmap=old.nsmap)
    inner[:] = [deepcopy(each) for each in before if each.tag == w("gridCol")]
    record.append(inner)
    grid.append(record)
    old.replace(before, grid)
