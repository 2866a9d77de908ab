"""Headers and footers: paired by section and by the pages that show them, and tracked inside their own parts.

Which header a section has cannot be tracked, only what stands in it. So every section keeps one part for each place,
whose words are the old file's when the changes are rejected and the new file's when they are accepted. A header that
one of the two lacks comes or goes word by word. Where sections share a header in one of the files only, a copy parts
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.word.names import BEFORE_EVEN, Element, w
from app.word.package import Package
from app.word.redline.margin_parts import MarginParts
from app.word.redline.margin_places import (
    EVEN,
    PLACES,
    RELATION,
    ROOTS,
    Place,
    Targets,
    is_on,
    reference,
    sections_of,
    shown,
    title_page,
)
from app.word.redline.marks import Sections

if TYPE_CHECKING:
    from app.word.redline.engine import Redline


class Margins:
    """The headers and footers of the old and the new file."""

    def __init__(self, old: Package, new: Package) -> None:
        """Note what each section of each file shows, before anything is changed."""
        self.old, self.new = old, new
        self._was, self._comes = shown(old), shown(new)
        self._old_even, self._new_even = (is_on(each.tree_of_kind("settings"), EVEN) for each in (old, new))

    def write(self, redline: Redline, sections: Mapping[Element, Sections]) -> None:
        """Track what changes in headers and footers, and let each section refer to its own.

        Args:
            redline: The comparison, its body written already.
            sections: For sections of the redline, their counterparts in the old and the new file.
        """
        if self._was and self._comes and (any(self._was.values()) or any(self._comes.values())):
            _Pass(self, redline).write(sections)

    # What a section shows

    def before(self, section: Element, place: Place) -> str:
        """The part that the old file shows there; "" where there is none."""
        has_own = {"first": title_page(section), "even": self._old_even}.get(place[1], True)
        return self._was[section].get(place if has_own else (place[0], "default"), "")

    def was_seen(self, section: Element, place: Place) -> bool:
        """Whether pages of the old file, in the redline, show that place."""
        return {"first": title_page(section), "even": self.even}.get(place[1], True)

    def after(self, section: Element, place: Place, *, title: bool) -> str | None:
        """The part that the new file shows there; None where no page of the redline will show that place."""
        kind = place[1]
        if (kind == "first" and not title) or (kind == "even" and not self.even):
            return None
        has_own = {"first": title_page(section), "even": self._new_even}.get(kind, True)
        return self._comes[section].get(place if has_own else (place[0], "default"), "")

    def has(self, section: Element) -> bool:
        """Whether a section is the old file's own, untouched."""
        return section in self._was

    @property
    def even(self) -> bool:
        """Whether even pages of the redline have headers of their own: in either file they have."""
        return self._old_even or self._new_even_differs

    @property
    def turns_even_on(self) -> bool:
        """Whether only the new file has them."""
        return not self._old_even and self._new_even_differs

    @property
    def _new_even_differs(self) -> bool:
        return self._new_even and any(
            places.get((tag, "even")) != places.get((tag, "default"))
            for places in self._comes.values()
            for tag in ROOTS
        )


class _Pass:
    """One walk through the sections of the redline, first to last."""

    def __init__(self, margins: Margins, redline: Redline) -> None:
        self._margins = margins
        self._redline = redline
        self._parts = MarginParts(margins.old, margins.new, redline)
        self._target = Targets(margins.old)
        self._rejected: dict[Place, str] = {}  # what the next section inherits when all is rejected, and accepted
        self._accepted: dict[Place, str] = {}

    def write(self, sections: Mapping[Element, Sections]) -> None:
        if self._margins.turns_even_on:
            self._turn_even_on()
        for section in sections_of(self._margins.old):
            was, comes = sections.get(section) or (section if self._margins.has(section) else None, None)
            for place in PLACES:
                self._place(section, place, was, comes)

    def _place(self, section: Element, place: Place, was: Element | None, comes: Element | None) -> None:
        own = reference(section, place)
        here = self._target(place, own)
        wanted = None if comes is None else self._margins.after(comes, place, title=title_page(section))
        inherited = set() if was is None else {self._rejected.get(place, "")}
        if wanted is not None:
            inherited.add(self._accepted.get(place, ""))
            name = self._needed(place, was, wanted, here)
        elif was is not None and self._margins.was_seen(was, place):
            name = self._as_it_was(place, was, here)
        else:
            name = here
        if own is None and (inherited != {name} or self._parts.is_tracked(name)):
            own = self._refer(section, place, name) if name else None
        elif own is not None and name != here:
            own.set(RELATION, self._parts.relation(name))
        if own is not None and was is not None:
            self._rejected[place] = name
        if own is not None and comes is not None:
            self._accepted[place] = name

    def _as_it_was(self, place: Place, was: Element, here: str) -> str:
        """The part that has the old words when rejected, for a place that is not seen any more when accepted."""
        before, now = self._margins.before(was, place), here or self._rejected.get(place, "")
        return now if self._parts.was(now) == before else before or self._parts.blank(place)

    def _needed(self, place: Place, was: Element | None, wanted: str, here: str) -> str:
        """The part that is right both ways."""
        accepted = self._accepted.get(place, "")
        if was is None:
            name = self._parts.that_becomes(place, wanted, accepted)
        else:
            name = self._parts.paired(place, self._margins.before(was, place), wanted)
        if name:
            return name
        unwanted = here or accepted or (was is not None and self._rejected.get(place))
        return self._parts.blank(place) if unwanted else ""

    def _refer(self, section: Element, place: Place, name: str) -> Element:
        attributes = {w("type"): place[1], RELATION: self._parts.relation(name)}
        own = section.makeelement(place[0], attributes, section.nsmap)
        section.insert(sum(each.tag in ROOTS for each in section), own)
        return own

    def _turn_even_on(self) -> None:
        """Where only the new file has headers for even pages, the redline has them: the old words on every page."""
        settings = self._redline.borrowing.part_for("settings", "settings")
        for each in list(settings.iterchildren(EVEN)):
            settings.remove(each)
        place = next((index for index, each in enumerate(settings) if each.tag not in BEFORE_EVEN), len(settings))
        settings.insert(place, settings.makeelement(EVEN, nsmap=settings.nsmap))
