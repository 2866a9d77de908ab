"""What LibreOffice makes of our files: opened without repair, numbered and referenced alike, laid out as PDF."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest

from app.errors import OfficeMissing
from app.library.files import load_library
from app.library.rendering import render_position
from app.office import convert, office_program
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.pdf import find_pages, write_pdf
from app.proposals.views import RenderedArticle, RenderedProvision
from app.text.reading import read_bytes
from app.word.house_style import built_in_house_style
from tests.factories.schema_order import schema_problems
from tests.proposals.test_docx_writer import LINKED, NOW, a_view

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed"),
]

ROOT = Path(__file__).parents[2]
VIEW = replace(a_view(), articles=())
EVERYTHING = ExportOptions(line_numbers=True, signatures=True, contents=True)


def library_articles(count: int) -> tuple[RenderedArticle, ...]:
    versions = [clause.latest for clause in load_library(ROOT / "clauses").clauses.values()][:count]
    return tuple(
        RenderedArticle(
            place,
            version.title,
            tuple(
                RenderedProvision(each.number, each.number.count("("), each.lead_in, each.text, "", changed=False)
                for each in render_position(version, "target")
            ),
        )
        for place, version in enumerate(versions, start=1)
    )


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def squeezed(text: str) -> str:
    return re.sub(r"\s+|\ufffe|-(?=\s)", "", text)


@pytest.fixture(scope="module")
def long_file() -> bytes:
    return write_proposal_docx(
        VIEW, library_articles(12), now=NOW, options=replace(EVERYTHING, line_numbers=False), find_pages=find_pages
    )


@pytest.fixture(scope="module")
def laid_out(long_file: bytes) -> list[str]:
    return pages(write_pdf(long_file))


def test_every_word_is_on_paper_and_every_reference_says_what_we_wrote(laid_out: list[str]) -> None:
    paper = squeezed("".join(re.sub(r"^(?:.*\r?\n){2}|Page \d+ of \d+\s*$", "", page) for page in laid_out))
    for article in library_articles(12):
        for each in article.provisions:
            assert squeezed(each.text)[:200] in paper or squeezed(each.text)[-60:] in paper, each.text
    assert "Error:Referencesourcenotfound" not in paper


def test_contents_name_the_pages_on_which_the_articles_begin(long_file: bytes, laid_out: list[str]) -> None:
    listed = re.findall(r"(Article \d+\. [^.\n]+?)[ .]*\.[ .]*(\d+)\r?\n", laid_out[0])
    assert len(listed) == 12
    for heading, page in listed:
        assert squeezed(heading) in squeezed(laid_out[int(page) - 1])
    with pypdfium2.PdfDocument(write_pdf(long_file)) as pdf:
        assert len(list(pdf.get_toc())) == 12
        assert pdf.get_metadata_value("Title") == "Union Proposal 2: Technology and work"
        assert pdf.get_metadata_value("Author") == ""
        assert pdf.is_tagged()


def test_each_page_says_where_it_stands(laid_out: list[str]) -> None:
    for number, page in enumerate(laid_out, start=1):
        assert f"Page {number} of {len(laid_out)}" in page
        assert "Round 3, 19 May 2026" in page
        assert "Version of 19 May 2026, 2:15 pm UTC" in page
    assert any("Tentative agreement" in page for page in laid_out[-2:])


@pytest.mark.parametrize("options", [ExportOptions(), EVERYTHING])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_libreoffice_saves_it_again_with_the_same_text(options: ExportOptions, paper: str) -> None:
    written = write_proposal_docx(
        VIEW, library_articles(3), now=NOW, options=options, house=built_in_house_style(paper)
    )
    assert schema_problems(written) == []
    again = read_bytes(convert(written, kind="docx", to="docx"), "p.docx")
    first = read_bytes(written, "p.docx")
    assert [(each.number, each.text) for each in again.provisions] == [
        (each.number, each.text) for each in first.provisions
    ]


def test_lines_are_numbered_on_paper_where_asked_for() -> None:
    written = write_proposal_docx(VIEW, library_articles(1), now=NOW, options=ExportOptions(line_numbers=True))
    numbered = re.findall(r"(?m)^(\d{1,2})\b", pages(write_pdf(written))[0])
    assert {"1", "2", "10"} <= set(numbered)


def test_without_libreoffice_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OfficeMissing, match="A PDF needs LibreOffice, which is not installed here"):
        write_pdf(b"")
    written = write_proposal_docx(VIEW, library_articles(3), now=NOW, options=EVERYTHING, find_pages=find_pages)
    listed = [each for each in docx.Document(io.BytesIO(written)).paragraphs if each.style.name == "toc 1"]
    assert [each.text for each in listed] == [f"Article {each.number}. {each.title}" for each in library_articles(3)]


def test_references_follow_when_a_section_is_put_in_front() -> None:
    written = write_proposal_docx(VIEW, LINKED, now=NOW)
    document = docx.Document(io.BytesIO(written))
    first = next(each for each in document.paragraphs if each.style.name == "Provision")
    first.insert_paragraph_before("A section that came later.", style="Provision")
    changed = io.BytesIO()
    document.save(changed)
    laid_out = squeezed("".join(pages(write_pdf(changed.getvalue()))))
    assert squeezed("act under section 2; and") in laid_out
    assert squeezed("keep section 3(a) and section 8(a)(5) of the Act.") in laid_out
