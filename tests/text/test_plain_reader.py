"""Text with hard line breaks, page furniture and Markdown's marks, back to paragraphs."""

import time

import pytest

from app.text.plain_reader import read_plain_blocks

FILL = "and the Employer shall answer the Union within ten working days of it"


def texts(text: str, *, markdown: bool = False) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in read_plain_blocks(text, markdown=markdown)]


def wrapped(*lines: str) -> str:
    """The lines after enough wrapped text that the reader knows the width."""
    return "\n".join(
        [f"The Employer shall give notice of every system that it buys or leases, {FILL}", f"{FILL}."] * 3
        + ["", *lines]
    )


JOINED = [
    (["Notice is given of systems that touch the work of all", "employees."], 1, "a wrapped sentence"),
    (["(a) the vendor of the system, its name, its version, and its price for each of", "(b) employees."], 2, "items"),
    (["One paragraph ends here.", "", "Another begins."], 2, "an empty line"),
    (["A short line ends here.", "Another begins."], 2, "a short last line"),
    (["• the vendor", "• the price"], 2, "bullets"),
    (
        ["as is provided in every case that is not excluded by the terms agreed in", "Section 6 of this Article."],
        1,
        "a reference",
    ),
]


@pytest.mark.parametrize(("lines", "count", "why"), JOINED, ids=[row[2] for row in JOINED])
def test_lines_become_paragraphs(lines: list[str], count: int, why: str) -> None:
    assert len(texts(wrapped(*lines))) - len(texts(wrapped())) == count, why


HYPHENS = [
    ("auto-", "mated decisions are explained", "automated decisions", "a word divided at the line's end"),
    ("safety-", "sensitive work is explained", "safety-sensitive work", "a compound whose halves are words here"),
    ("non-", "bargaining employees are told", "non-bargaining employees", "a prefix that keeps its hyphen"),
]


@pytest.mark.parametrize(("end", "start", "expected", "why"), HYPHENS, ids=[row[3] for row in HYPHENS])
def test_hyphens_at_line_ends(end: str, start: str, expected: str, why: str) -> None:
    text = wrapped(
        "Work that is sensitive for safety is known to the Employer, who tells of it and of", f"{end}\n{start}."
    )
    assert expected in texts(text)[-1], why


def test_a_word_divided_for_ever_does_not_cost_its_square() -> None:
    assert texts("a-\n" * 20_000)  # took twenty seconds when each line searched all lines before it


def page(number: int, *body: str) -> str:
    return "\n".join(["Local 9 Agreement 2026", "", *body, "", f"Article of page {number}", str(number)])


def test_running_headers_and_page_numbers_go() -> None:
    pages = [page(number, f"Words of page {number} are kept, {FILL}.") for number in range(1, 9)]
    assert texts("\f".join(pages)) == [f"Words of page {number} are kept, {FILL}." for number in range(1, 9)]


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    first = page(1, f"The Employer shall tell the Union of every system, {FILL},")
    second = page(2, "in writing.")
    assert texts(f"{first}\f{second}") == [f"The Employer shall tell the Union of every system, {FILL}, in writing."]


def test_the_same_article_heading_at_the_top_of_two_pages_stays() -> None:
    pages = [
        f"ARTICLE {number}\n\nThe Employer shall keep promise {number} in full, {FILL}.\n" for number in range(1, 9)
    ]
    assert texts("\f".join(pages))[::2] == [f"ARTICLE {number}" for number in range(1, 9)]


def test_line_numbers_down_the_margin_go() -> None:
    rows = [
        f"{row:<5}The Employer shall keep promise {'abcdefghijklmnopqrstuvwx'[row - 1]} in full."
        for row in range(1, 21)
    ]
    found = " ".join(texts(f"{chr(10).join(rows)}\f{chr(10).join(rows)} Really."))
    assert not any(character.isdigit() for character in found)


@pytest.mark.parametrize("line", ["Page 31 of 45", "- 2 -", "page 7"])
def test_lone_page_numbers_go_without_page_breaks_too(line: str) -> None:
    assert texts(f"The Employer shall\n{line}\ngive notice.") == ["The Employer shall give notice."]


CONTENTS = [
    ("ARTICLE 1 NOTICE ................ 3", "dot leaders"),
    ("ARTICLE 1 NOTICE . . . . . . . . 3", "spaced leaders"),
    ("TABLE OF CONTENTS\nNotice 3\nReview 4", "page numbers beneath a title"),
]


@pytest.mark.parametrize(("text", "why"), CONTENTS, ids=[row[1] for row in CONTENTS])
def test_contents_are_marked(text: str, why: str) -> None:
    blocks = read_plain_blocks(f"{text}\n\nThe Employer shall give notice.", markdown=False)
    assert [block.contents for block in blocks] == [True] * (len(blocks) - 1) + [False], why


def test_an_index_in_two_columns_is_marked() -> None:
    rows = [
        f"  Subject {letter}, {number}" + " " * 20 + f"Other {letter}, {number}.2"
        for number, letter in enumerate("abcdefghijklmn", 1)
    ]
    assert all(block.contents for block in read_plain_blocks("\n".join(rows), markdown=False))


MARKDOWN = [
    ("**Notice.** The *Employer* shall.", ["Notice. The Employer shall."], "emphasis"),
    ("See [Article 5](https://example.org/a_(b)).", ["See Article 5."], "a link"),
    ("# Title\n\nWords\ngo on.", ["Title", "Words go on."], "a heading, and a soft line break"),
    ("Title\n=====\nWords.", ["Title", "Words."], "an underlined heading"),
    ("1\\. No list.", ["1. No list."], "an escape"),
    ("- one\n- two", ["one", "two"], "bullets"),
    ("1. One\n   (a) first\n2. Two", ["1. One", "(a) first", "2. Two"], "numbers are kept, they are cited"),
    ("| A | B |\n|---|---|\n| c | d |", ["A", "B", "c", "d"], "a table"),
    ("snake_case_name and 2 * 3 * 4", ["snake_case_name and 2 * 3 * 4"], "marks that are none"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MARKDOWN, ids=[row[2] for row in MARKDOWN])
def test_markdown(text: str, expected: list[str], why: str) -> None:
    assert texts(text, markdown=True) == expected, why


def test_a_markdown_table_names_its_columns() -> None:
    blocks = read_plain_blocks("| Step | Days |\n|---|---|\n| First | 10 |", markdown=True)
    assert [(block.cell, block.cell_header) for block in blocks[2:]] == [((0, 1, 0), "Step"), ((0, 1, 1), "Days")]


def test_a_paragraph_of_very_many_lines_costs_no_square() -> None:
    started = time.perf_counter()
    (block,) = read_plain_blocks("the notice is well-\nknown\n" * 50_000, markdown=False)
    assert time.perf_counter() - started < 20
    assert block.runs[0].text.count("well-known") == 50_000
