"""Defined terms: which clause is the home of a term, and which terms a text defines itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.library.clause import ClauseVersion
from app.library.rendering import render_position

HOME_TOPIC = "definitions"
"""Clauses of this topic define terms for the others, so that a proposal defines each of them once."""

_DEFINED = re.compile(
    r"[\"“](?P<term>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,4})[\"”]"
    r"(?:,? (?:or|and) [\"“](?P<other>[A-Z][\w’' -]{1,40}?)[\"”])?"
    r"(?: in this (?:Article|Agreement|Letter|Memorandum))? (?:means|is|are|includes|covers)\b"
)


_IN_PARENTHESES = re.compile(
    r"\((?:the |an? |each,? an? |together,? (?:the )?|collectively,? (?:the )?)?"
    r"[\"“](?P<term>[A-Z][^\"”()]{0,60})[\"”]\)"
)


def definition_places(text: str) -> list[tuple[int, int]]:
    """Where a text defines a term, without the quotation marks: “Worker Data” means …, (the “Committee”)."""
    found = [match.span(name) for match in _DEFINED.finditer(text) for name in ("term", "other") if match[name]]
    return sorted({*found, *(match.span("term") for match in _IN_PARENTHESES.finditer(text))})


def defined_terms(texts: Iterable[str]) -> frozenset[str]:
    """The terms that provisions define, as they write them: “Worker Data” means …"""
    return frozenset(
        name for text in texts for found in _DEFINED.finditer(text) for name in found.groupdict().values() if name
    )


def term_homes(versions: Iterable[ClauseVersion]) -> dict[str, str]:
    """Id of the definitions clause whose target defines a term, by term; `versions` are published ones."""
    homes: dict[str, str] = {}
    for version in versions:
        if version.topic == HOME_TOPIC:
            for term in sorted(defined_terms(each.text for each in render_position(version, "target"))):
                homes.setdefault(term, version.id)
    return homes


def uses_term(texts: Iterable[str], term: str) -> bool:
    """Whether a defined term stands in the texts, capitalized as defined terms are; its plural counts."""
    stem, ending = (term[:-1], "(?:y|ies)") if term.endswith("y") else (term, "(?:s|es)?")
    pattern = re.compile(rf"\b{re.escape(stem)}{ending}\b")
    return any(pattern.search(text) for text in texts)


def terms_without_home(versions: Iterable[ClauseVersion]) -> Mapping[str, tuple[str, ...]]:
    """Required terms that no definitions clause defines, with the clauses that require them; empty when all is well."""
    published = tuple(versions)
    homes = term_homes(published)
    return {
        term: tuple(each.id for each in published if term in each.requires_definitions)
        for version in published
        for term in version.requires_definitions
        if term not in homes
    }
