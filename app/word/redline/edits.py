"""Edits of another's file: which paragraph each one means, and what is to happen to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.errors import InvalidInput
from app.text.docx_places import PlacedParagraph
from app.word.names import Element
from app.word.redline.blocks import NOTE_SIGN, text_of

_EXCERPT: Final = 60
_BREAK: Final = "\v"  # a line break within a paragraph, while lines stand for paragraphs
_MOST_PARAGRAPHS: Final = 200
"""Paragraphs that one edit may span."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of ours in their file.

    `was` guards against a file that has changed since: the paragraph at this place must hold these words. They may be
    a part of it, as a provision is of a paragraph that begins with a typed number; then only that part is replaced.
    They may also run on over further paragraphs, a line of `was` and of `text` for each.
    """

    kind: Literal["replace", "insert", "delete"]
    place: str  # of the paragraph to replace or delete, or after which to insert, as `Block.place` has it
    text: str = ""  # for "replace": what stands there then
    paragraphs: tuple[str, ...] = ()  # for "insert": the new paragraphs
    was: str = ""
    like: str = ""  # for "insert": the place of the paragraph that the new ones look like; else the one they follow


@dataclass(frozen=True, slots=True)
class NewParagraph:
    """A paragraph to insert, and the one of theirs that it looks like; None for the one that it follows."""

    text: str
    like: Element | None = None


@dataclass(slots=True)
class Orders:
    """What is to happen to one paragraph."""

    text: str | None = None  # its new text as it will be shown
    gone: bool = False
    after: list[NewParagraph] | None = None  # paragraphs to insert behind it


def give_orders(edit: Edit, placed: Sequence[PlacedParagraph], orders: dict[Element, Orders]) -> None:
    """Add what one edit asks for.

    Raises:
        InvalidInput: It names no paragraph of the file, or not the words that it was made for, or two edits collide.
    """
    span = _span(edit, placed)
    last = orders.setdefault(span[-1], Orders())
    if edit.kind == "insert":
        like = _like(edit, placed) if edit.like else None
        last.after = [*(last.after or []), *(NewParagraph(text, like) for text in edit.paragraphs)]
    elif edit.kind == "delete":
        for paragraph in span:
            _free(edit, orders.setdefault(paragraph, Orders())).gone = True
    elif len(span) == 1 and edit.was:
        if last.gone:
            raise _collision(edit)
        last.text = _replaced(_shown(span[0]) if last.text is None else last.text, edit)
    elif len(span) == 1:
        _free(edit, last).text = edit.text
    else:
        _replace_span(edit, span, orders)


def _replace_span(edit: Edit, span: list[Element], orders: dict[Element, Orders]) -> None:
    """Replace words that run over paragraphs: line by line, the rest deleted or inserted behind."""
    whole = "\n".join(_shown(paragraph).replace("\n", _BREAK) for paragraph in span)
    found = _search(edit.was, whole)
    assert found is not None
    lines = (whole[: found.start()] + edit.text + whole[found.end() :]).split("\n")
    for paragraph, line in zip(span, lines, strict=False):
        order = _free(edit, orders.setdefault(paragraph, Orders()))
        if line.replace(_BREAK, "\n") != _shown(paragraph):
            order.text = line.replace(_BREAK, "\n")
    for paragraph in span[len(lines) :]:
        _free(edit, orders.setdefault(paragraph, Orders())).gone = True
    if len(lines) > len(span):
        last = orders[span[-1]]
        last.after = [*map(NewParagraph, lines[len(span) :]), *(last.after or [])]


def _like(edit: Edit, placed: Sequence[PlacedParagraph]) -> Element:
    found = next((each.element for each in placed if each.place == edit.like and each.has_text), None)
    if found is None:
        raise InvalidInput(f"The file has no {edit.like}; read it again and make the edit anew.")
    return found


def _span(edit: Edit, placed: Sequence[PlacedParagraph]) -> list[Element]:
    """The paragraphs that an edit means: one, or several in a row that hold its words together."""
    places = [index for index, each in enumerate(placed) if each.place == edit.place]
    if not places:
        raise InvalidInput(f"The file has no {edit.place}; read it again and make the edit anew.")
    if any(placed[index].in_text_box for index in places):
        raise InvalidInput(
            f"The words at {edit.place} stand in a text box, which is not edited from here; change them in Word."
        )
    if not edit.was:
        return [next((placed[index] for index in places if placed[index].has_text), placed[places[0]]).element]
    for index in places:
        if _search(edit.was, _shown(placed[index].element)) is not None:
            return [placed[index].element]
    for index in places:
        span = _running_on(edit, placed[index : index + _MOST_PARAGRAPHS])
        if span:
            return span
    raise InvalidInput(
        f"The words at {edit.place} are no longer “{edit.was[:_EXCERPT]}”; read the file again and make the edit anew."
    )


def _running_on(edit: Edit, placed: Sequence[PlacedParagraph]) -> list[Element]:
    wanted = sum(len(word) for word in edit.was.split())
    parent = placed[0].element.getparent()
    span: list[Element] = []
    whole = ""
    for each in placed:
        if each.element.getparent() is not parent or len(whole) > 2 * wanted + 2_000:
            return []
        span.append(each.element)
        text = _shown(each.element)
        whole = f"{whole}\n{text}" if len(span) > 1 else text
        found = _search(edit.was, whole)
        if found is not None:
            return span if found.start() <= len(_shown(span[0])) else []
    return []


def _shown(paragraph: Element) -> str:
    """The paragraph's text as it now stands, without signs for notes."""
    return text_of(paragraph).replace(NOTE_SIGN, "")


def _free(edit: Edit, order: Orders) -> Orders:
    if order.gone or order.text is not None:
        raise _collision(edit)
    return order


def _collision(edit: Edit) -> InvalidInput:
    return InvalidInput(f"Two edits change the text at {edit.place}; make one of them.")


def _replaced(whole: str, edit: Edit) -> str:
    found = _search(edit.was, whole)
    if found is None:
        raise _collision(edit)
    return whole[: found.start()] + edit.text + whole[found.end() :]


def _search(words: str, text: str) -> re.Match[str] | None:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.search(pattern, text)
