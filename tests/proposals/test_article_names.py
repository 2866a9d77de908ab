"""Our words are cited with their article wherever our text has several, in every form of the report and on the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import docx
import pytest

from app.analysis.results import (
    ClauseReference,
    ClauseText,
    Comparison,
    Evidence,
    Finding,
    Residue,
    TextInfo,
)
from app.proposals.article_names import article_names
from app.proposals.movement import movement
from app.proposals.movement_matrix import Exchange
from app.proposals.movement_words import quoted_words
from app.proposals.report import report_html, write_report_docx
from app.proposals.report_content import report_content
from app.proposals.report_text import report_text
from app.text.document import Provision
from app.web.counter_page import build_counter_page
from app.web.finding_card import Review
from tests.proposals.test_movement import exchange, finding

NOTICE = "The Employer shall give the Union notice of 120 days. Silence is no consent."
DATA = "The Employer shall not keep the data of employees. Silence is no consent."
STAYS = "This Article stands for the whole term."


def article(clause: str, *texts: str, headings: tuple[str, ...] = ()) -> ClauseText:
    made, at = [], 0
    for number, text in enumerate(texts, start=1):
        path = (headings[number - 1],) if headings else ()
        made.append(Provision(str(number), text, at, at + len(text), path))
        at += len(text) + 1
    return ClauseText(clause, "1.0.0", "target", f"About {clause}", "disclosure", tuple(made))


OURS = (article("notice", NOTICE, STAYS), article("data", DATA, STAYS))


def lost(clause: str, text: str, *, number: str = "1", start: int = 0) -> Finding:
    return Finding(
        "missing", False, "high", 0.9, ClauseReference(clause, "1.0.0", "target", f"About {clause}"), None,
        "Missing.", f"Put back, {number}: “{text}”", (), Evidence(number, start, start + len(text), text), None,
    )  # fmt: skip


def compared(*findings: Finding, residue: tuple[Residue, ...] = (), kind: str = "file") -> Comparison:
    info = TextInfo("Union Proposal 1", kind, "b" * 64, 4)
    return Comparison(TextInfo("counter.docx", "docx", "a" * 64, 4), info, "1", findings, residue)


def scrap(words: str, text: str, *, number: str = "1", start: int = 0) -> Residue:
    place = start + text.index(words)
    return Residue("library", number, place, place + len(words), words)


SECOND = compared(lost("data", DATA), residue=(scrap("Silence", DATA),))


def word_text(comparison: Comparison, *, ours: tuple[ClauseText, ...]) -> str:
    document = docx.Document(io.BytesIO(write_report_docx(comparison, ours=ours)))
    return "\n".join(each.text for each in document.paragraphs)


@pytest.mark.parametrize("write", [report_text, report_html, word_text])
def test_every_form_of_the_report_names_the_article(write: Callable[..., str]) -> None:
    said = unescape(write(SECOND, ours=OURS))
    assert "Union Article 2, 1" in said
    assert "Put back, Article 2, 1: “The Employer shall not keep" in said
    assert "Union 1" not in said
    assert "Article 2" not in unescape(write(SECOND, ours=OURS[1:])), "one article needs no name"
    in_library = replace(SECOND, against=replace(SECOND.against, kind="library"))
    assert "Article 2" not in unescape(write(in_library, ours=OURS)), "clauses of the library are no articles"


def test_the_same_words_in_two_articles_are_told_apart_by_clause_and_order() -> None:
    start = len(NOTICE) + 1
    residue = (
        scrap("The", NOTICE),
        scrap("This", STAYS, number="2", start=start),
        scrap("Silence", DATA),
        Residue("draft", "1", 0, 3, "New"),
    )
    stays = [lost(clause, STAYS, number="2", start=at) for clause, at in (("data", len(DATA) + 1), ("notice", start))]
    content = report_content(compared(*stays, residue=residue), ours=OURS)
    assert [entry.quotations[0].number for entry in content.entries] == ["Article 2, 2", "Article 1, 2"]
    assert [each.number for each in content.residue] == ["Article 1, 1", "Article 1, 2", "Article 2, 1", "1"]


def test_scraps_of_two_articles_with_the_same_number_are_not_read_together() -> None:
    residue = (scrap("120 ", NOTICE), scrap("keep", DATA))
    shown = report_content(compared(residue=residue), ours=OURS).residue
    assert [(each.number, each.stretches[0][0]) for each in shown] == [
        ("Article 1, 1", "120"),
        ("Article 2, 1", "keep"),
    ]


def test_a_text_under_bare_headings_has_the_heading_and_one_that_counts_through_has_none() -> None:
    bare = article("", NOTICE, STAYS, headings=("Notice", "Data"))
    again = replace(bare, provisions=(*bare.provisions, replace(bare.provisions[1], number="1", start=900, end=939)))
    for text, cited in ((bare, "2"), (again, "Data, 2")):
        names = article_names((text,), kind="file")
        words = Evidence("2", len(NOTICE) + 1, 0, STAYS)
        assert names.cited(words, names.home(words)) == cited


def test_words_that_go_on_into_the_next_provision_and_words_of_nowhere() -> None:
    names = article_names(OURS, kind="file")
    long = Evidence("1", 0, 0, f"{DATA}\n{STAYS}")
    assert names.cited(long, names.home(long)) == "Article 2, 1"
    foreign = Evidence("1", 0, 0, "Words that nobody wrote.")
    assert names.cited(foreign, names.home(foreign)) == "1"


def test_the_page_names_the_article_where_it_shows_our_number() -> None:
    names = article_names(OURS, kind="file")
    page = build_counter_page([Review("a", SECOND.findings[0])], SECOND.residue, names=names)
    assert page.cards[0].number == "Article 2, 1"
    assert page.cards[0].suggestion.startswith("Put back, Article 2, 1: “")
    assert [card.number for card in page.passages.cards] == ["Article 2, 1"]


def test_the_page_quotes_the_provision_whose_words_stand_there() -> None:
    union = [provision for text in OURS for provision in text.provisions]
    page = build_counter_page([], SECOND.residue, union=union, names=article_names(OURS, kind="file"))
    assert page.passages.cards[0].quotation.text == DATA


@pytest.mark.parametrize(("kind", "cited"), [("file", "Union Article 1, 1: "), ("library", "Union 1: ")])
def test_the_movement_names_the_article(kind: str, cited: str) -> None:
    one = exchange(1, finding("KEPT", "kept", "as ours"))
    texts = (one.texts[0], replace(one.texts[0], id="another"))
    moved: Exchange = replace(one, texts=texts, kind=kind)
    assert quoted_words(movement([moved]).rows[0].cells[0], None)[0].startswith(cited)
