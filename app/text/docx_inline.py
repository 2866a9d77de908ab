"""What stands inside the paragraphs of a Word file: text, marks, fields, tracked changes, comment and note marks.

`Inline` takes one element at a time, where the walk of `docx_content` stands; methods that return True have dealt with
the whole element, which then need not be entered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final, Literal

from app.text.document import FormatChange, FormattedKind
from app.text.docx_fields import is_left_out, is_number, notice_of, shown_without_result
from app.text.docx_math import MATH_PARTS, closing, opening
from app.text.docx_names import Element, attribute, child, short, value
from app.text.docx_number_fields import number_field
from app.text.docx_paragraph import GONE_AFTER, TRACKED, Anchor, Change, Paragraph, combined
from app.text.docx_styles import look_of
from app.text.docx_symbols import in_font, symbol
from app.text.docx_walk import SPACE, Walk

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
_BREAKS: Final = {
    **dict.fromkeys(range(32)),
    **dict.fromkeys(map(ord, "\n\t\r"), " "),
    0xAD: None,
    0xFFFE: None,
    0xFFFF: None,
}
"""White space as spaces, and nothing for soft hyphens and for what XML allows nowhere and a mended part may hold."""


class Inline(Walk):
    """What a walk does with each element inside a paragraph."""

    # Text

    def _text(self, element: Element) -> bool:
        text = element.text or "" if not len(element) else "".join(element.itertext())
        preserve = element.get(SPACE)
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
        kind = TRACKED[short(element)]
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
    **dict.fromkeys(TRACKED, Inline._start_change),
    **dict.fromkeys(_COMMENT, Inline._comment),
    **dict.fromkeys(_NOTES, Inline._note),
}
INLINE_ENDS: Final[dict[str, Callable[[Inline, Element], None]]] = {
    "w:r": Inline._end_run,
    "a:p": Inline._drawing_text_ends,
    **dict.fromkeys(MATH_PARTS, Inline._formula_part_ends),
    **dict.fromkeys(TRACKED, Inline._end_change),
}
