"""Words that came back unchanged answer the article that they were written for, and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.analysis.results import ClauseText
from app.text.document import Provision
from app.text.quotation_marks import straight


def kept_at_home(
    texts: Sequence[ClauseText], draft: Sequence[Provision], offered: Sequence[frozenset[int]]
) -> list[frozenset[int]]:
    """Take from each of our texts what stands word for word in another one and not in it.

    Two articles of one proposal often say nearly the same of notice or grievances. Where the employer changed the one
    and left the other, the one left alone must not answer for the one that was changed. What several of our texts say
    in the same words goes back in their order, where as many came back as went out.

    Args:
        texts: our articles, put forward together.
        draft: the draft's provisions.
        offered: for each of our texts, the draft's provisions that may answer it.

    Returns:
        The same with less in it, and what came back unchanged in its own text's at any rate.
    """
    homes, places = defaultdict(list), defaultdict(list)
    for number, text in enumerate(texts):
        for provision in text.provisions:
            homes[_words(provision)].append(number)
    for place, provision in enumerate(draft):
        places[_words(provision)].append(place)
    kept = [set(numbers) for numbers in offered]
    for words, here in homes.items():
        there = places.get(words, [])
        matched = len(here) == len(there)
        for rank, place in enumerate(there):
            own = {here[rank]} if matched else set(here)
            if any(place in numbers for numbers in offered):  # else it is nobody's: the head of a letter, say
                for number, numbers in enumerate(kept):
                    (numbers.add if number in own else numbers.discard)(place)
    return [frozenset(numbers) for numbers in kept]


def _words(provision: Provision) -> str:
    return " ".join(straight(provision.text).split())
