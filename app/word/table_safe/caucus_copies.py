"""Files that are marked for the caucus stop here, whoever brings them and as what."""

from __future__ import annotations

from collections.abc import Iterable

from app.errors import NotTableSafe
from app.word.caucus_mark import carries_mark, is_caucus_copy, is_of_caucus
from app.word.table_safe.comment_words import COMMENT
from app.word.table_safe.names import Element
from app.word.table_safe.refusal import refusal


def refuse_caucus_copy(data: bytes) -> None:
    """What is marked for the caucus never leaves, whatever is taken out of it; raises NotTableSafe."""
    if is_caucus_copy(data):
        raise _marked()


def refuse_marked(headers: Iterable[Element], comments: Element | None = None) -> None:
    """The same for a file whose headers and comments have been read already."""
    remarks = () if comments is None else comments.iter(COMMENT)
    if any(carries_mark(header) for header in headers) or any(is_of_caucus(each) for each in remarks):
        raise _marked()


def _marked() -> NotTableSafe:
    return refusal("the file", "is marked as a copy for the caucus; it is not for the other side.")
