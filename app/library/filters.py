"""Filters on the library: what may be asked for, which clauses pass, which values a clause has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date

from app.library.clause import POSITIONS
from app.library.shelf import ShelfEntry


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; "" and None mean any."""

    words: str = ""
    topic: str = ""
    element: str = ""  # id of a protection
    sector: str = ""
    jurisdiction: str = ""
    position: str = ""
    since: date | None = None

    def without(self, name: str) -> Filters:
        """The same with one filter taken away."""
        return Filters(**{**asdict(self), name: None if name == "since" else ""})

    def __bool__(self) -> bool:
        return self != Filters()


def passes(entry: ShelfEntry, asked: Filters) -> bool:
    """Whether a clause passes every filter; words are no filter."""
    return all(test(entry, asked) for test in _TESTS.values())


def values_of(entry: ShelfEntry, name: str, asked: Filters) -> Iterable[str]:
    """The values of a clause under one filter, everything else being as asked; "all" for every sector."""
    clause = entry.clause
    if name == "topic":
        return (clause.topic,)
    if name == "element":
        return _elements(entry, asked)
    if name == "sector":
        return ("all",) if "all" in clause.sectors else clause.sectors
    return clause.jurisdictions


def _topic(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.topic or entry.clause.topic == asked.topic


def _element(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.element or asked.element in _elements(entry, asked)


def _elements(entry: ShelfEntry, asked: Filters) -> list[str]:
    """Protections that the clause gives, in the position asked for if one is."""
    places = (asked.position,) if asked.position else POSITIONS
    return [each.id for each in entry.clause.protections if any(each.provisions(place) for place in places)]


def _sector(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.sector or bool({asked.sector, "all"} & set(entry.clause.sectors))


def _jurisdiction(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.jurisdiction or asked.jurisdiction in entry.clause.jurisdictions


def _position(entry: ShelfEntry, asked: Filters) -> bool:
    return not asked.position or asked.position in entry.clause.positions


def _since(entry: ShelfEntry, asked: Filters) -> bool:
    return asked.since is None or entry.published_at.astimezone(UTC).date() >= asked.since


_TESTS: dict[str, Callable[[ShelfEntry, Filters], bool]] = {
    "topic": _topic,
    "element": _element,
    "sector": _sector,
    "jurisdiction": _jurisdiction,
    "position": _position,
    "since": _since,
}

FILTERS: tuple[str, ...] = tuple(_TESTS)
"""Names of the filters, as fields of `Filters`."""
