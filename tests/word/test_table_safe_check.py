"""The gate fails closed: each row plants one thing that the other side must not get."""

import pytest

from app.errors import NotTableSafe
from app.proposals.word_file import new_word_file, pack, write_header, write_page_footer
from app.word.table_safe import assert_table_safe, make_table_safe
from app.word.table_safe.manifest import write_archive
from tests.factories.secret_places import unpack

SECRET = "our floor is 45 days"


@pytest.fixture(name="safe")
def _safe() -> bytes:
    document = new_word_file(title="Union Proposal 1")
    document.add_paragraph("The Employer shall notify the Union.", style="Provision")
    write_header(document, [("Tidewater", "Union Proposal 1")])
    write_page_footer(document)
    return make_table_safe(pack(document))


def planted(data: bytes, part: str, old: str, new: str) -> bytes:
    parts = unpack(data)
    content = parts[part].decode()
    assert old in content
    return write_archive(parts | {part: content.replace(old, new, 1).encode()})


def test_a_clean_file_passes(safe: bytes) -> None:
    assert_table_safe(safe)
    assert_table_safe(
        safe,
        paragraphs=["The Employer shall notify the Union."],
        margins=["Tidewater\tUnion Proposal 1", "\tPage 1 of 1"],
    )


@pytest.mark.parametrize(
    ("part", "old", "new", "because"),
    [
        ("word/document.xml", "</w:p>", f"<w:ins><w:r><w:t>{SECRET}</w:t></w:r></w:ins></w:p>", "tracked changes"),
        (
            "word/document.xml",
            "</w:p>",
            f"<w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>",
            "tracked changes",
        ),
        ("word/document.xml", "<w:t>", "<w:rPr><w:vanish/></w:rPr><w:t>", "vanish"),
        ("word/document.xml", "<w:p>", '<w:p w:rsidR="00AA11">', "rsidR"),
        ("word/document.xml", "<w:body>", f"<w:body><!-- {SECRET} -->", "XML comment"),
        ("word/document.xml", "</w:p>", '<w:r><w:commentReference w:id="0"/></w:r></w:p>', "mark of a comment"),
        ("word/document.xml", "</w:p>", '<w:fldSimple w:instr=" AUTHOR "/></w:p>', "AUTHOR"),
        ("word/document.xml", "<w:r>", f"<w:r>{SECRET}", "no reader shows"),
        ("word/settings.xml", "<w:rem", '<w:docVars><w:docVar w:name="a" w:val="b"/></w:docVars><w:rem', "docVars"),
        ("docProps/core.xml", "<dc:language>", "<dc:creator>Ana</dc:creator><dc:language>", "creator"),
        (
            "docProps/core.xml",
            "<dc:language>",
            f"<dc:description>{SECRET}</dc:description><dc:language>",
            "description",
        ),
        ("docProps/app.xml", "<Application>", "<Company>Local 418</Company><Application>", "Company"),
    ],
)
def test_what_is_not_allowed_is_refused(safe: bytes, part: str, old: str, new: str, because: str) -> None:
    with pytest.raises(NotTableSafe, match=because):
        assert_table_safe(planted(safe, part, old, new))


@pytest.mark.parametrize(
    "part", ["word/comments.xml", "customXml/item1.xml", "docProps/custom.xml", "word/media/a.png"]
)
def test_a_part_more_is_refused(safe: bytes, part: str) -> None:
    with pytest.raises(NotTableSafe, match=r"does not need|nothing refers to"):
        assert_table_safe(write_archive(unpack(safe) | {part: b"<a/>"}))


def test_a_link_out_of_the_file_is_refused(safe: bytes) -> None:
    link = '<Relationship Id="r99" Type="x/header" Target="http://example.org" TargetMode="External"/></Relationships>'
    with pytest.raises(NotTableSafe, match="points outside"):
        assert_table_safe(planted(safe, "word/_rels/document.xml.rels", "</Relationships>", link))


def test_words_beyond_the_articles_are_refused_even_where_the_form_is_allowed(safe: bytes) -> None:
    note = planted(safe, "word/document.xml", "</w:p>", f"</w:p><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p>")
    assert_table_safe(note)
    with pytest.raises(NotTableSafe, match=SECRET):
        assert_table_safe(note, paragraphs=["The Employer shall notify the Union."])
    header = planted(safe, "word/header1.xml", "Tidewater", SECRET)
    with pytest.raises(NotTableSafe, match="not meant to be there"):
        assert_table_safe(
            header, paragraphs=["The Employer shall notify the Union."], margins=["Tidewater\tUnion Proposal 1"]
        )
