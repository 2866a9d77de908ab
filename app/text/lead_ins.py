"""The words that the items of a list inherit from its opening: "The Employer shall:"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LONGEST = 3_000  # characters; more is no opening, and each item would carry it
_COLON = re.compile(r"(?::|[-–—])\s*[\"”]?$")
_SENTENCE_END = re.compile(r"[.?!][\"”)]?\s+(?=[\"“(]?[A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|no|nos|art|sec|st|mr|ms|mrs|dr|inc|co|vs|cf|u\.s)|\b[A-Z])\.$", re.IGNORECASE
)


def opens_list(text: str, *, followed: bool) -> bool:
    """Whether a provision is the opening of the list that follows it.

    Args:
        text: The provision.
        followed: Whether the first item of a list stands right after it; then a missing full stop is enough.
    """
    if len(text) > _LONGEST and len(last_sentence(text)) > _LONGEST:
        return False
    if _COLON.search(text):
        return True
    return followed and text[-1:] not in (".", ";", "!", "?", "”", '"')


def last_sentence(text: str) -> str:
    """The last sentence of a provision: the part that the items of its list complete."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[max(0, match.start() - 6) : match.start() + 1]):
            start = match.end()
    return text[start:]


@dataclass
class LeadIns:
    """What unnumbered openings hand down, at one place of a text."""

    pending: str | None = None  # an unnumbered opening right before, whose numbered items may follow
    bullets: dict[int, str] = field(default_factory=dict)  # by depth of the bullets that inherit it
    running: str = ""  # inherited by unnumbered items: "the vendor;"

    def close(self) -> None:
        """Nothing is handed down any more."""
        self.pending = None
        self.bullets.clear()
        self.running = ""

    def compose(self, inherited: str, text: str) -> str:
        """The lead-in for items beneath a provision that has a lead-in itself."""
        sentence = last_sentence(text)
        return f"{inherited} {sentence}" if inherited and sentence == text else sentence

    def numbered(self, lead: str) -> None:
        """A numbered provision was read; `lead` is what it hands down, "" if it opens no list."""
        self.close()
        if lead:
            self.bullets[0] = lead
            self.running = lead

    def take(self) -> str | None:
        """The pending opening, for the numbered item that follows it."""
        pending, self.pending = self.pending, None
        return pending

    def unnumbered(self, text: str, bullet: int | None, *, followed: bool) -> str:
        """The lead-in of an unnumbered paragraph or bullet; remembers what it hands down itself."""
        self.pending = None
        if bullet is not None:
            lead_in = next((self.bullets[depth] for depth in range(bullet, -1, -1) if depth in self.bullets), "")
            for depth in [depth for depth in self.bullets if depth > bullet]:
                del self.bullets[depth]
            if opens_list(text, followed=False):
                self.bullets[bullet + 1] = self.compose(lead_in, text)
                self.pending = self.bullets[bullet + 1]
            return lead_in
        if self.running and text[:1].islower():
            return self.running
        self.close()
        if opens_list(text, followed=followed):
            lead = last_sentence(text)
            self.pending = self.running = self.bullets[0] = lead
        return ""
