"""The Employer's counter for the caucus: their own file, with our findings as comments at their words.

Their formatting, comments and tracked changes stay. A text that did not come as a Word file is written anew, a
paragraph for each line as we read it. Every page says that it is confidential.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from app.errors import UnreadableFile
from app.library.moves import MoveCatalogue
from app.proposals.caucus_lines import EVIDENCE_NOTE, Found, finding_remarks, words_of
from app.proposals.report_content import RESIDUE_NOTE, RESIDUE_TITLE, Entry, ReportContent, report_content
from app.proposals.views import ComparisonView
from app.proposals.word_file import clean, new_word_file, pack, write_page_footer
from app.text.file_kinds import without_ending
from app.word.caucus_mark import COPY_MARK, OPENING_LABEL
from app.word.commenting import Line, Remark, annotate


def write_caucus_counter(
    view: ComparisonView,
    content: bytes,
    *,
    now: datetime | None = None,
    language: str = "en-US",
    paper: str = "letter",
    moves: MoveCatalogue | None = None,
) -> bytes:
    """Write the caucus copy of a counter.

    Args:
        view: The stored comparison. Findings that we dismissed are left out, and counted.
        content: The file as it was received.
        now: The date of the comments; without it they carry none.
        language: BCP 47 tag of a text that did not come as a Word file.
        paper: "letter" or "a4", for such a text.
        moves: Names of employer moves, for the references.

    Returns:
        The DOCX. It can not pass the gate for the table.
    """
    words = report_content(view.result, moves, ours=view.texts)
    entries = {entry.number: entry for entry in (*words.entries, *words.kept)}
    remarks = [_opening(view, words), *_missing(view, entries), *_findings(view, entries), *_unclassified(view)]
    if content.startswith(b"PK"):
        try:
            return annotate(content, view.draft_text, remarks, date=now, mark=COPY_MARK).data
        except UnreadableFile:
            pass  # an archive, but no Word file that we can write into
    written = _rebuilt(view, language=language, paper=paper)
    return annotate(written, view.draft_text, remarks, date=now, mark=COPY_MARK).data


def caucus_file_name(label: str, title: str) -> str:
    """The name of the file: it says whose it is before anybody opens it."""
    return f"CONFIDENTIAL caucus copy - {label} - {without_ending(title)}.docx"


def _rebuilt(view: ComparisonView, *, language: str, paper: str) -> bytes:
    """The text as it was read, numbers typed, headings as such."""
    document = new_word_file(title=view.draft_name, language=language, paper=paper)
    write_page_footer(document)
    headings = {
        heading: "Heading 2" if depth == 0 else "Heading 3"
        for provision in view.draft
        for depth, heading in enumerate(provision.heading_path)
    }
    for line in clean(view.draft_text).split("\n"):
        document.add_paragraph(line, style=headings.get(line, "Body Text"))
    return pack(document)


def _opening(view: ComparisonView, words: ReportContent) -> Remark:
    """What this file is, above all."""
    against = "the clause library" if view.against_name == "library" else view.against_name
    dismissed = sum(each.decision == "dismissed" for each in view.findings)
    lines = [
        Line(f"{view.draft_name}, measured against {against}.", OPENING_LABEL),
        Line(words.summary),
    ]
    if dismissed:
        findings = "finding that we dismissed is" if dismissed == 1 else "findings that we dismissed are"
        lines.append(Line(f"{dismissed} {findings} left out."))
    lines += [Line(warning, "Note:") for warning in words.warnings]
    return Remark(0, 0, (*lines, Line(EVIDENCE_NOTE)))


def _missing(view: ComparisonView, entries: dict[int, Entry]) -> Iterator[Remark]:
    """What no words of theirs do; one comment at the beginning, since there are no words to put it at."""
    lines = []
    for each in view.findings:
        entry = entries.get(each.number)
        if each.finding.draft is None and each.decision != "dismissed" and entry is not None:
            ours = next((f" (Union {one.number})" for one in entry.quotations if one.number), "")
            lines.append(Line(f"{entry.subject}{ours}. {entry.explanation}", f"{entry.sign} {entry.word}:"))
            if each.note:
                lines.append(Line(each.note, "Our note:"))
    if lines:
        yield Remark(0, 0, (Line("", "Nothing in this text does this work:"), *lines))


def _findings(view: ComparisonView, entries: dict[int, Entry]) -> list[Remark]:
    found = []
    for each in view.findings:
        entry, evidence = entries.get(each.number), each.finding.draft
        if entry is not None and evidence is not None and each.decision != "dismissed":
            start, end = words_of(evidence, [move.draft for move in each.finding.moves])
            found.append(Found(evidence.start + start, evidence.start + end, entry, each))
    return finding_remarks(found, quote="Union")


def _unclassified(view: ComparisonView) -> Iterator[Remark]:
    """Their words that no rule explains; neighbours of one provision in one comment."""
    theirs = [each for each in view.residue if each.side == "draft" and each.end > each.start]
    for _, group in groupby(theirs, key=lambda each: each.number):
        words = list(group)
        yield Remark(words[0].start, words[-1].end, (Line(RESIDUE_NOTE, f"? {RESIDUE_TITLE}."),))
