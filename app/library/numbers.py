"""Version numbers: which one comes next, and which are taken."""

from __future__ import annotations

from collections.abc import Container

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.library.clause import version_order
from app.library.tables import PublishedVersion

KINDS = {
    "minor": "Wording that a lawyer or negotiator should look at.",
    "patch": "A safe correction, such as spelling.",
    "major": "The aim of the clause changes.",
}
"""Kinds of change, the usual one first, with what each is for. Source: clauses/README.md, Versions."""


def taken_versions(session: Session, clause_id: str) -> frozenset[str]:
    """The version numbers of a clause that are published."""
    return frozenset(session.scalars(select(PublishedVersion.version).where(PublishedVersion.clause_id == clause_id)))


def next_version(version: str, kind: str, taken: Container[str]) -> str:
    """The next free number after `version`: "1.0.0" becomes 2.0.0 (major), 1.1.0 (minor) or 1.0.1 (patch).

    Raises InvalidInput for another kind.
    """
    if kind not in KINDS:
        raise InvalidInput(f'"{kind}" is no kind of change; choose {", ".join(KINDS)}.', field="kind")
    major, minor, patch = version_order(version)
    while True:
        if kind == "major":
            major, minor, patch = major + 1, 0, 0
        elif kind == "minor":
            minor, patch = minor + 1, 0
        else:
            patch += 1
        if (following := f"{major}.{minor}.{patch}") not in taken:
            return following
