"""PNG and JPEG files without what cameras and programs write into them: place, author, text, thumbnails."""

from __future__ import annotations

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"}
_JPEG_DROPPED = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # EXIF, XMP, colour profiles, comments; JFIF and Adobe's colours stay
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


def picture_kind(data: bytes) -> str:
    """Tell "png" or "jpeg" from the content; "" for any other kind."""
    if data.startswith(_PNG):
        return "png"
    return "jpeg" if data.startswith(b"\xff\xd8\xff") else ""


def without_metadata(data: bytes) -> bytes:
    """The picture alone; the same bytes again when it holds nothing else.

    Raises:
        ValueError: It is no whole PNG or JPEG file.
    """
    kind = picture_kind(data)
    try:
        if kind == "png":
            return _bare_png(data)
        if kind == "jpeg":
            return _bare_jpeg(data)
    except (struct.error, IndexError) as error:
        raise ValueError("the picture is damaged") from error
    raise ValueError("the picture is neither PNG nor JPEG")


def _bare_png(data: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        chunk = data[at : at + 12 + length]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise ValueError("the picture is damaged")
        if name in _PNG_KEPT:
            kept.append(chunk)
        at += len(chunk)
        if name == b"IEND":  # what follows the end is no picture
            return b"".join(kept)
    raise ValueError("the picture is damaged")


def _bare_jpeg(data: bytes) -> bytes:
    kept, at = [data[:2]], 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == _END_OF_IMAGE:
            kept.append(data[at : at + 2])
            return b"".join(kept)
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == _START_OF_SCAN:
            end = _end_of_scan(data, end)
        if end > len(data):
            raise ValueError("the picture is damaged")
        if marker not in _JPEG_DROPPED:
            kept.append(data[at:end])
        at = end
    raise ValueError("the picture is damaged")


def _end_of_scan(data: bytes, at: int) -> int:
    """The place of the next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise ValueError("the picture is damaged")
        if data[at + 1] and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
