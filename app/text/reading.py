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

from app.errors import UnreadableFile
from app.text.document import Block, Document, Progress
from app.text.file_kinds import decode, sniff
from app.text.language import language_of, language_warning
from app.text.plain_reader import read_plain_blocks
from app.text.structure import build_document

MAX_BYTES = 25_000_000


def read_file(path: Path, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Document:
    """Read a file.

    Args:
        path: Where it is.
        max_bytes: Larger files are refused before they are read.
        progress: Called as the reading goes on.

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
    return read_bytes(data, path.name, max_bytes=max_bytes, progress=progress)


def read_bytes(data: bytes, name: str, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Document:
    """Read an uploaded file; the kind is told from its content.

    Raises:
        UnreadableFile: The bytes are no text that Proviso can read; the message says why and what to do.
    """
    name = name or "the file"
    if len(data) > max_bytes:
        raise UnreadableFile(_too_large(name, len(data), max_bytes))
    kind = sniff(data, name)
    digest = hashlib.sha256(data).hexdigest()
    if kind == "docx":
        from app.text.docx_reader import read_docx_blocks  # noqa: PLC0415 - lxml is heavy, text needs none of it

        blocks, warnings = _guarded(read_docx_blocks, data, name, progress)
    elif kind == "pdf":
        from app.text.pdf_reader import read_pdf_blocks  # noqa: PLC0415 - the PDF library is loaded when needed

        blocks, warnings = _guarded(read_pdf_blocks, data, name, progress)
    else:
        text = decode(data, name)
        blocks, warnings = read_plain_blocks(text, markdown=kind == "markdown"), []
    return _document(blocks, name=name, kind=kind, digest=digest, warnings=warnings)


def read_pasted(text: str, name: str = "pasted text") -> Document:
    """Read a text that a person pasted, plain or Markdown.

    Raises:
        UnreadableFile: There are no words in it.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
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


def _guarded(reader: object, data: bytes, name: str, progress: Progress | None) -> tuple[list[Block], list[str]]:
    """Run a reader of a binary format; say which file it is about, and let nothing else out."""
    assert callable(reader)
    try:
        blocks, warnings = reader(data, progress=progress)
    except UnreadableFile as error:
        message = str(error)
        raise UnreadableFile(message if name in message else f"{name}: {message}") from error
    except MemoryError as error:
        raise UnreadableFile(f"{name} needs more memory than there is; split it and read the parts.") from error
    except Exception as error:  # a hostile file may break a parser in ways that nobody listed
        raise UnreadableFile(f"{name} is damaged and cannot be read; open it in Word and save it again.") from error
    return blocks, warnings


def _document(blocks: Sequence[Block], *, name: str, kind: str, digest: str, warnings: Sequence[str]) -> Document:
    document = build_document(blocks, name=name, kind=kind, digest=digest, warnings=warnings)
    if not document.text.strip() and not any(note.text.strip() for note in document.notes):
        raise UnreadableFile(f"{name} has no words in it; choose the file that holds the text.")
    language = language_of(document.text)
    if language == "en":
        return document
    return replace(document, language=language, warnings=(language_warning(language), *document.warnings))


def _too_large(name: str, size: int, limit: int) -> str:
    return (
        f"{name} has {size / 1e6:.0f} MB; up to {limit / 1e6:.0f} MB can be read. "
        "Remove pictures, or send the part that is bargained over."
    )
