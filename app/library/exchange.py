"""Clause files going out and coming in: one file, or a zip laid out as `clauses/` is.

Nothing that comes in is ever written to a path that it names: files are read in memory and become drafts.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.errors import ClauseFileError
from app.library.clause import ClauseVersion
from app.library.front_matter import split_source

MOST_FILES = 300
MOST_BYTES = 1_000_000
"""Of one clause file; the longest of the library has 40,000."""
MOST_TOGETHER = 20_000_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """What an upload held."""

    files: tuple[tuple[str, str], ...]  # (name, text)
    refused: tuple[str, ...]  # one sentence for each file that was not read: which, why, what to do


def file_path(version: ClauseVersion) -> str:
    """Where a version belongs in `clauses/`: "disclosure/short-notice/1.0.0.md"."""
    return f"{version.topic}/{version.id}/{version.version}.md"


def path_of(source: str) -> str:
    """Where a clause file says that it belongs; "draft.md" where it does not say so."""
    try:
        data, _ = split_source(source, "")
    except ClauseFileError:
        return "draft.md"
    parts = [data.get(name) for name in ("topic", "id", "version")]
    plain = all(isinstance(each, str) and re.fullmatch(r"[a-z0-9_.-]{1,80}", each) for each in parts)
    return f"{parts[0]}/{parts[1]}/{parts[2]}.md" if plain else "draft.md"


def clause_zip(versions: Iterable[ClauseVersion]) -> bytes:
    """The files of some versions, byte for byte, each at its place; the same versions give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for version in sorted(versions, key=file_path):
            entry = zipfile.ZipInfo(file_path(version))  # dated 1980, so that the moment changes nothing
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, version.source.encode())
    return data.getvalue()


def read_incoming(name: str, data: bytes) -> Incoming:
    """The clause files of an upload: the file itself, or every clause file of a zip.

    Args:
        name: What the sender calls it; only shown.
        data: The whole upload.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_zip(name, data)
    return _sorted([_text(name, data)])


def _read_zip(name: str, data: bytes) -> Incoming:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        return Incoming((), (f"{name} is a broken zip file ({error}); pack it again.",))
    with archive:
        entries = [each for each in archive.infolist() if not each.is_dir()]
        if len(entries) > MOST_FILES:
            return Incoming((), (f"{name} holds {len(entries):,} files; pack at most {MOST_FILES} into one.",))
        return _sorted(_read_entries(archive, entries))


def _read_entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str, str]]:
    """For each entry its name, and its text or what is wrong with it."""
    together = 0
    for entry in entries:
        shown = entry.filename if entry.filename.isprintable() else ascii(entry.filename)
        if problem := _entry_problem(entry):
            yield shown, "", problem
            continue
        try:
            with archive.open(entry) as file:
                data = file.read(MOST_BYTES + 1)  # whatever size the zip claims
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            yield shown, "", f"{shown} cannot be unpacked ({error}); pack it again, without a password."
            continue
        together += len(data)
        if together > MOST_TOGETHER:
            yield shown, "", f"{shown} and what follows was not read: the zip is too large; split it."
            return
        yield _text(shown, data)


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    shown = name if name.isprintable() else ascii(name)
    parts = entry.orig_filename.replace("\\", "/").split("/")
    if not name.isprintable() or "\\" in entry.orig_filename or ":" in parts[0] or parts[0] == "" or ".." in parts:
        return f"{shown} names a place outside the zip, so it was not read; pack the folders of clauses/ as they are."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"{shown} is a link to another file, so it was not read; pack the file itself."
    if not name.endswith(".md") or parts[-1] == "README.md" or parts[0] == "__MACOSX":
        return f"{shown} is no clause file and was left out."
    return ""


def _text(name: str, data: bytes) -> tuple[str, str, str]:
    if len(data) > MOST_BYTES:
        return name, "", f"{name} is too large for a clause file ({MOST_BYTES // 1000:,} KB at most)."
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        if name.lower().endswith(".zip"):
            return name, "", f"{name} is no zip that can be read; pack it again."
        return name, "", f"{name} is not UTF-8 text; save it as UTF-8."
    if "\x00" in text or not text.strip():
        return name, "", f"{name} holds no text that can be read."
    return name, text, ""


def _sorted(read: Iterable[tuple[str, str, str]]) -> Incoming:
    found = list(read)
    return Incoming(
        tuple((name, text) for name, text, problem in found if not problem),
        tuple(problem for _, _, problem in found if problem),
    )
