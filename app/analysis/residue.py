"""Words that differ and that no move rests on: changed, not classified, read it.

The promise behind it: no word that differs between two compared texts is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from app.analysis.aligning.passage import Passage
from app.analysis.results import Move, Residue, Span
from app.text.document import Provision
from app.text.word_diff import diff_words

_GAP = 40
"""Characters between two scraps below which they are listed as one."""


def unexplained(
    library: Passage,
    draft: Passage,
    moves: Sequence[Move],
    *,
    besides: Sequence[tuple[Span | None, Span | None]] = (),
) -> list[Residue]:
    """List the changed words of two passages that no span of a move covers.

    Args:
        library: the union's passage.
        draft: the employer's.
        moves: with spans counted in the two passages' joined texts.
        besides: words of ours and of theirs that a finding of their own tells of, counted likewise.
    """
    ours, theirs = [], []
    for change in diff_words(library.text, draft.text):
        if change.kind != "equal":
            ours.append((change.old_start, change.old_end))
            theirs.append((change.new_start, change.new_end))
    covers = [(library.clip(move.library), draft.clip(move.draft)) for move in moves if _explains(move)]
    left = _without([span for span in ours if span[0] < span[1]], [mine for mine, _ in covers], library.text)
    right = _without([span for span in theirs if span[0] < span[1]], [other for _, other in covers], draft.text)
    return [*_entries(library, left, "library"), *_entries(draft, right, "draft")]


def _explains(move: Move) -> bool:
    """A move that counts neither way, or that no rule stands behind, explains no word."""
    return move.direction != "neutral" and not move.rule.startswith("second_reader")


def whole(provision: Provision, side: Literal["library", "draft"]) -> Residue:
    """A provision without counterpart, listed as it stands."""
    return Residue(side, provision.number, provision.start, provision.end, provision.text)


def _without(spans: list[tuple[int, int]], covers: Sequence[Span | None], text: str) -> list[tuple[int, int]]:
    """Cut the covered parts out; what is left must hold a letter or digit to count."""
    pieces = spans
    for cover in covers:
        if cover is None:
            continue
        cut = []
        for start, end in pieces:
            if cover.end <= start or end <= cover.start:
                cut.append((start, end))
                continue
            cut += [(a, b) for a, b in ((start, cover.start), (cover.end, end)) if a < b]
        pieces = cut
    return [(a, b) for a, b in pieces if any(letter.isalnum() for letter in text[a:b])]


def _entries(passage: Passage, spans: list[tuple[int, int]], side: Literal["library", "draft"]) -> list[Residue]:
    entries = []
    for start, end in spans:
        for provision, offset in zip(passage.provisions, passage.starts, strict=True):
            first, last = max(start, offset), min(end, offset + len(provision.text))
            words = passage.text[first:last] if first < last else ""
            if any(letter.isalnum() for letter in words):
                first += len(words) - len(words.lstrip())
                last -= len(words) - len(words.rstrip())
                shift = provision.start - offset
                entries.append(Residue(side, provision.number, first + shift, last + shift, passage.text[first:last]))
    return _joined(entries, passage)


def _joined(entries: list[Residue], passage: Passage) -> list[Residue]:
    """Scraps of one provision that a few words part are read as one stretch."""
    joined: list[Residue] = []
    for entry in sorted(entries, key=lambda each: each.start):
        last = joined[-1] if joined else None
        home = next(p for p in passage.provisions if p.start <= entry.start and entry.end <= p.end)
        if last and last.start >= home.start and entry.start - last.end <= _GAP:
            words = home.text[last.start - home.start : entry.end - home.start]
            joined[-1] = Residue(entry.side, entry.number, last.start, entry.end, words)
        else:
            joined.append(entry)
    return joined
