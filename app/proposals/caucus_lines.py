"""What a comment of the caucus says: of a finding, of a note, of what we may fall back to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.results import Evidence, Protection, Span
from app.proposals.report_content import CLOSING, MOVES_LABEL, Entry, found_in
from app.proposals.views import FindingView
from app.text.document import Provision
from app.word.caucus_mark import FALLBACK_LABEL, LOSS_LABEL, NOTE_LABEL
from app.word.commenting import Line, Remark

EVIDENCE_NOTE = CLOSING
"""That it is evidence and no legal advice, as in the report."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and where the words that it rests on stand in the document."""

    start: int
    end: int
    entry: Entry
    view: FindingView


_DECISIONS = {"agreed": "Agreed", "dismissed": "Dismissed", "open": "Still to decide"}
_MARKDOWN = re.compile(r"\*\*|`|(?<!\w)_|_(?!\w)")


def finding_remarks(found: Sequence[Found], *, quote: str, source: str = "") -> list[Remark]:
    """Findings as comments; those that say the same of the same words are one comment.

    Args:
        found: The findings with their places.
        quote: The side whose words stand in the comment, "Union" or "Employer"; the other's are those that it is
            anchored at.
        source: Which comparison it comes from, where the document does not say.
    """
    groups: dict[tuple[int, int, str, str], list[Found]] = {}
    for each in found:
        groups.setdefault((each.start, each.end, each.entry.word, each.entry.explanation), []).append(each)
    return [Remark(start, end, _group_lines(group, quote, source)) for (start, end, _, _), group in groups.items()]


def _group_lines(group: Sequence[Found], quote: str, source: str) -> tuple[Line, ...]:
    first = group[0].entry
    lines = [Line(f"{each.entry.subject}.", f"{each.entry.sign} {each.entry.word}:") for each in group]
    lines += [Line(source)] if source else []
    lines.append(Line(" ".join(words for words in (first.explanation, first.unsure) if words)))
    for each in group:
        entry = each.entry
        for quotation in entry.quotations:
            if quotation.side == quote:
                words = "".join(text for text, _ in quotation.stretches)
                about = f", {entry.source}" if quote == "Union" and entry.source else ""
                lines.append(Line(f"“{words}”", f"{quotation.side} {quotation.number}".rstrip() + f"{about}:"))
        lines += [Line(reason, "Also:") for reason in entry.reasons]
        lines += [Line(f"{move}.", MOVES_LABEL) for move in ("; ".join(entry.moves),) if move]
        lines += [Line(entry.suggestion, "Propose instead:")] if entry.suggestion else []
        lines += review_lines(each.view)
    return tuple(dict.fromkeys(lines))


def review_lines(view: FindingView) -> Iterator[Line]:
    """The latest decision with its note; an undecided finding without a note says nothing."""
    if view.decision != "open" or view.note:
        by = f" by {view.reviews[0].person}" if view.reviews else ""
        decision = f"{_DECISIONS.get(view.decision, view.decision)}{by}"
        yield Line(view.note, f"{decision}:") if view.note else Line("", f"{decision}.")


def note_lines(note: str) -> tuple[Line, ...]:
    """A note that somebody wrote for the caucus."""
    return (Line(note, NOTE_LABEL),)


def protection_lines(protections: Sequence[Protection]) -> tuple[Line, ...]:
    """What some words give workers."""
    return tuple(Line(f"{each.label} ({each.id}, {each.weight}).", "Protects:") for each in protections)


def fallback_lines(position: str, fallback: Sequence[Provision], given_up: Sequence[Protection]) -> tuple[Line, ...]:
    """The next weaker position, word for word, and what it does without."""
    head = Line("", f"{FALLBACK_LABEL} ({position} position):")
    words = [Line(each.text, each.number) for each in fallback]
    loss = [Line("; ".join(f"{each.label} ({each.id}, {each.weight})" for each in given_up) + ".", LOSS_LABEL)]
    return (head, *words, *(loss if given_up else ()))


def rationale_lines(why: str) -> tuple[Line, ...]:
    """Why a clause matters, in the words of the library."""
    paragraphs = _paragraphs(why)
    return tuple(Line(each, "Why it matters:" if index == 0 else "") for index, each in enumerate(paragraphs))


def argument_lines(arguments: Sequence[tuple[str, str]]) -> tuple[Line, ...]:
    """What the employer will say, and what we answer."""
    lines: list[Line] = []
    for says, answer in arguments:
        lines += [Line(_plain(says), "They will say:"), Line(_plain(answer), "We answer:")]
    return tuple(lines)


def words_of(evidence: Evidence, spans: Sequence[Span | None]) -> tuple[int, int]:
    """From the first to the last word that a finding rests on, counted in the evidence; all where none is named."""
    found = [place for span in spans if span for place in found_in(evidence, span)]
    if not found:
        return 0, len(evidence.text)
    return min(start for start, _ in found), max(end for _, end in found)


def _paragraphs(source: str) -> list[str]:
    return [_plain(each) for each in source.split("\n\n") if each.strip()]


def _plain(source: str) -> str:
    return " ".join(_MARKDOWN.sub("", source).split())
