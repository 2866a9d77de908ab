"""The comparison: a draft against a baseline, from values alone.

read (app.text) -> align -> judge -> findings and residue. Cheap screening comes first: only provisions that found a
partner, speak of technology, or claim a right for the Employer go through the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from app.analysis.align import ConceptIndex, Group, Likeness, align, offers
from app.analysis.findings import absent_clause_finding, added_finding, protection_findings, provision_findings
from app.analysis.judge import judge
from app.analysis.matching import Match
from app.analysis.passage import Passage
from app.analysis.pipeline import Pipeline
from app.analysis.residue import unexplained, whole
from app.analysis.results import STATUSES, Baseline, ClauseText, Comparison, Finding, Move, Residue, TextInfo
from app.analysis.screening import Screen, screen
from app.analysis.undertakings import Reading
from app.analysis.wording import lower
from app.text.document import Document, Note, Progress, Provision

_HOSTILE = ("waiver.", "remedy.barred", "information.no_effect", "information.confidential")
_LIKE = 0.38  # likeness at which one provision makes a clause of the library count as answered
_LIKE_ON_TOPIC = 0.2  # the same where the draft's provision is on the topic of the clause
_OWN_PART = 0.35  # part of what a clause found that must be more like it than like any other clause
_LONGEST_PREAMBLE = 12
_COMMON_ELEMENTS = ("ENF-", "DEF-", "GOV-9", "GOV-10")
_CLAIM = re.compile(r"waive|management|prerogative|nothing in this|entire agreement|reserves|subject to this", re.I)
_ANSWERS_ALL_THE_SAME = 0.5  # likeness from which a passage that waives or claims answers one of ours all the same
_EMPTY = Reading("", ())
_SUBJECT = r"(?:technolog|equipment|methods|means|automat)"
_BROAD_CLAIM = re.compile(
    r"waives?\b[^.]{0,120}\b(?:bargain|negotiat)|entire agreement"
    r"|nothing in this agreement\b[^.]{0,80}\b(?:limit|restrict|management)"
    rf"|\bmanagement(?:[’']s)? (?:rights?|prerogatives?)\b[^.]{{0,120}}\b{_SUBJECT}"
    rf"|\bintroduce[^.]{{0,30}}\b{_SUBJECT}",
    re.IGNORECASE,
)


def compare(draft: Document, baseline: Baseline, pipeline: Pipeline, *, progress: Progress | None = None) -> Comparison:
    """Compare a draft with the union's text.

    Args:
        draft: what the employer sent, as it now stands.
        baseline: the library, one clause, or any other text.
        pipeline: the loaded pipeline.
        progress: told after each clause.

    Returns:
        Findings, the gravest first, and the residue: every changed word that no finding rests on.
    """
    theirs = ConceptIndex(draft.provisions, pipeline.concepts)
    screened = screen(draft.provisions, pipeline, whole_library=baseline.kind == "library")
    answered: set[int] = set()
    findings: list[Finding] = []
    residue: list[Residue] = []
    texts = baseline.texts
    likenesses = [
        Likeness(ConceptIndex(text.provisions, pipeline.concepts), theirs, screened.candidates(text.topic))
        for text in texts
    ]
    offered = offers(
        likenesses,
        draft.provisions,
        titles=[frozenset(pipeline.concepts.names(text.title)) for text in texts],
        topics=[text.topic for text in texts],
        focused=screened.focused,
    )
    apart = _apart(draft.provisions, likenesses, screened, pipeline)
    findings += apart.values()
    answered |= apart.keys()
    excluded = apart.keys() | (_preamble(draft.provisions) if len(texts) > 1 else frozenset())
    owners = _owners(likenesses, len(draft.provisions)) if baseline.kind == "library" and screened.focused else None
    for number, text in enumerate(texts):
        matches, used = _matches(
            text,
            draft.provisions,
            likenesses[number],
            pipeline,
            _without(offered[number], excluded, len(draft.provisions)),
        )
        own = None if owners is None else {place for place, owner in enumerate(owners) if owner == number}
        if baseline.kind == "library" and not _in_play(text, matches, used, own):
            findings.append(absent_clause_finding(text))
        else:
            answered |= used
            found = (
                protection_findings(text, matches, pipeline.concerns)
                if text.protections
                else provision_findings(text, matches)
            )
            findings += found
            residue += _residue(text, matches, found)
        if progress:
            progress("clause", number + 1, len(texts))
    left = [k for k in range(len(draft.provisions)) if k not in answered]
    for k in left:
        provision = draft.provisions[k]
        finding = _added(provision, screened.on_technology(k), pipeline)
        if finding:
            findings.append(finding)
        else:
            residue.append(whole(provision, "draft"))
    if baseline.kind != "library" or screened.focused:
        findings += [_note_finding(note, pipeline) for note in draft.notes]
    return Comparison(
        draft=TextInfo(draft.name, draft.kind, draft.digest, len(draft.provisions)),
        against=TextInfo(baseline.name, baseline.kind, baseline.digest, sum(len(text.provisions) for text in texts)),
        pipeline=pipeline.version,
        findings=tuple(sorted(findings, key=_gravest_first)),
        residue=tuple(dict.fromkeys(residue)),
        warnings=draft.warnings,
    )


def _apart(
    provisions: Sequence[Provision], likenesses: Sequence[Likeness], screened: Screen, pipeline: Pipeline
) -> dict[int, Finding]:
    """Passages that claim or waive a whole subject answer nothing: they stand as findings of their own."""
    apart = {}
    for place, provision in enumerate(provisions):
        if not _CLAIM.search(provision.text):
            continue
        finding = _added(provision, screened.on_technology(place), pipeline)
        claims = finding and finding.hostile and finding.moves[0].rule.startswith("waiver.")
        if finding and claims and max((each.best(place) for each in likenesses), default=0.0) < _ANSWERS_ALL_THE_SAME:
            apart[place] = finding
    return apart


def _preamble(provisions: Sequence[Provision]) -> frozenset[int]:
    """Title, date and settlement language before the first numbered provision answer nothing."""
    first = next((place for place, provision in enumerate(provisions) if provision.number), 0)
    return frozenset(range(first)) if first <= _LONGEST_PREAMBLE else frozenset()


def _owners(likenesses: Sequence[Likeness], total: int) -> list[int]:
    """For each of the draft's provisions, the text of ours that it is most like; -1 for none."""
    owners = []
    for place in range(total):
        scores = [likeness.best(place) for likeness in likenesses]
        owners.append(scores.index(max(scores)) if scores and max(scores) > 0 else -1)
    return owners


def _without(offered: frozenset[int] | None, excluded: AbstractSet[int], total: int) -> frozenset[int]:
    return (frozenset(range(total)) if offered is None else offered) - excluded


def compare_texts(library_text: str, employer_text: str, pipeline: Pipeline) -> tuple[list[Move], list[Residue]]:
    """Judge two bare texts against each other; offsets count in the texts as given."""
    ours, theirs = _bare(library_text), _bare(employer_text)
    moves = judge(pipeline.read(library_text), pipeline.read(employer_text), pipeline)
    return moves, unexplained(ours, theirs, moves)


def _bare(text: str) -> Passage:
    return Passage.of([Provision(number="", text=text, start=0, end=len(text))])


def _matches(
    text: ClauseText,
    provisions: Sequence[Provision],
    likenesses: Likeness,
    pipeline: Pipeline,
    offered: frozenset[int] | None,
) -> tuple[list[Match], set[int]]:
    groups = align(text.provisions, provisions, likenesses, offered)
    matches, used = [], set()
    for group in groups:
        if not group.library:
            continue
        match = _judged(group, text.provisions, provisions, pipeline)
        matches.append(match)
        used |= set(group.draft)
    return matches, used


def _judged(group: Group, ours: Sequence[Provision], theirs: Sequence[Provision], pipeline: Pipeline) -> Match:
    library = Passage.of([ours[i] for i in group.library])
    draft = Passage.of([theirs[j] for j in group.draft])
    if not group.draft:
        return Match(library, draft, (), 0.0, pipeline.read(library.text).binds)
    if " ".join(library.text.split()) == " ".join(draft.text.split()):
        return Match(library, draft, (), 1.0)
    reading = pipeline.read(library.text)
    moves = judge(reading, pipeline.read(draft.text), pipeline)
    homes = tuple((theirs[j].start, ours[i].number) for j, i in group.nearest)
    return Match(library, draft, tuple(moves), group.likeness, reading.binds, homes)


def _in_play(text: ClauseText, matches: Sequence[Match], used: AbstractSet[int], own: AbstractSet[int] | None) -> bool:
    """Whether a draft answers the clause at all.

    One provision that carries what the clause is for must be clearly like one of the draft's: grievance steps and
    definitions are the same in every clause. In a long draft about technology the clause must also be the nearest
    one to a fair part of what it found.

    Args:
        text: the clause.
        matches: its groups, judged.
        used: the draft's provisions in them.
        own: those that are more like this clause than like any other; None in a whole agreement, where only passages
            on the clause's topic were looked at.
    """
    core = {n for p in text.protections if not p.id.startswith(_COMMON_ELEMENTS) for n in p.provisions}
    enough = _LIKE_ON_TOPIC if own is None else _LIKE
    if not any(
        match.likeness >= enough and (not core or any(p.number in core for p in match.library.provisions))
        for match in matches
        if match.draft.provisions
    ):
        return False
    return own is None or len(used) <= 2 or len(used & own) >= max(2, _OWN_PART * len(used))


def _residue(text: ClauseText, matches: Sequence[Match], findings: Sequence[Finding]) -> list[Residue]:
    """Changed words that no finding of this text rests on, and provisions of ours that none reports as missing."""
    missing = {finding.protection.id for finding in findings if finding.status == "missing" and finding.protection}
    reported = {n for protection in text.protections if protection.id in missing for n in protection.provisions}
    quoted = {finding.library.start for finding in findings if finding.library and finding.status == "missing"}
    entries: list[Residue] = []
    for match in matches:
        if match.draft.provisions:
            entries += [] if match.unchanged else unexplained(match.library, match.draft, match.moves)
        else:
            entries += [
                whole(provision, "library")
                for provision in match.library.provisions
                if provision.number not in reported and provision.start not in quoted
            ]
    return entries


def _added(provision: Provision, near: bool, pipeline: Pipeline) -> Finding | None:
    if not near and not _BROAD_CLAIM.search(provision.text):
        return None
    reading = pipeline.read(provision.full_text)
    offset = len(provision.full_text) - len(provision.text)
    moves = [
        move
        for move in (_shifted(move, offset) for move in judge(_EMPTY, reading, pipeline))
        if move is not None and move.direction == "weaker"
    ]
    moves.sort(key=lambda move: not move.rule.startswith(_HOSTILE))
    hostile = any(move.rule.startswith(_HOSTILE) and move.severity == "high" for move in moves)
    if near and not hostile and not (reading.binds or reading.force):
        return None
    if not near and not any(move.rule.startswith("waiver.") for move in moves):
        return None
    return added_finding(Match(Passage.of([]), Passage.of([provision]), tuple(moves), 0.0), hostile=hostile)


def _note_finding(note: Note, pipeline: Pipeline) -> Finding:
    """A footnote can take back what the page above it gives; it stands apart from the provisions, so it is reported."""
    provision = Provision(number=f"{note.kind} {note.number}".strip(), text=note.text, start=note.start, end=note.start)
    moves = [move for move in judge(_EMPTY, pipeline.read(note.text), pipeline) if move.direction == "weaker"]
    hostile = any(move.rule.startswith(_HOSTILE) and move.severity == "high" for move in moves)
    match = Match(Passage.of([]), Passage.of([provision]), (), 0.0)
    finding = added_finding(match, hostile=hostile)
    if not moves:
        return finding
    return replace(finding, explanation=f"In a {note.kind}: {lower(moves[0].explanation)}", severity="high")


def _shifted(move: Move, offset: int) -> Move | None:
    if move.draft is None or move.draft.start < offset:
        return None if offset else move
    span = type(move.draft)(move.draft.start - offset, move.draft.end - offset, move.draft.text)
    return Move(move.family, move.rule, move.direction, move.severity, move.explanation, None, span)


def _gravest_first(finding: Finding) -> tuple[int, int, int]:
    severity = {"high": 0, "medium": 1, "low": 2}[finding.severity]
    place = finding.draft.start if finding.draft else finding.library.start if finding.library else 0
    return severity, STATUSES.index(finding.status), place
