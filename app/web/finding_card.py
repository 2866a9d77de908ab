"""One finding as a section of the page: both quotations, the reasons, the doubt, what people said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.analysis.results import Evidence, Finding, Move, Residue, Span
from app.proposals.article_names import ArticleNames, name_in_suggestion
from app.text.document import Provision
from app.web.finding_words import (
    UNSURE,
    UNSURE_BELOW,
    WEIGHT_WORDS,
    StatusWords,
    confidence_words,
    family_words,
    severity_words,
    status_words,
)
from app.web.moves_page import MoveLink, MoveLinks
from app.web.passages import Piece, cut, find_words

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Review:
    """A stored finding and what people at the table said of it."""

    id: str
    finding: Finding
    decision: str = "open"  # open, agreed, dismissed
    note: str = ""
    by: str = ""
    number: int = 0  # in the run, from 1; not every number of a run has a finding that is reviewed


@dataclass(frozen=True, slots=True)
class Quotation:
    """One side's words: the whole provision, with the words that matter marked."""

    number: str
    heading: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Reason:
    """One move, as "Why we say so" tells it."""

    family: str
    rule: str
    matters: str
    explanation: str
    move: MoveLink | None = None  # where the employer move is explained


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as a section of the page."""

    id: str
    status: StatusWords
    hostile: bool
    number: str
    title: str
    weight: str
    explanation: str
    unsure: str
    confidence: str
    suggestion: str
    reasons: tuple[Reason, ...]
    union: Quotation | None
    employer: Quotation | None
    decision: str
    note: str
    by: str
    place: int  # rank in the order of the articles


class QuotedSide:
    """One side's provisions, found by number and words, ready to be quoted."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._by_number: dict[str, list[Provision]] = {}
        self._ranks: dict[int, int] = {}
        for rank, provision in enumerate(provisions):
            self._by_number.setdefault(provision.number, []).append(provision)
            self._ranks[id(provision)] = rank

    def find(self, words: Evidence | Residue) -> Provision | None:
        """The provision that holds the words; numbers may repeat from clause to clause, and so may words."""
        holding = [each for each in self._by_number.get(words.number, ()) if words.text in each.text]
        there = (each for each in holding if each.text.startswith(words.text, max(words.start - each.start, 0)))
        return next(there, holding[0] if holding else None)

    def rank(self, evidence: Evidence) -> int:
        """Where the evidence stands among this side's provisions; behind all of them if nowhere."""
        provision = self.find(evidence)
        return self._ranks[id(provision)] if provision else len(self._ranks)

    def quote(self, evidence: Evidence | Residue, spans: Iterable[Span]) -> Quotation:
        """Quote `evidence` inside its provision; marked are the `spans`, or the evidence where it is only a part."""
        provision = self.find(evidence)
        text = provision.text if provision else evidence.text
        bases = (provision.start if provision else evidence.start, evidence.start, 0)
        marks = [found for span in spans if (found := find_words(text, span, bases=bases))]
        if not marks and (place := find_words(text, evidence, bases=bases)):
            marks = [place]
        if marks == [(0, len(text))]:
            marks = []  # where everything is marked, nothing stands out
        heading = provision.heading_path[-1] if provision and provision.heading_path else ""
        return Quotation(evidence.number, heading, cut(text, marks))


def build_card(
    review: Review,
    union: QuotedSide,
    employer: QuotedSide,
    *,
    place: int,
    names: ArticleNames,
    moves: MoveLinks | None = None,
) -> Card:
    """Shape one finding.

    Args:
        review: The finding, and what people said of it.
        union: Our provisions.
        employer: Theirs.
        place: Its rank in the order of the articles.
        names: Which article of ours some words stand in.
        moves: Where an employer move is explained.
    """
    finding, suggestion, ours = review.finding, review.finding.suggestion, ""
    if finding.library:
        ours = names.cited(finding.library, names.home(finding.library, finding.clause))
        suggestion = name_in_suggestion(suggestion, finding.library.number, ours)
    library = union.quote(finding.library, _spans(finding.moves, "library")) if finding.library else None
    draft = employer.quote(finding.draft, _spans(finding.moves, "draft")) if finding.draft else None
    return Card(
        id=review.id,
        status=status_words(finding.status),
        hostile=finding.hostile,
        number=draft.number if draft else ours,
        title=finding_title(finding),
        weight=WEIGHT_WORDS.get(finding.protection.weight, "") if finding.protection else "",
        explanation=finding.explanation,
        unsure=UNSURE if finding.confidence < UNSURE_BELOW else "",
        confidence=confidence_words(finding.confidence),
        suggestion=suggestion,
        reasons=tuple(dict.fromkeys(_reason(move, moves) for move in finding.moves)),
        union=library,
        employer=draft,
        decision=review.decision,
        note=review.note,
        by=review.by,
        place=place,
    )


def _spans(moves: Iterable[Move], side: str) -> list[Span]:
    return [span for move in moves if (span := move.library if side == "library" else move.draft)]


def _reason(move: Move, moves: MoveLinks | None) -> Reason:
    return Reason(
        family=family_words(move.family),
        rule=move.rule,
        matters=severity_words(move.severity, move.direction),
        explanation=move.explanation,
        move=moves(move) if moves else None,
    )


def finding_title(finding: Finding) -> str:
    """What to call a finding in the list: its protection, else the kind of demand, else its first words."""
    if finding.protection:
        return finding.protection.label
    if finding.status == "added" and finding.moves:
        return family_words(finding.moves[0].family)
    if finding.clause and finding.clause.title:
        return finding.clause.title
    evidence = finding.draft or finding.library
    return _shortened(evidence.text) if evidence else status_words(finding.status).meaning


def _shortened(text: str) -> str:
    if len(text) <= _SHORT:
        return text
    return f"{text[:_SHORT].rsplit(' ', 1)[0]} …"
