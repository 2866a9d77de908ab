"""One group of provisions that belong together, with what the judge said of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.aligning.passage import Passage
from app.analysis.results import Move
from app.text.document import Provision


@dataclass(frozen=True, slots=True)
class Match:
    """Spans of `moves` count in the joined texts of the two passages."""

    library: Passage
    draft: Passage
    moves: tuple[Move, ...]
    likeness: float
    binds: bool = True  # whether the union's side promises anything
    homes: tuple[tuple[int, str], ...] = ()  # start of each draft provision -> number of ours that it answers
    confidence: float = 1.0  # probability of what the moves add up to, if the provisions are rightly paired
    unsure: bool = False  # whether a trusted rule and the second reader disagree
    dropped: tuple[Provision, ...] = ()  # sentences of ours that no sentence of the draft answers
    extra: tuple[Provision, ...] = ()  # sentences of the draft that answer none of ours

    def home(self, move: Move) -> str:
        """The number of the union's provision that a move bears on; "" where none can be named."""
        if move.library is not None:
            return self.library.provision_at(move.library.start).number
        if move.draft is not None and self.draft.provisions:
            return dict(self.homes).get(self.draft.provision_at(move.draft.start).start, "")
        return ""

    @property
    def unchanged(self) -> bool:
        return " ".join(self.library.text.split()) == " ".join(self.draft.text.split())
