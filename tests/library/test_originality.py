"""Long runs of shared words, and the library held against texts of others where these are at hand."""

from __future__ import annotations

import pytest

from app.commands.originality import foreign_files, library_texts
from app.library.originality import LONGEST_SHARED, ForeignText
from tests.factories.clause_source import ROOT

EVALUATION = ROOT.parent / "shared" / "eval"
THEIRS = "No member of the crew may be sent to the quay after dark unless two others and a lantern go along as well."


def test_a_copied_sentence_is_found_whole_whatever_its_dress() -> None:
    ours = (
        f"We wrote this. no member of the CREW may be sent\nto the quay after dark, unless two others go. {'x ' * 20}"
    )
    found = ForeignText([THEIRS]).shared_with(ours)
    assert [run.words for run in found] == [
        "no member of the crew may be sent to the quay after dark unless two others"
    ]
    assert found[0].length == 16


def test_a_standard_phrase_is_nobodys() -> None:
    words = THEIRS.split()
    theirs = ForeignText([THEIRS])
    assert theirs.shared_with(" ".join(words[:LONGEST_SHARED])) == ()
    assert theirs.shared_with(" ".join(words[: LONGEST_SHARED + 1]))


def test_every_run_of_several_is_told() -> None:
    other = "The gate of the lower yard shall stay open for all carts between the first bell and the last one."
    both = f"{THEIRS} Between them stands a sentence of our own, and then again: {other}"
    assert len(ForeignText([THEIRS, other]).shared_with(both)) == 2


@pytest.mark.skipif(not any(EVALUATION.glob("real*")), reason="no texts of others beside the checkout")
def test_no_clause_shares_a_long_run_with_a_real_agreement() -> None:
    theirs = ForeignText(path.read_text(encoding="utf-8", errors="replace") for path in foreign_files([EVALUATION]))
    shared = {
        str(path): [run.words for run in theirs.shared_with(path.read_text(encoding="utf-8"))]
        for path in library_texts(ROOT / "clauses")
    }
    assert len(shared) > 12
    assert {path: runs for path, runs in shared.items() if runs} == {}
