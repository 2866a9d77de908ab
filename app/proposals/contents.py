"""The table of contents of a long proposal: a field that Word can update, with the lines that it will show."""

from __future__ import annotations

from collections.abc import Sequence

from app.word.house_style import HouseStyle
from app.word.xml import Element, field, run, text, value, w

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
        stops = None
        if pages is not None:
            link.append(run("\t"))
            link.append(field(rf"PAGEREF {bookmark} \h", run(str(pages[index]))))
            stops = w("tabs", w("tab", val="right", leader="dot", pos=house.text_width))
        lines.append(w("p", w("pPr", value("pStyle", house.style("toc 1")), stops), link))
    code = w("instrText")
    code.text = r' TOC \o "1-1" \h \z ' if pages is not None else r' TOC \n \o "1-1" \h \z '
    code.attrib.update(text(code.text).attrib)
    for place, kind in enumerate(("begin", "", "separate"), start=1):
        lines[0].insert(place, w("r", w("fldChar", fldCharType=kind) if kind else code))
    lines[-1].append(w("r", w("fldChar", fldCharType="end")))
    return [heading, *lines]
