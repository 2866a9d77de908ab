"""`proviso evaluate`: how good the comparison is on the development sets."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.evaluation import (
    OBLIGATIONS,
    VERDICTS,
    PairScores,
    PassageScores,
    Share,
    judge_pair,
    judge_passage,
    score_pairs,
    score_passages,
)
from app.analysis.pipeline import Pipeline, load_pipeline
from app.commands.failures import say
from app.commands.jsonl import Row, read_rows
from app.commands.output import print_json, progress, write_output
from app.commands.sources import load_settings
from app.errors import InvalidInput, UnreadableFile
from app.settings import Settings
from app.text.document import Progress

PAIRS = "pairs_dev.jsonl"
PASSAGES = "real_passages_dev.jsonl"
_CAUTION = "These sets were looked at while the rules were written; expect less on text that nobody here has seen."


@dataclass(frozen=True, slots=True)
class Sets:
    """Where the two sets lie; None where one is not there."""

    pairs: Path | None
    passages: Path | None


def evaluate_sets(*, pairs: Path | None, passages: Path | None, data: Path | None, as_json: bool, write: bool) -> None:
    """Measure, print, and with `write` keep the figures in metrics.json beside the pipeline.

    Raises:
        InvalidInput: Neither set is there.
        UnreadableFile: A row lacks a label.
    """
    settings = load_settings()
    sets = find_sets(settings, pairs=pairs, passages=passages, data=data)
    if sets.pairs is None and sets.passages is None:
        raise InvalidInput(f"No development set found; name a folder with {PAIRS} or {PASSAGES} with --data.")
    pipeline = load_pipeline(settings.models_dir)
    with progress("Measuring") as told:
        pair_scores = _measure_pairs(sets.pairs, pipeline, told) if sets.pairs else None
        passage_scores = _measure_passages(sets.passages, pipeline, told) if sets.passages else None
    figures: dict[str, Any] = {"pipeline": {"version": pipeline.version}, "caution": _CAUTION}
    if sets.pairs and pair_scores:
        figures["pairs"] = {"set": sets.pairs.name, **pair_scores.as_json()}
    if sets.passages and passage_scores:
        figures["passages"] = {"set": sets.passages.name, **passage_scores.as_json()}
    if as_json:
        print_json(figures)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(pipeline, sets, pair_scores, passage_scores))
    if write:
        write_output(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", settings.models_dir / "metrics.json")


def find_sets(settings: Settings, *, pairs: Path | None, passages: Path | None, data: Path | None) -> Sets:
    """Take what was named; look for the rest in `data`, beside the checkout, then in models/corpus.

    Raises:
        InvalidInput: A file or folder that was named is not there.
    """
    for named in (pairs, passages):
        if named is not None and not named.is_file():
            raise InvalidInput(f"There is no file {named}; check the path.")
    if data is not None and not data.is_dir():
        raise InvalidInput(f"There is no folder {data}; check --data or PROVISO_EVAL_DIR.", field="data")
    beside = settings.models_dir.resolve().parent.parent / "shared" / "eval"
    corpus = settings.models_dir / "corpus"
    folders = [data] if data is not None else [beside, corpus]
    alone = pairs is not None or passages is not None  # who names a file wants that one only
    return Sets(
        pairs or (None if alone else _first(folders, PAIRS)), passages or (None if alone else _first(folders, PASSAGES))
    )


def _first(folders: list[Path], name: str) -> Path | None:
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if found is None:
        say(f"{name} is not there (looked in {', '.join(str(folder) for folder in folders)}): not measured.")
    return found


def _measure_pairs(path: Path, pipeline: Pipeline, told: Progress | None) -> PairScores:
    rows = read_rows(path, ("library_text", "employer_text", "label"))
    _check(path, rows, "label", VERDICTS)
    return score_pairs([judge_pair(row, pipeline) for row in _counted(rows, "pairs", told)])


def _measure_passages(path: Path, pipeline: Pipeline, told: Progress | None) -> PassageScores:
    rows = read_rows(path, ("text", "obligation"))
    _check(path, rows, "obligation", OBLIGATIONS)
    for row in rows:
        topics = row.get("topics")
        if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
            raise UnreadableFile(f'{path}, id {row["id"]}: "topics" has to be a list of topic ids; [] for none.')
    return score_passages([judge_passage(row, pipeline) for row in _counted(rows, "passages", told)])


def _check(path: Path, rows: list[Row], field: str, known: tuple[str, ...]) -> None:
    if not rows:
        raise UnreadableFile(f"{path} is empty; name a set with labelled rows.")
    for row in rows:
        if row[field] not in known:
            raise UnreadableFile(f'{path}, id {row["id"]}: {field} "{row[field]}" is none of {", ".join(known)}.')


def _counted(rows: list[Row], what: str, told: Progress | None) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield row
        if told:
            told(what, number, len(rows))


def _lines(pipeline: Pipeline, sets: Sets, pairs: PairScores | None, passages: PassageScores | None) -> Iterator[str]:
    yield f"Pipeline {pipeline.version}. Shares with 95 % confidence intervals (Wilson)."
    yield _CAUTION
    if sets.pairs and pairs:
        yield from ("", f"{sets.pairs.name}: {pairs.rows} pairs")
        yield _share_line("verdict accuracy", pairs.accuracy)
        yield _share_line("recall of weakened", pairs.weakened_recall)
        yield _share_line("false alarms on equivalents", pairs.false_alarms)
        yield _share_line("strengthened recognised", pairs.strengthened_recognised)
        yield _share_line("right family among the moves", pairs.right_family)
        yield from _table("label \\ verdict", pairs.confusion)
        yield from ("", "  recall of weakened by family")
        for name, share in pairs.families.items():
            yield _share_line(f"  {name}", share)
        yield from ("", f"  wrong verdicts: {', '.join(pairs.missed) or 'none'}")
    if sets.passages and passages:
        yield from ("", f"{sets.passages.name}: {passages.rows} passages")
        yield _share_line("topic precision (micro)", passages.precision)
        yield _share_line("topic recall (micro)", passages.recall)
        yield f"  {'topic F1 (micro)':<40}{passages.f1:6.1%}"
        yield _share_line("false positives on rows without topics", passages.false_positives)
        yield _share_line("obligation accuracy (rows with topics)", passages.obligation_accuracy)
        yield f"  {'obligation macro-F1 (rows with topics)':<40}{passages.obligation_macro_f1:6.1%}"
        yield from _table("label \\ read as", passages.obligation_confusion)
        yield from ("", f"  {'topic':<40}{'right':>7}{'found':>8}{'labelled':>10}")
        for name, (hits, found, labelled) in passages.topics.items():
            yield f"    {name:<38}{hits:>7}{found:>8}{labelled:>10}"


def _share_line(title: str, share: Share) -> str:
    low, high = share.interval
    return f"  {title:<40}{share.value:6.1%}  ({low:.1%} to {high:.1%}; {share.hits} of {share.of})"


def _table(title: str, counts: dict[str, dict[str, int]]) -> Iterator[str]:
    yield ""
    yield f"  {title:<18}" + "".join(f"{name:>14}" for name in counts)
    for label, row in counts.items():
        yield f"  {label:<18}" + "".join(f"{row[name]:>14}" for name in counts)
