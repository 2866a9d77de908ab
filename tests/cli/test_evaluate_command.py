"""`proviso evaluate`: it counts right, takes sets from where it is told, and says what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "The Employer shall give the Union 90 days' notice before it introduces an automated system."
PAIR = {"id": "1", "library_text": NOTICE, "employer_text": NOTICE.replace("shall", "may"), "label": "weakened"}
SAME = {"id": "2", "library_text": NOTICE, "employer_text": NOTICE, "label": "strengthened"}
PASSAGE = {"id": "1", "text": NOTICE, "topics": ["disclosure"], "obligation": "mandatory"}
HOLIDAY = {"id": "2", "text": "Eleven paid holidays are granted.", "topics": [], "obligation": "none"}


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A folder with two small sets."""
    folder = tmp_path / "sets"
    folder.mkdir()
    pair = {**PAIR, "family": "modal_downgrade"}
    (folder / "pairs_dev.jsonl").write_text(f"{json.dumps(pair)}\n{json.dumps(SAME)}\n")
    (folder / "real_passages_dev.jsonl").write_text(f"{json.dumps(PASSAGE)}\n{json.dumps(HOLIDAY)}\n")
    return folder


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pipeline as it is, with an empty corpus of its own."""
    folder = tmp_path / "models"
    for kind in ("pairs", "passages"):
        (folder / "corpus" / kind).mkdir(parents=True)
    for name in ("config.cfg", "patterns", "second_reader"):
        (folder / name).symlink_to(ROOT / "models" / name)
    monkeypatch.setenv("PROVISO_MODELS_DIR", str(folder))
    return folder


def test_figures(proviso: Run, sets: Path) -> None:
    figures = proviso("evaluate", "--data", sets, "--json").json
    pairs, passages = figures["pairs"]["pairs_dev.jsonl"], figures["passages"]["real_passages_dev.jsonl"]
    assert (pairs["verdict_accuracy"]["hits"], pairs["verdict_accuracy"]["of"]) == (1, 2)
    assert (pairs["wrong_verdicts"], pairs["worst"]) == (1, ["2"])
    assert pairs["right_family_among_moves"]["value"] == 1
    assert pairs["confusion"]["strengthened"] == {"weakened": 0, "equivalent": 1, "strengthened": 0}
    assert passages["topic_recall"]["value"] == 1
    assert passages["false_positives_without_topics"]["of"] == 1
    assert passages["obligation_accuracy"] == {"value": 1.0, "low": 0.2065, "high": 1.0, "hits": 1, "of": 1}


def test_for_reading(proviso: Run, sets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISO_EVAL_DIR", str(sets))
    out = proviso("evaluate").out
    assert "verdict accuracy" in out
    assert "95 %" in out
    assert "1 of 2" in out


def test_the_set_of_the_repository(proviso: Run) -> None:
    figures = proviso("evaluate", "--data", ROOT / "models" / "corpus", "--json")
    assert figures.status == 0
    assert figures.json["pairs"]["pairs_dev.jsonl"]["rows"] == 60
    assert figures.json["passages"] == {}
    assert "real_passages_dev.jsonl is not there" in figures.err


def test_errors_are_quoted(proviso: Run, sets: Path) -> None:
    out = proviso("evaluate", "--data", sets, "--errors", 3).out
    assert "2: strengthened" in out
    assert f"employer_text: {NOTICE}" in out


def test_a_split_of_the_corpus(proviso: Run, models: Path) -> None:
    corpus = models / "corpus"
    (corpus / "briefs.toml").write_text('[a]\nsplit = "dev"\n[b]\nsplit = "unseen"\n')
    for name, row in (("a", PAIR), ("b", SAME)):
        (corpus / "pairs" / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    figures = proviso("evaluate", "--split", "unseen", "--json").json
    assert list(figures["pairs"]) == ["corpus pairs, unseen"]
    assert figures["pairs"]["corpus pairs, unseen"]["worst"] == ["2"]


def test_what_cannot_be_measured(proviso: Run, sets: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "No development set found" in proviso("evaluate", "--data", tmp_path / "none").err
    assert "There is no folder" in proviso("evaluate", "--data", tmp_path / "nowhere").refused()
    assert "There is no file" in proviso("evaluate", "--pairs", tmp_path / "nowhere.jsonl").refused()
    odd = tmp_path / "odd.jsonl"
    odd.write_text(json.dumps({**PAIR, "label": "worse"}))
    assert 'label "worse"' in proviso("evaluate", "--pairs", odd).refused()
    odd.write_text(json.dumps({**PASSAGE, "topics": "disclosure"}))
    assert '"topics" has to be a list' in proviso("evaluate", "--passages", odd).refused()
    odd.write_text(json.dumps(PAIR) + "\n{")
    assert "line 2" in proviso("evaluate", "--pairs", odd).refused()
