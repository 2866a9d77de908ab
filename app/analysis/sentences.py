"""Pairs the sentences within two groups of provisions that belong together.

A long section says several things, and a draft that retypes it puts them in another order. Judged as one text, what
one sentence gains would hide what another loses. So sentences are paired as provisions are, and each pair is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.analysis.align import align
from app.analysis.concepts import Concepts
from app.analysis.likeness import ConceptIndex, Likeness
from app.analysis.passage import Passage
from app.text.document import Provision

_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bNo)(?<!\bInc)(?<!\bArt)(?<!\bSec)[.!?][\"”’)\]]*\s+(?=[\"“(]?[A-Z])"
)
_TITLE = 5
"""Words up to which a sentence without a verb is the title that a section runs in with."""


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
    if len(ours) < 2 and len(theirs) < 2:
        return []
    likeness = Likeness(ConceptIndex(ours, concepts), ConceptIndex(theirs, concepts))
    groups = _with_merged([(set(each.library), set(each.draft)) for each in align(ours, theirs, likeness)], likeness)
    if len(groups) < 2:
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
        start = 0
        text = provision.text
        for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
            sentence = text[start:end].rstrip()
            if not sentence or (end < len(text) and start == 0 and len(sentence.split()) <= _TITLE):
                continue  # a title goes with the sentence behind it
            yield Provision(number="", text=sentence, start=offset + start, end=offset + start + len(sentence))
            start = end
