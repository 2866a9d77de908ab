"""The block in which both sides sign a tentative agreement and initial its articles."""

from __future__ import annotations

from collections.abc import Sequence

from app.word.house_style import HouseStyle
from app.word.xml import Element, run, value, w

_HEADING = "Tentative agreement"
_WORDS = "Signed as a tentative agreement, subject to ratification."
_ROWS = ("Signature", "Name", "Date")


def signature_block(house: HouseStyle, *, union: str, employer: str, articles: Sequence[str]) -> list[Element]:
    """Paragraphs and tables; `articles` are the headings to initial."""
    wide = house.text_width
    first = wide // 4
    columns = (first, (wide - first) // 2, wide - first - (wide - first) // 2)
    narrow = wide // 6
    initials = (wide - 3 * narrow, narrow, narrow, narrow)
    return [
        _paragraph(house, "Part Heading", _HEADING),
        _paragraph(house, "Body Text", _WORDS, keep=True),
        _table(
            house,
            columns,
            [("", f"For {union}", f"For {employer}"), *((name, "", "") for name in _ROWS)],
            caption="Signatures",
            description="One row each for signature, name and date; one column for each side.",
            height=620,
        ),
        _paragraph(house, "Part Heading", "Initials"),
        _table(
            house,
            initials,
            [("Article", "Union", "Employer", "Date"), *((name, "", "", "") for name in articles)],
            caption="Initials",
            description="One row for each article; columns for the initials of each side and the date.",
            height=480,
        ),
        _paragraph(house, "Body Text", ""),
    ]


def _paragraph(house: HouseStyle, style: str, words: str, *, keep: bool = False) -> Element:
    properties = w(
        "pPr", value("pStyle", house.style(style)), w("keepNext") if keep else None, w("suppressLineNumbers")
    )
    return w("p", properties, run(words) if words else None)


def _table(
    house: HouseStyle,
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    description: str,
    height: int,
) -> Element:
    properties = w(
        "tblPr",
        value("tblStyle", house.style("Table Grid")),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        value("tblCaption", caption),
        value("tblDescription", description),
    )
    table = w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)))
    for number, row in enumerate(rows):
        heading, last = not number, number == len(rows) - 1
        size = None if heading else w("trHeight", val=height, hRule="atLeast")
        made = w("tr", w("trPr", w("cantSplit"), size, w("tblHeader") if heading else None))
        for column, (width, words) in enumerate(zip(widths, row, strict=True)):
            bold = (w("b"), w("bCs")) if heading or not column else ()
            cell = w(
                "p",
                w("pPr", value("pStyle", house.style("Table Text")), None if last else w("keepNext")),
                run(words, *bold) if words else None,
            )
            made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa"), value("vAlign", "center")), cell))
        table.append(made)
    return table
