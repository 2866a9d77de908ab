"""One group of provisions that belong together, with what the judge said of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.passage import Passage
from app.analysis.results import Move


@dataclass(frozen=True, slots=True)
class Match:
    """Spans of `moves` count in the joined texts of the two passages."""

    library: Passage
    draft: Passage
    moves: tuple[Move, ...]
    likeness: float
    binds: bool = True  # whether the union's side promises anything

    @property
    def unchanged(self) -> bool:
        return " ".join(self.library.text.split()) == " ".join(self.draft.text.split())
