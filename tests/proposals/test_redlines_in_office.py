"""Redlines for the table with a word processor as judge: accept-all gives the newer file, reject-all the older."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from app.office import convert
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.word.settle import accept_all
from app.word.table_redline import redline_for_table
from tests.factories.marked_docx import marked_docx
from tests.proposals.test_docx_writer import NOW, a_view
from tests.proposals.test_proposal_in_office import library_articles

PYTHON = Path("/usr/bin/python3")  # the one that LibreOffice's packages install their bridge for
BRIDGE = Path("/usr/lib/python3/dist-packages/uno.py")
SCRIPT = Path(__file__).parents[1] / "office" / "settle.py"
COUNTER = "% Counter\n# Notice\n1. **Notice.** The Company {--shall--}{++may++} give notice.\n2. Nothing is final.\n"

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (shutil.which("soffice") and PYTHON.exists() and BRIDGE.exists()),
        reason="needs LibreOffice with its Python bridge",
    ),
]


def rounds() -> tuple[bytes, bytes]:
    """Two texts of ours: in the second one article is gone, one begins with another section, and a word is changed."""
    first = library_articles(4)
    changed = first[1].provisions[0]
    second = (
        first[0],
        replace(
            first[1],
            provisions=(
                replace(changed, text=changed.text.replace("this Article", "this Agreement")),
                *first[1].provisions[1:],
            ),
        ),
        first[3],
    )
    view, plain = replace(a_view(), articles=()), ExportOptions(contents=False)
    return (
        write_proposal_docx(view, first, now=NOW, options=plain),
        write_proposal_docx(replace(view, number=3, round_number=4), second, now=NOW, options=plain),
    )


def test_a_word_processor_settles_redlines_for_the_table(tmp_path: Path) -> None:
    old, new = rounds()
    theirs = marked_docx(COUNTER)
    cases = {
        "rounds": (old, new, redline_for_table(old, new, author="Union", date=NOW)),
        "theirs": (theirs, new, redline_for_table(theirs, new, author="Union", date=None, old_is_theirs=True)),
        "ours": (old, theirs, redline_for_table(old, theirs, author="Employer", date=None, new_is_theirs=True)),
    }
    asked: list[str | Path] = []
    for name, files in cases.items():
        paths = [tmp_path / f"{name}-{kind}.docx" for kind in ("old", "new", "redline")]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        asked += ["reject", paths[0], "accept", paths[1], "reject", paths[2], "accept", paths[2]]
    done = subprocess.run(
        [PYTHON, SCRIPT, tmp_path / "profile", *asked], capture_output=True, text=True, check=True, timeout=280
    )
    answers = json.loads(done.stdout)
    for place, name in enumerate(cases):
        before, after, rejected, accepted = answers[4 * place : 4 * place + 4]
        assert before, name
        assert rejected == before, name
        assert accepted == after, name


def test_its_numbers_are_those_of_our_newer_file_on_paper() -> None:
    new = rounds()[1]
    for old in (rounds()[0], marked_docx(COUNTER)):
        redline = redline_for_table(old, new, author="Union", date=None, old_is_theirs=True)
        accepted, wanted = (_numbers(_paper(data)) for data in (accept_all(redline), new))
        assert len(wanted) > 20
        assert accepted == wanted


def _paper(data: bytes) -> str:
    with pypdfium2.PdfDocument(convert(data, kind="docx", to="pdf", name="redline")) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def _numbers(paper: str) -> list[str]:
    """The numbers at the beginnings of lines, each with the first letters behind it."""
    return [" ".join(found) for found in re.findall(r"^(Article \d+\.|\d+\.|\([a-z]\)) +(\w+)", paper, re.MULTILINE)]
