"""Text boxes in the redline: words are compared inside a box whose frame stays, in each of its two copies."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UnreadableFile
from app.text.reading import read_bytes
from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from app.word.table_safe.make import make_table_safe
from tests.factories.redline_cases import table
from tests.factories.word_content import W, content, part
from tests.factories.word_files import deleted, inserted, paragraph, run, word_file
from tests.factories.word_kinds import text_box


def shown_copy(content: str) -> str:
    """A box as only new programs know it."""
    box = text_box(content)
    return f"<w:r>{box[box.index('<w:drawing>') : box.index('</mc:Choice>')]}</w:r>"


def old_copy(content: str) -> str:
    """A box as old programs write it."""
    box = text_box(content)
    return f"<w:r>{box[box.index('<w:pict>') : box.index('</mc:Fallback>')]}</w:r>"


Box = Callable[[str], str]
BOXES: dict[str, Box] = {"both copies": text_box, "a drawing": shown_copy, "a picture in VML": old_copy}
EVERY_BOX = pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())


def boxed(box: Box, words: str, *, before: str = "Before ") -> bytes:
    inner = words if words.startswith("<") else paragraph(words)
    return word_file(paragraph(run(before) + box(inner) + run(" and after.")) + paragraph("end"))


def assert_right(old: bytes, new: bytes) -> bytes:
    redline = redline_files(old, new)
    assert content(accept_all(redline)) == content(new)
    assert content(reject_all(redline)) == content(old)
    ids = [each.get(f"{W}id") for each in part(redline, "word/document.xml").iter() if f"{W}author" in each.attrib]
    assert len(set(ids)) == len(ids)
    return redline


def changed(data: bytes) -> list[tuple[str, str]]:
    root = part(data, "word/document.xml")
    return [
        (each.tag.rpartition("}")[2], "".join(text.text or "" for text in each.iter(f"{W}t", f"{W}delText")))
        for each in root.iter()
        if f"{W}author" in each.attrib
    ]


@EVERY_BOX
def test_a_word_that_changes_in_a_box_is_the_only_change_in_each_copy(box: Box) -> None:
    redline = assert_right(boxed(box, "Notice is due in 30 days."), boxed(box, "Notice is due in 60 days."))
    assert changed(redline) == [("del", "30"), ("ins", "60")] * (2 if box is text_box else 1)
    after = read_bytes(redline, "redline.docx")
    assert after.before is not None
    read = [[each.text for each in draft.provisions if "box" in each.place] for draft in (after.before, after)]
    assert read == [["Notice is due in 30 days."], ["Notice is due in 60 days."]]


def test_a_paragraph_that_is_only_a_box_is_compared_inside_it() -> None:
    old, new = (word_file(paragraph(text_box(paragraph(words)))) for words in ("Due in 30 days.", "Due in 60 days."))
    assert changed(assert_right(old, new)) == [("del", "30"), ("ins", "60")] * 2


def test_words_beside_a_box_and_in_it_change_together() -> None:
    old, new = boxed(text_box, "in 30 days"), boxed(text_box, "in 60 days", before="Behind ")
    assert sorted(set(changed(assert_right(old, new)))) == [
        ("del", "30"), ("del", "Before"), ("ins", "60"), ("ins", "Behind"),
    ]  # fmt: skip


PARAGRAPHS = st.lists(st.sampled_from(["the", "Employer", "shall", "may", "30", "days,", "notify"]), max_size=6).map(
    lambda words: paragraph(" ".join(words))
)
TABLES = st.lists(st.sampled_from(["one", "two words", "$3"]), min_size=2, max_size=2).map(
    lambda cells: table(cells, ["kept", "here"])
)
STORIES = st.tuples(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), max_size=4), PARAGRAPHS).map(
    lambda both: "".join([*both[0], both[1]])
)
LINES = st.lists(
    st.one_of(
        st.sampled_from(["some ", "other words ", "30 "]).map(run),
        st.builds(lambda box, story: box(story), st.sampled_from([text_box, old_copy]), STORIES),
    ),
    max_size=4,
).map("".join)
FILES = st.lists(LINES, min_size=1, max_size=3).map(lambda lines: word_file("".join(map(paragraph, lines))))


@settings(max_examples=150, deadline=None)
@given(FILES, FILES)
def test_any_two_files_with_boxes_come_out_right_both_ways(old: bytes, new: bytes) -> None:
    assert_right(old, new)


@EVERY_BOX
def test_what_they_tracked_in_a_box_stays_theirs(box: Box) -> None:
    words = run("Notice is due in ") + deleted("90") + inserted("30") + run(" days at most.")
    theirs, ours = boxed(box, paragraph(words)), boxed(box, "Notice is due in 30 working days at most.")
    redline = redline_files(theirs, ours)
    assert content(accept_all(redline)) == content(ours)
    assert content(reject_all(redline, authors={"Union"})) == content(theirs)
    assert sorted(set(changed(redline))) == [("del", "90"), ("ins", "30"), ("ins", "working ")]
    assert set(changed(redline_files(theirs, accept_all(theirs)))) == {("del", "90"), ("ins", "30")}


@EVERY_BOX
def test_a_box_that_goes_takes_what_is_tracked_in_it_along(box: Box) -> None:
    theirs = boxed(box, paragraph(run("Due ") + deleted("at once") + inserted("in 30 days")))
    ours = word_file(paragraph("Before and after.") + paragraph("end"))
    redline = redline_files(theirs, ours)
    struck = [each for each in part(redline, "word/document.xml").iter(f"{W}delText") if each.text == "Due "]
    assert not struck
    assert content(accept_all(redline)) == content(ours)
    assert content(reject_all(redline, authors={"Union"})) == content(theirs)


def test_a_box_of_another_size_is_replaced_whole() -> None:
    def larger(inner: str) -> str:
        return text_box(inner).replace("800000", "900000")

    redline = assert_right(boxed(text_box, "Due in 30 days."), boxed(larger, "Due in 60 days."))
    assert [kind for kind, words in changed(redline) if "Due in" in words] == ["del", "ins"]


@pytest.mark.parametrize(
    ("place", "noise"),
    [
        ("<wp:anchor ", '<wp:anchor wp14:editId="0A" wp14:anchorId="0B" xmlns:wp14='
         '"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" '),
        ("<v:rect>", '<v:rect id="_x0000_s1031" o:spid="_x0000_s1026" o:gfxdata="UEsD" '
         'xmlns:o="urn:schemas-microsoft-com:office:office">'),
    ],
)  # fmt: skip
@EVERY_BOX
def test_what_a_program_writes_anew_is_no_change_of_the_frame(box: Box, place: str, noise: str) -> None:
    def other(inner: str) -> str:
        return box(inner).replace(place, noise)

    redline = redline_files(boxed(box, "Due in 30 days."), boxed(other, "Due in 60 days."))
    assert set(changed(redline)) == {("del", "30"), ("ins", "60")}


def test_a_file_that_went_over_the_table_without_second_copies_is_compared_with_one_that_has_them() -> None:
    first, second = boxed(text_box, "Due in 30 days."), boxed(shown_copy, "Due in 60 days.")
    assert changed(redline_files(first, second)) == [("del", "30"), ("ins", "60")] * 2
    assert changed(redline_files(second, first)) == [("del", "60"), ("ins", "30")]


def test_a_redline_in_a_box_goes_over_the_table() -> None:
    redline = redline_files(boxed(text_box, "Due in 30 days."), boxed(text_box, "Due in 60 days."))
    safe = make_table_safe(redline, keep_tracked=True)
    assert changed(safe) == [("del", "30"), ("ins", "60")]


def nested(depth: int, words: str) -> bytes:
    start, end = paragraph(old_copy("<w:r>|</w:r>")).split("<w:r>|</w:r>")
    return word_file(start * depth + paragraph(words) + end * depth + paragraph("end"))


def test_boxes_deep_in_boxes_are_compared_as_wholes_or_refused() -> None:
    assert_right(nested(20, "one"), nested(20, "two"))
    with pytest.raises(UnreadableFile, match="too deep"):
        redline_files(nested(200, "one"), nested(200, "two"))
