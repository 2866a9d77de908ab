"""Where results go: standard output, or a file written whole or not at all; and progress for a person who waits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from app.errors import InvalidInput
from app.text.document import Progress

STANDARD = Path("-")


def print_json(value: Any) -> None:
    """Print one JSON object, indented for reading when a person is looking."""
    indent = 2 if sys.stdout.isatty() else None
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def print_json_line(value: Any) -> None:
    """Print one JSON object on one line, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def check_output(output: Path | None, *, binary: bool, inputs: tuple[Path, ...] = ()) -> None:
    """Refuse an output that cannot work before any work is done.

    Args:
        output: The file; None or - is standard output.
        binary: Whether a Word file is to be written, which no terminal shows.
        inputs: Files that are read, so that none is overwritten.

    Raises:
        InvalidInput: Says what is wrong and what to do.
    """
    if output is None or output == STANDARD:
        if binary and sys.stdout.isatty():
            raise InvalidInput("A Word file cannot be shown in a terminal; name one with -o OUT.docx.", field="output")
        return
    if output.is_dir():
        raise InvalidInput(f"{output} is a folder; name a file with -o.", field="output")
    if not output.parent.is_dir():
        raise InvalidInput(f"There is no folder {output.parent} to write {output.name} into; make it first.")
    if not os.access(output if output.exists() else output.parent, os.W_OK):
        raise InvalidInput(f"{output} cannot be written: permission denied. Choose another place with -o.")
    if output.exists() and any(each.exists() and output.samefile(each) for each in inputs):
        raise InvalidInput(f"{output} is one of the files that are read; choose another name with -o.")


def write_output(data: bytes | str, output: Path | None) -> None:
    """Write a result; a file is replaced in one step, so that a half-written one is never left."""
    if output is None or output == STANDARD:
        if isinstance(data, str):
            sys.stdout.write(data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        return
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if output.exists() and not output.is_file():
        output.write_bytes(content)  # /dev/null, a named pipe
        return
    temporary = None
    try:
        with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
        temporary.chmod(output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask())
        temporary.replace(output)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise InvalidInput(f"{output} cannot be written: {error.strerror or error}.", field="output") from error


@contextmanager
def progress(title: str) -> Iterator[Progress | None]:
    """Show how far long work has come, on standard error and only to a person at a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"{title}: {what}", total=total)
            bar.update(tasks[what], completed=done, total=total)

        shown: Callable[[str, int, int], None] = show
        yield shown


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
