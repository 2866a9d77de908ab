"""Files handed to the browser, saved and never opened as a page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """Answer with a file to save under `name`; names in any script survive."""
    safe = "".join(letter if letter.isprintable() and letter not in '\\/:*?"<>|' else "-" for letter in name)
    plain = safe.encode("ascii", "replace").decode().replace("?", "-")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)
