"""A remark on our own text, and the line of text that it is made on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.aligning.passage import divided
from app.analysis.lint.rules import LintRules, Rule
from app.analysis.pipeline import Pipeline
from app.analysis.results import Severity
from app.analysis.undertakings import Reading
from app.text.document import Provision

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Remark:
    """One place where our own words promise less than they seem to. Evidence for a negotiator, not a legal conclusion.

    `start` and `end` count like the offsets of the provisions; a remark on the whole text has neither number nor words.
    """

    rule: str
    severity: Severity
    number: str  # of the provision, as a person would cite it
    start: int
    end: int
    text: str
    message: str  # one plain sentence: what is vague, and what it costs workers
    suggestion: str  # what to write instead

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "number": self.number,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "message": self.message,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A provision as one reads it aloud, with what it inherits and what completes it."""

    provision: Provision
    text: str  # lead-in and own words; every white space is one plain space
    own: int  # where the own words begin in `text`
    around: str  # the same with the opening that it stands under, or the items that stand under it
    section: str  # every provision of the same number: "3", "3(a)", "3(b)"
    reading: Reading  # of `text`
    promises: bool  # neither a preamble nor a definition

    @property
    def words(self) -> str:
        """The provision's own words."""
        return self.text[self.own :]

    def remark(self, rule: Rule, start: int, end: int) -> Remark | None:
        """A remark on `text[start:end]`; None where that is all lead-in, which has a line of its own."""
        start = max(start, self.own)
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        end -= len(self.text[start:end]) - len(self.text[start:end].rstrip())
        if start >= end:
            return None
        quoted = self.provision.text[start - self.own : end - self.own]
        shown = " ".join(quoted.split())
        offset = self.provision.start - self.own
        return Remark(
            rule=rule.id,
            severity=rule.severity,
            number=self.provision.number,
            start=start + offset,
            end=end + offset,
            text=quoted,
            message=rule.message.replace("{words}", shown),
            suggestion=rule.suggestion.replace("{words}", shown),
        )


def lines_of(provisions: Sequence[Provision], pipeline: Pipeline) -> tuple[Line, ...]:
    """Read every provision with its lead-in; list openings see their items, and items their opening."""
    parts = divided(provisions)
    texts = [_SPACE.sub(" ", part.full_text) for part in parts]
    around = list(texts)
    for item, opening in enumerate(_openings(parts)):
        if opening is not None:
            around[item] = f"{parts[opening].text} {around[item]}"
            if parts[item].lead_in:
                around[opening] += f" {parts[item].text}"
    sections: dict[tuple[tuple[str, ...], str], str] = defaultdict(str)
    for place, part in enumerate(parts):
        sections[_section_of(part, place)] += f"{part.text} "
    return tuple(
        Line(
            provision=part,
            text=text,
            own=len(text) - len(part.text),
            around=_SPACE.sub(" ", whole),
            section=_SPACE.sub(" ", sections[_section_of(part, place)]),
            reading=pipeline.read(text),
            promises=_promises(part, pipeline.lint),
        )
        for place, (part, text, whole) in enumerate(zip(parts, texts, around, strict=True))
    )


def _section_of(part: Provision, place: int) -> tuple[tuple[str, ...], str]:
    return part.heading_path, part.number.partition("(")[0] or f"#{place}"


def _openings(parts: Sequence[Provision]) -> list[int | None]:
    """For each provision the place of the one that it stands under, if any: "3" for "3(b)"."""
    latest: dict[str, int] = {}
    found: list[int | None] = []
    opening: int | None = None
    for place, part in enumerate(parts):
        above = part.number[: part.number.rindex("(")] if "(" in part.number else ""
        if above in latest and above:
            found.append(latest[above])
        elif part.lead_in and opening is not None and parts[opening].text.endswith(part.lead_in):
            found.append(opening)
        else:
            found.append(None)
        if part.number:
            latest[part.number] = place
        if part.text.endswith((":", "—", "–", "-")):
            opening = place
    return found


def _promises(part: Provision, rules: LintRules) -> bool:
    if rules.preamble_words.search(part.text) or any(rules.preamble.search(each) for each in part.heading_path):
        return False
    return not any(rules.definitions.search(each) for each in (*part.heading_path, part.lead_in))
