"""Follows the fields of a Word file, so that results are read and codes are not.

A field runs from `begin` over `separate` to `end`, may hold other fields, and may span paragraphs. A table of
contents repeats the headings and is left out. A field that never ends is no field: its text is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from app.text.docx_names import W_STRICT, Element, W, attribute, child, children, is_on, short, whole
from app.text.docx_notices import NoticeKind

_LEFT_OUT = {"TOC", "TOA", "INDEX"}
_FETCHING = {"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE"}
_NUMBERS = {"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
_SHOWS_ITS_WORDS = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r'\s*QUOTE\s+"([^"]*)"', re.IGNORECASE)
_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    deleted_code: list[str] = field(default_factory=list)
    in_code: bool = True
    left_out: bool = False
    choice: str = ""  # what a drop-down field or a box to tick shows
    replaced: bool = False  # what it stores is not what it shows
    is_if: bool = False

    @property
    def text(self) -> str:
        """Its code; a deleted one only where there is no other."""
        return "".join(self.code or self.deleted_code)

    @property
    def silent(self) -> bool:
        return self.in_code or self.left_out or self.replaced or bool(self.choice)


class Fields:
    """The open fields of one story."""

    def __init__(self, never_ending: set[Element]) -> None:
        self._never_ending = never_ending
        self._open: list[_Field] = []
        self._silent = 0
        self._ifs = 0  # open IF fields: in their result Word shows no number of its own making
        self.notice: NoticeKind | None = None  # what is to be said about the field met last
        self.number_code = ""  # the code of the field met last, if Word works its number out

    @property
    def silent(self) -> bool:
        """Whether text that stands here is not shown: a field's code, or a table of contents."""
        return self._silent > 0

    def add_code(self, text: str, *, deleted: bool = False) -> None:
        """Take a piece of a field's code."""
        if self._open and self._open[-1].in_code:
            (self._open[-1].deleted_code if deleted else self._open[-1].code).append(text)

    def meet(self, element: Element) -> str:
        """Take a `w:fldChar`; returns text that the field shows without having a stored result."""
        kind = attribute(element, "w:fldCharType")
        if kind == "begin" and element not in self._never_ending:
            self._open.append(_Field(choice=_form_choice(element)))
            self._silent += 1
        elif kind == "separate" and self._open and self._open[-1].in_code:
            self._separate(self._open[-1])
        elif kind == "end" and self._open:
            return self._end(self._open.pop())
        return ""

    def _separate(self, current: _Field) -> None:
        code = current.text
        current.in_code = False
        current.left_out = is_left_out(code)
        self.notice = notice_of(code, has_result=True)
        current.replaced = is_number(code)
        current.is_if = _name(code) == "IF"
        self._ifs += current.is_if
        if current.replaced and self._silent == 1 and not self._ifs:
            self.number_code = code
        if not current.silent:
            self._silent -= 1

    def _end(self, ended: _Field) -> str:
        code = ended.text
        self._ifs -= ended.is_if
        if ended.silent:
            self._silent -= 1
        if ended.in_code:
            self.notice = notice_of(code, has_result=False)
            if is_number(code) and not self._silent and not self._ifs:
                self.number_code = code
        return shown_without_result(code, ended.choice) if ended.in_code or ended.choice else ""


def is_left_out(code: str) -> bool:
    """Whether a field's result only repeats what stands elsewhere."""
    return _name(code) in _LEFT_OUT


def is_number(code: str) -> bool:
    """Whether Word works out what the field shows, and does not store it."""
    return _name(code) in _NUMBERS


def notice_of(code: str, *, has_result: bool) -> NoticeKind | None:
    """What a reader should know about a field of this code."""
    name = _name(code)
    if not has_result:
        return "formula field" if name == "EQ" else None
    if name in _FETCHING:
        return "fetching field"
    return "contents" if name in _LEFT_OUT else None


def _name(code: str) -> str:
    return code.split(maxsplit=1)[0].upper() if code.strip() else ""


def shown_without_result(code: str, choice: str = "") -> str:
    """What a word processor shows for a field that stores no result."""
    if choice:
        return choice
    for pattern in (_SHOWS_ITS_WORDS, _QUOTED):
        if found := pattern.match(code):
            return found.group(1).strip()
    if found := _SYMBOL.match(code):
        number = int(found.group(1), 0) if found.group(1).lower().startswith("0x") else int(found.group(1))
        return chr(number) if 32 <= number < 0xD800 else ""
    return ""


def never_ending_fields(root: Element) -> set[Element]:
    """The `begin` marks that have no `end` in their story."""
    tags = [f"{{{space}}}{name}" for space in (W, W_STRICT) for name in ("fldChar", "txbxContent")]
    stories: list[list[Element]] = [[]]
    unmatched: set[Element] = set()
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=tags):
        if short(element) == "w:txbxContent":
            if event == "start":
                stories.append([])
            else:
                unmatched.update(stories.pop())
        elif event == "start":
            kind = attribute(element, "w:fldCharType")
            if kind == "begin":
                stories[-1].append(element)
            elif kind == "end" and stories[-1]:
                stories[-1].pop()
    for story in stories:
        unmatched.update(story)
    return unmatched


def _form_choice(element: Element) -> str:
    """What a form field shows that stores its state and no text."""
    data = child(element, "w:ffData")
    box = child(data, "w:checkBox")
    if box is not None:
        ticked = is_on(child(box, "w:checked"))
        return "☒" if (is_on(child(box, "w:default")) if ticked is None else ticked) else "☐"
    drop_down = child(data, "w:ddList")
    if drop_down is None:
        return ""
    entries = [attribute(item, "w:val") for name, item in children(drop_down) if name == "w:listEntry"]
    chosen = 0
    for name, item in children(drop_down):
        if name == "w:result" or (name == "w:default" and child(drop_down, "w:result") is None):
            chosen = whole(attribute(item, "w:val"), 0) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""
