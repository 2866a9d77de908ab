"""One move between a provision of ours and a provision of the draft that does not answer it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.analysis.aligning.matching import Match
from app.analysis.aligning.passage import Passage
from app.analysis.pipeline import Pipeline
from app.analysis.results import Move, Span
from app.text.document import Provision

GENERAL = ("carve_out.exception", "waiver.subordinate")
"""The judge's rules that a move across says better: it names both places."""

_BINDING = 6  # rung of the ladder of force from which somebody is held to something
_OPENING = 6  # words
_AFTER = re.compile(r"(?: [\w’'-]+){1,4}")
_LIKENESS = 0.6  # stands in for the likeness that the two provisions do not have


def crossing(home: Provision, by: Provision, move: Move, *, confidence: float) -> Match:
    """A move between a provision of ours and one of the draft that does not answer it, as a match of its own.

    Args:
        home: ours.
        by: the draft's.
        move: what happened; its spans count in the texts of the two.
        confidence: probability that it is as we say.
    """
    return Match(
        Passage.of([home]),
        Passage.of([by]),
        (move,),
        _LIKENESS,
        homes=((by.start, home.number),),
        confidence=confidence,
    )


def promise(home: Provision, pipeline: Pipeline) -> Span:
    """The words of a provision of ours that bind or allow, the first of them; where there are none, how it begins."""
    force = pipeline.read(home.text).force
    mark = next((mark for mark in force if mark.rung >= _BINDING), force[0] if force else None)
    if mark:
        rest = _AFTER.match(home.text, mark.end)
        end = rest.end() if rest else mark.end
        return Span(mark.start, end, home.text[mark.start : end])
    end = len(" ".join(home.text.split(" ")[:_OPENING]))
    return Span(0, end, home.text[:end])


def woven(match: Match, across: Match) -> Match | None:
    """The match with a move across put in, where both its ends stand in it; None where they do not.

    What the judge said of the same words in general terms gives way.
    """
    home, by, move = across.library.provisions[0], across.draft.provisions[0], across.moves[0]
    starts = {
        provision.start: start for provision, start in zip(match.draft.provisions, match.draft.starts, strict=True)
    }
    ours = {
        provision.start: start for provision, start in zip(match.library.provisions, match.library.starts, strict=True)
    }
    if home.start not in ours or by.start not in starts or move.draft is None or move.library is None:
        return None
    draft = _shifted(move.draft, starts[by.start])
    kept = tuple(
        each
        for each in match.moves
        if not (
            each.rule.startswith(GENERAL)
            and each.draft
            and each.draft.start < draft.end
            and draft.start < each.draft.end
        )
    )
    return replace(match, moves=(replace(move, library=_shifted(move.library, ours[home.start]), draft=draft), *kept))


def homes(match: Match, provision: Provision) -> list[Provision]:
    """Ours that a provision of the draft answers within a match."""
    ours = match.library.provisions
    if match.homes:
        number = dict(match.homes).get(provision.start)
        return [each for each in ours if each.number == number] if number else list(ours)[:1]
    theirs = match.draft.provisions
    return [ours[theirs.index(provision)]] if len(ours) == len(theirs) else list(ours)


def _shifted(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset, span.text)
