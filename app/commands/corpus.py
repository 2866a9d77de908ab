"""Reads the labelled rows of `models/corpus/`, brief by brief."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from app.commands.jsonl import Row, read_rows

Split = Literal["train", "dev", "unseen"]
SPLITS: tuple[Split, ...] = ("train", "dev", "unseen")


def briefs_of(corpus: Path, split: Split) -> list[str]:
    """Name the briefs of a split, in the order of `briefs.toml`; [] where there is no corpus."""
    listed = corpus / "briefs.toml"
    if not listed.is_file():
        return []
    briefs = tomllib.loads(listed.read_text(encoding="utf-8"))
    return [name for name, brief in briefs.items() if brief["split"] == split]


def corpus_rows(corpus: Path, kind: Literal["pairs", "passages"], split: Split) -> list[Row]:
    """Read all rows of a split.

    Raises:
        UnreadableFile: a row lacks a field or is no JSON.
    """
    needed = ("library_text", "employer_text", "label") if kind == "pairs" else ("text", "obligation")
    rows: list[Row] = []
    for name in briefs_of(corpus, split):
        path = corpus / kind / f"{name}.jsonl"
        if path.is_file():
            rows += read_rows(path, needed)
    return rows
