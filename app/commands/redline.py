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
_BEGINNINGS = (_WORD_FILE, b"\xd0\xcf\x11\xe0", b"{\\rtf")  # of files that came from a word processor, mostly
_LARGEST = 25_000_000


def write_redline(
    old: Path,
    new: Path,
    *,
    output: Path | None,
    author: str = "Union",
    dated: bool = True,
    table_safe: bool = False,
    old_is_theirs: bool = False,
    new_is_theirs: bool = False,
    paper: str = "letter",
) -> None:
    """Write the redline; one of the two texts may come from standard input.

    Args:
        old: The text before.
        new: The text after.
        output: The file to write, a PDF where it ends in .pdf; None for standard output.
        author: The side that the changes are attributed to.
        dated: Whether they carry the time of writing.
        table_safe: Whether the file is for the other side: it then goes through the gate, and is not written at all
            when something in it could not be left behind.
        old_is_theirs: Whether OLD is the other side's own file, whose names and earlier changes are no secret to them.
        new_is_theirs: The same of NEW, whose earlier changes count as accepted.
        paper: "letter" or "a4", where one of the two is no Word file.

    Raises:
        ProvisoError: A file cannot be read, the output not be written, or the redline not be made safe.
    """
    if old == STANDARD and new == STANDARD:
        raise InvalidInput("Only one of OLD and NEW can come from standard input; name a file for the other.")
    if not author.strip():
        raise InvalidInput("Tracked changes need an author; name a side, such as Union.", field="author")
    author = " ".join(author.split())
    check_output(output, binary=True, inputs=(old, new))
    as_pdf = output is not None and output.suffix.lower() == ".pdf"
    if as_pdf:
        from app.proposals.pdf import refuse_without_office  # noqa: PLC0415 - only when asked for

        refuse_without_office()
    date = datetime.now(UTC) if dated else None
    converted: list[str] = []
    before, after = (_word_file(each, converted) for each in (old, new))
    if before is None or after is None:
        data = _redline_texts(old, new, author, date, paper=paper, named=not table_safe)
        if table_safe:
            data = _for_the_table(data, author, sources=(before, after))
    else:
        gc.disable()  # the process ends before collecting what it has made would pay
        theirs = (old_is_theirs, new_is_theirs) if table_safe else None
        data = _redline_files(before, after, author, date, theirs=theirs)
        for name in converted:
            say(f"{name}: converted to a Word file first; check numbers and tracked changes against the file itself.")
    if as_pdf:
        from app.proposals.pdf import write_pdf  # noqa: PLC0415 - as above

        data = write_pdf(data, name="The redline", for_table=table_safe)
    write_output(data, output)


def _redline_files(
    old: bytes, new: bytes, author: str, date: datetime | None, *, theirs: tuple[bool, bool] | None
) -> bytes:
    """The redline of two Word files; for the table where it is said whether each of the two is theirs."""
    if theirs is not None:
        from app.word.table_redline import redline_for_table  # noqa: PLC0415 - only when asked for

        return redline_for_table(
            old, new, author=author, date=date, old_is_theirs=theirs[0], new_is_theirs=theirs[1], tell=say
        )
    from app.word.redline.engine import redline_files  # noqa: PLC0415 - a redline of texts needs none of it

    return redline_files(old, new, author=author, date=date, tell=say)


def _for_the_table(data: bytes, author: str, *, sources: tuple[bytes | None, bytes | None]) -> bytes:
    from app.word.table_safe import make_table_safe, refuse_caucus_copy, things_to_look_at  # noqa: PLC0415

    for each in sources:
        if each is not None:
            refuse_caucus_copy(each)
    for remark in things_to_look_at(data):
        say(remark)
    return make_table_safe(data, keep_tracked=True, author=author)


def _word_file(path: Path, converted: list[str]) -> bytes | None:
    """The bytes of a Word file, made by LibreOffice where it is of another word processor; its name is noted then.

    None for whatever else it is, which then is read as the other commands do.
    """
    try:
        if path == STANDARD or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    if not data.lstrip().startswith(_BEGINNINGS):
        return None
    from app.text.file_kinds import OFFICE_KINDS, sniff  # noqa: PLC0415

    kind = sniff(data, path.name)
    if kind not in OFFICE_KINDS:
        return data if kind == "docx" else None
    from app.incoming import as_word_file  # noqa: PLC0415 - the reader and LibreOffice, which a Word file needs not

    made = as_word_file(data, path.name)
    converted.append(path.name)
    return made[0] if made else None


def _redline_texts(old: Path, new: Path, author: str, date: datetime | None, *, paper: str, named: bool) -> bytes:
    from app.commands.sources import read_source  # noqa: PLC0415 - much that two Word files do not need
    from app.word.redline.texts import PLAIN_TITLE, redline_texts, title_of  # noqa: PLC0415

    remarks: list[str] = []
    with progress("Redline") as told:
        before, after = read_source(old, progress=told), read_source(new, progress=told)
        title = title_of(before.name, after.name) if named else PLAIN_TITLE
        data = redline_texts(before, after, author=author, date=date, paper=paper, title=title, tell=remarks.append)
    for remark in remarks:
        say(remark)
    for document in (before, after):
        for warning in document.warnings:
            say(f"{document.name}: {warning}")
    return data
