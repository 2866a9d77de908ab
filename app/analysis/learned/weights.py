"""How much the rules and the second reader count for, as measured on labelled text.

`models/training/fit_weights.py` writes the file. The numbers are few on purpose: some forty for a question.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

_RARE = 4.0  # a rule that was seen less often than this is taken for an average one


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regressions over what was found; rows are answers, the last column is the constant."""

    verdict: NDArray[np.float64]  # 3 answers; columns as `second_opinion.features` gives them
    weakened_from: float  # probability from which a text is called weakened
    family_from: float  # probability from which the second reader may name a family
    topic: NDArray[np.float64]  # second reader's log-odds, rule, constant
    obligation: NDArray[np.float64]  # 4 answers; second reader (4), rules (4), constant
    fired: dict[str, tuple[int, int, int]]  # rule and direction -> times fired, times right, times read as equivalent
    usual: dict[str, float]  # direction -> share of right ones over all rules

    def sure(self, rule: str, direction: Literal["weaker", "stronger"]) -> float:
        """How often a rule is right when it fires, between 0 and 1; rare ones are drawn to the average."""
        usual = self.usual[direction]
        times, right, _ = self.fired.get(f"{rule} {direction}", (0, 0, 0))
        return (right + _RARE * usual) / (times + _RARE)


def load_weights(path: Path) -> Weights:
    """Read the file.

    Raises:
        FileNotFoundError: it is missing, so the installation is broken.
    """
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return Weights(
        verdict=np.array(found["verdict"]["weights"]),
        weakened_from=found["verdict"]["weakened_from"],
        family_from=found["verdict"]["family_from"],
        topic=np.array(found["topic"]["weights"]),
        obligation=np.array(found["obligation"]["weights"]),
        fired={rule: (counts[0], counts[1], counts[2]) for rule, counts in found["rules"].items()},
        usual=found["usual"],
    )


def log_odds(share: float) -> float:
    """Log-odds of a probability, kept within reason."""
    kept = min(0.99, max(0.01, share))
    return math.log(kept / (1 - kept))


def log_shares(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Logarithms of the probabilities that unnormalised scores stand for."""
    shifted = scores.astype(np.float64) - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))


def shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities from unnormalised scores."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())
