"""The learned part: what it is given, that it is the file that was published, and that it answers alike every time."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from app.analysis.learned.second_reader import (
    INSERTED,
    KEPT_OURS,
    KEPT_THEIRS,
    LONGEST_PAIR,
    LONGEST_PASSAGE,
    REMOVED,
    SecondReader,
    encode_pair,
    encode_passage,
    load_tokenizer,
)

FOLDER = Path(__file__).resolve().parents[2] / "models" / "second_reader"
OURS = "The Employer shall give the Union ninety days' written notice before any system is used."
THEIRS = "The Employer may give the Union written notice before any new system is used."


def words(ids: list[int]) -> list[str]:
    tokenizer = load_tokenizer(FOLDER)
    return [tokenizer.id_to_token(each) for each in ids]


def marked(ours: str, theirs: str, kind: int) -> list[str]:
    encoded = encode_pair(load_tokenizer(FOLDER), ours, theirs)
    return words([number for number, each in zip(encoded.ids, encoded.kinds, strict=True) if each == kind])


def test_a_pair_says_of_each_word_whether_the_other_text_has_it() -> None:
    assert marked(OURS, THEIRS, REMOVED) == ["shall", "ninety", "days", "'"]
    assert marked(OURS, THEIRS, INSERTED) == ["may", "new"]
    assert "union" in marked(OURS, THEIRS, KEPT_OURS)
    assert "union" in marked(OURS, THEIRS, KEPT_THEIRS)


def test_equal_texts_have_nothing_removed_or_inserted() -> None:
    assert marked(OURS, OURS, REMOVED) == marked(OURS, OURS, INSERTED) == []


def test_of_a_long_pair_the_words_near_a_change_are_kept() -> None:
    filler = " ".join(f"The parties met in room {number} and kept minutes." for number in range(120))
    encoded = encode_pair(load_tokenizer(FOLDER), f"{filler} {OURS}", f"{filler} {THEIRS}")
    assert len(encoded.ids) == len(encoded.kinds) <= LONGEST_PAIR
    assert {"shall", "ninety"} <= set(marked(f"{filler} {OURS}", f"{filler} {THEIRS}", REMOVED))


def test_a_long_passage_is_read_up_to_the_limit() -> None:
    assert len(encode_passage(load_tokenizer(FOLDER), "notice " * 1000).ids) == LONGEST_PASSAGE


def test_what_was_read_before_changes_no_answer() -> None:
    first, second = SecondReader(FOLDER), SecondReader(FOLDER)
    second.pair(OURS, f"{OURS} It shall be read out.")
    second.passage(OURS)
    np.testing.assert_array_equal(first.pair(OURS, THEIRS).verdict, second.pair(OURS, THEIRS).verdict)
    np.testing.assert_array_equal(first.passage(THEIRS).topics, second.passage(THEIRS).topics)
    assert first.verdicts == ("weakened", "equivalent", "strengthened")


def test_vectors_have_unit_length_and_near_texts_are_near() -> None:
    reader = SecondReader(FOLDER)
    notice = reader.passage(OURS).vector
    same = reader.passage("Before it uses a system, the Company must tell the Union in writing 90 days ahead.").vector
    other = reader.passage("Uniforms are cleaned weekly.").vector
    assert np.linalg.norm(notice) == pytest.approx(1, abs=1e-3)
    assert notice @ same > notice @ other + 0.2


@pytest.mark.parametrize("name", ["pairs.onnx", "passages.onnx", "tokenizer.json"])
def test_a_file_that_was_not_published_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "second_reader"
    folder.mkdir()
    for path in FOLDER.iterdir():
        shutil.copyfile(path, folder / path.name)
    with (folder / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ValueError, match=f"{name} is not the file that reader.toml names"):
        SecondReader(folder)
