"""What protects every request, whichever route answers it: host check, body limit, response headers, form tokens."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PROTECTIVE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FORM_ROOM = 1_000_000  # the other fields of an upload form, and the boundaries between the parts
_DRAIN_LIMIT = 250_000_000  # how much of a body that is too large is read and thrown away before the answer
_EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 -- compared with, not bound to


def cookie_name(settings: Settings) -> str:
    """The name of the session cookie; behind HTTPS the prefix binds it to this host and to secure transport."""
    return "__Host-proviso_session" if settings.secure_cookies else "proviso_session"


def form_token(session_secret: str) -> str:
    """The token that every form of one signed-in session carries."""
    return hmac.new(session_secret.encode(), b"proviso form", hashlib.sha256).hexdigest()


def same_token(given: str, expected: str) -> bool:
    """Compare in constant time; an empty token equals nothing."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def comes_from_here(headers: Headers) -> bool:
    """Whether a form sent before sign-in came from a page of this service.

    Browsers state the origin of every POST. A request without `Origin` and `Sec-Fetch-Site` comes from no browser,
    so nobody's cookie can be abused by it.
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None and fetch_site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def known_hosts(settings: Settings) -> frozenset[str]:
    """The names under which this service answers."""
    names = {settings.host.lower(), "localhost", "127.0.0.1"}
    public = urlsplit(settings.public_url).hostname
    return frozenset(names | ({public.lower()} if public else set()))


class HostCheck:
    """Refuses requests meant for another host, so that a foreign name pointed at this machine reaches nothing.

    A service that listens on every address also answers to each literal address, as a phone in the same room needs;
    a name rebound to this machine is still refused.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._names = known_hosts(settings)
        self._any_address = settings.host in _EVERY_ADDRESS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not (self._is_known(Headers(scope=scope).get("host", "")) and _is_text(scope)):
            await PlainTextResponse("This address is not served here.", status_code=400)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        return name in self._names or (self._any_address and _is_address(name))


class BodyLimit:
    """Stops a request body that is larger than an upload may be, before anything holds it in memory.

    The rest of the body is read and thrown away up to a bound, because browsers show no answer while they still send.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._upload_limit = settings.max_upload_bytes + _FORM_ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope)
        if _declared_length(scope) > limit:
            await _drain(receive, _DRAIN_LIMIT)
            scope["proviso.too_large"] = True
            await self._app(scope, _empty_body, send)
            return
        await self._app(scope, self._counting(scope, receive, limit), send)

    def _limit_of(self, scope: Scope) -> int:
        """Whole agreements come as multipart; any other form is small, and slow to take apart if it is not."""
        kind = Headers(scope=scope).get("content-type", "").lower()
        return self._upload_limit if kind.startswith("multipart/form-data") else 2 * _FORM_ROOM

    def _counting(self, scope: Scope, receive: Receive, limit: int) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                await _drain(receive, _DRAIN_LIMIT) if message.get("more_body") else None
                scope["proviso.too_large"] = True
                raise BodyTooLarge
            return message

        return counted


class BodyTooLarge(Exception):
    """The request body passed the limit while it was being read."""


class SecureHeaders:
    """Puts the same protective headers on every response, pages, files and errors alike."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({name: value for name, value in PROTECTIVE_HEADERS.items() if name not in headers})
                headers["Cache-Control"] = _caching(scope, message["status"])
            await send(message)

        await self._app(scope, receive, with_headers)


def _caching(scope: Scope, status: int) -> str:
    if not scope["path"].startswith("/static/"):
        return "no-store"
    pinned = b"v=" in scope.get("query_string", b"") and status == 200
    return "public, max-age=31536000, immutable" if pinned else "no-cache"


def _declared_length(scope: Scope) -> int:
    value = Headers(scope=scope).get("content-length", "0")
    return int(value) if value.isdecimal() else 0


async def _drain(receive: Receive, limit: int) -> None:
    seen, more = 0, True
    while more and seen < limit:
        message = await receive()
        seen += len(message.get("body", b""))
        more = bool(message.get("more_body")) and message["type"] == "http.request"


async def _empty_body() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _is_text(scope: Scope) -> bool:
    """Whether path and query are free of the null character, which no link of ours has and PostgreSQL refuses."""
    return "\x00" not in scope["path"] and b"%00" not in scope.get("query_string", b"")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
