"""Placeholders that still have to be filled in before a proposal can be handed over."""

from __future__ import annotations

from app.errors import PlaceholderError
from app.library.clause import Placeholder
from app.proposals.views import ArticleView, ProposalView


def open_placeholders(article: ArticleView) -> tuple[Placeholder, ...]:
    """Those still open in the form, or in words that were edited while one was open."""
    edited = [each.text for each in article.provisions if each.changed]
    return tuple(
        each.placeholder
        for each in article.placeholders
        if each.missing or any(f"[{each.placeholder.label}]" in text for text in edited)
    )


def refuse_open_placeholders(view: ProposalView) -> None:
    """Raise PlaceholderError naming the first placeholder that is not filled in, and its article."""
    for article in view.articles:
        for placeholder in open_placeholders(article):
            raise PlaceholderError(
                f"Article {article.number} ({article.title}): {placeholder.label} is not filled in; fill it in first.",
                name=placeholder.name,
            )
