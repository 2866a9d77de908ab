"""A stored comparison as the values that the report writers take."""

from __future__ import annotations

from app.analysis.results import Comparison, TextInfo
from app.proposals.views import ComparisonView


def as_comparison(view: ComparisonView) -> Comparison:
    """The run as it was, without what people said of it: notes stay on the pages."""
    return Comparison(
        draft=TextInfo(view.draft_name, view.draft_kind, "", len(view.draft)),
        against=TextInfo(view.against_name, "text", "", sum(len(text.provisions) for text in view.texts)),
        pipeline=view.pipeline,
        findings=tuple(each.finding for each in view.findings),
        residue=view.residue,
        warnings=view.warnings,
    )
