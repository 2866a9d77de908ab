"""Which words of theirs answer which of ours, within the articles that answer each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.analysis.results import ClauseText
from app.text.document import Provision

Pair = tuple[tuple[Provision, ...], tuple[Provision, ...]]
"""Provisions of ours, and those of theirs that are set against them."""

_Group = tuple[int, list[int], list[int]]
"""An article of ours by its place, provisions of it, and provisions of theirs."""


@dataclass(slots=True)
class Pairing:
    """Provisions of ours are named by article and place, theirs by place."""

    answers: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    partners: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    groups: list[_Group] = field(default_factory=list)
    homes: dict[int, str] = field(default_factory=dict)  # our article -> the heading of theirs that answers it
    astray: set[tuple[int, int]] = field(default_factory=set)  # ours that only another article answers


def pair_articles(texts: Sequence[ClauseText], draft: Sequence[Provision], pairs: Sequence[Pair]) -> Pairing:
    """Keep of each pair what stands in the articles that answer each other.

    Args:
        texts: Our articles.
        draft: Their provisions.
        pairs: The very provisions of `texts` with those of theirs. One that was cut from a long paragraph is not
            among theirs, and its pair counts as astray.
    """
    ours = {id(each): (a, i) for a, text in enumerate(texts) for i, each in enumerate(text.provisions)}
    theirs = {(each.start, each.end): j for j, each in enumerate(draft)}
    paired = Pairing()
    found: list[_Group] = []
    for mine, other in pairs:
        named = [ours[id(each)] for each in mine if id(each) in ours]
        placed = [theirs[each.start, each.end] for each in other if (each.start, each.end) in theirs]
        if named and placed and len(placed) == len(other):
            found.append((named[0][0], sorted(i for _, i in named), sorted(placed)))
        else:
            paired.astray.update(named)
    paired.homes = _homes(draft, found)
    for article, here, there in found:
        home = [j for j in there if heading_of(draft[j]) == paired.homes.get(article)]
        if not home:
            paired.astray.update((article, i) for i in here)
            continue
        paired.groups.append((article, here, home))
        for i in here:
            paired.answers.setdefault((article, i), []).extend(home)
        for j in home:
            paired.partners.setdefault(j, set()).update((article, i) for i in here)
    return paired


def _homes(draft: Sequence[Provision], found: Sequence[_Group]) -> dict[int, str]:
    """Their article for each of ours: the one that answers most of it, and nothing else better."""
    votes: Counter[tuple[int, str]] = Counter()
    for article, here, there in found:
        for heading in {heading_of(draft[j]) for j in there}:
            votes[article, heading] += len(here)
    homes: dict[int, str] = {}
    for (article, heading), number in votes.most_common():
        best = max(count for (_, name), count in votes.items() if name == heading)
        if article not in homes and number == best and heading not in homes.values():
            homes[article] = heading
    return homes


def heading_of(provision: Provision) -> str:
    """The outermost heading that it stands under."""
    return provision.heading_path[0] if provision.heading_path else ""


def depth_of(provision: Provision) -> int:
    """How deep it stands in its article: "2" 0, "2(a)" 1; under a heading "Article 1" also "Article 1(2)" 0."""
    levels, article = provision.number.count("("), provision.number.partition("(")[0]
    named = article and re.match(rf"{re.escape(article)}(?!\w)", heading_of(provision))
    return levels - 1 if levels and named else levels


def is_below(number: str, parent: str) -> bool:
    """Whether a number stands somewhere under another: "2(a)" under "2"."""
    return bool(parent) and number.startswith(f"{parent}(")
