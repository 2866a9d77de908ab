"""The Dockerfile without a container engine: it is read, and its steps are really taken in a temporary folder.

Absolute paths of the image become paths below that folder, the image's `python` becomes the one that runs the tests.
What stays untested here is the base image and the two lines that make a user, which need root.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.settings import Settings

ROOT = Path(__file__).parents[2]
OF_THE_IMAGE = re.compile(r"(?<![\w.])/(?=(?:opt|src|srv|var/lib)\b)")  # "/opt/proviso", not "a/opt"
NEEDS_ROOT = ("groupadd ", "install --directory --owner=")


@dataclass(frozen=True)
class Instruction:
    """One instruction, continued lines joined: its word, its arguments, the stage it stands in."""

    word: str
    rest: str
    stage: str


def instructions() -> list[Instruction]:
    """The instructions of the Dockerfile in order, without comments."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")]
    found: list[Instruction] = []
    stage = ""
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            word, rest = line.split(maxsplit=1)
            stage = rest.split()[-1] if word == "FROM" else stage
            found.append(Instruction(word, rest.strip(), stage))
    return found


def last(word: str) -> str:
    return [step.rest for step in instructions() if step.word == word][-1]


def copied() -> list[tuple[list[str], str]]:
    """What the image takes from the checkout: sources and destination of every COPY without --from."""
    parts = [shlex.split(step.rest) for step in instructions() if step.word == "COPY" and "--from=" not in step.rest]
    return [(words[:-1], words[-1]) for words in parts]


def variables() -> dict[str, str]:
    return dict(step.rest.split("=", 1) for step in instructions() if step.word == "ENV")


def test_two_stages_and_a_user_without_rights() -> None:
    assert [step.stage for step in instructions() if step.word == "FROM"] == ["build", "runtime"]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last("USER")), "a fixed number is known to every host"
    words = [step.word for step in instructions() if step.stage == "runtime"]
    assert words.index("USER") > max(i for i, word in enumerate(words) if word in {"RUN", "COPY"})
    assert "/health" in last("HEALTHCHECK")


def test_packages_are_installed_by_digest_or_not_fetched_at_all() -> None:
    installs = [step.rest for step in instructions() if step.word == "RUN" and "pip install" in step.rest]
    assert len(installs) == 3
    for line in installs:
        assert ("--require-hashes" in line) != ("--no-index" in line), line


def test_no_secret_and_nothing_fetched_by_hand() -> None:
    text = "\n".join(f"{step.word} {step.rest}" for step in instructions()).lower()
    for word in ("password", "token", "secret", "api_key", "curl ", "wget ", "add http", "sudo"):
        assert word not in text


def test_every_setting_it_names_exists() -> None:
    named = {name for name in variables() if name.startswith("PROVISO_")}
    assert named
    assert named <= {f"PROVISO_{field.upper()}" for field in Settings.model_fields}


def test_the_build_sees_what_is_copied_and_no_more() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert {source.rstrip("/") for sources, _ in copied() for source in sources} == let_in
    assert all((ROOT / name).exists() for name in let_in)


@dataclass
class Rehearsal:
    """A folder that stands for the image, and the steps taken in it."""

    root: Path
    folder: Path = field(init=False)
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.root
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PROVISO_", "PYTHON", "VIRTUAL"))
        }
        self.environment = kept | {"HOME": str(self.root), "PYTHONWARNINGS": "error::DeprecationWarning:app"}
        python = self.root / "bin" / "python"  # what the image calls python
        python.parent.mkdir()
        python.symlink_to(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")
        self.environment["PATH"] = f"{python.parent}:{kept['PATH']}"

    def here(self, text: str) -> str:
        return OF_THE_IMAGE.sub(lambda _: f"{self.root}/", text)

    def take(self, step: Instruction) -> None:
        """Do what one instruction says."""
        match step.word:
            case "WORKDIR":
                self.folder = Path(self.here(step.rest))
                self.folder.mkdir(parents=True, exist_ok=True)
            case "ENV":
                name, value = step.rest.split("=", 1)
                self.environment[name] = self.here(value).replace("$PATH", self.environment["PATH"])
            case "VOLUME":
                Path(self.here(step.rest)).mkdir(parents=True, exist_ok=True)
            case "COPY" if "--from=" not in step.rest:
                *sources, target = shlex.split(step.rest)
                for source in sources:
                    self._copy(ROOT / source, self.folder / target)
            case "RUN" if not step.rest.startswith(NEEDS_ROOT):
                self.run(["sh", "-c", self.here(step.rest)], timeout=400)

    def run(self, command: list[str], *, timeout: int = 60) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def _copy(self, source: Path, target: Path) -> None:
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


@pytest.mark.install
@pytest.mark.timeout(600)
@pytest.mark.skipif(
    os.environ.get("PROVISO_TEST_INSTALL") != "1",
    reason="installs every package anew, which takes a minute and the network; PROVISO_TEST_INSTALL=1 runs it",
)
def test_the_steps_make_a_service_that_answers(tmp_path: Path) -> None:
    image = Rehearsal(tmp_path)
    for step in instructions():
        image.take(step)

    where = image.run(["python", "-c", "import app.main; print(app.main.__file__)"]).strip()
    assert where.startswith(str(tmp_path / "opt" / "proviso")), "the installed package, not the checkout"
    assert "compare" in image.run(["proviso", "--help"])
    image.run(["proviso", "library", "check"])

    installed = Path(where).parent
    for kept in ("*.html", "*.css", "*.js", "*.svg", "*.xml", "*.docx", "*.txt"):
        expected = {str(path.relative_to(ROOT / "app")) for path in (ROOT / "app").rglob(kept)}
        assert expected == {str(path.relative_to(installed)) for path in installed.rglob(kept)}, "package data"

    _serve_until_healthy(image)


def _serve_until_healthy(image: Rehearsal) -> None:
    """Start the image's command, then ask as its health check does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        image.environment["PROVISO_PORT"] = str(free.getsockname()[1])
    image.environment["PROVISO_HOST"] = "127.0.0.1"
    question = json.loads(last("HEALTHCHECK").split("CMD", 1)[1])
    log = image.root / "service.log"
    with log.open("w") as output:
        service = subprocess.Popen(
            json.loads(last("CMD")), cwd=image.folder, env=image.environment, stdout=output, stderr=output
        )
        try:
            for _ in range(120):
                asked = subprocess.run(
                    question, cwd=image.folder, env=image.environment, capture_output=True, check=False
                )
                if asked.returncode == 0 or service.poll() is not None:
                    break
                time.sleep(0.5)
            assert service.poll() is None, log.read_text()
            assert asked.returncode == 0, log.read_text() + asked.stderr.decode()
        finally:
            service.terminate()
            service.wait(20)
