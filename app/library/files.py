"""The clause library as a folder of files: loading it whole, and locking what is published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from app.errors import ClauseFileError, UnknownClause
from app.library.check import check_library, clause_files
from app.library.clause import Clause, ClauseVersion, version_order
from app.library.front_matter import read_clause_file
from app.library.information_requests import REQUESTS_FOLDER, RequestBank, load_requests
from app.library.lock import add_to_lock
from app.library.moves import MoveCatalogue, load_moves
from app.library.vocabulary import Vocabulary, load_vocabulary

__all__ = ["Library", "check_library", "load_library", "write_lock"]


@dataclass(frozen=True, slots=True)
class Library:
    """Every clause in every version, drafts included, and the vocabulary they are written in."""

    clauses: dict[str, Clause]  # by id, sorted
    vocabulary: Vocabulary
    moves: MoveCatalogue = field(default_factory=MoveCatalogue)
    requests: RequestBank = field(default_factory=RequestBank)

    @property
    def versions(self) -> tuple[ClauseVersion, ...]:
        """Every version of every clause, the newest of each first."""
        return tuple(version for clause in self.clauses.values() for version in clause.versions)

    @property
    def published(self) -> tuple[ClauseVersion, ...]:
        """The newest published version of every clause that has one."""
        newest = (clause.latest for clause in self.clauses.values())
        return tuple(version for version in newest if version.status == "published")

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of the newest published versions."""
        lines = "".join(f"{each.label} {each.digest}\n" for each in self.published)
        return hashlib.sha256(lines.encode()).hexdigest()

    def get(self, clause_id: str, version: str | None = None) -> ClauseVersion:
        """A version of a clause, the newest published one if none is named; raises UnknownClause."""
        clause = self.clauses.get(clause_id)
        if clause is None:
            near = get_close_matches(clause_id, self.clauses, n=1)
            hint = f" Did you mean {near[0]}?" if near else " See proviso library list."
            raise UnknownClause(f'There is no clause "{clause_id}" in the library.{hint}')
        if version is None:
            return clause.latest
        for each in clause.versions:
            if each.version == version:
                return each
        known = ", ".join(each.version for each in clause.versions)
        raise UnknownClause(f'Clause "{clause_id}" has no version "{version}"; it has {known}.')


def load_library(clauses_dir: Path) -> Library:
    """Read every clause file.

    Raises:
        ClauseFileError: the folder is not there, or a file breaks the format; names file, field and remedy.
    """
    clauses_dir = clauses_dir.resolve()
    if not clauses_dir.is_dir():
        raise ClauseFileError(f"{clauses_dir}: no such folder; set PROVISO_CLAUSES_DIR to the clause library.")
    found: dict[str, list[ClauseVersion]] = {}
    for path in clause_files(clauses_dir):
        version = read_clause_file(path)
        found.setdefault(version.id, []).append(version)
    clauses = {
        clause_id: Clause(clause_id, tuple(sorted(found[clause_id], key=_newest_first))) for clause_id in sorted(found)
    }
    return Library(clauses, load_vocabulary(clauses_dir), load_moves(clauses_dir), load_requests(clauses_dir))


def write_lock(clauses_dir: Path) -> list[str]:
    """Lock every published version that is not locked yet and answer with their labels.

    Raises:
        ClauseFileError: the library has problems; nothing is locked.
        TextChangedWithoutNewVersion: a locked version was edited; nothing is locked.
    """
    library = load_library(clauses_dir)
    added = add_to_lock(clauses_dir, library.versions)
    return added + add_to_lock(clauses_dir / REQUESTS_FOLDER, library.requests.letters)


def _newest_first(version: ClauseVersion) -> tuple[int, int, int]:
    major, minor, patch = version_order(version.version)
    return -major, -minor, -patch
