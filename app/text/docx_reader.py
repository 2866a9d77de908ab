"""Reads a Word file into blocks: one for each paragraph that a person sees, numbered as Word shows it.

Straight from the XML of the package, so that tracked insertions, text boxes and content controls are not lost.
Headers and footers stand apart (`WordText.margins`): they are no part of the text that is agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.errors import UnreadableFile
from app.text.document import Block, Progress, Run
from app.text.docx_annotations import Annotations, find_annotations
from app.text.docx_bindings import Bindings
from app.text.docx_content import Content
from app.text.docx_headings import Headings, is_contents_line
from app.text.docx_names import Element, attribute, short
from app.text.docx_notes import about_notes
from app.text.docx_notices import Notice, sentences
from app.text.docx_numbering import ListDefinitions
from app.text.docx_package import WordPackage
from app.text.docx_paragraph import Change, Paragraph
from app.text.docx_places import name_places
from app.text.docx_stories import Story, about_changes, read_story
from app.text.docx_styles import Styles
from app.text.docx_views import Numbered, flatten, is_tracked, number

_EXCERPT = 80
_MOST_COMMENTS = 20  # whose place is lost, and which are named one by one
_PROGRESS_STEPS = 4
_MARGIN = "a header or footer"


@dataclass(frozen=True, slots=True)
class WordText:
    """What a Word file holds."""

    blocks: list[Block]
    warnings: list[str]  # a sentence for each thing that a reader of the blocks should know
    margins: list[str]  # the texts of headers and footers, each once


def read_docx(data: bytes, *, progress: Progress | None = None) -> WordText:
    """Read a Word file (DOCX, DOCM, DOTX, DOTM; transitional or strict).

    Args:
        data: The bytes of the file.
        progress: Told ("Word file", steps done, steps in all).

    Returns:
        The blocks in reading order, warnings, headers and footers. A block whose paragraph mark is deleted or
        inserted (`mark`) runs on into the next block in the view after or before the changes; its number then
        stands at the first of them that has text.

    Raises:
        UnreadableFile: The file is encrypted, damaged, harmful, or no Word file.
    """
    try:
        return _read(data, progress)
    except (RecursionError, MemoryError) as error:
        raise UnreadableFile(
            "The Word file is too large or too deeply nested to be read; split it and upload the parts."
        ) from error


def read_docx_blocks(data: bytes, *, progress: Progress | None = None) -> tuple[list[Block], list[str]]:
    """The blocks and warnings of `read_docx`."""
    read = read_docx(data, progress=progress)
    return read.blocks, read.warnings


def _margins(package: WordPackage, styles: Styles, definitions: ListDefinitions, bindings: Bindings) -> list[Story]:
    stories: dict[str, Story] = {}
    parts = {
        relationship.target: None
        for relationship in package.relationships.values()
        if relationship.kind in {"header", "footer"} and not relationship.external
    }
    for part in parts:
        root = package.xml(part)
        if root is not None:
            story = read_story(root, styles, definitions, _MARGIN, bindings.show(root))
            stories.setdefault(f"{story.text}\n{story.before}", story)
    return list(stories.values())


def _read(data: bytes, progress: Progress | None) -> WordText:
    def done(steps: int) -> None:
        if progress is not None:
            progress("Word file", steps, _PROGRESS_STEPS)

    package = WordPackage(data)
    styles = Styles(package.part("styles"))
    definitions = ListDefinitions(package.part("numbering"), styles)
    done(1)
    bindings = Bindings(package)
    content = Content(package.root, styles, look_up=_Drawings(package).lines, bound=bindings.show(package.root))
    paragraphs = flatten(content.read())
    name_places(paragraphs)
    done(2)
    after = number(paragraphs, definitions, styles, before=False)
    has_changes = any(is_tracked(paragraph) for paragraph in paragraphs)
    before = number(paragraphs, definitions, styles, before=True) if has_changes else after
    attached = find_annotations(package, paragraphs, styles, definitions)
    margins = _margins(package, styles, definitions, bindings)
    done(3)
    blocks = _blocks(paragraphs, after, before, attached)
    done(_PROGRESS_STEPS)
    notices = [*content.notices, *(notice for _, story in attached.stories for notice in story.notices)]
    notices += (notice for story in margins for notice in story.notices if notice.kind != "picture")
    warnings = _warnings(package, notices, attached, blocks)
    warnings += about_changes([*attached.stories, *((_MARGIN, story) for story in margins)])
    return WordText(blocks, warnings, list(dict.fromkeys(story.text for story in margins if story.text)))


@dataclass(frozen=True, slots=True)
class _Drawings:
    """Text of diagrams and charts, which Word keeps in parts of their own."""

    package: WordPackage

    def lines(self, element: Element) -> list[str]:
        relationship = self.package.relationships.get(attribute(element, "r:dm") or attribute(element, "r:id"))
        if relationship is None or relationship.external:
            return []
        root = self.package.xml(relationship.target)
        lines: list[str] = []
        words: list[str] = []
        for part in root.iter() if root is not None else ():
            name = short(part)
            if name == "a:p":
                lines.append("".join(words))
                words = []
            elif name in {"a:t", "c:v"}:
                words.append(part.text or "")
                if name == "c:v":
                    words.append("\t")
        lines.append("".join(words))
        return [line.strip() for line in lines if line.strip()]


def _blocks(
    paragraphs: Sequence[Paragraph], after: Sequence[Numbered], before: Sequence[Numbered], attached: Annotations
) -> list[Block]:
    headings = Headings(paragraphs)
    blocks: list[Block] = []
    for index, paragraph in enumerate(paragraphs):
        label, label_before = after[index], before[index]
        notes, comments = attached.notes.get(index, ()), attached.comments.get(index, ())
        is_empty = not any(piece.text.strip() for piece in paragraph.pieces)
        if is_empty and not (
            notes or comments or paragraph.formats or paragraph.mark or label.label or label_before.label
        ):
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        joins = following is not None and following.flow == paragraph.flow
        level = label.level if label.level is not None else label_before.level
        change = paragraph.enclosing or (paragraph.mark if joins else None)
        blocks.append(
            Block(
                runs=_runs(paragraph),
                place=paragraph.place,
                number=label.label,
                number_before=label_before.label,
                heading_level=headings.level(paragraph),
                list_level=level,
                cell=paragraph.cell,
                cell_header=paragraph.cell_header,
                mark=change.kind if change is not None else None,
                comments=tuple(comments),
                notes=tuple(notes),
                formatting=tuple(paragraph.formats),
                contents=is_contents_line(paragraph),
            )
        )
    return blocks


def _runs(paragraph: Paragraph) -> tuple[Run, ...]:
    runs: list[Run] = []
    change: Change | None
    for change, pieces in groupby(paragraph.pieces, key=lambda piece: piece.change):
        text = "".join(piece.text for piece in pieces)
        runs.append(Run(text, change.kind, change.author, change.date) if change is not None else Run(text))
    return tuple(runs)


def _warnings(
    package: WordPackage, notices: Sequence[Notice], attached: Annotations, blocks: Sequence[Block]
) -> list[str]:
    warnings = list(dict.fromkeys(package.warnings))
    warnings += sentences(notices)
    warnings += about_notes(attached.unseen, by_page=attached.numbered_by_page)
    if package.has_macros():
        warnings.append("The file carries macros, which were not run; ask for a copy saved as plain DOCX.")
    if template := package.remote_template():
        warnings.append(
            f"The file names a template elsewhere ({template}), which was not fetched; "
            "styles that it keeps only there are missing here."
        )
    for comment in attached.unanchored[:_MOST_COMMENTS]:
        warnings.append(
            f"A comment by {comment.author or 'an unnamed author'} belongs to no words of the text: "
            f"“{comment.text[:_EXCERPT]}”; look for it in a word processor."
        )
    if not blocks:
        warnings.append("The file has no text that can be read; if it shows scanned pages, run text recognition first.")
    return warnings
