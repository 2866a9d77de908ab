"""`proviso evaluate`: how good the comparison is on labelled sets."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from app.analysis.evaluation.documents import DocumentScores
from app.analysis.evaluation.pairs import VERDICTS, PairScores, judge_row, score_pairs
from app.analysis.evaluation.passages import OBLIGATIONS, PassageScores, judge_passage, score_passages
from app.analysis.pipeline import Pipeline, load_pipeline
from app.commands.corpus import Split, corpus_rows
from app.commands.documents import measure_documents
from app.commands.evaluation_lines import error_lines, pair_lines, passage_lines
from app.commands.failures import say
from app.commands.jsonl import Row, read_rows
from app.commands.output import print_json, progress, write_output
from app.commands.sources import load_settings
from app.errors import InvalidInput, UnreadableFile
from app.settings import Settings
from app.text.document import Progress

PAIRS = "pairs_dev.jsonl"
PASSAGES = "real_passages_dev.jsonl"
CAUTION = (
    "The rules were written while looking at pairs_dev and the real passages, the weights were fitted on the"
    " development briefs; only the unseen briefs say what to expect of a text that nobody here has seen."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, by the name of the set; `rows` keeps the labelled rows for showing errors."""

    pairs: dict[str, PairScores] = field(default_factory=dict)
    passages: dict[str, PassageScores] = field(default_factory=dict)
    documents: dict[str, DocumentScores] = field(default_factory=dict)  # by split
    rows: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure: single files, a folder of sets, or a split of the corpus."""

    pairs: Path | None = None
    passages: Path | None = None
    data: Path | None = None
    split: str | None = None  # train, dev or unseen


def evaluate_sets(asked: Asked, *, as_json: bool, write: bool, errors: int = 0) -> None:
    """Measure, print, and with `write` keep the figures in metrics.json beside the pipeline.

    Raises:
        InvalidInput: There is no set to measure on.
        UnreadableFile: A row lacks a label.
    """
    settings = load_settings()
    pipeline = load_pipeline(settings.models_dir)
    with progress("Measuring") as told:
        figures = _measured(asked, settings, pipeline, told)
    if not figures.rows:
        raise InvalidInput(f"No development set found; name a folder with {PAIRS} or {PASSAGES} with --data.")
    shown = {
        "pipeline": {"version": pipeline.version},
        "caution": CAUTION,
        "pairs": {name: scores.as_json() for name, scores in figures.pairs.items()},
        "passages": {name: scores.as_json() for name, scores in figures.passages.items()},
        "documents": {name: scores.as_json() for name, scores in figures.documents.items()},
    }
    if as_json:
        print_json(shown)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(figures, pipeline, errors))
    if write:
        write_output(json.dumps(shown, indent=2, ensure_ascii=False) + "\n", settings.models_dir / "metrics.json")


def _measured(asked: Asked, settings: Settings, pipeline: Pipeline, told: Progress | None) -> Figures:
    figures = Figures()
    for name, rows in _pair_sets(asked, settings):
        figures.rows[name] = rows
        figures.pairs[name] = score_pairs([judge_row(row, pipeline) for row in _counted(rows, name, told)])
    for name, rows in _passage_sets(asked, settings):
        figures.rows[name] = rows
        judged = [judge_passage(row, pipeline) for row in _counted(rows, name, told)]
        figures.passages[name] = score_passages(judged, obligation_everywhere=name != PASSAGES)
    folder = settings.models_dir / "corpus" / "documents"
    for split in _splits(asked) if folder.is_dir() else ():
        if split != "train":
            name = f"whole counter-offers, {split}"
            figures.documents[name] = measure_documents(folder, pipeline, split, progress=told)
    return figures


def _pair_sets(asked: Asked, settings: Settings) -> Iterator[tuple[str, list[Row]]]:
    for path in _files(asked, asked.pairs, PAIRS, settings):
        rows = read_rows(path, ("library_text", "employer_text", "label"))
        _check(path, rows, "label", VERDICTS)
        yield path.name, rows
    for split in _splits(asked):
        rows = corpus_rows(settings.models_dir / "corpus", "pairs", split)
        if rows:
            yield f"corpus pairs, {split}", rows


def _passage_sets(asked: Asked, settings: Settings) -> Iterator[tuple[str, list[Row]]]:
    for path in _files(asked, asked.passages, PASSAGES, settings):
        rows = read_rows(path, ("text", "obligation"))
        _check(path, rows, "obligation", OBLIGATIONS)
        for row in rows:
            topics = row.get("topics")
            if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
                raise UnreadableFile(f'{path}, id {row["id"]}: "topics" has to be a list of topic ids; [] for none.')
        yield path.name, rows
    for split in _splits(asked):
        rows = corpus_rows(settings.models_dir / "corpus", "passages", split)
        if rows:
            yield f"corpus passages, {split}", rows


def _splits(asked: Asked) -> tuple[Split, ...]:
    if asked.split:
        return (cast(Split, asked.split),)
    return () if asked.pairs or asked.passages or asked.data else ("dev", "unseen")


def _files(asked: Asked, named: Path | None, name: str, settings: Settings) -> list[Path]:
    """What was named; else look in `data`, beside the checkout, then in models/corpus.

    Raises:
        InvalidInput: A file or folder that was named is not there.
    """
    if named is not None:
        if not named.is_file():
            raise InvalidInput(f"There is no file {named}; check the path.")
        return [named]
    if asked.pairs or asked.passages or asked.split:
        return []
    if asked.data is not None and not asked.data.is_dir():
        raise InvalidInput(f"There is no folder {asked.data}; check --data or PROVISO_EVAL_DIR.", field="data")
    beside = settings.models_dir.resolve().parent.parent / "shared" / "eval"
    folders = [asked.data] if asked.data is not None else [beside, settings.models_dir / "corpus"]
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if found is None:
        say(f"{name} is not there (looked in {', '.join(str(folder) for folder in folders)}): not measured.")
    return [found] if found else []


def _check(path: Path, rows: list[Row], name: str, known: tuple[str, ...]) -> None:
    if not rows:
        raise UnreadableFile(f"{path} is empty; name a set with labelled rows.")
    for row in rows:
        if row[name] not in known:
            raise UnreadableFile(f'{path}, id {row["id"]}: {name} "{row[name]}" is none of {", ".join(known)}.')


def _counted(rows: list[Row], what: str, told: Progress | None) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if told:
            told(what, number, len(rows))


def _lines(figures: Figures, pipeline: Pipeline, errors: int) -> Iterator[str]:
    yield f"Pipeline {pipeline.version}. Shares with 95 % confidence intervals (Wilson; F1 by drawing rows again)."
    yield CAUTION
    for name, pairs in figures.pairs.items():
        yield from pair_lines(name, pairs)
        yield from error_lines(figures.rows[name], pairs.missed[:errors])
    for name, passages in figures.passages.items():
        yield from passage_lines(name, passages)
        yield from error_lines(figures.rows[name], passages.missed[:errors])
    for documents in figures.documents.values():
        yield from ("", *documents.lines())
