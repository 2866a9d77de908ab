"""The index of words: filling it when a version is published, asking it which versions have all words of a search.

What the words of a version are is decided here, once; the databases only look stems up, SQLite with FTS5 and
PostgreSQL with tsvector, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, TextClause, select, text
from sqlalchemy.orm import Session

from app.library.clause import POSITIONS, ClauseVersion
from app.library.rendering import render_position
from app.library.search_words import Term, stems_of
from app.library.tables import PublishedClause, PublishedVersion, SearchableText


def searchable_words(version: ClauseVersion) -> dict[str, str]:
    """What the index holds of a version, by position: stems of its id, title, summary and provisions."""
    front = [version.id.replace("-", " "), version.title, version.summary]
    return {
        position: " ".join(
            stem
            for passage in [*front, *(each.text for each in render_position(version, position))]
            for stem in stems_of(passage)
        )
        for position in POSITIONS
    }


def index_version(session: Session, row: PublishedVersion, version: ClauseVersion) -> None:
    """Add a version to the index; the row must have its id."""
    session.add_all(
        SearchableText(version_id=row.id, position=position, words=words)
        for position, words in searchable_words(version).items()
    )


def versions_with(session: Session, terms: Sequence[Term]) -> dict[int, frozenset[str]]:
    """Latest published versions that have every term, each with the positions that do; none for no terms."""
    if not terms:
        return {}
    query = (
        select(SearchableText.version_id, SearchableText.position)
        .join(PublishedVersion, PublishedVersion.id == SearchableText.version_id)
        .join(PublishedClause, PublishedClause.id == PublishedVersion.clause_id)
        .where(PublishedVersion.version == PublishedClause.latest, _has_all(session, terms))
    )
    found: dict[int, set[str]] = {}
    for version_id, position in session.execute(query):
        found.setdefault(version_id, set()).add(position)
    return {version_id: frozenset(positions) for version_id, positions in found.items()}


def _has_all(session: Session, terms: Sequence[Term]) -> ColumnElement[bool] | TextClause:
    # Stems are letters and digits, so quotation marks around them are all that either query language needs.
    if session.get_bind().dialect.name == "sqlite":
        wanted = " AND ".join(f'"{" ".join(term.stems)}"' for term in terms)
        matching = text("SELECT rowid FROM clause_words_index WHERE clause_words_index MATCH :wanted")
        return SearchableText.id.in_(matching.bindparams(wanted=wanted))
    conditions = " AND ".join(
        f"clause_words.clause_words_index @@ phraseto_tsquery('simple', :term{place})" for place in range(len(terms))
    )
    return text(conditions).bindparams(**{f"term{place}": " ".join(term.stems) for place, term in enumerate(terms)})
