"""Numbering, content and tracked changes of every kind, as Word shows them, and LibreOffice where the two agree."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from app.text.docx_reader import read_docx_blocks
from app.text.views import View, passages
from tests.factories.number_fields import field_number_kinds
from tests.factories.numbered_kinds import numbering_kinds
from tests.factories.tracked_kinds import tracked_kinds
from tests.factories.word_kinds import Kind, content_kinds

KINDS = [*numbering_kinds(), *field_number_kinds(), *content_kinds(), *tracked_kinds()]
PYTHON = Path("/usr/bin/python3")  # the one that LibreOffice's packages install their bridge for
BRIDGE = Path("/usr/lib/python3/dist-packages/uno.py")
VIEWS: list[tuple[View, str]] = [("after", "accept"), ("before", "reject")]


def shown(data: bytes, view: View) -> list[str]:
    blocks, _ = read_docx_blocks(data)
    return [f"{each.number} {each.text}".strip() for each in passages(blocks, view) if each.text]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_lines_are_those_that_word_shows(kind: Kind) -> None:
    assert shown(kind.data, "after") == list(kind.lines)
    assert shown(kind.data, "before") == list(kind.before or kind.lines)


@pytest.fixture(scope="module")
def in_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which LibreOffice has written what it shows."""
    folder = tmp_path_factory.mktemp("kinds")
    for number, kind in enumerate(KINDS):
        (folder / f"{number}.docx").write_bytes(kind.data)
    script = Path(__file__).parents[1] / "office" / "lines.py"
    subprocess.run([PYTHON, script, folder, folder / "profile"], check=True, capture_output=True, timeout=240)
    return folder


@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and PYTHON.exists() and BRIDGE.exists()),
    reason="needs LibreOffice with its Python bridge",
)
@pytest.mark.parametrize(("view", "decision"), VIEWS, ids=["accepted", "rejected"])
def test_lines_are_those_that_libreoffice_shows(in_office: Path, view: View, decision: str) -> None:
    wrong = {}
    compared = [(number, kind) for number, kind in enumerate(KINDS) if kind.office]
    for number, kind in compared:
        text = (in_office / f"{number}.{decision}.txt").read_text("utf-8-sig")
        theirs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if theirs != shown(kind.data, view):
            wrong[kind.name] = (theirs, shown(kind.data, view))
    assert not wrong, "\n".join(f"{name}: LibreOffice {theirs}, we {ours}" for name, (theirs, ours) in wrong.items())
    assert len(compared) > 40
