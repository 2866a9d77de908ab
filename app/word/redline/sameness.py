"""Whether two elements are the same without looking into them: most of two versions of a text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from app.word.names import Element
from app.word.redline.borrowing import Borrowing
from app.word.redline.meanings import OwnMeaning

_NOISE: Final = re.compile(
    rb' w:rsid\w*="\w*"| w14:(?:paraId|textId)="\w*"|<w:proofErr [^>]*/>|<w:lastRenderedPageBreak/>'
)
_DECLARED: Final = re.compile(rb' xmlns:\w+="[^"]*"')
_POINTED: Final = re.compile(rb' r:\w+="([^"]*)"')
_CODES: Final = re.compile(rb'instrText[^>]*>([^<]*)|:instr="([^"]*)"')
_ANCHORS: Final = re.compile(rb':anchor="([^"]*)"')
_NUMBERED: Final = re.compile(rb'<w:numId w:val="([^"]*)"')
_NOTED: Final = (b"footnoteReference", b"endnoteReference")


class Sameness:
    """Compares elements of the old and the new file as bytes."""

    def __init__(self, own: OwnMeaning, borrowing: Borrowing, *, same_prefixes: bool) -> None:
        """Prepare; the prefixes of names are the same if no prefix means two things in the two files."""
        self._own = own
        self._borrowing = borrowing
        self._same_prefixes = same_prefixes

    def holds(self, olds: Sequence[Element], new: Element) -> bool:
        """Whether two elements are the same to the byte, revision ids apart, and mean the same."""
        if len(olds) != 1:
            return False
        raws = [etree.tostring(each, with_tail=False) for each in (olds[0], new)]
        if self._same_prefixes:
            raws = [_without_declarations(raw) for raw in raws]
        if raws[0] != raws[1]:
            raws = [_NOISE.sub(b"", raw) for raw in raws]
        if raws[0] != raws[1] or any(noted in raws[0] for noted in _NOTED):
            return False
        relations = [each.decode() for each in _POINTED.findall(raws[0])]
        numbers = [each.decode() for each in _NUMBERED.findall(raws[0])]
        return (
            all(self._own.relation(each) == self._borrowing.relation(each) for each in relations)
            and all(self._borrowing.number(each) == each for each in numbers)
            and (not self._borrowing.bookmarks.are_there or self._same_bookmarks(raws[0]))
        )

    def _same_bookmarks(self, raw: bytes) -> bool:
        """Whether fields and links name the same places in both files."""
        codes = [(text or value).decode().replace("&quot;", '"') for text, value in _CODES.findall(raw)]
        anchors = [each.decode() for each in _ANCHORS.findall(raw)]
        return all(self._borrowing.code(each) == each for each in codes) and all(
            self._borrowing.bookmark(each) == each for each in anchors
        )


def _without_declarations(raw: bytes) -> bytes:
    head, closing, rest = raw.partition(b">")
    return _DECLARED.sub(b"", head) + closing + rest
