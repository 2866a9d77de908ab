"""Files handed to the browser, saved and never opened as a page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from app.proposals.pdf import write_pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"


def asks_for_pdf(request: Request) -> bool:
    """Whether the address ends in .pdf, rather than .docx."""
    return request.url.path.endswith(".pdf")


def word_or_pdf(data: bytes, name: str, *, as_pdf: bool, for_table: bool) -> Response:
    """Answer with a Word file, or with the same document laid out; `name` ends in ".docx".

    Raises:
        OfficeMissing: A PDF is asked for and LibreOffice is not installed.
    """
    if not as_pdf:
        return attachment(data, name, WORD)
    stem = name.removesuffix(".docx")
    return attachment(write_pdf(data, name=stem, for_table=for_table), f"{stem}.pdf", PDF)


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """Answer with a file to save under `name`; names in any script survive."""
    safe = "".join(letter if letter.isprintable() and letter not in '\\/:*?"<>|' else "-" for letter in name)
    plain = safe.encode("ascii", "replace").decode().replace("?", "-")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)
