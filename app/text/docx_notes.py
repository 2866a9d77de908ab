"""How footnotes and endnotes are numbered: by the settings of the file, and by a section that says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.text.docx_names import Element, child, short, value, whole
from app.text.docx_number_formats import format_number

_KINDS: Final = ("footnote", "endnote")
_EXCERPT: Final = 80
_MOST: Final = 5
_USUAL: Final = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class _Rule:
    number_format: str
    start: int
    restart: str  # "continuous", "eachSect" or "eachPage"

    def changed_by(self, stated: Element | None) -> _Rule:
        """This rule with what a `w:footnotePr` or `w:endnotePr` says."""
        start = whole(value(stated, "w:numStart"), self.start)
        return _Rule(
            value(stated, "w:numFmt", self.number_format),
            self.start if start is None else start,
            value(stated, "w:numRestart", self.restart),
        )


class NoteNumbers:
    """Counts the notes in the order in which they are referred to, section by section."""

    def __init__(self, root: Element, settings: Element | None) -> None:
        """Look up the sections of the main part."""
        self._general = {
            kind: _Rule(_USUAL[kind], 1, "continuous").changed_by(child(settings, f"w:{kind}Pr")) for kind in _KINDS
        }
        self._sections = [each for each in root.iter("{*}sectPr") if short(each.getparent()) != "w:sectPrChange"]
        self._section = 0
        self._rules = self._of_section()
        self._counts = {kind: rule.start - 1 for kind, rule in self._rules.items()}
        self.by_page = False  # whether a note was met whose number depends on the page that it stands on

    def next(self, kind: str) -> str:
        """The number of the next note."""
        rule = self._rules[kind]
        self._counts[kind] += 1
        self.by_page = self.by_page or rule.restart == "eachPage"
        return format_number(self._counts[kind], rule.number_format)

    def end_section(self) -> None:
        """Go on to the next section."""
        self._section += 1
        self._rules = self._of_section()
        for kind, rule in self._rules.items():
            if rule.restart == "eachSect":
                self._counts[kind] = rule.start - 1

    def _of_section(self) -> dict[str, _Rule]:
        stated = self._sections[self._section] if self._section < len(self._sections) else None
        return {kind: rule.changed_by(child(stated, f"w:{kind}Pr")) for kind, rule in self._general.items()}


def about_notes(unseen: Sequence[str], *, by_page: bool) -> list[str]:
    """Sentences about notes that the text does not refer to, and about numbers that depend on the page."""
    said = []
    if unseen:
        some = "; ".join(f"“{' '.join(text.split())[:_EXCERPT]}”" for text in unseen[:_MOST])
        more = f"; and {len(unseen) - _MOST:,} more" if len(unseen) > _MOST else ""
        said.append(f"Notes without a mark in the text as it now stands were left out ({some}{more}).")
    if by_page:
        said.append(
            "Footnotes are numbered anew on each page, and pages are not known here, so they were numbered through; "
            "see the file in a word processor for their numbers."
        )
    return said
