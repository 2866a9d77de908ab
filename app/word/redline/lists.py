"""The automatic lists that a file defines, told apart by their levels and not by their ids."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from app.word.names import NUM_ID, VAL, Element, w
from app.word.package import Package
from app.word.redline.ids import highest
from app.word.redline.keys import Keys

_NOISE: Final = frozenset({w("nsid"), w("tmpl"), w("name")})
"""What names a definition and says nothing about its levels."""
_ABSTRACT_ID: Final = w("abstractNumId")


class Lists:
    """The lists of one file."""

    def __init__(self, package: Package, keys: Keys) -> None:
        """Read the definitions; `keys` says what is in them."""
        root = package.tree_of_kind("numbering")
        children = list(root) if root is not None else []
        self.nums: dict[str, Element] = {each.get(NUM_ID, ""): each for each in children if each.tag == w("num")}
        self._abstract: dict[str, Element] = {
            each.get(_ABSTRACT_ID, ""): each for each in children if each.tag == w("abstractNum")
        }
        self._keys = keys
        self._known: dict[str, str] = {}
        self._last_num = highest(self.nums)
        self._last_abstract = highest(self._abstract)

    def definition(self, num_id: str) -> tuple[Element, Element]:
        """The list and what it is an instance of."""
        num = self.nums[num_id]
        pointer = next(num.iterchildren(_ABSTRACT_ID), None)
        abstract = self._abstract.get(pointer.get(VAL, "") if pointer is not None else "")
        return num, abstract if abstract is not None else num.makeelement(w("abstractNum"), nsmap=num.nsmap)

    def key(self, num_id: str) -> str:
        """What the levels of a list are, whatever it is called."""
        if num_id not in self._known:
            num, abstract = self.definition(num_id)
            parts = [each for each in abstract if each.tag not in _NOISE]
            parts += [each for each in num if each.tag == w("lvlOverride")]
            self._known[num_id] = "".join(self._keys.whole(each) for each in parts)
        return self._known[num_id]

    def next_num(self) -> str:
        """A free id for a list."""
        self._last_num += 1
        return str(self._last_num)

    def add(self, numbering: Element, num_id: str, definition: tuple[Element, Element]) -> Element:
        """Write a list of another file among those of this one.

        Args:
            numbering: The root of this file's part for lists.
            num_id: The id that it gets here, by `next_num`.
            definition: The list and what it is an instance of; both are copied.

        Returns:
            The copy of what it is an instance of.
        """
        num, abstract = (deepcopy(each) for each in definition)
        for each in (num, abstract):
            for noise in [child for child in each if child.tag in _NOISE]:
                each.remove(noise)
        self._last_abstract += 1
        abstract.set(_ABSTRACT_ID, str(self._last_abstract))
        num.set(NUM_ID, num_id)
        for pointer in num.iterchildren(_ABSTRACT_ID):
            pointer.set(VAL, str(self._last_abstract))
        _put_behind(numbering, abstract, otherwise=0)
        _put_behind(numbering, num, otherwise=len(numbering))
        return abstract


def _put_behind(numbering: Element, element: Element, *, otherwise: int) -> None:
    """Insert an element behind the last one of its kind."""
    places = [index for index, each in enumerate(numbering) if each.tag == element.tag]
    numbering.insert(places[-1] + 1 if places else otherwise, element)
