"""Turns fields into the words that they show, except those that count pages, number, or refer within the file.

A field's code is never seen, and neither is anything else between its begin and its separator: paths, addresses,
questions, the names of databases, and whatever was typed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from app.text.docx_fields import Fields
from app.word.table_safe.field_codes import Rename, spell
from app.word.table_safe.names import RPR, SPACE, Element, R, T, elements, remove, unwrap, w

_MARK, _KIND = w("fldChar"), w("fldCharType")
_CODES = (w("instrText"), w("delInstrText"))
_STORY = w("txbxContent")
_DATA = w("ffData")


@dataclass(slots=True)
class _Field:
    begin: Element
    separate: Element | None = None
    code: list[Element] = field(default_factory=list)  # pieces of its own code
    inside: tuple[int, int | None] = (0, None)  # where in its story's `met` everything else before the separator is
    nested: bool = False  # another field stands in its code


@dataclass(slots=True)
class _Story:
    """The open fields of a text, or of a text box in it."""

    fields: list[_Field] = field(default_factory=list)
    met: list[Element] = field(default_factory=list)  # what stands in the code of any of them, marks apart
    reading: int = 0  # how many of them are reading their code


def settle_fields(root: Element, rename: Rename) -> None:
    """Go through the fields of one story.

    Args:
        root: The story.
        rename: Gives the new name of a bookmark, None where the file has none of that name.
    """
    for simple in elements(root, "w:fldSimple"):
        spelt = spell(simple.get(w("instr"), ""), rename)
        for data in simple.findall(w("fldData")):
            simple.remove(data)
        if spelt is None:
            unwrap(simple)
        else:
            simple.set(w("instr"), spelt)
    _settle_complex(root, rename)


def _settle_complex(root: Element, rename: Rename) -> None:
    stories = [_Story()]
    loose: list[Element] = []
    for event, element in list(_walk(root)):
        if element.tag != _STORY:
            _meet(element, stories[-1], loose, rename)
        elif event == "start":
            _note_inside(stories[-1], element)
            stories.append(_Story())
        else:
            loose += [mark for each in stories.pop().fields for mark in _marks(each)]
    loose += [mark for story in stories for each in story.fields for mark in _marks(each)]
    for element in loose:  # a field that never ends is no field: its words stay, its marks and code go
        remove(element)


def _meet(element: Element, story: _Story, loose: list[Element], rename: Rename) -> None:
    """Take one thing out of a run: a mark of a field, a piece of its code, or anything else."""
    current = story.fields[-1] if story.fields else None
    reads_code = current is not None and current.separate is None
    if element.tag in _CODES:
        if current is not None and reads_code:
            current.code.append(element)
        else:
            loose.append(element)
    elif element.tag != _MARK:
        _note_inside(story, element)
    elif element.get(_KIND) == "begin":
        if current is not None and reads_code:
            current.nested = True
        story.fields.append(_Field(element, inside=(len(story.met), None)))
        story.reading += 1
    elif element.get(_KIND) == "separate" and current is not None and reads_code:
        current.separate = element
        current.inside = (current.inside[0], len(story.met))
        story.reading -= 1
    elif element.get(_KIND) == "end" and current is not None:
        story.reading -= reads_code
        _end(story.fields.pop(), element, story.met, rename)
    else:
        loose.append(element)


def _walk(root: Element) -> Iterator[tuple[str, Element]]:
    """The contents of runs and the limits of text boxes, in order; drawings are entered for their text."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == _STORY:
            yield event, element
        elif event == "start":
            parent = element.getparent()
            if parent is not None and parent.tag == R and element.tag != RPR:
                yield event, element


def _note_inside(story: _Story, element: Element) -> None:
    if story.reading:
        story.met.append(element)


def _marks(each: _Field) -> list[Element]:
    return [each.begin, *([] if each.separate is None else [each.separate]), *each.code]


def _end(ended: _Field, end: Element, met: list[Element], rename: Rename) -> None:
    code = "".join("".join(piece.itertext()) for piece in ended.code)
    spelt = None if ended.nested or not ended.code else spell(code, rename)
    inside = slice(*ended.inside)
    for element in met[inside]:
        remove(element)
    del met[inside]
    if spelt is not None:
        first, *others = ended.code
        first.text = spelt
        first.set(SPACE, "preserve")
        for child in list(first):
            first.remove(child)
        for element in others:
            remove(element)
        _keep_check_box(ended.begin, spelt)
        return
    shown = _shown_without_result(ended, code)
    for element in _marks(ended):
        remove(element)
    if shown and ended.separate is None:
        words = etree.Element(T)
        words.text = shown
        words.set(SPACE, "preserve")
        end.addprevious(words)
    remove(end)


def _shown_without_result(ended: _Field, code: str) -> str:
    reader = Fields(set())
    reader.meet(ended.begin)
    reader.add_code(code)
    return reader.meet(etree.Element(_MARK, {_KIND: "end"}))


def _keep_check_box(begin: Element, spelt: str) -> None:
    """Of a form field's data only the box and whether it is ticked; its name, help and macros go."""
    for data in begin.findall(_DATA):
        box = data.find(w("checkBox"))
        for child in list(data):
            if child is not box:
                data.remove(child)
        if box is None or not spelt.startswith(" FORMCHECKBOX"):
            begin.remove(data)
