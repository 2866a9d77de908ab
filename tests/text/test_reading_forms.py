"""The same agreement gives the same provisions, whichever form it comes in."""

import io
import textwrap

import pytest
from docx import Document as WordDocument
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from app.text.document import Document
from app.text.reading import read_bytes, read_pasted

HEADING, PLAIN, ITEM, SUB = "heading", "plain", "item", "sub"
AGREEMENT = [
    (HEADING, "ARTICLE 31 NOTICE OF NEW TECHNOLOGY"),
    (
        PLAIN,
        "31.1 Notice. The Employer shall give the Union written notice at least 120 calendar days before it buys, "
        "leases, tests or materially changes an Automated System that touches the work of employees, and shall "
        "answer every question of the Union within ten working days.",
    ),
    (PLAIN, "31.2 Contents. The notice shall state, for each Automated System that the Employer means to use:"),
    (ITEM, "(a) the vendor, the name and the version of the system, and what the Employer expects to gain from it;"),
    (ITEM, "(b) the Worker Data that the system takes in, where it is kept, who may look at it, and:"),
    (SUB, "(i) how long it is kept before it is deleted from every place, copies held by a vendor included;"),
    (SUB, "(ii) whether any of it is used to train or to improve a system of the vendor or of anyone else; and"),
    (ITEM, "(c) the number of employees whose work is touched, by classification and by place of work."),
    (
        PLAIN,
        "The Employer shall not put the system to use before the period has run out, unless the Union agrees in "
        "writing; silence of the Union is no agreement, and a late notice starts the period anew.",
    ),
    (HEADING, "ARTICLE 32 HUMAN REVIEW"),
    (
        PLAIN,
        "32.1 No employee shall be disciplined, rated or paid less on automated evidence alone. A manager with "
        "authority to decide otherwise shall read the underlying file and shall sign the decision in person.",
    ),
    (PLAIN, "32.2 Disputes under this Article go to arbitration under Article 12 within 30 calendar days."),
]


def facts(document: Document) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.number, one.text, one.heading_path, one.lead_in) for one in document.provisions]


def one_line_each() -> str:
    return "\n".join(text for _, text in AGREEMENT)


def wrapped(width: int, *, blank: bool = False) -> str:
    indents = {HEADING: 0, PLAIN: 0, ITEM: 4, SUB: 8}
    parts = [
        textwrap.fill(
            text,
            width,
            initial_indent=" " * indents[kind],
            subsequent_indent=" " * (indents[kind] + (4 if kind in (ITEM, SUB) else 0)),
            break_on_hyphens=False,
        )
        for kind, text in AGREEMENT
    ]
    return ("\n\n" if blank else "\n").join(parts)


def paged() -> str:
    """As pdftotext gives it: pages of few lines, with header, footer and page number."""
    lines = wrapped(90).split("\n")
    pages = [lines[start : start + 9] for start in range(0, len(lines), 9)]
    header = "      2026 Agreement, Local 9 and the Employer"
    return "\f".join(
        "\n".join([header, "", *page, "", f"       Page {number} of {len(pages)}"])
        for number, page in enumerate(pages, start=1)
    )


def markdown() -> str:
    return "\n\n".join(
        f"## {text}" if kind == HEADING else text.replace("Notice.", "**Notice.**") for kind, text in AGREEMENT
    )


def pdf(*, size: float = 11, breaks: bool = False, space: float = 6) -> bytes:
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=size, leading=size * 1.25, spaceAfter=space)
    styles = {
        HEADING: ParagraphStyle("heading", parent=body, fontName="Times-Bold"),
        PLAIN: body,
        ITEM: ParagraphStyle("item", parent=body, leftIndent=40, firstLineIndent=-18),
        SUB: ParagraphStyle("sub", parent=body, leftIndent=70, firstLineIndent=-18),
    }
    flow: list[object] = []
    for index, (kind, text) in enumerate(AGREEMENT):
        if breaks and index % 4 == 3:
            flow.append(PageBreak())
        flow.append(Paragraph(text, styles[kind]))

    def furniture(canvas: object, template: object) -> None:
        if breaks:  # what stands once cannot be told from the agreement's own words
            canvas.drawString(72, 760, "2026 Agreement, Local 9 and the Employer")  # type: ignore[attr-defined]
        canvas.drawCentredString(306, 30, f"- {template.page} -")  # type: ignore[attr-defined]

    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=letter).build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def docx() -> bytes:
    word_file = WordDocument()
    for kind, text in AGREEMENT:
        word_file.add_paragraph(text, style="Heading 1" if kind == HEADING else None)
    target = io.BytesIO()
    word_file.save(target)
    return target.getvalue()


FORMS: dict[str, str | bytes] = {
    "pasted, wrapped at 72": wrapped(72),
    "pasted, wrapped at 100": wrapped(100),
    "pasted, an empty line between": wrapped(80, blank=True),
    "pasted, with pages": paged(),
    "pasted, Windows line ends": one_line_each().replace("\n", "\r\n"),
    "Markdown": markdown(),
    "PDF": pdf(),
    "PDF in large type": pdf(size=14),
    "PDF without space between paragraphs": pdf(space=0),
    "PDF over several pages": pdf(breaks=True),
    "UTF-16": one_line_each().encode("utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_provisions(form: str) -> None:
    expected = facts(read_pasted(one_line_each()))
    given = FORMS[form]
    document = read_pasted(given) if isinstance(given, str) else read_bytes(given, "agreement")
    assert facts(document) == expected


def test_a_word_file_gives_the_same_provisions() -> None:
    assert facts(read_bytes(docx(), "agreement.docx")) == facts(read_pasted(one_line_each()))


def test_the_provisions_are_what_a_person_would_cite() -> None:
    document = read_pasted(one_line_each())
    assert [provision.number for provision in document.provisions] == [
        "31.1", "31.2", "31.2(a)", "31.2(b)", "31.2(b)(i)", "31.2(b)(ii)", "31.2(c)", "", "32.1", "32.2",
    ]  # fmt: skip
    assert {provision.heading_path for provision in document.provisions} == {
        ("Article 31. NOTICE OF NEW TECHNOLOGY",),
        ("Article 32. HUMAN REVIEW",),
    }
