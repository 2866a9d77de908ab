"""`proviso lint`: where our own text is vague, and what to write instead."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any

from app.analysis.lint.lint import Remark, lint
from app.analysis.pipeline import load_pipeline
from app.commands.failures import say
from app.commands.output import print_json, progress
from app.commands.sources import load_settings, read_source
from app.text.document import Document

_WIDTH = 100


def lint_text(path: Path, *, form: str) -> None:
    """Print the remarks on a text of ours.

    Args:
        path: The file; - for standard input.
        form: "text" or "json".

    Raises:
        ProvisoError: The file cannot be read; one sentence.
    """
    with progress("Reading") as told:
        document = read_source(path, progress=told)
    pipeline = load_pipeline(load_settings().models_dir)
    remarks = lint(document, pipeline)
    for warning in document.warnings:
        say(f"{document.name}: {warning}")
    if form == "json":
        print_json(_as_json(document, remarks, pipeline.version))
    else:
        sys.stdout.write("\n".join(_lines(document, remarks)) + "\n")


def _as_json(document: Document, remarks: list[Remark], version: str) -> dict[str, Any]:
    return {
        "document": {
            "name": document.name,
            "kind": document.kind,
            "digest": document.digest,
            "provisions": len(document.provisions),
        },
        "pipeline": {"version": version},
        "remarks": [remark.as_json() for remark in remarks],
        "warnings": list(document.warnings),
    }


def _lines(document: Document, remarks: list[Remark]) -> list[str]:
    count = f"{len(remarks)} {'remark' if len(remarks) == 1 else 'remarks'}" if remarks else "no remarks"
    provisions = f"{len(document.provisions)} {'provision' if len(document.provisions) == 1 else 'provisions'}"
    lines = [_printable(f"{document.name}: {provisions}, {count}")]
    for place, found in groupby(remarks, key=lambda remark: _place(document, remark)):
        lines += ["", _printable(place)]
        for remark in found:
            lines += [
                _wrapped(f"- {remark.message}"),
                _wrapped(f"  Instead: {remark.suggestion}"),
            ]
    if remarks:
        lines += ["", "These are remarks on wording, no legal advice. Read the text; a person decides."]
    return lines


def _place(document: Document, remark: Remark) -> str:
    """How a person finds the provision: its number, else its place and first words."""
    if remark.number:
        return remark.number
    if remark.start == remark.end:
        return "The whole text"
    provision = next(each for each in document.provisions if each.start <= remark.start < each.end)
    return f"{provision.place}, “{provision.text[:40]}…”"


def _wrapped(text: str) -> str:
    return fill(_printable(text), _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _printable(text: str) -> str:
    """Nothing in a received file may steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
