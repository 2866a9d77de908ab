"""Measures whole counter-offers of the corpus: the employer's files, read and compared as any other."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from app.analysis.compare import compare, pairings
from app.analysis.evaluation.documents import DocumentJudged, DocumentScores, change_of, judge_document
from app.analysis.pipeline import Pipeline
from app.errors import InvalidInput
from app.library.baseline import document_baseline
from app.text.document import Progress
from app.text.reading import read_file

_FILES = ("counter.docx", "counter.pdf")


def measure_documents(
    folder: Path, pipeline: Pipeline, split: Literal["dev", "unseen"], *, progress: Progress | None = None
) -> DocumentScores:
    """Compare every counter-offer of a split with the union's proposal and score what was found.

    Args:
        folder: of the whole documents, `models/corpus/documents`.
        pipeline: the loaded pipeline.
        split: "dev" or "unseen".
        progress: told after each document.

    Raises:
        InvalidInput: there are none of that split.
        UnreadableFile: one of them cannot be read.
    """
    chosen = [(path.parent, labels) for path, labels in _labels(folder) if labels["split"] == split]
    if not chosen:
        raise InvalidInput(f"There are no whole documents of the split {split} in {folder}.")
    judged = []
    for number, (place, labels) in enumerate(chosen, start=1):
        judged.append(measure_document(place, labels, pipeline))
        if progress:
            progress("document", number, len(chosen))
    return DocumentScores(split, tuple(judged))


def measure_document(place: Path, labels: dict[str, Any], pipeline: Pipeline) -> DocumentJudged:
    """Compare one counter-offer; `labels` is what its `changes.toml` says."""
    union = read_file(place / "union.md")
    file = next((place / name for name in _FILES if (place / name).is_file()), None)
    if file is None:
        raise InvalidInput(f"{place} holds neither {' nor '.join(_FILES)}.")
    counter = read_file(file)
    baseline = document_baseline(union)
    return judge_document(
        compare(counter, baseline, pipeline),
        pairings(counter, baseline, pipeline),
        [change_of(entry, union, counter) for entry in labels["planted"]],
        [change_of(entry, union, counter) for entry in labels["control"]],
        name=place.name,
        form=labels["form"],
        provisions=(union.provisions, counter.provisions),
    )


def _labels(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    return [(path, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*/changes.toml"))]
