"""Pictures without what only a program reads in them: EXIF, XMP, IPTC, comments, thumbnails, bytes behind the end.

PNG, JPEG and GIF are taken apart and put together again from the pieces that draw. Other kinds (metafiles, TIFF, SVG)
may keep whole texts, author names and programs and are refused.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

MAX_PIXEL_BYTES: Final = 200_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_DRAWS: Final = {
    b"IHDR": {13}, b"PLTE": range(3, 769, 3), b"tRNS": range(1, 257), b"gAMA": {4}, b"cHRM": {32}, b"sRGB": {1},
    b"sBIT": range(1, 5), b"bKGD": {1, 2, 6}, b"pHYs": {9},
}  # fmt: skip
"""Chunks that draw, with the lengths that the standard gives them; more would be something else."""
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES: Final = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_HUFFMAN, _ARITHMETIC, _SCAN, _QUANTISING, _RESTARTS = 0xC4, 0xCC, 0xDA, 0xDB, 0xDD
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC8, _HUFFMAN, _ARITHMETIC}
_TABLES: Final = frozenset({_HUFFMAN, _ARITHMETIC, _QUANTISING, _RESTARTS})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


class _Broken(Exception):
    """The picture does not follow its format, so nobody knows what is in it."""


def picture_kind(data: bytes) -> str:
    """Tell "png", "jpeg" or "gif" from the content; "" for kinds that cannot be cleaned."""
    if data.startswith(_PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    return "gif" if data.startswith((b"GIF87a", b"GIF89a")) else ""


def without_metadata(data: bytes) -> bytes:
    """The picture alone; the same bytes again when it holds nothing else.

    Raises:
        ValueError: It is of a kind that cannot be cleaned, or broken.
    """
    kind = picture_kind(data)
    if not kind:
        raise ValueError(
            "the picture is of a kind that may hide texts and names (a metafile, TIFF, SVG or the like); "
            "insert it as PNG or JPEG."
        )
    try:
        return {"png": _clean_png, "jpeg": _clean_jpeg, "gif": _clean_gif}[kind](data)
    except (_Broken, struct.error, zlib.error, IndexError) as error:
        raise ValueError("the picture is damaged, so that it cannot be checked; insert it anew.") from error


# PNG


def _clean_png(data: bytes) -> bytes:
    kept: list[tuple[bytes, bytes]] = []
    packed: list[bytes] = []
    for name, content in _chunks(data):
        if name == b"IDAT":
            packed.append(content)
        elif name in _PNG_DRAWS and name not in {each for each, _ in kept}:
            if len(content) not in _PNG_DRAWS[name]:
                raise _Broken
            kept.append((name, content))
        elif name == b"IEND":
            break
        elif name[0] < ord("a") and name not in _PNG_DRAWS:
            raise _Broken
    else:
        raise _Broken
    if not kept or kept[0][0] != b"IHDR" or not packed:
        raise _Broken
    pixels = zlib.compress(_unpacked(b"".join(packed), _pixel_bytes(kept[0][1])))
    kept += [(b"IDAT", pixels), (b"IEND", b"")]
    return _PNG + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in kept
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(_PNG)
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name, content = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + length)
        if len(name) != 4 or len(content) != length or checksum != zlib.crc32(name + content):
            raise _Broken
        yield name, content
        position += length + 12


def _pixel_bytes(header: bytes) -> int:
    width, height, depth, colour, method, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if colour not in _CHANNELS or depth not in {1, 2, 4, 8, 16} or method or filtering or interlaced > 1:
        raise _Broken
    if not width or not height:
        raise _Broken
    bits = depth * _CHANNELS[colour]
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    if total > MAX_PIXEL_BYTES:
        raise _Broken
    return total


def _unpacked(packed: bytes, size: int) -> bytes:
    """The rows of pixels, exactly; what hides behind them in the stream is left."""
    unpacked = zlib.decompressobj().decompress(packed, size)
    if len(unpacked) != size:
        raise _Broken
    return unpacked


# JPEG


def _clean_jpeg(data: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    position = 2
    frames = scans = 0
    while True:
        if data[position] != 0xFF:
            raise _Broken
        while data[position] == 0xFF:
            position += 1
        marker = data[position]
        position += 1
        if marker == 0xD9:
            break
        if marker in _ALONE:
            raise _Broken
        (length,) = struct.unpack_from(">H", data, position)
        content = data[position + 2 : position + length]
        if length < 2 or len(content) != length - 2:
            raise _Broken
        position += length
        kept.append(_what_draws(marker, content))
        frames += marker in _FRAMES
        if marker == _SCAN:
            end = _end_of_scan(data, position)
            kept.append(data[position:end])
            position = end
            scans += 1
    if not scans or frames != 1:
        raise _Broken
    return b"".join([*kept, b"\xff\xd9"])


def _what_draws(marker: int, content: bytes) -> bytes:
    """Of one segment what the picture needs, which may be nothing; raises _Broken where it says more than it may."""
    if marker == _SCAN and len(content) == 4 + 2 * content[0]:
        return _segment(marker, content)
    if marker in _FRAMES and len(content) == 6 + 3 * content[5]:
        return _segment(marker, content)
    if marker in _TABLES and _is_filled(marker, content):
        return _segment(marker, content)
    if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        return _segment(marker, content[:12] + b"\0\0")  # without its thumbnail
    if marker == 0xEE and content.startswith(b"Adobe") and len(content) >= 12:
        return _segment(marker, content[:12])  # says how colours are stored
    if 0xE0 <= marker <= 0xEF or marker == 0xFE:
        return b""
    raise _Broken


def _is_filled(marker: int, content: bytes) -> bool:
    """Whether a segment of tables is as long as the tables in it say."""
    if marker == _RESTARTS:
        return len(content) == 2
    if marker == _ARITHMETIC:
        return len(content) % 2 == 0
    position = 0
    while position < len(content):
        if marker == _QUANTISING:
            position += 1 + (128 if content[position] >> 4 else 64)
        else:
            position += 17 + sum(content[position + 1 : position + 17])
    return position == len(content)


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _end_of_scan(data: bytes, position: int) -> int:
    """Where the packed pixels of one scan end: before the next marker that is no restart."""
    while True:
        position = data.find(0xFF, position)
        if position < 0:
            raise _Broken
        following = data[position + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            position += 2
        elif following == 0xFF:
            raise _Broken
        else:
            return position


# GIF


def _clean_gif(data: bytes) -> bytes:
    kept = [data[:13]]
    position = 13
    has_image = False
    if data[10] & 0x80:
        size = 3 << ((data[10] & 7) + 1)
        kept.append(data[position : position + size])
        position += size
    while True:
        introducer = data[position]
        if introducer == 0x3B:
            break
        if introducer == 0x21:
            end = _end_of_blocks(data, position + 2)
            if data[position + 1] == 0xF9:  # how the image is laid on: four bytes
                if data[position + 2] != 4 or end - position != 8:
                    raise _Broken
                kept.append(data[position:end])
        elif introducer == 0x2C:
            if has_image:  # a page shows the first alone
                raise _Broken
            has_image = True
            table = 3 << ((data[position + 9] & 7) + 1) if data[position + 9] & 0x80 else 0
            end = _end_of_blocks(data, position + 11 + table)
            kept.append(data[position:end])
        else:
            raise _Broken
        position = end
    return b"".join([*kept, b";"])


def _end_of_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += data[position] + 1
    return position + 1
