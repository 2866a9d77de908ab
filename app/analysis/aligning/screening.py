"""Which parts of a draft are worth comparing with the library: cheap, before anything costly.

A counter-offer is about technology from end to end. A whole agreement is not: there only passages on a clause's own
topic may answer it, so that nobody reads of AI in the holiday schedule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.pipeline import Pipeline
from app.analysis.topics import topics_by_rule
from app.text.document import Provision

_FOCUSED = 0.25
"""Share of provisions with a topic from which a draft counts as being about technology throughout."""


_PROMISE = re.compile(
    r"\b(?:shall|will|must|may|should|agrees?|reserves?|entitled|right|means|defined|is|are|endeavou?rs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Screen:
    """Topics by provision; `focused` where every provision may answer every clause."""

    topics: tuple[tuple[str, ...], ...]
    focused: bool

    def candidates(self, topic: str) -> frozenset[int] | None:
        """The provisions that may answer a clause on `topic`; None for all."""
        if self.focused:
            return None
        return frozenset(place for place, named in enumerate(self.topics) if topic in named)

    def on_technology(self, place: int) -> bool:
        """Whether the provision at `place` has to do with AI, data or technology at work."""
        return self.focused or bool(self.topics[place])


def screen(provisions: Sequence[Provision], pipeline: Pipeline, *, whole_library: bool) -> Screen:
    """Look for topics, provision by provision.

    Args:
        provisions: the draft's.
        pipeline: for the rules.
        whole_library: whether the draft is compared with every clause there is; otherwise nothing is screened out.
    """
    if not whole_library:
        return Screen(((),) * len(provisions), focused=True)
    topics = tuple(tuple(topics_by_rule(p.full_text, pipeline, heading=" ".join(p.heading_path))) for p in provisions)
    focused = sum(map(bool, topics)) >= _FOCUSED * len(topics)
    if not focused:  # a whole agreement has salary tables and indexes, which promise nothing
        speaks = [bool(_PROMISE.search(provision.full_text)) for provision in provisions]
        topics = tuple(named if speaking else () for named, speaking in zip(topics, speaks, strict=True))
    return Screen(topics, focused)
