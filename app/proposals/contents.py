"""The table of contents of a long proposal: a field that Word can update, with the lines that it will show."""

from __future__ import annotations

from collections.abc import Sequence

from app.word.house_style import HouseStyle
from app.word.xml import XML_SPACE, Element, run, value, w

HEADING = "Contents"


def contents(house: HouseStyle, entries: Sequence[tuple[str, str]], pages: Sequence[int] | None) -> list[Element]:
    """The heading and one line for each article.

    Args:
        house: The house style.
        entries: The bookmark and the heading of each article.
        pages: The page of each; None leaves pages out, and the lines are links only.
    """
    heading = w("p", w("pPr", value("pStyle", house.style("Part Heading"))), run(HEADING))
    lines = []
    for index, (bookmark, words) in enumerate(entries):
        link = w("hyperlink", run(words), anchor=bookmark, history=1)
        places: list[Element] = []
        if pages is not None:
            link.append(run("\t"))
            link.extend(_field(rf" PAGEREF {bookmark} \h ", run(str(pages[index]))))
            places = [w("tabs", w("tab", val="right", leader="dot", pos=house.text_width)), w("ind", right=0)]
        lines.append(w("p", w("pPr", value("pStyle", house.style("toc 1")), *places), link))
    code = r' TOC \o "1-1" \h \z ' if pages is not None else r' TOC \n \o "1-1" \h \z '
    *opening, end = _field(code)
    for place, element in enumerate(opening, start=1):
        lines[0].insert(place, element)
    lines[-1].append(end)
    return [heading, *lines]


def _field(code: str, *result: Element) -> list[Element]:
    """A field in pieces, as Word itself writes those of a table of contents."""
    instruction = w("instrText")
    instruction.text = code
    instruction.set(XML_SPACE, "preserve")
    begin, separate, end = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return [begin, w("r", instruction), separate, *result, end]
