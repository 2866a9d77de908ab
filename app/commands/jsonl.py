"""Reading `.jsonl` line by line: a bad line is named by its number and the rest goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from app.commands.failures import Incomplete, say
from app.commands.output import STANDARD, print_json_line
from app.errors import InvalidInput, UnreadableFile

Row = dict[str, Any]
_OTHER_KINDS = {
    b"PK\x03\x04": "a Word file or another archive",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"\xd0\xcf\x11\xe0": "an old Word file",
}
_JSON_TYPES = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


class BadLine(Exception):
    """One line cannot be used; the message says why."""


def answer_lines(path: Path, fields: tuple[str, ...], answer: Callable[[Row], Row]) -> None:
    """Answer each line of a file with one line, at once.

    Args:
        path: The file; - is standard input.
        fields: Names of the fields besides "id" that have to hold text.
        answer: Gives the line to print for a row, without the id.

    Raises:
        UnreadableFile: The file is missing, or of another kind.
        Incomplete: Some lines could not be used; each was named on standard error.
    """
    read = bad = 0
    seen: dict[str, int] = {}
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            read += 1
            try:
                row = parse_line(line, fields)
                _remember(row, number, seen)
                print_json_line({"id": row["id"], **_guarded(answer, row)})
            except BadLine as problem:
                bad += 1
                say(f"{_name(path)}, line {number}: {problem}")
    if bad:
        say(f"{_name(path)}: {bad} of {read} lines could not be used; the others were answered.")
        raise Incomplete


def read_rows(path: Path, fields: tuple[str, ...]) -> list[Row]:
    """Every row of a file that has to be right throughout; raises UnreadableFile naming the first bad line."""
    rows = []
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                try:
                    rows.append(parse_line(line, fields))
                except BadLine as problem:
                    raise UnreadableFile(f"{path}, line {number}: {problem}") from None
    return rows


def parse_line(line: bytes, fields: tuple[str, ...]) -> Row:
    """One JSON object with "id" and the text fields; raises BadLine."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(f"byte {error.start + 1} is not UTF-8; save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON, at column {error.colno}: {error.msg}.") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON that can be read: a number too long, or nesting too deep.") from None
    if not isinstance(row, dict):
        raise BadLine(f"{_kind(row)} instead of an object with {_listed(('id', *fields))}.")
    if "id" not in row:
        raise BadLine('the field "id" is missing.')
    if not isinstance(row["id"], str | int) or isinstance(row["id"], bool):
        raise BadLine(f'the field "id" is {_kind(row["id"])}; it has to be text or a whole number.')
    for field in fields:
        if field not in row:
            raise BadLine(f'the field "{field}" is missing.')
        if not isinstance(row[field], str):
            raise BadLine(f'the field "{field}" is {_kind(row[field])}; it has to be text.')
        row[field] = _whole_letters(row[field])
    return row


def _remember(row: Row, number: int, seen: dict[str, int]) -> None:
    key = json.dumps(row["id"])
    if key in seen:
        raise BadLine(f"the id {key} stands on line {seen[key]} already; give each line its own.")
    seen[key] = number


def _guarded(answer: Callable[[Row], Row], row: Row) -> Row:
    try:
        return answer(row)
    except (RecursionError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError) as error:
        # One odd passage must not cost the answers to all others.
        raise BadLine(f"this text cannot be analysed ({type(error).__name__}: {error}); please report it.") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path == STANDARD:
        if sys.stdin.isatty():
            raise InvalidInput("Standard input is the keyboard; pipe a .jsonl file into the command, or name one.")
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {path}; check the path.") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path} cannot be opened: {getattr(error, 'strerror', None) or error}.") from error
    with file:
        start = file.peek(8)
        for mark, kind in _OTHER_KINDS.items():
            if start.startswith(mark):
                raise UnreadableFile(f"{path} is {kind}; one JSON object a line in UTF-8 is needed.")
        yield file


def _whole_letters(text: str) -> str:
    """Half a surrogate pair is no letter: it becomes the replacement mark, so that offsets stay."""
    return text if text.isascii() else "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)


def _kind(value: object) -> str:
    return "null" if value is None else _JSON_TYPES[type(value)]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _name(path: Path) -> str:
    return "standard input" if path == STANDARD else str(path)
