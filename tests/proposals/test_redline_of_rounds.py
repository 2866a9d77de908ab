"""Our next proposal against the last, both as the Word files that went to the table."""

from datetime import UTC, date, datetime

from app.proposals.docx_writer import write_proposal_docx
from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from app.word.table_safe import make_table_safe
from tests.factories.word_content import W, margin_texts, margins, part
from tests.proposals.test_docx_writer import ARTICLES, NOW, a_view

LATER = datetime(2026, 6, 9, 10, 30, tzinfo=UTC)
LAST = write_proposal_docx(a_view(), ARTICLES, now=NOW)
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
