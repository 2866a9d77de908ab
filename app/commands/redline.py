"""`proviso redline`: tracked changes from one file to another.

Two Word files are compared as they are, which takes a fraction of a second; what is only needed for other kinds is
imported when there is one.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path

from app.commands.failures import say
from app.commands.output import STANDARD, check_output, progress, write_output
from app.errors import InvalidInput

_WORD_FILE = b"PK\x03\x04"
_LARGEST = 25_000_000


def write_redline(old: Path, new: Path, *, output: Path | None, author: str = "Union", dated: bool = True) -> None:
    """Write the redline; one of the two texts may come from standard input.

    Raises:
        ProvisoError: A file cannot be read, or the output not be written.
    """
    if old == STANDARD and new == STANDARD:
        raise InvalidInput("Only one of OLD and NEW can come from standard input; name a file for the other.")
    if not author.strip():
        raise InvalidInput("Tracked changes need an author; name a side, such as Union.", field="author")
    check_output(output, binary=True, inputs=(old, new))
    date = datetime.now(UTC) if dated else None
    before, after = _word_file(old), _word_file(new)
    if before is not None and after is not None:
        from app.word.redline.engine import redline_files  # noqa: PLC0415

        gc.disable()  # the process ends before collecting what it has made would pay
        write_output(redline_files(before, after, author=author, date=date), output)
        return
    write_output(_redline_texts(old, new, author, date), output)


def _word_file(path: Path) -> bytes | None:
    """The bytes of a Word file; None for whatever else it is, which then is read as the other commands do."""
    try:
        if path == STANDARD or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    if not data.startswith(_WORD_FILE):
        return None
    from app.text.file_kinds import sniff  # noqa: PLC0415

    return data if sniff(data, path.name) == "docx" else None


def _redline_texts(old: Path, new: Path, author: str, date: datetime | None) -> bytes:
    from app.commands.sources import read_source  # noqa: PLC0415 - much that two Word files do not need
    from app.word.redline.texts import redline_texts  # noqa: PLC0415

    with progress("Redline") as told:
        before, after = read_source(old, progress=told), read_source(new, progress=told)
        data = redline_texts(before, after, author=author, date=date)
    for document in (before, after):
        for warning in document.warnings:
            say(f"{document.name}: {warning}")
    return data
