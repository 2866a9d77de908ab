"""Terms that a proposal uses and never defines, with the clause of the library that would define them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.library.definitions import defined_terms, uses_term
from app.proposals.views import ArticleView, ProposalView


@dataclass(frozen=True, slots=True)
class MissingDefinitions:
    """Terms that one clause of the library would define, and who needs them."""

    clause_id: str  # "" where no clause of the library defines them
    terms: tuple[str, ...]
    articles: tuple[int, ...]  # numbers of the articles that use them


def missing_definitions(view: ProposalView, homes: Mapping[str, str]) -> tuple[MissingDefinitions, ...]:
    """Which needed definitions are missing from a union proposal.

    A term is needed while it stands in the text of an article whose clause leaves its definition to another; words
    that were edited out need none. It is defined as soon as any article defines it.

    Args:
        view: The proposal as it stands.
        homes: Id of the clause that defines a term, by term; see `app.library.definitions.term_homes`.

    Returns:
        One entry for each clause that would help, in the order of first need.
    """
    if view.side != "union":
        return ()
    defined = defined_terms(text for article in view.articles for text in _texts(article))
    needed: dict[str, list[int]] = {}
    for article in view.articles:
        for term in article.needs_terms:
            if term not in defined and uses_term(_texts(article), term):
                needed.setdefault(term, []).append(article.number)
    clauses = dict.fromkeys(homes.get(term, "") for term in needed)
    return tuple(_entry(clause, needed, homes) for clause in clauses)


def _entry(clause_id: str, needed: Mapping[str, list[int]], homes: Mapping[str, str]) -> MissingDefinitions:
    terms = tuple(term for term in needed if homes.get(term, "") == clause_id)
    articles = sorted({number for term in terms for number in needed[term]})
    return MissingDefinitions(clause_id, terms, tuple(articles))


def _texts(article: ArticleView) -> Iterable[str]:
    return [provision.text for provision in article.provisions]
