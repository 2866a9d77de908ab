"""Words that no ladder explains: items gone from a list, limits squeezed in.

Runs last and looks only at words that no other move rests on. What it cannot name stays in the residue.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from app.analysis.concepts import Concept
from app.analysis.pipeline import Pipeline
from app.analysis.results import Move, Span
from app.analysis.undertakings import Reading
from app.text.word_diff import diff_words

_LIMITING = re.compile(
    r"^\W*(?:and |or |but |only |, )*(?:where|when|if|in|for|that|which|who|by|provided|during|subject|of|with|within|on|as|once|upon|to the|at|under|arising|after|from|directly (?:affect|caus|result|relat|attribut)\w+|such as|and that)\b",
    re.I,
)
_NO_LIMIT = re.compile(
    r"^\W*(?:and|or) (?!(?:only|where|when|if|once|provided|subject|upon|during|within|in which|in the|as)\b)"  # one more
    r"|\b(?:shall|must|will) (?:not )?(?:also |then )?[a-z]+"  # a duty of its own
    r"|\b(?:interest|copy|hearing|plain (?:words|language)|paid time|at no charge|at the employer['’]s|independent|each|own)\b",
    re.I,
)
"""What is squeezed in and adds to a promise: a further item, a further duty, something that workers get."""
_OWN_CHOICE = re.compile(
    r"\b(?:employee|worker|member|union|guild)(?:s?[’']s?)? (?:own |sole )*(?:discretion|option|choice)\b"
    r"|\b(?:discretion|option|choice) of (?:the |an |each )?(?:employee|worker|member|union|guild)\b",
    re.I,
)  # the choice of workers is no limit on them (PRECEDENTS d.10)
_LISTED = re.compile(r"^\s*(?:,|;|\band\b|\bor\b)", re.I)
_LIST_END = re.compile(r"(?:,|;|\band|\bor)\s*$", re.I)


def word_moves(library: Reading, draft: Reading, pipeline: Pipeline, moves: list[Move]) -> list[Move]:
    """Name dropped list items, dropped content and squeezed-in limits."""
    ours, theirs = _words(library, pipeline), _words(draft, pipeline)
    names_ours, names_theirs = {c.name for c in ours}, {c.name for c in theirs}
    lost = [c for c in ours if c.name not in names_theirs and not _explained(c, [m.library for m in moves])]
    gained = [c for c in theirs if c.name not in names_ours and not _explained(c, [m.draft for m in moves])]
    if not ours or not theirs:
        return []
    shared = len(names_ours & names_theirs) / max(1, len(names_ours))
    found: list[Move] = []
    if lost and len(gained) <= len(lost) + 2 and _both_define(library, draft):
        span = _cover(lost, library.text)
        text = f"The definition no longer says “{span.text}”: what it does not say is not covered."
        return [Move("definition_narrowed", "definition.element_dropped", "weaker", "medium", text, span, None)]
    near_copy = shared >= 0.55
    items = [c for c in lost if _in_list(c, library.text)] if near_copy else []
    if items and len(gained) <= len(lost):
        span = _cover(items, library.text)
        text = f"The list is shorter: “{span.text}” is gone, and what is not on the list is not covered."
        found.append(Move("scope_narrowed", "words.list_item_dropped", "weaker", "medium", text, span, None))
    elif lost and (near_copy or not gained) and len(gained) < len(lost):
        span = _cover(lost, library.text)
        text = f"The draft leaves out “{span.text}”: what the text does not say, you cannot claim."
        if len(lost) == 1:
            text = f"“{span.text}” is not in the draft any more. We are unsure what you lose by that: read both."
        found.append(
            Move("scope_narrowed", "words.dropped", "weaker", "medium" if len(lost) > 1 else "low", text, span, None)
        )
    if near_copy and gained and len(lost) <= len(gained):
        limit = _squeezed_in(library.text, draft.text, gained)
        if limit:
            text = f"“{limit.text}” is new and limits what was promised: beyond it you have no claim."
            found.append(Move("carve_out_exception", "words.limit_added", "weaker", "medium", text, None, limit))
    if not found and not moves and lost and gained and shared >= 0.6 and _same_order(ours, theirs):
        span, new = _cover(lost, library.text), _cover(gained, draft.text)
        text = f"“{span.text}” became “{new.text}”. We are unsure what that does: read both."
        found.append(Move("scope_narrowed", "words.replaced", "weaker", "low", text, span, new))
    return found


def _both_define(library: Reading, draft: Reading) -> bool:
    return any(u.defines for u in library.undertakings) and any(u.defines for u in draft.undertakings)


def _words(reading: Reading, pipeline: Pipeline) -> list[Concept]:
    """The concepts of a text, figures left out: numbers are compared as numbers."""
    figures = {place for quantity in reading.quantities for place in range(quantity.start, quantity.end)}
    return [concept for concept in pipeline.concepts.read(reading.text) if concept.start not in figures]


def _same_order(ours: list[Concept], theirs: list[Concept]) -> bool:
    """Whether the draft keeps the sentence and swaps words, rather than rewording the whole."""
    return SequenceMatcher(None, [c.name for c in ours], [c.name for c in theirs], autojunk=False).ratio() >= 0.7


def _explained(concept: Concept, spans: list[Span | None]) -> bool:
    return any(span and span.start <= concept.start < span.end for span in spans)


def _in_list(concept: Concept, text: str) -> bool:
    return bool(
        _LISTED.match(text[concept.end : concept.end + 8])
        or _LIST_END.search(text[max(0, concept.start - 6) : concept.start])
    )


def _cover(concepts: list[Concept], text: str) -> Span:
    """The longest run of neighbouring concepts, as one quotation."""
    runs: list[list[Concept]] = [[concepts[0]]]
    for concept in concepts[1:]:
        if concept.start - runs[-1][-1].end <= 25:
            runs[-1].append(concept)
        else:
            runs.append([concept])
    longest = max(runs, key=len)
    return Span(longest[0].start, longest[-1].end, text[longest[0].start : longest[-1].end])


def _squeezed_in(ours: str, theirs: str, gained: list[Concept]) -> Span | None:
    """A stretch that is only inserted, opens like a limit, and brings something new."""
    for change in diff_words(ours, theirs):
        if change.kind not in {"insert", "replace"}:
            continue
        words = theirs[change.new_start : change.new_end]
        new = [c for c in gained if change.new_start <= c.start < change.new_end]
        replaced = ours[change.old_start : change.old_end]
        if (
            len(new) >= 2
            and _LIMITING.match(words)
            and len(replaced) < len(words) / 2
            and not _OWN_CHOICE.search(words)
            and not _NO_LIMIT.search(words)
        ):
            start = change.new_start + len(words) - len(words.lstrip(" ,"))
            end = change.new_start + len(words.rstrip())
            return Span(start, end, theirs[start:end])
    return None
