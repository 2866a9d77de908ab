"""`proviso serve`: from an empty folder to a page behind the printed link, and a clean end."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import httpx2
import pytest

from app.commands.serve import network_warning
from app.settings import Settings
from tests.cli.conftest import PROGRAM, Run


@pytest.fixture
def started(own_data: Path) -> Iterator[subprocess.Popen[str]]:
    """The service with the demonstration on a free port."""
    command = [str(PROGRAM), "serve", "--demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def lines_until(stream: IO[str], word: str) -> list[str]:
    lines = []
    for line in stream:
        lines.append(line.rstrip("\n"))
        if word in line:
            return lines
    raise AssertionError(f"the service ended without {word!r}: {lines}")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "stopped"])
def test_the_link_opens_the_demonstration(started: subprocess.Popen[str], own_data: Path, end: signal.Signals) -> None:
    assert started.stdout is not None
    assert started.stderr is not None
    lines = lines_until(started.stdout, "is ready on")
    link = next(word for line in lines for word in line.split() if "/sign-in/" in word)
    base = link.partition("/sign-in/")[0]
    assert base in lines[-1]
    with httpx2.Client(base_url=base, follow_redirects=True) as browser:
        assert browser.get("/health").text == "ok\n"
        assert browser.get(link).status_code == 200
        page = browser.post("/sign-in", data={"token": link.rpartition("/")[2]})
        assert "Tidewater" in page.text
    with httpx2.Client(base_url=base) as another:
        assert another.post("/sign-in", data={"token": link.rpartition("/")[2]}).status_code == 400
    started.send_signal(end)
    assert started.wait(timeout=30) == 0
    assert started.stderr.read() == "Proviso has stopped.\n"
    assert (own_data / "proviso.sqlite3").is_file()


def test_a_taken_port_is_said_before_anything_is_made(program: Run, own_data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = program("serve", "--port", str(taken.getsockname()[1])).refused()
    assert "Choose another with --port" in line
    assert not own_data.exists()


def test_an_address_of_another_machine(program: Run) -> None:
    assert "192.0.2.1" in program("serve", "--host", "192.0.2.1", "--port", "0").refused()


@pytest.mark.parametrize(
    ("host", "public_url", "warned"),
    [
        ("127.0.0.1", "", False),
        ("0.0.0.0", "", True),
        ("0.0.0.0", "http://10.0.0.7:8000", True),
        ("0.0.0.0", "https://proviso.example", False),
    ],
)
def test_plain_http_on_a_network_is_warned_of(host: str, public_url: str, warned: bool) -> None:
    settings = Settings(host=host, public_url=public_url, secure_cookies=public_url.startswith("https"))
    assert ("plain http" in network_warning(settings)) is warned
