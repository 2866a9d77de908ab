"""`proviso lint`: remarks on a text of ours, in two forms, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.factories.word_files import paragraph, run, word_file

VAGUE = (
    "ARTICLE 5. TECHNOLOGY\n\n5.1 The Employer should tell the Union of each tool.\n\n"
    "5.2 The Employer shall reply in a timely manner.\n"
)
CLEAR = (
    "ARTICLE 5. TECHNOLOGY\n\n5.1 The Employer shall notify the Union 90 calendar days before it buys a tool.\n\n"
    "5.2 The Union may file a grievance within 60 calendar days.\n"
)


def test_remarks_as_text_name_the_provision_the_reason_and_the_remedy(proviso: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.txt").write_text(VAGUE)
    outcome = proviso("lint", tmp_path / "ours.txt")
    assert outcome.status == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "ours.txt: 2 provisions, 3 remarks"
    assert [line for line in lines if line in ("The whole text", "5.1", "5.2")] == ["The whole text", "5.1", "5.2"]
    assert "“should” gives advice" in outcome.out
    assert outcome.out.count("Instead: ") == 3


def test_a_clear_text_has_no_remarks_and_it_says_so(proviso: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.txt").write_text(CLEAR)
    outcome = proviso("lint", tmp_path / "ours.txt")
    assert (outcome.status, outcome.out) == (0, "ours.txt: 2 provisions, no remarks\n")


def test_remarks_as_json_keep_their_shape(proviso: Run) -> None:
    outcome = proviso("lint", "-", "--format", "json", stdin=VAGUE.encode())
    assert outcome.status == 0
    found = outcome.json
    assert list(found) == ["document", "pipeline", "remarks", "warnings"]
    assert list(found["document"]) == ["name", "kind", "digest", "provisions"]
    assert found["document"]["name"] == "standard input"
    assert [(each["rule"], each["number"]) for each in found["remarks"]] == [
        ("no_remedy", ""),
        ("aspiration.should", "5.1"),
        ("vague.time", "5.2"),
    ]
    for each in found["remarks"]:
        assert list(each) == ["rule", "severity", "number", "start", "end", "text", "message", "suggestion"]


def test_a_word_file_without_numbers_is_named_by_place_and_first_words(proviso: Run, tmp_path: Path) -> None:
    sentence = "The Employer should keep each log; a grievance may follow."
    (tmp_path / "ours.docx").write_bytes(word_file(paragraph(run(sentence))))
    assert "paragraph 1, “The Employer should keep each log" in proviso("lint", tmp_path / "ours.docx").out


@pytest.mark.parametrize(
    ("name", "data"), [("empty.docx", b""), ("noise.txt", bytes(range(256)) * 4), ("blank.txt", b" \n\n ")]
)
def test_unreadable_files_are_refused_in_one_line(proviso: Run, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert name in proviso("lint", tmp_path / name).refused()


def test_a_missing_file_and_an_unknown_form_are_refused(proviso: Run, tmp_path: Path) -> None:
    assert "nowhere.txt" in proviso("lint", tmp_path / "nowhere.txt").refused()
    (tmp_path / "ours.txt").write_text(CLEAR)
    assert "html" in proviso("lint", tmp_path / "ours.txt", "--format", "html").refused()


def test_a_received_file_cannot_steer_the_terminal(proviso: Run) -> None:
    assert "\x1b" not in proviso("lint", "-", stdin=b"5.1 The Employer should \x1b[31mkeep [\x1b[31mdays] logs.").out
