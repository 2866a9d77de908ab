"""What scores are made of: shares with their intervals, F1 with its spread, confusion, calibration."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_Z = 1.959964  # of the normal distribution, for 95 %
_DRAWS = 500
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the 95 % interval that the true share lies in."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval; (0, 1) where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        share, square = self.value, _Z**2
        middle = share + square / (2 * self.of)
        reach = _Z * math.sqrt(share * (1 - share) / self.of + square / (4 * self.of**2))
        scale = 1 + square / self.of
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        return {
            "value": round(self.value, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "hits": self.hits,
            "of": self.of,
        }


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure that is no share, such as F1, and the 95 % interval over rows drawn again and again."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers given with about the same confidence, and how many of them were right."""

    low: float
    high: float
    said: float  # mean confidence
    right: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether nine in ten answers that claim to be 90 % sure are right."""

    bins: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """Mean distance between confidence and share of right answers, by number of answers."""
        total = sum(each.right.of for each in self.bins)
        return sum(abs(each.said - each.right.value) * each.right.of for each in self.bins) / total if total else 0.0

    def as_json(self) -> dict[str, Any]:
        bins = [
            {"from": each.low, "to": each.high, "said": round(each.said, 4), "right": each.right.as_json()}
            for each in self.bins
        ]
        return {"expected_error": round(self.error, 4), "bins": bins}


def calibration_of(answers: Sequence[tuple[float, bool]]) -> Calibration:
    """Sort answers, each a confidence and whether it was right, into bins."""
    bins = []
    for low, high in pairwise(_BINS):
        here = [(sure, right) for sure, right in answers if low <= sure < high or (high == 1.0 and sure == 1.0)]
        if here:
            mean = sum(sure for sure, _ in here) / len(here)
            bins.append(Bin(low, high, mean, Share(sum(right for _, right in here), len(here))))
    return Calibration(tuple(bins))


def spread_of(rows: Sequence[Any], figure: Callable[[Sequence[Any]], float]) -> Spread:
    """Work a figure out on the rows, and on as many rows drawn with repetition, 500 times; the draws are fixed."""
    draw = random.Random(20261122)  # noqa: S311 - no secret, the same draws every time
    values = sorted(figure(draw.choices(rows, k=len(rows))) for _ in range(_DRAWS)) if rows else [0.0]
    low, high = values[int(0.025 * (len(values) - 1))], values[int(0.975 * (len(values) - 1))]
    return Spread(figure(rows) if rows else 0.0, low, high)


def share_of(rows: Sequence[Any], hit: Callable[[Any], bool]) -> Share:
    """Count the rows that hit."""
    return Share(sum(1 for row in rows if hit(row)), len(rows))


def confusion(pairs: Iterable[tuple[str, str]], names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count label and answer: label first."""
    counts = Counter(pairs)
    return {label: {said: counts[label, said] for said in names} for label in names}


def f1(hits: int, found: int, labelled: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing was found or labelled."""
    return 2 * hits / (found + labelled) if found + labelled else 0.0


def macro_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Mean F1 over the labels that occur."""
    hits = Counter(label for label, said in pairs if label == said)
    found = Counter(said for _, said in pairs)
    labelled = Counter(label for label, _ in pairs)
    return sum(f1(hits[name], found[name], labelled[name]) for name in labelled) / len(labelled) if labelled else 0.0
