"""How a command ends: one line on standard error for whatever went wrong, and the promised exit status."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from typing import Any, TextIO

import typer

from app.errors import ProvisoError

DONE = 0
OUR_MISTAKE = 1
BAD_INPUT = 2
STOPPED = 130
PIPE_CLOSED = 141
"""What a shell reports for a program whose reader went away, as `head` does."""


class Incomplete(Exception):
    """The command did what it could and has named the rest on standard error."""


def run(cli: typer.Typer) -> int:
    """Run a command line and answer with its exit status; nothing is ever shown as a traceback unasked."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    try:
        outcome = cli(prog_name="proviso", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else DONE
    except Incomplete:
        return BAD_INPUT
    except BrokenPipeError:
        return _close_quietly()
    except SystemExit as ending:  # typer turns a closed pipe into this
        if isinstance(ending.__context__, BrokenPipeError):
            return _close_quietly()
        raise
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except Exception as error:
        return _report(error)


def say(message: str) -> None:
    """Write one line for the person to standard error."""
    line = " ".join(message.split())
    with suppress(BrokenPipeError):
        print("".join(letter if letter.isprintable() else "�" for letter in line), file=sys.stderr, flush=True)


def _report(error: Exception) -> int:
    if isinstance(error, ProvisoError):
        say(f"proviso: {error}")
        return BAD_INPUT
    if hasattr(error, "format_message"):  # bad usage, as typer found it
        return _report_usage(error)
    module = type(error).__module__
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        say(f"proviso: {where}{error.strerror or error}. Check the path and its permissions.")
        return BAD_INPUT
    if module.startswith("sqlalchemy"):
        say(f"proviso: the database does not answer as it should: {str(error).splitlines()[0]}. Is it the right one?")
        return BAD_INPUT
    if module.startswith("pydantic"):
        say(f"proviso: {_settings_problem(error)}")
        return BAD_INPUT
    if os.environ.get("PROVISO_DEBUG"):
        traceback.print_exc()
    say(
        f"proviso: a mistake of ours, {type(error).__name__}: {error}. "
        "Please report it with the output under PROVISO_DEBUG=1."
    )
    return OUR_MISTAKE


def _report_usage(error: Any) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "proviso"
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)
    else:
        say(f"{path}: {str(error.format_message()).rstrip('.')}. See {path} --help.")
    return BAD_INPUT


def _settings_problem(error: Any) -> str:
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    reason = first["msg"].removeprefix("Value error, ")
    return f'PROVISO_{name}="{first.get("input", "")}" is not usable: {reason}. Set it right or unset it.'


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:  # half a surrogate pair from a broken input comes out as \udxxx, which is good JSON too
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_quietly() -> int:
    """Keep the interpreter from complaining about the closed pipe once more at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return PIPE_CLOSED
