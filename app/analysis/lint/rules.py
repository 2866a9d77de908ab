"""The rules by which our own text is read, from `models/patterns/lint.toml`; what to do with a match is in `lint_*`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.patterns import compile_patterns
from app.analysis.results import Severity

KINDS = ("passive", "duty", "words", "force", "signal", "whole", "term", "reference", "text")
"""How a rule looks at a text: one function each."""

_DO = (
    r"(?:\b(?:shall|must|will|agrees? to|undertakes? to|commits? to|(?:is|are) (?:required|obliged|obligated) to)\b"
    r"(?:(?!\bnot\b|\bnever\b)[^.;]){0,60}?)"
)
"""{do} in a pattern: a duty and what may stand between it and its verb, in a list also the items' opening."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a text can be vague."""

    id: str
    kind: str
    severity: Severity
    message: str  # {words} is the quotation
    suggestion: str
    pattern: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None  # harmless where this stands before the match, in its sentence
    after: re.Pattern[str] | None = None  # harmless where this stands right after it
    answered: re.Pattern[str] | None = None  # nothing is missing where the provision says this
    marks: frozenset[str] = frozenset()  # rungs of force, or signals, that the rule looks for
    bearers: frozenset[str] = frozenset()  # whose duties it looks at
    needs: str = ""  # "period", "moment" or "amount"
    unless: str = ""  # "days" or "frequency": nothing is vague where the sentence has one


@dataclass(frozen=True, slots=True)
class LintRules:
    """Everything in the file, compiled once."""

    rules: tuple[Rule, ...]
    preamble: re.Pattern[str]
    preamble_words: re.Pattern[str]
    definitions: re.Pattern[str]
    signature: re.Pattern[str]
    day: re.Pattern[str]
    moment: re.Pattern[str]
    for_all: re.Pattern[str]
    stock: frozenset[str]
    heads: re.Pattern[str]
    determiner: re.Pattern[str]
    defines: tuple[re.Pattern[str], ...]
    listed: re.Pattern[str]
    label: re.Pattern[str]
    defined_elsewhere: re.Pattern[str]
    outside: re.Pattern[str]
    inside: re.Pattern[str]
    law: re.Pattern[str]

    def of(self, kind: str) -> tuple[Rule, ...]:
        """The rules of one kind, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.kind == kind)

    def rule(self, name: str) -> Rule:
        """The rule with this id."""
        return next(rule for rule in self.rules if rule.id == name)


def load_lint_rules(folder: Path, words: dict[str, str]) -> LintRules:
    """Read and compile the rules.

    Args:
        folder: the directory `models/patterns`.
        words: the word lists that patterns name.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: a pattern does not compile, or a rule is of an unknown kind.
    """
    data = tomllib.loads((folder / "lint.toml").read_text(encoding="utf-8"))
    known = words | {"do": _DO}

    def compiled(section: str, key: str) -> re.Pattern[str]:
        return compile_patterns([data[section][key]], known)

    return LintRules(
        rules=tuple(_rule(entry, known) for entry in data["rule"]),
        preamble=compiled("pass_over", "preamble"),
        preamble_words=compiled("pass_over", "preamble_words"),
        definitions=compiled("pass_over", "definitions"),
        signature=compiled("pass_over", "signature"),
        day=compiled("moments", "day"),
        moment=compiled("moments", "moment"),
        for_all=compiled("moments", "for_all"),
        stock=frozenset(_listed(data["terms"]["stock"])),
        heads=compile_patterns([rf"^(?:{'|'.join(_listed(data['terms']['heads']))})$"], known),
        determiner=compile_patterns([rf"\b(?:{data['terms']['determiners']}) $"], known),
        defines=tuple(compile_patterns([pattern], known) for pattern in data["terms"]["defines"]),
        listed=compiled("terms", "listed"),
        label=compiled("terms", "label"),
        defined_elsewhere=compiled("terms", "defined_elsewhere"),
        outside=compiled("references", "outside"),
        inside=compiled("references", "inside"),
        law=compiled("references", "law"),
    )


def _listed(text: str) -> list[str]:
    return [word for word in text.replace("\n", "").strip().split("|") if word]


def _rule(entry: dict[str, Any], words: dict[str, str]) -> Rule:
    if entry["kind"] not in KINDS:
        raise ValueError(f"The rule {entry['id']} in lint.toml is of the unknown kind {entry['kind']!r}; see KINDS.")

    def optional(key: str) -> re.Pattern[str] | None:
        return compile_patterns([entry[key]], words) if key in entry else None

    return Rule(
        id=entry["id"],
        kind=entry["kind"],
        severity=entry["severity"],
        message=entry["message"],
        suggestion=entry["suggestion"],
        pattern=compile_patterns(entry["patterns"], words) if "patterns" in entry else None,
        before=optional("before"),
        after=optional("after"),
        answered=optional("answered"),
        marks=frozenset(entry.get("marks", ())),
        bearers=frozenset(entry.get("bearers", ())),
        needs=entry.get("needs", ""),
        unless=entry.get("unless", ""),
    )
