"""What a person may choose when a proposal is written for the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.proposals.views import RenderedArticle

_LONG = 3_500
"""Words from which a proposal gets a table of contents by itself: about ten pages."""

_A4 = frozenset({"uk", "eu", "germany", "spain", "nordics"})
"""Jurisdictions that write on A4, and in British English."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a proposal is written; the defaults are those of a plain export."""

    line_numbers: bool = False
    signatures: bool = False  # a block to sign and initial a tentative agreement
    contents: bool | None = None  # a table of contents; None leaves it to the length of the text

    def with_contents(self, articles: Sequence[RenderedArticle]) -> bool:
        """Whether these articles get a table of contents."""
        if self.contents is not None:
            return self.contents
        words = sum(len(each.text.split()) for article in articles for each in article.provisions)
        return len(articles) > 2 and words > _LONG


def paper_of(jurisdiction: str) -> str:
    """Paper of what is written at a table: "letter" or "a4"."""
    return "a4" if jurisdiction in _A4 else "letter"


def language_of(jurisdiction: str) -> str:
    """Language of what is written at a table, as BCP 47 tag."""
    if jurisdiction == "canada":
        return "en-CA"
    return "en-GB" if jurisdiction in _A4 else "en-US"
