"""What a Word file shows comes out as blocks: nothing lost, nothing twice."""

from __future__ import annotations

import pytest

from app.text.document import Block
from app.text.docx_reader import read_docx, read_docx_blocks
from tests.factories.word_files import (
    NAMESPACES,
    WHO,
    deleted,
    document,
    inserted,
    paragraph,
    run,
    styles,
    word_file,
)


def read(body: str, **parts: str) -> list[Block]:
    blocks, _ = read_docx_blocks(word_file(body, parts=parts))
    return blocks


def shown(block: Block, gone: tuple[str, ...] = ("deleted", "moved_away")) -> str:
    return "".join(run.text for run in block.runs if run.change not in gone)


def texts(body: str, **parts: str) -> list[str]:
    return [shown(block) for block in read(body, **parts)]


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def field(code: str, result: str | None) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    middle = mark("separate") + result if result is not None else ""
    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{middle}{mark('end')}"


BOX = "<w:txbxContent>{}</w:txbxContent>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("a") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>", "a\tb\nc\n"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>erate</w:t></w:r>", "co-operate"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
        (
            '<mc:AlternateContent><mc:Choice Requires="w16se"><w:r><w16se:symEx w16se:font="Segoe UI" '
            'w16se:char="2612"/></w:r></mc:Choice><mc:Fallback><w:r><w:t>?</w:t></w:r></mc:Fallback></mc:AlternateContent>',
            "☒",
        ),
        (run("o", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') + run("o"), "☐o"),
        ('<w:r><w:sym w:font="Symbol" w:char="zz"/><w:t>x</w:t></w:r>', "x"),
        (f'<w:hyperlink r:id="none">{run("link")}</w:hyperlink>', "link"),
        (f'<w:smartTag w:element="x"><w:customXml>{run("smart")}</w:customXml></w:smartTag>', "smart"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('control')}</w:sdtContent></w:sdt>", "control"),
        ("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>", "x+y"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "漢 (kan)",
        ),
        (f'<w:fldSimple w:instr=" REF a ">{run("Article 4")}</w:fldSimple>', "Article 4"),
        (run("see ") + field(" REF a \\h ", run("Article 4")), "see Article 4"),
        (field(" IF " + "x", run("yes")), "yes"),
        (field("MACROBUTTON none Click here", None), "Click here"),
        (run("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("b"), "ab"),
        ("<w:r><w:t> kept out </w:t></w:r>", "kept out"),
    ],
)
def test_inline_content(content: str, text: str) -> None:
    assert texts(f"<w:p>{content}</w:p>") == [text]


def test_contents_tables_are_left_out_over_several_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = paragraph("Before") + f"<w:p>{begin}{run('One ... 3')}</w:p>{paragraph('Two ... 4')}<w:p>{end}</w:p>"
    assert texts(body + paragraph("After")) == ["Before", "After"]


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    box = BOX.format(paragraph("boxed"))
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
    both += f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert texts(f"<w:p>{run('host')}<w:r>{both}</w:r>{run(' goes on')}</w:p>{paragraph('next')}") == [
        "host goes on",
        "boxed",
        "next",
    ]
    unknown = both.replace('Requires="wps"', 'Requires="nobody"').replace("boxed", "first", 1)
    assert texts(f"<w:p><w:r>{unknown}</w:r></w:p>") == ["boxed"]


def test_block_content_controls_and_loose_text() -> None:
    assert texts(f"<w:sdt><w:sdtContent>{paragraph('a')}{paragraph('b')}</w:sdtContent></w:sdt>{run('loose')}") == [
        "a",
        "b",
        "loose",
    ]


def test_tables_have_coordinates_and_headings() -> None:
    head = row(cell("Grade"), cell("Rate", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
    body = row(cell("A"), cell("10"), cell(f"<w:tbl>{row(cell('inner'))}</w:tbl>{paragraph('11')}"))
    blocks = read(f"<w:tbl>{head}{body}</w:tbl>{paragraph('after')}")
    assert [(shown(block), block.cell, block.cell_header) for block in blocks] == [
        ("Grade", (0, 0, 0), ""),
        ("Rate", (0, 0, 1), ""),
        ("A", (0, 1, 0), "Grade"),
        ("10", (0, 1, 1), "Rate"),
        ("inner", (1, 0, 0), ""),
        ("11", (0, 1, 2), "Rate"),
        ("after", None, ""),
    ]
    assert blocks[3].place == "table 1, row 2, column 2"


def test_merged_cells_are_not_repeated() -> None:
    rows = row(cell("top", '<w:vMerge w:val="restart"/>'), cell("x")) + row(cell("top", "<w:vMerge/>"), cell("y"))
    assert texts(f"<w:tbl>{rows}</w:tbl>") == ["top", "x", "y"]


def test_words_that_a_merged_cell_covers_are_left_out_and_told() -> None:
    rows = row(cell("top", '<w:vMerge w:val="restart"/>'), cell("x")) + row(cell("under", "<w:vMerge/>"), cell("y"))
    data = word_file(f"<w:tbl>{rows}</w:tbl>")
    blocks, warnings = read_docx_blocks(data)
    assert [shown(block) for block in blocks] == ["top", "x", "y"]
    (warning,) = warnings
    assert "covers are not shown and were left out (table 1, row 2, column 1: “under”)" in warning


@pytest.mark.parametrize(
    ("paragraph_style", "character_style", "defaults", "direct", "is_shown"),
    [
        (False, False, False, "", True),
        (True, False, False, "", False),
        (False, True, False, "", False),
        (True, True, False, "", True),
        (True, True, True, "", False),
        (True, True, False, "<w:vanish/>", False),
        (True, False, False, '<w:vanish w:val="0"/>', True),
    ],
)
def test_what_two_styles_hide_is_shown(
    paragraph_style: bool, character_style: bool, defaults: bool, direct: str, is_shown: bool
) -> None:
    """Each style switches hiding over; the defaults of the file and the run itself do not (ECMA-376 part 1, 17.7.3)."""

    def hides(wanted: bool) -> str:
        return f"<w:rPr>{'<w:vanish/>' if wanted else ''}</w:rPr>"

    sheet = styles(
        f"<w:docDefaults><w:rPrDefault>{hides(defaults)}</w:rPrDefault></w:docDefaults>"
        f'<w:style w:type="paragraph" w:styleId="P">{hides(paragraph_style)}</w:style>'
        f'<w:style w:type="character" w:styleId="C">{hides(character_style)}</w:style>'
    )
    body = paragraph(run("words", f'<w:rStyle w:val="C"/>{direct}'), style="P")
    assert texts(body, styles=sheet) == (["words"] if is_shown else [])


def test_a_table_style_may_hide_words() -> None:
    sheet = styles('<w:style w:type="table" w:styleId="T"><w:rPr><w:vanish/></w:rPr></w:style>')
    hidden = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{row(cell("secret"))}</w:tbl>'
    plain = f"<w:tbl>{row(cell('seen'))}</w:tbl>"
    assert texts(hidden + plain + paragraph("after"), styles=sheet) == ["seen", "after"]


def test_tracked_changes_carry_kind_author_and_date() -> None:
    (block,) = read(f"<w:p>{run('shall ')}{deleted('notify')}{inserted('consult')}{run(' us')}</w:p>")
    assert [(run.text, run.change) for run in block.runs] == [
        ("shall ", None),
        ("notify", "deleted"),
        ("consult", "inserted"),
        (" us", None),
    ]
    assert (block.runs[1].author, block.runs[1].date) == ("Ann", "2026-01-02T03:04:05Z")


def test_moves_and_text_in_neither_view() -> None:
    away = f'<w:moveFrom w:id="1" {WHO}>{run("old")}</w:moveFrom>'
    here = f'<w:moveTo w:id="2" {WHO}>{run("new")}</w:moveTo>'
    neither = f'<w:ins w:id="3" {WHO}>{deleted("ghost")}</w:ins>'
    (block,) = read(f"<w:p>{away}{neither}{here}</w:p>")
    assert [(run.text, run.change) for run in block.runs] == [("old", "moved_away"), ("new", "moved_here")]


def test_paragraph_marks_are_tracked_and_stop_at_the_end_of_a_cell() -> None:
    blocks = read(paragraph("one ", mark="del") + paragraph("two", mark="ins") + paragraph("three"))
    assert [block.mark for block in blocks] == ["deleted", "inserted", None]
    table = f"<w:tbl>{row(cell(paragraph('a', mark='del')), cell('b'))}</w:tbl>"
    assert [block.mark for block in read(table)] == [None, None]


def test_tracked_rows_and_cells() -> None:
    gone = row(cell("old"), properties=f'<w:del w:id="1" {WHO}/>')
    new = row(cell("new"), properties=f'<w:ins w:id="2" {WHO}/>')
    part = row(cell("kept"), cell("cut", f'<w:cellDel w:id="3" {WHO}/>'))
    blocks = read(f"<w:tbl>{gone}{new}{part}</w:tbl>")
    assert [(block.runs[0].change, block.mark) for block in blocks] == [
        ("deleted", "deleted"),
        ("inserted", "inserted"),
        (None, None),
        ("deleted", "deleted"),
    ]


def test_style_separators_join_a_heading_with_its_text() -> None:
    heading = f"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{run('Notice. ')}</w:p>"
    assert texts(heading + paragraph("The Employer shall tell.")) == ["Notice. The Employer shall tell."]


def test_hidden_text_is_left_out_and_reported() -> None:
    blocks, warnings = read_docx_blocks(word_file(f"<w:p>{run('seen')}{run('secret floor', '<w:vanish/>')}</w:p>"))
    assert shown(blocks[0]) == "seen"
    assert any("secret floor" in warning and "paragraph 1" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        ('<w:name w:val="heading 2"/>', 2),
        ('<w:name w:val="Title"/>', 1),
        ('<w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>', 3),
        ('<w:name w:val="Own"/><w:basedOn w:val="H"/>', 1),
        ('<w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="x"/></w:pPr>', 0),
    ],
)
def test_headings_by_style(style: str, heading: int) -> None:
    sheet = styles(
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="berschrift">{style}</w:style>'
    )
    assert read(paragraph("A line of text.", style="berschrift"), styles=sheet)[0].heading_level == heading


def test_headings_by_look() -> None:
    body = (
        paragraph(run("Notice", "<w:b/>"))
        + paragraph("ARTICLE 9 HOURS")
        + paragraph("Ordinary text of some length. " * 9)
    )
    body += paragraph(run("Large", '<w:sz w:val="32"/>')) + paragraph(run("Signed: ", "<w:b/>"))
    assert [block.heading_level for block in read(body)] == [2, 1, 0, 1, 0]


def test_nothing_is_a_heading_where_everything_is_bold() -> None:
    assert {block.heading_level for block in read(paragraph(run("Bold", "<w:b/>")) * 5)} == {0}


def test_comments_and_notes_stand_apart_with_offsets() -> None:
    marked = (
        f"<w:p>{deleted('old ')}{run('The ')}<w:commentRangeStart w:id='0'/>{run('Employer')}"
        f"<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
        f"{run(' shall')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0" {WHO}>{paragraph("Who?")}</w:comment></w:comments>'
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph("Since 2020.")}</w:footnote></w:footnotes>'
    (block,) = read(marked, comments=comments, footnotes=notes)
    text = shown(block)
    (comment,), (note,) = block.comments, block.notes
    assert (comment.text, text[comment.start : comment.end], comment.author) == ("Who?", "Employer", "Ann")
    assert (note.kind, note.number, note.text, note.start) == ("footnote", "1", "Since 2020.", len(text))


def test_headers_and_footers_stand_apart() -> None:
    header = f"<w:hdr {NAMESPACES}>{paragraph('Round 3')}</w:hdr>"
    data = word_file(paragraph("text"), parts={"header": header})
    assert read_docx(data).margins == ["Round 3"]
    assert [shown(block) for block in read_docx_blocks(data)[0]] == ["text"]


def test_strict_edition_odd_prefixes_and_another_main_part() -> None:
    strict = document(paragraph("strict") + f"<w:p>{inserted('text')}</w:p>")
    strict = strict.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = strict.replace("xmlns:w=", "xmlns:odd=").replace("w:", "odd:")
    blocks, _ = read_docx_blocks(word_file(main=strict, main_name="content/letter.xml"))
    assert [(shown(block), block.runs[0].change) for block in blocks] == [("strict", None), ("text", "inserted")]


def test_macros_and_embedded_documents_are_named() -> None:
    data = word_file(paragraph("x") + '<w:altChunk r:id="a"/>', parts={"word/vbaProject.bin": b"x"})
    _, warnings = read_docx_blocks(data)
    assert any("macros" in warning for warning in warnings)
    assert any("embedded" in warning for warning in warnings)


def test_numbers_from_fields_are_reported() -> None:
    _, warnings = read_docx_blocks(word_file(f"<w:p>{field('LISTNUM NumberDefault', None)}{run('text')}</w:p>"))
    assert any("LISTNUM" in warning for warning in warnings)
