"""What the findings of a comparison say we lost, at words of theirs and at words of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.analysis.results import ClauseText, Evidence, Finding
from app.proposals.answer_pairs import heading_of
from app.text.document import Provision

_STATUSES: Final = frozenset({"weakened", "contradicted", "missing", "added"})


@dataclass(frozen=True, slots=True)
class Losses:
    """The losses among some findings. Their provisions are named by their place in `draft`, from 0."""

    findings: Sequence[Finding]
    draft: Sequence[Provision]

    @classmethod
    def among(cls, findings: Sequence[Finding], draft: Sequence[Provision]) -> Losses:
        """Leave out of the findings of a comparison what costs us nothing."""
        return cls([each for each in findings if each.status in _STATUSES], draft)

    def at(self, place: int) -> list[Finding]:
        """Losses on a provision of theirs."""
        theirs = self.draft[place]
        return [each for each in self.findings if each.draft and theirs.start <= each.draft.start < theirs.end]

    def bearing_on(self, text: ClauseText, ours: Sequence[int], theirs: Sequence[int]) -> list[Finding]:
        """Losses on these words of theirs, and on these words of ours wherever theirs cause them.

        Args:
            text: Our article.
            ours: Places of provisions in it, from 0.
            theirs: Places of provisions of theirs.
        """
        there = [each for place in theirs for each in self.at(place)]
        here = (
            each
            for each in self.findings
            if each.library and _is_of(each, text) and any(_quotes(each.library, text.provisions[i]) for i in ours)
        )
        return [*there, *(each for each in here if each not in there)]

    def is_essential(self, losses: Sequence[Finding], article: str) -> bool:
        """Whether the loss is in an article of theirs: what a clause elsewhere does to our words is undone there.

        Args:
            losses: What bears on some words.
            article: The heading of the article.
        """
        return any(
            each.hostile or (each.protection is not None and each.protection.weight == "essential")
            for each in losses
            if each.draft is None or self._heading_at(each.draft) == article
        )

    def _heading_at(self, evidence: Evidence) -> str:
        return next((heading_of(each) for each in self.draft if each.start <= evidence.start < each.end), "")


def explanations(losses: Sequence[Finding]) -> tuple[str, ...]:
    """What they say, each sentence once."""
    return tuple(dict.fromkeys(each.explanation for each in losses))


def _is_of(finding: Finding, text: ClauseText) -> bool:
    return finding.clause is None or (finding.clause.id, finding.clause.title) == (text.id, text.title)


def _quotes(evidence: Evidence, provision: Provision) -> bool:
    return evidence.number == provision.number and evidence.text == provision.text
