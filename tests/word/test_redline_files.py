"""Two Word files in, one out: accepting everything gives the new one, rejecting everything the old one."""

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from tests.factories.drafts import Draft, Paragraph, Table, Words, draft, edited, written
from tests.factories.redline_cases import CASES, table
from tests.factories.word_content import W, content, part, parts
from tests.factories.word_files import NAMESPACES, WHO, listed, paragraph, run, word_file

CHANGES = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange"}
NUMBERED = {*CHANGES, "tcPrChange", "moveFromRangeStart", "moveToRangeStart", "bookmarkStart"}


def assert_right(old: bytes, new: bytes) -> bytes:
    redline = redline_files(old, new)
    assert content(accept_all(redline)) == content(new)
    assert content(reject_all(redline)) == content(old)
    assert_ids_are_single(redline)
    return redline


def assert_ids_are_single(data: bytes) -> None:
    ids = Counter(
        each.get(f"{W}id")
        for name, xml in parts(data).items()
        if re.fullmatch(r"word/(document|(foot|end)notes|(head|foot)er\d*)\.xml", name)
        for each in etree.fromstring(xml).iter()
        if etree.QName(each).localname in NUMBERED
    )
    assert not [number for number, count in ids.items() if count > 1]


def changes(data: bytes) -> Counter[str]:
    names = (etree.QName(each).localname for each in part(data, "word/document.xml").iter())
    return Counter(name for name in names if name in CHANGES)


def words_of(data: bytes, kind: str) -> list[str]:
    root = part(data, "word/document.xml")
    found = ("".join(text.text or "" for text in each.iter(f"{W}t", f"{W}delText")) for each in root.iter(f"{W}{kind}"))
    return [words for words in found if words]


@pytest.mark.parametrize("name", CASES)
def test_each_thing_comes_out_right_both_ways(name: str) -> None:
    assert_right(*CASES[name])


@pytest.mark.parametrize(
    "kind", ["text", "look", "align", "move", "split", "merge", "new", "gone", "cell", "row", "column", "note"]
)
def test_many_edits_of_one_kind_come_out_right_both_ways(kind: str) -> None:
    old = draft(5, seed=11, notes=0.3)
    redline = assert_right(written(old, noise=1), written(edited(old, 12, kinds=[kind]), noise=2))
    assert sum(changes(redline).values()) >= 6


WORDS = ["the", "Employer", "shall", "may", "notify", "before", "after", "120", "30", "days,", "(a)", "data;", "sole"]
LOOKS = st.sampled_from(["", "", "b", "i", "bu"])
RUNS = st.lists(
    st.builds(
        Words,
        st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
        LOOKS,
        st.sampled_from(["", "", "", "a note", "another note"]),
    ),
    max_size=4,
)  # fmt: skip
PARAGRAPHS = st.builds(
    Paragraph,
    RUNS,
    st.sampled_from(["", "BodyText", "Heading1"]),
    st.sampled_from([None, None, 0, 1]),
    st.sampled_from(["", "", "center"]),
)
CELLS = st.lists(PARAGRAPHS, min_size=1, max_size=2)
TABLES = st.integers(1, 3).flatmap(
    lambda columns: st.lists(st.lists(CELLS, min_size=columns, max_size=columns), min_size=1, max_size=3).map(
        lambda rows: Table(rows, [900] * columns)
    )
)
DRAFTS = st.tuples(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), max_size=6), PARAGRAPHS).map(
    lambda both: [*both[0], both[1]]
)


@settings(max_examples=150, deadline=None)
@given(DRAFTS, DRAFTS)
def test_any_two_drafts_come_out_right_both_ways(old: Draft, new: Draft) -> None:
    assert_right(written(old), written(new))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 4))
def test_any_edits_of_a_draft_come_out_right_both_ways(seed: int, count: int, pages: int) -> None:
    old = draft(pages, seed=seed, notes=0.2)
    assert_right(written(old, noise=seed), written(edited(old, count, seed=seed), noise=seed + 1))


def test_what_did_not_change_is_not_touched() -> None:
    old, new = (written(draft(3, notes=0.2), noise=noise) for noise in (1, 2))
    redline = redline_files(old, new)
    assert not changes(redline)
    assert part(redline, "word/document.xml").xpath("string()") == part(old, "word/document.xml").xpath("string()")


def test_the_old_files_other_parts_stay_to_the_byte() -> None:
    old, new = written(draft(2, notes=0)), written(edited(draft(2, notes=0), 5, kinds=["text"]))
    before, after = parts(old), parts(redline_files(old, new))
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {
        "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/settings.xml",
        "word/styles.xml", "word/numbering.xml",
    }  # fmt: skip


def test_equal_input_gives_equal_bytes() -> None:
    old, new = (written(blocks) for blocks in (draft(3), edited(draft(3), 20)))
    when = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
    assert redline_files(old, new, date=when) == redline_files(old, new, date=when)


def test_author_and_date_are_as_asked_for_or_left_out() -> None:
    old, new = word_file(paragraph("one two three")), word_file(paragraph("one four three"))
    when = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
    dated = part(redline_files(old, new, author="Local 418", date=when), "word/document.xml")
    assert {(each.get(f"{W}author"), each.get(f"{W}date")) for each in dated.iter(f"{W}ins", f"{W}del")} == {
        ("Local 418", "2026-05-20T09:30:00Z")
    }
    plain = part(redline_files(old, new), "word/document.xml")
    assert all(f"{W}date" not in each.attrib for each in plain.iter(f"{W}ins", f"{W}del"))


# Readable


def redlined(old: str, new: str) -> tuple[list[str], list[str]]:
    data = assert_right(word_file(paragraph(old)), word_file(paragraph(new)))
    return words_of(data, "del"), words_of(data, "ins")


@pytest.mark.parametrize(
    ("old", "new", "deleted", "inserted"),
    [
        ("The Employer shall give notice.", "The Employer may give notice.", ["shall"], ["may"]),
        ("It shall promptly give notice.", "It may then offer notice.", ["shall promptly give"], ["may then offer"]),
        (
            "give the Union written notice of it at least 30 days before",
            "tell each local in detail of it at least 30 days before",
            ["give the Union written notice"],
            ["tell each local in detail"],
        ),
        ("bargain over wages, hours and terms", "bargain over pay, time and terms", ["wages, hours"], ["pay, time"]),
    ],
)
def test_changes_parted_by_little_are_one_change(old: str, new: str, deleted: list[str], inserted: list[str]) -> None:
    assert redlined(old, new) == (deleted, inserted)


def test_paragraphs_with_little_in_common_are_replaced_whole() -> None:
    old = "The Employer shall bargain before it buys any automated system for the unit."
    new = "Disputes under this Article go to expedited arbitration without further delay."
    around = paragraph("Something that stays.")
    data = assert_right(word_file(around + paragraph(old) + around), word_file(around + paragraph(new) + around))
    assert (words_of(data, "del"), words_of(data, "ins")) == ([old], [new])


def marks_of(data: bytes) -> list[str]:
    """What becomes of each paragraph mark in the body."""
    body = part(data, "word/document.xml")[0]
    return [
        next((etree.QName(each).localname for each in paragraph.iterfind(f"{W}pPr/{W}rPr/*")), "kept")
        for paragraph in body.iterfind(f"{W}p")
    ]


FIRST, SECOND, THIRD = "The Union may agree.", "A whole paragraph that comes in.", "The Employer shall train."


def test_words_and_paragraphs_behind_them_come_as_one_insertion() -> None:
    old = word_file(paragraph(FIRST) + paragraph(THIRD))
    new = word_file(paragraph(FIRST + " Always.") + paragraph(SECOND, style="X") + paragraph(THIRD))
    data = assert_right(old, new)
    assert words_of(data, "ins") == [" Always.", SECOND]
    assert marks_of(data) == ["ins", "kept", "kept"]


def test_a_mark_with_somebody_elses_record_is_not_handed_on() -> None:
    record = f'<w:jc w:val="center"/><w:pPrChange w:id="9" {WHO}><w:pPr/></w:pPrChange>'
    theirs = word_file(paragraph(FIRST, properties=record) + paragraph(THIRD))
    first = paragraph(FIRST + " Always.", properties='<w:jc w:val="center"/>')
    ours = word_file(first + paragraph(SECOND) + paragraph(THIRD))
    redline = redline_files(theirs, ours)
    assert content(accept_all(redline)) == content(ours)
    assert content(reject_all(redline, authors={"Union"})) == content(theirs)


@pytest.mark.parametrize("mark", ["", '<w:bookmark{0} w:id="5" w:name="here"/>'])
def test_insertions_on_both_sides_of_a_kept_mark_are_kept_apart_by_a_word(mark: str) -> None:
    old = word_file(paragraph(run(FIRST) + mark.format("Start")) + paragraph(mark.format("End") + run(THIRD)))
    new = word_file(paragraph(FIRST + " Always.") + paragraph("Then " + THIRD))
    data = assert_right(old, new)
    assert (words_of(data, "del"), words_of(data, "ins")) == (["The"], [" Always.", "Then The"])
    assert marks_of(data) == ["kept", "kept"]


# Moves


def test_a_paragraph_that_moved_is_a_move_with_one_name() -> None:
    data = assert_right(*CASES["a paragraph that moves"])
    root = part(data, "word/document.xml")
    starts = {each.tag: each for each in root.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")}
    assert len({each.get(f"{W}name") for each in starts.values()}) == 1
    assert words_of(data, "moveFrom") == words_of(data, "moveTo") == ["This paragraph will move down now."]
    for kind in ("From", "To"):
        ends = [each.get(f"{W}id") for each in root.iter(f"{W}move{kind}RangeEnd")]
        assert ends == [starts[f"{W}move{kind}RangeStart"].get(f"{W}id")]


def test_a_word_that_was_dropped_on_the_way_shows_as_deleted() -> None:
    moved = "The Employer shall always give written notice to the Union before any pilot begins."
    old = word_file(paragraph(moved) + paragraph("Second one stays.") + paragraph("Third one stays."))
    new = word_file(
        paragraph("Second one stays.") + paragraph("Third one stays.") + paragraph(moved.replace("always ", "usually "))
    )
    data = assert_right(old, new)
    assert words_of(data, "del") == ["always"]
    assert words_of(data, "ins") == ["usually"]
    assert "".join(words_of(data, "moveTo")) == moved.replace("always", "")


def test_a_sentence_that_moved_to_another_paragraph_is_a_move() -> None:
    data = assert_right(*CASES["a sentence that moves"])
    assert words_of(data, "moveTo") == ["This sentence will be moved to the other."]
    assert not words_of(data, "ins") or words_of(data, "ins") == [" "]


def test_short_words_do_not_move() -> None:
    data = assert_right(word_file(paragraph("yes") + paragraph("b") + paragraph("c")),
                        word_file(paragraph("b") + paragraph("c") + paragraph("yes")))  # fmt: skip
    assert "moveFrom" not in changes(data)


# What is brought along


def test_a_list_of_the_new_file_comes_with_its_levels() -> None:
    data = assert_right(*CASES["a list where there was none"])
    numbering = part(data, "word/numbering.xml")
    number = next(part(data, "word/document.xml").iter(f"{W}numId")).get(f"{W}val")
    assert number in {each.get(f"{W}numId") for each in numbering.iter(f"{W}num")}
    assert next(numbering.iter(f"{W}lvlText")).get(f"{W}val") == "%1."
    assert "numbering+xml" in parts(data)["[Content_Types].xml"].decode()


def test_a_style_of_the_new_file_comes_with_what_it_is_based_on() -> None:
    names = {
        each.get(f"{W}styleId") for each in part(assert_right(*CASES["a style of the other file"]), "word/styles.xml")
    }
    assert names == {"Fancy", "Base"}


def test_a_picture_of_the_new_file_comes_along() -> None:
    data = assert_right(*CASES["a picture that goes, the other way"])
    assert parts(data)["word/media/a.png"] == b"AAA"
    assert b'Target="media/a.png"' in parts(data)["word/_rels/document.xml.rels"]


def test_comments_of_the_old_file_stay_even_where_their_words_go() -> None:
    comment = f'<w:comments {NAMESPACES}><w:comment w:id="3" {WHO}>{paragraph("Why?")}</w:comment></w:comments>'
    body = paragraph(
        run("The ") + '<w:commentRangeStart w:id="3"/>' + run("old words") + '<w:commentRangeEnd w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r>' + run(" stay here for long")
    )  # fmt: skip
    old = word_file(body, parts={"comments": comment})
    data = redline_files(old, word_file(paragraph("The new phrase remains here for long")))
    root = part(data, "word/document.xml")
    assert [each.get(f"{W}id") for each in root.iter(f"{W}commentReference")] == ["3"]
    assert not any(each.getparent().getparent().tag == f"{W}del" for each in root.iter(f"{W}commentReference"))
    assert b"Why?" in parts(data)["word/comments.xml"]
    assert content(reject_all(data)) == content(old)


def test_a_note_that_came_has_an_id_and_words_of_its_own() -> None:
    old = [Paragraph([Words("First sentence of the text."), Words("", note="one")]), Paragraph([Words("Second.")])]
    new = [
        Paragraph([Words("A sentence that is entirely new here."), Words("", note="zero")]),
        *old,
        Paragraph([Words("Closing words.")]),
    ]
    data = assert_right(written(old), written(new))
    notes = part(data, "word/footnotes.xml")
    references = [each.get(f"{W}id") for each in part(data, "word/document.xml").iter(f"{W}footnoteReference")]
    assert len(set(references)) == 2
    assert [each.get(f"{W}id") for each in notes if each.get(f"{W}type") is None] == references


def test_rows_are_inserted_and_deleted_as_rows() -> None:
    rows = [["one", "alpha beta gamma"], ["two", "delta epsilon zeta"], ["three", "eta theta iota"]]
    body = [
        Table([[[Paragraph([Words(cell)])] for cell in row] for row in each], [900, 900]) for each in (rows, rows[:2])
    ]
    end = Paragraph([Words("end")])
    gone = assert_right(written([body[0], end]), written([body[1], end]))
    assert [
        etree.QName(each).localname for row in part(gone, "word/document.xml").iter(f"{W}trPr") for each in row
    ] == ["del"]
    come = assert_right(written([body[1], end]), written([body[0], end]))
    assert [
        etree.QName(each).localname for row in part(come, "word/document.xml").iter(f"{W}trPr") for each in row
    ] == ["ins"]


def test_rows_of_a_table_with_another_column_stand_beside_what_they_replace() -> None:
    rows = [["Step", "Year 1"], ["One", "$20.00"], ["Two", "$22.00"]]
    more = [[*row, new] for row, new in zip(rows, ["Year 2", "$21.00", "$23.00"], strict=True)]
    end = paragraph("end")
    data = assert_right(word_file(table(*rows) + end), word_file(table(*more) + end))
    marks = [etree.QName(each).localname for each in part(data, "word/document.xml").iterfind(f".//{W}trPr/*")]
    assert marks == ["del", "ins"] * 3


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_any_edits_of_tables_come_out_right_both_ways(seed: int, count: int) -> None:
    old = draft(10, seed=seed, notes=0)
    new = edited(old, count, seed=seed, kinds=["column", "cell", "row"])
    assert_right(written(old, noise=seed), written(new, noise=seed + 1))


# Order of elements


@pytest.mark.parametrize("name", CASES)
def test_elements_stand_in_the_order_of_the_schema(name: str) -> None:
    root = part(redline_files(*CASES[name]), "word/document.xml")
    for properties in root.iter(f"{W}pPr"):
        names = [etree.QName(each).localname for each in properties]
        tail = [each for each in names if each in {"rPr", "sectPr", "pPrChange"}]
        assert names[len(names) - len(tail) :] == tail == sorted(tail, key=["rPr", "sectPr", "pPrChange"].index)
        assert properties.getparent().tag != f"{W}p" or properties.getparent()[0] is properties
    for properties in root.iter(f"{W}rPr"):
        names = [etree.QName(each).localname for each in properties]
        marks = [each for each in names if each in {"ins", "del", "moveFrom", "moveTo"}]
        assert names[: len(marks)] == marks
        assert "rPrChange" not in names[:-1]
    for each in root.iter(f"{W}del"):
        assert next(each.iter(f"{W}t", f"{W}instrText"), None) is None


# Bad and odd input


def strict(data: bytes) -> bytes:
    edited_parts = {
        name: xml.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, xml in parts(data).items()
    }  # fmt: skip
    return zipped(edited_parts)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def test_a_strict_file_and_a_transitional_one_can_be_compared() -> None:
    old, new = written(draft(1)), written(edited(draft(1), 5))
    for pair in ((strict(old), new), (old, strict(new)), (strict(old), strict(new))):
        redline = redline_files(*pair)
        assert content(accept_all(redline)) == content(new)
        assert content(reject_all(redline)) == content(old)


def test_an_unusual_prefix_is_no_difference() -> None:
    old, new = written(draft(1)), written(draft(1))
    files = parts(new)
    files["word/document.xml"] = files["word/document.xml"].replace(b"<w:", b"<q:").replace(b"</w:", b"</q:").replace(
        b" w:", b" q:").replace(b"xmlns:w=", b"xmlns:q=")  # fmt: skip
    assert not changes(redline_files(old, zipped(files)))


def test_files_in_which_everything_changed_are_right_and_quick() -> None:
    old, new = draft(12, seed=1), [block for block in draft(14, seed=99) if isinstance(block, Paragraph)]
    assert_right(written(old), written(new))


def test_a_file_with_ten_thousand_tracked_changes_keeps_them_all() -> None:
    theirs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">Clause {i} says that </w:t></w:r>'
        f'<w:ins w:id="{2 * i}" {WHO}><w:r><w:t>the new</w:t></w:r></w:ins>'
        f'<w:del w:id="{2 * i + 1}" {WHO}><w:r><w:delText>the old</w:delText></w:r></w:del>'
        f'<w:r><w:t xml:space="preserve"> rule number {i} applies.</w:t></w:r></w:p>'
        for i in range(5_000)
    )
    ours = "".join(
        paragraph(f"Clause {i} says that the new {'order' if i % 50 == 0 else 'rule'} number {i} applies.")
        for i in range(5_000)
    )
    old, new = word_file(theirs), word_file(ours)
    redline = redline_files(old, new)
    authors = Counter(each.get(f"{W}author") for each in part(redline, "word/document.xml").iter(f"{W}ins", f"{W}del"))
    assert authors == {"Ann": 10_000, "Union": 200}
    assert_ids_are_single(redline)
    assert content(accept_all(redline)) == content(new)
    assert content(reject_all(redline, authors={"Union"})) == content(old)


def test_ids_that_the_old_file_has_twice_become_single() -> None:
    body = "".join(f'<w:p><w:ins w:id="1" {WHO}>{run(f"text {i}")}</w:ins></w:p>' for i in range(3))
    redline = redline_files(word_file(body), word_file(paragraph("text 0") + paragraph("text 2")))
    assert_ids_are_single(redline)


def test_an_odd_list_pointer_is_left_alone() -> None:
    assert_right(word_file(listed("a thing", num=77)), word_file(listed("a thing else", num=88)))


def test_a_look_that_somebody_already_changed_is_not_recorded_twice() -> None:
    record = f'<w:b/><w:rPrChange w:id="4" {WHO}><w:rPr/></w:rPrChange>'
    theirs = paragraph(run("bold words", record))
    redline = redline_files(word_file(theirs), word_file(paragraph(run("bold words", "<w:i/>"))))
    assert content(accept_all(redline)) == content(word_file(paragraph(run("bold words", "<w:i/>"))))
    assert content(reject_all(redline, authors={"Union"})) == content(word_file(theirs))
    records: list[Any] = list(part(redline, "word/document.xml").iter(f"{W}rPrChange"))
    assert {each.get(f"{W}author") for each in records} == {"Ann"}
