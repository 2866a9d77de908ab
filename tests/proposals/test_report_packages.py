"""Packages in the report: the same words on the page, in the Word file and in the terminal, and back from storage."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from html import unescape

import docx
import pytest

from app.analysis.results import (
    Backing,
    ClauseReference,
    Comparison,
    PackagePoint,
    PackageView,
    ProtectionReference,
    TextInfo,
)
from app.proposals.report import report_html, write_report_docx
from app.proposals.report_text import WIDTH, report_text
from app.proposals.stored import load_comparison, store_summary

DAYS = ProtectionReference("DIS-3", "Notice comes a fixed number of days ahead", "essential")
PURPOSE = ProtectionReference("DIS-5", "Notice states the purpose", "important")
VIEW = PackageView(
    clause=ClauseReference("notice", "1.0.0", "target", "Notice of technology"),
    judgment="stronger",
    verdict="Stronger as a whole",
    reason="The duty to bargain now stands behind it, which outweighs what got shorter or narrower.",
    unsure=True,
    better=(PackagePoint("The Employer has to bargain now.", (DAYS,), (0, 2)),),
    worse=(PackagePoint("Notice drops from “180 days” to “45 days”.", (DAYS,), (0,)),),
    missing=(PackagePoint("Notice states the purpose", (PURPOSE,), (1,)),),
    contradicted=(PackagePoint("Silence counts as a yes.", (), (3,)),),
    backing=(Backing("bargaining", "the duty to bargain", "gained", (0,)),),
    essential=(DAYS,),
)
INFO = TextInfo("counter.docx", "docx", "a" * 64, 4)
WHOLE = Comparison(INFO, INFO, "1", (), (), packages=(VIEW,))


def word(comparison: Comparison) -> str:
    document = docx.Document(io.BytesIO(write_report_docx(comparison)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def page(comparison: Comparison) -> str:
    return unescape(report_html(comparison)).replace("<strong>", "").replace("</strong>", "")


@pytest.mark.parametrize("write", [page, word, report_text])
def test_every_form_says_both_sides_and_what_stands_behind(write: Callable[[Comparison], str]) -> None:
    said = " ".join(write(WHOLE).split())
    for part in (
        "Clause by clause", "Notice of technology, target position", "↑ Stronger as a whole. The duty to bargain now",
        "We are unsure: read both.", "The duty to bargain: new [1]", "Contradicted: Silence counts as a yes. [4]",
        "Missing: Notice states the purpose [2]", "Worse: Notice drops from “180 days” to “45 days”. [1]",
        "Better: The Employer has to bargain now. [1, 3]",
    ):  # fmt: skip
        assert part in said, part


def test_the_lines_fit_the_terminal_and_a_long_list_is_cut() -> None:
    many = tuple(PackagePoint(f"Loss number {number} of many. " * 6, (), (number,)) for number in range(9))
    package = PackageView(None, "weaker", "Weaker as a whole", "Why.", False, (), many, (), (), (), ())
    said = report_text(Comparison(INFO, INFO, "1", (), (), packages=(package,)))
    assert max(len(line) for line in said.splitlines()) <= WIDTH
    assert "The whole text" in said
    assert "and 6 more among the findings below" in said


@pytest.mark.parametrize("write", [page, word])
def test_a_report_cuts_the_list_that_its_findings_repeat(write: Callable[[Comparison], str]) -> None:
    many = tuple(PackagePoint(f"Loss number {number}.", (), (number,)) for number in range(5))
    package = PackageView(None, "weaker", "Weaker as a whole", "Why.", False, (), many, (), (), (), ())
    said = write(Comparison(INFO, INFO, "1", (), (), packages=(package,)))
    assert "Loss number 2." in said
    assert "Loss number 3." not in said
    assert "And 2 more among the findings below." in said


@pytest.mark.parametrize("write", [page, word, report_text])
def test_without_packages_there_is_no_heading(write: Callable[[Comparison], str]) -> None:
    assert "Clause by clause" not in write(Comparison(INFO, INFO, "1", (), ()))


def test_a_stored_package_comes_back_as_it_was() -> None:
    summary = json.loads(json.dumps(store_summary(WHOLE)))
    assert load_comparison(summary, {}, []) == WHOLE
    del summary["untouched"]
    del summary["packages"]  # a run from before there were any
    assert load_comparison(summary, {}, []).packages == ()
