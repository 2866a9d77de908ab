"""What a clause is: frozen values, as a clause file states them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.analysis.results import Weight
from app.library.currency import has_own_sign

POSITIONS: tuple[str, ...] = ("opening", "target", "floor")
"""The three positions of every clause, the strongest first."""

PlaceholderType = Literal["integer", "money", "text", "party", "choice"]
Direction = Literal["more", "less", "none"]
Value = int | str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A figure, name or choice that the bargaining fills in."""

    name: str
    label: str
    help: str
    type: PlaceholderType
    unit: str = ""  # "calendar days"; "" for names and choices
    direction: Direction = "none"  # which way is better for workers
    defaults: tuple[tuple[str, Value], ...] = ()  # (position, value); a position without a default must be filled
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()

    def default(self, position: str) -> Value | None:
        """The value that stands in `position` until somebody fills in another; None if it has to be filled."""
        return dict(self.defaults).get(position)


@dataclass(frozen=True, slots=True)
class DeclaredProtection:
    """A protection element that the clause gives, and the numbers of the provisions carrying it, by position."""

    id: str  # "DIS-3"
    weight: Weight
    carried_by: tuple[tuple[str, tuple[str, ...]], ...]

    def provisions(self, position: str) -> tuple[str, ...]:
        """Numbers of the carrying provisions; empty where the position does not give this protection."""
        return dict(self.carried_by).get(position, ())


@dataclass(frozen=True, slots=True)
class Variant:
    """Other language for a jurisdiction or a sector: whole provisions, by number, with the same placeholders."""

    jurisdiction: str  # "" where the variant is for a sector
    why: str
    provisions: tuple[tuple[str, str], ...]  # (number, Markdown source)
    sector: str = ""  # "" where the variant is for a jurisdiction

    @property
    def place(self) -> str:
        """What the wording is for: a jurisdiction or a sector; no word of the vocabulary is both."""
        return self.jurisdiction or self.sector


@dataclass(frozen=True, slots=True)
class Precedent:
    """What was reported of a real agreement or law, and how sure that is."""

    key: str
    reported: str
    certainty: str
    arbitrated: str


@dataclass(frozen=True, slots=True)
class ClauseVersion:
    """One fixed text of a clause, with everything its file says about it."""

    id: str
    version: str
    status: Literal["draft", "published"]
    title: str
    topic: str
    summary: str
    sectors: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    variants: tuple[Variant, ...]
    instruments: tuple[str, ...]
    placeholders: tuple[Placeholder, ...]
    protections: tuple[DeclaredProtection, ...]
    requires_clauses: tuple[str, ...]
    requires_definitions: tuple[str, ...]
    precedents: tuple[Precedent, ...]
    changes: str
    authors: tuple[str, ...]
    reviewed_by: str
    reviewed_on: str
    positions: dict[str, str]  # Markdown source by position
    why_it_matters: str
    employer_arguments: tuple[tuple[str, str], ...]  # (what the employer says, what we answer)
    questions: tuple[str, ...]
    drafting_notes: str
    digest: str  # SHA-256 of the file, hexadecimal
    source: str = field(repr=False)  # the file, word for word
    path: Path | None = field(default=None, compare=False)

    @property
    def label(self) -> str:
        """How a person cites this version: "notice-before-purchase@1.0.0"."""
        return f"{self.id}@{self.version}"

    def variant_for(self, *places: str) -> str:
        """The wording for jurisdictions and sectors, as proposals store it: "uk", "uk+health", "" where none differs.

        Several apply together, since a check sees to it that they replace different provisions. A place that counts in
        other money is named even where the words are the same.
        """
        worded = {each.place for each in self.variants}
        return "+".join(place for place in places if place and (place in worded or has_own_sign(place)))

    def placeholder(self, name: str) -> Placeholder | None:
        """The placeholder of this name, if the clause declares one."""
        return next((each for each in self.placeholders if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Clause:
    """A library entry: its versions, the newest first, drafts included."""

    id: str
    versions: tuple[ClauseVersion, ...]

    @property
    def latest(self) -> ClauseVersion:
        """The newest published version, or the newest draft of a clause never published."""
        return next((each for each in self.versions if each.status == "published"), self.versions[0])


def version_order(version: str) -> tuple[int, int, int]:
    """Sorting key of a version: "1.10.0" comes after "1.9.0"."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def next_weaker(position: str) -> str | None:
    """The position to fall back to: target behind opening, floor behind target, nothing behind the floor."""
    place = POSITIONS.index(position) + 1
    return POSITIONS[place] if place < len(POSITIONS) else None
