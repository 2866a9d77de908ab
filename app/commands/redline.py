"""`proviso redline`: tracked changes from one file to another."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app.commands.failures import say
from app.commands.output import STANDARD, check_output, progress, write_output
from app.commands.sources import read_source
from app.errors import InvalidInput
from app.proposals.redline_docx import write_redline_docx


def write_redline(old: Path, new: Path, *, output: Path | None, table_safe: bool = False) -> None:
    """Write the redline; one of the two texts may come from standard input.

    Args:
        old: The text before.
        new: The text after.
        output: The file to write; None for standard output.
        table_safe: Whether the file is for the other side: it then goes through the gate, and is not written at all
            when something in it could not be left behind.

    Raises:
        ProvisoError: A file cannot be read, the output not be written, or the redline not be made safe.
    """
    if old == STANDARD and new == STANDARD:
        raise InvalidInput("Only one of OLD and NEW can come from standard input; name a file for the other.")
    check_output(output, binary=True, inputs=(old, new))
    with progress("Redline") as told:
        before, after = read_source(old, progress=told), read_source(new, progress=told)
        data = write_redline_docx(before, after, date=datetime.now(UTC))
    if table_safe:
        from app.word.table_safe import make_table_safe, things_to_look_at  # noqa: PLC0415 - only when asked for

        for remark in things_to_look_at(data):
            say(remark)
        data = make_table_safe(data, keep_tracked=True)
    for document in (before, after):
        for warning in document.warnings:
            say(f"{document.name}: {warning}")
    write_output(data, output)
