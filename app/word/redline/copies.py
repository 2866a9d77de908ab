"""Copies of elements for the redline, without what is tracked in them."""

from __future__ import annotations

from copy import deepcopy
from typing import Final, Protocol

from app.word.names import COMES, COMMENT_REFERENCE, GOES, NO_WIDTH, PROPERTY_CHANGES, RPR, Element, R, w

_HEADER_REFERENCES: Final = (w("headerReference"), w("footerReference"))


class Copies(Protocol):
    """Where content for insertion comes from."""

    def bring(self, element: Element) -> Element:
        """A copy of an element, fit to be inserted into the redline."""


class OwnCopies:
    """Content that takes its look from the file itself."""

    def bring(self, element: Element) -> Element:
        """A copy without what is tracked in it."""
        copy = deepcopy(element)
        make_plain(copy)
        return copy


def live_copy(element: Element) -> Element:
    """A copy as the element now stands: without tracked deletions, and without the wrappers of insertions."""
    copy = deepcopy(element)
    _remove(copy, *GOES)
    _unwrap_insertions(copy)
    return copy


def make_plain(root: Element) -> None:
    """Accept what is tracked in a copy, and take out what belongs to the file that it came from."""
    _remove(root, *GOES, *PROPERTY_CHANGES, *NO_WIDTH, *_HEADER_REFERENCES)
    for each in list(root.iter(COMMENT_REFERENCE)):
        run = each.getparent()
        if run is None:
            continue
        run.remove(each)
        if run.tag == R and not any(child.tag != RPR for child in run) and run.getparent() is not None:
            run.getparent().remove(run)
    _unwrap_insertions(root)


def _remove(root: Element, *tags: str) -> None:
    for each in list(root.iter(*tags)):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)


def _unwrap_insertions(root: Element) -> None:
    for each in list(root.iter(*COMES)):
        parent = each.getparent()
        if parent is None:
            continue
        for child in list(each):
            each.addprevious(child)
        parent.remove(each)
