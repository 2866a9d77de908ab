"""What a Word file holds that is not text is named, with its place; what is tracked without a word changing, too."""

from __future__ import annotations

import pytest

from app.text.document import FormatChange
from app.text.reading import read_bytes
from tests.factories.word_files import (
    NAMESPACES,
    WHO,
    R,
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
from tests.factories.word_kinds import cell, field, row, style, table

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = f'<w:r><w:drawing><a:blip xmlns:a="{A}" r:embed="p"/></w:drawing></w:r>'
LINKED = PICTURE.replace("r:embed", "r:link")
OBJECT = '<w:r><w:object><v:shape><v:imagedata r:id="p"/></v:shape></w:object></w:r>'


def warnings(body: str, **parts: str) -> list[str]:
    return list(read_bytes(word_file(paragraph("First.") + body, parts=parts), "a.docx").warnings)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"<w:p>{run('a ')}{PICTURE}</w:p>", "A picture was not read (paragraph 2)"),
        (f"<w:p>{run('a ')}{PICTURE}</w:p>" * 7, "7 pictures were not read (paragraph 2; paragraph 3; paragraph 4; "
         "paragraph 5; paragraph 6; and 2 more)"),
        (table(row(cell(f"<w:p>{run('a')}{PICTURE}</w:p>"))), "(table 1, row 1, column 1)"),
        (f"<w:p>{run('a ')}{LINKED}</w:p>", "kept outside the file was not fetched (paragraph 2)"),
        (f"<w:p>{run('a ')}{OBJECT}</w:p>", "An embedded object was not opened (paragraph 2)"),
        (f"<w:p>{run('a ')}<w:r><w:control r:id='p'/></w:r></w:p>", "An active control was not run (paragraph 2)"),
        ("<w:altChunk r:id='p'/>", "embedded in the file and was not read"),
        (f"<w:p>{field('TOC', run('Notice 1'))}</w:p>", "A table of contents or an index was left out"),
        (paragraph(f'<w:fldSimple w:instr="INDEX"><w:r><w:t>pay 3</w:t></w:r></w:fldSimple>{run("x")}'),
         "A table of contents or an index was left out, as it repeats what stands elsewhere (paragraph 2)"),
        (f"<w:p>{run('a ')}{field('DDEAUTO cmd', run('shown last'))}</w:p>", "nothing was fetched (paragraph 2)"),
        (f"<w:p>{run('a ')}{field('INCLUDETEXT http://x.example/a.docx', run('shown'))}</w:p>", "nothing was fetched"),
        (f"<w:p>{run('a ')}{field('LISTNUM', None)}</w:p>", "LISTNUM or AUTONUM field and is missing here"),
        (f"<w:p>{field('LISTNUM', None)}{run(' a')}</w:p>", "AUTONUM field and is missing here (paragraph 2)"),
        (f"<w:p>{run('a ')}<w:fldSimple w:instr='AUTONUM'/></w:p>", "AUTONUM field and is missing here (paragraph 2)"),
        (f"<w:p>{field('AUTONUM', None)}{run(' a')}</w:p>", "stores none, and was worked out here (paragraph 2)"),
        (f"<w:p>{run('a ')}{field('EQ x', None)}</w:p>", "A formula (an EQ field) is missing here"),
        (f"<w:p>{run('a ')}<w:r><w:contentPart r:id='p'/></w:r></w:p>", "A picture was not read (paragraph 2)"),
        (f"<w:p>{run('a ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}"
         "</w:sdtContent></w:sdt></w:p>", "is empty and shows only its prompt, which was read as text (paragraph 2)"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named_with_its_place(body: str, says: str) -> None:
    assert any(says in warning for warning in warnings(body + paragraph("Last."))), warnings(body + paragraph("Last."))


def test_an_embedded_object_is_not_counted_as_a_picture_too() -> None:
    assert len(warnings(f"<w:p>{run('a ')}{OBJECT}</w:p>")) == 1


def test_words_in_neither_version_are_told() -> None:
    """One person inserted them, another struck them out: accepting and rejecting everything both lose them."""
    nested = f'<w:ins w:id="3" {WHO}>{deleted("or at its sole discretion")}</w:ins>'
    (warning,) = warnings(paragraph(run("The Employer shall tell the Union ") + nested + run(".")))
    assert "neither version" in warning
    assert "paragraph 2: “or at its sole discretion”" in warning


def test_every_place_of_hidden_text_is_named() -> None:
    hidden = "<w:vanish/>"
    body = paragraph(run("seen ") + run("the floor", hidden) + run(" is 3 %", hidden)) + paragraph("plain")
    body += table(row(cell(paragraph(run("x") + run("do not tell", hidden)))))
    (warning,) = warnings(body)
    assert "in 2 places (paragraph 2: “the floor is 3 %”; table 1, row 1, column 1: “do not tell”)" in warning


def test_hidden_words_before_a_style_separator_have_the_place_of_their_line() -> None:
    separator = f"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{run('Notice. ')}"
    body = f"{separator}{run('secret', '<w:vanish/>')}</w:p>{paragraph('The Employer shall tell.')}"
    assert any("paragraph 2: “secret”" in warning for warning in warnings(body))


def test_a_template_elsewhere_is_named_and_not_fetched() -> None:
    data = word_file(
        paragraph("Words."),
        parts={
            "settings": f"<w:settings {NAMESPACES}/>",
            "word/_rels/settings.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="t" Type="{R}/attachedTemplate" Target="http://x.example/t.dotm" '
                'TargetMode="External"/></Relationships>'
            ),
        },
    )
    assert any("http://x.example/t.dotm" in each and "not fetched" in each for each in read_bytes(data, "a").warnings)


BOLD = f'<w:b/><w:rPrChange w:id="5" {WHO}><w:rPr/></w:rPrChange>'


def test_tracked_formatting_has_place_author_and_date() -> None:
    body = paragraph("First.") + paragraph(
        run("The Employer ")
        + deleted("may ")
        + inserted("shall ")
        + run("always ", BOLD)
        + run("tell", BOLD)
        + run(" the Union."),
        properties=f'<w:pPrChange w:id="6" {WHO}><w:pPr/></w:pPrChange>',
    )
    document = read_bytes(word_file(body), "a.docx")
    said = [(change.kind, document.text[change.start : change.end]) for change in document.formatting]
    assert said == [("characters", "always tell"), ("paragraph", "The Employer shall always tell the Union.")]
    assert {(change.author, change.date) for change in document.formatting} == {("Ann", "2026-01-02T03:04:05Z")}
    assert document.before is not None
    assert document.before.formatting == ()


def test_formatting_alone_is_no_change_of_the_text() -> None:
    document = read_bytes(word_file(paragraph(run("The Union agrees.", BOLD))), "a.docx")
    assert (document.before, document.tracked) == (None, ())
    assert document.formatting == (FormatChange("characters", 0, 17, "Ann", "2026-01-02T03:04:05Z"),)


def test_formatting_of_tables_and_sections_is_tracked_too() -> None:
    changed = f'<w:{{}}PrChange w:id="7" {WHO}><w:{{}}Pr/></w:{{}}PrChange>'
    cells = f"<w:tc><w:tcPr>{changed.format('tc', 'tc', 'tc')}</w:tcPr>{paragraph('Rate')}</w:tc>"
    rows = f"<w:tr><w:trPr>{changed.format('tr', 'tr', 'tr')}</w:trPr>{cells}</w:tr>"
    body = f"<w:tbl><w:tblPr>{changed.format('tbl', 'tbl', 'tbl')}</w:tblPr>{rows}</w:tbl>"
    body += paragraph("Words.", properties=f"<w:sectPr>{changed.format('sect', 'sect', 'sect')}</w:sectPr>")
    kinds = [change.kind for change in read_bytes(word_file(body), "a.docx").formatting]
    assert kinds == ["table", "table", "table", "section"]


def test_formatting_of_the_last_section_a_row_and_a_merged_cell_is_tracked() -> None:
    changed = f'<w:{{}}PrChange w:id="7" {WHO}><w:{{}}Pr/></w:{{}}PrChange>'
    merged = cell("Rate", f'<w:cellMerge w:id="8" {WHO} w:vMerge="cont"/>')
    rows = f"<w:tr><w:tblPrEx>{changed.format(*['tblPrEx'] * 3).replace('PrExPr', 'PrEx')}</w:tblPrEx>{merged}</w:tr>"
    section = f"<w:sectPr>{changed.format('sect', 'sect', 'sect')}</w:sectPr>"
    main = f"<w:document {NAMESPACES}><w:body>{table(rows)}{paragraph('Words.')}{section}</w:body></w:document>"
    document = read_bytes(word_file(main=main), "a.docx")
    said = [(each.kind, each.author, document.text[: each.end]) for each in document.formatting]
    assert said == [("table", "Ann", ""), ("table", "Ann", ""), ("section", "Ann", "Rate\nWords.")]


def test_numbering_that_was_added_or_renumbered_is_tracked_with_its_author() -> None:
    stated = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{}</w:numPr>'
    added = stated.format(f'<w:ins w:id="7" {WHO}/>')
    renumbered = stated.format(f'<w:numberingChange w:id="8" {WHO} w:original="%1:7:0:."/>')
    body = paragraph("One.", properties=added) + paragraph("Two.", properties=renumbered)
    document = read_bytes(word_file(body, parts={"numbering": numbering(level(0, "decimal", "%1."))}), "a.docx")
    said = [(each.kind, each.author, document.text[each.start : each.end]) for each in document.formatting]
    assert said == [("paragraph", "Ann", "One."), ("paragraph", "Ann", "Two.")]


def test_a_prompt_that_is_switched_off_is_no_prompt() -> None:
    off = f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{run("Words")}</w:sdtContent></w:sdt>'
    assert warnings(paragraph(off)) == []


def test_headers_footers_and_notes_show_their_numbers() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    header = f"<w:hdr {NAMESPACES}>{listed('Draft')}{paragraph('Round 3')}</w:hdr>"
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{listed("one")}{listed("two")}</w:footnote></w:footnotes>'
    body = paragraph(f"{run('Pay')}<w:r><w:footnoteReference w:id='2'/></w:r>")
    document = read_bytes(word_file(body, parts={"header": header, "footnotes": notes, "numbering": lists}), "a.docx")
    assert document.margins == ("1. Draft\nRound 3",)
    assert document.notes[0].text == "1. one\n2. two"
    assert "Round 3" not in document.text


def test_a_note_that_two_marks_claim_is_given_once() -> None:
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph("Since 2020.")}</w:footnote></w:footnotes>'
    mark = paragraph(f"{run('Pay')}<w:r><w:footnoteReference w:id='2'/></w:r>")
    document = read_bytes(word_file(mark * 2, parts={"footnotes": notes}), "a.docx")
    assert [note.text for note in document.notes] == ["Since 2020.", ""]


def test_contents_without_a_field_are_shown_and_no_provisions() -> None:
    """LibreOffice and Google Docs mark them by style, or by a content control."""
    sheet = styles(style("TOC1", "", name="toc 1"))
    by_style = paragraph("<w:r><w:t>Notice</w:t><w:tab/><w:t>3</w:t></w:r>", style="TOC1")
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    by_control = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Contents')}{paragraph('Pay')}</w:sdtContent></w:sdt>"
    body = by_style + by_control + paragraph("The Employer shall tell the Union.")
    document = read_bytes(word_file(body, parts={"styles": sheet}), "a.docx")
    assert [each.text for each in document.provisions] == ["The Employer shall tell the Union."]
    assert document.text.startswith("Notice 3\nContents\nPay\n")
    assert any("was not read as provisions" in warning for warning in document.warnings)
    misused = paragraph("The Employer shall tell the Union within 30 days.", style="TOC1")
    assert len(read_bytes(word_file(misused, parts={"styles": sheet}), "a.docx").provisions) == 1
