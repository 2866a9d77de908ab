"""What a draft is measured against: the whole library, one clause, or any other text of ours."""

from __future__ import annotations

import hashlib

from app.analysis.results import Baseline, ClauseText, Protection
from app.library.clause import ClauseVersion, next_weaker
from app.library.files import Library
from app.library.rendering import render_position
from app.library.vocabulary import Vocabulary, load_vocabulary
from app.text.document import Document


def library_baseline(library: Library, *, position: str = "target") -> Baseline:
    """Every published clause in one position, the newest version of each."""
    texts = tuple(clause_text(version, position, library.vocabulary.elements) for version in library.published)
    digest = hashlib.sha256(f"{library.digest} {position}".encode()).hexdigest()
    return Baseline(name="library", kind="library", digest=digest, texts=texts)


def clause_baseline(version: ClauseVersion, position: str, vocabulary: Vocabulary | None = None) -> Baseline:
    """One clause in one position; without a vocabulary, the one beside the clause's file is read."""
    if vocabulary is None and version.path is not None:
        vocabulary = load_vocabulary(version.path.resolve().parents[2])
    labels = vocabulary.elements if vocabulary else {}
    text = clause_text(version, position, labels)
    return Baseline(name=version.label, kind="clause", digest=version.digest, texts=(text,))


def document_baseline(document: Document) -> Baseline:
    """Any text that was read, without declared protections: last agreement, previous round, our own redraft."""
    text = ClauseText(id="", version="", position="", title=document.name, topic="", provisions=document.provisions)
    return Baseline(name=document.name, kind="file", digest=document.digest, texts=(text,))


def clause_text(version: ClauseVersion, position: str, labels: dict[str, str]) -> ClauseText:
    """One clause in one position with its defaults, protections and the next weaker position behind it."""
    weaker = next_weaker(position) if position in version.positions else None
    return ClauseText(
        id=version.id,
        version=version.version,
        position=position,
        title=version.title,
        topic=version.topic,
        provisions=render_position(version, position),
        protections=declared_protections(version, position, labels),
        fallback=render_position(version, weaker) if weaker else (),
        fallback_protections=declared_protections(version, weaker, labels) if weaker else (),
    )


def declared_protections(version: ClauseVersion, position: str, labels: dict[str, str]) -> tuple[Protection, ...]:
    """The protections that a position gives, with the numbers of the provisions carrying them."""
    return tuple(
        Protection(each.id, labels.get(each.id, each.id), each.weight, each.provisions(position))
        for each in version.protections
        if each.provisions(position)
    )
