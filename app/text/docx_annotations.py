"""Comments, footnotes and endnotes of a Word file: their texts, and the words that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.text.document import Comment, Note
from app.text.docx_content import Content
from app.text.docx_names import Element, attribute, child, children, value
from app.text.docx_number_formats import format_number
from app.text.docx_numbering import ListDefinitions
from app.text.docx_package import WordPackage
from app.text.docx_paragraph import GONE_AFTER, Paragraph
from app.text.docx_styles import Styles
from app.text.docx_views import flatten, number


@dataclass(slots=True)
class Annotations:
    """What is anchored in each paragraph, by its place in the sequence."""

    comments: dict[int, list[Comment]] = field(default_factory=dict)
    notes: dict[int, list[Note]] = field(default_factory=dict)
    unanchored: list[Comment] = field(default_factory=list)


def shown_text(root: Element, styles: Styles, definitions: ListDefinitions) -> str:
    """All text of a small part or element as it now stands, numbers included, a line for each paragraph."""
    paragraphs = flatten(Content(root, styles).read())
    numbers = number(paragraphs, definitions, styles, before=False)
    lines: list[str] = []
    runs_on = False
    for paragraph, numbered in zip(paragraphs, numbers, strict=True):
        text = paragraph.text_without(GONE_AFTER)
        line = f"{numbered.label} {text}" if numbered.label and text.strip() else text
        if runs_on:
            lines[-1] += line
        else:
            lines.append(line)
        runs_on = paragraph.mark is not None and paragraph.mark.kind in GONE_AFTER
    return "\n".join(line.strip() for line in lines if line.strip())


def find_annotations(
    package: WordPackage, paragraphs: Sequence[Paragraph], styles: Styles, definitions: ListDefinitions
) -> Annotations:
    """Read comments and notes and find the words they stand at.

    A comment on several paragraphs is kept with the first, up to its end.
    """
    found = Annotations()
    texts = _comments(package, styles, definitions)
    begun: dict[str, tuple[int, int]] = {}
    done: set[str] = set()
    notes = _Notes(package, styles, definitions)
    for index, paragraph in enumerate(paragraphs):
        for anchor in paragraph.anchors:
            if anchor.kind in {"footnote", "endnote"}:
                note = notes.note(anchor.kind, anchor.id, anchor.position, numbered=anchor.numbered)
                found.notes.setdefault(index, []).append(note)
            elif anchor.kind == "comment start":
                begun.setdefault(anchor.id, (index, anchor.position))
            elif anchor.id in texts and anchor.id not in done:
                done.add(anchor.id)
                home, start = begun.get(anchor.id, (index, anchor.position))
                end = anchor.position if home == index else paragraphs[home].visible_length
                found.comments.setdefault(home, []).append(_at(texts[anchor.id], start, max(start, end)))
    for comment_id, comment in texts.items():
        if comment_id in done:
            continue
        if comment_id in begun:
            home, start = begun[comment_id]
            found.comments.setdefault(home, []).append(_at(comment, start, paragraphs[home].visible_length))
        else:
            found.unanchored.append(comment)
    return found


def _at(comment: Comment, start: int, end: int) -> Comment:
    return Comment(comment.text, start, end, comment.author, comment.date)


def _comments(package: WordPackage, styles: Styles, definitions: ListDefinitions) -> dict[str, Comment]:
    root = package.part("comments")
    texts: dict[str, Comment] = {}
    for name, element in children(root) if root is not None else ():
        if name == "w:comment":
            texts[attribute(element, "w:id")] = Comment(
                shown_text(element, styles, definitions),
                0,
                0,
                attribute(element, "w:author"),
                attribute(element, "w:date"),
            )
    return texts


class _Notes:
    """Footnotes and endnotes, numbered in the order in which they are referred to."""

    def __init__(self, package: WordPackage, styles: Styles, definitions: ListDefinitions) -> None:
        self._styles = styles
        self._definitions = definitions
        self._elements: dict[tuple[str, str], Element] = {}
        self._counts = {"footnote": 0, "endnote": 0}
        self._formats = {"footnote": "decimal", "endnote": "lowerRoman"}
        settings = package.part("settings")
        for kind in ("footnote", "endnote"):
            stated = value(child(settings, f"w:{kind}Pr"), "w:numFmt")
            self._formats[kind] = stated or self._formats[kind]
            root = package.part(f"{kind}s")
            for name, element in children(root) if root is not None else ():
                if name == f"w:{kind}":
                    self._elements[kind, attribute(element, "w:id")] = element

    def note(self, kind: str, note_id: str, position: int, *, numbered: bool) -> Note:
        """The note that a mark refers to; without text where the file has lost it."""
        label = ""
        if numbered:
            self._counts[kind] += 1
            label = format_number(self._counts[kind], self._formats[kind])
        element = self._elements.pop((kind, note_id), None)  # a note has one mark; a second one gets no text again
        text = "" if element is None else shown_text(element, self._styles, self._definitions)
        return Note("endnote" if kind == "endnote" else "footnote", label, text, position)
