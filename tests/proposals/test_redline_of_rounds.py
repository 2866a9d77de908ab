"""Our next proposal against the last, both as the Word files that went to the table."""

from datetime import UTC, date, datetime

import pytest

from app.office import office_program
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.pdf import write_pdf
from app.proposals.views import RenderedArticle
from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from app.word.table_safe import make_table_safe
from tests.factories.word_content import W, margin_texts, margins, part
from tests.proposals.test_docx_writer import ARTICLES, NOW, a_view, provision
from tests.proposals.test_proposal_in_office import pages
from tests.word.test_redline_bookmarks import references


def article(*sections: str) -> tuple[RenderedArticle, ...]:
    """One article; its sections are numbered in order."""
    return (
        RenderedArticle(
            1, "Notice", tuple(provision(str(place), text) for place, text in enumerate(sections, start=1))
        ),
    )


LATER = datetime(2026, 6, 9, 10, 30, tzinfo=UTC)
LAST = write_proposal_docx(a_view(), ARTICLES, now=NOW)
REFERRED = tuple(
    write_proposal_docx(a_view(), article(*sections), now=NOW)
    for sections in (
        (
            "Notice. The Employer shall notify the Union.",
            "Records. The Employer shall keep records for two years.",
            "Remedy. A breach of section 2 is subject to arbitration.",
        ),
        (
            "Notice. The Employer shall notify the Union.",
            "Pilots. No pilot begins before the bargaining under this Article has ended.",
            "Records. The Employer shall keep records for two years.",
            "Remedy. A breach of section 1, section 2 or section 3 is subject to arbitration.",
            "Audits. The records named in section 3 are audited after the pilots of section 2.",
        ),
    )
)
NEXT = write_proposal_docx(a_view(number=3, round_number=4, held_on=date(2026, 6, 9)), ARTICLES, now=LATER)


def test_the_lines_above_the_pages_say_what_changed_and_the_pages_are_still_counted() -> None:
    redline = redline_files(LAST, NEXT)
    assert margins(accept_all(redline)) == margins(NEXT)
    assert margins(reject_all(redline)) == margins(LAST)
    header = part(redline, "word/header1.xml")
    words = {
        kind: ["".join(text.text for text in each.iter(f"{W}{tag}")) for each in header.iter(f"{W}{kind}")]
        for kind, tag in (("del", "delText"), ("ins", "t"))
    }
    assert words["del"][0] == "2"
    assert words["ins"][0] == "3"
    assert any("May" in each for each in words["del"])
    assert any("June" in each for each in words["ins"])
    codes = [each.get(f"{W}instr").strip() for each in part(redline, "word/footer1.xml").iter(f"{W}fldSimple")]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_redline_goes_through_the_gate_with_its_header() -> None:
    safe = make_table_safe(redline_files(LAST, NEXT), keep_tracked=True)
    assert margin_texts(accept_all(safe)) == margin_texts(NEXT)
    assert margin_texts(reject_all(safe)) == margin_texts(LAST)


def test_references_to_sections_lead_where_they_led_in_each_round() -> None:
    last, following = REFERRED
    redline = redline_files(last, following)
    for data in (redline, make_table_safe(redline, keep_tracked=True)):
        assert references(accept_all(data)) == references(following)
        assert references(reject_all(data)) == references(last)
    assert all(target for _, target in references(following))


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_on_paper_the_accepted_redline_reads_as_the_next_round_does() -> None:
    last, following = REFERRED
    redline = redline_files(last, following)
    assert pages(write_pdf(accept_all(redline))) == pages(write_pdf(following))
    assert pages(write_pdf(reject_all(redline))) == pages(write_pdf(last))
