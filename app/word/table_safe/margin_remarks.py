"""Headers and footers that keep a file back: "privileged" above a page says that it was not meant to go out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from app.text.docx_reader import read_docx
from app.word.table_safe.names import Element, P, T, w
from app.word.table_safe.refusal import quoted

_MARGINS: Final = frozenset({w("hdr"), w("ftr")})
_KEEPS_BACK: Final = re.compile(
    r"\b(?:confidential|privileged|work product|internal use|not for (?:distribution|release)"
    r"|do not (?:copy|distribute|forward|circulate))\b",
    re.IGNORECASE,
)


def about_margins(roots: Iterable[Element], theirs: bytes | None) -> Iterator[str]:
    """Name the lines of headers and footers that keep a file back.

    Args:
        roots: The texts of the file, headers and footers among them.
        theirs: The other side's own file; what its margins say is not asked about.
    """
    lines = (_shown(each) for root in roots if root.tag in _MARGINS for each in root.iter(P))
    found = [line for line in dict.fromkeys(lines) if _KEEPS_BACK.search(line)]
    known = _known(theirs) if theirs is not None and found else frozenset()
    for line in found:
        if line not in known:
            yield f"A header or footer says {quoted(line)}; make sure that the other side may have the page."


def _known(theirs: bytes) -> frozenset[str]:
    lines = (line for margin in read_docx(theirs).margins for line in margin.split("\n"))
    return frozenset(" ".join(line.split()) for line in lines)


def _shown(paragraph: Element) -> str:
    return " ".join("".join(each.text or "" for each in paragraph.iter(T)).split())
