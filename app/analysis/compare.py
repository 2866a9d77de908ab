"""The comparison: a draft against a baseline, from values alone.

read (app.text) -> align -> judge -> findings and residue. Cheap screening comes first: only provisions that found a
partner, speak of technology, or claim a right for the Employer go through the pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from app.analysis.across.crossings import Crossings
from app.analysis.additions import added, captions, claims_apart, note_finding, preamble, returned_head
from app.analysis.aligning.align import Group, align, offers
from app.analysis.aligning.likeness import ConceptIndex, Likeness, kept_index
from app.analysis.aligning.matching import Match
from app.analysis.aligning.passage import Passage, divided
from app.analysis.aligning.screening import Screen, screen
from app.analysis.aligning.sentences import Paired, pair_sentences
from app.analysis.aligning.verbatim import kept_at_home
from app.analysis.findings import absent_clause_finding, located, protection_findings, provision_findings
from app.analysis.judging.judge import SEVERITY_ORDER, judge
from app.analysis.learned.second_opinion import RULE, VERDICTS, Opinion, weigh
from app.analysis.package.view import package_view
from app.analysis.pipeline import Pipeline
from app.analysis.residue import unexplained, whole
from app.analysis.results import STATUSES, Baseline, ClauseText, Comparison, Finding, Move, Residue, TextInfo
from app.analysis.sentence_findings import dropped_sentences, extra_sentences, sentence_spans
from app.analysis.undertakings import Reading
from app.text.document import Document, Progress, Provision

_LIKE = 0.38  # likeness at which one provision makes a clause of the library count as answered
_LIKE_ON_TOPIC = 0.2  # the same where the draft's provision is on the topic of the clause
_OWN_PART = 0.35  # part of what a clause found that must be more like it than like any other clause
_ECHO = "across.definition"  # moves that say what a definition does to every provision with the term
_COMMON_ELEMENTS = ("ENF-", "DEF-", "GOV-9", "GOV-10")


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
    texts = baseline.texts
    field = _Field.of(draft, baseline, pipeline)
    provisions, screened, likenesses, apart = field.provisions, field.screened, field.likenesses, field.apart
    residue: list[Residue] = []
    answered, findings = set(apart), list(apart.values())
    crossings = Crossings(provisions, texts, pipeline)
    owners = _owners(likenesses, len(provisions)) if baseline.kind == "library" and screened.focused else None
    for number, text in enumerate(texts):
        groups = _groups(text, field, number)
        own = None if owners is None else {place for place, owner in enumerate(owners) if owner == number}
        if baseline.kind == "library" and not _in_play(text, groups, field, own):
            findings.append(absent_clause_finding(text))
        else:
            matches, used = _matches(text, groups, field, pipeline)
            matches, across = crossings.bearing_on(text, matches, likenesses[number])
            answered |= used | across.found
            found = (
                protection_findings(text, matches, pipeline.concerns, across.matches)
                if text.protections
                else provision_findings(text, matches, across.matches)
            )
            found += dropped_sentences(text, matches) + extra_sentences(baseline, matches, pipeline)
            findings += found
            residue += _residue(text, matches, found)
        if progress:
            progress("clause", number + 1, len(texts))
    for place, provision in enumerate(provisions):
        if place not in answered and place not in field.returned:
            near = screened.on_technology(place)
            finding = None if place in field.captions else added(provision, near, pipeline)
            findings += [finding] if finding else []
            residue += [] if finding else [whole(provision, "draft")]
    if baseline.kind != "library" or screened.focused:
        findings += [note_finding(note, pipeline) for note in draft.notes]
    ordered = tuple(pipeline.rule_moves.numbered_finding(each) for each in sorted(findings, key=_gravest_first))
    return Comparison(
        draft=TextInfo(draft.name, draft.kind, draft.digest, len(draft.provisions)),
        against=TextInfo(baseline.name, baseline.kind, baseline.digest, sum(len(text.provisions) for text in texts)),
        pipeline=pipeline.version,
        findings=ordered,
        residue=tuple(dict.fromkeys(residue)),
        warnings=draft.warnings,
        packages=package_view(ordered, baseline, pipeline),
    )


def pairings(draft: Document, baseline: Baseline, pipeline: Pipeline) -> list[tuple[Passage, Passage]]:
    """Which provisions of ours are set against which of the draft's, before anything is judged."""
    field = _Field.of(draft, baseline, pipeline)
    return [
        (
            Passage.of([text.provisions[i] for i in group.library]),
            Passage.of([field.provisions[j] for j in group.draft]),
        )
        for text, likeness, offered in zip(baseline.texts, field.likenesses, field.offered, strict=True)
        for group in align(text.provisions, field.provisions, likeness, offered, closed=field.our_captions)
        if group.library and group.draft
    ]


@dataclass(frozen=True, slots=True)
class _Field:
    """What is settled before any text of ours is looked at by itself."""

    provisions: Sequence[Provision]  # the draft's
    screened: Screen
    likenesses: list[Likeness]  # by text
    apart: dict[int, Finding]  # claims to a whole subject
    offered: list[frozenset[int]]  # by text, the draft's provisions that may answer it
    captions: frozenset[int]  # the draft's lines that say who hands it over
    our_captions: frozenset[int]  # the same of a file of ours
    returned: frozenset[int]  # the draft's lines that stand above our own text too, as we handed it over

    @classmethod
    def of(cls, draft: Document, baseline: Baseline, pipeline: Pipeline) -> _Field:
        known = {provision.text for text in baseline.texts for provision in text.provisions}
        provisions = divided(draft.provisions, known=known)
        returned = returned_head(provisions, baseline.head)
        theirs = ConceptIndex(provisions, pipeline.concepts)
        screened = screen(provisions, pipeline, whole_library=baseline.kind == "library")
        likenesses = [
            Likeness(kept_index(text.provisions, pipeline.concepts), theirs, screened.candidates(text.topic))
            for text in baseline.texts
        ]
        apart = claims_apart(provisions, likenesses, screened, pipeline)
        of_file = baseline.kind == "file"
        theirs_above = captions(provisions, pipeline) if of_file else frozenset()
        ours_above = captions(baseline.texts[0].provisions, pipeline) if of_file else frozenset()
        offered = _offered(
            baseline.texts,
            likenesses,
            provisions,
            screened=screened,
            pipeline=pipeline,
            apart={*apart, *returned, *(place for place in theirs_above if provisions[place].text not in known)},
        )
        if of_file and len(baseline.texts) > 1:
            offered = kept_at_home(baseline.texts, provisions, offered)
        return cls(provisions, screened, likenesses, apart, offered, theirs_above, ours_above, returned)


def _owners(likenesses: Sequence[Likeness], total: int) -> list[int]:
    """For each of the draft's provisions, the text of ours that it is most like; -1 for none."""
    owners = []
    for place in range(total):
        scores = [likeness.best(place) for likeness in likenesses]
        owners.append(scores.index(max(scores)) if scores and max(scores) > 0 else -1)
    return owners


def _offered(
    texts: Sequence[ClauseText],
    likenesses: Sequence[Likeness],
    provisions: Sequence[Provision],
    *,
    screened: Screen,
    pipeline: Pipeline,
    apart: AbstractSet[int],
) -> list[frozenset[int]]:
    """For each of our texts, the draft's provisions that may answer it: no claims apart, and no preamble."""
    excluded = apart | (preamble(provisions) if len(texts) > 1 else frozenset())
    everything = frozenset(range(len(provisions)))
    offered = offers(
        likenesses,
        provisions,
        titles=[frozenset(pipeline.concepts.names(text.title)) for text in texts],
        topics=[text.topic for text in texts],
        focused=screened.focused,
    )
    return [(everything if numbers is None else numbers) - excluded for numbers in offered]


def compare_texts(library_text: str, employer_text: str, pipeline: Pipeline) -> tuple[Opinion, list[Residue]]:
    """Judge two bare texts against each other; offsets count in the texts as given."""
    opinion = judge_pair(pipeline.read(library_text), pipeline.read(employer_text), pipeline)
    opinion = replace(opinion, moves=pipeline.rule_moves.numbered(opinion.moves))
    return opinion, unexplained(_bare(library_text), _bare(employer_text), opinion.moves)


def judge_pair(library: Reading, draft: Reading, pipeline: Pipeline) -> Opinion:
    """Judge by the rules and weigh that against the second reader."""
    return weigh(library, draft, judge(library, draft, pipeline), pipeline)


def _bare(text: str) -> Passage:
    return Passage.of([Provision(number="", text=text, start=0, end=len(text))])


def _groups(text: ClauseText, field: _Field, number: int) -> list[Group]:
    """Which provisions of ours go with which of the draft's, and ours that go with none; nothing is judged yet."""
    likeness, offered = field.likenesses[number], field.offered[number]
    groups = align(text.provisions, field.provisions, likeness, offered, closed=field.our_captions)
    return [group for group in groups if group.library]


def _matches(
    text: ClauseText, groups: Sequence[Group], field: _Field, pipeline: Pipeline
) -> tuple[list[Match], set[int]]:
    provisions, closed = field.provisions, field.our_captions
    matches, used = [], set()
    for group in groups:
        match = _judged(group, text.provisions, provisions, pipeline)
        if closed.issuperset(group.library):
            match = replace(match, binds=False)
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
    homes = tuple((theirs[j].start, ours[i].number) for j, i in group.nearest)
    binds = pipeline.read(library.text).binds
    pairs = pair_sentences(library, draft, pipeline.concepts)
    opinion = _opinion(library, draft, pairs, pipeline)
    return Match(
        library,
        draft,
        opinion.moves,
        group.likeness,
        binds=binds,
        homes=homes,
        confidence=opinion.confidence,
        unsure=opinion.unsure,
        dropped=tuple(library.cut(p.start, p.end) for pair in pairs if not pair.draft for p in pair.library),
        extra=tuple(draft.cut(p.start, p.end) for pair in pairs if not pair.library for p in pair.draft),
    )


def _opinion(library: Passage, draft: Passage, pairs: Sequence[Paired], pipeline: Pipeline) -> Opinion:
    """Judge sentence by sentence where there are several; what the pairs come to, the gravest decides."""
    if not pairs:
        return judge_pair(pipeline.read(library.text), pipeline.read(draft.text), pipeline)
    moves: list[Move] = []
    opinions = []
    for pair in pairs:
        ours, theirs = Passage.of(pair.library), Passage.of(pair.draft)
        if ours.text == theirs.text:
            continue
        opinion = judge_pair(pipeline.read(ours.text), pipeline.read(theirs.text), pipeline)
        opinions.append(opinion)
        moves += [
            replace(move, library=ours.locate(move.library), draft=theirs.locate(move.draft)) for move in opinion.moves
        ]
    if not opinions:
        return Opinion((), "equivalent", 1.0, unsure=False)
    moves.sort(key=lambda move: (move.direction != "weaker", SEVERITY_ORDER[move.severity]))
    gravest = min(opinions, key=lambda opinion: (VERDICTS.index(opinion.verdict) == 1, VERDICTS.index(opinion.verdict)))
    return replace(gravest, moves=tuple(dict.fromkeys(moves)))


def _in_play(text: ClauseText, groups: Sequence[Group], field: _Field, own: AbstractSet[int] | None) -> bool:
    """Whether a draft answers the clause at all.

    One provision that carries what the clause is for must be clearly like one of the draft's: grievance steps and
    definitions are the same in every clause. In a long draft about technology the clause must also be the nearest
    one to a fair part of what it found, and to one passage at least.

    Args:
        text: the clause.
        groups: its provisions with what the draft has beside them.
        field: what is known of the draft.
        own: those that are more like this clause than like any other; None in a whole agreement, where only passages
            on the clause's topic were looked at.
    """
    core = {n for p in text.protections if not p.id.startswith(_COMMON_ELEMENTS) for n in p.provisions}
    enough = _LIKE_ON_TOPIC if own is None else _LIKE
    if not any(
        (group.likeness >= enough or _word_for_word(group, text, field))
        and (not core or any(text.provisions[i].number in core for i in group.library))
        for group in groups
        if group.draft
    ):
        return False
    used = {place for group in groups for place in group.draft}
    return own is None or len(used & own) >= (1 if len(used) <= 2 else max(2, _OWN_PART * len(used)))


def _word_for_word(group: Group, text: ClauseText, field: _Field) -> bool:
    ours = " ".join(text.provisions[i].text for i in group.library)
    theirs = " ".join(field.provisions[j].text for j in group.draft)
    return ours.split() == theirs.split()


def _residue(text: ClauseText, matches: Sequence[Match], findings: Sequence[Finding]) -> list[Residue]:
    """Changed words that no finding of this text rests on, and provisions of ours that none reports as missing."""
    missing = {finding.protection.id for finding in findings if finding.status == "missing" and finding.protection}
    reported = {n for protection in text.protections if protection.id in missing for n in protection.provisions}
    quoted = {finding.library.start for finding in findings if finding.library and finding.status == "missing"}
    told = _told(findings)
    moved = {move.library.start for move in told if move.library and move.rule.startswith("across.moved")}
    entries: list[Residue] = []
    for match in matches:
        if match.draft.provisions:
            explained = [move for move in match.moves if located(move, match) in told]
            besides = sentence_spans(match, findings)
            entries += [] if match.unchanged else unexplained(match.library, match.draft, explained, besides=besides)
        else:
            entries += [
                whole(provision, "library")
                for provision in match.library.provisions
                if provision.number not in reported and provision.start not in quoted | moved
            ]
    return entries


def _told(findings: Sequence[Finding]) -> set[Move]:
    """Moves that their finding tells of: nobody looks for a loss in what is said to be kept or better.

    What only the second reader felt names no words, so it explains none. Nor does a slight move where all that the
    finding reports is a definition that changed elsewhere.
    """
    told: set[Move] = set()
    for finding in findings:
        moves = [move for move in finding.moves if not move.rule.startswith(RULE)]
        losses = [move for move in moves if move.direction == "weaker" and move.severity != "low"]
        if finding.status == "strengthened":
            told |= {move for move in moves if move.direction != "weaker"}
        elif finding.status != "kept" and losses and all(move.rule.startswith(_ECHO) for move in losses):
            told |= set(losses)
        elif finding.status != "kept":
            told |= set(moves)
    return told


def _gravest_first(finding: Finding) -> tuple[int, int, int]:
    severity = {"high": 0, "medium": 1, "low": 2}[finding.severity]
    place = finding.draft.start if finding.draft else finding.library.start if finding.library else 0
    return severity, STATUSES.index(finding.status), place
