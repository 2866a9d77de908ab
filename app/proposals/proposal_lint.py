"""Remarks on a proposal's wording, sorted to its provisions. Caucus only: nothing of it is exported."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.analysis.lint.lint import Remark, lint
from app.analysis.pipeline import Pipeline
from app.proposals.proposal import proposal_document
from app.proposals.views import ProposalView
from app.text.document import Document

_MOST_KEPT = 200
_kept: dict[tuple[str, str], list[Remark]] = {}  # by digest of the text and version of the rules


@dataclass(frozen=True, slots=True)
class ProposalRemarks:
    """What may be said of a proposal as a whole, and of each provision by its id."""

    whole: tuple[Remark, ...] = ()
    by_provision: dict[str, tuple[Remark, ...]] = field(default_factory=dict)


def lint_proposal(view: ProposalView, pipeline: Pipeline) -> ProposalRemarks:
    """Read a union proposal for what is vague; terms and references are looked for in all its articles.

    A placeholder of the form that is still open is left out: the editor names it already.
    """
    if view.side != "union":
        return ProposalRemarks()
    document = proposal_document(view)
    remarks = _remarks(document, pipeline)
    owners = [(article, provision) for article in view.articles for provision in article.provisions]
    found: dict[str, tuple[Remark, ...]] = {}
    for (article, owner), provision in zip(owners, document.provisions, strict=True):
        gaps = {f"[{label}]" for label in article.missing}
        here = tuple(
            remark
            for remark in remarks
            if provision.start <= remark.start < provision.end
            and not (remark.rule == "placeholder" and remark.text in gaps)
        )
        if here:
            found[owner.id] = here
    return ProposalRemarks(tuple(remark for remark in remarks if remark.start == remark.end), found)


def _remarks(document: Document, pipeline: Pipeline) -> list[Remark]:
    """The editor is looked at more often than the words change, so remarks on the latest texts are kept."""
    key = (document.digest, pipeline.version)
    found = _kept.get(key)
    if found is None:
        found = lint(document, pipeline)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = found
    return found
