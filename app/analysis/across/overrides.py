"""Sentences of a document that take back, narrow or outrank what another of its provisions gives.

Whose right is overridden decides: "notwithstanding management's rights" is no loss, "nothing in this Article waives a
right of the Union" neither. What the words empty is resolved by the document's own numbers (`places`); where they name
a thing instead of a number ("without notice or bargaining"), it is left to `across`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.across.places import Places
from app.analysis.across.references import Reference, find_references
from app.analysis.across.rules import AcrossRule, AcrossRules
from app.analysis.results import Severity
from app.text.document import Provision

_SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\bSec)(?<!\bArt)(?<!\be\.g)(?<!\bi\.e)(?<!\bInc)[.!?][\"”’)]*\s+(?=[\"“(]?[A-Z0-9])|;\s+|\n+"
)
_CUE = re.compile(
    r"notwithstanding|despite|in spite of|regardless|irrespective|without|nothing|\bno \w|\bnot\b|exempt|exclude|except"
    r"|subject to|subordinate|suspend|waive|appl(?:y|ies) only|prevail|govern|control|precedence|supersede"
    r"|override|unless|expire|lapse|terminate|sunset|cease|in lieu|instead|in place|alternative|satisf|fulfil|outside"
    r"|compliance|limited by|modified by|set aside|lifted|relieved|released|inapplicable|of no",
    re.IGNORECASE,
)
_LIMITS = ("limit", "restrict", "impair", "abridge", "diminish", "affect", "interfer", "prejudic", "depriv", "modif")
_STOPS = ("prevent", "prohibit", "preclude", "bar", "constrain", "inhibit")
_PERMITS = ("entitl", "permit", "allow", "authori", "justif", "excus", "reliev")
_WAIVES = ("waiv", "a waiver")
_GRANTS = ("creat", "confer", "grant", "giv", "guarante", "impos", "constitut", "establish", "impl")
_OUR_TEXT = re.compile(
    r"\b(?:this|herein|hereof) ?(?:article|agreement|section|memorandum|letter|part)?\b", re.IGNORECASE
)
_LIFTED = re.compile(
    r"not (?:require|apply|extend)|suspended|waived|lifted|exempt|excluded|released|relieved", re.IGNORECASE
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:breach\w*|violat\w*|conflicts?|contrary|inconsistent|contraven\w+|covered|complies|if|where|when|unless)\b",
    re.IGNORECASE,
)
_SUBJECT = 12  # words in which the subject of a sentence is named
_OPENING = 4  # words before "subject to" that are no clause yet
_NEAR = 40  # characters after a reference in which its title stands
_THESE = {"article", "agreement", "part", "letter", "memorandum", "appendix", "addendum", "proposal"}


@dataclass(frozen=True, slots=True)
class Override:
    """One sentence of provision `place` that bears on others; offsets in that provision's text."""

    place: int
    start: int
    end: int
    text: str
    rule: AcrossRule
    severity: Severity
    targets: frozenset[int]  # provisions that it names; empty where it names a thing
    broad: bool  # whether it names a whole article rather than a section
    whole: bool  # whether it names the whole agreement
    thing: str  # what is given up, where no place is named
    zone: str  # the words that name the place


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of provision `place`, and what its references mean."""

    text: str
    start: int
    place: int
    places: Places
    rules: AcrossRules

    def resolve(self, references: Sequence[Reference]) -> frozenset[int]:
        return frozenset(k for each in references for k in self.places.resolve(each, self.place))


def find_overrides(provisions: Sequence[Provision], places: Places, rules: AcrossRules) -> list[Override]:
    """Find every sentence that overrides another provision to the Employer's gain.

    Args:
        provisions: of one document.
        places: the addresses of the same provisions.
        rules: what to look for.
    """
    found = []
    for number, provision in enumerate(provisions):
        if _CUE.search(provision.text):
            for start, end in sentences(provision.text):
                found += list(_in_sentence(_Sentence(provision.text[start:end], start, number, places, rules)))
    return found


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start() + len(match[0].rstrip())
        if start < end:
            yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, start + len(text[start:].rstrip())


def favored(words: str, rules: AcrossRules) -> str:
    """In whose favor a clause is, "employer", "workers" or "": what stands first decides."""
    employer, workers = rules.favor["employer"].search(words), rules.favor["workers"].search(words)
    if employer and (not workers or employer.start() < workers.start()):
        return "employer"
    return "workers" if workers else ""


def _in_sentence(sentence: _Sentence) -> Iterator[Override]:
    if not _CUE.search(sentence.text):
        return
    done: set[str] = set()
    for rule in sentence.rules.rules:
        if rule.id in done or (done and not rule.own):
            continue
        for pattern in rule.patterns:
            match = pattern.search(sentence.text)
            override = match and _override(sentence, match, rule)
            if override:
                done.add(rule.id)
                yield override
                break


def _override(sentence: _Sentence, match: re.Match[str], rule: AcrossRule) -> Override | None:
    groups = match.groupdict()
    zone = groups.get("zone") or ""
    references = find_references(sentence.text, match.start("zone"), match.end("zone")) if zone else []
    if "winner" in groups:
        references = _outranked(sentence, match, references)
    elif zone and match.start("zone") == 0 and not _is_subject(zone, references):
        references = []
    thing = groups.get("thing") or (zone if rule.id.endswith("remedy_barred") and not references else "")
    if rule.own and not references and sentence.rules.favor["prerogative"].search(zone):
        references = [Reference("article", "", (), "", match.start("zone"), match.end("zone"), zone.strip(" .()"))]
    if not references and not thing:
        return None
    severity = _loss(sentence, match, rule, references)
    if severity is None:
        return None
    meant = sentence.resolve(references)
    targets = frozenset(k for k in meant if not _managements(k, sentence.places, sentence.rules))
    if rule.own:
        targets = _yielding(sentence, match)
    elif not targets and not thing:
        return None
    named = references[0].text if references else ""
    known = meant or (references and references[0].kind == "article")
    return Override(
        sentence.place,
        sentence.start,
        sentence.start + len(sentence.text),
        sentence.text,
        rule,
        severity,
        targets,
        broad=not rule.own and any(each.kind in {"any", "foregoing"} or each.ordinal in _THESE for each in references),
        whole=any(each.ordinal == "agreement" for each in references),
        thing=thing,
        zone=named if known else f"{named}, which is not in the draft",
    )


def _is_subject(zone: str, references: Sequence[Reference]) -> bool:
    """Whether the words before a verb name a place as its subject, rather than what conflicts with it."""
    if not references:
        return True
    before = zone[: references[0].start].rpartition(",")[2]
    after = zone[references[-1].end :].rstrip(" ,")
    return not _OTHER_SUBJECT.search(before) and "," not in re.sub(r"\([^)]*\)", "", after)


def _yielding(sentence: _Sentence, match: re.Match[str]) -> frozenset[int]:
    """What yields: its own provision, and the places the sentence begins with ("The rights in Section 3 are …")."""
    before = sentence.text[: match.start()]
    named = find_references(before) if len(before.split()) <= _SUBJECT else []
    return sentence.resolve(named) | {sentence.place}


def _loss(
    sentence: _Sentence, match: re.Match[str], rule: AcrossRule, references: Sequence[Reference]
) -> Severity | None:
    """How grave the override is for workers; None where it takes nothing from them."""
    groups, rules = match.groupdict(), sentence.rules
    if rules.favor["management"].search(groups.get("zone") or "") and not rule.own:
        return None
    if "verb" in groups:
        lost = _nothing_in(groups["verb"].lower(), sentence.text[match.end() :], rules)
    elif rule.main == "after":
        return _after(sentence.text[match.end() :].strip(" ,") or sentence.text[: match.start()], rule, rules)
    elif rule.own:
        return _yields(sentence, match, rule, references)
    elif "thing" in groups:
        lost = bool(_LIFTED.search(match[0])) or favored(sentence.text, rules) == "employer"
    else:
        lost = True
    return rule.severity if lost else None


def _after(rest: str, rule: AcrossRule, rules: AcrossRules) -> Severity | None:
    """What comes after "notwithstanding Section 3"; a duty of the Employer may be the lesser one."""
    whom = favored(rest, rules)
    if whom == "workers":
        return "medium" if rules.favor["lesser"].search(rest) and not re.search(r"\bnot?\b", rest) else None
    return rule.severity if whom == "employer" else "medium"


def _nothing_in(verb: str, rest: str, rules: AcrossRules) -> bool:
    """Whether "nothing in this Article shall …" takes something from workers."""
    employer = rules.favor["employer_word"].search(rest)
    worker = rules.favor["worker_word"].search(rest)
    managerial = rules.favor["managerial"].search(rest)
    workers_first = bool(worker and (not employer or worker.start() < employer.start()))
    if verb.startswith(_PERMITS):
        return workers_first
    if verb.startswith(_WAIVES):
        return bool(employer) and not workers_first
    if verb.startswith(_LIMITS + _STOPS):
        if workers_first:
            return bool(managerial and worker and managerial.start() < worker.start())
        return bool(employer or managerial or (verb.startswith(_STOPS) and not rules.favor["law"].search(rest)))
    if verb.startswith(_GRANTS):
        return not re.search(r"\bwaiver\b", rest)
    return not workers_first  # to require, to oblige


def _yields(
    sentence: _Sentence, match: re.Match[str], rule: AcrossRule, references: Sequence[Reference]
) -> Severity | None:
    """Whether a provision that yields to another one loses by it."""
    rules, first = sentence.rules, references[0]
    before, around = sentence.text[: match.start()], sentence.text[match.start() : match.end() + _NEAR]
    to_ours = first.ordinal in _THESE or first.kind in {"any", "foregoing"} or _is_ours(before, match["zone"])
    targets = sentence.resolve([first])
    if to_ours or rules.favor["procedure"].search(around) or (targets and rules.favor["disputes"].search(before)):
        return None
    main = before if len(before.split()) > _OPENING else sentence.text[match.end() :]
    protected = targets and all(favored(sentence.places.provisions[k].text, rules) == "workers" for k in targets)
    if protected or favored(main, rules) == "employer":
        return None
    return "high" if rules.favor["management"].search(around) else rule.severity


def _is_ours(before: str, zone: str) -> bool:
    """ "The management rights article is subject to this Article"."""
    return bool(re.match(r"^\s*this\b", zone, re.IGNORECASE)) and bool(before.strip())


def _outranked(sentence: _Sentence, match: re.Match[str], references: list[Reference]) -> list[Reference]:
    """What is outranked, where something other than this text comes first; [] where this text does."""
    winner = match["winner"]
    if _OUR_TEXT.search(winner) or re.search(r"\bthe (?:more|greater|higher|better|latter|former)\b", winner, re.I):
        return []
    outside = sentence.rules.favor["management"].search(winner) or find_references(winner)
    winning = {(each.kind, each.ordinal) for each in find_references(winner)}
    named = references or find_references(sentence.text, 0, match.start("winner"))
    return [each for each in named if (each.kind, each.ordinal) not in winning] if outside else []


def _managements(number: int, places: Places, rules: AcrossRules) -> bool:
    headings = " ".join(places.provisions[number].heading_path[-2:])
    return bool(headings and rules.favor["management"].search(headings))
