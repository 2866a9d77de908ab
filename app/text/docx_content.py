"""Walks through one part of a Word file and gathers its paragraphs in reading order.

The walk is one pass over the XML with its own stacks, so that neither depth nor length matters. What is passed
through without being known (content controls, smart tags, hyperlinks, custom XML) is transparent: words in it count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_fields import Fields
from app.text.docx_inline import INLINE_ENDS, INLINE_STARTS, Inline, format_change
from app.text.docx_names import Element, attribute, child, children, chosen_branch, is_on, short, value
from app.text.docx_notices import Notice
from app.text.docx_paragraph import Paragraph, combined
from app.text.docx_styles import Look, Styles, look_of
from app.text.docx_tables import Table, changes_of

MAX_CELLS: Final = 500_000
MAX_PARAGRAPHS: Final = 500_000  # fifty times those of a 300-page agreement
_CONTENTS_GALLERIES: Final = frozenset({"table of contents", "table of authorities"})
_SKIPPED: Final = frozenset(
    f"w:{name}"
    for name in (
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
        "rubyPr", "fldData", "background",
    )
)  # fmt: skip


class Content(Inline):
    """The paragraphs of one part. After `read`, `paragraphs` holds them in reading order."""

    def __init__(
        self,
        root: Element,
        styles: Styles,
        *,
        look_up: Callable[[Element], list[str]] | None = None,
        bound: Mapping[Element, str] | None = None,
    ) -> None:
        """Prepare to read; `bound` are the controls that `Bindings` has filled, the rest is that of `Walk`."""
        super().__init__(root, styles, look_up=look_up)
        self._bound = bound or {}
        self._table_count = 0
        self._cell_count = 0
        self._paragraph_count = 0
        self._under = [styles.default_look]  # for each open table, what holds beneath the styles of paragraphs
        self._branches: list[Element | None] = []
        self._controls: list[bool] = []  # for each open content control, whether it holds a table of contents
        self._contents_depth = 0

    def read(self) -> list[Paragraph]:
        """Walk through the part.

        Raises:
            UnreadableFile: It has more table cells or paragraphs than are read.
        """
        walk = etree.iterwalk(self._root, events=("start", "end"))
        starts, ends = _STARTS, _ENDS
        for event, element in walk:
            name = short(element)
            self._here = element
            if event == "end":
                if name in ends:
                    ends[name](self, element)
            elif name in _SKIPPED or (name in {"mc:Choice", "mc:Fallback"} and self._is_other_branch(element)):
                walk.skip_subtree()
            elif name in starts:
                is_done = starts[name](self, element)
                if is_done:
                    walk.skip_subtree()
        if self._pending_formats and self.paragraphs:
            self.paragraphs[-1].formats.extend(self._pending_formats)
        return self.paragraphs

    # Paragraphs

    def _start_paragraph(self, element: Element) -> None:
        self._paragraph_count += 1
        if self._paragraph_count > MAX_PARAGRAPHS:
            raise UnreadableFile(
                f"The file has more than {MAX_PARAGRAPHS:,} paragraphs, which is more than is read at once; "
                "split the document and upload the parts."
            )
        properties = child(element, "w:pPr")
        style = self._styles.paragraph(value(properties, "w:pStyle"))
        paragraph = Paragraph(
            style=style,
            properties=element if properties is None else properties,
            flow=self._flows[-1],
            story=self._stories[-1],
        )
        mark = child(properties, "w:rPr")
        marks = changes_of(mark)
        change, in_neither_view = combined(marks)
        paragraph.mark = change
        look = style.look.over(self._under[-1])
        mark_is_hidden = bool(look_of(mark).over(look).hidden) or child(mark, "w:specVanish") is not None
        paragraph.drop_cap = _is_drop_cap(child(properties, "w:framePr"))
        paragraph.runs_on = in_neither_view or mark_is_hidden or paragraph.drop_cap
        paragraph.mark_hidden = mark_is_hidden
        paragraph.enclosing = combined(self._changes)[0]
        paragraph.in_contents = self._contents_depth > 0
        paragraph.anchors.extend(self._pending)
        self._pending.clear()
        paragraph.formats.extend(self._pending_formats)
        self._pending_formats.clear()
        self._loose = None
        self._open.append(paragraph)
        self._looks.append(look)

    def _end_paragraph(self, element: Element) -> None:
        if not self._open:
            return
        self._looks.pop()
        paragraph = self._open.pop()
        properties = paragraph.properties
        if properties is not None and properties is not element and len(properties):
            self._paragraph_formats(paragraph, properties)
        if self._open:
            self._open[-1].following.append(paragraph)
        else:
            self._emit(paragraph)

    def _paragraph_formats(self, paragraph: Paragraph, properties: Element) -> None:
        length = paragraph.visible_length
        for name, stated in children(properties):
            if name == "w:pPrChange":
                paragraph.formatted(format_change("paragraph", stated, 0, length))
            elif name == "w:numPr" and child(properties, "w:pPrChange") is None:
                for kind, changed in children(stated):
                    if kind in {"w:ins", "w:numberingChange"}:
                        paragraph.formatted(format_change("paragraph", changed, 0, length))
            elif name == "w:rPr" and (changed := child(stated, "w:rPrChange")) is not None:
                paragraph.formatted(format_change("paragraph", changed, length, length))
            elif name == "w:sectPr" and (changed := child(stated, "w:sectPrChange")) is not None:
                paragraph.formatted(format_change("section", changed, length, length))

    def _section(self, element: Element) -> bool:
        """The last section's properties, which stand behind its last paragraph."""
        changed = child(element, "w:sectPrChange")
        if changed is not None and self.paragraphs:
            length = self.paragraphs[-1].visible_length
            self.paragraphs[-1].formatted(format_change("section", changed, length, length))
        return True

    # Tables, text boxes, alternatives

    def _new_flow(self) -> None:
        self._loose = None
        self._last_flow += 1
        self._flows[-1] = self._last_flow

    def _start_table(self, element: Element) -> None:
        self._tables[-1].append(Table(self._table_count))
        self._table_count += 1
        self._flows.append(self._last_flow)
        self._new_flow()
        properties = child(element, "w:tblPr")
        hidden = self._styles.character_look(value(properties, "w:tblStyle")).hidden
        self._under.append(Look(hidden=hidden).over(self._styles.default_look))
        self._table_format(child(properties, "w:tblPrChange"))

    def _table_format(self, changed: Element | None) -> None:
        if changed is not None:
            self._pending_formats.append(format_change("table", changed))

    def _end_table(self, element: Element) -> None:
        if self._tables[-1]:
            self._tables[-1].pop().set_headings()
            self._under.pop()
            self._flows.pop()
            self._new_flow()

    def _start_row(self, element: Element) -> None:
        properties = child(element, "w:trPr")
        self._start_changes(properties)
        self._table_format(child(properties, "w:trPrChange"))
        self._table_format(child(child(element, "w:tblPrEx"), "w:tblPrExChange"))
        if self._tables[-1]:
            self._tables[-1][-1].start_row(properties)

    def _start_changes(self, properties: Element | None) -> None:
        """A row or a cell may come or go with all that is in it."""
        added = changes_of(properties)
        self._changes.extend(added)
        self._changed_by.append(len(added))

    def _start_cell(self, element: Element) -> None:
        properties = child(element, "w:tcPr")
        self._start_changes(properties)
        self._table_format(child(properties, "w:tcPrChange"))
        self._table_format(child(properties, "w:cellMerge"))
        self._new_flow()
        self._cell_count += 1
        if self._cell_count > MAX_CELLS:
            raise UnreadableFile(
                f"The tables of the file have more than {MAX_CELLS:,} cells, which is more than is read at once; "
                "split the document and upload the parts."
            )
        if self._tables[-1]:
            self._tables[-1][-1].start_cell(properties)

    def _end_row_or_cell(self, element: Element) -> None:
        if not self._changed_by:
            return
        for _ in range(self._changed_by.pop()):
            if self._changes:
                self._changes.pop()

    def _start_text_box(self, element: Element) -> None:
        self._last_story += 1
        self._stories.append(self._last_story)
        self._hosts.append(self._open)
        self._open = []
        self._tables.append([])
        self._fields.append(Fields(self._never_ending))
        self._looks.append(self._styles.default_look)
        self._under.append(self._styles.default_look)
        self._flows.append(self._last_flow)
        self._new_flow()

    def _end_text_box(self, element: Element) -> None:
        if not self._hosts:
            return
        self._open = self._hosts.pop()
        self._loose = None
        self._stories.pop()
        self._tables.pop()
        self._fields.pop()
        self._looks.pop()
        self._under.pop()
        self._flows.pop()

    def _start_alternatives(self, element: Element) -> None:
        self._branches.append(chosen_branch(element))

    def _end_alternatives(self, element: Element) -> None:
        self._branches.pop()

    def _is_other_branch(self, element: Element) -> bool:
        return bool(self._branches) and self._branches[-1] is not element

    def _embedded_document(self, element: Element) -> None:
        self.note("embedded document")

    def _start_control(self, element: Element) -> None:
        properties = child(element, "w:sdtPr")
        gallery = value(child(properties, "w:docPartObj"), "w:docPartGallery").strip().lower()
        is_contents = gallery in _CONTENTS_GALLERIES
        self._controls.append(is_contents)
        self._contents_depth += is_contents
        if is_on(child(properties, "w:showingPlcHdr")):
            self.note("prompt")

    def _end_control(self, element: Element) -> None:
        if element in self._bound:
            last = self._open[-1:] or self.paragraphs[-1:]
            self.notices.append(Notice("bound", last[0] if last else None, self._bound[element]))
        if self._controls:
            self._contents_depth -= self._controls.pop()


def _is_drop_cap(frame: Element | None) -> bool:
    """Whether a frame holds only the large first letter of the paragraph behind it."""
    return frame is not None and attribute(frame, "w:dropCap") in {"drop", "margin"}


_Step = Callable[[Any, Element], bool | None]
_STARTS: Final[dict[str, _Step]] = {
    **INLINE_STARTS,
    "w:p": Content._start_paragraph,
    "w:tbl": Content._start_table,
    "w:tr": Content._start_row,
    "w:tc": Content._start_cell,
    "w:sectPr": Content._section,
    "w:sdt": Content._start_control,
    "w:txbxContent": Content._start_text_box,
    "mc:AlternateContent": Content._start_alternatives,
    "w:altChunk": Content._embedded_document,
    "w:subDoc": Content._embedded_document,
}
_ENDS: Final[dict[str, _Step]] = {
    **INLINE_ENDS,
    "w:p": Content._end_paragraph,
    "w:tbl": Content._end_table,
    "w:tr": Content._end_row_or_cell,
    "w:tc": Content._end_row_or_cell,
    "w:sdt": Content._end_control,
    "w:txbxContent": Content._end_text_box,
    "mc:AlternateContent": Content._end_alternatives,
}
