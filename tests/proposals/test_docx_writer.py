"""The proposal as a Word file: its numbers, its margins, and nothing in it that is not for the other side."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml.ns import qn

from app.errors import PlaceholderError
from app.library.clause import Placeholder
from app.proposals.docx_writer import long_date, write_proposal_docx
from app.proposals.views import (
    ArticleView,
    PlaceholderView,
    ProposalView,
    ProvisionView,
    RenderedArticle,
    RenderedProvision,
)

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
        "Provision": "%1.%2",
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
        "Version of 19 May 2026, 2:15 pm",
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
    ("hour", "minute", "said"), [(0, 5, "12:05 am"), (9, 0, "9:00 am"), (12, 0, "12:00 pm"), (23, 59, "11:59 pm")]
)
def test_times_are_said_as_at_the_table(hour: int, minute: int, said: str) -> None:
    assert long_date(datetime(2026, 5, 9, hour, minute, tzinfo=UTC)) == f"9 May 2026, {said}"
