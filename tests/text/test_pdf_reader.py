"""What only a PDF has: columns, contents beside page numbers, rotated pages, many threads."""

import io
from concurrent.futures import ThreadPoolExecutor

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, SimpleDocTemplate

from app.text.reading import read_bytes

SENTENCE = (
    "The Employer shall give the Union written notice at least 120 calendar days before it buys or leases an Automated "
    "System that touches the work of employees, and shall answer every question."
)
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=5)


def agreement(articles: int, provisions: int) -> list[Paragraph]:
    flow = []
    for article in range(1, articles + 1):
        flow.append(Paragraph(f"ARTICLE {article} NOTICE", BODY))
        flow += [Paragraph(f"{article}.{one} {SENTENCE}", BODY) for one in range(1, provisions + 1)]
    return flow


def one_column(flow: list[object]) -> bytes:
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=letter).build(flow)
    return target.getvalue()


def test_two_columns_are_read_one_after_the_other() -> None:
    target = io.BytesIO()
    template = BaseDocTemplate(target, pagesize=letter)
    frames = [Frame(54, 54, 240, 690, id="left"), Frame(318, 54, 240, 690, id="right")]
    template.addPageTemplates([PageTemplate(id="two", frames=frames)])
    template.build(agreement(3, 7))
    document = read_bytes(target.getvalue(), "two.pdf")
    assert [one.number for one in document.provisions] == [f"{a}.{p}" for a in range(1, 4) for p in range(1, 8)]
    assert {one.text for one in document.provisions} == {SENTENCE}


def test_a_page_of_contents_gives_no_provisions() -> None:
    contents = [Paragraph(f"Article {one} Notice {'.' * 60} {one}", BODY) for one in range(1, 12)]
    data = one_column([Paragraph("TABLE OF CONTENTS", BODY), *contents, PageBreak(), *agreement(2, 2)])
    document = read_bytes(data, "contents.pdf")
    assert [one.number for one in document.provisions] == ["1.1", "1.2", "2.1", "2.2"]
    assert "Article 11 Notice" in document.text
    assert any("page 1" in warning for warning in document.warnings)


def test_places_name_the_page() -> None:
    document = read_bytes(one_column([*agreement(1, 1), PageBreak(), Paragraph(f"1.2 {SENTENCE}", BODY)]), "x.pdf")
    assert [one.place for one in document.provisions] == ["page 1", "page 2"]


def test_a_rotated_page_reads_as_it_is_shown() -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=letter)
    canvas.setPageRotation(90)
    canvas.translate(612, 0)
    canvas.rotate(90)
    for row, line in enumerate(["1. The Employer shall give notice.", "2. The Union may answer it in writing."]):
        canvas.drawString(72, 500 - 20 * row, line)
    canvas.showPage()
    canvas.save()
    document = read_bytes(target.getvalue(), "rotated.pdf")
    assert [(one.number, one.text) for one in document.provisions] == [
        ("1", "The Employer shall give notice."),
        ("2", "The Union may answer it in writing."),
    ]


def test_many_threads_may_read_at_once() -> None:
    data = one_column(agreement(2, 3))
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(read_bytes(data, "x.pdf").provisions), range(8)))
    assert counts == [6] * 8
