"""`proviso serve`: everything from an empty folder to a service that answers."""

from __future__ import annotations

import signal
import socket
import sys
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import uvicorn

from app.accounts.sessions import LINK_MINUTES
from app.analysis.pipeline import load_pipeline
from app.commands.database import describe, link_for, open_database
from app.commands.failures import say
from app.commands.sources import load_settings
from app.db import transaction
from app.errors import InvalidInput
from app.library.files import Library, load_library
from app.library.publish import publish
from app.library.shelf import latest_clauses
from app.main import build_app
from app.settings import Settings
from app.web.dependencies import Services


def serve_pages(*, host: str | None, port: int | None, demo: bool) -> None:
    """Migrate, publish, make the demonstration where asked for, and serve until interrupted.

    Args:
        host: Address to listen on; None for the setting.
        port: Port; None for the setting, 0 for any free one.
        demo: Make the demonstration table and print a sign-in link to it.

    Raises:
        InvalidInput: The address or the port cannot be taken.
        ProvisoError: The library or the database cannot be used.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by a service manager: as clean as Ctrl-C
    settings = load_settings()
    chosen = {"host": settings.host if host is None else host, "port": settings.port if port is None else port}
    settings = settings.model_copy(update=chosen)
    listening = _bind(settings)
    stopping, reading = Event(), None
    try:
        settings = _with_address(settings, listening.getsockname()[1])
        if warning := network_warning(settings):
            say(warning)
        library = load_library(settings.clauses_dir)
        pipeline = load_pipeline(settings.models_dir)
        _prepare(settings, library, pipeline, demo=demo)
        app = build_app(settings, pipeline=pipeline, library=library)
        reading = Thread(target=_read_meanings, args=(app.state.services, stopping), daemon=True)
        reading.start()
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=5)
        _Server(config, settings.base_url).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
        stopping.set()
        if reading is not None:
            reading.join()  # it may be within the second reader, which must not lose the ground under its feet
    say("Proviso has stopped.")


def network_warning(settings: Settings) -> str:
    """What to say when others on the network can reach the service, and read along; "" when all is well."""
    alone = settings.host in {"127.0.0.1", "localhost", "::1"}
    if alone or settings.base_url.startswith("https://"):
        return ""
    return (
        "Everybody on this network can reach Proviso, and read what it sends: it speaks plain http. Use a network of "
        "your own, or put HTTPS before it and set PROVISO_PUBLIC_URL and PROVISO_SECURE_COOKIES."
    )


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            _tell(f"Proviso is ready on {self._address} (Ctrl-C stops it).")


def _prepare(settings: Settings, library: Library, pipeline: Any, *, demo: bool) -> None:
    with open_database(settings, create=True) as sessions:
        with transaction(sessions) as session:
            report = publish(session, library)
        _tell(describe(report))
        for line in report.refused:
            say(line)
        if not demo:
            return
        from app.proposals.demonstration import create_demonstration  # noqa: PLC0415 - only where asked for

        with transaction(sessions) as session:
            now = datetime.now(UTC)
            person = create_demonstration(session, settings, pipeline, library, now)
            link = link_for(session, person, settings, now)
    _tell(f"Sign in as {person.name}, once, within {LINK_MINUTES} minutes: {link}")


def _read_meanings(services: Services, stopping: Event) -> None:
    """Read the library for searches by meaning, beside the service, which answers in the meantime."""
    with services.sessions() as session:
        entries = latest_clauses(session)
    for entry in entries:
        if stopping.is_set():
            return
        services.meanings.read([entry])


def _with_address(settings: Settings, port: int) -> Settings:
    """The settings with the port that was taken, and links that a browser on this machine can follow."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - replaced
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return settings.model_copy(update={"port": port, "public_url": settings.public_url or f"http://{host}:{port}"})


def _bind(settings: Settings) -> socket.socket:
    """Take the port before anything else is done, so that a second start fails at once and in one line."""
    where = f"port {settings.port} on {settings.host}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InvalidInput(f"{settings.host} is no address of this machine: {error.strerror}.", field="host") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()  # requests wait from here on instead of being refused
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise InvalidInput(f"{where} cannot be used: {reason}. Choose another with --port.", field="port") from error
    return listening


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
