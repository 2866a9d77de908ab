"""Takes off what lies around visible content or beside it: alternatives, content controls, links out.

The words stay where they are; what goes is the second copy, the binding to hidden data, the address.
"""

from __future__ import annotations

from typing import Final

from app.text.docx_names import chosen_branch
from app.word.table_safe.names import (
    ANCHOR,
    MC,
    PPR,
    RELATION_ID,
    RPR,
    WORDS,
    Element,
    R,
    elements,
    full,
    remove,
    unwrap,
    w,
)
from app.word.table_safe.refusal import refusal

_ALTERNATIVES: Final = f"{{{MC}}}AlternateContent"
_TRANSPARENT: Final = ("w:sdt", "w:sdtContent", "w:smartTag", "w:customXml")
_OF_WRAPPERS: Final = tuple(
    f"w:{name}"
    for name in (
        "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    )
)  # fmt: skip
_REMARKS: Final = tuple(
    f"w:{name}"
    for name in (
        "permStart", "permEnd",
        "proofErr", "lastRenderedPageBreak",
    )
)  # fmt: skip
_UNREADABLE: Final = {
    "w:altChunk": "has another document inserted by reference, whose words this check cannot read; open the file in a "
    "word processor, save it again, and use that copy",
    "w:subDoc": "refers to a sub-document; open it in a word processor and unlink it",
    "w:contentPart": "has handwriting in ink, which cannot be checked; take it out",
    "w:movie": "has a film in it; take it out",
}


def take_off(root: Element, part: str) -> None:
    """Clear one tree.

    Raises:
        NotTableSafe: It shows something whose content cannot be checked.
    """
    for alternatives in list(root.iter(_ALTERNATIVES)):
        _choose(alternatives)
    for name, problem in _UNREADABLE.items():
        if next(root.iter(full(name)), None) is not None:
            raise refusal(part, f"{problem}.")
    for element in elements(root, *_OF_WRAPPERS, *_REMARKS):
        remove(element)
    for element in elements(root, *_TRANSPARENT):
        if element.getparent() is not None:
            unwrap(element)
    for link in elements(root, "w:hyperlink"):
        if link.get(RELATION_ID) is not None or not link.get(ANCHOR):
            unwrap(link)


def _choose(alternatives: Element) -> None:
    """Keep the branch that Word shows, as the reader does; the other copy goes."""
    branch = chosen_branch(alternatives)
    for child in list(alternatives):
        if child is not branch:
            alternatives.remove(child)
    if branch is not None:
        unwrap(branch)
    unwrap(alternatives)


def drop_empty_runs(root: Element) -> None:
    """Take out runs in which nothing is left, and tracked changes around nothing."""
    for run in elements(root, "w:r"):
        if all(child.tag == RPR for child in run) and run.getparent().tag != w("ruby"):
            remove(run)
    for change in elements(root, "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:hyperlink"):
        if not len(change) and change.getparent().tag not in {RPR, w("trPr"), w("numPr"), PPR}:
            remove(change)


def shows_words(element: Element) -> bool:
    """Whether something in an element would be read."""
    return (
        any((each.text or "").strip() or each.tag == w("sym") for each in element.iter(*WORDS))
        or next(element.iter(R), None) is not None
    )
