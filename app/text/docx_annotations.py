"""Comments, footnotes and endnotes of a Word file: their texts, and the words that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.text.document import Comment, Note
from app.text.docx_content import Content
from app.text.docx_names import Element, attribute, child, children, value
from app.text.docx_number_formats import format_number
from app.text.docx_package import WordPackage
from app.text.docx_paragraph import GONE_AFTER, Paragraph
from app.text.docx_styles import Styles
from app.text.docx_views import flatten


@dataclass(slots=True)
class Annotations:
    """What is anchored in each paragraph, by its place in the sequence."""

    comments: dict[int, list[Comment]] = field(default_factory=dict)
    notes: dict[int, list[Note]] = field(default_factory=dict)
    unanchored: list[Comment] = field(default_factory=list)


def shown_text(root: Element, styles: Styles) -> str:
    """All text of a small part or element as it now stands, a line for each paragraph."""
    lines = (paragraph.text_without(GONE_AFTER).strip() for paragraph in flatten(Content(root, styles).read()))
    return "\n".join(line for line in lines if line)


def find_annotations(package: WordPackage, paragraphs: Sequence[Paragraph], styles: Styles) -> Annotations:
    """Read comments and notes and find the words they stand at.

    A comment on several paragraphs is kept with the first, up to its end.
    """
    found = Annotations()
    texts = _comments(package, styles)
    begun: dict[str, tuple[int, int]] = {}
    done: set[str] = set()
    notes = _Notes(package, styles)
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


def _comments(package: WordPackage, styles: Styles) -> dict[str, Comment]:
    root = package.part("comments")
    texts: dict[str, Comment] = {}
    for name, element in children(root) if root is not None else ():
        if name == "w:comment":
            texts[attribute(element, "w:id")] = Comment(
                shown_text(element, styles), 0, 0, attribute(element, "w:author"), attribute(element, "w:date")
            )
    return texts


class _Notes:
    """Footnotes and endnotes, numbered in the order in which they are referred to."""

    def __init__(self, package: WordPackage, styles: Styles) -> None:
        self._styles = styles
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
        element = self._elements.get((kind, note_id))
        text = "" if element is None else shown_text(element, self._styles)
        return Note("endnote" if kind == "endnote" else "footnote", label, text, position)
