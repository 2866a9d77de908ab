"""Cross-references of the draft that lead nowhere, or no longer to what they meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.analysis.across.crossing import crossing, homes
from app.analysis.across.places import Places
from app.analysis.across.references import Reference, find_references
from app.analysis.across.relocations import answers_of
from app.analysis.across.rules import AcrossRules
from app.analysis.aligning.matching import Match
from app.analysis.results import Move, Span

RULE = "across.dangling_reference"

_CONFIDENCE = 0.75


def dangling(matches: Sequence[Match], ours: Places, theirs: Places, rules: AcrossRules) -> Iterator[Match]:
    """Find references that were whole in our text and lead astray in the draft, and new ones that lead nowhere.

    Args:
        matches: all our provisions with their answers.
        ours: our provisions and their addresses.
        theirs: the draft's.
        rules: what a remedy is.
    """
    went = {k: frozenset(found) for k, found in answers_of(matches, ours, theirs).items()}
    for match in matches:
        for provision in match.draft.provisions:
            references = find_references(provision.text)
            for home in homes(match, provision) if references else ():
                at, number = ours.number(home), theirs.number(provision)
                before = {(each.ordinal, each.items): each for each in find_references(home.text)}
                for reference in references:
                    same = before.get((reference.ordinal, reference.items))
                    meant = ours.resolve(same, at) if same else frozenset()
                    words = ""
                    if theirs.lacks(reference, number):
                        words = "" if same and not meant else _nowhere(reference, number, theirs)
                    elif meant and reference.ordinal.strip("abcdefghijklmnopqrstuvwxyz"):
                        moved = frozenset(k for each in meant for k in went.get(each, ()))
                        words = _elsewhere(reference, number, moved, theirs)
                    if words:
                        ours_said = Span(same.start, same.end, home.text[same.start : same.end]) if same else None
                        said = Span(reference.start, reference.end, provision.text[reference.start : reference.end])
                        family = "remedy_removed" if rules.moved["remedy"].search(home.text) else "scope_narrowed"
                        move = Move(family, RULE, "weaker", "medium", words, ours_said, said)
                        yield crossing(home, provision, move, confidence=_CONFIDENCE)


def _nowhere(reference: Reference, number: int, theirs: Places) -> str:
    here = theirs.label(number)
    return f"{here} refers to {reference.text}, which is not in the draft: what it promises there is empty."


def _elsewhere(reference: Reference, number: int, moved: frozenset[int], theirs: Places) -> str:
    """What a reference leads to now, if that is not what it meant."""
    found = theirs.resolve(reference, number)
    if not found or found & moved:
        return ""
    still = f"{theirs.label(number)} still refers to {reference.text}"
    if moved:
        return f"{still}, but what that meant stands in {theirs.label(min(moved))} now."
    return f"{still}, but what stood there is gone: it leads to something else."
