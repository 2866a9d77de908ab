"""The command line as a person uses it, in this process or as a program of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main

PROGRAM = Path(sys.executable).parent / "proviso"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind."""

    status: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        return self.data.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.data)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.data.splitlines()]

    def refused(self) -> str:
        """The one line that a refused command leaves; fails when there is more, or anything else."""
        assert self.status == 2, self.err
        assert self.data == b""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory and a working directory of the test's own, whatever the environment says."""
    for name in [name for name in os.environ if name.startswith("PROVISO_") and name != "PROVISO_TEST_POSTGRESQL"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PROVISO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def proviso(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process: `proviso("read", path, stdin=b"...")`."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["proviso", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        status = main()
        captured = capsysbinary.readouterr()
        return Outcome(status, captured.out, captured.err.decode())

    return run


@pytest.fixture
def program() -> Run:
    """Run the installed program."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=False)
        return Outcome(done.returncode, done.stdout, done.stderr.decode())

    return run
