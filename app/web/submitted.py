"""Fields of a form as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it; its name is what the sender says, no more."""

    name: str
    data: bytes


def text_field(form: FormData | None, name: str) -> str:
    """A text field, lines ended by a line feed as everywhere here; "" when the form has none.

    The null character becomes a space: PostgreSQL stores none, and no page sends one.
    """
    value = form.get(name, "") if form is not None else ""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ") if isinstance(value, str) else ""


def number_field(form: FormData | None, name: str) -> int:
    """A whole number that the page itself put into the form; -1 when somebody changed it into none."""
    value = text_field(form, name)
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1


def file_field(form: FormData | None, name: str) -> Upload | None:
    """An uploaded file, or None when no file was chosen."""
    value = form.get(name) if form is not None else None
    if not isinstance(value, UploadFile) or not value.filename:
        return None
    return Upload(name=value.filename, data=value.file.read())
