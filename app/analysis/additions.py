"""What the employer adds: demands that answer nothing of ours, claims to a whole subject, footnotes.

Passages that waive or claim a whole subject are taken out before anything is paired, so that none of them passes for
an answer to one of our provisions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from app.analysis.aligning.likeness import Likeness
from app.analysis.aligning.matching import Match
from app.analysis.aligning.passage import Passage
from app.analysis.aligning.screening import Screen
from app.analysis.findings import added_finding
from app.analysis.judging.judge import judge
from app.analysis.pipeline import Pipeline
from app.analysis.results import Finding, Move
from app.analysis.undertakings import Reading
from app.analysis.wording import lower
from app.text.document import Note, Provision
from app.text.labels import split_label

_HOSTILE = ("waiver.", "remedy.barred", "information.no_effect", "information.confidential")
_SUBJECT = r"(?:technolog|equipment|methods|means|automat)"
_BROAD_CLAIM = re.compile(
    r"waives?\b[^.]{0,120}\b(?:bargain|negotiat)|entire agreement"
    r"|nothing in this agreement\b[^.]{0,80}\b(?:limit|restrict|management)"
    rf"|\bmanagement(?:[’']s)? (?:rights?|prerogatives?)\b[^.]{{0,120}}\b{_SUBJECT}"
    rf"|\bintroduce[^.]{{0,30}}\b{_SUBJECT}",
    re.IGNORECASE,
)
_EMPTY = Reading("", ())
_CLAIM = re.compile(r"waive|management|prerogative|nothing in this|entire agreement|reserves|subject to this", re.I)
_ANSWERS_ALL_THE_SAME = 0.5  # likeness from which a passage that waives or claims answers one of ours all the same
_LONGEST_PREAMBLE = 12
_LONGEST_CAPTION = 4
_HANDED = re.compile(
    r"\b(?:propos(?:als?|es)|counter\w*|responses?|answers?|package|draft|presented|submitted|without prejudice|"
    r"subject to (?:agreement|ratification)|local \d+)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:shall|will|must|may|should|agrees?|intends?|commits?|committed|recogni[sz]es?|means|rights?|waives?)\b",
    re.IGNORECASE,
)


def claims_apart(
    provisions: Sequence[Provision], likenesses: Sequence[Likeness], screened: Screen, pipeline: Pipeline
) -> dict[int, Finding]:
    """Passages that claim or waive a whole subject answer nothing: they stand as findings of their own."""
    apart = {}
    for place, provision in enumerate(provisions):
        if not _CLAIM.search(provision.text):
            continue
        finding = added(provision, screened.on_technology(place), pipeline)
        claims = finding and finding.hostile and finding.moves[0].rule.startswith("waiver.")
        if finding and claims and max((each.best(place) for each in likenesses), default=0.0) < _ANSWERS_ALL_THE_SAME:
            apart[place] = finding
    return apart


def added(provision: Provision, near: bool, pipeline: Pipeline) -> Finding | None:
    """Report a provision of the draft that answers nothing of ours; None where it binds nobody.

    Args:
        provision: the draft's.
        near: whether it has to do with technology, or everything counts; elsewhere only a claim to all is reported.
        pipeline: reads it.
    """
    if not near and not _BROAD_CLAIM.search(provision.text):
        return None
    reading = pipeline.read(provision.full_text)
    offset = len(provision.full_text) - len(provision.text)
    moves = [
        move
        for move in (_shifted(move, offset) for move in judge(_EMPTY, reading, pipeline))
        if move is not None and move.direction == "weaker"
    ]
    moves.sort(key=lambda move: not move.rule.startswith(_HOSTILE))
    hostile = any(move.rule.startswith(_HOSTILE) and move.severity == "high" for move in moves)
    if near and not hostile and not (reading.binds or reading.force):
        return None
    if not near and not any(move.rule.startswith("waiver.") for move in moves):
        return None
    return added_finding(Match(Passage.of([]), Passage.of([provision]), tuple(moves), 0.0), hostile=hostile)


def note_finding(note: Note, pipeline: Pipeline) -> Finding:
    """A footnote can take back what the page above it gives; it stands apart from the provisions, so it is reported."""
    provision = Provision(number=f"{note.kind} {note.number}".strip(), text=note.text, start=note.start, end=note.start)
    moves = [move for move in judge(_EMPTY, pipeline.read(note.text), pipeline) if move.direction == "weaker"]
    hostile = any(move.rule.startswith(_HOSTILE) and move.severity == "high" for move in moves)
    match = Match(Passage.of([]), Passage.of([provision]), (), 0.0)
    finding = added_finding(match, hostile=hostile)
    if not moves:
        return finding
    return replace(finding, explanation=f"In a {note.kind}: {lower(moves[0].explanation)}", severity="high")


def preamble(provisions: Sequence[Provision]) -> frozenset[int]:
    """Title, date and settlement language before the first numbered provision answer nothing."""
    first = next((place for place, provision in enumerate(provisions) if provision.number), 0)
    return frozenset(range(first)) if first <= _LONGEST_PREAMBLE else frozenset()


def returned_head(provisions: Sequence[Provision], head: AbstractSet[str]) -> frozenset[int]:
    """Lines above the first numbered provision that stand above our own text, word for word: they came back as sent."""
    known = {" ".join(line.split()) for line in head}
    first = next((place for place, provision in enumerate(provisions) if provision.number), 0)
    return frozenset(place for place in range(first) if " ".join(provisions[place].text.split()) in known)


def captions(provisions: Sequence[Provision], pipeline: Pipeline) -> frozenset[int]:
    """Lines above the first section that say who hands what to whom: they promise nothing and answer nothing."""
    found: set[int] = set()
    for place, provision in enumerate(provisions[:_LONGEST_CAPTION]):
        if provision.number or _is_section(provision, provisions[0]):
            break
        handing_over = _HANDED.search(provision.text) or provision.text[-1:] not in ".;:"
        if not handing_over or _PROMISED.search(provision.text) or pipeline.read(provision.text).force:
            break
        found.add(place)
    return frozenset(found)


def _is_section(provision: Provision, first: Provision) -> bool:
    found = split_label(provision.heading_path[-1]) if provision.heading_path else None
    if found is None:
        return False
    outer = found[0].kind in ("division", "article")
    return not outer or provision.heading_path != first.heading_path


def _shifted(move: Move, offset: int) -> Move | None:
    if move.draft is None or move.draft.start < offset:
        return None if offset else move
    span = type(move.draft)(move.draft.start - offset, move.draft.end - offset, move.draft.text)
    return Move(move.family, move.rule, move.direction, move.severity, move.explanation, None, span)
