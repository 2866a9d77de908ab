"""Defined terms in our own text: used without a definition, or defined and never used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.analysis.lint.remarks import Line, Remark
from app.analysis.lint.rules import LintRules

_PHRASE = re.compile(r"\b[A-Z][a-z][\w-]*(?: [A-Z][a-z][\w-]*){0,3}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;—–][\"”’)]*\s+|[\"“(‘•]\s?)$")
_CAPTION = re.compile(r"[A-Z][^.:;]{2,70}[.:—–] ?(?=[A-Z\"“(])")
_VERB = re.compile(r"\b(?:shall|must|will|may|is|are|has|have|means|includes)\b")
_TITLE = 0.7
"""Share of capitalized words from which a line is a title; a short sentence about the Employer has half of them."""
_ENOUGH = 3
"""Provisions below which a text is an excerpt: a definition pasted alone is used elsewhere."""
_QUOTED = re.compile(r"[\"“]([A-Za-z][\w’' -]{2,40}?)[\"”]")
_FIRMLY = re.compile(r"[^.;:]{0,50}?\b(?:means?|includes?|refers? to|has the meaning|is defined)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Use:
    line: Line
    start: int  # in the line's text
    end: int
    words: str
    certain: bool  # a determiner or a typical head shows that a term is meant
    also: tuple[str, ...] = ()  # other names in the same definition: "Artificial Intelligence or AI"


def term_remarks(lines: Sequence[Line], rules: LintRules) -> list[Remark]:
    """Remarks on terms, each at its first use or its definition."""
    defined = _defined(lines, rules)
    made = [
        use.line.remark(rules.rule("unused_term"), use.start, use.end)
        for key, use in defined.items()
        if len(lines) >= _ENOUGH
        and use is not None
        and _FIRMLY.match(use.line.text, use.end)
        and not any(_used_again(each, use, lines) for each in (key, *use.also))
    ]
    if not any(rules.defined_elsewhere.search(line.words) for line in lines):
        made += [
            use.line.remark(rules.rule("undefined_term"), use.start, use.end)
            for use in _undefined(lines, rules, set(defined))
        ]
    return [remark for remark in made if remark is not None]


def _key(words: str) -> str:
    """A term without regard to case and number: "Automated Systems" is "automated system"."""
    lowered = " ".join(words.lower().split()).strip(" ,.'’")
    if lowered.endswith("ies"):
        return lowered[:-3] + "y"
    return lowered if lowered.endswith("ss") else lowered.removesuffix("s")


def _defined(lines: Sequence[Line], rules: LintRules) -> dict[str, _Use | None]:
    """Every term that the text defines, with the place of the definition."""
    found: dict[str, _Use | None] = {}
    for line in lines:
        patterns = rules.defines if line.promises else (*rules.defines, rules.listed)
        for pattern in patterns:
            for match in pattern.finditer(line.text, line.own):
                named = {name: words for name, words in match.groupdict().items() if words}
                for name, words in named.items():
                    others = tuple(_key(each) for each in named.values() if each != words)
                    found.setdefault(_key(words), _Use(line, *match.span(name), words, certain=True, also=others))
        for sentence in line.reading.undertakings:
            if sentence.defines:
                found.setdefault(_key(sentence.defines), None)
    return found


def _used_again(key: str, definition: _Use, lines: Sequence[Line]) -> bool:
    """Whether the term stands anywhere but in the place that defines it; a heading counts."""
    stem, ending = (key[:-1], "(?:y|ies)") if key.endswith("y") else (key, "(?:s|es)?")
    words = r"[\s-]+".join(re.escape(word) for word in stem.split())
    pattern = re.compile(rf"\b{words}{ending}\b", re.IGNORECASE)
    for line in lines:
        for match in pattern.finditer(line.text, line.own):
            if line is not definition.line or not definition.start <= match.start() < definition.end:
                return True
    return False


def _undefined(lines: Sequence[Line], rules: LintRules, defined: set[str]) -> Iterator[_Use]:
    uses: dict[str, list[_Use]] = defaultdict(list)
    for line in lines:
        for use in (*_capitalized(line, rules), *_quoted(line, rules)):
            uses[_key(use.words)].append(use)
    for key, found in uses.items():
        if _known(key, defined) or not any(use.certain for use in found):
            continue
        if len(found) >= 2 or (" " in key and found[0].words[0].isupper() and _is_term(found[0], rules)):
            yield found[0]


def _known(key: str, defined: set[str]) -> bool:
    """Whether the words, or their end, are a defined term: "new Automated System", "the Fund" of "Training Fund"."""
    parts = key.split()
    if any(" ".join(parts[place:]) in defined for place in range(len(parts))):
        return True
    return any(term.endswith(f" {key}") or term.startswith(f"{key} ") for term in defined)


def _is_term(use: _Use, rules: LintRules) -> bool:
    return bool(rules.heads.search(use.words.split()[-1]) and rules.determiner.search(use.line.text[: use.start]))


def _capitalized(line: Line, rules: LintRules) -> Iterator[_Use]:
    """Capitalized phrases within sentences that are neither names nor words known to everybody."""
    text = line.words
    words = re.findall(r"[A-Za-z]{3,}", text)
    if sum(word[0].isupper() for word in words) > len(words) * _TITLE:
        return  # a heading, or an address
    start = line.own + _caption_end(text)
    for match in _PHRASE.finditer(line.text, start):
        first, last = match.span()
        if _SENTENCE_START.search(line.text[max(line.own, first - 4) : first]):
            first += len(match[0].split()[0]) + 1  # the first word is capitalized anyway
        first, last = _without_stock(line.text, first, last, rules)
        if first >= last:
            continue
        head = bool(rules.heads.search(line.text[first:last].split()[-1]))
        certain = head or bool(rules.determiner.search(line.text[line.own : first]))
        yield _Use(line, first, last, line.text[first:last], certain)


def _without_stock(text: str, start: int, end: int, rules: LintRules) -> tuple[int, int]:
    """Take known words off: "Union Automated Systems" leaves "Automated Systems", "Worker Data" stays."""
    while start < end:
        words = text[start:end]
        parts = words.split()
        if not parts or words.lower() in rules.stock:
            return end, end
        if parts[0].lower() in rules.stock and not (len(parts) == 2 and rules.heads.search(parts[1])):
            start += len(parts[0]) + 1
        elif parts[-1].lower() in rules.stock:
            return end, end  # "Technology Committee Chair", "Freedom of Information Act": a name
        else:
            break
    return start, end


def _caption_end(text: str) -> int:
    """Where the run-in heading of a provision ends: "Training Hours. The Employer …"."""
    caption = _CAPTION.match(text)
    return caption.end() if caption and not _VERB.search(caption[0]) else 0


def _quoted(line: Line, rules: LintRules) -> Iterator[_Use]:
    for match in _QUOTED.finditer(line.text, line.own):
        before = line.text[max(line.own, match.start() - 30) : match.start()]
        if not rules.label.search(before) and len(match[1].split()) <= 4:
            yield _Use(line, *match.span(1), match[1], certain=True)
