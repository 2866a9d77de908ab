"""Which findings of a comparison a person wants to see, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from app.web.finding_words import DECISION_WORDS, FAMILY_WORDS, STATUS_ORDER, WEIGHT_WORDS

_ALLOWED: dict[str, tuple[str, ...]] = {
    "status": STATUS_ORDER,
    "weight": tuple(WEIGHT_WORDS),
    "family": tuple(FAMILY_WORDS),
    "decision": tuple(DECISION_WORDS),
    "order": ("articles", "clauses"),
}
_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What the filter form asks for; "" asks for everything."""

    status: str = ""
    weight: str = ""
    family: str = ""
    decision: str = ""
    order: str = ""  # "" is the gravest first, "articles" as the agreement runs, "clauses" under each
    words: str = ""
    start: str = ""  # first passage to read on this page, from 1; a long agreement has thousands

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        """Read filters from a query; a value that means nothing here is passed over, not refused."""
        start = query.get("start", "")
        chosen = {name: query.get(name, "") for name in _ALLOWED}
        return cls(
            **{name: value for name, value in chosen.items() if value in _ALLOWED[name]},
            words=query.get("words", "").strip()[:_LONGEST_SEARCH],
            start=start if start.isascii() and start.isdecimal() and len(start) < 7 else "",
        )

    @property
    def first(self) -> int:
        """How many passages come before this page's first one."""
        return max(int(self.start or 1) - 1, 0)

    @property
    def active(self) -> bool:
        """Whether anything is left out; the order leaves nothing out."""
        return any((self.status, self.weight, self.family, self.decision, self.words))

    def query(self, **changes: str) -> str:
        """The query string for these filters with `changes` made, "" when nothing is asked for."""
        chosen = {field.name: str(getattr(self, field.name)) for field in fields(self)} | changes
        return urlencode({name: value for name, value in chosen.items() if value})

    def link(self, **changes: str) -> str:
        """The same as an address relative to the page."""
        return f"?{self.query(**changes)}"

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all filters, for forms that have to bring them back."""
        return tuple(field.name for field in fields(cls))
