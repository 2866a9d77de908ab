"""What a draft is measured against."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.library.baseline import clause_baseline, document_baseline, library_baseline
from app.library.files import load_library
from app.text.reading import read_pasted
from tests.factories.clause_source import CLAUSE, write_clause, write_library


@pytest.mark.parametrize(
    ("position", "protections", "fallback"), [("opening", 2, 4), ("target", 2, 2), ("floor", 1, 0)]
)
def test_one_clause_with_its_protections_and_fallback(
    tmp_path: Path, position: str, protections: int, fallback: int
) -> None:
    version = load_library(write_library(tmp_path)).get("short-notice")
    text = clause_baseline(version, position).texts[0]
    assert (text.id, text.version, text.position) == ("short-notice", "1.0.0", position)
    assert len(text.protections) == protections
    assert text.protections[0].label == "Notice comes at least a fixed number of days ahead"
    assert len(text.fallback) == fallback


def test_the_library_in_one_position_leaves_drafts_out(tmp_path: Path) -> None:
    clauses = write_library(tmp_path)
    write_clause(clauses, CLAUSE.replace("short-notice", "other-notice").replace("status: published", "status: draft"))
    library = load_library(clauses)
    baseline = library_baseline(library)
    assert [(text.id, text.position) for text in baseline.texts] == [("short-notice", "target")]
    assert baseline.digest != library_baseline(library, position="floor").digest


def test_any_text_without_declared_protections() -> None:
    document = read_pasted("1. The Employer shall give notice.\n2. The Union may grieve.")
    baseline = document_baseline(document)
    assert baseline.kind == "file"
    assert baseline.texts[0].protections == ()
    assert len(baseline.texts[0].provisions) == 2
