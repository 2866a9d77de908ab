"""`proviso compare`: a draft against the library, one clause or a file, in five forms."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from app.analysis.compare import compare
from app.analysis.pipeline import load_pipeline
from app.analysis.results import Baseline, Comparison
from app.commands.failures import say
from app.commands.output import STANDARD, check_output, print_json, progress, write_output
from app.commands.sources import find_clause, load_settings, near_matches, read_source
from app.errors import InvalidInput
from app.incoming import read_file
from app.library.baseline import clause_baseline, document_baseline, library_baseline
from app.library.files import load_library
from app.library.moves import load_moves
from app.settings import Settings
from app.text.document import Progress

_FORMS = {".json": "json", ".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf"}


def compare_draft(
    draft: Path,
    *,
    against: str,
    position: str | None,
    form: str | None,
    output: Path | None,
    paper: str = "letter",
) -> None:
    """Compare and write the result.

    Args:
        draft: The employer's file; - for standard input.
        against: "library", a file, or a clause as ID or ID@VERSION.
        position: Of the clauses; None for the target.
        form: text, json, html, docx or pdf; None tells it from the name of `output`.
        output: Where to write; None for standard output.
        paper: "letter" or "a4", for docx and pdf.

    Raises:
        ProvisoError: Any of them cannot be used; one sentence.
    """
    form = form or _FORMS.get(output.suffix.lower() if output else "", "text")
    inputs = (draft, Path(against))
    check_output(output, binary=form in {"docx", "pdf"}, inputs=inputs)
    if form == "pdf":
        from app.proposals.pdf import refuse_without_office  # noqa: PLC0415 - only when asked for

        refuse_without_office()
    settings = load_settings()
    with progress("Comparing") as told:
        document = read_source(draft, progress=told)
        baseline = find_baseline(against, position, settings, told)
        comparison = compare(document, baseline, load_pipeline(settings.models_dir), progress=told)
    for warning in document.warnings:
        say(f"{document.name}: {warning}")
    _write(comparison, baseline, form, output, settings, paper=paper)


def find_baseline(against: str, position: str | None, settings: Settings, told: Progress | None = None) -> Baseline:
    """What --against names.

    Raises:
        InvalidInput: A name that is both a file and a clause, or neither.
        ProvisoError: The file cannot be read, or the clause is unknown.
    """
    path = Path(against)
    if against == "library":
        return library_baseline(load_library(settings.clauses_dir), position=position or "target")
    if not against.strip():
        raise InvalidInput("--against is empty; give library, a file, or the id of a clause.", field="against")
    is_path = len(path.parts) > 1 or path.is_absolute() or path == STANDARD
    if is_path or path.suffix.lower() in {".docx", ".pdf", ".txt", ".md", ".doc", ".odt", ".rtf"}:
        return _file_baseline(path, position, told)
    library = load_library(settings.clauses_dir)
    known = against.partition("@")[0] in library.clauses
    if path.exists() and known:
        raise InvalidInput(f"{against} is a file here and a clause; write ./{against} for the file.", field="against")
    if path.exists():
        return _file_baseline(path, position, told)
    if not known:
        near = near_matches(against.partition("@")[0], library)
        raise InvalidInput(f'"{against}" is neither a file here nor a clause of the library. {near}', field="against")
    return clause_baseline(find_clause(library, against), position or "target", library.vocabulary)


def _file_baseline(path: Path, position: str | None, told: Progress | None) -> Baseline:
    if path == STANDARD:
        raise InvalidInput("Only the draft can come from standard input; name a file for --against.", field="against")
    if position is not None:
        say(f"--position is left out of account: {path.name} is a file and has one position.")
    document = read_file(path, progress=told)
    for warning in document.warnings:
        say(f"{document.name}: {warning}")
    return document_baseline(document)


def _write(
    comparison: Comparison, baseline: Baseline, form: str, output: Path | None, settings: Settings, *, paper: str
) -> None:
    ours = baseline.texts
    if form == "json":
        if output is None or output == STANDARD:
            print_json(comparison.as_json())
        else:
            write_output(json.dumps(comparison.as_json(), ensure_ascii=False, indent=2) + "\n", output)
    elif form == "html":
        from app.proposals.report import report_html  # noqa: PLC0415 - templates and python-docx only when asked for

        write_output(report_html(comparison, moves=load_moves(settings.clauses_dir), ours=ours), output)
    elif form in {"docx", "pdf"}:
        from app.proposals.pdf import write_pdf  # noqa: PLC0415
        from app.proposals.report import write_report_docx  # noqa: PLC0415

        moves = load_moves(settings.clauses_dir)
        data = write_report_docx(comparison, now=datetime.now(UTC), paper=paper, moves=moves, ours=ours)
        write_output(write_pdf(data, name="The report", for_table=False) if form == "pdf" else data, output)
    else:
        from app.proposals.report_text import report_text  # noqa: PLC0415

        write_output(report_text(comparison, ours=ours), output)
