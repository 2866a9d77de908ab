"""Accepting and rejecting: all changes, or those of some authors."""

import pytest

from app.word.settle import accept_all, reject_all
from tests.factories.redline_cases import table
from tests.factories.word_content import W, content, part, texts
from tests.factories.word_files import WHO, deleted, inserted, paragraph, run, word_file


def settled(body: str) -> tuple[list[str], list[str]]:
    data = word_file(body)
    return texts(accept_all(data)), texts(reject_all(data))


def test_words() -> None:
    body = paragraph(run("It ") + inserted("may") + deleted("shall") + run(" be."))
    assert settled(body) == (["It may be."], ["It shall be."])


@pytest.mark.parametrize(
    ("mark", "accepted", "rejected"), [("ins", ["one", "two"], ["onetwo"]), ("del", ["onetwo"], ["one", "two"])]
)
def test_paragraph_marks(mark: str, accepted: list[str], rejected: list[str]) -> None:
    assert settled(paragraph("one", mark=mark) + paragraph("two")) == (accepted, rejected)


def test_a_mark_that_one_inserted_and_another_deleted() -> None:
    both = (
        f'<w:p><w:pPr><w:rPr><w:ins w:id="1" {WHO}/><w:del w:id="2" w:author="Bob"/></w:rPr></w:pPr>{run("one")}</w:p>'
    )
    data = word_file(both + paragraph("two"))
    assert texts(accept_all(data)) == texts(reject_all(data)) == ["onetwo"]
    assert texts(reject_all(data, authors={"Bob"})) == ["one", "two"]


def test_moves() -> None:
    moved = (
        f'<w:moveFromRangeStart w:id="1" {WHO} w:name="m"/><w:moveFrom w:id="2" {WHO}>{run("gone ")}</w:moveFrom>'
        '<w:moveFromRangeEnd w:id="1"/>'
    )
    here = moved.replace("moveFrom", "moveTo").replace("gone ", " come")
    assert settled(paragraph(moved + run("text") + here)) == (["text come"], ["gone text"])


def test_looks_and_properties() -> None:
    look = f'<w:rPr><w:b/><w:rPrChange w:id="1" {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'
    properties = f'<w:jc w:val="center"/><w:pPrChange w:id="2" {WHO}><w:pPr><w:keepNext/></w:pPr></w:pPrChange>'
    data = word_file(paragraph(f"<w:r>{look}<w:t>x</w:t></w:r>", properties=properties))
    new = word_file(paragraph(run("x", "<w:b/>"), properties='<w:jc w:val="center"/>'))
    old = word_file(paragraph(run("x", "<w:i/>"), properties="<w:keepNext/>"))
    assert content(accept_all(data)) == content(new)
    assert content(reject_all(data)) == content(old)


@pytest.mark.parametrize(("mark", "goes_on"), [("cellIns", "reject"), ("cellDel", "accept")])
def test_a_row_whose_cells_all_go_goes_too(mark: str, goes_on: str) -> None:
    body = table(["one", "two"]).replace("</w:tcPr>", f'<w:{mark} w:id="1" {WHO}/></w:tcPr>')
    data = word_file(body + table(["three"], ["four"]) + paragraph("end"))
    gone, kept = (accept_all(data), reject_all(data)) if goes_on == "accept" else (reject_all(data), accept_all(data))
    assert [len(list(part(each, "word/document.xml").iter(f"{W}tr"))) for each in (gone, kept)] == [2, 3]
    assert texts(gone) == ["three", "four", "end"]


@pytest.mark.parametrize("recorded", [True, False])
def test_a_cell_that_came_is_marked_once_whatever_the_record_of_its_look_says(recorded: bool) -> None:
    mark = f'<w:cellIns w:id="1" {WHO}/>'
    before = f'<w:tcPr><w:vAlign w:val="top"/>{mark if recorded else ""}</w:tcPr>'
    record = f'<w:tcPrChange w:id="2" w:author="Bob">{before}</w:tcPrChange>'
    cell = f"<w:tc><w:tcPr>{mark}{record}</w:tcPr>{paragraph('new')}</w:tc>"
    data = word_file(table(["one"]).replace("</w:tr>", f"{cell}</w:tr>") + paragraph("end"))
    by_bob = reject_all(data, authors={"Bob"})
    assert [len(part(by_bob, "word/document.xml").findall(f".//{W}{name}")) for name in ("cellIns", "vAlign")] == [1, 1]
    assert texts(reject_all(data)) == texts(reject_all(by_bob)) == ["one", "end"]
    assert texts(reject_all(data, authors={"Ann"})) == ["one", "end"]


@pytest.mark.parametrize(("kind", "accepted", "rejected"), [("ins", 2, 1), ("del", 1, 2)])
def test_rows(kind: str, accepted: int, rejected: int) -> None:
    mark = f'<w:trPr><w:{kind} w:id="1" {WHO}/></w:trPr>'
    body = table(["one"], ["two"]).replace("<w:tr>", f"<w:tr>{mark}", 1) + paragraph("end")
    assert [len(each) - 1 for each in settled(body)] == [accepted, rejected]


def test_a_table_whose_rows_all_go_goes() -> None:
    mark = f'<w:trPr><w:del w:id="1" {WHO}/></w:trPr>'
    body = paragraph("a") + table(["one"]).replace("<w:tr>", f"<w:tr>{mark}") + paragraph("b")
    assert content(accept_all(word_file(body))) == content(word_file(paragraph("a") + paragraph("b")))


def test_a_number_that_was_added_goes_on_rejecting() -> None:
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="1" {WHO}/></w:numPr>'
    kept = number.replace(f'<w:ins w:id="1" {WHO}/>', "")
    data = word_file(paragraph("x", properties=number))
    assert content(reject_all(data)) == content(word_file(paragraph("x")))
    assert content(accept_all(data)) == content(word_file(paragraph("x", properties=kept)))


def test_only_the_changes_of_some_authors() -> None:
    body = paragraph(run("It ") + inserted("may ") + deleted("shall ").replace("Ann", "Bob") + run("be."))
    assert texts(accept_all(reject_all(word_file(body), authors={"Ann"}))) == ["It be."]
    assert texts(accept_all(reject_all(word_file(body), authors={"Bob"}))) == ["It may shall be."]
