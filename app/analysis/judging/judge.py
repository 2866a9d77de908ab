"""Compares two readings attribute by attribute and names each difference as a move.

Every check is a function of the two readings that returns moves; `judge` runs them in order and keeps, where two
speak of the same words, the more telling one. Offsets of spans count in the texts of the two readings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.analysis.judging.force import force_moves, involvement_moves
from app.analysis.judging.quantities import quantity_moves
from app.analysis.judging.timing import actor_moves, timing_moves
from app.analysis.judging.words import word_moves
from app.analysis.pipeline import Pipeline
from app.analysis.results import Direction, Move, Span
from app.analysis.undertakings import Mark, Reading

SEVERITY_ORDER: dict[str, int] = {"high": 0, "medium": 1, "low": 2}
_DEFINING = {"scope_narrowed", "knowledge_or_materiality_qualifier", "carve_out_exception"}
_GENERAL = {
    "carve_out.exception",
    "discretion.appropriate",
    "scope.effect_list",
    "scope.open_list",
    "scope.closed_list",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the moves add up to: an essential loss wins over any gain."""

    verdict: str  # weakened, equivalent, strengthened
    moves: tuple[Move, ...]


def judge(library: Reading, draft: Reading, pipeline: Pipeline) -> list[Move]:
    """Name every way in which `draft` differs from `library` for better or worse.

    Args:
        library: the union's text.
        draft: the employer's.
        pipeline: for the rules and the concepts.

    Returns:
        Moves, the gravest first; [] where nothing that matters differs.
    """
    if _plain(library.text) == _plain(draft.text):
        return []
    moves = signal_moves(library, draft, pipeline)
    moves += force_moves(library, draft)
    moves += involvement_moves(library, draft)
    moves += quantity_moves(library, draft)
    moves += timing_moves(library, draft)
    moves += actor_moves(library, draft)
    moves = _without_echoes(moves)
    moves += word_moves(library, draft, pipeline, moves)
    moves = [_as_definition(move) if _in_definition(move, library, draft) else move for move in moves]
    moves = [replace(m, library=_cut(m.library, library.text), draft=_cut(m.draft, draft.text)) for m in moves]
    return sorted(moves, key=lambda move: (move.direction != "weaker", SEVERITY_ORDER[move.severity]))


def _cut(span: Span | None, text: str) -> Span | None:
    """The words as they stand: marks are found in a text whose line ends were made spaces."""
    return Span(span.start, span.end, text[span.start : span.end]) if span else None


def verdict_of(moves: list[Move]) -> str:
    """Sum up: weakened wins whenever a loss of some weight stands; a slight one yields to a clear gain."""
    weaker = [move for move in moves if move.direction == "weaker"]
    stronger = [move for move in moves if move.direction == "stronger" and move.severity != "low"]
    grave = [move for move in weaker if move.severity != "low"]
    if grave or (weaker and not stronger):
        return "weakened"
    return "strengthened" if stronger else "equivalent"


def signal_moves(library: Reading, draft: Reading, pipeline: Pipeline) -> list[Move]:
    """Compare wording that is good or bad for workers whatever it qualifies."""
    moves = []
    for signal in pipeline.patterns.signals:
        ours = [mark for mark in library.signals if mark.id == signal.id]
        theirs = [mark for mark in draft.signals if mark.id == signal.id]
        added = _only_in(theirs, ours, library.text)
        dropped = _only_in(ours, theirs, draft.text)
        for mark in added if not signal.good or not ours else ():
            direction: Direction = "stronger" if signal.good else "weaker"
            text = signal.added.replace("{words}", mark.text)
            moves.append(Move(signal.family, signal.id, direction, signal.added_severity, text, None, _span(mark)))
        kept = signal.good and any(mark.id in signal.kept_by for mark in draft.signals)
        for mark in dropped if not signal.good or not (theirs or kept) else ():
            direction = "weaker" if signal.good else "stronger"
            text = signal.dropped.replace("{words}", mark.text)
            moves.append(Move(signal.family, signal.id, direction, signal.severity, text, _span(mark), None))
    return moves


def _only_in(here: list[Mark], there: list[Mark], other_text: str) -> list[Mark]:
    """Marks that the other side does not match: each of its marks pays for one, the same words for one as well."""
    other = _plain(other_text)
    new = [mark for mark in here if _plain(mark.text) not in other]
    surplus = max(0, len(here) - len(there))
    return new[:surplus] if surplus else []


def _span(mark: Mark) -> Span:
    return Span(mark.start, mark.end, mark.text)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _without_echoes(moves: list[Move]) -> list[Move]:
    """Where several moves in one direction rest on the same words, keep the most specific."""
    kept: list[Move] = []
    for move in sorted(moves, key=lambda move: (move.rule in _GENERAL, SEVERITY_ORDER[move.severity])):
        if not any(_same_words(move, other) for other in kept):
            kept.append(move)
    return kept


def _same_words(move: Move, other: Move) -> bool:
    if move.direction != other.direction or (move.draft is None) != (other.draft is None):
        return False
    return _overlap(move.draft, other.draft) or _overlap(move.library, other.library)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end


def _in_definition(move: Move, library: Reading, draft: Reading) -> bool:
    """Whether a move's words stand in a sentence that defines a term, on either side."""
    return any(
        span is not None and undertaking.defines and undertaking.start <= span.start < undertaking.end
        for reading, span in ((library, move.library), (draft, move.draft))
        for undertaking in reading.undertakings
    )


def _as_definition(move: Move) -> Move:
    if move.direction == "weaker" and move.family in _DEFINING:
        return replace(
            move, family="definition_narrowed", rule=f"definition.{move.rule.split('.')[-1]}", severity="high"
        )
    return move
