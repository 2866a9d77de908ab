"""Which clauses carry which protection elements: the table that the tests compute and the site shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.analysis.results import Weight
from app.library.clause import POSITIONS, ClauseVersion
from app.library.vocabulary import Vocabulary

FAMILIES = {
    "DEF": "Definitions",
    "DIS": "Disclosure and notice",
    "INF": "Information and assessment",
    "GOV": "Committee and bargaining",
    "DAT": "Worker data",
    "MON": "Monitoring",
    "HUM": "Human oversight and decisions",
    "EQU": "Bias and access",
    "JOB": "Job security",
    "TRA": "Retraining",
    "SEV": "Severance and recall",
    "CRE": "Credit and likeness",
    "PRO": "Professional judgment",
    "HSE": "Health, safety and intensity",
    "GAI": "Sharing the gains",
    "ENF": "Enforcement",
    "UNI": "The union’s own AI",
}
"""The letters before the number of an element, in the order in which people read them."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A clause that gives a protection."""

    id: str
    version: str
    title: str
    weight: Weight
    positions: tuple[str, ...]  # those that give it, the strongest first


@dataclass(frozen=True, slots=True)
class ElementCoverage:
    """One protection element and every clause that carries it, those at their target first."""

    id: str
    label: str
    carriers: tuple[Carrier, ...]

    @property
    def covered(self) -> bool:
        """Whether a clause gives it in the position that we mean to reach."""
        return any("target" in each.positions for each in self.carriers)


@dataclass(frozen=True, slots=True)
class FamilyCoverage:
    """The elements of one family."""

    id: str
    label: str
    elements: tuple[ElementCoverage, ...]


def coverage(versions: Iterable[ClauseVersion], vocabulary: Vocabulary) -> tuple[FamilyCoverage, ...]:
    """Every element of the vocabulary with its carriers, by family; `versions` are the newest published ones."""
    carriers: dict[str, list[Carrier]] = {}
    for version in versions:
        for protection in version.protections:
            positions = tuple(each for each in POSITIONS if protection.provisions(each))
            carriers.setdefault(protection.id, []).append(
                Carrier(version.id, version.version, version.title, protection.weight, positions)
            )
    return tuple(
        FamilyCoverage(
            family,
            label,
            tuple(
                ElementCoverage(element, words, tuple(sorted(carriers.get(element, ()), key=_order)))
                for element, words in vocabulary.elements.items()
                if element.split("-")[0] == family
            ),
        )
        for family, label in FAMILIES.items()
    )


def _order(carrier: Carrier) -> tuple[int, str]:
    """Clauses that cannot do without the element come first."""
    return ("essential", "important", "helpful").index(carrier.weight), carrier.title
