"""LibreOffice as a converter, where it is installed: old Word and OpenDocument files in, PDF out.

It runs as a program of its own, with a profile that is made for the one call and thrown away, in which macros are off
and links are not followed. Nothing of ours waits longer than `SECONDS` for it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from app.errors import OfficeMissing, UnreadableFile

SECONDS = 120.0
"""Longest wait for one conversion; a 300-page agreement takes about 20 seconds."""

MEMORY = 4 * 1024**3
"""Address space of the converter, in bytes: a file that wants more is given up rather than the machine."""

_SOURCES = frozenset({"doc", "docx", "odt", "rtf"})
_PDF = '{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
_FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": f"pdf:writer_pdf_Export:{_PDF}"}
_AT_ONCE = BoundedSemaphore(2)
_QUIET = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501 -- one setting a line, as the file format has it


def office_program() -> str | None:
    """The path of LibreOffice's program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, *, kind: str, to: str, name: str = "the file", seconds: float = SECONDS) -> bytes:
    """Convert one document.

    Args:
        data: The file.
        kind: What it is: "doc", "docx", "odt" or "rtf".
        to: "docx" or "pdf".
        name: What to call it in a message.
        seconds: How long to wait.

    Returns:
        The converted file.

    Raises:
        OfficeMissing: LibreOffice is not installed.
        UnreadableFile: It could not read the file, or took too long.
    """
    if kind not in _SOURCES or to not in _FILTERS:
        raise ValueError(f"no conversion from {kind} to {to}")
    program = office_program()
    if program is None:
        raise OfficeMissing(
            f"{name}: reading or writing this kind of file needs LibreOffice, which is not installed here. "
            "Save it as .docx, or ask whoever runs this service to install libreoffice-writer."
        )
    with _AT_ONCE, tempfile.TemporaryDirectory(prefix="proviso-office-") as folder:
        source = Path(folder) / f"source.{kind}"
        source.write_bytes(data)
        profile = Path(folder) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_QUIET, encoding="utf-8")
        target = Path(folder) / "out"
        finished = _run(
            [
                program,
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to",
                _FILTERS[to],
                "--outdir",
                str(target),
                str(source),
            ],
            seconds,
        )
        if not finished:
            raise UnreadableFile(
                f"{name}: LibreOffice did not finish within {seconds:.0f} seconds; "
                "save it as .docx in Word and try again."
            )
        made = target / f"source.{to}"
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableFile(f"{name}: LibreOffice cannot read it; open it, save it as .docx, and try again.")
        return made.read_bytes()


def _run(command: list[str], seconds: float) -> bool:
    """Run the program and all that it starts; False when it had to be ended."""
    if os.name == "posix":
        command = ["/bin/sh", "-c", f'ulimit -v {MEMORY // 1024}; exec "$@"', "sh", *command]
    with subprocess.Popen(  # noqa: S603 -- fixed words, and paths that we made up ourselves
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return False
        return True
