"""Which status and which page an error becomes. The core raises errors of `app.errors`; only this module knows HTTP."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from app.errors import (
    EditConflict,
    InvalidInput,
    NotFound,
    NotTableSafe,
    OfficeMissing,
    PlaceholderError,
    ProvisoError,
    UnknownClause,
    UnknownMove,
    UnreadableFile,
)
from app.web.rendering import render
from app.web.security import PROTECTIVE_HEADERS, BodyTooLarge
from app.word.house_style.reading import TOO_LARGE as TEMPLATE_TOO_LARGE

_log = logging.getLogger(__name__)

_NOT_FOUND = (
    "Nothing here",
    "There is no such page, or it belongs to a table that you are not a member of. "
    "Check the address, or start again from your tables.",
)

_OWN_LIMITS = {"/tables/{table_id}/house-style": TEMPLATE_TOO_LARGE}
"""What to say where a form takes less than the service does, by the route as it is declared."""


class NotSignedIn(Exception):
    """The route needs a person and the request brings none."""


class FormExpired(Exception):
    """A form came without the token of the session that it claims."""


class UploadTooLarge(Exception):
    """The request body is larger than an upload may be; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


def add_error_pages(app: FastAPI) -> None:
    """Register one handler for each kind of error."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(FormExpired, _form_expired)
    app.add_exception_handler(UploadTooLarge, _too_large)
    app.add_exception_handler(BodyTooLarge, _too_large)
    app.add_exception_handler(ProvisoError, _known_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _bug)


def error_page(request: Request, status: int, title: str, message: str, *, form: str = "") -> Response:
    """A calm page that says what happened and what to do now; `form` leads back to what was being filled in."""
    return render(request, "error.html", status=status, title=title, message=message, form=form)


def status_of(error: ProvisoError) -> int:
    """The status that tells a program what the page tells a person."""
    if isinstance(error, NotFound | UnknownClause | UnknownMove):
        return 404
    if isinstance(error, EditConflict):
        return 409
    return 400


def _known_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProvisoError)
    status = status_of(error)
    if status == 404:
        return error_page(request, 404, *_NOT_FOUND)
    if isinstance(error, EditConflict):
        return error_page(request, 409, "Somebody saved this first", str(error))
    title = "Please check this" if isinstance(error, InvalidInput | PlaceholderError) else "This did not work"
    if isinstance(error, UnreadableFile | OfficeMissing):
        title = "This file cannot be read"
    if isinstance(error, NotTableSafe):
        title = "Not handed out"
    return error_page(request, status, title, str(error))


def _not_signed_in(request: Request, _error: Exception) -> Response:
    if request.method in {"GET", "HEAD"}:
        return RedirectResponse("/sign-in", status_code=303)
    return error_page(
        request, 403, "You are not signed in", "Nothing was stored. Sign in again, then repeat what you were doing."
    )


def _form_expired(request: Request, _error: Exception) -> Response:
    message = "Nothing was stored. Go back, reload the page so that the form is fresh, and send it again."
    return error_page(request, 403, "This form is no longer valid", message)


def _too_large(request: Request, _error: Exception) -> Response:
    limit = request.app.state.services.settings.max_upload_bytes
    message = _OWN_LIMITS.get(
        getattr(request.scope.get("route"), "path", ""),
        f"Files of up to {limit / 1_000_000:.0f} MB are read here; this one is larger, so nothing was stored. "
        "Save it without pictures or scans, or paste the articles that matter as text.",
    )
    return error_page(request, 413, "This file is too large", message, form=_form_of(request))


def _form_of(request: Request) -> str:
    """The page whose form was sent here: it has the same address, or stands at "new" below it."""
    for path in (request.url.path, f"{request.url.path}/new"):
        asked = {"type": "http", "method": "GET", "path": path, "headers": []}
        if any(route.matches(asked)[0] is Match.FULL for route in request.app.router.routes):
            return path
    return ""


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(problem["loc"][0] == "path" for problem in error.errors()):
        return error_page(request, 404, *_NOT_FOUND)
    fields = ", ".join(sorted({str(problem["loc"][-1]) for problem in error.errors()}))
    message = (
        f"The form came incomplete or with values that do not fit ({fields}). Go back, reload the page and try again."
    )
    return error_page(request, 422, "This form cannot be read", message)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.scope.get("proviso.too_large"):  # reading the form failed because the body was cut off
        return _too_large(request, error)
    if error.status_code == 404:
        return error_page(request, 404, *_NOT_FOUND)
    if error.status_code == 405:
        message = "This address does not do that. Go back and use the buttons of the page."
        return error_page(request, 405, "Not possible here", message)
    return error_page(request, error.status_code, "This did not work", f"{error.detail} Go back and try again.")


def _bug(request: Request, error: Exception) -> Response:
    # The route as it is declared, not the address: that of a sign-in link is a key.
    path = getattr(request.scope.get("route"), "path", "an unknown address")
    _log.error("unexpected error on %s %s", request.method, path, exc_info=error)
    message = (
        "Something went wrong on our side and nothing of this step was stored. Your earlier work is safe. "
        "Go back and try once more; if it happens again, tell whoever runs this service what you were doing and when."
    )
    page = error_page(request, 500, "This went wrong", message)
    # This answer is given outside all middleware, so nothing else puts the headers on it.
    page.headers.update({**PROTECTIVE_HEADERS, "Cache-Control": "no-store"})
    return page
