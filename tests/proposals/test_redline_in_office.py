"""The same promise with a word processor as judge: accept all gives the new text, reject all the old one."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.proposals.redline_docx import write_redline_docx
from app.text.reading import read_file

ROOT = Path(__file__).parents[2]
PYTHON = Path("/usr/bin/python3")  # the one that LibreOffice's packages install their bridge for
BRIDGE = Path("/usr/lib/python3/dist-packages/uno.py")

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (shutil.which("soffice") and PYTHON.exists() and BRIDGE.exists()),
        reason="needs LibreOffice with its Python bridge",
    ),
]


@pytest.mark.parametrize("decision", ["accept", "reject"])
def test_a_word_processor_settles_the_changes_as_we_mean_them(tmp_path: Path, decision: str) -> None:
    counter = read_file(ROOT / "app" / "proposals" / "demonstration" / "employer_counter.docx")
    assert counter.before is not None
    path = tmp_path / "redline.docx"
    path.write_bytes(write_redline_docx(counter.before, counter))
    script = Path(__file__).with_name("office_settle.py")
    done = subprocess.run(
        [PYTHON, script, path, decision, tmp_path / "profile"], capture_output=True, text=True, check=True, timeout=120
    )
    expected = counter.text if decision == "accept" else counter.before.text
    assert done.stdout.rstrip("\n").split("\n") == expected.rstrip("\n").split("\n")
