"""What a file is, told from its first bytes, and how its characters are encoded."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from typing import Literal

from app.errors import UnreadableFile

FileKind = Literal["docx", "pdf", "text", "markdown", "doc", "odt", "rtf"]
OFFICE_KINDS: frozenset[str] = frozenset({"doc", "odt", "rtf"})
"""What is read by way of a converter; the names are those that the converter knows."""

MAX_OFFICE_BYTES = 200_000_000

_SAVE_AS = "Open it in a word processor and save it as DOCX."
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_BINARY_NAMES = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".pdf")
_ENDINGS = frozenset({*(each.lstrip(".") for each in _BINARY_NAMES), *OFFICE_KINDS, "txt", "text", "md"})
_WEB_PAGE = re.compile(
    rb"(?:<!--[^>]{0,500}>\s*)*<(?:!doctype html|html|head|body|meta|title|div|p|table)\b", re.IGNORECASE
)
_BEGINNINGS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {
    "EncryptedPackage": "protected",
    "WordDocument": "doc",
    "Workbook": "a spreadsheet",
    "PowerPoint Document": "a presentation",
    "__properties_version1.0": "an e-mail",
}
_FIB = b"\xec\xa5"
_FIB_WITHIN = 8_000_000
_MOST_ENTRIES = 20_000
_PROTECTED = "{name} is protected by a password. Open it in a word processor, remove the password, and save it again."
_COPY = "Copy the text that matters into a DOCX file."


def sniff(data: bytes, name: str) -> FileKind:
    """Tell the kind from the content.

    Args:
        data: The whole file.
        name: Its name, for messages and to tell Markdown from plain text.

    Raises:
        UnreadableFile: The kind is one that Proviso does not read; says what to do instead.
    """
    name = printable(name)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(f"{name} is empty; choose the file that holds the text.")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _sniff_zip(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if any(start.startswith(data) for start in _BEGINNINGS) and name.lower().endswith(_BINARY_NAMES):
        raise UnreadableFile(f"{name} is cut off after its first bytes; ask for it again.")
    if data.startswith(_OLE[:4]):
        return _sniff_ole(data, name)
    if data[:1024].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    _refuse_known(data, name)
    return "markdown" if name.lower().endswith((".md", ".markdown")) else "text"


def _refuse_known(data: bytes, name: str) -> None:
    head = data[:1024].lstrip()
    if data.startswith(_IMAGES):
        raise UnreadableFile(f"{name} is a picture, not a text. Ask for the Word file, or run text recognition first.")
    if _WEB_PAGE.match(head):
        raise UnreadableFile(f"{name} is a web page (HTML). Copy its text and paste it, or save it as DOCX.")
    if head.startswith(b"<?xml"):
        raise UnreadableFile(f"{name} is an XML file, not a text. {_SAVE_AS}")
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")):
        raise UnreadableFile(f"{name} is a compressed archive. Unpack it and choose the file inside.")


def _sniff_ole(data: bytes, name: str) -> FileKind:
    """Old Office files share one container; the names of its streams tell them apart."""
    for stream, kind in _OLE_STREAMS.items():
        if stream.encode("utf-16-le") not in data:
            continue
        if kind == "protected" or (kind == "doc" and _is_encrypted_doc(data)):
            raise UnreadableFile(_PROTECTED.format(name=name))
        if kind == "doc":
            return "doc"
        raise UnreadableFile(f"{name} is {kind}. {_COPY}")
    raise UnreadableFile(f"{name} is cut off, or in an old Office format without a text. {_SAVE_AS}")


def _is_encrypted_doc(data: bytes) -> bool:
    """The head of the text stream, which begins at a sector, carries the flag (MS-DOC 2.5.2)."""
    for start in range(512, min(len(data), _FIB_WITHIN), 512):
        if data.startswith(_FIB, start) and len(data) > start + 12:
            return bool(data[start + 11] & 0x01)
    return False


def _sniff_zip(data: bytes, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            kind = (
                archive.read("mimetype")[:100]
                if "mimetype" in members and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except Exception as error:  # zipfile raises many things on hostile archives
        raise UnreadableFile(f"{name} is cut off or damaged; ask for it again, or save it again in Word.") from error
    if any(member.lower().lstrip("/") == "[content_types].xml" for member in members):
        if any(member.startswith("xl/") for member in members) and not any(m.startswith("word/") for m in members):
            raise UnreadableFile(f"{name} is a spreadsheet. Copy the text that matters into a DOCX file.")
        if any(member.startswith("ppt/") for member in members) and not any(m.startswith("word/") for m in members):
            raise UnreadableFile(f"{name} is a presentation. Copy the text that matters into a DOCX file.")
        return "docx"
    if b"opendocument.text" in kind:
        return _sniff_odt(data, name)
    if b"opendocument" in kind:
        raise UnreadableFile(f"{name} is an OpenDocument file, but no text. {_COPY}")
    if b"epub" in kind:
        raise UnreadableFile(f"{name} is an e-book. {_SAVE_AS}")
    raise UnreadableFile(f"{name} is a ZIP archive, not a Word file. Unpack it and choose the file inside.")


def _sniff_odt(data: bytes, name: str) -> FileKind:
    """Before it goes to a converter: no password, and nothing that unpacks beyond all measure."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_ENTRIES:
                raise UnreadableFile(f"{name} holds more than {_MOST_ENTRIES:,} parts. {_SAVE_AS}")
            for entry in archive.infolist():
                with archive.open(entry) as stream:
                    while chunk := stream.read(1 << 20):
                        unpacked += len(chunk)
                        if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in chunk:
                            raise UnreadableFile(_PROTECTED.format(name=name))
                        if unpacked > MAX_OFFICE_BYTES:
                            raise UnreadableFile(
                                f"{name} unpacks to more than {MAX_OFFICE_BYTES // 1_000_000} MB. "
                                "Remove pictures, or send the part that is bargained over."
                            )
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile raises many things on hostile archives
        raise UnreadableFile(f"{name} is cut off or damaged; ask for it again, or save it again.") from error
    return "odt"


def printable(name: str) -> str:
    """A file's name for a message: nothing in it may steer a terminal, and it is no longer than a line."""
    return "".join(letter if letter.isprintable() else " " for letter in name)[:200].strip() or "the file"


def without_ending(name: str) -> str:
    """A document's name for the name of another file: "Counter 1.docx" is "Counter 1"."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem.strip() and ending.lower() in _ENDINGS else name


def is_binary_name(name: str) -> bool:
    """Whether the name alone says that it is a Word file or a PDF."""
    return name.lower().endswith(_BINARY_NAMES)


def decode(data: bytes, name: str) -> str:
    """Decode a text file: UTF-8, UTF-16 with or without its mark, otherwise Windows Latin.

    Raises:
        UnreadableFile: The bytes are no text in any of them.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"), name)
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) * 0.3:
        even = data[0:4000:2].count(0) > zeros / 2
        return _checked(data.decode("utf-16-be" if even else "utf-16-le", "replace"), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(data.decode("cp1252", "replace"), name)


def _checked(text: str, name: str) -> str:
    sample = text[:20_000]
    odd = sum(
        1
        for character in sample
        if (ord(character) < 32 and character not in "\t\n\r\f\v\x00") or character == "\ufffd"
    )
    if odd > 0.02 * len(sample) or not any(character.isalpha() for character in sample):
        raise UnreadableFile(f"{name} is no text that can be read. Save it as DOCX, PDF or plain text (UTF-8).")
    return text
