"""What stands beside the body of a Word file: a note, a comment, a header or footer, each read as one short text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.text.docx_content import Content
from app.text.docx_names import Element
from app.text.docx_notices import Notice
from app.text.docx_numbering import ListDefinitions
from app.text.docx_paragraph import GONE_AFTER, GONE_BEFORE, Paragraph
from app.text.docx_styles import Styles
from app.text.docx_views import Numbered, flatten, is_tracked, number

_EXCERPT: Final = 80
_MOST: Final = 5  # that are named one by one


@dataclass(frozen=True, slots=True)
class Story:
    """A text beside the body, numbers included, a line for each paragraph."""

    text: str = ""
    before: str | None = None  # with its tracked changes rejected; None where it has none
    comments: tuple[str, ...] = ()  # ids of the comments anchored in it
    notices: list[Notice] = field(default_factory=list)


def read_story(
    root: Element,
    styles: Styles,
    definitions: ListDefinitions,
    place: str = "",
    bound: Mapping[Element, str] | None = None,
) -> Story:
    """Read a small part or an element of one; `place` is what its paragraphs are called in notices."""
    content = Content(root, styles, bound=bound)
    paragraphs = flatten(content.read())
    for paragraph in paragraphs:
        paragraph.place = place
    text = _lines(paragraphs, number(paragraphs, definitions, styles, before=False), GONE_AFTER)
    before = text
    if any(map(is_tracked, paragraphs)):
        before = _lines(paragraphs, number(paragraphs, definitions, styles, before=True), GONE_BEFORE)
    ids = (anchor.id for paragraph in paragraphs for anchor in paragraph.anchors if anchor.kind.startswith("comment"))
    return Story(text, None if before == text else before, tuple(dict.fromkeys(ids)), content.notices)


def about_changes(stories: Iterable[tuple[str, Story]]) -> list[str]:
    """A sentence about the notes, headers and footers that have tracked changes."""
    changed = [(place, story.before) for place, story in stories if story.before is not None]
    if not changed:
        return []
    places = [f"{place}, before: “{_excerpt(before)}”" for place, before in changed[:_MOST]]
    more = f"; and {len(changed) - _MOST:,} more" if len(changed) > _MOST else ""
    return [
        "Tracked changes in notes, headers and footers were read as accepted "
        f"({'; '.join(places)}{more}); see them in a word processor."
    ]


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def _lines(paragraphs: list[Paragraph], numbers: list[Numbered], gone: frozenset[str | None]) -> str:
    lines: list[str] = []
    runs_on = False
    for paragraph, numbered in zip(paragraphs, numbers, strict=True):
        if paragraph.enclosing is not None and paragraph.enclosing.kind in gone:
            continue
        text = paragraph.text_without(gone)
        line = f"{numbered.label} {text}" if numbered.label and text.strip() else text
        if runs_on:
            lines[-1] += line
        else:
            lines.append(line)
        runs_on = paragraph.mark is not None and paragraph.mark.kind in gone
    return "\n".join(line.strip() for line in lines if line.strip())
