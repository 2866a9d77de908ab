"""What one provision of the draft does to another: found in one place, reported under the protection that it empties.

The judge compares a provision with its answer. A protection may stand there word for word and be taken back three
sections later, by a definition, by a move to the preamble, or by a reference that leads nowhere: that is found here.
Each result is a match of its own, the emptied provision of ours against the draft's provision that empties it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.across.crossing import crossing, homes, promise, woven
from app.analysis.across.dangling import dangling
from app.analysis.across.overrides import Override, favored, find_overrides, sentences
from app.analysis.across.places import Places
from app.analysis.across.redefinitions import Definitions
from app.analysis.across.relocations import homes_of, relocations
from app.analysis.aligning.likeness import Likeness
from app.analysis.aligning.matching import Match
from app.analysis.pipeline import Pipeline
from app.analysis.results import ClauseText, Move, Span
from app.analysis.wording import short
from app.text.document import Provision

_MOST = 24  # provisions of one text that a sentence may empty before it says nothing about any of them
_HALF = 0.6  # part of the best overlap in words from which another provision is meant as well
_BY_NUMBER, _BY_THING = 0.85, 0.6  # confidence where a place is named, and where only a thing is
_SAME = 0.6  # overlap in words at which two overrides say the same
_CONDITION = re.compile(r"(?<=\w) (?:when|if|where|whenever|wherever|because|during)\b")
_BARGAINED = 5  # rung of the ladder of involvement from which the Employer has to bargain
_ACTORS = "employer company employee worker union agreement article section provision right"
_REFERENCE = re.compile(
    r"\b(?:articles?|sections?|paragraphs?|clauses?|appendix) [\w.()]+(?:(?:,| and| or) [\d.()]+)*", re.I
)


@dataclass(frozen=True, slots=True)
class Across:
    """What bears on one text of ours from elsewhere in the draft."""

    matches: tuple[Match, ...]  # one for each move: ours that is emptied, theirs that empties it
    found: frozenset[int]  # places of the draft's provisions in which something of ours was found again


class Crossings:
    """Everything in one draft that bears on other provisions; asked text by text."""

    def __init__(self, provisions: Sequence[Provision], texts: Sequence[ClauseText], pipeline: Pipeline) -> None:
        self._provisions = provisions
        self._pipeline = pipeline
        self._rules = pipeline.across
        self._places = Places(provisions)
        self._overrides = find_overrides(provisions, self._places, pipeline.across)
        self._definitions = Definitions(self._places, pipeline)
        self._homes = homes_of(self._places, pipeline.across)
        self._actors = pipeline.concepts.names(_ACTORS)
        known = (p.text for text in texts for p in text.provisions) if self._overrides else ()
        self._known = {_masked(text[a:b]) for text in known for a, b in sentences(text)}

    def bearing_on(self, text: ClauseText, matches: Sequence[Match], likeness: Likeness) -> tuple[list[Match], Across]:
        """Find what the draft does to one text of ours from elsewhere.

        Args:
            text: one of our texts.
            matches: its provisions with their answers, judged.
            likeness: of that text to the draft.

        Returns:
            The matches, some with a move more, and what stands in no single match.
        """
        answered = [match for match in matches if match.draft.provisions]
        if not answered:
            return list(matches), Across((), frozenset())
        ours = Places(text.provisions)
        found: list[Match] = []
        overrides = [each for each in self._overrides if _masked(each.text) not in self._known]
        if overrides:
            standing = find_overrides(text.provisions, ours, self._rules)
            for override in overrides:
                if not self._stood_before(override, standing, answered, text):
                    found += self._by_override(override, answered)
        found += self._definitions.narrowing(text, answered)
        found += dangling(matches, ours, self._places, self._rules)
        moved = relocations(matches, ours, self._places, after=self._homes, likeness=likeness, rules=self._rules)
        places = frozenset(self._places.number(match.draft.provisions[0]) for match in moved)
        judged, apart = list(matches), []
        for each in _once([*moved, *found]):
            for k, match in enumerate(judged):
                together = woven(match, each)
                if together:
                    judged[k] = together
                    break
            else:
                apart.append(each)
        return judged, Across(tuple(apart), places)

    def _stood_before(
        self, override: Override, standing: Sequence[Override], answered: Sequence[Match], text: ClauseText
    ) -> bool:
        """Whether our own text has the same override, reworded."""
        start = self._provisions[override.place].start
        partners = {
            provision.start
            for match in answered
            if any(each.start == start for each in match.draft.provisions)
            for provision in match.library.provisions
        }
        words = self._pipeline.concepts.names(override.text)
        for each in standing:
            if each.rule.id != override.rule.id:
                continue
            others = self._pipeline.concepts.names(each.text)
            alike = len(words & others) / max(1, len(words | others))
            if alike >= _SAME or (text.provisions[each.place].start in partners and alike >= _SAME / 2):
                return True
        return False

    def _by_override(self, override: Override, answered: Sequence[Match]) -> Iterator[Match]:
        if override.thing:
            pairs = [pair for pair in self._pairs(answered, None) if pair[0] != override.place]
            pairs = self._on_subject(override.thing, pairs, every=False)
        else:
            pairs = self._pairs(answered, override.targets)
            if override.rule.id.endswith("remedy_barred") and override.broad:
                remedies = [pair for pair in pairs if self._rules.favor["enforcement"].search(pair[1].text)]
                pairs = remedies or pairs
            elif override.broad and not self._rules.favor["general"].search(override.text):
                pairs = self._on_subject(override.text, pairs, every=True)
            elif override.whole:
                pairs = [pair for pair in pairs if self._restrains(pair[1])]
        by = self._provisions[override.place]
        if len(pairs) > _MOST:
            pairs = [pair for pair in pairs if pair[0] == override.place]
        for number, home, _ in pairs:
            if number == override.place and not override.rule.own:
                continue
            target = self._places.label(number)
            words = short(override.text, 160)
            explanation = (
                override.rule.explanation.replace("{by}", self._places.label(override.place))
                .replace("{target}", target)
                .replace("{zone}", override.zone)
                .replace("{words}", words)
            )
            move = Move(
                override.rule.family,
                override.rule.id,
                "weaker",
                override.severity,
                explanation,
                promise(home, self._pipeline),
                Span(override.start, override.end, override.text),
            )
            yield crossing(home, by, move, confidence=_BY_THING if override.thing else _BY_NUMBER)

    def _pairs(self, answered: Sequence[Match], targets: frozenset[int] | None) -> list[tuple[int, Provision, Match]]:
        """The draft's provisions among `targets` with ours that they answer; only what gives workers something."""
        pairs = []
        for match in answered:
            for provision in match.draft.provisions:
                number = self._places.number(provision)
                if targets is None or number in targets:
                    pairs += [(number, home, match) for home in homes(match, provision) if self._gives(home)]
        return pairs

    def _gives(self, home: Provision) -> bool:
        force = self._pipeline.read(home.text).force
        return (
            not force
            or any(
                (mark.rung >= 6 and mark.bearer not in {"worker", "union"})
                or (mark.id == "may" and mark.bearer not in {"employer"})
                or (mark.id == "prohibited" and mark.bearer != "union")
                for mark in force
            )
            or favored(home.text, self._rules) == "workers"
        )

    def _restrains(self, home: Provision) -> bool:
        """Whether a provision of ours keeps the Employer from deciding alone: a ban, or a say in the decision."""
        reading = self._pipeline.read(home.text)
        banned = any(mark.id == "prohibited" and mark.bearer not in {"worker", "union"} for mark in reading.force)
        return banned or any(mark.rung >= _BARGAINED for mark in reading.involvement)

    def _on_subject(
        self, words: str, pairs: list[tuple[int, Provision, Match]], *, every: bool
    ) -> list[tuple[int, Provision, Match]]:
        """Those that speak of what the words name; all of them, if `every`, where none stands out."""
        names = [self._pipeline.concepts.names(home.full_text) for _, home, _ in pairs]
        seen = Counter(name for each in names for name in each)
        main = _CONDITION.split(_REFERENCE.sub(" ", words).strip(), maxsplit=1)[0]
        wanted = self._pipeline.concepts.names(main or words) - self._actors
        limit = max(1.0, len(pairs) / 2)
        scores = [sum(1 / seen[name] for name in each & wanted if seen[name] <= limit) for each in names]
        best = max(scores, default=0.0)
        if best <= 0:
            return pairs if every else []
        return [pair for pair, score in zip(pairs, scores, strict=True) if score >= _HALF * best]


def _masked(sentence: str) -> str:
    """A sentence without the numbers it refers to, which change when sections move."""
    return " ".join(_REFERENCE.sub("§", sentence.lower().replace("’", "'")).split())


def _once(found: Sequence[Match]) -> Iterator[Match]:
    """One move of a kind for each provision of ours and each of theirs."""
    seen = set()
    for match in found:
        move = match.moves[0]
        key = (match.library.provisions[0].start, match.draft.provisions[0].start, move.rule)
        if key not in seen:
            seen.add(key)
            yield match
