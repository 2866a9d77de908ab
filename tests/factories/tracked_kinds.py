"""Word files with tracked changes of every kind: what they show with all changes accepted, and with all rejected."""

from __future__ import annotations

from tests.factories.word_files import WHO, deleted, inserted, level, listed, numbering, paragraph, run
from tests.factories.word_kinds import DECIMAL, Kind, cell, kind_of, row, table

_STATED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'


def tracked_kinds() -> list[Kind]:
    """Tracked changes."""
    bold = f'<w:b/><w:rPrChange w:id="5" {WHO}><w:rPr/></w:rPrChange>'
    was_plain = f'<w:pPrChange w:id="6" {WHO}><w:pPr/></w:pPrChange>'
    was_letter = f'<w:pPrChange w:id="6" {WHO}><w:pPr>{_STATED.format(2)}</w:pPr></w:pPrChange>'
    letters = numbering(DECIMAL, level(0, "lowerLetter", "(%1)"))
    gone, new = f'<w:del w:id="31" {WHO}/>', f'<w:ins w:id="32" {WHO}/>'
    return [
        kind_of(
            "inserted and deleted words",
            paragraph(run("shall ") + deleted("notify") + inserted("tell") + run(" us")),
            "shall tell us",
            before="shall notify us",
        ),
        kind_of(
            "numbered paragraph deleted",
            listed("a") + listed(deleted("b"), mark="del") + listed("c"),
            "1. a\n2. c",
            DECIMAL,
            before="1. a\n2. b\n3. c",
        ),
        kind_of(
            "numbered paragraph inserted",
            listed("a") + listed(inserted("b"), mark="ins") + listed("c"),
            "1. a\n2. b\n3. c",
            DECIMAL,
            before="1. a\n2. c",
        ),
        kind_of(
            "paragraphs joined",
            paragraph("one ", mark="del") + paragraph("two") + paragraph("three"),
            "one two\nthree",
            before="one\ntwo\nthree",
        ),
        kind_of(
            "paragraph split",
            paragraph("one ", mark="ins") + paragraph("two") + paragraph("three"),
            "one\ntwo\nthree",
            before="one two\nthree",
        ),
        kind_of(
            "paragraph moved",
            _moved("From", "moved") + paragraph("stays") + _moved("To", "moved") + paragraph("end"),
            "stays\nmoved\nend",
            before="moved\nstays\nend",
        ),
        kind_of(
            "list items moved",
            _moved("From", "a", _STATED.format(1)) + listed("b") + _moved("To", "a", _STATED.format(1)) + listed("c"),
            "1. b\n2. a\n3. c",
            DECIMAL,
            before="1. a\n2. b\n3. c",
        ),
        kind_of(
            "rows inserted and deleted",
            table(
                row("a"), row(deleted_cell("b"), properties=gone), row(cell(paragraph(inserted("c"))), properties=new)
            ),
            "a\nc",
            before="a\nb",
        ),
        kind_of(
            "a whole table inserted",
            paragraph("a") + table(row(cell(paragraph(inserted("x"))), properties=new)) + paragraph("b"),
            "a\nx\nb",
            before="a\nb",
        ),
        kind_of(
            "rows deleted in a nested table",
            table(row(cell(table(row("in"), row(deleted_cell("out"), properties=gone)) + paragraph("after")))),
            "in\nafter",
            before="in\nout\nafter",
        ),
        kind_of("formatting changed", paragraph(run("plain ") + run("bold", bold)), "plain bold", before="plain bold"),
        kind_of(
            "numbering added",
            paragraph("a", properties=_STATED.format(1) + was_plain) + listed("b"),
            "1. a\n2. b",
            DECIMAL,
            before="a\n1. b",
        ),
        kind_of(
            "numbering changed",
            paragraph("a", properties=_STATED.format(1) + was_letter) + listed("b"),
            "1. a\n2. b",
            letters,
            before="(a) a\n1. b",
        ),
        kind_of(
            "deleted inside inserted",
            paragraph(run("a") + f'<w:ins w:id="41" {WHO}>{deleted("ghost")}</w:ins>' + run("b")),
            "ab",
            before="ab",
            because="its accept-all and reject-all leave the inner change open",
        ),
        kind_of(
            "changes in a content control and a hyperlink",
            paragraph(
                f"<w:sdt><w:sdtPr/><w:sdtContent>{inserted('new ')}{deleted('old ')}</w:sdtContent></w:sdt>"
                f'<w:hyperlink w:anchor="x">{deleted("there")}{inserted("here")}</w:hyperlink>'
            ),
            "new here",
            before="old there",
        ),
    ]


def _moved(direction: str, text: str, properties: str = "") -> str:
    """A paragraph that was moved, as Word writes it at one end: "From" or "To"."""
    number = 10 if direction == "From" else 20
    return (
        f'<w:moveFromRangeStart w:id="{number}" w:name="m1" {WHO}/>'.replace("From", direction)
        + f'<w:p><w:pPr>{properties}<w:rPr><w:move{direction} w:id="{number + 1}" {WHO}/></w:rPr></w:pPr>'
        f'<w:move{direction} w:id="{number + 2}" {WHO}>{run(text)}</w:move{direction}></w:p>'
        f'<w:move{direction}RangeEnd w:id="{number}"/>'
    )


def deleted_cell(text: str) -> str:
    """A cell of a row that is deleted as a whole."""
    return cell(paragraph(deleted(text), mark="del"))
