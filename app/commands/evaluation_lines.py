"""The figures of `proviso evaluate` for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.analysis.evaluation.figures import Calibration, Share, Spread, f1
from app.analysis.evaluation.pairs import PairScores
from app.analysis.evaluation.passages import PassageScores
from app.commands.jsonl import Row


def pair_lines(name: str, scores: PairScores) -> Iterator[str]:
    """One set of pairs."""
    yield from ("", f"{name}: {scores.rows} pairs")
    yield share_line("verdict accuracy", scores.accuracy)
    yield share_line("recall of weakened", scores.weakened_recall)
    yield share_line("false alarms on equivalents", scores.false_alarms)
    yield share_line("strengthened recognised", scores.strengthened_recognised)
    yield share_line("right family among the moves", scores.right_family)
    yield spread_line("verdict F1 (mean of three)", scores.verdict_f1)
    yield from _table("label \\ verdict", scores.confusion)
    yield from ("", f"  {'family':<40}{'precision':>11}{'recall':>9}{'F1':>8}{'weakened':>11}{'pairs':>7}")
    for family, each in scores.families.items():
        yield (
            f"    {family:<38}{each.precision.value:>11.0%}{each.recall.value:>9.0%}{each.f1:>8.2f}"
            f"{each.weakened.value:>11.0%}{each.recall.of:>7}"
        )
    yield from _calibration(scores.calibration)


def passage_lines(name: str, scores: PassageScores) -> Iterator[str]:
    """One set of passages."""
    yield from ("", f"{name}: {scores.rows} passages")
    yield share_line("topic precision (micro)", scores.precision)
    yield share_line("topic recall (micro)", scores.recall)
    yield spread_line("topic F1 (micro)", scores.f1)
    yield share_line("false positives on rows without topics", scores.false_positives)
    yield share_line("obligation accuracy", scores.obligation_accuracy)
    yield spread_line("obligation F1 (mean of four)", scores.obligation_macro_f1)
    yield from _table("label \\ read as", scores.obligation_confusion)
    yield from ("", f"  {'topic':<40}{'right':>7}{'found':>8}{'labelled':>10}{'F1':>8}")
    for topic, (hits, found, labelled) in scores.topics.items():
        yield f"    {topic:<38}{hits:>7}{found:>8}{labelled:>10}{f1(hits, found, labelled):>8.2f}"


def error_lines(rows: Sequence[Row], missed: Sequence[str]) -> Iterator[str]:
    """Quote rows that were answered wrongly, the surest errors first."""
    by_id = {str(row["id"]): row for row in rows}
    if missed:
        yield from ("", "  wrong, the surest first")
    for name in missed:
        row = by_id[name]
        yield f"    {name}: {row.get('label') or ', '.join(row.get('topics', ())) or 'no topic'}"
        for side in ("library_text", "employer_text", "text"):
            if side in row:
                yield f"      {side}: {row[side]}"


def share_line(title: str, share: Share) -> str:
    """A share with its interval and counts."""
    low, high = share.interval
    return f"  {title:<40}{share.value:6.1%}  ({low:.1%} to {high:.1%}; {share.hits} of {share.of})"


def spread_line(title: str, spread: Spread) -> str:
    """A figure that is no share, with its interval."""
    return f"  {title:<40}{spread.value:6.1%}  ({spread.low:.1%} to {spread.high:.1%})"


def _calibration(calibration: Calibration) -> Iterator[str]:
    yield from ("", f"  confidence: expected error {calibration.error:.1%}")
    for each in calibration.bins:
        said, right = f"said {each.said:.0%}", f"right {each.right.value:.0%} of {each.right.of}"
        yield f"    {each.low:.0%} to {each.high:.0%}: {said}, {right}"


def _table(title: str, counts: dict[str, dict[str, int]]) -> Iterator[str]:
    yield ""
    yield f"  {title:<18}" + "".join(f"{name:>14}" for name in counts)
    for label, row in counts.items():
        yield f"  {label:<18}" + "".join(f"{row[name]:>14}" for name in counts)
