"""Bookmarks and names of moves. Those that something refers to are numbered anew, the others go."""

from __future__ import annotations

from collections.abc import Sequence

from app.word.table_safe.names import ANCHOR, ID, NAME, Element, elements, remove, unwrap, w


class Places:
    """The bookmarks of one document and what they will be called."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self._defined = {each.get(NAME, "").lower() for root in roots for each in root.iter(w("bookmarkStart"))}
        self._renamed: dict[str, str] = {}

    def rename(self, name: str) -> str | None:
        """The new name of a bookmark that is referred to; None where there is none of that name."""
        key = name.lower()
        if not name or key not in self._defined:
            return None
        return self._renamed.setdefault(key, f"_Ref{len(self._renamed) + 1}")

    def settle_links(self, root: Element) -> None:
        """Let links within the file follow; a link to nowhere becomes plain text."""
        for link in elements(root, "w:hyperlink"):
            place = self.rename(link.get(ANCHOR, ""))
            if place is None:
                unwrap(link)
            else:
                link.set(ANCHOR, place)

    def settle_bookmarks(self, root: Element, done: set[str]) -> None:
        """Rename or remove the bookmarks of one story, once all references are known."""
        kept: set[str] = set()
        for start in elements(root, "w:bookmarkStart"):
            new = self._renamed.get(start.get(NAME, "").lower())
            if new is None or new in done:
                remove(start)
            else:
                done.add(new)
                kept.add(start.get(ID, ""))
                start.set(NAME, new)
        for end in elements(root, "w:bookmarkEnd"):
            if end.get(ID, "") in kept:
                kept.discard(end.get(ID, ""))
            else:
                remove(end)


def number_moves(roots: Sequence[Element]) -> None:
    """Call moves by number; the two ends of one stay together by their name."""
    renamed: dict[str, str] = {}
    for root in roots:
        for start in elements(root, "w:moveFromRangeStart", "w:moveToRangeStart"):
            start.set(NAME, renamed.setdefault(start.get(NAME, ""), f"move{len(renamed) + 1}"))
