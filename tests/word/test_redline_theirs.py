"""Earlier tracked changes of the other side: they stay, with their author, and ours come on top."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from tests.factories.drafts import draft, edited, written
from tests.factories.word_content import W, content, part
from tests.factories.word_files import WHO, deleted, inserted, paragraph, run, word_file


def theirs_and_ours(seed: int, count: int, pages: int = 2) -> tuple[bytes, bytes, bytes, bytes]:
    """The first text, the same with their tracked changes, their text, and ours."""
    first = draft(pages, seed=seed, notes=0.2)
    second = edited(first, count, seed=seed + 1)
    third = edited(second, count, seed=seed + 2)
    files = [written(blocks, noise=seed + number) for number, blocks in enumerate((first, second, third))]
    return files[0], redline_files(files[0], files[1], author="Company"), files[1], files[2]


def letters_of(data: bytes, author: str) -> Counter[str]:
    root = part(data, "word/document.xml")
    return Counter(
        letter
        for change in root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
        if change.get(f"{W}author") == author
        for text in change.iter(f"{W}t", f"{W}delText")
        for letter in text.text or ""
    )


def authors_in(data: bytes) -> set[str | None]:
    return {each.get(f"{W}author") for each in part(data, "word/document.xml").iter() if f"{W}author" in each.attrib}


def grid(rows: list[list[str]], *, mark: str, place: int) -> bytes:
    """A table with one more cell in each row, that Ann's changes bring or take away, as Word writes it."""
    words, kind = (inserted("theirs"), "ins") if mark == "cellIns" else (deleted("theirs"), "del")
    cell = f'<w:tc><w:tcPr><w:{mark} w:id="8" {WHO}/></w:tcPr>{paragraph(words, mark=kind)}</w:tc>'
    cells = [[f"<w:tc>{paragraph(text)}</w:tc>" for text in row] for row in rows]
    for row in cells:
        row.insert(place, cell)
    xml = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells)
    return word_file(f"<w:tbl><w:tblPr/><w:tblGrid/>{xml}</w:tbl>{paragraph('end')}")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_ours_on_top_of_theirs_comes_out_right_every_way(seed: int, count: int) -> None:
    first, theirs, second, ours = theirs_and_ours(seed, count)
    redline = redline_files(theirs, ours)
    assert content(accept_all(redline)) == content(ours)
    assert content(reject_all(redline)) == content(first)
    without_ours = reject_all(redline, authors={"Union"})
    assert content(without_ours) == content(theirs)
    assert content(accept_all(without_ours)) == content(second)
    assert letters_of(redline, "Company") == letters_of(theirs, "Company")


def test_a_word_of_theirs_that_we_delete_stays_their_insertion() -> None:
    theirs = word_file(f"<w:p>{run('The Employer shall ')}{inserted('endeavor to ')}{run('give notice.')}</w:p>")
    redline = redline_files(theirs, word_file(paragraph("The Employer shall give notice.")))
    deletion = next(part(redline, "word/document.xml").iter(f"{W}del"))
    assert deletion.get(f"{W}author") == "Union"
    assert deletion.getparent().tag == f"{W}ins"
    assert deletion.getparent().get(f"{W}author") == "Ann"


def test_a_word_of_theirs_put_back_by_us_is_our_insertion_beside_their_deletion() -> None:
    theirs = word_file(f"<w:p>{run('The Employer shall ')}{deleted('always ')}{run('give notice.')}</w:p>")
    redline = redline_files(theirs, word_file(paragraph("The Employer shall always give notice.")))
    changes = list(part(redline, "word/document.xml").iter(f"{W}ins", f"{W}del"))
    assert sorted((each.tag.rpartition("}")[2], each.get(f"{W}author")) for each in changes) == [
        ("del", "Ann"),
        ("ins", "Union"),
    ]


def test_a_paragraph_of_theirs_that_we_delete_has_both_marks() -> None:
    theirs = word_file(
        paragraph("one stays") + paragraph(inserted("Theirs comes in here."), mark="ins") + paragraph("two stays")
    )
    redline = redline_files(theirs, word_file(paragraph("one stays") + paragraph("two stays")))
    marks = [
        (each.tag.rpartition("}")[2], each.get(f"{W}author"))
        for each in part(redline, "word/document.xml").iter(f"{W}ins", f"{W}del")
        if each.getparent().tag == f"{W}rPr"
    ]
    assert marks == [("ins", "Ann"), ("del", "Union")]
    assert content(reject_all(redline, authors={"Union"})) == content(theirs)


def test_a_paragraph_mark_that_they_deleted_stays_deleted() -> None:
    theirs = word_file(paragraph("First half", mark="del") + paragraph(" second half of it.") + paragraph("end"))
    redline = redline_files(theirs, word_file(paragraph("First half new second half of it.") + paragraph("end")))
    assert content(accept_all(redline)) == content(
        word_file(paragraph("First half new second half of it.") + paragraph("end"))
    )
    assert content(reject_all(redline, authors={"Union"})) == content(theirs)


def test_a_change_of_properties_of_theirs_is_not_replaced_by_ours() -> None:
    record = f'<w:jc w:val="center"/><w:pPrChange w:id="9" {WHO}><w:pPr/></w:pPrChange>'
    theirs = word_file(
        paragraph("one stays") + paragraph("A heading in the middle", properties=record) + paragraph("end")
    )
    ours = word_file(
        paragraph("one stays")
        + paragraph("A heading in the middle", properties='<w:jc w:val="right"/>')
        + paragraph("end")
    )
    redline = redline_files(theirs, ours)
    assert content(accept_all(redline)) == content(ours)
    assert content(reject_all(redline, authors={"Union"})) == content(theirs)


TABLES = st.integers(1, 3).flatmap(
    lambda size: st.lists(
        st.lists(st.sampled_from(["$20.00", "$21.50", "Step one", ""]), min_size=size, max_size=size),
        min_size=1,
        max_size=3,
    )
)
MARKS = st.sampled_from(["cellIns", "cellDel"])


@settings(max_examples=80, deadline=None)
@given(TABLES, TABLES, MARKS, MARKS, st.integers(0, 3))
def test_a_column_that_they_tracked_stays_theirs(
    rows: list[list[str]], others: list[list[str]], mark: str, other: str, place: int
) -> None:
    theirs, ours = grid(rows, mark=mark, place=place), grid(others, mark=other, place=place)
    redline = redline_files(theirs, ours)
    assert content(accept_all(redline)) == content(accept_all(ours))
    without_ours = reject_all(redline, authors={"Union"})
    assert content(without_ours) == content(theirs)
    assert content(reject_all(redline)) == content(reject_all(theirs))
    assert authors_in(redline_files(theirs, accept_all(theirs))) == {"Ann"}


@pytest.mark.parametrize("mark", ["cellIns", "cellDel"])
def test_cells_beside_a_column_that_they_tracked_are_compared_word_by_word(mark: str) -> None:
    rows = [["Step", "Year 1"], ["First step", "$20.00"]]
    ours = [["Step", "Year 1"], ["Last step", "$20.00"]]
    redline = redline_files(*(grid(each, mark=mark, place=1) for each in (rows, ours)))
    union = [each for each in part(redline, "word/document.xml").iter() if each.get(f"{W}author") == "Union"]
    assert ["".join(each.itertext()) for each in union] == ["First", "Last"]


@pytest.mark.parametrize("tracked", [True, False])
def test_tracked_changes_in_the_new_file_count_as_made(tracked: bool) -> None:
    old = word_file(paragraph("one two three four"))
    new = f"{run('one ')}{deleted('two ')}{inserted('five ')}{run('three four')}" if tracked else "one five three four"
    redline = redline_files(old, word_file(paragraph(new)))
    assert content(accept_all(redline)) == content(word_file(paragraph("one five three four")))
    assert content(reject_all(redline)) == content(old)
