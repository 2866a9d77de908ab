"""A union proposal as something to measure a counter against."""

from __future__ import annotations

from app.analysis.results import Baseline, ClauseText
from app.proposals.article_view import structure_article
from app.proposals.proposal import proposal_document
from app.proposals.views import ProposalView


def proposal_baseline(view: ProposalView) -> Baseline:
    """Each article with its clause, version and position pinned, its provisions as filled and edited.

    An edited provision keeps the protections that its clause declares for it: the employer is measured by what we
    last said, under the name of what it protects.
    """
    texts = tuple(
        ClauseText(
            id=article.clause_id,
            version=article.clause_version,
            position=article.position,
            title=article.title,
            topic=article.topic,
            provisions=structure_article(article),
            protections=article.protections,
            fallback=article.fallback,
            fallback_protections=article.fallback_protections,
        )
        for article in view.articles
    )
    document = proposal_document(view)
    return Baseline(name=document.name, kind="file", digest=document.digest, texts=texts)
