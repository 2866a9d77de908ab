"""Scores of whole counter-offers: what became of each change that is known to be in them.

A change or a harmless rewording is given by its words in the union's text, in the employer's, or in both. The words
are looked for in the texts as read, so that what reading loses counts against the comparison too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.analysis.aligning.passage import Passage
from app.analysis.evaluation.figures import Share
from app.analysis.results import Comparison, Evidence, Finding, Move, Residue, Span
from app.text.document import Document, Provision

Fate = Literal["named", "found", "reversed", "listed", "lost"]
"""Named: a finding is there and names one of the right families. Reversed: a gain that is reported as a loss,
or a loss as a gain. Listed: only as changed and not classified."""

_ECHO = "across.definition"
_LOSSES = ("contradicted", "weakened", "missing", "added")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a text, half-open."""

    start: int
    end: int

    def meets(self, other: Span | Evidence | Residue | Provision | Place | None) -> bool:
        return other is not None and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Change:
    """A planted change or a control, located. Controls name no families."""

    id: str
    ours: Place | None  # in the union's text; None where the words are new
    theirs: Place | None  # in the employer's; None where they are gone
    families: tuple[str, ...] = ()
    gain: bool = False
    unread: bool = False  # whether its words were not found in a text as read


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one change."""

    change: Change
    fate: Fate
    pointed: bool  # whether the very words are pointed at, not only their paragraph
    aligned: bool | None  # whether both provisions were compared with each other; None where one side has no words


@dataclass(frozen=True, slots=True)
class Control:
    """What was said of a harmless rewording."""

    change: Change
    alone: bool  # whether no planted change stands in the same provision
    flagged: bool  # alone, and reported as a loss
    pointed: bool  # a loss is said to lie in these very words
    aligned: bool | None


@dataclass(frozen=True, slots=True)
class DocumentJudged:
    """One counter-offer."""

    name: str
    form: str
    planted: tuple[Judged, ...]
    controls: tuple[Control, ...]
    losses: int  # findings that report a loss
    grounded: int  # those of them that rest on a planted change


def locate(document: Document, quote: str) -> Place | None:
    """Find quoted words in a text as read; white space, marks and case are left out of account.

    Where the words occur twice, as in a grid, those in a provision are meant.
    """
    wanted = "".join(letter for letter in quote.casefold() if letter.isalnum())
    letters = [(place, letter) for place, each in enumerate(document.text) for letter in each.casefold()]
    letters = [(place, letter) for place, letter in letters if letter.isalnum()]
    text = "".join(letter for _, letter in letters)
    found = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(Place(letters[at][0], letters[at + len(wanted) - 1][0] + 1))
        at = text.find(wanted, at + 1)
    read = [place for place in found if any(place.meets(provision) for provision in document.provisions)]
    return next(iter(read or found), None)


def change_of(entry: dict[str, Any], ours: Document, theirs: Document) -> Change:
    """Locate one entry of `changes.toml`."""
    union, counter = entry.get("union_quote", ""), entry.get("counter_quote", "")
    mine, other = locate(ours, union), locate(theirs, counter)
    return Change(
        id=entry["id"],
        ours=mine,
        theirs=other,
        families=tuple(entry.get("families", ())),
        gain=entry.get("direction") == "stronger",
        unread=bool((union and mine is None) or (counter and other is None)),
    )


def judge_document(
    comparison: Comparison,
    pairings: Sequence[tuple[Passage, Passage]],
    planted: Sequence[Change],
    controls: Sequence[Change],
    *,
    name: str,
    form: str,
    provisions: tuple[Sequence[Provision], Sequence[Provision]],
) -> DocumentJudged:
    """Say what became of every change, and which controls were taken for losses.

    Args:
        comparison: of the two texts.
        pairings: the provisions that were compared with each other.
        planted: changes that a reviewer should see.
        controls: harmless rewordings.
        name: of the document.
        form: of the employer's file.
        provisions: of the union's text, and of the employer's.
    """
    comparison = _without_echoes(comparison)
    losses = [finding for finding in comparison.findings if finding.status in _LOSSES and _quotes(finding)]
    return DocumentJudged(
        name=name,
        form=form,
        planted=tuple(
            Judged(each, _fate(each, comparison), _pointed(each, comparison), _aligned(each, pairings))
            for each in planted
        ),
        controls=tuple(_control(each, comparison, planted, pairings, provisions) for each in controls),
        losses=len(losses),
        grounded=sum(any(_rests_on(finding, each) for each in planted) for finding in losses),
    )


def _without_echoes(comparison: Comparison) -> Comparison:
    """The comparison without what a changed definition does to every provision that uses the term.

    Such a move is right wherever the term stands, so it says nothing of the words around it.
    """
    return replace(comparison, findings=tuple(map(_without_echo, comparison.findings)))


def _without_echo(finding: Finding) -> Finding:
    moves = tuple(move for move in finding.moves if not move.rule.startswith(_ECHO))
    grave = any(move.direction == "weaker" and move.severity != "low" for move in moves)
    if len(moves) == len(finding.moves) or grave or finding.status not in _LOSSES:
        return replace(finding, moves=moves)
    gain = any(move.direction == "stronger" for move in moves)
    return replace(finding, moves=moves, status="strengthened" if gain else "kept")


def _quotes(finding: Finding) -> bool:
    return finding.library is not None or finding.draft is not None


def _rests_on(finding: Finding, change: Change) -> bool:
    """Whether a finding quotes the provision or points at the words that a change stands in."""
    ours = [finding.library, *(move.library for move in finding.moves)]
    theirs = [finding.draft, *(move.draft for move in finding.moves)]
    return _meets(change.ours, ours) or _meets(change.theirs, theirs)


def _meets(place: Place | None, spans: Iterable[Span | Evidence | None]) -> bool:
    return place is not None and any(place.meets(span) for span in spans)


def _points_at(move: Move, change: Change) -> bool:
    return _meets(change.ours, [move.library]) or _meets(change.theirs, [move.draft])


def _fate(change: Change, comparison: Comparison) -> Fate:
    found = [finding for finding in comparison.findings if _speaks_of(finding, change)]
    if any(_names(finding, change) for finding in found):
        return "named"
    if found:
        return "found"
    if any(_mistakes(finding, change) for finding in comparison.findings):
        return "reversed"
    ours = [entry for entry in comparison.residue if entry.side == "library"]
    theirs = [entry for entry in comparison.residue if entry.side == "draft"]
    listed = any(change.ours.meets(entry) for entry in ours) if change.ours else False
    listed = listed or (any(change.theirs.meets(entry) for entry in theirs) if change.theirs else False)
    return "listed" if listed else "lost"


def _speaks_of(finding: Finding, change: Change) -> bool:
    if not change.gain:
        return finding.status in _LOSSES and _rests_on(finding, change)
    gains = [move for move in finding.moves if move.direction == "stronger"]
    if finding.status == "strengthened":
        return _rests_on(finding, change)
    return any(_points_at(move, change) for move in gains)


def _mistakes(finding: Finding, change: Change) -> bool:
    """Whether a finding takes a gain for a loss, or a loss for a gain."""
    taken, direction = (_LOSSES, "weaker") if change.gain else (("strengthened",), "stronger")
    return finding.status in taken and any(
        move.direction == direction and _points_at(move, change) for move in finding.moves
    )


def _names(finding: Finding, change: Change) -> bool:
    direction = "stronger" if change.gain else "weaker"
    families = {move.family for move in finding.moves if move.direction == direction}
    return finding.status in change.families or bool(families.intersection(change.families))


def _pointed(change: Change, comparison: Comparison) -> bool:
    direction = "stronger" if change.gain else "weaker"
    return any(
        (finding.status in ("missing", "added") and not change.gain and _rests_on(finding, change))
        or any(move.direction == direction and _points_at(move, change) for move in finding.moves)
        for finding in comparison.findings
    )


def _control(
    control: Change,
    comparison: Comparison,
    planted: Sequence[Change],
    pairings: Sequence[tuple[Passage, Passage]],
    provisions: tuple[Sequence[Provision], Sequence[Provision]],
) -> Control:
    ours, theirs = (
        [each for each in side if place is not None and place.meets(each)]
        for side, place in zip(provisions, (control.ours, control.theirs), strict=True)
    )
    alone = not any(
        any(each.ours.meets(home) for home in ours if each.ours)
        or any(each.theirs.meets(home) for home in theirs if each.theirs)
        for each in planted
    )
    losing = [finding for finding in comparison.findings if finding.status in _LOSSES]
    pointed = any(
        move.direction == "weaker" and _points_at(move, control) and not any(_points_at(move, each) for each in planted)
        for finding in losing
        for move in finding.moves
    )
    return Control(
        change=control,
        alone=alone,
        flagged=alone and any(_rests_on(finding, control) for finding in losing),
        pointed=pointed,
        aligned=_aligned(control, pairings),
    )


def _aligned(change: Change, pairings: Sequence[tuple[Passage, Passage]]) -> bool | None:
    ours, theirs = change.ours, change.theirs
    if ours is None or theirs is None:
        return None
    return any(
        any(ours.meets(each) for each in library.provisions) and any(theirs.meets(each) for each in draft.provisions)
        for library, draft in pairings
    )


# Scores


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """What a set of counter-offers says about the comparison as a whole."""

    split: str
    documents: tuple[DocumentJudged, ...]

    @property
    def shares(self) -> dict[str, Share]:
        """Every figure over all documents, by name."""
        return shares_of(self.documents)

    @property
    def lost(self) -> int:
        """Losses and gains that neither a finding nor the residue shows."""
        return sum(judged.fate == "lost" for document in self.documents for judged in document.planted)

    def as_json(self) -> dict[str, Any]:
        return {
            "split": self.split,
            "all": _shares_as_json(self.documents),
            "documents": [
                {"name": document.name, "form": document.form, **_shares_as_json([document])}
                for document in self.documents
            ],
        }

    def lines(self) -> list[str]:
        """The figures as a person reads them."""
        planted = sum(len(document.planted) for document in self.documents)
        controls = sum(len(document.controls) for document in self.documents)
        found = [f"Whole documents, {self.split}: {len(self.documents)} with {planted} changes, {controls} controls"]
        for title, share in self.shares.items():
            low, high = share.interval
            found.append(f"  {title:<44}{share.value:6.1%}  ({low:.1%} to {high:.1%}; {share.hits} of {share.of})")
        found += ["", f"  {'document':<24}{'form':<11}" + "".join(f"{name:>11}" for name in _COLUMNS)]
        for document in self.documents:
            shares = shares_of([document])
            row = "".join(f"{f'{shares[key].hits}/{shares[key].of}':>11}" for key in _COLUMNS.values())
            found.append(f"  {document.name:<24}{document.form:<11}{row}")
        return found


_COLUMNS = {
    "reported": "losses reported",
    "named": "losses reported by the right name",
    "pointed": "losses whose very words are pointed at",
    "lost": "changes lost without a trace",
    "flagged": "controls reported as losses",
    "aligned": "provisions set against their answer",
}


def shares_of(documents: Sequence[DocumentJudged]) -> dict[str, Share]:
    """Every figure over these documents, by name."""
    planted = [judged for document in documents for judged in document.planted]
    losses = [judged for judged in planted if not judged.change.gain]
    gains = [judged for judged in planted if judged.change.gain]
    controls = [control for document in documents for control in document.controls]
    alone = [control for control in controls if control.alone]
    answers = [*(each.aligned for each in planted), *(each.aligned for each in controls)]
    unread = [*(each.change.unread for each in planted), *(each.change.unread for each in controls)]
    return {
        "losses reported": _share(losses, lambda each: each.fate in ("named", "found")),
        "losses reported by the right name": _share(losses, lambda each: each.fate == "named"),
        "losses whose very words are pointed at": _share(losses, lambda each: each.pointed),
        "gains reported": _share(gains, lambda each: each.fate in ("named", "found")),
        "gains reported as losses": _share(gains, lambda each: each.fate == "reversed"),
        "losses reported as gains": _share(losses, lambda each: each.fate == "reversed"),
        "changes only listed as changed": _share(planted, lambda each: each.fate == "listed"),
        "changes lost without a trace": _share(planted, lambda each: each.fate == "lost"),
        "controls reported as losses": _share(alone, lambda each: each.flagged),
        "controls whose very words are pointed at": _share(controls, lambda each: each.pointed),
        "findings of a loss that rest on a change": Share(
            sum(document.grounded for document in documents), sum(document.losses for document in documents)
        ),
        "provisions set against their answer": _share([each for each in answers if each is not None], bool),
        "quotes that could not be read": _share(unread, bool),
    }


def _share(rows: Sequence[Any], hit: Callable[[Any], bool]) -> Share:
    return Share(sum(1 for row in rows if hit(row)), len(rows))


def _shares_as_json(documents: Sequence[DocumentJudged]) -> dict[str, Any]:
    return {name.replace(" ", "_"): share.as_json() for name, share in shares_of(documents).items()}
