"""The elements of every file that we write, or write into, stand where the schema of Word has them."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.word.caucus_mark import marked
from app.word.redline.engine import redline_files
from app.word.table_safe import make_table_safe
from tests.factories.drafts import draft, edited, written
from tests.factories.exports import COUNTER, EXPORTS, NOW
from tests.factories.margin_cases import MARGIN_CASES
from tests.factories.marked_docx import marked_docx
from tests.factories.redline_cases import CASES
from tests.factories.schema_order import problems_beyond, schema_problems


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_each_kind_of_export_before_and_behind_the_gate_and_for_the_caucus(name: str) -> None:
    export = EXPORTS[name]()
    theirs = marked_docx(COUNTER)
    assert problems_beyond(export.data, theirs) == []
    assert problems_beyond(marked(export.data), theirs) == []
    assert schema_problems(make_table_safe(export.data, keep_tracked=export.keep_tracked, theirs=export.theirs)) == []


@pytest.mark.parametrize("name", sorted({**CASES, **MARGIN_CASES}))
def test_a_redline_inside_a_file(name: str) -> None:
    old, new = {**CASES, **MARGIN_CASES}[name]
    assert problems_beyond(redline_files(old, new, date=NOW), old, new) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_redline_of_a_long_file_and_a_second_one_on_top(seed: int) -> None:
    old = written(draft(4, seed=seed), noise=seed or None)
    first, second = (written(edited(draft(4, seed=seed), 50, seed=each), noise=5) for each in (seed + 10, seed + 20))
    ours = redline_files(old, first, date=NOW)
    assert problems_beyond(ours, old, first) == []
    assert schema_problems(make_table_safe(ours, keep_tracked=True)) == []
    assert problems_beyond(redline_files(ours, second, author="Employer", date=NOW), old, first, second) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("document", "<w:pPr><w:pStyle", "<w:pPr><w:jc/><w:pStyle", "pPr has its children in the order"),
        ("document", "</w:sectPr></w:body>", "</w:sectPr><w:p/></w:body>", "sectPr is not last in body"),
        ("document", "</w:p></w:tc>", "</w:p><w:tbl><w:tblGrid/></w:tbl></w:tc>", "tc does not end in p"),
        ("document", "<w:tc><w:tcPr>", "<w:tc><w:p/><w:tcPr>", "tcPr is not first in tc"),
        ("document", '<w:pStyle w:val="', '<w:pStyle w:val="No', "is not defined"),
        ("settings", "<w:compat>", "<w:docVars/><w:compat>", "settings has its children in the order"),
    ],
)
def test_the_check_notices_what_stands_wrong(part: str, old: str, new: str, says: str) -> None:
    table = CASES["a table at the start"][1]
    files = [make_table_safe(data) for data in (EXPORTS["proposal"]().data, table)]
    broken = [each for each in (_changed(data, f"word/{part}.xml", old, new) for data in files) if each]
    assert broken
    assert all(says in " ".join(schema_problems(each)) for each in broken)


def _changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The file with words of a part changed where they first stand; b"" where they do not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        parts = {name: source.read(name).decode() for name in source.namelist()}
        if old not in parts.get(part, ""):
            return b""
        parts[part] = parts[part].replace(old, new, 1)
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()
