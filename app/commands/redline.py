"""`proviso redline`: tracked changes from one file to another."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app.commands.failures import say
from app.commands.output import STANDARD, check_output, progress, write_output
from app.commands.sources import read_source
from app.errors import InvalidInput
from app.proposals.redline_docx import write_redline_docx


def write_redline(old: Path, new: Path, *, output: Path | None) -> None:
    """Write the redline; one of the two texts may come from standard input.

    Raises:
        ProvisoError: A file cannot be read, or the output not be written.
    """
    if old == STANDARD and new == STANDARD:
        raise InvalidInput("Only one of OLD and NEW can come from standard input; name a file for the other.")
    check_output(output, binary=True, inputs=(old, new))
    with progress("Redline") as told:
        before, after = read_source(old, progress=told), read_source(new, progress=told)
        data = write_redline_docx(before, after, date=datetime.now(UTC))
    for document in (before, after):
        for warning in document.warnings:
            say(f"{document.name}: {warning}")
    write_output(data, output)
