"""Reads a paragraph of a Word file as tokens: fields, links and the like are things that are kept whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.word.names import (
    BR,
    COMES,
    COMMENT_REFERENCE,
    DEL_TEXT,
    FIELD_CHAR,
    GOES,
    ID,
    NO_WIDTH,
    NOTE_REFERENCES,
    PPR,
    RPR,
    TAB,
    XML_SPACE,
    Element,
    R,
    T,
    w,
)
from app.word.redline.boxes import frame
from app.word.redline.copies import live_copy
from app.word.redline.keys import Keys
from app.word.redline.page_fields import without_count
from app.word.redline.tokens import SPECIAL, Fixed, Item, Part, Token, Wraps, words_of

_PROOF: Final = w("proofErr")
_NOTHING: Final = frozenset({RPR, w("lastRenderedPageBreak"), DEL_TEXT, w("delInstrText")})
_SIMPLE: Final = {TAB: "\t", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
_FIELD_KIND: Final = w("fldCharType")


class ParagraphReader:
    """Cuts the paragraphs of one file into tokens."""

    def __init__(self, keys: Keys, notes: dict[tuple[str, str], str]) -> None:
        """Prepare.

        Args:
            keys: Keys of the file.
            notes: For each note of the file, by kind and id, a name that its counterpart in the other file shares.
        """
        self._keys = keys
        self._notes = notes

    def read(self, paragraph: Element) -> list[Item]:
        """The paragraph's tokens and fixed things in order."""
        return words_of(self._pieces(paragraph, ()))

    def outline(self, paragraph: Element) -> list[tuple[str, str]]:
        """What the paragraph shows, without cutting it into words: stretches of one look, and things."""
        outline: list[tuple[str, str]] = []
        for piece in self._pieces(paragraph, ()):
            if isinstance(piece, Part):
                text = str(piece.piece)
                if outline and outline[-1][0] == piece.format:
                    outline[-1] = (piece.format, outline[-1][1] + text)
                else:
                    outline.append((piece.format, text))
            elif isinstance(piece, Token):
                look = piece.solid[0].format
                outline.append((SPECIAL, f"{look} {piece.key}"))
        return outline

    def _pieces(self, parent: Element, wraps: Wraps) -> Iterator[Part | Item]:
        collected: list[Element] = []
        depth = 0
        for child in parent:
            tag = child.tag
            if depth or (tag == R and _field_depth(child)) or (tag == R and _has_field(child)):
                collected.append(child)
                depth += _field_depth(child)
                if depth <= 0:
                    yield from self._field(collected, wraps)
                    collected, depth = [], 0
            else:
                yield from self._piece(child, wraps)
        for child in collected:  # a field that goes on beyond the paragraph: its marks are things of their own
            yield from self._piece(child, wraps)

    def _piece(self, child: Element, wraps: Wraps) -> Iterator[Part | Item]:
        tag = child.tag
        if tag == R:
            yield from self._run(child, wraps)
        elif tag in COMES:
            yield from self._pieces(child, (*wraps, child))
        elif tag in GOES or (tag in NO_WIDTH and tag != _PROOF):
            yield Fixed(child, wraps)
        elif tag not in {PPR, _PROOF} and isinstance(tag, str):
            yield self._thing([child], wraps)

    def _field(self, elements: list[Element], wraps: Wraps) -> Iterator[Item]:
        balanced = sum(_field_depth(each) for each in elements) == 0
        if balanced:
            yield self._thing(elements, wraps)
        else:
            for each in elements:
                yield from self._run(each, wraps)  # type: ignore[misc]

    def _thing(self, elements: list[Element], wraps: Wraps) -> Item:
        live = _live_text(elements)
        if not live and len(elements) == 1 and next(elements[0].iter(*GOES), None) is not None:
            return Fixed(elements[0], wraps)
        key = SPECIAL + "".join(self._live_key(each) for each in without_count(elements))
        return Token(key, live, [Part(elements, None, "", wraps)])

    def _live_key(self, element: Element) -> str:
        """The key as the thing now stands: without tracked deletions, and without the wrappers of insertions."""
        if next(element.iter(*GOES, *COMES), None) is None:
            return self._keys.whole(element)
        return self._keys.whole(live_copy(element))

    def _run(self, run: Element, wraps: Wraps) -> Iterator[Part | Item]:
        run_format = self._keys.run(next(run.iterchildren(RPR), None))
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text or ""
                if child.get(XML_SPACE) != "preserve":
                    text = text.strip(" \t\r\n")
                if text:
                    yield Part(text, run, run_format, wraps)
            elif tag in _NOTHING or not isinstance(tag, str):
                continue
            elif tag == COMMENT_REFERENCE:
                yield Fixed(run if len(run) <= 2 else _only(run, child), wraps)
            elif tag in NOTE_REFERENCES:
                kind = NOTE_REFERENCES[tag]
                name = self._notes.get((kind, child.get(ID, "")), "?")
                yield Token(
                    f"{SPECIAL}{kind} {name}", "", [Part(child, run, run_format, wraps)], (kind, child.get(ID, ""))
                )
            else:
                text = _SIMPLE.get(tag, "\n" if tag == BR else "")
                key = SPECIAL + self._keys.whole(child)
                yield Token(key, text, [Part(child, run, run_format, wraps)], frame=self._frame(child))

    def _frame(self, child: Element) -> str:
        shown = frame(child)
        return f"{SPECIAL}frame {''.join(self._keys.whole(each) for each in shown)}" if shown else ""


def _field_depth(element: Element) -> int:
    """How many more fields begin than end in an element."""
    depth = 0
    for char in element.iter(FIELD_CHAR):
        kind = char.get(_FIELD_KIND)
        depth += (kind == "begin") - (kind == "end")
    return depth


def _has_field(run: Element) -> bool:
    """Whether a field begins and ends within one run."""
    return any(char.get(_FIELD_KIND) == "begin" for char in run.iterchildren(FIELD_CHAR))


def _only(run: Element, child: Element) -> Element:
    copy = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    copy.append(child.__copy__())
    return copy


def _live_text(elements: Sequence[Element]) -> str:
    """The characters that elements show as they now stand."""
    words: list[str] = []
    for element in elements:
        for each in element.iter(T, TAB, BR):
            if any(parent.tag in GOES for parent in each.iterancestors()):
                continue
            if each.tag == T:
                words.append(each.text or "")
            elif each.getparent().tag == R:
                words.append("\t" if each.tag == TAB else "\n")
    return "".join(words)
