"""Joins and numbers paragraphs as they stand with tracked changes accepted, and with them rejected.

A deleted paragraph mark joins its paragraph to the next one in the view after the changes; an inserted mark does so
in the view before them. The joined paragraph has the list number of its last part, whose mark survives, and counts
once. The label is given to the part in which its text begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.text.docx_names import Element, child, short, value
from app.text.docx_number_fields import FieldCounter
from app.text.docx_numbering import ListCounter, ListDefinitions, ListPosition
from app.text.docx_paragraph import GONE_AFTER, GONE_BEFORE, Anchor, Paragraph
from app.text.docx_styles import ParagraphStyle, Styles, list_reference


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's label and list depth in one view."""

    label: str = ""
    level: int | None = None


def flatten(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put the paragraphs of text boxes behind those that they are anchored in, never between two joined ones.

    Paragraphs whose hidden mark lets the next one go on in the same line (style separators) become one, and so does
    a large first letter with the words behind it.
    """
    flat: list[Paragraph] = []
    stack = list(reversed(paragraphs))
    waiting: list[Paragraph] = []
    while stack:
        paragraph = stack.pop()
        following, paragraph.following = paragraph.following, []
        following_paragraph = stack[-1] if stack else None
        joined = following_paragraph is not None and following_paragraph.flow == paragraph.flow
        if joined and following_paragraph is not None and paragraph.runs_on and paragraph.pieces:
            _put_before(paragraph, following_paragraph)
            following.extend(following_paragraph.following)
            following_paragraph.following = following
            continue
        flat.append(paragraph)
        waiting.extend(following)
        if not (joined and paragraph.mark is not None):
            stack.extend(reversed(waiting))
            waiting.clear()
    return flat


def _put_before(first: Paragraph, second: Paragraph) -> None:
    """Make the second paragraph hold both.

    The first one's style and number show, as its text begins the line; a large first letter has neither.
    """
    shift = first.visible_length
    first.joined = second
    first.pieces.extend(second.pieces)
    first.formats.extend(replace(each, start=each.start + shift, end=each.end + shift) for each in second.formats)
    first.anchors.extend(Anchor(each.kind, each.id, each.position + shift, each.numbered) for each in second.anchors)
    second.pieces, second.formats, second.anchors = first.pieces, first.formats, first.anchors
    second.visible_length += shift
    second.number_field = first.number_field or second.number_field
    if not first.drop_cap:
        second.style, second.properties = first.style, first.properties


def is_tracked(paragraph: Paragraph) -> bool:
    """Whether the two views may differ at a paragraph."""
    if paragraph.mark is not None or paragraph.enclosing is not None:
        return True
    if paragraph.number_field is not None and paragraph.number_field.change is not None:
        return True
    if any(piece.change is not None for piece in paragraph.pieces):
        return True
    properties = paragraph.properties
    return properties is not None and any(
        short(element) == "w:pPrChange" or (short(element) == "w:numPr" and any(short(e) == "w:ins" for e in element))
        for element in properties
    )


def number(
    paragraphs: Sequence[Paragraph], definitions: ListDefinitions, styles: Styles, *, before: bool
) -> list[Numbered]:
    """The label of each paragraph in one view, in the same order."""
    view = _View(definitions, styles, before, numbered=[Numbered()] * len(paragraphs))
    chain: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.enclosing is not None and paragraph.enclosing.kind in view.gone:
            continue
        if chain and paragraphs[chain[-1]].flow != paragraph.flow:
            view.number_chain(paragraphs, chain)
            chain = []
        chain.append(index)
        if paragraph.mark is None or paragraph.mark.kind not in view.gone:
            view.number_chain(paragraphs, chain)
            chain = []
    if chain:
        view.number_chain(paragraphs, chain)
    return view.numbered


@dataclass(slots=True)
class _View:
    definitions: ListDefinitions
    styles: Styles
    before: bool
    numbered: list[Numbered]
    counters: dict[int, ListCounter] = field(default_factory=dict)
    field_counters: dict[int, FieldCounter] = field(default_factory=dict)

    @property
    def gone(self) -> frozenset[str | None]:
        return GONE_BEFORE if self.before else GONE_AFTER

    def number_chain(self, paragraphs: Sequence[Paragraph], chain: list[int]) -> None:
        """Number paragraphs that are one in this view."""
        last = paragraphs[chain[-1]]
        speaking = next((index for index in chain if paragraphs[index].text_without(self.gone).strip()), None)
        mark_is_gone = last.mark is not None and last.mark.kind in self.gone
        if speaking is None and (mark_is_gone or last.mark_hidden):
            return
        properties, style = self._stated(last)
        labels = [self._field_label(paragraphs[index], style) for index in chain]
        position = self._position(properties, style)
        level = None
        if position is not None:
            counter = self.counters.setdefault(last.story, ListCounter(self.definitions))
            labels.insert(0, counter.count(position))
            level = position.level
        label = Numbered(" ".join(each for each in labels if each), level)
        self.numbered[chain[-1] if speaking is None else speaking] = label

    def _field_label(self, paragraph: Paragraph, style: ParagraphStyle) -> str:
        """The number of a field that the paragraph opens with."""
        wanted = paragraph.number_field
        if wanted is None or (wanted.change is not None and wanted.change.kind in self.gone):
            return ""
        return self.field_counters.setdefault(paragraph.story, FieldCounter()).count(wanted, style)

    def _stated(self, paragraph: Paragraph) -> tuple[Element | None, ParagraphStyle]:
        """The paragraph's properties and style in this view."""
        if self.before:
            changed = child(child(paragraph.properties, "w:pPrChange"), "w:pPr")
            if changed is not None:
                return changed, self.styles.paragraph(value(changed, "w:pStyle"))
        return paragraph.properties, paragraph.style

    def _position(self, properties: Element | None, style: ParagraphStyle) -> ListPosition | None:
        direct = child(properties, "w:numPr")
        if self.before and child(direct, "w:ins") is not None:
            direct = None
        return self.definitions.position(list_reference(direct), style)
