"""Pairs the provisions of two texts that speak of the same thing, many to many.

How like two provisions are is in `likeness`; here it is decided which belong together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.analysis.aligning.likeness import ConceptIndex, Likeness
from app.text.document import Provision

THRESHOLD = 0.22
"""Below this likeness two provisions are taken to speak of different things."""

_INLINE_ITEM = re.compile(r"(?:^|[\s:;,])\([a-z0-9]{1,3}\)\s|;\s")
_VERY_LIKE = 0.6
_ARTICLE_SHARE = 0.86
_TOPIC_SHARE = 0.6
_LEFT_OVER = 0.17
_NEARLY_BEST = 0.8
_ELSEWHERE = 0.65
_SAME_LIST = 0.07
_MIXED = 0.6
_SAME_NUMBER = 0.05
_TITLE = 0.15


@dataclass(frozen=True, slots=True)
class Group:
    """Provisions of both sides that belong together; `likeness` runs from 0 to 1. One side may be empty."""

    library: tuple[int, ...]
    draft: tuple[int, ...]
    likeness: float
    nearest: tuple[tuple[int, int], ...] = ()  # for each of the draft's provisions the one of ours it is most like


def offers(
    texts: Sequence[Likeness],
    draft: Sequence[Provision],
    *,
    titles: Sequence[frozenset[str]],
    topics: Sequence[str],
    focused: bool,
) -> list[frozenset[int] | None]:
    """Decide which of the draft's provisions each of our texts may be answered by.

    Every clause has a grievance step and a list of what a notice says. So that one clause is not taken to answer
    another, each article of the draft goes to the texts that it resembles most as a whole: the best of each topic,
    where that topic is a large part of the article. A provision that is very like one of ours is offered to a text
    that is answered at all, wherever it stands.

    Args:
        texts: the likeness of each of our texts to the draft.
        draft: the draft's provisions.
        titles: the concepts of each text's title.
        topics: the topic of each of our texts.
        focused: whether the draft is about technology throughout, so that articles compete over all topics.

    Returns:
        For each text the numbers of the draft's provisions; None where there is nothing to choose.
    """
    if len(texts) < 2:
        return [None] * len(texts)
    best = [_best_likeness(likeness) for likeness in texts]
    articles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, provision in enumerate(draft):
        articles[article_of(provision, j)].append(j)
    offered: list[set[int]] = [set() for _ in texts]
    for members in articles.values():
        if focused and _mixed(members, best):
            for j in members:
                most = max(row.get(j, 0.0) for row in best)
                for number, row in enumerate(best):
                    if most and row.get(j, 0.0) >= _NEARLY_BEST * most:
                        offered[number].add(j)
            continue
        totals = [
            sum(
                max(0.0, row[j] - THRESHOLD / 2) + (0.0 if focused else _TITLE * likeness.to_title(title, j))
                for j in members
                if j in row
            )
            for row, likeness, title in zip(best, texts, titles, strict=True)
        ]
        for number, total in enumerate(totals):
            rivals = [other for other, topic in zip(totals, topics, strict=True) if topic == topics[number]]
            if (
                total > 0
                and total >= _ARTICLE_SHARE * max(rivals)
                and (not focused or max(rivals) >= _TOPIC_SHARE * max(totals))
            ):
                offered[number].update(members)
    for numbers, row in zip(offered, best, strict=True):
        if numbers:
            numbers.update(j for j, score in row.items() if score >= _VERY_LIKE)
    return [frozenset(numbers) for numbers in offered]


def _mixed(members: Sequence[int], best: Sequence[dict[int, float]]) -> bool:
    """Whether one article answers several of our texts, as a side letter does: no text is clearly nearest to it.

    The nearest is weighed against the next one: many others share a sentence with it, the more the larger the library.
    """
    votes: dict[int, float] = defaultdict(float)
    for j in members:
        scores = [row.get(j, 0.0) for row in best]
        if max(scores) >= THRESHOLD:
            votes[scores.index(max(scores))] += max(scores)
    nearest = sorted(votes.values(), reverse=True)[:2]
    return len(members) > 1 and bool(nearest) and nearest[0] < _MIXED * sum(nearest)


def _best_likeness(likeness: Likeness) -> dict[int, float]:
    best: dict[int, float] = {}
    for i in range(len(likeness.ours.counts)):
        for j, score in likeness.row(i).items():
            best[j] = max(score, best.get(j, 0.0))
    return best


def article_of(provision: Provision, place: int) -> tuple[str, ...]:
    """What a provision belongs to: its outermost heading, else the first part of its number, else itself."""
    if provision.heading_path:
        return provision.heading_path[:1]
    return (provision.number.split(".")[0].split("(")[0] or f"provision {place}",)


def align(
    library: Sequence[Provision],
    draft: Sequence[Provision],
    likenesses: Likeness,
    offered: frozenset[int] | None = None,
    *,
    closed: frozenset[int] = frozenset(),
) -> list[Group]:
    """Group the provisions of both sides.

    Args:
        library: the union's provisions.
        draft: the employer's.
        likenesses: of the one text to the other.
        offered: the draft's provisions that may be partners; None for all.
        closed: provisions of ours that nothing answers but their own words.

    Returns:
        One group for each provision that found partners, and one for each that did not.
    """
    matches = _equal_texts(likenesses.ours, likenesses.theirs, offered)
    edges = dict.fromkeys(matches.items(), 1.0)
    taken = set(matches.values())
    numbers = [_parts(provision.number) for provision in draft]
    likeness = {
        i: {
            j: score + (_SAME_NUMBER if _ends_in(numbers[j], _parts(library[i].number)) else 0.0)
            for j, score in likenesses.row(i).items()
            if offered is None or j in offered
        }
        for i in range(len(library))
        if i not in matches and i not in closed
    }
    _prefer_the_same_list(likeness, matches, library, draft)
    best_for_draft: dict[int, tuple[float, int]] = {}
    for i, row in likeness.items():
        for j, score in row.items():
            if score > best_for_draft.get(j, (0.0, -1))[0]:
                best_for_draft[j] = (score, i)
    for i, row in likeness.items():
        free = {j: score for j, score in row.items() if j not in taken} or row
        if free:
            j, score = max(free.items(), key=lambda item: item[1])
            best, chosen = best_for_draft.get(j, (0.0, i))
            if score >= THRESHOLD and (chosen == i or score >= _NEARLY_BEST * best):
                edges[i, j] = score
    covered = {j for _, j in edges}
    for j, (score, i) in best_for_draft.items():
        if j not in covered and score >= 1.2 * THRESHOLD:
            edges[i, j] = score
    _pair_what_is_left(edges, likeness)
    _keep_lists_whole(edges, library, draft)
    _keep_their_lists_whole(edges, library, draft)
    return _groups(edges, len(library), len(draft))


@lru_cache(maxsize=20_000)
def _parts(number: str) -> tuple[str, ...]:
    """The ordinals of a number from the outside in, whatever the style: "1.2(a)" and "Article 1(2)(a)" are alike."""
    return tuple(re.findall(r"\d+|\b[a-z]{1,4}\b", number.lower()))


def _ends_in(number: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return bool(part) and number[-len(part) :] == part


def _prefer_the_same_list(
    likeness: dict[int, dict[int, float]],
    matches: dict[int, int],
    library: Sequence[Provision],
    draft: Sequence[Provision],
) -> None:
    """An item belongs where the opening of its list went: other places must be much more like it to win."""
    nearest = {i: max(row, key=row.__getitem__) for i, row in likeness.items() if row} | matches
    place = {provision.number: i for i, provision in enumerate(library) if provision.number}
    for i, row in likeness.items():
        number = library[i].number
        opening = place.get(number.rpartition("(")[0]) if number.endswith(")") else None
        if opening is None or opening not in nearest:
            continue
        home = draft[nearest[opening]].number
        for j, score in row.items():
            inside = j == nearest[opening] or bool(home and draft[j].number.startswith(f"{home}("))
            row[j] = score + _SAME_LIST if inside else score * _ELSEWHERE


def _pair_what_is_left(edges: dict[tuple[int, int], float], likeness: dict[int, dict[int, float]]) -> None:
    """Where both sides have something left that is a little alike, the nearest go together: rewording is the rule."""
    ours = {i for i, _ in edges}
    theirs = {j for _, j in edges}
    rest = sorted(
        ((score, i, j) for i, row in likeness.items() if i not in ours for j, score in row.items() if j not in theirs),
        reverse=True,
    )
    for score, i, j in rest:
        if score >= _LEFT_OVER and i not in ours and j not in theirs:
            edges[i, j] = score
            ours.add(i)
            theirs.add(j)


def _keep_lists_whole(
    edges: dict[tuple[int, int], float], library: Sequence[Provision], draft: Sequence[Provision]
) -> None:
    """Where a list of ours was answered by one passage without items, what is left of the list belongs with it."""
    lists: dict[str, list[int]] = defaultdict(list)
    for i, provision in enumerate(library):
        if provision.number:
            lists[provision.number.rpartition("(")[0] or provision.number].append(i)
    with_items = {provision.number.rpartition("(")[0] for provision in draft if provision.number.endswith(")")}
    partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, j), score in edges.items():
        partners[i].append((score, j))
    for members in lists.values():
        found = [max(partners[i]) for i in members if i in partners]
        if len(members) < 2 or not found:
            continue
        score, j = found[0] if members[0] in partners else max(found)
        if draft[j].number not in with_items and not draft[j].number.endswith(")"):
            edges.update({(i, j): score for i in members if i not in partners})


def _keep_their_lists_whole(
    edges: dict[tuple[int, int], float], library: Sequence[Provision], draft: Sequence[Provision]
) -> None:
    """The other way round: a list that ours has within one paragraph and theirs item by item."""
    lists: dict[str, list[int]] = defaultdict(list)
    for j, provision in enumerate(draft):
        if provision.number.endswith(")"):
            lists[provision.number.rpartition("(")[0]].append(j)
    for members in lists.values():
        opening = members[0] - 1
        if opening >= 0 and draft[members[0]].lead_in.endswith(draft[opening].text):
            members.insert(0, opening)
        found = [
            (score, i)
            for (i, j), score in edges.items()
            if j in members and len(_INLINE_ITEM.findall(library[i].text)) > 1
        ]
        if found:
            score, i = max(found)
            taken = {j for _, j in edges}
            edges.update({(i, j): score for j in members if j not in taken})


def _equal_texts(ours: ConceptIndex, theirs: ConceptIndex, offered: frozenset[int] | None) -> dict[int, int]:
    """Provisions taken over word for word, in order of appearance."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(theirs.plain):
        if offered is None or j in offered:
            places[text].append(j)
    matches = {}
    for i, text in enumerate(ours.plain):
        if places.get(text):
            matches[i] = places[text].pop(0)
    return matches


def _groups(edges: dict[tuple[int, int], float], ours: int, theirs: int) -> list[Group]:
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in edges:
        parent[root(("ours", i))] = root(("theirs", j))
    members: dict[tuple[str, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in range(ours):
        members[root(("ours", i))][0].append(i)
    answering = {j for _, j in edges}
    for j in sorted(answering):
        members[root(("theirs", j))][1].append(j)
    scores: dict[tuple[str, int], list[float]] = defaultdict(list)
    nearest: dict[int, tuple[float, int]] = {}
    for (i, j), score in edges.items():
        scores[root(("ours", i))].append(score)
        nearest[j] = max((score, i), nearest.get(j, (0.0, i)))
    groups = [
        Group(
            tuple(sorted(left)),
            tuple(sorted(right)),
            sum(scores[key]) / len(scores[key]) if scores[key] else 0.0,
            tuple((j, nearest[j][1]) for j in sorted(right) if j in nearest),
        )
        for key, (left, right) in members.items()
    ]
    # What answers nothing stands alone, at the end; there are thousands of them in a whole agreement.
    return [
        *sorted(groups, key=lambda group: group.library),
        *(Group((), (j,), 0.0) for j in range(theirs) if j not in answering),
    ]
