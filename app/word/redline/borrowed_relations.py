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
            same = (
                key
                for key, each in self._old.relations(holder).items()
                if each.get("Type") == kind and meaning_of(self._old, holder, each) == meaning
            )
            self._known[place] = next(same, "") or self._copy(source, holder, relation)
        return self._known[place]

    def _copy(self, source: str, holder: str, relation: Element) -> str:
        target, kind = self._new.target(source, relation), relation.get("Type", "")
        if is_external(relation) or not self._new.has(target):
            return self._old.relate(holder, kind, target, external=is_external(relation))
        if target not in self._parts:
            name = self._old.add(target, self._new.read(target), self._new.content_type(target))
            self._parts[target] = name
            for key, each in self._new.relations(target).items():
                inner = self._copy(target, name, each)
                if inner != key:
                    self._old.relations(name)[inner].set("Id", key)
        return self._old.relate(holder, kind, self._parts[target])
