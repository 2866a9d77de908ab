"""Findings about single sentences of provisions that were answered: gone from ours, or new in theirs.

A sentence that a grave move rests on is told of with its provision; the others stand on their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.additions import added
from app.analysis.aligning.matching import Match
from app.analysis.aligning.passage import Passage
from app.analysis.findings import located, provision_findings
from app.analysis.pipeline import Pipeline
from app.analysis.results import Baseline, ClauseText, Finding, Span
from app.text.document import Provision


def dropped_sentences(text: ClauseText, matches: Sequence[Match]) -> list[Finding]:
    """Sentences of ours that are gone from a provision that was answered otherwise; [] where protections say it."""
    if text.protections:
        return []
    gone = [
        Match(Passage.of([sentence]), Passage.of([]), (), 0.0)
        for match in matches
        for sentence in match.dropped
        if not _told(sentence, match, "library")
    ]
    return provision_findings(text, gone)


def extra_sentences(baseline: Baseline, matches: Sequence[Match], pipeline: Pipeline) -> list[Finding]:
    """Sentences of the draft that answer nothing in the provision of ours that they stand beside.

    Against the whole library another clause may be what they answer, so nothing is said of them.
    """
    if baseline.kind == "library":
        return []
    found = [
        added(sentence, near=True, pipeline=pipeline)
        for match in matches
        for sentence in match.extra
        if not sentence.text.endswith(":") and not _told(sentence, match, "draft")
    ]
    return [finding for finding in found if finding]


def sentence_spans(match: Match, findings: Sequence[Finding]) -> list[tuple[Span | None, Span | None]]:
    """Where the sentences stand, in the joined texts of a match, that findings of their own tell of."""
    gone = {each.library.start for each in findings if each.status == "missing" and each.library}
    new = {each.draft.start for each in findings if each.status == "added" and each.draft}
    spans: list[tuple[Span | None, Span | None]] = []
    spans += [(_within(match.library, each), None) for each in match.dropped if each.start in gone]
    spans += [(None, _within(match.draft, each)) for each in match.extra if each.start in new]
    return spans


def _within(passage: Passage, sentence: Provision) -> Span:
    home, start = next(
        (provision, start)
        for provision, start in zip(passage.provisions, passage.starts, strict=True)
        if provision.start <= sentence.start < provision.end
    )
    begin = start + sentence.start - home.start
    return Span(begin, begin + len(sentence.text), sentence.text)


def _told(sentence: Provision, match: Match, side: str) -> bool:
    """Whether a grave move of the provision rests on the sentence."""
    spans = [
        move.library if side == "library" else move.draft
        for move in (located(move, match) for move in match.moves)
        if move.direction == "weaker" and move.severity != "low"
    ]
    return any(span is not None and span.start < sentence.end and sentence.start < span.end for span in spans)
