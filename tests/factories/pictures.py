"""Small pictures."""

from __future__ import annotations

import struct
import zlib


def png(*, comment: str = "", width: int = 40) -> bytes:
    """A small picture, perhaps with words that a program wrote into it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + b"\x20\x50\x90" * width for _ in range(12))
    told = chunk(b"tEXt", f"Comment\0{comment}".encode()) if comment else b""
    head = struct.pack(">IIBBBBB", width, 12, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + told + packed + chunk(b"IEND", b"") + comment.encode()
