"""Cross-references in a redline: once settled, each points to the paragraph that it pointed to in its own file."""

import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from tests.factories.redline_cases import field, table
from tests.factories.word_content import W, content, part
from tests.factories.word_files import paragraph, run, word_file
from tests.word.test_redline_files import assert_ids_are_single

CLAUSES = {
    "notice": "The Employer shall give notice before it buys a system.",
    "pilots": "No pilot begins before the bargaining has ended.",
    "records": "Records are kept for two years and shown on request.",
    "audits": "An audit takes place each year at the cost of the Employer.",
    "remedy": "A breach is subject to expedited arbitration.",
}


def marked(content_: str, name: str, number: int) -> str:
    """Content with a bookmark around it."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content_}<w:bookmarkEnd w:id="{number}"/>'


def agreement(clauses: Sequence[tuple[str, Sequence[str]]], *, first: int = 1, simple: bool = False) -> bytes:
    """A paragraph for each clause, with references to others; what is referred to is marked, named by its order."""
    order = [name for name, _ in clauses]
    wanted = [each for each in order if any(each in others for _, others in clauses)]
    names = {each: f"_Ref{first + place}" for place, each in enumerate(wanted)}
    body = ""
    for name, others in clauses:
        text = run(CLAUSES[name])
        for other in (each for each in others if each in order):
            code = rf"REF {names[other]} \n \h"
            shown = str(1 + order.index(other))
            text += run(" See section ")
            text += f'<w:fldSimple w:instr=" {code} ">{run(shown)}</w:fldSimple>' if simple else field(code, shown)
            text += run(".")
        body += paragraph(marked(text, names[name], 10 + order.index(name)) if name in names else text)
    return word_file(body)


def references(data: bytes) -> list[tuple[str, str | None]]:
    """For each reference, the words around it, and the words of the paragraph that it points to."""
    root = part(data, "word/document.xml")
    places = {each.get(f"{W}name"): each for each in root.iter(f"{W}bookmarkStart")}
    found = []
    for each in root.iter(f"{W}instrText", f"{W}fldSimple", f"{W}hyperlink"):
        code = (
            each.text if each.tag == f"{W}instrText" else each.get(f"{W}instr") or f"- {each.get(f'{W}anchor')}"
        ).split()
        target = places.get(code[1])
        found.append((words(each), None if target is None else words(target)))
    return found


def words(element) -> str:  # type: ignore[no-untyped-def]
    return "".join(each.text or "" for each in next(element.iterancestors(f"{W}p")).iter(f"{W}t"))


def assert_right(old: bytes, new: bytes) -> bytes:
    redline = redline_files(old, new)
    accepted, rejected = accept_all(redline), reject_all(redline)
    assert references(accepted) == references(new)
    assert references(rejected) == references(old)
    assert_ids_are_single(redline)
    names = [each.get(f"{W}name") for each in part(redline, "word/document.xml").iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    return redline


def test_a_reference_that_comes_brings_the_mark_of_what_it_points_to() -> None:
    old = agreement([("notice", []), ("records", []), ("remedy", ["notice"])])
    new = agreement([("notice", []), ("pilots", []), ("records", []), ("remedy", ["notice", "pilots", "records"])])
    assert_right(old, new)


def test_one_name_for_two_paragraphs_is_told_apart() -> None:
    old = agreement([("notice", []), ("records", []), ("remedy", ["records"])])
    new = agreement([("notice", []), ("records", []), ("remedy", ["notice"])])
    redline = assert_right(old, new)
    assert [target for _, target in references(accept_all(redline))] == [CLAUSES["notice"]]


def test_another_name_for_one_paragraph_is_no_change() -> None:
    clauses = [("notice", []), ("records", ["notice"]), ("remedy", ["records"])]
    redline = assert_right(agreement(clauses), agreement(clauses, first=7))
    assert not list(part(redline, "word/document.xml").iter(f"{W}ins", f"{W}del"))


def test_what_nothing_points_to_brings_no_mark() -> None:
    old, new = (word_file(paragraph("A text.") + paragraph(marked(run(each), "_Toc1", 1))) for each in ("One.", "Two."))
    names = [
        each.get(f"{W}name") for each in part(redline_files(old, new), "word/document.xml").iter(f"{W}bookmarkStart")
    ]
    assert names == ["_Toc1"]


@pytest.mark.parametrize(
    ("before", "inside", "after"),
    [
        ("The word ", "Employer", " names the company."),
        ("", "The word", " Employer names the company."),
        ("The word Employer names ", "the company.", ""),
    ],
)
@pytest.mark.parametrize("was", ["The word Employer names the company.", "Each word Employer means a company here."])
def test_a_mark_around_a_few_words_stays_around_them(before: str, inside: str, after: str, was: str) -> None:
    pieces = [run(each) if each else "" for each in (before, inside, after)]
    line = paragraph(pieces[0] + marked(pieces[1], "employer", 4) + pieces[2])
    new = word_file(line + paragraph(run("See ") + field("REF employer", inside) + run(" above.")))
    old = word_file(paragraph(was) + paragraph("See the first line above."))
    accepted = part(accept_all(redline_files(old, new)), "word/document.xml")
    assert content(accept_all(redline_files(old, new))) == content(new)
    start = next(accepted.iter(f"{W}bookmarkStart"))
    shown = ""
    for each in start.itersiblings():
        if each.tag == f"{W}bookmarkEnd":
            break
        shown += "".join(text.text for text in each.iter(f"{W}t"))
    assert shown == inside


def test_a_reference_into_a_table_and_one_from_a_link() -> None:
    cell = paragraph(marked(run("Rates of pay"), "_Ref1", 1))
    link = f'<w:hyperlink w:anchor="_Ref1">{run("the rates")}</w:hyperlink>'
    old = word_file(paragraph("First.") + table(["a", "b"]) + paragraph("The rates apply."))
    new = word_file(
        paragraph("First.") + table(["a", "b"], [cell, "c"]) + paragraph(run("Read ") + link + run(", which apply."))
    )
    assert_right(old, new)


NAMES = list(CLAUSES)
AGREEMENTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2, unique=True)),
    min_size=1,
    max_size=5,
    unique_by=lambda clause: clause[0],
)


@settings(max_examples=200, deadline=None)
@given(AGREEMENTS, AGREEMENTS, st.booleans())
def test_references_of_any_two_agreements_lead_where_they_led(
    old: list[tuple[str, list[str]]], new: list[tuple[str, list[str]]], simple: bool
) -> None:
    assert_right(agreement(old, simple=simple), agreement(new, simple=simple))


def test_a_mark_over_two_paragraphs_and_a_code_in_pieces() -> None:
    first = paragraph('<w:bookmarkStart w:id="1" w:name="both"/>' + run("First words."))
    second = paragraph(run("Second words.") + '<w:bookmarkEnd w:id="1"/>')
    pieces = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in (" REF ", "both"))
    code = re.sub(r"<w:r><w:instrText>.*?</w:r>", pieces, field("@", "1"))
    line = paragraph(marked(run("First words."), "both", 3))
    old = word_file(line + paragraph("Other words.") + paragraph("See it."))
    new = word_file(first + second + paragraph(run("See ") + code + run(".")))
    root = part(accept_all(redline_files(old, new)), "word/document.xml")
    assert [each.text.split() for each in root.iter(f"{W}instrText")] == [["REF"], ["both_2"]]
    start = next(each for each in root.iter(f"{W}bookmarkStart") if each.get(f"{W}name") == "both_2")
    end = next(each for each in root.iter(f"{W}bookmarkEnd") if each.get(f"{W}id") == start.get(f"{W}id"))
    assert [words(each) for each in (start, end)] == ["First words.", "Second words."]


def test_a_paragraph_with_countless_marks_is_no_burden() -> None:
    """Files that mark each letter are made to be slow; a reference into the thousandth mark may then be lost."""
    marks = "".join(marked(run("x"), f"m{each}", each) for each in range(2_000))
    fields = "".join(field(f"REF m{each}", "x") for each in range(2_000))
    old = word_file(paragraph("A line.") + paragraph("Another."))
    start = time.process_time()
    redline = redline_files(old, word_file(paragraph(marks) + paragraph(fields)))
    assert time.process_time() - start < 10
    assert len(list(part(redline, "word/document.xml").iter(f"{W}bookmarkStart"))) <= 50
