"""What our answer in their file would change: step by step, in the order of their text, each one to accept or not.

Nothing is guessed. Where it is not plain which words of theirs answer which of ours, a person does it by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Literal

from app.analysis.results import ClauseText, Finding
from app.proposals.answer_losses import Losses, explanations
from app.proposals.answer_pairs import Pair, Pairing, depth_of, heading_of, is_below, pair_articles
from app.text.document import Provision
from app.text.quotation_marks import straight, written_like

ELSEWHERE: Final = "Their words do this work in several places, or not in the same order."
NO_ANSWER: Final = "Nothing of ours stands against these words, and they are not plainly hostile."
ITEMS_ANSWERED: Final = "Their text answers some of its items; see what opens their list."
ASTRAY: Final = "Words in another article of theirs may do this work."
NO_PLACE: Final = "Nothing in their text shows where it belongs."
IN_PARTS: Final = "These words share a paragraph, or others hang on them."


@dataclass(frozen=True, slots=True)
class Step:
    """One change of ours in their file."""

    kind: Literal["replace", "strike", "insert"]
    place: str  # of their paragraph; of the one to insert after
    number: str  # theirs
    was: str  # their words
    ours_number: str
    ours: str  # the words suggested, a line for each paragraph
    like: str = ""  # for "insert": the place whose look the first paragraph takes
    like_below: str = ""  # the same for further paragraphs
    reasons: tuple[str, ...] = ()  # what the findings say
    ours_title: str = ""  # of the article that our words are from
    essential: bool = False  # it touches an essential protection, or strikes what is hostile

    @property
    def key(self) -> str:
        """Names the step in a form; another text gives another name."""
        said = "\x1f".join((self.kind, self.place, self.number, self.was, self.ours_number, self.ours))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ByHand:
    """Words that are not answered here."""

    side: Literal["union", "employer"]
    number: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggested:
    steps: tuple[Step, ...]
    by_hand: tuple[ByHand, ...]


def suggest_steps(
    texts: Sequence[ClauseText],
    draft: Sequence[Provision],
    pairs: Sequence[Pair],
    findings: Sequence[Finding],
    *,
    automatic: AbstractSet[str] = frozenset(),
) -> Suggested:
    """Decide what to change.

    Args:
        texts: Our articles.
        draft: Their provisions.
        pairs: Which of ours are set against which of theirs; the very provisions of `texts`.
        findings: What the comparison found; leave out what the caucus dismissed or can live with.
        automatic: Places of theirs whose number Word makes; elsewhere new list items bring their own.
    """
    losses = Losses.among(findings, draft)
    work = _Work(texts, draft, losses, automatic, pair_articles(texts, draft, pairs))
    for article, text in enumerate(texts):
        work.article(article, text)
    work.theirs_alone()
    order = {"replace": 0, "strike": 0, "insert": 1}
    placed = sorted(work.steps, key=lambda each: (each[0], order[each[1].kind]))  # stable: ours stay in our order
    return Suggested(tuple(step for _, step in placed), tuple(work.by_hand))


@dataclass(slots=True)
class _Work:
    texts: Sequence[ClauseText]
    draft: Sequence[Provision]
    losses: Losses
    automatic: AbstractSet[str]
    paired: Pairing
    used: set[int] = field(default_factory=set)  # theirs that a step changes, or that ours answer
    steps: list[tuple[int, Step]] = field(default_factory=list)
    by_hand: list[ByHand] = field(default_factory=list)

    # One article of ours

    def article(self, article: int, text: ClauseText) -> None:
        if article not in self.paired.homes:
            self._hand("union", "", text.title, "Their text has no article that answers this one.")
            return
        done: set[int] = set()
        for _, here, there in sorted(each for each in self.paired.groups if each[0] == article):
            done |= self._group(article, text, here, there)
        missing = [i for i in range(len(text.provisions)) if (article, i) not in self.paired.answers and i not in done]
        while missing:
            i = missing.pop(0)
            below = [k for k, each in enumerate(text.provisions) if is_below(each.number, text.provisions[i].number)]
            if any((article, k) in self.paired.answers for k in below):
                self._hand_ours(text, [i], ITEMS_ANSWERED)  # its items are answered, and belong to theirs
                continue
            if (article, i) in self.paired.astray or any((article, k) in self.paired.astray for k in below):
                self._hand_ours(text, [i, *below], ASTRAY)
            else:
                self._insert(article, text, [i, *below])
            missing = [k for k in missing if k not in below]

    def _group(self, article: int, text: ClauseText, here: list[int], there: list[int]) -> set[int]:
        """Replace what answers ours; the answer is what of ours is settled beyond the group itself."""
        self.used |= set(there)
        if any(len(self.paired.partners[j] - {(article, i) for i in here}) for j in there):
            return self._unclear(text, here, there)
        if len(here) == len(there) and self._same_depths(text, here, there):
            for i, j in zip(here, there, strict=True):
                self.paired.answers[article, i] = [j]
                self._replace(article, text, [i], j)
            return set()
        whole = list(range(here[0], here[-1] + 1))
        between = [i for i in whole if i not in here]
        settled = all((article, i) not in self.paired.answers for i in between)
        under = all(is_below(text.provisions[i].number, text.provisions[here[0]].number) for i in whole[1:])
        if len(there) == 1 and settled and under and not self._children(there[0]):
            if self._replace(article, text, whole, there[0]):
                return set(between)
            return set()
        if len(here) == 1 and there == list(range(there[0], there[-1] + 1)) and self._may_go(there[1:]):
            if self._replace(article, text, here, there[0], also=there):
                for j in there[1:]:
                    self._strike(j, essential=self.steps[-1][1].essential, reasons=())
            return set()
        return self._unclear(text, here, there)

    def _same_depths(self, text: ClauseText, here: Sequence[int], there: Sequence[int]) -> bool:
        ours = [depth_of(text.provisions[i]) for i in here]
        theirs = [depth_of(self.draft[j]) for j in there]
        return [each - ours[0] for each in ours] == [each - theirs[0] for each in theirs]

    def _unclear(self, text: ClauseText, here: Sequence[int], there: Sequence[int]) -> set[int]:
        if any(self.losses.bearing_on(text, here, there)):
            for j in there:
                self._hand("employer", self.draft[j].number, self.draft[j].text, ELSEWHERE)
            self._hand_ours(text, here, ELSEWHERE)
        return set()

    def _replace(
        self, article: int, text: ClauseText, here: Sequence[int], there: int, *, also: Sequence[int] = ()
    ) -> bool:
        theirs = self.draft[there]
        found = self.losses.bearing_on(text, here, also or [there])
        like_below = self._like(there, depth_of(theirs) + 1) if len(here) > 1 else ""
        if not found or (len(here) == 1 and _plain(text.provisions[here[0]].text) == _plain(theirs.text)):
            return False
        if len(here) > 1 and not like_below:
            self._hand("employer", theirs.number, theirs.text, NO_PLACE)
            return False
        first = text.provisions[here[0]]
        step = Step(
            "replace", theirs.place, theirs.number, theirs.text, first.number, self._words(text, here, "", like_below),
            like_below=like_below, reasons=explanations(found), ours_title=text.title,
            essential=self.losses.is_essential(found, self.paired.homes[article]),
        )  # fmt: skip
        self.steps.append((there, step))
        return True

    def _insert(self, article: int, text: ClauseText, here: Sequence[int]) -> None:
        """Insert ours where it belongs: behind what answers the provision before it, or at the article's end."""
        first = text.provisions[here[0]]
        depth = depth_of(first)
        anchor = self._anchor(article, text, here[0])
        like = self._like(anchor, depth) if anchor is not None else ""
        like_below = self._like(anchor, depth + 1) if anchor is not None and len(here) > 1 else ""
        deep = any(depth_of(text.provisions[i]) != depth + 1 for i in here[1:])
        if anchor is None or not like or deep or (len(here) > 1 and not like_below):
            self._hand_ours(text, here, NO_PLACE)
            return
        found = self.losses.bearing_on(text, here, [])
        after = self.draft[anchor]
        step = Step(
            "insert", after.place, after.number, after.text, first.number, self._words(text, here, like, like_below),
            like, like_below, explanations(found), text.title,
            self.losses.is_essential(found, self.paired.homes[article]),
        )  # fmt: skip
        self.steps.append((anchor, step))

    def _anchor(self, article: int, text: ClauseText, place: int) -> int | None:
        depth = depth_of(text.provisions[place])
        for i in range(place - 1, -1, -1):
            answer = self.paired.answers.get((article, i))
            if depth_of(text.provisions[i]) < depth:  # our parent: the first item of its list
                return answer[0] if answer else None
            if answer and depth_of(text.provisions[i]) == depth and len(answer) == 1:
                j = answer[0]
                if depth_of(self.draft[j]) != depth:
                    return None
                return max([j, *self._children(j)])
        inside = [j for j, each in enumerate(self.draft) if heading_of(each) == self.paired.homes[article]]
        return inside[-1] if inside and depth == 0 else None

    def _like(self, near: int, depth: int) -> str:
        """The place of their nearest paragraph of this depth in the same article."""
        heading = heading_of(self.draft[near])
        alike = [
            j
            for j, each in enumerate(self.draft)
            if heading_of(each) == heading and each.number and depth_of(each) == depth
        ]
        return self.draft[min(alike, key=lambda j: abs(j - near))].place if alike else ""

    def _words(self, text: ClauseText, here: Sequence[int], like: str, like_below: str) -> str:
        lines = []
        for rank, i in enumerate(here):
            provision, model = text.provisions[i], like_below if rank else like
            label = provision.number[provision.number.rfind("(") :] if "(" in provision.number else ""
            own = label and model and model not in self.automatic
            lines.append(f"{label} {_one_line(provision.text)}" if own else _one_line(provision.text))
        return written_like("\n".join(lines), (each.text for each in self.draft))

    # What of theirs nothing of ours answers

    def theirs_alone(self) -> None:
        alone = [j for j in range(len(self.draft)) if j not in self.used]
        hostile = {j for j in alone if any(each.hostile for each in self.losses.at(j))}
        for j in alone:
            found = self.losses.at(j)
            if j in hostile and self._may_go([j], hostile):
                self._strike(j, essential=True, reasons=explanations(found))
            elif found:
                reason = IN_PARTS if j in hostile else NO_ANSWER
                self._hand("employer", self.draft[j].number, self.draft[j].text, reason)

    def _strike(self, j: int, *, essential: bool, reasons: tuple[str, ...]) -> None:
        theirs = self.draft[j]
        step = Step("strike", theirs.place, theirs.number, theirs.text, "", "", reasons=reasons, essential=essential)
        self.steps.append((j, step))

    def _may_go(self, there: Sequence[int], going: AbstractSet[int] = frozenset()) -> bool:
        """Whether whole paragraphs go, and nothing hangs on them that stays."""
        gone = {*there, *going}
        return all(
            self.draft[j].place != each.place for j in there for k, each in enumerate(self.draft) if k != j
        ) and all(child in gone for j in there for child in self._children(j))

    def _children(self, j: int) -> list[int]:
        number = self.draft[j].number
        return [k for k, each in enumerate(self.draft) if number and is_below(each.number, number)]

    def _hand(self, side: Literal["union", "employer"], number: str, text: str, reason: str) -> None:
        entry = ByHand(side, number, text, reason)
        if entry not in self.by_hand:
            self.by_hand.append(entry)

    def _hand_ours(self, text: ClauseText, here: Sequence[int], reason: str) -> None:
        first = text.provisions[here[0]]
        words = " ".join(_one_line(text.provisions[i].text) for i in here)
        self._hand("union", f"{text.title}, {first.number}".strip(", "), words, reason)


def _plain(text: str) -> str:
    return " ".join(straight(text).split())


def _one_line(text: str) -> str:
    return " ".join(text.split())
