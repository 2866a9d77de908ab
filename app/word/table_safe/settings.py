"""Settings and theme: how the document is laid out and coloured, not how it came about."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from lxml import etree

from app.word.table_safe.names import NAMESPACES, Element, elements, full, remove, w

_PRIVACY: Final = ("removePersonalInformation", "removeDateAndTime")
_TRACKING: Final = ("trackRevisions", "doNotTrackMoves", "doNotTrackFormatting")
_BEFORE_PRIVACY: Final = ("writeProtection", "view", "zoom")


def settle_settings(settings: Element | None, *, tracked: bool, notes: frozenset[str]) -> Element:
    """The settings to write.

    Args:
        settings: Those of the received file; a bare part where it has none.
        tracked: Whether tracked changes stay. Word replaces their authors when personal information is to be removed.
        notes: Which of "footnotes" and "endnotes" the written file has.
    """
    if settings is None or settings.tag != w("settings"):
        settings = etree.Element(w("settings"), nsmap={"w": NAMESPACES["w"]})
    for name in (*_PRIVACY, *(() if tracked else _TRACKING)):
        for element in settings.findall(w(name)):
            remove(element)
    for kind in ("footnote", "endnote"):
        for properties in settings.findall(w(f"{kind}Pr")):
            if f"{kind}s" not in notes:
                remove(properties)
    if not tracked:
        before = {w(name) for name in _BEFORE_PRIVACY}
        position = sum(1 for _ in takewhile(lambda each: each.tag in before, settings))
        for offset, name in enumerate(_PRIVACY):
            settings.insert(position + offset, settings.makeelement(w(name)))
    return settings


def settle_theme(theme: Element) -> None:
    """Let the theme keep its colours and fonts under the name that everybody's has."""
    for element in elements(theme, "a:clrScheme", "a:fontScheme", "a:fmtScheme"):
        element.set("name", "Office")
    theme.set("name", "Office")
    for font in elements(theme, "a:font"):  # for scripts that no letter of the text may have: unseen names
        remove(font)
    for fill in elements(theme, "a:blipFill"):
        fill.tag = full("a:noFill")
        for child in list(fill):
            fill.remove(child)
        for name in list(fill.attrib):
            del fill.attrib[name]
