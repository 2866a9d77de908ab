"""The marks of tracked changes on things that are there already: runs, fields, controls, properties."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from app.word.names import (
    CELL_CHANGES,
    DEL,
    DEL_INSTR,
    DEL_TEXT,
    FIELD_CHAR,
    ID,
    INS,
    INSTR,
    MARK_CHANGES,
    MOVE_FROM,
    MOVE_TO,
    PPR_CHANGE,
    RPR,
    SDT_CONTENT,
    SECT_PR,
    TEXT_BOX,
    XML_SPACE,
    Element,
    R,
    T,
    w,
)
from app.word.redline.ids import Signer
from app.word.redline.stream import WAS, Status

TAGS: Final[dict[Status, str]] = {
    "deleted": DEL,
    "inserted": INS,
    "moved away": MOVE_FROM,
    "moved here": MOVE_TO,
}
_MARK_ORDER: Final = (INS, DEL, MOVE_FROM, MOVE_TO)
_MARKS: Final = MARK_CHANGES | CELL_CHANGES
HOLDER_PROPERTIES: Final = frozenset({w("sdtPr"), w("sdtEndPr"), w("smartTagPr"), w("customXmlPr"), w("fldData")})
"""What a thing that holds runs says about itself."""


def change_record(holder: Element, old: Element | None, tag: str, inner: str, signer: Signer) -> Element:
    """A record of properties as they were: `tag` around a copy of `old`, without what is tracked in it."""
    record = signer.change(holder, tag)
    before = holder.makeelement(inner, nsmap=holder.nsmap)
    for each in old if old is not None else ():
        if each.tag not in _MARKS and not each.tag.endswith("Change"):
            before.append(deepcopy(each))
    record.append(before)
    return record


def strike(element: Element) -> None:
    """Turn the text and the field codes of deleted runs into what deleted runs hold.

    The words in a text box that goes are not deleted themselves: it takes them with it.
    """
    for each in _of_one_story(element, T, INSTR):
        if each.tag == T and each.get(XML_SPACE) is None and each.text != (each.text or "").strip():
            each.set(XML_SPACE, "preserve")
        each.tag = DEL_TEXT if each.tag == T else DEL_INSTR


def _of_one_story(element: Element, *tags: str) -> list[Element]:
    """The elements of some kinds in an element, without those in text boxes that stand in it."""
    found = list(element.iter(*tags))
    if next(element.iterdescendants(TEXT_BOX), None) is None:
        return found
    boxed = {each for box in element.iterdescendants(TEXT_BOX) for each in box.iter(*tags)}
    return [each for each in found if each not in boxed]


def complex_field(field: Element) -> list[Element]:
    """A simple field as runs: only so can the field itself come or go, and not just what it shows."""

    def run(tag: str, attributes: dict[str, str], text: str | None = None) -> Element:
        made = field.makeelement(R, nsmap=field.nsmap)
        inner = field.makeelement(tag, attributes, field.nsmap)
        inner.text = text
        made.append(inner)
        return made

    kind, code = w("fldCharType"), {XML_SPACE: "preserve"}
    content = [each for each in field if each.tag not in HOLDER_PROPERTIES]
    begin, instruction = run(FIELD_CHAR, {kind: "begin"}), run(INSTR, code, field.get(w("instr"), ""))
    return [begin, instruction, run(FIELD_CHAR, {kind: "separate"}), *content, run(FIELD_CHAR, {kind: "end"})]


def track_mark(properties: Element, status: Status, signer: Signer) -> None:
    """Track the paragraph mark whose properties these are."""
    run = next(properties.iterchildren(RPR), None)
    if run is None:
        run = properties.makeelement(RPR, nsmap=properties.nsmap)
        put_in_order(properties, run)
    tag = TAGS[status]
    place = sum(each.tag in _MARK_ORDER[: _MARK_ORDER.index(tag) + 1] for each in run)
    run.insert(place, signer.change(run, tag))


def put_in_order(properties: Element, element: Element) -> None:
    """Put the mark's look, the section or the record where the order of elements has it."""
    order = (RPR, SECT_PR, PPR_CHANGE)
    behind = order[order.index(element.tag) + 1 :]
    for index, each in enumerate(properties):
        if each.tag in behind:
            properties.insert(index, element)
            return
    properties.append(element)


def track_control(control: Element, status: Status, signer: Signer) -> None:
    """Track a content control itself: a range around its start, and one around its end."""
    kind = "Del" if status in WAS else "Ins"
    content = next(control.iterchildren(SDT_CONTENT), None)
    if content is None:
        return
    for before_start in (True, False):
        start = signer.change(control, w(f"customXml{kind}RangeStart"))
        end = control.makeelement(w(f"customXml{kind}RangeEnd"), {ID: start.get(ID)}, control.nsmap)
        if before_start:
            control.addprevious(start)
            content.insert(0, end)
        else:
            content.append(start)
            control.addnext(end)
