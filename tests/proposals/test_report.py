"""The comparison in words: as a page, as a Word file and in the terminal."""

import io
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from app.analysis.findings import absent_clause_finding
from app.analysis.results import (
    ClauseReference,
    ClauseText,
    Comparison,
    Evidence,
    Finding,
    Move,
    ProtectionReference,
    Residue,
    Span,
    TextInfo,
)
from app.proposals.report import report_html, write_report_docx
from app.proposals.report_content import CAUCUS_MARK, CLOSING, RESIDUE_TITLE, UNTOUCHED_TITLE, report_content
from app.proposals.report_text import report_text

UNION = "The Employer shall give the Union written notice at least 120 calendar days before it signs."
EMPLOYER = "The Employer will endeavor to give notice at least 30 calendar days before go-live."
CLAUSE = ClauseReference("notice-before-technology", "1.0.0", "target", "Notice before technology is bought")


def span(text: str, words: str, *, base: int = 0) -> Span:
    start = text.index(words)
    return Span(base + start, base + start + len(words), words)


def weakened(**changes: object) -> Finding:
    fields: dict[str, object] = {
        "status": "weakened",
        "hostile": False,
        "severity": "high",
        "confidence": 0.9,
        "clause": CLAUSE,
        "protection": ProtectionReference("DIS-3", "Notice of at least so many days", "essential"),
        "explanation": "Notice drops from 120 days before buying to 30 days before go-live.",
        "suggestion": "The Employer shall give the Union written notice at least 60 calendar days before it signs.",
        "moves": (
            Move("notice_shortened", "d19", "weaker", "high", "Fewer days.", span(UNION, "120", base=500),
                 span(EMPLOYER, "30", base=900)),
            Move("modal_downgrade", "d2", "weaker", "high", "A duty became a wish.", span(UNION, "shall"),
                 span(EMPLOYER, "will endeavor to")),
        ),
        "library": Evidence("1.2", 500, 500 + len(UNION), UNION),
        "draft": Evidence("1.2", 900, 900 + len(EMPLOYER), EMPLOYER),
    }  # fmt: skip
    return Finding(**(fields | changes))  # type: ignore[arg-type]


def a_comparison(*findings: Finding, residue: tuple[Residue, ...] = (), name: str = "counter.docx") -> Comparison:
    return Comparison(
        draft=TextInfo(name, "docx", "a" * 64, 41),
        against=TextInfo("Union Proposal 1", "file", "b" * 64, 60),
        pipeline="0.1.0",
        findings=findings,
        residue=residue,
        warnings=("One passage is hidden text.",),
    )


FULL = a_comparison(
    weakened(),
    weakened(
        status="added", hostile=True, clause=None, protection=None, moves=(), library=None, suggestion="",
        explanation="The Union gives up bargaining over technology for the whole term.", confidence=0.4,
        draft=Evidence("5.2", 0, 17, "The Union waives."),
    ),
    weakened(status="kept", moves=(), explanation="The purpose is stated as before.", suggestion=""),
    residue=(Residue("draft", "3.8", 10, 25, "once in a while."),),
)  # fmt: skip


def docx_text(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("write", [report_html, report_text, lambda each: docx_text(write_report_docx(each))])
def test_every_form_says_everything_in_order(write: Callable[[Comparison], str]) -> None:
    said = " ".join(write(FULL).replace("<mark>", "").replace("</mark>", "").split())
    parts = (
        "What counter.docx does to our text", "Word file, 41 provisions", "One passage is hidden text.",
        "1 weakened · 1 added (1 hostile) · 1 kept · 1 passage to read",
        "Notice of at least so many days (DIS-3, essential)", "Notice drops from 120 days", UNION, EMPLOYER,
        "A duty became a wish.", "Propose instead:", "at least 60 calendar days",
        "gives up bargaining", "We are unsure: read both.", "The Union waives.",
        "Kept", RESIDUE_TITLE, "Employer 3.8", "once in a while.", "no legal advice",
    )  # fmt: skip
    place = 0
    for part in parts:
        place = said.find(part, place)
        assert place >= 0, part


def test_the_words_that_a_move_rests_on_are_marked_whatever_text_its_offsets_count_in() -> None:
    union, employer = report_content(FULL).entries[0].quotations
    assert [words for words, marked in union.stretches if marked] == ["shall", "120"]
    assert [words for words, marked in employer.stretches if marked] == ["will endeavor to", "30"]
    assert "".join(words for words, _ in union.stretches) == UNION


def test_scraps_of_one_provision_are_read_together_and_none_is_lost() -> None:
    scraps = tuple(
        Residue("library", number, 0, 1, text) for number, text in (("3", "one "), ("3", "two"), ("4", "three"))
    )
    shown = report_content(a_comparison(residue=scraps)).residue
    assert [(each.number, each.stretches[0][0]) for each in shown] == [("3", "one [...] two"), ("4", "three")]


def test_overlapping_and_foreign_spans_leave_the_quotation_whole() -> None:
    moves = (
        Move("f", "r", "weaker", "low", "", Span(500, 512, UNION[:12]), None),
        Move("f", "r", "weaker", "low", "", Span(504, 518, UNION[4:18]), None),
        Move("f", "r", "weaker", "low", "", Span(0, 9, "elsewhere"), Span(0, 0, "")),
    )
    union = report_content(a_comparison(weakened(moves=moves))).entries[0].quotations[0]
    assert "".join(words for words, _ in union.stretches) == UNION
    assert "".join(words for words, marked in union.stretches if marked) == UNION[:18]


def test_the_page_escapes_all_and_asks_nobody_for_anything() -> None:
    evil = '<script>alert("x")</script>&"\''
    page = report_html(
        a_comparison(weakened(explanation=evil, draft=Evidence(evil, 0, len(evil), evil)), name=f"{evil}.docx")
    )
    seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    class Watcher(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, attrs))

    Watcher().feed(page)
    assert {"script", "img", "link", "iframe", "a"}.isdisjoint(tag for tag, _ in seen)
    assert not [
        name for _, attrs in seen for name, _ in attrs if name.startswith("on") or name in {"src", "href", "style"}
    ]
    assert "url(" not in page
    assert sum(tag == "h1" for tag, _ in seen) == 1
    assert unescape(page).count(CAUCUS_MARK) == 1


def test_the_word_file_is_marked_on_every_page_and_numbers_no_article() -> None:
    document = docx.Document(io.BytesIO(write_report_docx(FULL)))
    assert document.sections[0].header.paragraphs[0].text == CAUCUS_MARK
    assert document.paragraphs[-1].text == CLOSING
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Heading 1":
            assert paragraph._element.pPr.numPr.numId.val == 0
    styles = [each.style.name for each in document.paragraphs]
    assert [each for each in styles if each.startswith("Heading")] == [
        "Heading 1", "Heading 1", "Heading 2", "Heading 2", "Heading 1", "Heading 2", "Heading 1",
    ], "no level is left out"  # fmt: skip
    (counts,) = document.tables
    assert [cell.text for cell in counts.rows[0].cells] == ["Number", "Status", "What it means"]
    heads = [each._tr.trPr is not None and each._tr.trPr.find(qn("w:tblHeader")) is not None for each in counts.rows]
    assert heads == [True, *[False] * (len(heads) - 1)]
    assert write_report_docx(FULL) == write_report_docx(FULL)


@pytest.mark.parametrize("write", [report_html, report_text, lambda each: docx_text(write_report_docx(each))])
def test_a_doubt_is_said_once_and_a_quotation_over_two_lines_in_one(write: Callable[[Comparison], str]) -> None:
    doubtful = weakened(explanation="“in\ntime” is new. We are unsure: read both.", confidence=0.3)
    said = write(a_comparison(doubtful))
    assert said.count("We are unsure: read both.") == 1
    assert "“in time” is new." in said


def test_the_terminal_gets_a_hundred_columns_and_no_control_characters() -> None:
    long = a_comparison(weakened(draft=Evidence("1", 0, 4000, "\x1b[31mword " * 500)), name="x" * 150)
    lines = report_text(long).splitlines()
    assert max(map(len, lines)) <= 100
    assert "\x1b" not in "".join(lines)
    assert "characters in all" in report_text(long)


def test_a_comparison_that_found_nothing_says_so() -> None:
    empty = a_comparison()
    assert report_content(empty).summary == "Nothing was found to differ."
    for said in (report_html(empty), report_text(empty), docx_text(write_report_docx(empty))):
        assert "Nothing was found to differ." in said
        assert "no legal advice" in " ".join(said.split())


@pytest.mark.parametrize("write", [report_html, report_text, lambda it: "\n".join(_word_lines(write_report_docx(it)))])
def test_clauses_that_the_draft_does_not_touch_are_listed_once_and_counted_apart(
    write: Callable[[Comparison], str],
) -> None:
    silent = absent_clause_finding(
        ClauseText("scheduling", "1.0.0", "target", "Schedules by machine", "monitoring", ())
    )
    words = unescape(write(a_comparison(weakened(), silent)))
    assert UNTOUCHED_TITLE in words
    assert words.count("Schedules by machine") == 1
    assert "1 clause not touched" in words
    assert "1 missing" not in words


def _word_lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
