"""Provisions that lost their home: moved to a recital, a letter, or away from what they enforce."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.analysis.across.crossing import crossing, homes
from app.analysis.across.places import Places, label
from app.analysis.across.references import find_references
from app.analysis.across.rules import AcrossRules
from app.analysis.aligning.likeness import Likeness
from app.analysis.aligning.matching import Match
from app.analysis.results import Move, Span
from app.analysis.wording import short
from app.text.document import Provision

_NUMBER = re.compile(r"^(?:(?:article|section|part) )?[\dIVXLC]+[A-Z]?(?:[.)]\d*)*\s+")
_FOUND_AGAIN = 0.3  # likeness at which a recital is what became of a provision without answer
_LONGEST_PREAMBLE = 12
_MAJORITY = 0.5
_CONFIDENCE = 0.75

Answers = Mapping[int, Sequence[int]]
"""For each of our provisions the places of the draft's that answer it."""


def answers_of(matches: Sequence[Match], ours: Places, theirs: Places) -> dict[int, list[int]]:
    """Which of the draft's provisions answer which of ours."""
    went: dict[int, list[int]] = {}
    for match in matches:
        for provision in match.draft.provisions:
            for home in homes(match, provision):
                went.setdefault(ours.number(home), []).append(theirs.number(provision))
    return went


def relocations(
    matches: Sequence[Match],
    ours: Places,
    theirs: Places,
    *,
    after: Sequence[str],
    likeness: Likeness,
    rules: AcrossRules,
) -> list[Match]:
    """Find provisions of ours that stand where they bind less, or not at all.

    Args:
        matches: all our provisions with their answers.
        ours: our provisions and their addresses.
        theirs: the draft's.
        after: for each of the draft's provisions what `homes_of` says.
        likeness: to find again what has no answer.
        rules: which headings are recitals and letters.
    """
    before = homes_of(ours, rules)
    went = answers_of(matches, ours, theirs)
    taken = {k for found in went.values() for k in found}
    for match in matches:
        if not match.draft.provisions:
            for home in match.library.provisions:
                row = likeness.row(ours.number(home))
                again = [(score, j) for j, score in row.items() if after[j] and j not in taken]
                score, best = max(again, default=(0.0, -1))
                if score >= _FOUND_AGAIN:
                    went[ours.number(home)] = [best]
    kinds = Counter(after[k] for found in went.values() for k in found)
    moved = []
    for i, found in sorted(went.items()):
        kind = after[found[0]]
        lost = kind and not before[i] and all(after[k] for k in found)
        if lost and kinds[kind] <= _MAJORITY * kinds.total():
            provision = ours.provisions[i]
            moved.append(
                _to_recital(provision, found[0], theirs)
                if kind == "recital"
                else _to_letter(provision, found[0], theirs, rules)
            )
    return [match for match in moved if match] + list(_remedies(went, ours, theirs, after, rules=rules))


def homes_of(places: Places, rules: AcrossRules) -> list[str]:
    """Where each provision stands: "recital", "letter", or "" in the agreement itself."""
    numbered = (k for k, p in enumerate(places.provisions) if p.number or places.all[k].section)
    first = next(numbered, 0)
    preamble = first if first <= _LONGEST_PREAMBLE else 0
    paths: dict[tuple[str, ...], str] = {}
    kinds = []
    for number, provision in enumerate(places.provisions):
        path = provision.heading_path
        if path not in paths:
            paths[path] = _kind(path, rules)
        if rules.moved["whereas"].search(provision.text):
            kinds.append("recital")
        elif places.all[number].annex:
            kinds.append("letter")
        else:
            kinds.append(paths[path] or ("recital" if number < preamble else ""))
    return kinds


def _kind(path: Sequence[str], rules: AcrossRules) -> str:
    if any(rules.moved["letter"].search(heading) for heading in path):
        return "letter"
    return "recital" if any(rules.moved["recital"].search(_NUMBER.sub("", heading)) for heading in path) else ""


def _to_recital(home: Provision, number: int, theirs: Places) -> Match:
    words = f"{label(home)} of your text stands in the preamble now: a recital binds nobody."
    return _whole(home, theirs.provisions[number], "modal_downgrade", "across.moved_to_preamble", words)


def _to_letter(home: Provision, number: int, theirs: Places, rules: AcrossRules) -> Match | None:
    by = theirs.provisions[number]
    heading = next((each for each in by.heading_path if rules.moved["letter"].search(each)), "")
    around = [p for k, p in enumerate(theirs.provisions) if theirs.all[k].annex == theirs.all[number].annex]
    whole = " ".join([heading, *(provision.text for provision in around)])
    loose = rules.moved["unsigned"].search(whole)
    if rules.moved["incorporated"].search(whole) and not loose:
        return None
    where = f"“{short(heading, 60)}”" if heading else theirs.label(number)
    words = f"{label(home)} of your text stands in {where} now, outside the agreement"
    words += f", and “{loose[0]}” says what it is worth there." if loose else ": it binds only if that paper says so."
    rule = "across.moved_remedy" if rules.moved["remedy"].search(home.text) else "across.moved_to_letter"
    return _whole(home, by, "remedy_removed", rule, words)


def _remedies(
    went: Answers, ours: Places, theirs: Places, after: Sequence[str], *, rules: AcrossRules
) -> Iterator[Match]:
    """A remedy that went to another article than what it enforces, and does not reach back."""
    articles: dict[str, Counter[str]] = {}
    for i, found in went.items():
        articles.setdefault(ours.all[i].article, Counter()).update(theirs.all[k].article for k in found)
    for i, found in sorted(went.items()):
        home, by = ours.provisions[i], theirs.provisions[found[0]]
        if not rules.moved["remedy"].search(home.text) or any(after[k] for k in found):
            continue
        main, count = articles[ours.all[i].article].most_common(1)[0]
        here = {theirs.all[k].article for k in found}
        if not main or main in here or "" in here or count < 2:
            continue
        named = {each.ordinal for each in find_references(by.text) if each.kind == "article"}
        if main in named or rules.moved["all_articles"].search(by.text):
            continue
        words = (
            f"{label(home)} of your text, the remedy, stands in Article {theirs.all[found[0]].article.upper()} now and "
            f"does not name Article {main.upper()}: what it enforced is left without it."
        )
        yield _whole(home, by, "remedy_removed", "across.moved_remedy", words)


def _whole(home: Provision, by: Provision, family: str, rule: str, words: str) -> Match:
    """The whole of a provision, set against the whole of what became of it."""
    ours, theirs = Span(0, len(home.text), home.text), Span(0, len(by.text), by.text)
    return crossing(home, by, Move(family, rule, "weaker", "high", words, ours, theirs), confidence=_CONFIDENCE)
