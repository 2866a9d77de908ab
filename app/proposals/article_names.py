"""Which article of ours some quoted words stand in: numbers begin again in each, so "9" alone says little.

A text that was read from a file mostly carries the article in its numbers ("32.1", "Article 2(9)"); a proposal of ours
is one text for each article, and what is typed under bare headings has the heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.results import ClauseReference, ClauseText, Evidence, Residue
from app.text.document import Provision


@dataclass(frozen=True, slots=True)
class Home:
    """Where a provision of ours stands."""

    place: int  # of its article, from 0
    clause: str  # id of the clause that the article comes from, or ""
    name: str  # "Article 2"
    provision: Provision


class ArticleNames:
    """The articles of one text of ours, found by the words that are quoted from them."""

    def __init__(self, texts: Sequence[ClauseText] = ()) -> None:
        """Take our text, one `ClauseText` for each article or one for all; the library has clauses, no articles."""
        self._homes: dict[str, list[Home]] = defaultdict(list)
        for place, text in enumerate(texts):
            for provision in text.provisions:
                heading = provision.heading_path[0] if provision.heading_path else ""
                name = f"Article {place + 1}" if len(texts) > 1 else heading
                self._homes[provision.number].append(Home(place, text.id, name, provision))
        self._named = any(len({home.name for home in homes}) > 1 for number, homes in self._homes.items() if number)

    def home(self, words: Evidence | Residue, clause: ClauseReference | None = None, *, since: int = 0) -> Home | None:
        """Where quoted words stand.

        Args:
            words: Of our text.
            clause: The clause whose words they are, where that is known.
            since: The first article to look in, for words that come in the order of the text.
        """
        homes = [each for each in self._homes.get(words.number, ()) if _holds(each.provision, words)]
        homes = [each for each in homes if clause is None or each.clause in ("", clause.id)] or homes
        return next((each for each in homes if each.place >= since), homes[0] if homes else None)

    def cited(self, words: Evidence | Residue, home: Home | None) -> str:
        """The number with its article: "Article 2, 9"; the number alone where no number occurs in two articles."""
        name = home.name if home and self._named else ""
        return ", ".join(part for part in (name, words.number) if part)


def _holds(provision: Provision, words: Evidence | Residue) -> bool:
    offset = words.start - provision.start
    shared = words.text[: max(len(provision.text) - offset, 0)]  # a quotation may go on into the next provision
    return offset >= 0 and bool(shared) and provision.text.startswith(shared, offset)


def article_names(texts: Sequence[ClauseText], *, kind: str) -> ArticleNames:
    """The articles of what a comparison measured against: none unless it is a text of ours (`kind` "file")."""
    return ArticleNames(texts if kind == "file" else ())


def name_in_suggestion(suggestion: str, number: str, cited: str) -> str:
    """The suggestion with the article beside the number: "Hold to your text, Article 2, 9: “…”"."""
    return suggestion.replace(f", {number}: “", f", {cited}: “", 1) if number else suggestion
