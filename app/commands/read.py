"""`proviso read`: a document as provisions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from app.commands.failures import say
from app.commands.output import print_json, progress
from app.commands.sources import read_source
from app.text.document import Comment, Document, FormatChange, Note, Provision, TrackedChange


def show_document(path: Path, *, as_json: bool) -> None:
    """Print what a document holds; its warnings go to standard error as well."""
    with progress("Reading") as told:
        document = read_source(path, progress=told)
    for warning in document.warnings:
        say(f"{document.name}: {warning}")
    if as_json:
        print_json(document_as_json(document))
    else:
        sys.stdout.write("\n".join(_lines(document)) + "\n")


def document_as_json(document: Document) -> dict[str, Any]:
    """The promised shape; offsets count in the text of the whole document."""
    return {
        "name": document.name,
        "kind": document.kind,
        "digest": document.digest,
        "language": document.language,
        "warnings": list(document.warnings),
        "provisions": [_provision(each) for each in document.provisions],
        "tracked": [_change(each) for each in document.tracked],
        "comments": [_comment(each) for each in document.comments],
        "notes": [_note(each) for each in document.notes],
        "formatting": [_formatting(each) for each in document.formatting],
        "margins": list(document.margins),
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "number": provision.number,
        "heading_path": list(provision.heading_path),
        "text": provision.text,
        "lead_in": provision.lead_in,
        "start": provision.start,
        "end": provision.end,
        "place": provision.place,
        "tracked": [_change(each) for each in provision.tracked],
    }


def _change(change: TrackedChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "text": change.text,
        "start": change.start,
        "end": change.end,
        "author": change.author,
        "date": change.date,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "text": comment.text,
        "start": comment.start,
        "end": comment.end,
        "author": comment.author,
        "date": comment.date,
    }


def _note(note: Note) -> dict[str, Any]:
    return {"kind": note.kind, "number": note.number, "text": note.text, "start": note.start}


def _formatting(change: FormatChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "start": change.start,
        "end": change.end,
        "author": change.author,
        "date": change.date,
    }


def _lines(document: Document) -> list[str]:
    lines = [f"{document.name}: {document.kind}, {len(document.provisions)} provisions"]
    above: tuple[str, ...] = ()
    for provision in document.provisions:
        if provision.heading_path != above:
            above = provision.heading_path
            lines += ["", _printable(" / ".join(above))] if above else [""]
        lines.append(f"{provision.number:>10}  {_printable(provision.text)}")
    for change in document.tracked:
        lines.append(f"{change.kind.replace('_', ' '):>14}: {_printable(change.text)} ({_printable(change.author)})")
    lines += [f"       comment: {_printable(each.text)}" for each in document.comments]
    lines += [f"{each.kind:>14}: {each.number} {_printable(each.text)}" for each in document.notes]
    return lines


def _printable(text: str) -> str:
    """Nothing in a received file may steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
