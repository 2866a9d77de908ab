"""The names of those who changed or commented something, and whether Word keeps them."""

from __future__ import annotations

from typing import Final

from app.word.names import w
from app.word.package import Package

_PRIVACY: Final = frozenset({w("removePersonalInformation"), w("removeDateAndTime")})


def show_authors(package: Package) -> None:
    """Take the settings out under which Word would replace every author with "Author" on saving."""
    settings = package.tree_of_kind("settings")
    if settings is None:
        return
    for each in list(settings):
        if each.tag in _PRIVACY:
            settings.remove(each)
