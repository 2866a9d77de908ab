"""Opens a written package and makes sure that nothing stands between, before or behind its parts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_package import MAX_ENTRIES, MAX_PART_BYTES, MAX_RATIO, MAX_TOTAL_BYTES
from app.word.table_safe.manifest import ZIP_DATE
from app.word.table_safe.refusal import refusal

_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_DIRECTORY_ENTRY: Final = 46
_END: Final = 22
_RATIO_MATTERS_FROM: Final = 8_000_000
_PARSER: Final = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}


def read_archive(data: bytes) -> dict[str, bytes]:
    """The parts of a package, each checked to be all that its place in the archive holds.

    Raises:
        NotTableSafe: The archive says or holds more than its parts.
        UnreadableFile: It is no archive, or unpacks beyond the bounds.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile("The Word file is damaged; write it again.") from error
    with package:
        entries = sorted(package.infolist(), key=lambda each: each.header_offset)
        if package.comment:
            raise refusal("the package", "carries a comment in its zip directory.")
        if len({each.filename.lower() for each in entries}) != len(entries):
            raise refusal("the package", "holds two parts of one name.")
        if len(entries) > MAX_ENTRIES:
            raise UnreadableFile(f"The file holds more than {MAX_ENTRIES} parts.")
        position = 0
        parts: dict[str, bytes] = {}
        left = MAX_TOTAL_BYTES
        for entry in entries:
            if entry.header_offset != position:
                raise refusal("the package", f"holds bytes that belong to no part, before {entry.filename}.")
            parts[entry.filename], position = _read(data, entry, left)
            left -= len(parts[entry.filename])
        directory = sum(_DIRECTORY_ENTRY + len(each.filename.encode()) for each in entries)
        if position != package.start_dir or position + directory + _END != len(data):
            raise refusal("the package", "holds bytes that belong to no part, behind its parts.")
    return parts


def _read(data: bytes, entry: zipfile.ZipInfo, left: int) -> tuple[bytes, int]:
    name = entry.filename
    if entry.comment or entry.extra:
        raise refusal(name, "carries a note in the zip directory.")
    if entry.date_time != ZIP_DATE:
        raise refusal(name, f"carries the time {entry.date_time} in the zip directory.")
    try:
        signature, _, flags, method, _, _, _, packed, size, name_length, extra_length = _LOCAL.unpack_from(
            data, entry.header_offset
        )
    except struct.error as error:
        raise UnreadableFile(f"The Word file is damaged at {name}.") from error
    start = entry.header_offset + _LOCAL.size
    stored_name = data[start : start + name_length]
    if signature != b"PK\x03\x04" or flags or extra_length or stored_name != name.encode():
        raise refusal(name, "says something else in its place than in the zip directory.")
    if packed != entry.compress_size or size != entry.file_size or method != entry.compress_type:
        raise refusal(name, "says something else in its place than in the zip directory.")
    start += name_length
    stream = data[start : start + packed]
    if size > min(MAX_PART_BYTES, left) or (size > _RATIO_MATTERS_FROM and size > MAX_RATIO * max(packed, 1)):
        raise UnreadableFile(f"The part {name} unpacks beyond the bounds; split the document.")
    content = stream if method == zipfile.ZIP_STORED else _inflate(name, stream, size)
    if len(content) != size or zlib.crc32(content) != entry.CRC:
        raise refusal(name, "is not what the zip directory says.")
    return content, start + packed


def _inflate(name: str, stream: bytes, size: int) -> bytes:
    unpack = zlib.decompressobj(-15)
    try:
        content = unpack.decompress(stream, size + 1)
    except zlib.error as error:
        raise UnreadableFile(f"The Word file is damaged at {name}.") from error
    if not unpack.eof or unpack.unused_data or unpack.unconsumed_tail:
        raise refusal(name, "holds bytes behind its packed content.")
    return content


def parse(name: str, content: bytes) -> Any:
    """A part as a tree.

    Raises:
        NotTableSafe: It is no XML, or carries comments, instructions or a document type.
    """
    if b"<!" in content[:4096] or b"<!ENTITY" in content:
        raise refusal(name, "declares a document type, or begins with an XML comment.")
    try:
        root = etree.fromstring(content, etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as error:
        raise refusal(name, "is no well-formed XML.") from error
    if root.getprevious() is not None or root.getnext() is not None:
        raise refusal(name, "carries an XML comment or instruction.")
    return root
