"""Broken and hostile Word files: a clear sentence, or the text that can be saved, and never anything else."""

from __future__ import annotations

import io
import time
import warnings
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UnreadableFile
from app.text.docx_reader import read_docx_blocks
from tests.factories.word_files import (
    NAMESPACES,
    archive,
    deleted,
    document,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    styles,
    word_file,
)

TABLE = f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{paragraph('cell')}</w:tc></w:tr></w:tbl>"
BODY = (
    paragraph("Title", style="T")
    + listed("one")
    + listed(inserted("two"), mark="ins")
    + listed(deleted("three"))
    + TABLE
)
PARTS = {
    "numbering": numbering(level(0, "decimal", "%1.")),
    "styles": styles('<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'),
}
VALID = word_file(BODY, parts=PARTS)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password-protected"),
        (b"%PDF-1.7", "not a Word file"),
        (VALID[: len(VALID) // 2], "damaged"),
        (archive({"readme.txt": "x"}), "without a Word document"),
        (archive({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
        (word_file(main=b"no xml at all"), "main part"),
        (word_file(main="<html/>"), "main part"),
        (word_file(main=f'<!DOCTYPE a [<!ENTITY x "y">]>{document("")}'), "entities"),
        (
            word_file(main=f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{document("")}'.encode("utf-16")),
            "entities",
        ),
        (word_file(paragraph("x" * 30_000_000)), "times its size"),
    ],
)
def test_unreadable_files_say_why(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as caught:
        read_docx_blocks(data)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.xml", "/word/document.xml", "word\\document.xml"])
def test_a_part_that_stands_in_the_file_twice_is_refused(name: str) -> None:
    """Each program takes another of the two, so the other side may see words that we do not."""
    with pytest.raises(UnreadableFile, match=r"document.xml twice"):
        read_docx_blocks(twice(word_file(paragraph("ours")), name, document(paragraph("theirs"))))


def test_a_picture_that_stands_in_the_file_twice_is_none_of_our_business() -> None:
    data = word_file(paragraph("x"), parts={"word/media/a.png": b"a"})
    assert read_docx_blocks(twice(data, "word/media/a.png", "b"))[0][0].runs[0].text == "x"


def twice(data: bytes, name: str, content: str) -> bytes:
    """The file with one more part, whatever it is called."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.writestr(name, content)
    return buffer.getvalue()


def test_control_characters_of_a_broken_part_are_left_out() -> None:
    main = document(paragraph("a b")).replace("a b", "a&#1; b&#xFFFF;")
    assert read_docx_blocks(word_file(main=main))[0][0].runs[0].text == "a b"


def test_too_many_parts() -> None:
    with pytest.raises(UnreadableFile, match="parts"):
        read_docx_blocks(archive({f"{index}": "" for index in range(20_001)}))


def test_broken_xml_is_read_up_to_the_damage() -> None:
    blocks, warnings = read_docx_blocks(
        word_file(main=document(paragraph("saved")).replace("<w:sectPr/>", "<w:p><w:r>"))
    )
    assert blocks[0].runs[0].text == "saved"
    assert "damaged" in warnings[0]


def test_broken_secondary_parts_only_warn() -> None:
    blocks, warnings = read_docx_blocks(
        word_file(listed("x"), parts={"numbering": "<broken", "styles": b"\xff\xfe\x00"})
    )
    assert blocks[0].runs[0].text == "x"
    assert len(warnings) == 2


def test_missing_parts_and_broken_relations() -> None:
    relations = '<Relationship Id="s" Type="x/styles" Target="../../gone.xml"/><Relationship/>'
    blocks, _ = read_docx_blocks(word_file(paragraph("x"), relations=relations))
    assert blocks[0].runs[0].text == "x"


def test_deep_nesting() -> None:
    depth = 600
    deep = "<w:sdt><w:sdtContent>" * depth + paragraph("deep") + "</w:sdtContent></w:sdt>" * depth
    assert read_docx_blocks(word_file(deep))[0][0].runs[0].text == "deep"
    cells = "<w:tbl><w:tr><w:tc>" * 400 + paragraph("cell") + "</w:tc></w:tr></w:tbl>" * 400
    assert read_docx_blocks(word_file(cells))[0][0].cell == (399, 0, 0)
    boxes = "<w:p><w:r><w:txbxContent>" * 300 + paragraph("box") + "</w:txbxContent></w:r></w:p>" * 300
    assert read_docx_blocks(word_file(boxes))[0][0].runs[0].text == "box"


def test_cost_grows_with_length_not_faster() -> None:
    small, large = (
        word_file((listed(inserted("word " * 9)) + paragraph(run("text"))) * n, parts=PARTS) for n in (500, 4000)
    )
    read_docx_blocks(small)
    started = time.perf_counter()
    read_docx_blocks(small)
    middle = time.perf_counter()
    read_docx_blocks(large)
    assert time.perf_counter() - middle < 40 * (middle - started)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_packages_never_break_out(data: st.DataObject) -> None:
    mutated = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 8))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(mutated)))
    _try(bytes(mutated))
    _try(bytes(mutated[:cut]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_xml_never_breaks_out(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["document", "numbering", "styles"]))
    sources = {"document": document(BODY), **PARTS}
    source = sources[name]
    start = data.draw(st.integers(0, len(source) - 1))
    patch = data.draw(st.sampled_from(["", "<", "/>", "&x;", '"', "w:val", "-1", "</w:p>", "<w:p>", "<w:tc>", "\x01"]))
    changed = source[:start] + patch + source[start + data.draw(st.integers(0, 5)) :]
    if name == "document":
        _try(word_file(main=changed, parts=PARTS))
    else:
        _try(word_file(BODY, parts={**PARTS, name: changed}))


ODD = st.sampled_from(
    ["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:ins", "w:del", "w:sdt", "w:fldSimple", "w:pPr", "w:rPr",
     "w:numPr", "w:moveTo", "w:hyperlink",
     "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:ruby", "w:t", "w:instrText"]
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.just("word"),
        lambda inner: st.builds(lambda n, c: f"<{n}>{''.join(c)}</{n}>", ODD, st.lists(inner, max_size=4)),
        max_leaves=25,
    )
)
def test_elements_in_impossible_places(body: str) -> None:
    _try(word_file(f"{body}<w:p/>"))


def test_comment_range_without_paragraph() -> None:
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0">{paragraph("c")}</w:comment></w:comments>'
    body = '<w:commentRangeStart w:id="0"/>' + paragraph("a") + '<w:commentRangeEnd w:id="0"/>'
    blocks, _ = read_docx_blocks(word_file(body + paragraph("b"), parts={"comments": comments}))
    assert (blocks[0].comments[0].start, blocks[0].comments[0].end) == (0, 1)


def _try(data: bytes) -> None:
    try:
        blocks, warnings = read_docx_blocks(data)
    except UnreadableFile:
        return
    assert isinstance(warnings, list)
    for block in blocks:
        length = sum(len(run.text) for run in block.runs if run.change not in {"deleted", "moved_away"})
        assert all(0 <= comment.start <= comment.end <= length for comment in block.comments)
