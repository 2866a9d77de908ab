"""Comments, footnotes and endnotes of a Word file: their texts, and the words that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.text.document import Comment, Note
from app.text.docx_names import Element, attribute, child, children
from app.text.docx_notes import NoteNumbers
from app.text.docx_numbering import ListDefinitions
from app.text.docx_package import WordPackage
from app.text.docx_paragraph import Paragraph
from app.text.docx_stories import Story, read_story
from app.text.docx_styles import Styles


@dataclass(slots=True)
class Annotations:
    """What is anchored in each paragraph, by its place in the sequence."""

    comments: dict[int, list[Comment]] = field(default_factory=dict)
    notes: dict[int, list[Note]] = field(default_factory=dict)
    unanchored: list[Comment] = field(default_factory=list)
    stories: list[tuple[str, Story]] = field(default_factory=list)  # the notes, each with what it is called
    unseen: list[str] = field(default_factory=list)  # texts of notes that nothing in the text refers to
    numbered_by_page: bool = False


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
                note, story = notes.note(anchor.kind, anchor.id, anchor.position, numbered=anchor.numbered)
                found.notes.setdefault(index, []).append(note)
                found.stories.append((f"{note.kind} {note.number}".strip(), story))
                for comment_id in story.comments:
                    if comment_id in texts and comment_id not in done:
                        done.add(comment_id)
                        comment = _at(texts[comment_id], anchor.position, anchor.position)
                        found.comments.setdefault(index, []).append(comment)
            elif anchor.kind == "comment start":
                begun.setdefault(anchor.id, (index, anchor.position))
            elif anchor.id in texts and anchor.id not in done:
                done.add(anchor.id)
                home, start = begun.get(anchor.id, (index, anchor.position))
                end = anchor.position if home == index else paragraphs[home].visible_length
                found.comments.setdefault(home, []).append(_at(texts[anchor.id], start, max(start, end)))
        section = child(paragraph.properties, "w:sectPr")
        if section is not None:
            notes.numbers.end_section()
    for comment_id, comment in texts.items():
        if comment_id in done:
            continue
        if comment_id in begun:
            home, start = begun[comment_id]
            found.comments.setdefault(home, []).append(_at(comment, start, paragraphs[home].visible_length))
        else:
            found.unanchored.append(comment)
    found.unseen = notes.unseen()
    found.numbered_by_page = notes.numbers.by_page
    return found


def _at(comment: Comment, start: int, end: int) -> Comment:
    return Comment(comment.text, start, end, comment.author, comment.date, comment.id)


def _comments(package: WordPackage, styles: Styles, definitions: ListDefinitions) -> dict[str, Comment]:
    root = package.part("comments")
    texts: dict[str, Comment] = {}
    for name, element in children(root) if root is not None else ():
        if name == "w:comment":
            texts[attribute(element, "w:id")] = Comment(
                read_story(element, styles, definitions).text,
                0,
                0,
                attribute(element, "w:author"),
                attribute(element, "w:date"),
                attribute(element, "w:id"),
            )
    return texts


class _Notes:
    """Footnotes and endnotes, read as they are referred to."""

    def __init__(self, package: WordPackage, styles: Styles, definitions: ListDefinitions) -> None:
        self._styles = styles
        self._definitions = definitions
        self._elements: dict[tuple[str, str], Element] = {}
        self.numbers = NoteNumbers(package.root, package.part("settings"))
        for kind in ("footnote", "endnote"):
            root = package.part(f"{kind}s")
            for name, element in children(root) if root is not None else ():
                if name == f"w:{kind}":
                    self._elements[kind, attribute(element, "w:id")] = element

    def note(self, kind: str, note_id: str, position: int, *, numbered: bool) -> tuple[Note, Story]:
        """The note that a mark refers to; without text where the file has lost it."""
        label = self.numbers.next(kind) if numbered else ""
        element = self._elements.pop((kind, note_id), None)  # a note has one mark; a second one gets no text again
        place = f"{kind} {label}".strip()
        story = Story() if element is None else read_story(element, self._styles, self._definitions, place)
        return Note("endnote" if kind == "endnote" else "footnote", label, story.text, position), story

    def unseen(self) -> list[str]:
        """The texts of the notes that were not referred to."""
        left = [each for each in self._elements.values() if attribute(each, "w:type", "normal") == "normal"]
        texts = (read_story(each, self._styles, self._definitions).text for each in left)
        return [text for text in texts if text]
