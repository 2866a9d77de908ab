"""References from one section of an article to another: which words they are, and which provision they name.

Only sections of the same article are followed. A number that belongs to a statute, to another agreement or to
another article stays plain text, as does one that names no provision here.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

_ONE = r"\d{1,3}(?:\([a-z]{1,4}\))*(?![\w(]|\.\d)"
_SECTIONS = re.compile(rf"\b[Ss]ections?\s+({_ONE}(?:(?:,? (?:and|or|to|through) |, |[–-]){_ONE})*)")
_NUMBER = re.compile(r"(\d{1,3})((?:\([a-z]{1,4}\))*)")
_ELSEWHERE_BEFORE = re.compile(
    r"(?:\b(?:Act|Code|Law|Regulations?|Directive|Statute|Ordinance|GDPR|Constitution|Agreement|Schedule|Appendix|"
    r"Article \w+|U\.S\.C\.)|§)(?:[’']s)?[\s,(]*$"
)
_ELSEWHERE_AFTER = re.compile(r"\s+of\s+(?!this [Aa]rticle\b)|,? [A-Z][\w ]{0,60} Act\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """Some words of a provision that name another one: "2", or "(d)" of "2(d)"."""

    start: int
    end: int
    target: str  # number within the article: "2", "2(d)"


def find_references(text: str, targets: Container[str]) -> list[Reference]:
    """The references of one provision to the provisions `targets` of its own article, in order.

    "section 2(d)" gives two, for "2" and for "(d)", since each is numbered by a list level of its own.
    """
    found: list[Reference] = []
    for sections in _SECTIONS.finditer(text):
        if _ELSEWHERE_BEFORE.search(text[: sections.start()]) or _ELSEWHERE_AFTER.match(text[sections.end() :]):
            continue
        for number in _NUMBER.finditer(text, sections.start(1), sections.end(1)):
            pieces = [(number.start(1), number.end(1))]
            pieces += [item.span() for item in re.compile(r"\([a-z]+\)").finditer(text, *number.span(2))]
            named = [text[number.start(1) : end] for _, end in pieces]
            if all(each in targets for each in named):
                found += [Reference(start, end, each) for (start, end), each in zip(pieces, named, strict=True)]
    return found
