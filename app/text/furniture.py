"""What a page carries besides the agreement: running headers, page numbers, line numbers, contents, indexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from app.text.labels import split_label

Numbered = tuple[int, str, bool]
"""Line number in the source, the line, and whether it belongs to a table of contents or an index."""

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—(\[]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—)\]]?(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*page)?|page\s+[ivxl]+",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,})\s*(?:[A-Z]-?)?(?:\d{1,4}|[ivxl]{1,6})?\s*(?:$|\s{3,})")
_PAGE_AT_END = re.compile(r"(?<=[^\d.,$%\s]\s)\s*(\d{1,3}|[ivxl]{1,6})$")
_TITLE = re.compile(r"(?:table of )?contents|(?:subject )?index|tables? of articles", re.IGNORECASE)
_ENTRY = re.compile(r"\S.*?[^\W\d],\s?(?:Sec\.\s*\d|LOA|\d{1,3}[A-Z.\d]*T?)(?:[,\-]|\s|$)")


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
        numbered = _without_line_numbers(numbered)
        numbered = _without_running_lines(numbered)
    else:
        numbered = [_without_lone_page_numbers(numbered[0])]
    return [_with_contents(page) for page in numbered]


def page_key(line: str) -> str:
    """What a running line has in common from page to page: its words, without page numbers.

    A line that is nothing but a number of the agreement ("ARTICLE 12") keeps it, since the next page has another.
    """
    text = " ".join(line.split()).casefold()
    return text if split_label(line.strip()) or _is_sentence(text) else re.sub(r"\d+", "#", text)


def _without_running_lines(pages: list[list[Numbered]]) -> list[list[Numbered]]:
    edges = [{number: (place, page_key(line)) for place, (number, line, _) in _edge(page)} for page in pages]
    whole = Counter(key for edge in edges for key in {key for _, key in edge.values()})
    starts = Counter(start for edge in edges for start in {_start(place, key) for place, key in edge.values()})
    often = 2 if len(pages) < 6 else max(3, len(pages) // 20)
    kept = []
    for index, page in enumerate(pages):
        near = {
            entry
            for other in edges[max(0, index - 2) : index] + edges[index + 1 : index + 3]
            for entry in other.values()
        }
        gone = set()
        for number, line, _ in page:
            if number not in edges[index]:
                continue
            place, key = edges[index][number]
            repeated = whole[key] >= often or (place, key) in near
            repeated = repeated and (not _is_sentence(key) or whole[key] > max(3, 0.5 * len(pages)))
            start = _start(place, key)
            alike = "#" in start[1] and starts[start] > 0.5 * len(pages) and len(pages) > 5 and not _is_sentence(key)
            if _PAGE_NUMBER.fullmatch(line.strip()) or (len(key.split()) > 1 and (repeated or alike)):
                gone.add(number)
        kept.append([entry for entry in page if entry[0] not in gone])
    # Where every line recurs, as on copies of one page, the lines are the text itself.
    return kept if any(line.strip() for page in kept for _, line, _ in page) else pages


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 6 and text.endswith((".", ";", ":"))


def _start(place: int, key: str) -> tuple[int, str]:
    """How a running line begins where its words change with the chapter: "article #, holidays"."""
    return place, " ".join(key.split()[:2])


def _edge(page: Sequence[Numbered]) -> list[tuple[int, Numbered]]:
    """The first and last lines, each with its place: 0, 1, 2 from the top, -1, -2, -3 from the bottom."""
    filled = [entry for entry in page if entry[1].strip()]
    if len(filled) < 2:
        return [(-1, entry) for entry in filled]
    depth = min(3, len(filled) // 2)
    return [*enumerate(filled[:depth]), *((place - depth, entry) for place, entry in enumerate(filled[-depth:]))]


def _without_lone_page_numbers(page: list[Numbered]) -> list[Numbered]:
    """In text without page breaks only what nobody would write: "Page 31 of 45", "- 2 -" alone in a line."""
    sure = re.compile(r"(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—])", re.IGNORECASE)
    return [entry for entry in page if not sure.fullmatch(entry[1].strip())]


def _without_line_numbers(pages: list[list[Numbered]]) -> list[list[Numbered]]:
    """Numbers 1, 2, 3 … down the left margin, if at least every third page of some length has them."""
    margins = [_margin_numbers(page) for page in pages]
    full = [page for page in pages if _filled(page) > 12]
    numbered = sum(1 for page, found in zip(pages, margins, strict=True) if found and len(found) > 0.4 * _filled(page))
    if numbered < max(1, len(full) / 3):
        return pages
    cleaned = []
    for page, found in zip(pages, margins, strict=True):
        lines = list(page)
        for index, width in found if len(found) > 0.25 * _filled(page) else []:
            number, line, contents = page[index]
            lines[index] = (number, " " * width + line[width:], contents)
        cleaned.append(lines)
    return cleaned


def _margin_numbers(page: Sequence[Numbered]) -> list[tuple[int, int]]:
    """Which lines begin with a line number that counts on, and how wide it is."""
    found: list[tuple[int, int]] = []
    for index, (_, line, _) in enumerate(page):
        match = re.match(r"\s{0,8}(\d{1,2})(?:\s{2,}|$|(?<=\d\d) )", line)
        if match and int(match[1]) == len(found) + 1:
            found.append((index, match.end()))
    return found


def _filled(page: Sequence[Numbered]) -> int:
    return sum(1 for _, line, _ in page if line.strip())


def _with_contents(page: list[Numbered]) -> list[Numbered]:
    filled = [line for _, line, _ in page if line.strip()]
    leaders = sum(1 for line in filled if _LEADERS.search(line))
    entries = sum(1 for line in filled if _ENTRY.match(line.strip()) and not line.rstrip().endswith("."))
    columns = sum(1 for line in filled if re.search(r"\S\s{4,}\S", line))
    index = len(filled) > 10 and entries > 0.3 * len(filled) and columns > 0.3 * len(filled)
    if index or (leaders > 3 and leaders > 0.4 * len(filled)) or _counts_pages(filled):
        return [(number, line, True) for number, line, _ in page]
    listed: list[Numbered] = []
    titled = False  # beneath "TABLE OF CONTENTS", as long as lines end in page numbers
    misses = 0
    for number, line, _ in page:
        text = line.strip()
        if text:
            ends = bool(_PAGE_AT_END.search(text))
            misses = 0 if ends else misses + 1
            titled = bool(_TITLE.fullmatch(text)) or (titled and misses < 3)
        listed.append(
            (
                number,
                line,
                bool(_LEADERS.search(line)) or (titled and misses < 2 and not text.endswith((".", ";", ":"))),
            )
        )
    return listed


def _counts_pages(lines: Sequence[str]) -> bool:
    """Whether most lines end in page numbers that never go back, as a table of contents without dots does."""
    pages = [
        int(match[1]) for match in (_PAGE_AT_END.search(line.strip()) for line in lines) if match and match[1].isdigit()
    ]
    if len(pages) < 8 or len(pages) < 0.5 * len(lines):
        return False
    back = sum(1 for one, after in pairwise(pages) if after < one)
    return back <= 0.05 * len(pages) and pages[-1] > pages[0]
