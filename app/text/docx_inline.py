"""What stands inside the paragraphs of a Word file: text, marks, fields, tracked changes, comment and note marks.

`Inline` keeps where the walk of `docx_content` stands and takes one element at a time; methods that return True
have dealt with the whole element, which then need not be entered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final, Literal

from app.text.document import ChangeKind, FormatChange, FormattedKind
from app.text.docx_fields import (
    Fields,
    is_left_out,
    is_number,
    never_ending_fields,
    notice_of,
    shown_without_result,
)
from app.text.docx_math import MATH_PARTS, closing, opening
from app.text.docx_names import Element, attribute, child, short, value
from app.text.docx_notices import Notice, NoticeKind
from app.text.docx_number_fields import number_field
from app.text.docx_paragraph import GONE_AFTER, Anchor, Change, Paragraph, combined
from app.text.docx_styles import Look, Styles, look_of
from app.text.docx_symbols import in_font, symbol
from app.text.docx_tables import Table, cell_place

_TRACKED: Final[dict[str, ChangeKind]] = {
    "w:ins": "inserted",
    "w:del": "deleted",
    "w:moveTo": "moved_here",
    "w:moveFrom": "moved_away",
}
_MARKS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_COMMENT: Final[dict[str, Literal["comment start", "comment end", "comment mark"]]] = {
    "w:commentRangeStart": "comment start",
    "w:commentRangeEnd": "comment end",
    "w:commentReference": "comment mark",
}
_NOTES: Final[dict[str, Literal["footnote", "endnote"]]] = {
    "w:footnoteReference": "footnote",
    "w:endnoteReference": "endnote",
}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS: Final = {
    **dict.fromkeys(range(32)),
    **dict.fromkeys(map(ord, "\n\t\r"), " "),
    0xAD: None,
    0xFFFE: None,
    0xFFFF: None,
}
"""White space as spaces, and nothing for soft hyphens and for what XML allows nowhere and a mended part may hold."""


class Inline:
    """The state of a walk through one part, and what it does with each element inside a paragraph."""

    def __init__(self, root: Element, styles: Styles, *, look_up: Callable[[Element], list[str]] | None = None) -> None:
        """Prepare to read.

        Args:
            root: The part's root, or the element whose content is wanted.
            styles: The styles of the file.
            look_up: Gives the lines of text in the diagram or chart that an element refers to.
        """
        self.paragraphs: list[Paragraph] = []
        self.notices: list[Notice] = []
        self._root = root
        self._styles = styles
        self._look_up = look_up
        self._never_ending = never_ending_fields(root)
        self._preserve = root.get(_SPACE) == "preserve"
        self._open: list[Paragraph] = []
        self._looks: list[Look] = [styles.default_look]
        self._changes: list[Change] = []
        self._changed_by: list[int] = []  # how many changes each open row or cell has added
        self._fields: list[Fields] = [Fields(self._never_ending)]
        self._tables: list[list[Table]] = [[]]  # for each open story, its open tables
        self._hosts: list[list[Paragraph]] = []  # for each open text box, the open paragraphs around it
        self._loose: Paragraph | None = None  # holds text that the file keeps outside any paragraph
        self._flows = [0]
        self._last_flow = 0
        self._stories = [0]
        self._last_story = 0
        self._pending: list[Anchor] = []
        self._formats: list[FormatChange | None] = []  # for each open run, the tracked change of its look
        self._pending_formats: list[FormatChange] = []  # of a table or row, for the next paragraph
        self._here: Element | None = None  # where the walk stands

    # Text

    def say(self, text: str) -> None:
        """Add text where the walk stands."""
        if not text or self._fields[-1].silent:
            return
        if self._looks[-1].hidden:
            self.note("hidden", text)
            return
        change, in_neither_view = combined(self._changes)
        if in_neither_view:
            self.note("withdrawn", text)
        else:
            self._paragraph().add(text, change, self._looks[-1])

    def note(self, kind: NoticeKind, words: str = "") -> None:
        """Remember what is left out where the walk stands."""
        self.notices.append(Notice(kind, self._open[-1] if self._open else None, words))

    def _paragraph(self) -> Paragraph:
        """The open paragraph; text that the file keeps outside any paragraph gets one."""
        if self._open:
            return self._open[-1]
        if self._loose is None:
            self._loose = Paragraph(style=self._styles.paragraph(""), flow=-1, story=self._stories[-1])
            self._emit(self._loose)
        return self._loose

    def _text(self, element: Element) -> bool:
        text = element.text or "" if not len(element) else "".join(element.itertext())
        preserve = element.get(_SPACE)
        if preserve != "preserve" and (preserve is not None or not self._preserve):
            text = text.strip(" \t\r\n")
        text = text.translate(_BREAKS)
        self.say(in_font(font, text) if (font := self._looks[-1].symbol_font) else text)
        return True

    def _mark(self, element: Element) -> None:
        self.say(_MARKS[short(element)])

    def _symbol(self, element: Element) -> None:
        self.say(symbol(attribute(element, "w:font"), attribute(element, "w:char")))

    def _symbol_beyond(self, element: Element) -> None:
        self.say(symbol(attribute(element, "w16se:font"), attribute(element, "w16se:char")))

    def _formula_part(self, element: Element) -> None:
        self.say(opening(element))

    def _formula_part_ends(self, element: Element) -> None:
        self.say(closing(element))

    def _ruby(self, element: Element) -> bool:
        parts = {"w:rubyBase": "", "w:rt": ""}
        for part in element:
            name = short(part)
            if name in parts:
                parts[name] += "".join(each.text or "" for each in part.iter() if short(each) in {"w:t", "w:delText"})
        reading = f" ({parts['w:rt']})" if parts["w:rt"] else ""
        self.say(parts["w:rubyBase"] + reading)
        return True

    def _picture_text(self, element: Element) -> None:
        self.say(element.get("string", ""))

    def _drawing_text_ends(self, element: Element) -> None:
        self.say(" ")

    def _reference(self, element: Element) -> None:
        for line in self._look_up(element) if self._look_up else ():
            host = self._paragraph()
            extra = Paragraph(style=self._styles.paragraph(""), story=host.story, flow=-1, cell=host.cell)
            change, in_neither_view = combined(self._changes)
            if not in_neither_view:
                extra.add(line, change, self._styles.default_look)
                host.following.append(extra)

    def _emit(self, paragraph: Paragraph) -> None:
        tables = self._tables[-1]
        if tables and not tables[-1].take(paragraph):
            if (covered := tables[-1].covered) and paragraph.cell is not None:
                paragraph.place = cell_place(paragraph.cell)
                self.notices.append(Notice("covered", paragraph, covered))
            return
        if self._hosts:
            host = self._hosts[-1]
            if host:
                host[-1].following.append(paragraph)
                return
        self.paragraphs.append(paragraph)

    def _start_run(self, element: Element) -> None:
        properties = child(element, "w:rPr")
        base = self._looks[-1]
        changed = None
        if properties is not None and len(properties):
            style_id = value(properties, "w:rStyle")
            if style_id:
                base = self._styles.character_look(style_id).toggling(base, self._styles.default_look)
            base = look_of(properties).over(base)
            if self._open and short(properties[-1]) == "w:rPrChange":
                changed = format_change("characters", properties[-1], self._open[-1].visible_length)
        self._looks.append(base)
        self._formats.append(changed)

    def _end_run(self, element: Element) -> None:
        if len(self._looks) > 1:
            self._looks.pop()
        changed = self._formats.pop() if self._formats else None
        if changed is not None and self._open:
            host = self._open[-1]
            host.formatted(replace(changed, end=max(changed.start, host.visible_length)))

    # Tracked changes, fields, annotations

    def _start_change(self, element: Element) -> None:
        kind = _TRACKED[short(element)]
        self._changes.append(Change(kind, attribute(element, "w:author"), attribute(element, "w:date")))

    def _end_change(self, element: Element) -> None:
        if self._changes:
            self._changes.pop()

    def _field_mark(self, element: Element) -> bool:
        fields = self._fields[-1]
        text = fields.meet(element)
        if fields.notice is not None:
            self.note(fields.notice)
            fields.notice = None
        if fields.number_code:
            self._number_field(fields.number_code)
            fields.number_code = ""
        if text:
            self.say(text)
        return True

    def _number_field(self, code: str) -> None:
        """A number that Word works out: the paragraph's own where it opens with it."""
        change, in_neither_view = combined(self._changes)
        if in_neither_view:
            return
        host = self._open[-1] if self._open else None
        opens = host is not None and host.number_field is None and not any(each.text.strip() for each in host.pieces)
        found = number_field(code, change) if opens else None
        if host is not None and found is not None:
            host.number_field = found
        self.note("number field" if found is None else "number worked out")

    def _field_code(self, element: Element) -> bool:
        self._fields[-1].add_code("".join(element.itertext()), deleted=short(element) == "w:delInstrText")
        return True

    def _simple_field(self, element: Element) -> bool:
        code = attribute(element, "w:instr")
        if is_number(code):
            if not self._fields[-1].silent:
                self._number_field(code)
            return True
        has_result = len(element) > 0
        notice = notice_of(code, has_result=has_result)
        if notice is not None:
            self.note(notice)
        if not has_result:
            self.say(shown_without_result(code))
        return is_left_out(code)

    # What is not text

    def _picture(self, element: Element) -> None:
        if any(short(above) == "w:object" for above in islice(element.iterancestors(), 6)):
            return  # the picture that stands for an embedded object
        is_linked = bool(attribute(element, "r:link") or attribute(element, "r:href"))
        self.note("linked picture" if is_linked else "picture")

    def _object(self, element: Element) -> None:
        self.note("object")

    def _control(self, element: Element) -> None:
        self.note("control")

    def _comment(self, element: Element) -> None:
        kind = _COMMENT[short(element)]
        self._anchor(Anchor(kind, attribute(element, "w:id"), 0))

    def _note(self, element: Element) -> None:
        change, in_neither_view = combined(self._changes)
        is_gone = in_neither_view or (change is not None and change.kind in GONE_AFTER)
        if is_gone or self._fields[-1].silent or self._looks[-1].hidden:
            return
        numbered = attribute(element, "w:customMarkFollows", "0") in {"0", "false", "off"}
        self._anchor(Anchor(_NOTES[short(element)], attribute(element, "w:id"), 0, numbered))

    def _anchor(self, anchor: Anchor) -> None:
        if self._open:
            host = self._open[-1]
        elif anchor.kind == "comment end" and self.paragraphs:
            host = self.paragraphs[-1]
        else:
            self._pending.append(anchor)
            return
        host.anchors.append(Anchor(anchor.kind, anchor.id, host.visible_length, anchor.numbered))


def format_change(kind: FormattedKind, element: Element, start: int = 0, end: int = 0) -> FormatChange:
    """A tracked change of formatting as its element states it."""
    return FormatChange(kind, start, end, attribute(element, "w:author"), attribute(element, "w:date"))


INLINE_STARTS: Final[dict[str, Callable[[Inline, Element], bool | None]]] = {
    "w:t": Inline._text,
    "w:delText": Inline._text,
    "m:t": Inline._text,
    "a:t": Inline._text,
    "w:sym": Inline._symbol,
    "w16se:symEx": Inline._symbol_beyond,
    "w:ruby": Inline._ruby,
    "v:textpath": Inline._picture_text,
    "dgm:relIds": Inline._reference,
    "c:chart": Inline._reference,
    "a:blip": Inline._picture,
    "v:imagedata": Inline._picture,
    "w:object": Inline._object,
    "w:control": Inline._control,
    "w:contentPart": Inline._picture,
    "w:r": Inline._start_run,
    "w:fldChar": Inline._field_mark,
    "w:instrText": Inline._field_code,
    "w:delInstrText": Inline._field_code,
    "w:fldSimple": Inline._simple_field,
    **dict.fromkeys(MATH_PARTS, Inline._formula_part),
    **dict.fromkeys(_MARKS, Inline._mark),
    **dict.fromkeys(_TRACKED, Inline._start_change),
    **dict.fromkeys(_COMMENT, Inline._comment),
    **dict.fromkeys(_NOTES, Inline._note),
}
INLINE_ENDS: Final[dict[str, Callable[[Inline, Element], None]]] = {
    "w:r": Inline._end_run,
    "a:p": Inline._drawing_text_ends,
    **dict.fromkeys(MATH_PARTS, Inline._formula_part_ends),
    **dict.fromkeys(_TRACKED, Inline._end_change),
}
