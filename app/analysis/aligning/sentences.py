"""Pairs the sentences within two groups of provisions that belong together.

A long section says several things, and a draft that retypes it puts them in another order. Judged as one text, what
one sentence gains would hide what another loses. So sentences are paired as provisions are, and each pair is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.analysis.aligning.align import align
from app.analysis.aligning.likeness import ConceptIndex, Likeness
from app.analysis.aligning.passage import Passage
from app.analysis.concepts import Concepts
from app.text.document import Provision

_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bNo)(?<!\bInc)(?<!\bArt)(?<!\bSec)[.!?][\"”’)\]]*\s+(?=[\"“(]?[A-Z])"
)
_ITEM = re.compile(r"(?<=[:;])\s+(?:(?:and|or)\s+)?(?:\([a-z0-9]{1,3}\)\s+)?")
_SHORTEST_LIST = 5  # places: the start, the opening's colon, two items' ends, the end
_TITLE = 5
"""Words up to which a sentence without a verb is the title that a section runs in with."""
_VERB = re.compile(r"\b(?:shall|must|may|will|should|is|are|was|be|has|have|agrees?|means|applies|apply)\b")
_ASKING = re.compile(r"(?:What|Who|Where|When|How|Why|Which|If)\b")


_Group = tuple[set[int], set[int]]
_THERE = 0.5
"""Share of a sentence's words that one sentence of the other side has, from which it is not gone but merged."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Sentences of both sides; their places count in the joined texts of the two passages. One side may be empty."""

    library: tuple[Provision, ...]
    draft: tuple[Provision, ...]


def pair_sentences(library: Passage, draft: Passage, concepts: Concepts) -> list[Paired]:
    """Pair the sentences of two passages; [] where there is nothing to pair but the passages themselves."""
    ours, theirs = list(_sentences(library)), list(_sentences(draft))
    titled = _run_in(library) or _run_in(draft)
    if len(ours) < 2 and len(theirs) < 2 and not titled:
        return []
    likeness = Likeness(ConceptIndex(ours, concepts), ConceptIndex(theirs, concepts))
    groups = _with_merged([(set(each.library), set(each.draft)) for each in align(ours, theirs, likeness)], likeness)
    if len(groups) < 2 and not titled:
        return []
    return [
        Paired(tuple(ours[i] for i in sorted(mine)), tuple(theirs[j] for j in sorted(other))) for mine, other in groups
    ]


def _with_merged(groups: list[_Group], likeness: Likeness) -> list[_Group]:
    """Put a sentence that found no partner to the one that took its words in, if there is one."""
    whole = [group for group in groups if all(group)]
    for mine, other in groups:
        if mine and other:
            continue
        scored = [
            (likeness.contained(i, j) if mine else likeness.holding(i, j), place)
            for place, (ours, theirs) in enumerate(whole)
            for i in mine or ours
            for j in other or theirs
        ]
        best, place = max(scored, default=(0.0, 0))
        if best >= _THERE:
            whole[place] = (whole[place][0] | mine, whole[place][1] | other)
        else:
            whole.append((mine, other))
    return whole


def _sentences(passage: Passage) -> Iterator[Provision]:
    for provision, offset in zip(passage.provisions, passage.starts, strict=True):
        for start, end in _cuts(provision.text):
            for first, last in _items(provision.text, start, end):
                text = provision.text[first:last]
                yield Provision(number="", text=text, start=offset + first, end=offset + last)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences start and end, without the title that a section may run in with: it promises nothing."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence = text[start:end].rstrip()
        if sentence and not (start == 0 and end < len(text) and _is_title(sentence)):
            yield start, start + len(sentence)
        start = end


def _is_title(sentence: str) -> bool:
    return len(sentence.split()) <= _TITLE and (not _VERB.search(sentence) or bool(_ASKING.match(sentence)))


def _run_in(passage: Passage) -> bool:
    """Whether a provision of the passage runs in with a title."""
    ends = ((each.text, _END.search(each.text)) for each in passage.provisions)
    return any(end is not None and _is_title(text[: end.end()]) for text, end in ends)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list that is written within a sentence, each without its number; else the sentence."""
    breaks = [(start, start), *((match.start(), match.end()) for match in _ITEM.finditer(text, start, end)), (end, end)]
    if len(breaks) < _SHORTEST_LIST:
        yield start, end
        return
    for (_, first), (last, _) in pairwise(breaks):
        if first < last:
            yield first, last
