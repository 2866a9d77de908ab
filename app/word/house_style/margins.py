"""Headers and footers of one document: the letterhead with its blanks filled in.

A header may name `{{employer}}`, `{{union}}`, `{{unit}}`, `{{proposal}}`, `{{title}}`, `{{side}}`, `{{round}}`,
`{{date}}`, `{{time}}` and `{{version}}`. Where no header of a house style names any of them, our own two lines go
below each letterhead; where no footer counts pages, "Page x of y" goes below each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.word.house_style.style import HouseStyle, Margin
from app.word.xml import Element, clean, field, parse, q, run, serialise, text, value, w

BLANKS = ("employer", "union", "unit", "proposal", "title", "side", "round", "date", "time", "version")

_BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_BEFORE_LINE_NUMBERS = {
    q(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr")
}
_COUNTS_PAGES = re.compile(r"\s*PAGE\b")


def unknown_blanks(content: Element) -> list[str]:
    """Blanks of a header or footer that nobody can fill in."""
    return [
        name for each in content.iter(q("p")) for name in _BLANK.findall(paragraph_text(each)) if name not in BLANKS
    ]


def fill_margins(house: HouseStyle, values: Mapping[str, str]) -> tuple[Margin, ...]:
    """The headers and footers of a document; `values` holds every one of `BLANKS`."""
    parts = {margin: parse(margin.content) for margin in house.margins}
    headers = [root for margin, root in parts.items() if margin.place == "header"]
    footers = [root for margin, root in parts.items() if margin.place == "footer"]
    named = any(_BLANK.search(paragraph_text(each)) for root in parts.values() for each in root.iter(q("p")))
    counted = any(_counts_pages(root) for root in (*headers, *footers))
    for margin, root in parts.items():
        if margin.place == "header" and not named:
            _append(root, _our_lines(house))
        if margin.place == "footer" and not counted:
            _append(root, [_page_line(house)])
        for each in root.iter(q("p")):
            _fill(each, values)
            _without_line_number(each)
    made = [replace(margin, content=serialise(root)) for margin, root in parts.items()]
    for place, existing, lines in (
        ("header", headers, [] if named else _our_lines(house)),
        ("footer", footers, [] if counted else [_page_line(house)]),
    ):
        if not existing and lines:
            root = w("hdr" if place == "header" else "ftr", *lines)
            for each in root.iter(q("p")):
                _fill(each, values)
            made.append(Margin(place, "default", serialise(root)))
    return tuple(made)


def margin_texts(margins: tuple[Margin, ...]) -> list[str]:
    """Every line that headers and footers show."""
    return [paragraph_text(each) for margin in margins for each in parse(margin.content).iter(q("p"))]


def paragraph_text(paragraph: Element) -> str:
    """The words of a paragraph as they stand in the file."""
    pieces = []
    for element in paragraph.iter(q("t"), q("tab"), q("br")):
        if element.tag == q("t"):
            pieces.append(element.text or "")
        elif element.getparent().tag == q("r"):
            pieces.append("\t" if element.tag == q("tab") else "\n")
    return "".join(pieces)


def _counts_pages(root: Element) -> bool:
    codes = [each.get(q("instr"), "") for each in root.iter(q("fldSimple"))]
    codes += [each.text or "" for each in root.iter(q("instrText"))]
    return any(_COUNTS_PAGES.match(code) for code in codes)


def _fill(paragraph: Element, values: Mapping[str, str]) -> None:
    """Fill in the blanks; Word may have cut one into several runs."""
    pieces = list(paragraph.iter(q("t")))
    whole = "".join(each.text or "" for each in pieces)
    for found in reversed(list(_BLANK.finditer(whole))):
        start = 0
        words = clean(values.get(found[1], found[0])).replace("\n", " ").replace("\t", " ")
        for each in pieces:
            own = each.text or ""
            first, last = max(found.start() - start, 0), min(found.end() - start, len(own))
            start += len(own)
            if first < last:
                each.text, words = own[:first] + words + own[last:], ""
                each.attrib.update(text(f" {each.text} ").attrib)


def _without_line_number(paragraph: Element) -> None:
    """Lines of the body are numbered where that is asked for, those of a letterhead never."""
    properties = paragraph.find(q("pPr"))
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    if properties.find(q("suppressLineNumbers")) is None:
        place = sum(child.tag in _BEFORE_LINE_NUMBERS for child in properties)
        properties.insert(place, w("suppressLineNumbers"))


def _append(root: Element, lines: list[Element]) -> None:
    """Below the letterhead; an empty last paragraph, which Word wants behind a table, takes the first line."""
    last = root[-1] if len(root) else None
    if (
        last is not None
        and last.tag == q("p")
        and not paragraph_text(last)
        and not any(each.tag not in (q("pPr"), q("r")) for each in last)
        and not any(child.tag not in (q("rPr"), q("t")) for each in last.findall(q("r")) for child in each)
    ):
        root.remove(last)
    root.extend(lines)


def _our_lines(house: HouseStyle) -> list[Element]:
    rule = w("pBdr", w("bottom", val="single", sz=4, space=4, color="8A8F96"))
    return [
        _line(house, "header", run("{{employer}} and {{union}}\t{{proposal}}"), tab="right"),
        _line(house, "header", run("{{round}}, {{date}}\t{{version}}"), tab="right", border=rule),
    ]


def _page_line(house: HouseStyle) -> Element:
    page, pages = field("PAGE", run("1")), field("NUMPAGES", run("1"))
    return _line(house, "footer", run("\tPage "), page, run(" of "), pages, tab="center")


def _line(house: HouseStyle, style: str, *content: Element, tab: str, border: Element | None = None) -> Element:
    """A line with one tab stop, whatever stops the office's own style has."""
    at = house.text_width if tab == "right" else house.text_width // 2
    stops = {stop: w("tab", val="clear", pos=stop) for stop in _own_stops(house, style) if stop != at}
    stops[at] = w("tab", val=tab, pos=at)
    tabs = w("tabs", *(stops[key] for key in sorted(stops)))
    return w("p", w("pPr", value("pStyle", house.style(style)), border, tabs), *content)


def _own_stops(house: HouseStyle, style: str) -> set[int]:
    styles = {each.get(q("styleId")): each for each in house.style_sheet.iter(q("style"))}
    found: set[int] = set()
    at: str | None = house.style(style)
    seen: set[str | None] = set()
    while at in styles and at not in seen:
        seen.add(at)
        found |= {int(stop.get(q("pos"))) for stop in styles[at].iter(q("tab")) if stop.get(q("val")) != "clear"}
        parent = styles[at].find(q("basedOn"))
        at = parent.get(q("val")) if parent is not None else None
    return found
