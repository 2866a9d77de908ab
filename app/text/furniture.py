"""What a page carries besides the agreement: running headers, page numbers, line numbers, contents, indexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.text.labels import split_label

Numbered = tuple[int, str, bool]
"""Line number in the source, the line, and whether it belongs to a table of contents or an index."""

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—(\[]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—)\]]?(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*page)?|page\s+[ivxl]+",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,}|_{6,})\s*(?:[A-Z]-?)?(?:\d{1,4}|[ivxl]{1,6})?\s*(?:$|\s{3,})")
_LEADER_END = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,})\s*(?:\d{1,4}|[ivxl]{1,6})?\s*(?:$|\s{3,})")
_ENTRY = re.compile(r"\S.*?,\s?(?:Sec\.\s*\d|LOA|\d{1,3}[A-Z.\d]*T?)(?:[,\-]|\s|$)")


def without_furniture(pages: Sequence[Sequence[str]]) -> list[list[Numbered]]:
    """Take running headers, page numbers and line numbers away, and mark contents and indexes.

    Args:
        pages: Lines of each page; a text without form feeds is one page.
    """
    numbered: list[list[Numbered]] = []
    count = 0
    for page in pages:
        numbered.append([(count + index + 1, line, False) for index, line in enumerate(page)])
        count += len(page) - 1  # a form feed ends a page, not a line
    if len(numbered) > 1:
        numbered = [_without_line_numbers(page) for page in numbered]
        numbered = _without_running_lines(numbered)
    else:
        numbered = [_without_lone_page_numbers(numbered[0])]
    return [_with_contents(page) for page in numbered]


def page_key(line: str) -> str:
    """What a running line has in common from page to page: its words, without page numbers.

    A line that is nothing but a number of the agreement ("ARTICLE 12") keeps it, since the next page has another.
    """
    text = " ".join(line.split()).casefold()
    return text if split_label(line.strip()) else re.sub(r"\d+", "#", text)


def _without_running_lines(pages: list[list[Numbered]]) -> list[list[Numbered]]:
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({page_key(line) for _, line, _ in _edge(page)})
    often = 2 if len(pages) < 6 else max(3, len(pages) // 20)
    kept = []
    for page in pages:
        gone = {
            number
            for number, line, _ in _edge(page)
            if (edges[page_key(line)] >= often and len(line.split()) > 1) or _PAGE_NUMBER.fullmatch(line.strip())
        }
        kept.append([entry for entry in page if entry[0] not in gone])
    return kept


def _edge(page: Sequence[Numbered]) -> list[Numbered]:
    filled = [entry for entry in page if entry[1].strip()]
    return filled if len(filled) <= 6 else [*filled[:3], *filled[-3:]]


def _without_lone_page_numbers(page: list[Numbered]) -> list[Numbered]:
    """In text without page breaks only what nobody would write: "Page 31 of 45", "- 2 -" alone in a line."""
    sure = re.compile(r"(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—])", re.IGNORECASE)
    return [entry for entry in page if not sure.fullmatch(entry[1].strip())]


def _without_line_numbers(page: list[Numbered]) -> list[Numbered]:
    """Numbers 1, 2, 3 … down the left margin of a page."""
    found: list[tuple[int, re.Match[str]]] = []
    expected = 1
    for index, (_, line, _) in enumerate(page):
        match = re.match(r"\s{0,8}(\d{1,2})(?:\s{2,}|$)", line)
        if match and int(match[1]) == expected:
            found.append((index, match))
            expected += 1
    filled = sum(1 for _, line, _ in page if line.strip())
    if len(found) < 8 or len(found) < 0.4 * filled:
        return page
    cleaned = list(page)
    for index, match in found:
        number, line, contents = page[index]
        cleaned[index] = (number, " " * match.end() + line[match.end() :], contents)
    return cleaned


def _with_contents(page: list[Numbered]) -> list[Numbered]:
    filled = [line for _, line, _ in page if line.strip()]
    leaders = sum(1 for line in filled if _LEADER_END.search(line))
    entries = sum(1 for line in filled if _ENTRY.match(line.strip()) and not line.rstrip().endswith("."))
    columns = sum(1 for line in filled if re.search(r"\S\s{4,}\S", line))
    index = len(filled) > 10 and entries > 0.3 * len(filled) and columns > 0.3 * len(filled)
    if index or (filled and leaders > 0.4 * len(filled) and leaders > 3):
        return [(number, line, True) for number, line, _ in page]
    return [
        (number, line, bool(_LEADER_END.search(line)) and not line.strip().startswith("_")) for number, line, _ in page
    ]
