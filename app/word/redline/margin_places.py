"""Where headers and footers stand in a Word file: for each section, the part behind every kind of page."""

from __future__ import annotations

from typing import Final

from app.word.names import R_SPACE, SECT_CHANGE, SECT_PR, VAL, Element, w
from app.word.package import Package, is_external

ROOTS: Final = {w("headerReference"): w("hdr"), w("footerReference"): w("ftr")}
"""The root of the part that a reference points to."""
RELATION: Final = f"{{{R_SPACE}}}id"
EVEN: Final = w("evenAndOddHeaders")
_TITLE_PAGE: Final = w("titlePg")
_OFF: Final = frozenset({"0", "false", "off"})

MOST_SECTIONS: Final = 1_000

Place = tuple[str, str]
"""The tag of a reference, and "default", "first" or "even"."""
PLACES: Final = tuple((tag, kind) for tag in ROOTS for kind in ("default", "first", "even"))


def sections_of(package: Package) -> list[Element]:
    """The properties of the sections, first to last."""
    return [each for each in package.root.iter(SECT_PR) if each.getparent().tag != SECT_CHANGE]


def shown(package: Package) -> dict[Element, dict[Place, str]]:
    """For each section, the names of its headers and footers, those of sections before it where it has none.

    Nothing where there are more sections than any agreement has.
    """
    found: dict[Element, dict[Place, str]] = {}
    current: dict[Place, str] = {}
    find = Targets(package)
    sections = sections_of(package)
    for section in sections if len(sections) <= MOST_SECTIONS else ():
        own = {place: find(place, reference(section, place)) for place in PLACES}
        current = current | {place: name for place, name in own.items() if name}
        found[section] = current
    return found


def reference(section: Element, place: Place) -> Element | None:
    """A section's own reference for a place."""
    tag, kind = place
    return next((each for each in section.iterchildren(tag) if each.get(w("type"), "default") == kind), None)


class Targets:
    """Finds the parts that references of a file point to."""

    def __init__(self, package: Package) -> None:
        """Take what the main part refers to now."""
        self._package = package
        self._relations = package.relations(package.main)

    def __call__(self, place: Place, own: Element | None) -> str:
        """The part that a reference points to; "" where it is missing or no header or footer."""
        relation = None if own is None else self._relations.get(own.get(RELATION, ""))
        if relation is None or is_external(relation):
            return ""
        name = self._package.target(self._package.main, relation)
        root = self._package.tree(name)
        return name if root is not None and root.tag == ROOTS[place[0]] else ""


def title_page(section: Element) -> bool:
    """Whether the first page of a section has headers of its own."""
    return is_on(section, _TITLE_PAGE)


def is_on(properties: Element | None, tag: str) -> bool:
    """Whether a switch is there and not turned off."""
    switch = None if properties is None else next(properties.iterchildren(tag), None)
    return switch is not None and switch.get(VAL, "1") not in _OFF
