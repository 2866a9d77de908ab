"""Tables in the redline: rows inserted and deleted, cells compared, widths and borders recorded."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from app.word.names import TBL_GRID, TBL_PR, TC, TC_PR, TR, TR_PR, Element, w
from app.word.redline.align import Alignable, align
from app.word.redline.blocks import row_is_gone, row_text
from app.word.redline.changes import change_record

if TYPE_CHECKING:
    from app.word.redline.engine import Redline

_RECORDS: Final = {TBL_PR: w("tblPrChange"), TR_PR: w("trPrChange"), TC_PR: w("tcPrChange")}
_ORDER_FIRST: Final = {TBL_PR: 0, TC_PR: 0}


def redline_table(redline: Redline, old: Element, new: Element) -> Element:
    """Rewrite a table of the old file as the redline to its counterpart; answers the same element."""
    _properties(redline, old, new, TBL_PR)
    _grid(redline, old, new)
    olds = [_described(row) for row in old.iterchildren(TR) if not row_is_gone(row)]
    live = [row for row in old.iterchildren(TR) if not row_is_gone(row)]
    rows = list(new.iterchildren(TR))
    pairs = [(i, j) for i, j in align(olds, [_described(row) for row in rows]) if _same_shape(live[i], rows[j])]
    at_old = at_new = 0
    for i, j in [*pairs, (len(live), len(rows))]:
        for row in live[at_old:i]:
            redline.paragraphs.strike_notes(row)
            redline.in_place.row(row, "deleted")
        place = live[i] if i < len(live) else None
        for row in rows[at_new:j]:
            _put(redline, old, row, place)
        if place is not None:
            _row(redline, place, rows[j])
        at_old, at_new = i + 1, j + 1
    return old


def _described(row: Element) -> Alignable:
    text = row_text(row)
    return Alignable(f"row of {len(row.findall(TC))}", text, loose=True, threshold=0.4)


def _same_shape(old: Element, new: Element) -> bool:
    return len(old.findall(TC)) == len(new.findall(TC))


def _put(redline: Redline, table: Element, row: Element, place: Element | None) -> None:
    copy = redline.borrowing.bring(row)
    if place is not None:
        place.addprevious(copy)
    else:
        table.append(copy)
    redline.in_place.row(copy, "inserted")


def _row(redline: Redline, old: Element, new: Element) -> None:
    if redline.same.holds([old], new):
        return
    _properties(redline, old, new, TR_PR)
    for old_cell, new_cell in zip(old.findall(TC), new.findall(TC), strict=True):
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
    kept: Callable[[Element], bool] = lambda each: each.tag in {  # noqa: E731
        w("ins"), w("del"), w("cellIns"), w("cellDel"), w("cellMerge"),
    }  # fmt: skip
    for each in before if before is not None else ():
        if kept(each):
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
