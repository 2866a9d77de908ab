"""Several provisions read as one text, with the way back to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from app.analysis.results import Evidence, Span
from app.text.document import Provision

_LONG = 2_500  # characters from which a provision is read sentence by sentence
_ENDLESS = 5_000  # characters at which a sentence is cut all the same
_SENTENCE = re.compile(r"[.!?;][\"”’)]*\s+(?=[\"“(]?[A-Z0-9(])|\n+")


def divided(provisions: Sequence[Provision], *, known: AbstractSet[str] = frozenset()) -> tuple[Provision, ...]:
    """Cut what came as one endless paragraph into sentences; each keeps the number and its place in the text.

    Args:
        provisions: of the draft.
        known: texts of ours, which stay whole where the draft takes them over.
    """
    parts: list[Provision] = []
    for provision in provisions:
        if len(provision.text) < _LONG or provision.text in known:
            parts.append(provision)
            continue
        for start, end in _sentences(provision.text):
            text = provision.text[start:end].rstrip()
            if text:
                first = provision.start + start
                parts.append(replace(provision, text=text, start=first, end=first + len(text), tracked=()))
    return tuple(parts)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences of a long text; one without end is cut at a space, since its cost grows with the square."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        while end - start > _ENDLESS:
            cut = text.rfind(" ", start + _ENDLESS // 2, start + _ENDLESS) + 1 or start + _ENDLESS
            yield start, cut
            start = cut
        if start < end:
            yield start, end
        start = end


@dataclass(frozen=True, slots=True)
class Passage:
    """Provisions joined by line ends; `text` is what the pipeline reads."""

    provisions: tuple[Provision, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, provisions: Sequence[Provision]) -> Passage:
        starts, parts, position = [], [], 0
        for provision in provisions:
            starts.append(position)
            parts.append(provision.text)
            position += len(provision.text) + 1
        return cls(tuple(provisions), "\n".join(parts), tuple(starts))

    def provision_at(self, place: int) -> Provision:
        """The provision that holds the character at `place` of the joined text."""
        number = max(k for k, start in enumerate(self.starts) if start <= place)
        return self.provisions[number]

    def clip(self, span: Span | None) -> Span | None:
        """Cut a span of the joined text off at the end of the provision that it begins in."""
        if span is None:
            return None
        number = max(k for k, start in enumerate(self.starts) if start <= span.start)
        end = min(span.end, self.starts[number] + len(self.provisions[number].text))
        return Span(span.start, end, self.text[span.start : end])

    def locate(self, span: Span | None) -> Span | None:
        """Turn a span of the joined text into one of the source; cut off at the end of its first provision."""
        if span is None:
            return None
        number = max(k for k, start in enumerate(self.starts) if start <= span.start)
        provision = self.provisions[number]
        offset = provision.start - self.starts[number]
        start, end = span.start + offset, min(span.end + offset, provision.end)
        return Span(start, end, provision.text[start - provision.start : end - provision.start])

    def cut(self, start: int, end: int) -> Provision:
        """Words of one provision as a provision of their own; places count in the joined text."""
        home = self.provision_at(start)
        shift = home.start - self.starts[self.provisions.index(home)]
        return replace(home, text=self.text[start:end], start=start + shift, end=end + shift, lead_in="", tracked=())

    def evidence(self, span: Span | None = None) -> Evidence | None:
        """Quote the provision around `span`, or the first one."""
        if not self.provisions:
            return None
        provision = self.provision_at(span.start) if span else self.provisions[0]
        return Evidence(provision.number, provision.start, provision.end, provision.text)
