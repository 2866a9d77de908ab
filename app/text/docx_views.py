"""Joins and numbers paragraphs as they stand with tracked changes accepted, and with them rejected.

A deleted paragraph mark joins its paragraph to the next one in the view after the changes; an inserted mark does so
in the view before them. The joined paragraph has the list number of its last part, whose mark survives, and counts
once. The label is given to the part in which its text begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.text.docx_names import child, value
from app.text.docx_numbering import ListCounter, ListDefinitions, ListPosition
from app.text.docx_paragraph import GONE_AFTER, GONE_BEFORE, Anchor, Paragraph
from app.text.docx_styles import Styles, list_reference


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's label and list depth in one view."""

    label: str = ""
    level: int | None = None


def flatten(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put the paragraphs of text boxes behind those that they are anchored in, never between two joined ones.

    Paragraphs whose hidden mark lets the next one go on in the same line (style separators) become one.
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
    """Make the second paragraph hold both; the first one's style and number show, as its text begins the line."""
    shift = first.visible_length
    first.joined = second
    first.pieces.extend(second.pieces)
    first.formats.extend(replace(each, start=each.start + shift, end=each.end + shift) for each in second.formats)
    first.anchors.extend(Anchor(each.kind, each.id, each.position + shift, each.numbered) for each in second.anchors)
    second.pieces, second.formats, second.anchors = first.pieces, first.formats, first.anchors
    second.visible_length += shift
    second.style, second.properties = first.style, first.properties


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
        position = self._position(last)
        if position is None:
            return
        counter = self.counters.setdefault(last.story, ListCounter(self.definitions))
        label = Numbered(counter.count(position), position.level)
        self.numbered[chain[-1] if speaking is None else speaking] = label

    def _position(self, paragraph: Paragraph) -> ListPosition | None:
        properties, style = paragraph.properties, paragraph.style
        if self.before:
            changed = child(child(properties, "w:pPrChange"), "w:pPr")
            if changed is not None:
                properties, style = changed, self.styles.paragraph(value(changed, "w:pStyle"))
        direct = child(properties, "w:numPr")
        if self.before and child(direct, "w:ins") is not None:
            direct = None
        return self.definitions.position(list_reference(direct), style)
