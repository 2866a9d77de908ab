"""The proposal as a Word file: its numbers, its margins, and nothing in it that is not for the other side."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from app.errors import PlaceholderError
from app.library.clause import Placeholder
from app.proposals.docx_writer import long_date, write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.plain_text import proposal_text
from app.proposals.views import (
    ArticleView,
    PlaceholderView,
    ProposalView,
    ProvisionView,
    RenderedArticle,
    RenderedProvision,
)
from app.text.reading import read_bytes, read_pasted
from tests.factories.schema_order import schema_problems

NOW = datetime(2026, 5, 19, 14, 15, tzinfo=UTC)
SECRET = "we would settle for forty-five days"


def provision(number: str, text: str, *, lead_in: str = "") -> RenderedProvision:
    return RenderedProvision(number, number.count("("), lead_in, text, f"model of {text}", changed=False)


ARTICLES = (
    RenderedArticle(
        1,
        "Notice before technology is bought",
        (
            provision("1", "Notice. The Employer shall notify the Union."),
            provision("2", "The notice shall state:"),
            provision("2(a)", "the vendor;", lead_in="The notice shall state:"),
            provision("2(b)", "the data.", lead_in="The notice shall state:"),
        ),
    ),
    RenderedArticle(2, "Worker data", (provision("1", "Worker Data shall not be sold."),)),
)


def a_view(**changes: object) -> ProposalView:
    held = ProvisionView("p1", "1", 0, "", "Notice.", "model", True, f"provision: {SECRET}", 3)
    article = ArticleView(
        "a1", 1, "Notice", "notice", "1.0.0", "disclosure", "target", ("opening", "target", "floor"), (), (held,), (),
        (), "", f"article: {SECRET}", 1,
    )  # fmt: skip
    view = ProposalView(
        id="p", table_id="t", title="Technology and work", side="union", number=2, round_number=3,
        held_on=date(2026, 5, 19), employer="Tidewater", union="Local 418", unit="Warehouse",
        created_by="Ana Secretperson", created_at=NOW, articles=(article,),
    )  # fmt: skip
    return replace(view, **changes)  # type: ignore[arg-type]


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_articles_and_provisions_are_numbered_by_their_styles_and_not_typed() -> None:
    document = docx.Document(io.BytesIO(write_proposal_docx(a_view(), ARTICLES, now=NOW)))
    shown = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert shown[4:] == [
        ("Heading 1", "Notice before technology is bought"),
        ("Provision", "Notice. The Employer shall notify the Union."),
        ("Provision", "The notice shall state:"),
        ("Provision Item", "the vendor;"),
        ("Provision Item", "the data."),
        ("Heading 1", "Worker data"),
        ("Provision", "Worker Data shall not be sold."),
    ]
    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): level.find(qn("w:lvlText")).get(qn("w:val"))
        for level in document.part.numbering_part.element.iter(qn("w:lvl"))
    }
    assert levels == {
        "Heading1": "Article %1.",
        "Provision": "%2.",
        "ProvisionItem": "(%3)",
        "ProvisionSubitem": "(%4)",
        "Question": "%1.",
    }
    for style in ("Heading 1", "Provision", "Provision Item", "Provision Subitem"):
        assert document.styles[style].element.pPr.numPr is not None


def test_header_names_parties_round_date_and_time_and_the_footer_counts_pages() -> None:
    written = parts(write_proposal_docx(a_view(), ARTICLES, now=NOW))
    header = written["word/header1.xml"]
    for words in (
        "Tidewater and Local 418",
        "Union Proposal 2",
        "Round 3, 19 May 2026",
        "Version of 19 May 2026, 2:15 pm UTC",
    ):
        assert words in header
    assert 'w:instr=" PAGE "' in written["word/footer1.xml"]
    assert 'w:instr=" NUMPAGES "' in written["word/footer1.xml"]


def test_no_note_model_text_or_name_is_in_any_part() -> None:
    for name, content in parts(write_proposal_docx(a_view(), ARTICLES, now=NOW)).items():
        for secret in (SECRET, "model of", "Secretperson", "python-docx", "rsid"):
            assert secret not in content, f"{secret} in {name}"


def test_properties_name_the_document_and_nobody() -> None:
    properties = docx.Document(io.BytesIO(write_proposal_docx(a_view(), ARTICLES, now=NOW))).core_properties
    assert properties.title == "Union Proposal 2: Technology and work"
    assert (properties.author, properties.last_modified_by, properties.revision) == ("", "", 1)
    assert properties.language == "en-US"


def test_an_open_placeholder_is_refused_by_name() -> None:
    days = Placeholder("notice_days", "Days of notice", "Count from receipt.", "integer")
    article = replace(a_view().articles[0], placeholders=(PlaceholderView(days, None, None, False),))
    with pytest.raises(
        PlaceholderError, match=r"Article 1 \(Notice\): Days of notice is not filled in; fill it in first"
    ) as caught:
        write_proposal_docx(a_view(articles=(article,)), ARTICLES, now=NOW)
    assert caught.value.name == "notice_days"


def test_opening_words_that_are_no_provision_of_their_own_are_written_once() -> None:
    items = (
        provision("1(a)", "train;", lead_in="The Employer shall:"),
        provision("1(b)", "pay.", lead_in="The Employer shall:"),
    )
    data = write_proposal_docx(a_view(), (RenderedArticle(1, "Training", items),), now=NOW)
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert texts[-3:] == ["The Employer shall:", "train;", "pay."]


def test_equal_proposals_give_equal_bytes_and_odd_characters_do_no_harm() -> None:
    odd = (RenderedArticle(1, "Odd & <even>", (provision("1", "One\x00 line\nand\tanother \u2028 <w:del/>"),)),)
    first = write_proposal_docx(a_view(), odd, now=NOW)
    assert first == write_proposal_docx(a_view(), odd, now=NOW)
    assert docx.Document(io.BytesIO(first)).paragraphs[-1].text == "One line\nand\tanother \u2028 <w:del/>"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 5, "12:05 am UTC"), (9, 0, "9:00 am UTC"), (12, 0, "12:00 pm UTC"), (23, 59, "11:59 pm UTC")],
)
def test_times_are_said_as_at_the_table(hour: int, minute: int, said: str) -> None:
    assert long_date(datetime(2026, 5, 9, hour, minute, tzinfo=UTC)) == f"9 May 2026, {said}"


LINKED = (
    RenderedArticle(
        1,
        "Notice",
        (
            provision("1", "Terms. “Automated System” means any tool; the parties form a committee (the “Committee”)."),
            provision("2", "The Employer shall:"),
            provision("2(a)", "act under section 1; and", lead_in="The Employer shall:"),
            provision("2(b)", "keep section 2(a) and section 8(a)(5) of the Act.", lead_in="The Employer shall:"),
        ),
    ),
    RenderedArticle(2, "Data", (provision("1", "Section 1 stands for itself; section 2 is none of ours."),)),
    RenderedArticle(3, "Jobs", (provision("1", "Nobody is laid off."),)),
)
EVERYTHING = ExportOptions(line_numbers=True, signatures=True, contents=True)


def body(data: bytes) -> Any:
    return etree.fromstring(parts(data)["word/document.xml"].encode())


def test_defined_terms_stand_out_where_they_are_defined() -> None:
    document = docx.Document(io.BytesIO(write_proposal_docx(a_view(), LINKED, now=NOW)))
    marked = [run.text for each in document.paragraphs for run in each.runs if run.style.name == "Defined Term"]
    assert marked == ["Automated System", "Committee"]
    assert document.styles["Defined Term"].font.bold


def test_headings_run_into_sections_stand_out_all_alike() -> None:
    titled = ("Who is covered.", "What the Employer shall do instead.", "Notice.", "Pay and grade.", "How it ends.")
    rests = ('"Technology" means tools.', "It shall train them.", "It is given.", "They stay.", "By agreement.")
    texts = [f"{title} {rest}" for title, rest in zip(titled, rests, strict=True)]
    plain = "The Employer shall pay. It may pay more."
    article = RenderedArticle(1, "Jobs", tuple(provision(str(n + 1), each) for n, each in enumerate([*texts, plain])))
    lone = RenderedArticle(2, "Pay", (provision("1", "What is owed is paid. It is paid in money."),))
    document = docx.Document(io.BytesIO(write_proposal_docx(a_view(), (article, lone), now=NOW)))
    marked = [run.text for each in document.paragraphs for run in each.runs if run.style.name == "Run-in Heading"]
    assert marked == list(titled)


def test_references_are_fields_with_the_words_that_stood_there() -> None:
    root = body(write_proposal_docx(a_view(), LINKED, now=NOW))
    targets = {
        each.get(qn("w:name")): "".join(each.getparent().itertext()) for each in root.iter(qn("w:bookmarkStart"))
    }
    fields = [
        (each.get(qn("w:instr")).split()[0], targets[each.get(qn("w:instr")).split()[1]], "".join(each.itertext()))
        for each in root.iter(qn("w:fldSimple"))
    ]
    terms, heading, item = (LINKED[0].provisions[place].text for place in (0, 1, 2))
    other = LINKED[1].provisions[0].text
    assert fields == [("REF", terms, "1"), ("REF", heading, "2"), ("REF", item, "(a)"), ("REF", other, "1")]


def test_contents_are_a_field_of_links_to_the_articles() -> None:
    data = write_proposal_docx(a_view(), LINKED, now=NOW, options=EVERYTHING, find_pages=lambda _, count: [2, 5, 11])
    root = body(data)
    listed = [each for each in docx.Document(io.BytesIO(data)).paragraphs if each.style.name == "toc 1"]
    assert [each.text for each in listed] == ["Article 1. Notice\t2", "Article 2. Data\t5", "Article 3. Jobs\t11"]
    names = {each.get(qn("w:name")): "".join(each.getparent().itertext()) for each in root.iter(qn("w:bookmarkStart"))}
    links = [names[each.get(qn("w:anchor"))] for each in root.iter(qn("w:hyperlink"))]
    assert links == ["Notice", "Data", "Jobs"]
    codes = [each.text.split()[0] for each in root.iter(qn("w:instrText"))]
    assert codes == ["TOC", "PAGEREF", "PAGEREF", "PAGEREF"]
    assert [each.number for each in read_bytes(data, "p.docx").provisions if each.number][:2] == [
        "Article 1(1)",
        "Article 1(2)",
    ]


def test_contents_come_by_themselves_only_for_long_texts() -> None:
    many = provision("1", "The Employer shall notify the Union. " * 900)
    long = (*LINKED, RenderedArticle(4, "More", (many,)))
    assert not list(body(write_proposal_docx(a_view(), LINKED, now=NOW)).iter(qn("w:hyperlink")))
    assert list(body(write_proposal_docx(a_view(), long, now=NOW)).iter(qn("w:hyperlink")))
    never = ExportOptions(contents=False)
    assert not list(body(write_proposal_docx(a_view(), long, now=NOW, options=never)).iter(qn("w:hyperlink")))


def test_the_signature_block_has_both_sides_and_every_article_in_tables_that_can_be_read_aloud() -> None:
    document = docx.Document(io.BytesIO(write_proposal_docx(a_view(), LINKED, now=NOW, options=EVERYTHING)))
    signatures, initials = document.tables
    assert [cell.text for cell in signatures.rows[0].cells] == ["", "For Local 418", "For Tidewater"]
    assert [cell.text for cell in initials.columns[0].cells] == [
        "Article", "Article 1. Notice", "Article 2. Data", "Article 3. Jobs",
    ]  # fmt: skip
    for table in document.tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True, *[False] * (len(heads) - 1)]
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@pytest.mark.parametrize("language", ["en-GB", "en-CA"])
def test_language_title_and_order_of_elements(language: str) -> None:
    data = write_proposal_docx(a_view(), LINKED, now=NOW, options=EVERYTHING, language=language)
    assert schema_problems(data) == []
    assert data == write_proposal_docx(a_view(), LINKED, now=NOW, options=EVERYTHING, language=language)
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.language == language
    assert document.core_properties.title == document.paragraphs[0].text + ": " + document.paragraphs[1].text
    assert f'w:lang w:val="{language}"' in parts(data)["word/styles.xml"]
    assert "lnNumType" in parts(data)["word/document.xml"]


def test_openings_of_lists_stay_with_their_items_and_no_line_stands_alone() -> None:
    document = docx.Document(io.BytesIO(write_proposal_docx(a_view(), LINKED, now=NOW)))
    opening = next(each for each in document.paragraphs if each.text == "The Employer shall:")
    assert opening.paragraph_format.keep_with_next
    assert document.styles["Heading 1"].paragraph_format.keep_with_next
    assert document.styles["Normal"].paragraph_format.widow_control


def test_the_plain_text_reads_as_the_same_provisions() -> None:
    text = proposal_text(a_view(articles=()), LINKED)
    read = [(each.number, each.text) for each in read_pasted(text).provisions if each.number]
    written = read_bytes(write_proposal_docx(a_view(), LINKED, now=NOW), "p.docx")
    assert read == [(each.number, each.text) for each in written.provisions if each.number]
    assert "\n\n2. The Employer shall:\n\n   (a) act under section 1; and\n" in text
