"""Pictures, addresses and other parts that content of the new file refers to, brought into the old file."""

from __future__ import annotations

from app.word.names import Element
from app.word.package import Package, is_external
from app.word.redline.meanings import meaning_of


class BorrowedRelations:
    """Relations of the new file in the old one: those that are there already are used, the others copied once."""

    def __init__(self, old: Package, new: Package) -> None:
        """Prepare to copy from one package into the other."""
        self._old = old
        self._new = new
        self._known: dict[tuple[str, str, str], str] = {}  # by part of the new file, part of the old one, id in the new
        self._meanings: dict[str, dict[tuple[str, str], str]] = {}
        self._parts: dict[str, str] = {}  # copied parts by their name in the new file

    def bring(self, relation_id: str, meaning: str, *, source: str, holder: str) -> str:
        """The id in the old file for what an id of the new one points to.

        Args:
            relation_id: The id in the new file; one that points to nothing stays as it is.
            meaning: What it points to, as `meaning_of` tells it.
            source: The part of the new file whose relation it is.
            holder: The part of the old file that is to refer to the same.
        """
        place = source, holder, relation_id
        if place not in self._known:
            relation = self._new.relations(source).get(relation_id)
            if relation is None:
                return relation_id
            kind = relation.get("Type", "")
            there = self._there(holder)
            if (kind, meaning) not in there:
                there[kind, meaning] = self._copy(source, holder, relation)
            self._known[place] = there[kind, meaning]
        return self._known[place]

    def _there(self, holder: str) -> dict[tuple[str, str], str]:
        """The ids under which a part of the old file refers to something, by the kind and the meaning of that."""
        if holder not in self._meanings:
            found = self._meanings.setdefault(holder, {})
            for key, each in self._old.relations(holder).items():
                found.setdefault((each.get("Type", ""), meaning_of(self._old, holder, each)), key)
        return self._meanings[holder]

    def _copy(self, source: str, holder: str, relation: Element, wanted: str = "") -> str:
        target, kind = self._new.target(source, relation), relation.get("Type", "")
        if is_external(relation) or not self._new.has(target):
            return self._old.relate(holder, kind, target, external=is_external(relation), wanted=wanted)
        if target not in self._parts:
            name = self._old.add(target, self._new.read(target), self._new.content_type(target))
            self._parts[target] = name
            for key, each in self._new.relations(target).items():
                self._copy(target, name, each, wanted=key)
        return self._old.relate(holder, kind, self._parts[target], wanted=wanted)
