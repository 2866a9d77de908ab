"""Files as Google Docs, OnlyOffice and Word's strict edition write them: their habits, and what is read from them."""

from __future__ import annotations

import re

from app.text.document import Document
from app.text.reading import read_bytes
from tests.factories.word_files import (
    NAMESPACES,
    R,
    W,
    deleted,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    styles,
    word_file,
)
from tests.factories.word_kinds import row, style, table

STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "http://purl.oclc.org/ooxml/officeDocument/math",
}


def read(data: bytes) -> Document:
    return read_bytes(data, "counter.docx")


def test_google_docs() -> None:
    """Every run says that it runs left to right, changes and comments stand in content controls, contents are links."""
    plain = '<w:rtl w:val="0"/>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique w:val="1"/></w:docPartObj>'
    link = f'<w:hyperlink w:anchor="_heading=h.1">{run("Notice", plain)}</w:hyperlink>'

    def tagged(inner: str) -> str:
        return f'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'

    commented = tagged('<w:commentRangeStart w:id="0"/>') + run("the Union", plain)
    commented += '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    body = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent><w:p>{link}</w:p></w:sdtContent></w:sdt>"
        + paragraph(run("Notice", plain), style="Heading1")
        + listed(
            run("The Employer ", plain)
            + tagged(deleted("may "))
            + tagged(inserted("shall "))
            + run("tell ", plain)
            + commented
        )
        + listed(run("It is in writing.", plain))
    )
    sheet = styles(style("Heading1", f"<w:rPr>{plain}</w:rPr>", name="heading 1"))
    comments = (
        f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="Dana Reyes" w:date="2026-05-18T16:20:00Z">'
        f"{paragraph('Both locals?')}</w:comment></w:comments>"
    )
    lists = numbering(level(0, "decimal", "%1."))
    document = read(word_file(body, parts={"styles": sheet, "numbering": lists, "comments": comments}))
    assert [(each.number, each.text) for each in document.provisions] == [
        ("1", "The Employer shall tell the Union"),
        ("2", "It is in writing."),
    ]
    assert document.provisions[0].heading_path == ("Notice",)
    assert [(change.kind, change.text) for change in document.tracked] == [("deleted", "may "), ("inserted", "shall ")]
    (comment,) = document.comments
    assert (document.text[comment.start : comment.end], comment.author) == ("the Union", "Dana Reyes")


def test_onlyoffice() -> None:
    """Its changes carry an attribute of its own, its runs empty properties, its styles numbers for names."""
    ours = inserted("shall ").replace("<w:ins ", '<w:ins oouserid="uid-1" ')
    theirs = deleted("may ").replace("<w:del ", '<w:del oouserid="uid-2" ')
    body = paragraph("Notice", style="818") + listed(run("The Employer ") + theirs + ours + "<w:r><w:rPr/></w:r>")
    body += table(row("Grade", "Rate"), row("A", "20"))
    sheet = styles(style("818", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', name="Heading 1"))
    lists = numbering(level(0, "decimal", "%1.", '<w:isLgl w:val="false"/><w:suff w:val="tab"/>'))
    document = read(word_file(body, parts={"styles": sheet, "numbering": lists}))
    assert [(each.number, each.text) for each in document.provisions[:1]] == [("1", "The Employer shall")]
    assert document.provisions[0].heading_path == ("Notice",)
    assert document.before is not None
    assert document.before.provisions[0].text == "The Employer may"


def test_the_strict_edition_throughout() -> None:
    """Every namespace and relationship of its own, sizes with units, "on" for switches."""
    body = paragraph("Notice", style="Big") + listed(run("The Employer ") + deleted("may") + inserted("shall"))
    body += paragraph(f"{run('Pay')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' secret', '<w:vanish/>')}")
    body += paragraph("An ordinary sentence of some length stands here, so that the usual size is known. " * 3)
    size = '<w:rPr><w:sz w:val="24pt"/></w:rPr>'
    parts = {
        "styles": styles(style("Big", size) + '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="11pt"/></w:rPr>'
                         "</w:rPrDefault></w:docDefaults>"),
        "numbering": numbering(level(0, "decimal", "%1.")),
        "footnotes": f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph("2020.")}</w:footnote></w:footnotes>',
    }  # fmt: skip
    plain = read(word_file(body, parts=parts))
    document = read(_strict(word_file(body, parts=parts)))
    assert (document.text, document.provisions, document.tracked) == (plain.text, plain.provisions, plain.tracked)
    assert document.notes[0].text == "2020."
    assert document.provisions[0].heading_path == ("Notice",)
    assert any("secret" in warning for warning in document.warnings)


def test_unusual_prefixes_and_a_default_namespace() -> None:
    body = paragraph("Notice is given.") + listed(inserted("It is in writing."))
    parts = {"numbering": numbering(level(0, "decimal", "%1."))}
    usual = read(word_file(body, parts=parts))
    odd = re.compile(rb"(?<=[</ ])w:")
    renamed = _each_part(
        word_file(body, parts=parts), lambda xml: odd.sub(b"ns7:", xml.replace(b"xmlns:w=", b"xmlns:ns7="))
    )
    assert read(renamed).text == usual.text
    without = re.compile(rb"(?<=[<])(/?)w:")
    default = _each_part(
        word_file(body, parts=parts), lambda xml: without.sub(rb"\1", xml.replace(b"xmlns:w=", b"xmlns=", 1)).replace(
            b"<document ", f'<document xmlns:w="{W}" '.encode(), 1).replace(
            b"<numbering ", f'<numbering xmlns:w="{W}" '.encode(), 1))  # fmt: skip
    assert read(default).text == usual.text


def _strict(data: bytes) -> bytes:
    def change(xml: bytes) -> bytes:
        for transitional, strict in STRICT.items():
            xml = xml.replace(transitional.encode(), strict.encode())
        return xml.replace(b"<w:vanish/>", b'<w:vanish w:val="on"/>')

    return _each_part(data, change)


def _each_part(data: bytes, change: object) -> bytes:
    import io
    import zipfile

    from tests.factories.word_files import archive

    assert callable(change)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return archive({name: change(package.read(name)) for name in package.namelist()})
