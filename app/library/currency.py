"""Which sign stands before a sum of money, by jurisdiction.

Clauses say `{{ sum | money }}` and leave the sign to the table.
"""

from __future__ import annotations

DOLLAR = "$"
_SIGNS = {"uk": "£", "eu": "€", "germany": "€", "spain": "€", "nordics": "kr "}
"""Jurisdictions that do not count in dollars. Not all Nordic countries have crowns; a table there checks its own."""


def currency_of(variant: str) -> str:
    """The sign for a wording, "uk+health" say, as `ClauseVersion.variant_for` names it."""
    return next((_SIGNS[place] for place in variant.split("+") if place in _SIGNS), DOLLAR)


def has_own_sign(place: str) -> bool:
    """Whether sums read differently there, even where no words do."""
    return place in _SIGNS
