"""What a comment says, and how it is written anew: its words, bold, italic, struck or underlined, and nothing else.

A comment of theirs is never copied. What may go out of it is read from the file that they sent and written from that
alone, so that neither words nor looks nor changes of ours can go out inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lxml import etree

from app.word.table_safe.names import ID, PPR, RPR, SPACE, VAL, WORDS, Element, P, R, T, ancestor, full, is_on, w
from app.word.table_safe.values import Known, admit
from app.word.table_safe.words import clean_words

COMMENT: Final = w("comment")
_LOOKS: Final = ("b", "i", "strike", "u", "rtl")  # in the order in which Word wants them
_GONE: Final = (w("del"), w("moveFrom"))
_SIGNS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\N{NON-BREAKING HYPHEN}"}
_SYMBOL: Final = w("sym")
_RUNS: Final = (R, full("m:r"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look."""

    words: str  # with tabs and line breaks; of a symbol, its code
    looks: tuple[str, ...] = ()
    font: str | None = None  # of a symbol; None of words


@dataclass(frozen=True, slots=True)
class Said:
    """One comment, as far as a reader sees it."""

    author: str
    initials: str
    date: str
    lines: tuple[tuple[Piece, ...], ...]  # a paragraph each


def said_in(comment: Element) -> Said:
    """What a comment says; what is hidden in it has been taken out before."""
    author, initials, date = (comment.get(w(name), "") for name in ("author", "initials", "date"))
    lines = tuple(tuple(_joined(_pieces(paragraph))) for paragraph in comment.iter(P))
    return Said(author, initials, admit("date", date, Known()) or "", lines)


def write_comment(key: str, said: Said) -> Element:
    """A comment that says this."""
    stated = {"author": said.author, "initials": said.initials, "date": said.date}
    optional = {w(name): value for name, value in stated.items() if value or name == "author"}
    comment = etree.Element(COMMENT, {ID: key, **optional})
    for line in said.lines:
        paragraph = etree.SubElement(comment, P)
        for piece in line:
            _write_piece(piece, etree.SubElement(paragraph, R))
    return comment


def dress(comments: Element, style: str) -> None:
    """Give every paragraph the style of comments.

    Args:
        comments: The written comments.
        style: The id of that style; "" where the file has none.
    """
    for paragraph in comments.iter(P):
        if style:
            properties = etree.Element(PPR)
            etree.SubElement(properties, w("pStyle"), {VAL: style})
            paragraph.insert(0, properties)


def _pieces(paragraph: Element) -> Iterator[Piece]:
    for run in paragraph.iter(*_RUNS):
        if ancestor(run, P) is paragraph and not any(True for _ in run.iterancestors(*_GONE)):
            looks = _looks(run.find(RPR))
            for child in run:
                if child.tag == _SYMBOL:
                    yield from _symbol(child, looks)
                elif child.tag in _SIGNS:
                    yield Piece(_SIGNS[child.tag], looks)
                elif child.tag in WORDS:
                    words = child.text or ""
                    kept = child.get(SPACE) == "preserve"
                    yield Piece(clean_words(words if kept else words.strip(" \t\r\n")), looks)


def _symbol(symbol: Element, looks: tuple[str, ...]) -> Iterator[Piece]:
    font, code = (admit(kind, symbol.get(w(name), ""), Known()) for kind, name in (("font", "font"), ("hex", "char")))
    if code:
        yield Piece(code, looks, font or "")


def _looks(properties: Element | None) -> tuple[str, ...]:
    found = () if properties is None else (name for name in _LOOKS if is_on(properties.find(w(name))))
    return tuple(found)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for (looks, font), group in groupby(pieces, key=lambda each: (each.looks, each.font)):
        if font is not None:
            yield from group
        elif words := "".join(each.words for each in group):
            yield Piece(words, looks)


def _write_piece(piece: Piece, run: Element) -> None:
    if piece.looks:
        properties = etree.SubElement(run, RPR)
        for name in piece.looks:
            etree.SubElement(properties, w(name), {VAL: "single"} if name == "u" else {})
    if piece.font is not None:
        font = {w("font"): piece.font} if piece.font else {}
        etree.SubElement(run, _SYMBOL, {**font, w("char"): piece.words})
        return
    signs = {sign: tag for tag, sign in reversed(_SIGNS.items()) if sign in "\t\n"}
    for is_sign, group in groupby(piece.words, key=lambda each: each if each in signs else ""):
        if is_sign:
            for sign in group:
                etree.SubElement(run, signs[sign])
        else:
            text = etree.SubElement(run, T, {SPACE: "preserve"})
            text.text = "".join(group)
