"""A file or a pasted text to a document, whatever form it came in.

The kind is told from the content; the name is only a hint between plain text and Markdown. Nothing but
`UnreadableFile` leaves this module for a file that cannot be read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from app.errors import UnreadableFile
from app.text.document import Block, Document, Progress
from app.text.file_kinds import OFFICE_KINDS, decode, is_binary_name, printable, sniff
from app.text.language import language_of, language_warning
from app.text.plain_reader import read_plain_blocks
from app.text.structure import build_document

MAX_BYTES = 25_000_000
MAX_CHARACTERS = 12_000_000
"""Of text in one document, about 4,000 pages; more is refused before it is taken apart."""

_KINDS = {"doc": "the old Word format (.doc)", "odt": "the OpenDocument format (.odt)", "rtf": "RTF"}


class Converter(Protocol):
    """What turns an old Word file, an OpenDocument text or an RTF file into a DOCX; see `app.incoming`."""

    def __call__(self, data: bytes, *, kind: str, name: str) -> bytes:
        """The DOCX; raises UnreadableFile or OfficeMissing where there can be none."""


def read_file(
    path: Path,
    *,
    max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
    convert: Converter | None = None,
) -> Document:
    """Read a file.

    Args:
        path: Where it is.
        max_bytes: Larger files are refused before they are read.
        progress: Called as the reading goes on.
        convert: For old Word files, OpenDocument texts and RTF; without it they are refused.

    Raises:
        UnreadableFile: The file is missing, too large, broken, encrypted, empty, or of an unknown kind.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableFile(f"{path} is a folder; name one file in it.")
        if size > max_bytes:
            raise UnreadableFile(_too_large(path.name, size, max_bytes))
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {path}; check the path.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"{path} cannot be opened: {reason}.") from error
    return read_bytes(data, path.name, max_bytes=max_bytes, progress=progress, convert=convert)


def read_bytes(
    data: bytes,
    name: str,
    *,
    max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
    convert: Converter | None = None,
) -> Document:
    """Read an uploaded file; the kind is told from its content.

    Raises:
        UnreadableFile: The bytes are no text that Proviso can read; the message says why and what to do.
    """
    name = printable(name)
    if len(data) > max_bytes:
        raise UnreadableFile(_too_large(name, len(data), max_bytes))
    kind = sniff(data, name)
    digest = hashlib.sha256(data).hexdigest()
    if kind in OFFICE_KINDS:
        if convert is None:
            raise UnreadableFile(f"{name} is in {_KINDS[kind]}. Open it in a word processor and save it as DOCX.")
        data = convert(data, kind=kind, name=name)
    margins: Sequence[str] = ()
    if kind == "docx" or kind in OFFICE_KINDS:
        from app.text.docx_reader import read_docx  # noqa: PLC0415 - lxml is heavy, text needs none of it

        read = _guarded(read_docx, data, name, progress)
        blocks, warnings, margins = read.blocks, read.warnings, read.margins
        if kind in OFFICE_KINDS:
            warnings = [
                f"The file is in {_KINDS[kind]} and was converted before it was read; "
                "check numbers and tracked changes against the file itself.",
                *warnings,
            ]
    elif kind == "pdf":
        from app.text.pdf_reader import read_pdf_blocks  # noqa: PLC0415 - the PDF library is loaded when needed

        blocks, warnings = _guarded(read_pdf_blocks, data, name, progress)
    else:
        text = decode(data, name)
        _check_length(len(text), name)
        blocks, warnings = read_plain_blocks(text, markdown=kind == "markdown"), []
        if is_binary_name(name):
            warnings = [f"{name} holds plain text, whatever its name says; ask for the file that they wrote it in."]
    return replace(_document(blocks, name=name, kind=kind, digest=digest, warnings=warnings), margins=tuple(margins))


def read_pasted(text: str, name: str = "pasted text") -> Document:
    """Read a text that a person pasted, plain or Markdown.

    Raises:
        UnreadableFile: There are no words in it.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    _check_length(len(text), name)
    markdown = looks_like_markdown(text)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    blocks = read_plain_blocks(text, markdown=markdown)
    return _document(blocks, name=name, kind="markdown" if markdown else "text", digest=digest, warnings=())


def looks_like_markdown(text: str) -> bool:
    """Whether a text uses Markdown's marks on purpose: headings, or emphasis that closes in its line.

    Text taken from a PDF may carry a few of them by chance, so form feeds rule Markdown out.
    """
    if "\f" in text:
        return False
    headings = len(re.findall(r"^#{1,6} \S", text, re.MULTILINE))
    strong = len(re.findall(r"(?<!\*)\*\*[^*\n]+\*\*(?!\*)", text))
    return headings + strong > 0 and headings + strong >= text.count("\n") / 200


_Read_co = TypeVar("_Read_co", covariant=True)


class _Reader(Protocol[_Read_co]):
    def __call__(self, data: bytes, *, progress: Progress | None) -> _Read_co: ...


def _guarded(reader: _Reader[_Read_co], data: bytes, name: str, progress: Progress | None) -> _Read_co:
    """Run a reader of a binary format; say which file it is about, and let nothing else out."""
    try:
        return reader(data, progress=progress)
    except UnreadableFile as error:
        message = str(error)
        raise UnreadableFile(message if name in message else f"{name}: {message}") from error
    except MemoryError as error:
        raise UnreadableFile(f"{name} needs more memory than there is; split it and read the parts.") from error
    except Exception as error:  # a hostile file may break a parser in ways that nobody listed
        raise UnreadableFile(f"{name} is damaged and cannot be read; open it in Word and save it again.") from error


def _document(blocks: Sequence[Block], *, name: str, kind: str, digest: str, warnings: Sequence[str]) -> Document:
    _check_length(sum(len(run.text) for block in blocks for run in block.runs), name)
    document = build_document(blocks, name=name, kind=kind, digest=digest, warnings=warnings)
    if not document.text.strip() and not any(note.text.strip() for note in document.notes):
        raise UnreadableFile(f"{name} has no words in it; choose the file that holds the text.")
    language = language_of(document.text)
    if language == "en":
        return document
    return replace(document, language=language, warnings=(language_warning(language), *document.warnings))


def _check_length(length: int, name: str) -> None:
    if length > MAX_CHARACTERS:
        raise UnreadableFile(
            f"{name} holds {length / 1e6:.1f} million characters; up to {MAX_CHARACTERS / 1e6:.0f} million can be "
            "read. Send the part that is bargained over."
        )


def _too_large(name: str, size: int, limit: int) -> str:
    return (
        f"{name} has {size / 1e6:.0f} MB; up to {limit / 1e6:.0f} MB can be read. "
        "Remove pictures, or send the part that is bargained over."
    )
