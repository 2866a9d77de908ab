"""What belongs to each promise of a sentence: action, beneficiary, timing, scope, conditions, exceptions, remedies.

English of agreements is regular enough for rules: a modal governs the verb phrase up to the next condition, exception,
time or subject. The lists of words stand in `models/patterns/promises.toml`. Recitals, headings, definitions and words
in quotation marks or struck out promise nothing (PRECEDENTS d.10).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.analysis.moments import first_word, moments_of
from app.analysis.phrases import Phrases
from app.analysis.stretches import MODAL, begin_of, is_heading, promising, quoted_in, starting_in, struck_in, within
from app.analysis.subjects import head_of, is_owner
from app.analysis.undertakings import Actor, Mark, Moment, Promise, Undertaking

_ITEM = re.compile(r"\s*(?:and |or )?(?:\(?[a-z0-9]{1,4}[.)]|[-•*–])\s+", re.I)
_ASIDE = re.compile(r", [^,;]{2,120}, ")
_TRAILING = re.compile(
    r"(?:[\s,;:.]|\b(?:and|or|but|nor|at least|not less than|no later than|not later than|also|as|only|for|up to))+$",
    re.I,
)
_LEADING = re.compile(r"\s*:?\s*(?:\([a-z0-9]{1,4}\) )?(?:to |that )?", re.I)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|remains?|bears?|pays?|keeps?|binds?|owns?|holds?|receives?|retains?|applies|apply|covers?|includes?|continues?|takes?|gets?|provides?|shares?|gives?|posts?|trains?|meets?|decides?|[a-z]{3,}(?:es|s))\b"
)
_ENDS_IN_VERB = re.compile(r"\b(?:is|are|takes?)$")
_COPULA = re.compile(r"\b(?:is|are|has|have|remains?|binds?|applies|apply|covers?|continues?|bears?|gets?)\b")
_PRESENT_OF_ACTOR = re.compile(
    r" (?:(?:also|then|first|each|alone|always) )?(?:[a-z]+[^\Ws]s|are|have|do|bear|keep|retain|receive|pay|get|hold|own|share|decide|choose|meet|fall|remain|continue|take)\b(?! (?:is|are|has|have|shall|may|will|must|can)\b)"
)
_PASSIVE = re.compile(r"(?:not |never |also |only |\w+ly )*(?:be|have been) (?:\w+ly |so )*\w+(?:ed|n|t|d|e|g)\b", re.I)


def load_promise_rules(folder: Path, words: dict[str, str]) -> PromiseRules:
    """Read the rules from the directory `models/patterns`.

    Raises:
        FileNotFoundError: the file is missing, so the installation is broken.
    """
    return PromiseRules(tomllib.loads((folder / "promises.toml").read_text(encoding="utf-8")), words)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found in a sentence, before it is known to which promise it belongs."""

    timing: Sequence[Moment]
    scope: Sequence[Mark]
    conditions: Sequence[Mark]
    exceptions: Sequence[Mark]
    remedies: Sequence[Mark]

    def within(self, span: tuple[int, int]) -> _Parts:
        marks = (self.scope, self.conditions, self.exceptions, self.remedies)
        return _Parts(starting_in(self.timing, *span), *(starting_in(each, *span) for each in marks))


class PromiseRules:
    """Finds the promises of a text; built once from `models/patterns/promises.toml`.

    Args:
        data: the file, read.
        words: the word lists of `words.toml`.
    """

    def __init__(self, data: dict[str, Any], words: dict[str, str]) -> None:
        self._phrases = Phrases(data, words["worker"])
        self._recital = re.compile(data["clauses"]["recital"].strip(), re.I)
        self._breaks = re.compile(rf"(?:{data['clauses']['breaks'].strip()})\b", re.I)
        receiving = {name: text.strip() for name, text in data["receiving"].items()}
        self._gives = re.compile(
            rf"(?:\w+ly )?(?:not )?(?:{receiving['gives']})(?: (?:and|or) \w+)?(?: (?:to|with))?(?: \w+ly)? ", re.I
        )
        self._receives = re.compile(rf"(?:\w+ly |also )?(?:{receiving['receives']})\b", re.I)
        adjectives = rf"(?:(?:the|an?|any|each|every|all|both|its|their|that|those|other|such|individual|{data['scope']['person'].strip()}),? )*"
        self._near = re.compile(rf"\b(?P<how>{receiving['near']}) {adjectives}$", re.I)
        self._determiners = re.compile(rf"(?:(?:of|to|with) )?{adjectives}", re.I)

    def add(self, text: str, undertakings: list[Undertaking]) -> list[Undertaking]:
        """Give each undertaking its promises; an item of a list takes bearer and force from the opening of the list.

        Args:
            text: the whole text, with every white space a single space.
            undertakings: one for each sentence, in order.
        """
        found: list[Undertaking] = []
        opening: Promise | None = None
        struck = struck_in(text)
        for each in undertakings:
            gone = within(each.start, struck)
            promises = [] if gone else self._promises(text, each, opening if _ITEM.match(each.text) else None)
            if each.force or not _ITEM.match(each.text):
                opening = _opening_of_list(text, each, promises)
            said = [
                promise
                for promise in promises
                if promise.action or promise.conditions or promise.timing or not each.force
            ]
            found.append(replace(each, promises=tuple(said)))
        return found

    def _promises(self, text: str, each: Undertaking, opening: Promise | None) -> list[Promise]:
        bare = each.text.strip()
        if not bare or each.defines or self._recital.match(bare) or is_heading(bare):
            return []
        quoted = quoted_in(each)
        clauses = [clause for clause in self._phrases.clauses(text, each) if not within(clause.start, quoted)]
        force = promising(text, each, clauses, quoted)
        if not force:
            return self._stated(text, each, clauses, opening) if not each.force else []
        begins = [each.start, *(begin_of(text, a.end, b.start, clauses) for a, b in pairwise(force))]
        ends = [*begins[1:], each.end]
        parts = self._parts(text, each, clauses)
        return [
            self._promise(text, each, mark, (start, end), parts)
            for mark, start, end in zip(force, begins, ends, strict=True)
        ]

    def _parts(self, text: str, each: Undertaking, clauses: list[Mark]) -> _Parts:
        spans = [(clause.start, clause.end) for clause in clauses]
        return _Parts(
            timing=moments_of(text, (each.start, each.end), list(each.timings), list(each.quantities)),
            scope=self._phrases.scope(text, each),
            conditions=[clause for clause in clauses if clause.id == "condition"],
            exceptions=[clause for clause in clauses if clause.id == "exception"],
            remedies=[mark for mark in self._phrases.remedies(text, each) if not within(mark.start, spans)],
        )

    def _promise(self, text: str, each: Undertaking, mark: Mark, span: tuple[int, int], parts: _Parts) -> Promise:
        own = parts.within(span)
        action = self._action(text, mark, span, own)
        to = self._beneficiary(text, each, mark, action, span)
        return _made(text, each, span, own, bearer=mark.bearer, force=mark, action=action, beneficiary=to)

    def _action(self, text: str, mark: Mark, span: tuple[int, int], parts: _Parts) -> Mark | None:
        """The verb phrase behind a modal, up to what qualifies it."""
        verb = mark.end
        modal = MODAL.search(mark.text)
        if mark.id == "considers" and modal:
            verb = mark.start + modal.end()
        elif present := _ENDS_IN_VERB.search(mark.text):  # "no fee is due"
            verb = mark.start + present.start()
        aside = _ASIDE.match(text, verb, span[1])
        if aside:
            verb = aside.end()
        lead = _LEADING.match(text, verb)
        start = lead.end() if lead else verb
        stops = [span[1]]
        stops += [clause.start for clause in [*parts.conditions, *parts.exceptions] if clause.start > start]
        stops += [cut for moment in parts.timing if (cut := first_word(text, start, moment)) > start]
        broken = self._breaks.search(text, start, span[1])
        if broken:
            stops.append(broken.start())
        end = start + len(_TRAILING.sub("", text[start : min(stops)]))
        return Mark("action", start, end, text[start:end]) if end > start else None

    def _beneficiary(
        self, text: str, each: Undertaking, mark: Mark, action: Mark | None, span: tuple[int, int]
    ) -> Mark | None:
        """Who receives: the object of giving, whoever stands after "to", the subject of a passive or of a right."""
        if action is None:
            return None
        modal = MODAL.search(mark.text)
        place = mark.start + modal.start() if modal else mark.start
        before = [actor for actor in starting_in(each.actors, span[0], place) if actor.end <= place]
        subject = head_of(text, place - 1, before) if before else None
        if subject and subject.id != "employer" and _receiving(action, self._receives):
            return subject
        if subject and mark.id == "may" and subject.id in {"union", "worker", "committee"}:
            return subject
        after = [actor for actor in starting_in(each.actors, action.start, action.end) if actor.id != mark.bearer]
        given = self._gives.match(text, action.start, action.end)
        for actor in after:
            gap = text[action.start : actor.start]
            if is_owner(text, actor):
                continue
            if (
                given
                and actor.start - given.end() <= 30
                and self._determiners.fullmatch(text, given.end(), actor.start)
            ):
                return actor
            near = self._near.search(gap)
            most = _FEW if near and near["how"].lower() == "with" else _MANY
            if (near and len(gap.split()) <= most) or _direct(text, gap, actor):
                return actor
        return None

    def _stated(self, text: str, each: Undertaking, clauses: list[Mark], opening: Promise | None) -> list[Promise]:
        """A rule in the present tense, or an item under "The Employer shall:"."""
        parts, span = self._parts(text, each, clauses), (each.start, each.end)
        item = _ITEM.match(text, each.start)
        if opening is not None and opening.force is not None and item:
            seen: Mark | None = Mark("item", each.start, item.end(), "", bearer=opening.bearer)
        elif _PRESENT.search(each.text):
            seen, opening = _present(text, each), None
        else:
            return []
        action = self._action(text, seen, span, parts) if seen else None
        to = self._beneficiary(text, each, seen, action, span) if seen else None
        if to is None and opening is not None and opening.action is None:
            to = opening.beneficiary
        force = opening.force if opening else None
        if action is None and not any((parts.timing, parts.scope, parts.conditions, parts.exceptions, parts.remedies)):
            return []
        bearer = seen.bearer if seen else "unnamed"
        return [_made(text, each, span, parts, bearer=bearer, force=force, action=action, beneficiary=to)]


_FEW = 7  # words: "meet and discuss the plan with the Union" does it with the Union
_MANY = 16
_LEAD = re.compile(r"(?:[^.;]*, )?(?:[\d.()a-z]{1,6} )?(?:the|an?|each|every|all|both|any)? ?", re.I)
_FUNCTION = re.compile(
    r"(?:$|[,.;:)]| (?:of|to|in|on|at|before|after|within|with|for|from|about|that|who|whose|when|if|unless|and|or|an?|the|any|all|each|its|their|is|are|by|not|as|upon|until|at|no|solely|without|because|whenever|where|during|over|under|against|concerning|regarding|covered|affected|except|based)\b)"
)


def _direct(text: str, gap: str, actor: Mark) -> bool:
    """Whether an actor is the object right behind the verb: "discipline an employee", and not "use employee data"."""
    words = gap.split()
    close = 0 < len(words) <= 4 and bool(
        re.fullmatch(
            r"(?:\w+ly )?[\w-]+(?: (?:and|or) [\w-]+| off| out)? (?:(?:the|an?|any|each|every|all|its|such|affected) )*",
            gap,
            re.I,
        )
    )
    return close and bool(_FUNCTION.match(text, actor.end))


def _receiving(action: Mark, verbs: re.Pattern[str]) -> bool:
    return bool(_PASSIVE.match(action.text) or verbs.match(action.text))


def _present(text: str, each: Undertaking) -> Mark | None:
    """The place right before the verb of "The Employer bears the cost" or "Severance is two weeks' pay"."""
    for actor in each.actors:
        if _PRESENT_OF_ACTOR.match(text, actor.end) and _LEAD.fullmatch(text, each.start, actor.start):
            return replace(actor, id="present", text="", bearer=actor.id)  # type: ignore[arg-type]
    verb = _COPULA.search(text, each.start, each.end)
    return Mark("present", verb.start(), verb.start(), "") if verb else None


def _made(
    text: str,
    each: Undertaking,
    span: tuple[int, int],
    parts: _Parts,
    *,
    bearer: Actor,
    force: Mark | None,
    action: Mark | None,
    beneficiary: Mark | None,
) -> Promise:
    return Promise(
        start=span[0],
        end=span[0] + len(text[span[0] : span[1]].rstrip()),
        bearer=bearer,
        force=force,
        action=action,
        beneficiary=beneficiary,
        timing=tuple(parts.timing),
        quantities=tuple(starting_in(each.quantities, *span)),
        scope=tuple(parts.scope),
        conditions=tuple(parts.conditions),
        exceptions=tuple(parts.exceptions),
        remedies=tuple(parts.remedies),
    )


def _opening_of_list(text: str, each: Undertaking, promises: list[Promise]) -> Promise | None:
    last = promises[-1] if promises else None
    if last is None or last.force is None:
        return None
    return last if ":" in text[last.force.end : each.end] else None
