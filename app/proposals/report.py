"""A comparison as a page of its own and as a Word file, for the caucus.

Both say what `report_content` says. Neither is for the other side: every page is marked, and no gate for the table is
applied, since the report quotes our fallbacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx.shared import Inches, Pt
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.analysis.results import ClauseText, Comparison
from app.library.moves import MoveCatalogue
from app.proposals.caucus_lines import review_lines
from app.proposals.movement_matrix import Movement
from app.proposals.movement_words import MOVEMENT_NOTE, MOVEMENT_TITLE, movement_table
from app.proposals.report_content import (
    CAUCUS_MARK,
    CLOSING,
    MOVES_LABEL,
    RESIDUE_NOTE,
    RESIDUE_TITLE,
    UNSURE,
    UNTOUCHED_NOTE,
    UNTOUCHED_TITLE,
    Entry,
    Quotation,
    ReportContent,
    report_content,
)
from app.proposals.report_movement import write_movement
from app.proposals.report_packages import PACKAGES_NOTE, PACKAGES_TITLE, PackageEntry, PointEntry
from app.proposals.views import FindingView
from app.proposals.word_file import (
    clean,
    mark_header_row,
    new_word_file,
    pack,
    text_width,
    without_number,
    write_header,
    write_page_footer,
)

_COUNT_WIDTHS = (Inches(0.9), Inches(1.6))  # the third column takes what is left
_QUOTATION_STYLES = {"Union": "Union Quotation", "Employer": "Employer Quotation"}


def report_html(
    comparison: Comparison,
    *,
    moves: MoveCatalogue | None = None,
    movement: Movement | None = None,
    ours: Sequence[ClauseText] = (),
) -> str:
    """Write a comparison as one HTML page without script or outside parts; it can be saved, mailed and printed.

    Args:
        comparison: The finished run.
        moves: Names of employer moves, for the references.
        movement: Who moved where at the table, for the movement table.
        ours: What the draft was measured against, so that articles of ours can be named beside their numbers.

    Returns:
        The page. Everything that came from a document is escaped.
    """
    return _template().render(
        content=report_content(comparison, moves, ours=ours),
        mark=CAUCUS_MARK,
        closing=CLOSING,
        moves_label=MOVES_LABEL,
        untouched_title=UNTOUCHED_TITLE,
        untouched_note=UNTOUCHED_NOTE,
        residue_title=RESIDUE_TITLE,
        residue_note=RESIDUE_NOTE,
        packages_title=PACKAGES_TITLE,
        packages_note=PACKAGES_NOTE,
        unsure=UNSURE,
        movement_title=MOVEMENT_TITLE,
        movement_note=MOVEMENT_NOTE,
        movement=movement_table(movement) if movement is not None and movement.rows else None,
    )


@lru_cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("report.html")


def write_report_docx(
    comparison: Comparison,
    *,
    now: datetime | None = None,
    language: str = "en-US",
    paper: str = "letter",
    moves: MoveCatalogue | None = None,
    movement: Movement | None = None,
    reviews: Mapping[int, FindingView] | None = None,
    ours: Sequence[ClauseText] = (),
) -> bytes:
    """Write a comparison as a Word file, marked confidential on every page.

    Args:
        comparison: The finished run.
        now: Time for the file's properties; without it equal comparisons give equal bytes.
        language: BCP 47 tag of the text.
        paper: "letter" or "a4".
        moves: Names of employer moves, for the references.
        movement: Who moved where at the table, for the movement table.
        reviews: What people decided and noted, by number of the finding; without it nothing of that is told.
        ours: As for `report_html`.

    Returns:
        The DOCX.
    """
    content = report_content(comparison, moves, ours=ours)
    document = new_word_file(title=content.title, language=language, paper=paper, now=now)
    write_header(document, [(f"{comparison.draft.name}", f"against {comparison.against.name}")], mark=CAUCUS_MARK)
    write_page_footer(document)
    document.add_paragraph(clean(content.title), style="Title")
    _write_opening(document, content)
    _write_counts(document, content)
    if content.packages:
        _heading(document, PACKAGES_TITLE)
        document.add_paragraph(PACKAGES_NOTE, style="Remark")
    for package in content.packages:
        _write_package(document, package)
    if content.entries:
        _heading(document, "What changed, one by one")
    said = reviews or {}
    for entry in content.entries:
        _write_entry(document, entry, said.get(entry.number))
    if content.kept:
        _heading(document, "Kept")
    for entry in content.kept:
        _write_entry(document, entry, said.get(entry.number))
    if content.untouched:
        _heading(document, UNTOUCHED_TITLE)
        document.add_paragraph(UNTOUCHED_NOTE, style="Body Text")
    for title in content.untouched:
        document.add_paragraph(clean(title), style="Remark")
    if content.residue:
        _heading(document, RESIDUE_TITLE)
        document.add_paragraph(RESIDUE_NOTE, style="Body Text")
        _write_quotations(document, content.residue)
    if movement is not None:
        write_movement(document, movement)
    document.add_paragraph(CLOSING, style="Remark")
    return pack(document)


def _heading(document: Any, words: str) -> None:
    without_number(document.add_paragraph(clean(words), style="Heading 1"))


def _write_opening(document: Any, content: ReportContent) -> None:
    for label, value in content.compared:
        paragraph = document.add_paragraph(style="Body Text")
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(value))
    for warning in content.warnings:
        document.add_paragraph(f"Note: {clean(warning)}", style="Body Text")


def _write_counts(document: Any, content: ReportContent) -> None:
    _heading(document, "In short")
    document.add_paragraph(content.summary, style="Body Text")
    rows = [("Number", "Status", "What it means")]
    rows += [(str(count.number), f"{count.sign} {count.word}", count.meaning) for count in content.counts]
    rows.append((str(len(content.residue)), "? to read", "changed, not classified"))
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    table.autofit = False
    widths = (*_COUNT_WIDTHS, text_width(document) - sum(_COUNT_WIDTHS))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, words in enumerate(rows):
        for cell, text, width in zip(table.add_row().cells, words, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].style = "Remark"
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            cell.paragraphs[0].add_run(text).bold = number == 0 or None
    mark_header_row(table.rows[0])


def _write_package(document: Any, package: PackageEntry) -> None:
    document.add_paragraph(clean(package.title), style="Heading 2")
    verdict = document.add_paragraph(style="Body Text")
    verdict.add_run(f"{package.sign} {package.verdict}.").bold = True
    verdict.add_run(f" {clean(package.reason)}")
    if package.unsure:
        verdict.add_run(f" {UNSURE}").bold = True
    for each in package.backing:
        behind = document.add_paragraph(style="Remark")
        behind.add_run("Behind it: ").bold = True
        behind.add_run(f"{each.label}: {each.state}{_bracketed(each.numbers)}")
    for point in package.main_points:
        _write_point(document, point)
    if package.further:
        document.add_paragraph(f"And {package.further} more among the findings below.", style="Remark")


def _write_point(document: Any, point: PointEntry) -> None:
    paragraph = document.add_paragraph(style="Remark")
    paragraph.add_run(f"{point.sign} {point.kind}: ").bold = True
    paragraph.add_run(clean(f"{point.words}{_bracketed(point.numbers)}"))
    if point.protections:
        paragraph.add_run(clean(f" Protections: {point.protections}."))


def _bracketed(numbers: Sequence[int]) -> str:
    return f" [{', '.join(str(number) for number in numbers)}]" if numbers else ""


def _write_entry(document: Any, entry: Entry, review: FindingView | None) -> None:
    document.add_paragraph(f"{entry.number}. {clean(entry.subject)}", style="Heading 2")
    status = document.add_paragraph(style="Remark")
    status.add_run(f"{entry.sign} {entry.word}").bold = True
    if entry.source:
        status.add_run(f"   {clean(entry.source)}")
    status.paragraph_format.keep_with_next = True
    explanation = document.add_paragraph(clean(entry.explanation), style="Body Text")
    explanation.paragraph_format.keep_with_next = bool(entry.quotations)
    if entry.unsure:
        explanation.add_run(f" {entry.unsure}").bold = True
    _write_quotations(document, entry.quotations)
    for reason in entry.reasons:
        document.add_paragraph(f"Also: {clean(reason)}", style="Remark")
    if entry.moves:
        known = document.add_paragraph(style="Remark")
        known.add_run(f"{MOVES_LABEL} ").bold = True
        known.add_run(clean(f"{'; '.join(entry.moves)}."))
    if entry.suggestion:
        suggestion = document.add_paragraph(style="Body Text")
        suggestion.add_run("Propose instead: ").bold = True
        suggestion.add_run(clean(entry.suggestion))
    for line in review_lines(review) if review else ():
        said = document.add_paragraph(style="Remark")
        said.add_run(clean(f"{line.label} ".lstrip())).bold = True
        said.add_run(clean(line.text))


def _write_quotations(document: Any, quotations: Sequence[Quotation]) -> None:
    for quotation in quotations:
        paragraph = document.add_paragraph(style=_QUOTATION_STYLES[quotation.side])
        paragraph.add_run(f"{quotation.side} {quotation.number}".rstrip(), style="Side Label").add_break()
        for words, marked in quotation.stretches:
            run = paragraph.add_run(clean(words))
            if marked:
                run.bold = run.underline = True
