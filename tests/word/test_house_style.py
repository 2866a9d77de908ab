"""An office's template: its look is taken, what must not travel is refused by name, and nothing else comes along."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import UTC, datetime
from functools import cache

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from app.errors import UnreadableFile
from app.office import convert, office_program
from app.proposals.docx_writer import write_proposal_docx
from app.proposals.export_options import ExportOptions
from app.proposals.house_styles import checked_house_style
from app.proposals.views import RenderedArticle, RenderedProvision
from app.text.docx_reader import read_docx
from app.text.reading import read_bytes
from app.word.house_style import built_in_house_style, read_house_style, starter_file
from app.word.pictures import without_metadata
from tests.factories.pictures import png
from tests.factories.schema_order import schema_problems
from tests.proposals.test_docx_writer import a_view

NOW = datetime(2026, 5, 19, 14, 15, tzinfo=UTC)
SECRET = "our floor is 45 days"
ARTICLES = (
    RenderedArticle(
        1,
        "Notice",
        tuple(
            RenderedProvision(number, number.count("("), "", text, "", changed=False)
            for number, text in (
                ("1", "“System” means any software named in section 2(a)."),
                ("2", "The Employer shall:"),
                ("2(a)", "give notice; and"),
                ("2(b)", "bargain."),
            )
        ),
    ),
    RenderedArticle(2, "Data", (RenderedProvision("1", 0, "", "Section 1 stands alone.", "", changed=False),)),
)


@cache
def starter() -> bytes:
    return starter_file()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The file with a part changed, or added where `old` is ""."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        parts = {name: source.read(name) for name in source.namelist()}
        if old:
            assert old in parts[part].decode(), parts[part]
        parts[part] = parts[part].decode().replace(old, new).encode() if old else new.encode()
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def letterhead(*, picture: bytes | None = None) -> bytes:
    """A template as an office would make it: A4, its logo and address in a table, another first page."""
    document = docx.Document(io.BytesIO(starter()))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.different_first_page_header_footer = True
    table = section.first_page_header.add_table(1, 2, Mm(160))
    table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(picture or png()))
    table.cell(0, 1).text = "Ames & Okoye LLP, 12 Harbour Street"
    section.first_page_header.add_paragraph("{{union}} · {{proposal}} · {{ version }}")
    section.first_page_footer.paragraphs[0].text = "Ames & Okoye LLP"
    document.styles["Heading 1"].font.name = "Georgia"
    document.core_properties.author = SECRET
    document.core_properties.comments = SECRET
    document.add_paragraph(SECRET)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_offered_template_is_accepted_as_it_is_and_gives_what_the_built_in_style_gives() -> None:
    house = checked_house_style(starter(), "starter.docx")
    assert house.text_width == built_in_house_style().text_width
    ours = write_proposal_docx(a_view(), ARTICLES, now=NOW)
    theirs = write_proposal_docx(a_view(), ARTICLES, now=NOW, house=house)
    assert read_bytes(theirs, "p.docx").text == read_bytes(ours, "p.docx").text
    assert read_docx(theirs).margins == read_docx(ours).margins


def test_page_fonts_and_letterhead_of_an_office_are_taken_and_nothing_else() -> None:
    house = checked_house_style(letterhead(picture=png(comment=SECRET)), "office.docx")
    everything = ExportOptions(line_numbers=True, signatures=True, contents=True)
    written = write_proposal_docx(a_view(), ARTICLES, now=NOW, house=house, options=everything)
    assert schema_problems(written) == []
    for name, content in parts(written).items():
        assert SECRET.encode() not in content, name
    document = docx.Document(io.BytesIO(written))
    section = document.sections[0]
    assert round(section.page_width.mm) == 210
    assert section.orientation == WD_ORIENT.PORTRAIT
    assert document.styles["Heading 1"].font.name == "Georgia"
    header = section.first_page_header
    assert header.tables[0].cell(0, 1).text == "Ames & Okoye LLP, 12 Harbour Street"
    assert [each.text for each in header.paragraphs if each.text] == [
        "Local 418 · Union Proposal 2 · Version of 19 May 2026, 2:15 pm UTC"
    ]
    pictures = [content for name, content in parts(written).items() if name.startswith("word/media/")]
    assert pictures == [png()]
    assert 'descr="Letterhead"' in parts(written)["word/header2.xml"].decode()


def test_a_letterhead_without_blanks_gets_our_lines_and_page_numbers_below() -> None:
    data = starter()
    for old in ("{{employer}} and {{union}}", "{{proposal}}", "{{round}}, {{date}}", "{{version}}"):
        data = changed(data, "word/header1.xml", old, "Ames LLP")
    data = changed(data, "word/footer1.xml", " PAGE ", " SECTIONPAGES ")
    shown = read_docx(write_proposal_docx(a_view(), ARTICLES, now=NOW, house=read_house_style(data))).margins
    assert any("Ames LLP" in each and "Tidewater and Local 418" in each and "Round 3" in each for each in shown)
    assert any("Page 1 of 1" in each for each in shown)


def test_a_blank_that_word_cut_into_runs_is_filled() -> None:
    cut = "{{pro</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>posal}}"
    house = read_house_style(changed(starter(), "word/header1.xml", "{{proposal}}", cut))
    shown = read_docx(write_proposal_docx(a_view(), ARTICLES, now=NOW, house=house)).margins
    assert any("Union Proposal 2" in each for each in shown)


def test_references_show_the_numbers_of_the_office_and_stay_plain_where_these_would_read_twice() -> None:
    decimal = changed(starter(), "word/numbering.xml", 'w:val="%2."', 'w:val="%1.%2"')
    read = read_bytes(write_proposal_docx(a_view(), ARTICLES, now=NOW, house=read_house_style(decimal)), "p.docx")
    assert "named in section 1.2(a)." in read.text
    worded = changed(starter(), "word/numbering.xml", 'w:val="%2."', 'w:val="Section %2."')
    data = write_proposal_docx(a_view(), ARTICLES, now=NOW, house=read_house_style(worded))
    assert "named in section 2(a)." in read_bytes(data, "p.docx").text
    assert b"REF _Ref" in parts(data)["word/document.xml"]  # "(a)" alone still is a field


def test_fonts_of_a_theme_are_named_and_the_theme_stays_behind() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fontScheme><a:minorFont>'
        '<a:latin typeface="Garamond"/></a:minorFont></a:fontScheme></a:theme>'
    )
    data = changed(starter(), "word/theme/theme1.xml", "", theme)
    relation = '<Relationship Id="rId90" Type="x/theme" Target="theme/theme1.xml"/></Relationships>'
    data = changed(data, "word/_rels/document.xml.rels", "</Relationships>", relation)
    data = changed(data, "word/styles.xml", 'w:ascii="Times New Roman"', 'w:asciiTheme="minorHAnsi"')
    house = read_house_style(data)
    assert b'w:ascii="Garamond"' in house.styles
    assert b"Theme" not in house.styles


LINK = '<Relationship Id="rId9" Type="x/image" Target="http://e.example/x.png" TargetMode="External"/>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("word/vbaProject.bin", "", "x", "carries macros; save it in Word as .docx"),
        ("word/styles.xml", 'w:val="Provision Item"', 'w:val="Item"', "no style named “Provision Item”; add it"),
        ("word/styles.xml", 'w:val="Provision', 'w:val="Part', "no styles named “Provision”, “Provision Item” and"),
        ("word/styles.xml", '<w:ilvl w:val="2"/><w:numId w:val="1"/>', "", "“Provision Item” has no automatic number"),
        ("word/numbering.xml", "decimal", "bullet", "has no automatic number"),
        ("word/numbering.xml", 'w:val="(%4)"', 'w:val="(x)"', "the same number"),
        (
            "word/numbering.xml", '<w:numFmt w:val="decimal"/><w:pStyle w:val="Provision"/>',
            '<w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:pStyle w:val="Provision"/>',
            "counts on from article to article",
        ),
        ("word/header1.xml", "{{proposal}}", "{{author}}", "blank {{author}}, which nobody can fill in"),
        ("word/header1.xml", "<w:tab/>", "<w:rPr><w:vanish/></w:rPr><w:tab/>", "hidden text"),
        ("word/header1.xml", "<w:r>", '<w:ins w:id="1" w:author="A"/><w:r>', "tracked changes"),
        ("word/header1.xml", "<w:tab/>", "<w:pict/>", "text box or an old kind of picture"),
        ("word/header1.xml", "<w:tab/>", "<w:object/>", "embedded object"),
        ("word/header1.xml", "<w:tab/>", '<w:commentReference w:id="1"/>', "has comments"),
        ("word/footer1.xml", " NUMPAGES ", " FILENAME \\p ", "the field FILENAME"),
        ("word/footer1.xml", " NUMPAGES ", " AUTHOR ", "the field AUTHOR"),
        ("word/_rels/header1.xml.rels", "", f"{RELATIONS}{LINK}</Relationships>", "points outside the file"),
        ("word/document.xml", 'w:w="12240"', 'w:w="900"', "too narrow or too large"),
        ("word/document.xml", 'w:left="1440"', 'w:left="x"', "no size of page"),
        ("word/document.xml", "<w:document", '<!DOCTYPE a [<!ENTITY x "y">]><w:document', "entities"),
        ("word/styles.xml", "<w:qFormat/>", "<w:qFormat/><w:rPr><w:vanish/></w:rPr>", "is hidden text"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_remedy(part: str, old: str, new: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=re.escape(says)):
        read_house_style(changed(starter(), part, old, new))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"no word file", "not a Word file"),
        (starter_file()[:3000], "damaged"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_template(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_house_style(data)


def test_a_template_that_unpacks_beyond_all_measure_is_refused_before_it_is_read() -> None:
    bomb = io.BytesIO(starter())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/theme/theme1.xml", b" " * 30_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than 30 MB"):
        read_house_style(bomb.getvalue())


def test_a_picture_of_another_kind_is_refused() -> None:
    data = letterhead()
    name = next(each for each in parts(data) if each.startswith("word/media/"))
    with pytest.raises(UnreadableFile, match="neither PNG nor JPEG"):
        read_house_style(changed(data, name, "", "GIF89a"))


def test_metadata_of_pictures_is_taken_out() -> None:
    assert without_metadata(png(comment=SECRET)) == png()
    exif, comment = b"\xff\xe1\x00\x08Exif\0\0", b"\xff\xfe\x00\x06note"
    frame, scan = b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0", b"\xff\xda\0\x08\x01\x01\0\0\x3f\0ab\xff\0c"
    jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + b"%s" + frame + scan + b"\xff\xd9"
    assert without_metadata(jpeg.replace(b"%s", exif + comment)) == jpeg.replace(b"%s", b"")
    assert without_metadata(jpeg.replace(b"%s", b"") + SECRET.encode()) == jpeg.replace(b"%s", b"")
    for broken in (png()[:-20], b"\xff\xd8\xff\xe0\x00", b"GIF89a", b"\xff\xd8\xff\xda\x00\x02aa"):
        with pytest.raises(ValueError, match="picture"):
            without_metadata(broken)


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_template_that_libreoffice_saved_works_too() -> None:
    house = checked_house_style(convert(letterhead(), kind="docx", to="docx"), "office.docx")
    written = write_proposal_docx(a_view(), ARTICLES, now=NOW, house=house)
    assert schema_problems(written) == []
    assert "named in section 2(a)." in read_bytes(written, "p.docx").text


@pytest.mark.parametrize("seed", range(60))
def test_a_template_with_anything_broken_in_it_is_accepted_or_refused_with_a_sentence(seed: int) -> None:
    draw = random.Random(seed)
    part = draw.choice(["styles", "numbering", "header1", "footer1", "document"])
    data = letterhead() if draw.random() < 0.5 else starter()
    content = parts(data)[f"word/{part}.xml"].decode()
    for _ in range(draw.randint(1, 4)):
        found = draw.choice(list(re.finditer(r'"[^"]*"|<w:[\w]+|w:\w+=', content)))
        put = draw.choice(['"-1"', '"x"', '""', '"99999999999"', "<w:p", "<w:style", "w:val="])
        content = content[: found.start()] + put + content[found.end() :]
    try:
        house = checked_house_style(changed(data, f"word/{part}.xml", "", content), "broken.docx")
    except UnreadableFile:
        return
    assert read_bytes(write_proposal_docx(a_view(), ARTICLES, now=NOW, house=house), "p.docx").provisions
