"""Cross-references within our own text that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.analysis.lint.remarks import Line, Remark
from app.analysis.lint.rules import LintRules
from app.text.labels import split_label

_PLACE = r"(?:\d{1,3}[A-Z]?(?:\.\d{1,3}){0,4}(?:\([a-z0-9]{1,4}\)){0,4}|(?:\([a-z]{1,3}\)){1,3})"
_REFERENCE = re.compile(
    rf"\b(?P<word>articles?|(?:sub)?sections?|(?:sub)?paragraphs?|clauses?|items?) "
    rf"(?P<places>{_PLACE}(?:(?:,? (?:and|or|to|through) |, ?|[–-]){_PLACE}){{0,6}})(?![\w%$])",
    re.IGNORECASE,
)
_ENOUGH = 3
"""Numbered provisions below which a text is an excerpt, whose references lead to the rest of the agreement."""


def reference_remarks(lines: Sequence[Line], rules: LintRules) -> list[Remark]:
    """Remarks on references to numbers that the text does not have."""
    numbers = [_bare(line.provision.number) for line in lines if line.provision.number]
    if len(numbers) < _ENOUGH:
        return []
    places = {ancestor for number in numbers for ancestor in (number, *_ancestors(number))}
    headings = {heading for line in lines for heading in line.provision.heading_path}
    articles = {name for heading in headings if (name := _heading_number(heading))}
    places |= articles
    rule = rules.rule("dangling_reference")
    made = []
    for line in lines:
        for match in _REFERENCE.finditer(line.text, line.own):
            if _elsewhere(line, match, rules):
                continue
            missing = [
                place
                for place in re.findall(_PLACE, match["places"])
                if not _there(place, line, places) and not _of_another_article(place, places)
            ]
            if missing and not (match["word"].lower().startswith("article") and _outside(missing, articles)):
                made.append(line.remark(rule, *match.span()))
    return [remark for remark in made if remark is not None]


def _bare(number: str) -> str:
    """The number without the words before it: "2(b)" of "Article XXVII Section 2(b)"."""
    return number.rpartition(" ")[2]


def _ancestors(number: str) -> Iterator[str]:
    """What a number is a part of: "32", "32.1" of "32.1(b)"."""
    while cut := max(number.rfind("("), number.rfind(".")):
        if cut < 0:
            return
        number = number[:cut]
        yield number


def _heading_number(heading: str) -> str:
    label = split_label(heading)
    found = re.search(r"\d{1,3}[A-Z]?(?:\.\d{1,3})*$", label[0].name) if label else None
    return found[0] if found else ""


def _of_another_article(place: str, places: set[str]) -> bool:
    """Whether "9.7" stands in an article that this text does not have: it is of the agreement around it."""
    article, dot, _ = place.partition(".")
    return bool(dot) and article not in places


def _there(place: str, line: Line, places: set[str]) -> bool:
    """Whether the place exists, counted from the top or from any level of the line's own number."""
    if place in places:
        return True
    own = _bare(line.provision.number)
    levels = [own, *_ancestors(own)] if own else []
    within = [_heading_number(heading) for heading in line.provision.heading_path]
    return any(
        f"{level}{'' if place.startswith('(') else '.'}{place}" in places for level in (*levels, *within) if level
    )


def _outside(missing: Sequence[str], articles: set[str]) -> bool:
    """Whether articles lie outside the run of numbers that the text has: they are of the agreement around it."""
    known = sorted(int(name) for name in articles if name.isdigit())
    return len(known) < _ENOUGH or all(
        not place.isdigit() or not known[0] <= int(place) <= known[-1] for place in missing
    )


def _elsewhere(line: Line, match: re.Match[str], rules: LintRules) -> bool:
    """Whether the reference is to a law or to another text."""
    before, after = line.text[max(0, match.start() - 60) : match.start()], line.text[match.end() : match.end() + 60]
    if rules.inside.search(after):
        return False
    return bool(rules.outside.search(after) or rules.law.search(before))
