"""`proviso library originality`: whether the library shares long runs of words with texts of others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from app.commands.failures import Incomplete, say
from app.commands.sources import load_settings
from app.errors import InvalidInput
from app.library.information_requests import subject_files
from app.library.originality import LONGEST_SHARED, ForeignText

REAL = ("real_agreements/*.txt", "real*.jsonl")
"""Names of texts of others in a folder of evaluation data."""


def check_originality(foreign: list[Path]) -> None:
    """Hold every text of the clause library against texts of others.

    Args:
        foreign: Files, or folders with files named as in `REAL`.

    Raises:
        InvalidInput: There is nothing to compare with.
        Incomplete: A run of words is shared; each is one line on standard error.
    """
    files = list(foreign_files(foreign))
    theirs = ForeignText(path.read_text(encoding="utf-8", errors="replace") for path in files)
    if not theirs:
        raise InvalidInput(
            f"No text of others in {', '.join(map(str, foreign))}; name files, or the folder they lie in."
        )
    ours = list(library_texts(load_settings().clauses_dir))
    shared = [(path, run) for path in ours for run in theirs.shared_with(path.read_text(encoding="utf-8"))]
    for path, run in shared:
        say(f"{path}: {run.length} words in a row stand in a text of others; say it in other words: “{run.words}”.")
    if shared:
        raise Incomplete
    sys.stdout.write(
        f"{len(ours)} texts of ours share no run of more than {LONGEST_SHARED} words with {len(files)} of others.\n"
    )


def library_texts(clauses_dir: Path) -> Iterator[Path]:
    """Everything that people wrote for the library: clauses, moves, questions, letters."""
    yield from sorted(clauses_dir.rglob("*.md"))
    yield from subject_files(clauses_dir)


def foreign_files(named: list[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named."""
    for path in named:
        if path.is_dir():
            for pattern in REAL:
                yield from sorted(path.glob(pattern))
        elif path.is_file():
            yield path
        else:
            raise InvalidInput(f"There is no file or folder {path}; check the path.")
