"""Numbers that come with a style: they stay where the old file means another list by the style of that name.

A style of the new file takes the look that the old file has under its name, as text that is pasted into a document
does. Its number is no look: where a section was "1." it must not become "3.". A paragraph whose style numbers otherwise
in the two files is therefore given its own list directly, before anything is compared.
"""

from __future__ import annotations

from typing import Final

from app.text.docx_numbering import ListDefinitions, ListPosition
from app.text.docx_styles import ListReference, Styles, list_reference
from app.word.names import NUM_ID, PPR, VAL, Element, P, w
from app.word.package import Package
from app.word.redline.borrowing import Borrowing

_NUMBER: Final = w("numPr")
_STYLE: Final = w("pStyle")
_BEFORE: Final = frozenset(
    w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_OUTSIDE: Final = ListPosition(0, 0)
"""What switches the list of a style off."""


def keep_style_numbers(old: Package, new: Package, borrowing: Borrowing) -> None:
    """Give paragraphs of the new file directly the list that they have by a style which numbers otherwise in the old.

    Args:
        old: The file that the redline is written in.
        new: The file whose paragraphs are changed.
        borrowing: What styles and lists of the new file are in the old one.
    """
    numbers = _StyleNumbers(old, new, borrowing)
    if not numbers.matter:
        return
    moved: set[str] = set()
    for paragraph in new.root.iter(P):
        properties = next(paragraph.iterchildren(PPR), None)
        style = None if properties is None else next(properties.iterchildren(_STYLE), None)
        if properties is None or style is None:
            continue
        name = style.get(VAL, "")
        position = numbers.to_keep(name, list_reference(next(properties.iterchildren(_NUMBER), None)))
        if position is not None:
            _number(properties, position)
            moved.add(name)
    _unlink(new, moved)


class _StyleNumbers:
    """What the styles of both files number."""

    def __init__(self, old: Package, new: Package, borrowing: Borrowing) -> None:
        """Read styles and lists of both."""
        self._borrowing = borrowing
        (self._old_styles, self._old_lists), (self._new_styles, self._new_lists) = (_read(each) for each in (old, new))
        self._numbered = _numbered_styles(new)
        self.matter = bool(self._numbered) or bool(_numbered_styles(old))
        self._known: dict[tuple[str, int | None], ListPosition | None] = {}

    def to_keep(self, style: str, direct: ListReference) -> ListPosition | None:
        """The place that a paragraph of this style has to be given; None where it has it in the redline anyway."""
        if direct.num_id is not None:
            return None
        key = style, direct.level
        if key not in self._known:
            self._known[key] = self._find(style, direct)
        return self._known[key]

    def _find(self, style: str, direct: ListReference) -> ListPosition | None:
        resolved = self._new_styles.paragraph(style)
        known = self._known_ancestor(resolved.ids)
        if known is None:
            return None
        wanted = self._new_lists.position(direct, resolved)
        found = self._old_lists.position(direct, self._old_styles.paragraph(known))
        if wanted is None:
            return None if found is None else _OUTSIDE
        if found is not None and found.level == wanted.level:
            same = self._borrowing.same_list(str(found.num_id), str(wanted.num_id))
            return None if same else wanted
        return wanted

    def _known_ancestor(self, chain: tuple[str, ...]) -> str | None:
        """The style of the old file that the number would come from; None where it comes from one that is copied."""
        for each in chain:
            known = self._borrowing.known_style(each)
            if known is not None or each in self._numbered:
                return known
        return None


def _read(package: Package) -> tuple[Styles, ListDefinitions]:
    styles, lists = package.tree_of_kind("styles"), package.tree_of_kind("numbering")
    read = Styles(styles)
    return read, ListDefinitions(lists, read)


def _numbered_styles(package: Package) -> frozenset[str]:
    """The styles that name a list themselves."""
    root = package.tree_of_kind("styles")
    styles = () if root is None else root.iterchildren(w("style"))
    return frozenset(
        each.get(w("styleId"), "") for each in styles if each.find(f"{PPR}/{_NUMBER}/{NUM_ID}") is not None
    )


def _number(properties: Element, position: ListPosition) -> None:
    for each in list(properties.iterchildren(_NUMBER)):
        properties.remove(each)
    number = properties.makeelement(_NUMBER, nsmap=properties.nsmap)
    for tag, value in ((w("ilvl"), position.level), (NUM_ID, position.num_id)):
        number.append(number.makeelement(tag, {VAL: str(value)}, number.nsmap))
    properties.insert(sum(each.tag in _BEFORE for each in properties), number)


def _unlink(new: Package, styles: set[str]) -> None:
    """Let the levels of the new file's lists not claim styles that belong to a list of the old file."""
    root = new.tree_of_kind("numbering")
    for each in [] if root is None else list(root.iter(_STYLE)):
        if each.get(VAL) in styles:
            each.getparent().remove(each)
