"""What a line promises too little: no doer, no time, no amount, a wish, a way out; a function for each kind of rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.lint.remarks import Line, Remark
from app.analysis.lint.rules import LintRules, Rule
from app.analysis.quantities import read_quantities
from app.analysis.undertakings import Mark, Undertaking

_OURS = frozenset({"union", "worker"})
_PROMISING = frozenset({"duty", "prohibited", "tries", "should", "considers", "wishes"})
_RECEIVES = re.compile(r"(?:\w+ ){0,2}?(?:be|receive|have|get)\b", re.IGNORECASE)
_NOT_AGENT = re.compile(
    r"\b(?:to|with|from|for|against|upon|on|of|at|between|among|in)(?: (?:the|an?|any|each|every|all|its|both))? $",
    re.I,
)
_EMPLOYER = "(?i:employer|company|agency|university|hospital|city|county|state|district)"
_ACTING = re.compile(r"\b[Tt]he ((?:[A-Z][\w-]+ ?){1,3}?) (?:shall|must|will)\b")
_AGENT = re.compile(
    r"\bby (?:the |an? |its |each |both |one |any )*(?!\d|mail|e-?mail|post\b|means|law|end|close|then|hand\b|agreement"
    r"|consensus|seniority|date|time|way|virtue|reason|secret|majority|january|february|march|april|may |june|july"
    r"|august|september|october|november|december|next|first|last|using|telephone|statute|\w+ing\b)[A-Za-z]",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|nor|never|neither|without)\b[^.;,]{0,40}$", re.IGNORECASE)
_TIMES = re.compile(r"\btimes (?:a|per|each|every|in)\b", re.IGNORECASE)
_GAP = re.compile(r"\[[^\[\]\n]{1,80}\]|_{3,}")


@dataclass(frozen=True, slots=True)
class Whole:
    """What a line has to be read with: things that another place of the text may say for it."""

    answered: bool  # the time for every request
    doer: re.Pattern[str]  # who acts for the Employer, under whatever name

    @classmethod
    def of(cls, lines: Sequence[Line], rules: LintRules) -> Whole:
        """Gather it from all lines: "Employer", and whoever else "shall" under a name in this text."""
        found = {match[1] for line in lines for match in _ACTING.finditer(line.text)}
        names = sorted(
            re.escape(name)
            for name in found
            if name.lower() not in rules.stock and not rules.heads.search(name.split()[-1])
        )
        named = "|".join([_EMPLOYER, *names])
        return cls(
            answered=any(rules.for_all.search(line.text) for line in lines),
            doer=re.compile(rf"(?<!to the )(?<!with the )(?<!from the )(?<!upon the )\b(?:{named})(?![\w-])"),
        )


def duty_remarks(line: Line, rules: LintRules, whole: Whole) -> list[Remark]:
    """Every remark on what a line promises; it is neither preamble nor definition."""
    wording = _first_of_each(
        (rule, span)
        for sentence in line.reading.undertakings
        if not sentence.defines
        for rule, span in _wordings(line, sentence, rules)
    )
    vague = any(rule.id.startswith("vague") for rule, _ in wording)
    open_duties = [] if vague else [*_open_duties(line, rules, whole)]
    found = [*_nameless(line, rules, whole), *open_duties, *wording]
    made = [line.remark(rule, *span) for rule, span in found]
    return [remark for remark in made if remark is not None]


def has_duty(line: Line) -> bool:
    """Whether the line binds anybody but workers and their union."""
    return line.promises and any(
        mark.rung >= 7 and mark.bearer not in _OURS for sentence in line.reading.undertakings for mark in sentence.force
    )


def _nameless(line: Line, rules: LintRules, whole: Whole) -> Iterator[tuple[Rule, tuple[int, int]]]:
    """Duties in the passive where neither the provision nor its opening says who has to act."""
    for rule in rules.of("passive"):
        assert rule.pattern
        for sentence in line.reading.undertakings:
            match = rule.pattern.search(line.text, sentence.start, sentence.end)
            if match is None or match.end() <= line.own or sentence.defines:
                continue
            if _duty_at(sentence, *match.span()) and not _names_doer(line, sentence, whole.doer):
                yield rule, (_subject_start(line.text, sentence, match.start()), match.end())
                break


def _names_doer(line: Line, sentence: Undertaking, doer: re.Pattern[str]) -> bool:
    """Whether the sentence has an agent, or somebody else in its section plainly is the one who acts."""
    if _AGENT.search(line.text, sentence.start, sentence.end) or doer.search(line.section) or doer.search(line.text):
        return True
    return any(
        actor.id not in ("worker", "union", "employer")
        and not _NOT_AGENT.search(line.text[max(0, actor.start - 20) : actor.start])
        and line.text[actor.end : actor.end + 2] not in ("'s", "’s")
        for actor in sentence.actors
    )


def _subject_start(text: str, sentence: Undertaking, modal: int) -> int:
    """Where the quotation begins: a few words before the modal, within the sentence."""
    before = text[max(sentence.start, modal - 60) : modal]
    words = re.search(r"(?:[\w’'-]+ ){1,4}$", before)
    return modal - len(words[0]) if words else modal


def _open_duties(line: Line, rules: LintRules, whole: Whole) -> Iterator[tuple[Rule, tuple[int, int]]]:
    """Duties to tell, hand over, answer, meet, train or pay that say neither when nor how much."""
    owing = [
        sentence
        for sentence in line.reading.undertakings
        if not sentence.defines and any(mark.id == "duty" for mark in sentence.force)
    ]
    for rule in rules.of("duty"):
        assert rule.pattern
        bearers = rule.bearers or {"employer", "unnamed"}
        for sentence in owing:
            match = next(
                (
                    each
                    for each in rule.pattern.finditer(line.text, sentence.start, sentence.end)
                    if each.end() > line.own and _owed(line.text, sentence, each, bearers)
                ),
                None,
            )
            if match is None:
                continue
            if not _answered(line, rule, rules, for_all=whole.answered):
                yield rule, match.span()
            break


def _owed(text: str, sentence: Undertaking, match: re.Match[str], bearers: frozenset[str] | set[str]) -> bool:
    duty = _duty_at(sentence, *match.span())
    if duty is None:
        return False
    return duty.bearer in bearers or (duty.bearer in _OURS and bool(_RECEIVES.match(text, duty.end + 1)))


def _duty_at(sentence: Undertaking, start: int, end: int) -> Mark | None:
    return next((mark for mark in sentence.force if mark.id == "duty" and start <= mark.start < end), None)


def _answered(line: Line, rule: Rule, rules: LintRules, *, for_all: bool) -> bool:
    if _GAP.search(line.around) or (rule.answered and rule.answered.search(line.around)):
        return True
    quantities = read_quantities(line.around)
    if rule.needs == "amount":
        return bool(quantities) or bool(re.search(r"\d", line.words))
    if any(each.unit in ("days", "times_a_year") for each in quantities) or rules.day.search(line.around):
        return True
    return rule.needs == "moment" and (for_all or bool(rules.moment.search(line.around)))


def _wordings(line: Line, sentence: Undertaking, rules: LintRules) -> Iterator[tuple[Rule, tuple[int, int]]]:
    """Vague words, wishes and ways out in one sentence, the first of each rule."""
    promised = _promised(line.text, sentence)
    for rule in rules.rules:
        if rule.kind == "words" and promised:
            assert rule.pattern
            spans = [match.span() for match in rule.pattern.finditer(line.text, sentence.start, sentence.end)]
            if _measured(rule, sentence):
                continue
        elif rule.kind == "force":
            spans = [(mark.start, mark.end) for mark in sentence.force if _wished(rule, mark)]
        elif rule.kind == "signal" and promised:
            spans = [
                (mark.start, mark.end)
                for mark in sentence.signals
                if mark.id in rule.marks and not _NEGATED.search(line.text, sentence.start, mark.start)
            ]
        else:
            continue
        yield from ((rule, span) for span in spans if not _harmless(rule, line.text, sentence, span))


def _measured(rule: Rule, sentence: Undertaking) -> bool:
    """Whether the number that the vague word should be stands in the same sentence."""
    if rule.unless == "frequency":
        said = bool(_TIMES.search(sentence.text))
        return said or any(each.unit == "times_a_year" for each in sentence.quantities)
    return rule.unless == "days" and any(each.unit == "days" for each in sentence.quantities)


def _promised(text: str, sentence: Undertaking) -> bool:
    """Whether the sentence promises workers something; their own duties and rights may be as vague as they like."""
    if not sentence.force:
        return any(actor.id == "employer" for actor in sentence.actors)
    for mark in sentence.force:
        if mark.id not in _PROMISING:
            continue
        if mark.bearer not in _OURS or _RECEIVES.match(text, mark.end + 1):
            return True
    return False


def _wished(rule: Rule, mark: Mark) -> bool:
    if mark.id not in rule.marks or mark.bearer in _OURS:
        return False
    return rule.pattern is None or bool(rule.pattern.search(mark.text))


def _harmless(rule: Rule, text: str, sentence: Undertaking, span: tuple[int, int]) -> bool:
    if rule.before and rule.before.search(text[sentence.start : span[0]]):
        return True
    return bool(rule.after and rule.after.search(text[span[1] : min(sentence.end, span[1] + 40)]))


def _first_of_each(found: Iterator[tuple[Rule, tuple[int, int]]]) -> list[tuple[Rule, tuple[int, int]]]:
    """One remark for each rule, and one rule for each word."""
    kept: list[tuple[Rule, tuple[int, int]]] = []
    for rule, (start, end) in found:
        if any(rule is other or (start < stop and begin < end) for other, (begin, stop) in kept):
            continue
        kept.append((rule, (start, end)))
    return kept
