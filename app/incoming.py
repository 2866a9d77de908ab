"""Files as they come in: what is no Word, PDF or text file goes through LibreOffice first, where it is installed.

`app.text` reads and runs no programs; `app.office` runs one and reads nothing. This is where the two meet, for the
command line and for uploads alike. The document keeps the name, the digest and the kind of what came in.
"""

from __future__ import annotations

from pathlib import Path

from app import office
from app.text import reading
from app.text.document import Document, Progress
from app.text.file_kinds import OFFICE_KINDS, printable, sniff
from app.text.reading import MAX_BYTES


def read_file(path: Path, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Document:
    """Read a file of any kind that Proviso knows.

    Raises:
        UnreadableFile: The file is missing, too large, broken, encrypted, empty, or of an unknown kind.
        OfficeMissing: It is an old Word file, an OpenDocument text or RTF, and LibreOffice is not installed.
    """
    return reading.read_file(path, max_bytes=max_bytes, progress=progress, convert=to_docx)


def read_bytes(data: bytes, name: str, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Document:
    """Read an upload; errors as for `read_file`."""
    return reading.read_bytes(data, name, max_bytes=max_bytes, progress=progress, convert=to_docx)


def to_docx(data: bytes, *, kind: str, name: str) -> bytes:
    """Turn an old Word file ("doc"), an OpenDocument text ("odt") or RTF ("rtf") into a DOCX; errors as above."""
    return office.convert(data, kind=kind, to="docx", name=name)


def as_word_file(data: bytes, name: str) -> tuple[bytes, bool] | None:
    """A file as a DOCX: itself, or what LibreOffice makes of it; None for what came from no word processor.

    Returns:
        The DOCX, and whether it was converted.

    Raises:
        UnreadableFile: Its kind is one that nobody reads here, or LibreOffice cannot read it.
        OfficeMissing: It has to be converted, and LibreOffice is not installed.
    """
    kind = sniff(data, name)
    if kind in OFFICE_KINDS:
        return to_docx(data, kind=kind, name=printable(name)), True
    return (data, False) if kind == "docx" else None


def reads_office_files() -> bool:
    """Whether old Word files, OpenDocument texts and RTF can be read here."""
    return office.office_program() is not None
