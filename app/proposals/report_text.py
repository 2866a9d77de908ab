"""A comparison as plain lines for the terminal, no wider than a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from app.analysis.results import ClauseText, Comparison
from app.proposals.report_content import (
    CLOSING,
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
from app.proposals.report_packages import PACKAGES_NOTE, PACKAGES_TITLE, PackageEntry

WIDTH = 100
_LONGEST_QUOTATION = 700


def report_text(comparison: Comparison, *, ours: Sequence[ClauseText] = ()) -> str:
    """Write a comparison as plain text.

    Args:
        comparison: The finished run.
        ours: What the draft was measured against, so that articles of ours can be named beside their numbers.

    Returns:
        Lines of at most 100 columns, ending in a line break. Long quotations are cut, and say so.
    """
    return "\n".join(_lines(report_content(comparison, ours=ours))) + "\n"


def _lines(content: ReportContent) -> Iterator[str]:
    yield from _wrapped(content.title)
    yield "=" * min(len(content.title), WIDTH)
    for label, value in content.compared:
        yield from _wrapped(f"{label}: {value}")
    for warning in content.warnings:
        yield from _wrapped(f"Note: {warning}")
    yield ""
    yield from _wrapped(content.summary)
    if content.packages:
        yield from _title_lines(PACKAGES_TITLE)
        yield from _wrapped(PACKAGES_NOTE)
        for package in content.packages:
            yield from _package_lines(package)
    if content.packages and content.entries:
        yield from _title_lines("What changed, one by one")
    for entry in content.entries:
        yield from _entry_lines(entry)
    if content.kept:
        yield from _title_lines("Kept")
        for entry in content.kept:
            place = next((f", Employer {each.number}" for each in entry.quotations if each.side == "Employer"), "")
            yield from _wrapped(f"{entry.sign} {entry.subject}{place} {entry.unsure}", indent="  ")
    if content.untouched:
        yield from _title_lines(UNTOUCHED_TITLE)
        yield from _wrapped(UNTOUCHED_NOTE)
        for title in content.untouched:
            yield from _wrapped(title, indent="  ")
    if content.residue:
        yield from _title_lines(RESIDUE_TITLE)
        yield from _wrapped(RESIDUE_NOTE)
        for quotation in content.residue:
            yield from _quotation_lines(quotation)
    yield ""
    yield from _wrapped(CLOSING)


def _title_lines(title: str) -> Iterator[str]:
    yield from ("", title, "-" * len(title))


def _package_lines(package: PackageEntry) -> Iterator[str]:
    yield ""
    yield from _wrapped(package.title)
    yield from _wrapped(f"{package.sign} {package.verdict}. {package.reason}", indent="   ")
    if package.unsure:
        yield from _wrapped(UNSURE, indent="   ")
    behind = [f"{each.label}: {each.state}{_bracketed(each.numbers)}" for each in package.backing]
    if behind:
        yield from _wrapped(f"Behind it: {'; '.join(behind)}", indent="   ")
    for point in package.main_points:
        yield from _wrapped(f"{point.sign} {point.kind}: {point.words}{_bracketed(point.numbers)}", indent="     ")
    if package.further:
        yield from _wrapped(f"and {package.further} more among the findings below", indent="     ")


def _bracketed(numbers: Sequence[int]) -> str:
    return f" [{', '.join(str(number) for number in numbers)}]" if numbers else ""


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{entry.number}. {entry.sign} {entry.word}: {entry.subject}")
    if entry.source:
        yield from _wrapped(entry.source, indent="   ")
    yield from _wrapped(f"{entry.explanation} {entry.unsure}", indent="   ")
    for quotation in entry.quotations:
        yield from _quotation_lines(quotation)
    for reason in entry.reasons:
        yield from _wrapped(f"Also: {reason}", indent="   ")
    if entry.suggestion:
        yield from _wrapped(f"Propose instead: {entry.suggestion}", indent="   ")


def _quotation_lines(quotation: Quotation) -> Iterator[str]:
    words = " ".join("".join(text for text, _ in quotation.stretches).split())
    if len(words) > _LONGEST_QUOTATION:
        words = f"{words[:_LONGEST_QUOTATION].rsplit(' ', 1)[0]} [...] ({len(words):,} characters in all)"
    label = f"{quotation.side} {quotation.number}".rstrip()
    yield from _wrapped(f"{label} | {words}", indent="     ")


def _wrapped(text: str, *, indent: str = "") -> list[str]:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)  # no terminal controls from a file
    return textwrap.wrap(printable, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [
        ""
    ]
