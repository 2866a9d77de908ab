"""Who is bound by a modal: its subject, its agent after "by", or nobody named.

English of agreements is regular: bearer, modal and verb stand close together. The rules walk back from the modal to its
subject. A passive without agent binds nobody by name, whoever its subject is: "employees shall be told" does not say by
whom.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.analysis.subjects import after_preposition, head_of, is_owner
from app.analysis.undertakings import Actor, Mark

_REACH = 250  # characters from a modal within which its subject stands
_MODAL = r"(?:shall|must|will|may|can|might|could|should|would|ought to)"
_LAST_MODAL = re.compile(rf"\b{_MODAL}$", re.I)
_ANY_MODAL = re.compile(rf"\b{_MODAL}\b", re.I)
_OURS = ("worker", "union")
_ADVERB = r"(?:also|then|therefore|thereafter|thereupon|alone|itself|themselves|himself|herself|together|first|further|however|accordingly|only|always|each|both|neither|either|hereby|in turn|at all times|at any time|in any event|\w+ly)"
_TRAILING = re.compile(rf"(?:, {_ADVERB},| {_ADVERB})$", re.I)
_ASIDE = re.compile(
    r", (?:if|when|where|on|upon|at|in|with|without|after|before|unless|subject to|as|through|by|and its|or its|acting|in consultation|agreed|appointed|chosen|selected|named|having|once|within|no later than)\b[^,;]{1,140},$",
    re.I,
)
_JOINED = re.compile(
    r"(?:^|[,;:]|[,;:]? (?:and|or|but|nor)(?: then| also| if [\w ]{1,40}| when [\w ]{1,40}| where [\w ]{1,40}| (?:upon|on|at|in|within|for|after)(?: (?!the |an? |no |such |any )[\w’'-]+){1,5})?)$",
    re.I,
)
_PRONOUN = re.compile(r"(?:^|[\s(,])(?P<word>it|they|he or she|she or he|he|she|each|who|which|that)$", re.I)
_DETERMINER = re.compile(r" (?:(?:the|an?|any|either|each|its|that) )?", re.I)
_WHO = re.compile(r"\b(?:who|which|that) $", re.I)


def load_bearer_rules(folder: Path) -> BearerRules:
    """Read the rules from the directory `models/patterns`.

    Raises:
        FileNotFoundError: the file is missing, so the installation is broken.
    """
    return BearerRules(tomllib.loads((folder / "bearers.toml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is the subject of the modal at `place`; what is joined to it by "and" has the same one."""

    place: int
    actor: Actor


class BearerRules:
    """Names the bearer of each modal; built once from `models/patterns/bearers.toml`.

    Args:
        data: the file, read.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        verbs = {name: text.strip() for name, text in data["verbs"].items()}
        groups = "|".join(f"(?P<{name}>{text.strip()})" for name, text in data["subjects"].items())
        self._subject = re.compile(
            rf"(?:^|[\s(\"“])(?:{groups})(?: (?:that|who|which|agreed|appointed|chosen|named|of|for)\b[^,;]{{0,60}})?$",
            re.I,
        )
        self._passive = re.compile(
            rf"{_MODAL}(?: (?:not|never|only|so|in no (?:case|event)|under no circumstances|at no time|{_ADVERB}))*,?"
            rf" (?:be|have been)(?: (?:not|so|\w+ly|first|also))* (?!(?:{verbs['states']})\b)"
            rf"(?P<verb>\w+ed|{verbs['participles']})\b",
            re.I,
        )
        self._participle = re.compile(rf"\b(?:\w+ed|{verbs['participles']}) $", re.I)
        self._agent = re.compile(r"\bby (?:the |an? |any |both |each |that |its |one of the )?$", re.I)
        self._of_things = re.compile(rf"{_MODAL}(?: not| also| then)* (?:{verbs['things']})\b", re.I)

    def name(self, text: str, sentences: list[tuple[int, int]], marks: list[Mark], actors: list[Mark]) -> list[Mark]:
        """Give each mark of force its bearer.

        Args:
            text: the whole text, with every white space a single space.
            sentences: where each sentence begins and ends, in order.
            marks: the marks of force, in order.
            actors: the actors, in order.

        Returns:
            The marks, in the same order.
        """
        found: list[Mark] = []
        last: Subject | None = None
        before: Actor = "unnamed"  # whom the sentence before this one speaks of
        number, first = 0, 0
        for mark in marks:
            while number < len(sentences) - 1 and mark.start >= sentences[number][1]:
                before = self._spoken_of(text, sentences[number], found, actors)
                number += 1
            start, end = sentences[number] if sentences else (0, len(text))
            while first < len(actors) and actors[first].start < mark.start - 2 * _REACH:
                first += 1
            near = _between(actors, first, max(start, mark.start - _REACH), min(end, mark.end + _REACH))
            same = last if last is not None and last.place >= start else None
            bearer, subject = self.bearer_of(text, (start, end), mark, near, last=same, before=before)
            if found and found[-1].end < mark.start and not text[found[-1].end : mark.start].strip():
                bearer = found[-1].bearer  # "the Union will generally": one stretch, one bearer
            found.append(replace(mark, bearer=bearer))
            if _ANY_MODAL.search(mark.text) and not _WHO.search(text, max(start, mark.start - 12), mark.start):
                last = Subject(mark.start, subject)
        return found

    def bearer_of(
        self,
        text: str,
        sentence: tuple[int, int],
        mark: Mark,
        actors: list[Mark],
        *,
        last: Subject | None = None,
        before: Actor = "unnamed",
    ) -> tuple[Actor, Actor]:
        """Name who one mark of force binds.

        Args:
            text: the whole text.
            sentence: where its sentence begins and ends.
            mark: the modal, perhaps with the words around it.
            actors: the actors near it, in order.
            last: the subject of the modal before it in the sentence.
            before: whom the sentence before speaks of.

        Returns:
            The bearer, "unnamed" for a thing or a passive without agent; and the subject, which a passive has as well.
        """
        modal = _LAST_MODAL.search(mark.text)
        inside = bool(modal and modal.start() > 0)  # "no manager may": the subject stands in the mark
        place = mark.start + modal.start() if modal and inside else mark.start
        turned = _turned_round(text, mark, actors) if modal else None
        if turned is not None:
            return turned
        passive = self._passive.match(text, place, sentence[1])
        start = mark.start if inside else max(sentence[0], place - _REACH)
        near = [actor for actor in actors if start <= actor.start < place]
        own = None if inside else next((actor for actor in actors if actor.start == mark.start), None)
        if own is not None:  # "the Employer recognizes" is one mark
            return _actor(own), _actor(own)
        subject = self._subject_of(text, start, place, near, last=last, before=before)
        if passive:
            return self._agent_of(text, passive.end("verb"), sentence[1], actors), subject
        if inside and subject in _OURS:
            return "unnamed", subject  # "no employee shall lose pay" is a promise to employees: others have to keep it
        return subject, subject

    def _agent_of(self, text: str, verb_end: int, end: int, actors: list[Mark]) -> Actor:
        """The actor after "by" that belongs to this verb and not to a participle further on."""
        for actor in actors:
            if actor.start < verb_end:
                continue
            between = text[verb_end : actor.start]
            if ";" in between or is_owner(text, actor) or actor.start >= end:
                continue
            agent = self._agent.search(between)
            if agent is None:
                continue
            words = between[: agent.start()]
            other = self._participle.search(words)
            if not other or re.match(rf" ?(?:(?:,|and|or|{_ADVERB}) )*$", words[: other.start()], re.I):
                return _actor(actor)
        return "unnamed"

    def _subject_of(
        self, text: str, start: int, place: int, actors: list[Mark], *, last: Subject | None, before: Actor
    ) -> Actor:
        stem = _stem(text[start:place])
        pronoun = _PRONOUN.search(stem)
        end = start + len(stem)
        actors = [actor for actor in actors if actor.end <= end]
        adjacent = bool(actors and actors[-1].end == end)
        if not adjacent and _JOINED.search(stem):
            if last is not None:
                return last.actor
            return next((_actor(a) for a in actors if not after_preposition(text, a)), before)
        if pronoun:
            return self._meant_by(pronoun["word"].lower(), text, (start, place), actors, before)
        named = None if adjacent else self._subject.search(stem)
        if named:
            return named.lastgroup  # type: ignore[return-value] # the groups are the names of Actor
        head = head_of(text, end, actors)
        return _actor(head) if head else "unnamed"

    def _meant_by(self, word: str, text: str, span: tuple[int, int], actors: list[Mark], before: Actor) -> Actor:
        """Whom a pronoun stands for: the last subject that may be called so, in this sentence or the one before."""
        start, place = span
        if word in {"who", "which", "that"}:
            near = actors[-1] if actors else None
            stem = text[start:place].rstrip()
            gap = stem[near.end - start : len(stem) - len(word)] if near else "-"
            return _actor(near) if near and re.fullmatch(r",? ?", gap) else "unnamed"
        if word == "each":
            return "parties" if before == "parties" else "unnamed"
        if self._of_things.match(text, place):
            return "unnamed"
        fitting = {
            "it": {"employer", "union", "committee", "neutral"},
            "they": {"worker", "parties", "union", "neutral", "committee"},
        }.get(word, {"worker", "neutral"})
        here = [actor for actor in actors if actor.id in fitting]
        subjects = [actor for actor in here if not after_preposition(text, actor)]
        if subjects:
            return _actor(subjects[-1])
        return before if before in fitting and not here else "unnamed"

    @staticmethod
    def _spoken_of(text: str, sentence: tuple[int, int], found: list[Mark], actors: list[Mark]) -> Actor:
        start, end = sentence
        bearers = [mark.bearer for mark in found[-8:] if start <= mark.start < end]
        if bearers:
            return bearers[0]
        here = [actor for actor in actors if start <= actor.start < end and actor.id != "worker"]
        return _actor(here[0]) if len({actor.id for actor in here}) == 1 else "unnamed"


def _turned_round(text: str, mark: Mark, actors: list[Mark]) -> tuple[Actor, Actor] | None:
    """The subject behind its modal: "nor shall the Employer use it", "only then may the Company lay off"."""
    after = next((actor for actor in actors if actor.start >= mark.end), None)
    if after is None or not _DETERMINER.fullmatch(text, mark.end, after.start) or is_owner(text, after):
        return None
    if after.id in _OURS or re.match(r" be\b", text[after.end : after.end + 4]):
        return "unnamed", _actor(after)
    return _actor(after), _actor(after)


def _between(actors: list[Mark], first: int, start: int, end: int) -> list[Mark]:
    found = []
    for actor in actors[first:]:
        if actor.start >= end:
            break
        if actor.start >= start:
            found.append(actor)
    return found


def _stem(text: str) -> str:
    """What stands before a modal, without adverbs and asides: "The Employer, if asked," is "The Employer"."""
    stem = text.rstrip()
    while True:
        shorter = _TRAILING.sub("", stem)
        if shorter.endswith(","):
            aside = _ASIDE.search(shorter)
            if aside and aside.start() > 0:
                shorter = shorter[: aside.start()]
        if shorter == stem:
            return stem
        stem = shorter


def _actor(mark: Mark) -> Actor:
    return mark.id  # type: ignore[return-value] # the ids of actor marks are the names of Actor
