"""Comments stand at exactly their words, and nothing else in the file changes."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_names import W_STRICT, R, W
from app.text.reading import read_bytes
from app.word.caucus_mark import COPY_MARK
from app.word.commenting import Line, Remark, annotate
from tests.factories.comments_read_back import read_comments
from tests.factories.word_files import (
    NAMESPACES,
    WHO,
    deleted,
    document,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    word_file,
)

SAYS = (Line("look here", "Note:"),)
TAB = "<w:r><w:tab/></w:r>"


def comment_on(data: bytes, *words: str, mark: str = "") -> bytes:
    """Comment on the first occurrence of each of these words; check that the file's text and changes stayed."""
    before = read_bytes(data, "x.docx")
    remarks = []
    for each in words:
        start = before.text.index(each)
        remarks.append(Remark(start, start + len(each), SAYS))
    made = annotate(data, before.text, remarks, mark=mark)
    after = read_bytes(made.data, "x.docx")
    assert made.unplaced == ()
    assert after.text == before.text
    assert after.tracked == before.tracked
    assert after.provisions == before.provisions
    return made.data


def anchored(data: bytes, *words: str) -> list[str]:
    return [each.words for each in read_comments(comment_on(data, *words)) if each.author == "Caucus"]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>section 12</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed words'
    "</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback/>"
    "</mc:AlternateContent></w:r>"
)


WHOLE = "The Employer shall give notice."
LINK = '<w:hyperlink w:anchor="a">' + run("see the policy") + "</w:hyperlink>"
CONTROL = "<w:sdt><w:sdtContent>" + run("filled in here") + "</w:sdtContent></w:sdt>"
SIMPLE_FIELD = '<w:fldSimple w:instr=" REF y ">' + run("section 4") + "</w:fldSimple>"
TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('Topic')}</w:tc><w:tc>{paragraph('thirty days only')}</w:tc></w:tr></w:tbl>"
ONE_RUN = '<w:r><w:t>One </w:t><w:t xml:space="preserve">two </w:t><w:tab/><w:t>three</w:t></w:r>'


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        (WHOLE, "shall give", "shall give"),
        (WHOLE, WHOLE, WHOLE),
        (run("The Em") + run("ployer sh", "<w:b/>") + run("all give."), "Employer shall", "Employer shall"),
        (run("It ") + inserted("may not ") + run("sell."), "may not", "may not"),
        (run("It ") + inserted("may not") + run(" sell."), "It may", "It may"),
        (run("At least ") + deleted("120") + inserted("30") + run(" days."), "least 30 days", "least 30 days"),
        (LINK + run(" now"), "policy now", "policy now"),
        (CONTROL, "in here", "in here"),
        (run("Name") + TAB + run("the data"), "Name the", "Name the"),
        (run("De\u00adploy\u00adment of tools"), "Deployment", "De\u00adploy\u00adment"),
        (run("Under ") + FIELD + run(" of this"), "section", "section 12"),
        (SIMPLE_FIELD + run(" holds"), "section", "section 4"),
        (run("Beside ") + TEXT_BOX + run(" it"), "boxed", "boxed words"),
        (run("notice", "<w:vanish/>") + run("Notice of notice"), "notice", "notice"),
        (ONE_RUN, "two", "two"),
    ],
)
def test_a_comment_is_anchored_at_its_words_and_no_others(body: str, words: str, expected: str) -> None:
    assert anchored(word_file(paragraph(body)), words) == [expected]


def test_words_in_a_table_cell_are_found() -> None:
    assert anchored(word_file(TABLE + paragraph("thirty days.")), "thirty days", "days only") == [
        "thirty days",
        "days only",
    ]


def test_words_behind_an_automatic_number_are_found() -> None:
    body = listed("Notice shall be given.") + listed("Data shall not be sold.")
    data = word_file(body, parts={"numbering": numbering(level(0, "decimal", "Section %1."))})
    assert read_bytes(data, "x.docx").text.startswith("Section 1. Notice")
    assert anchored(data, "Data shall", "Notice") == ["Notice", "Data shall"]


def test_comments_may_touch_overlap_and_lie_within_each_other() -> None:
    data = word_file(paragraph("The Employer shall give notice in writing."))
    words = ("The Employer", " shall give", "shall give notice in writing.", "give notice", "notice")
    assert sorted(anchored(data, *words)) == sorted(each.strip() for each in words)


def test_the_look_of_a_cut_run_stays_and_its_tracked_formatting_gets_an_id_of_its_own() -> None:
    look = f'<w:i/><w:rPrChange w:id="7" {WHO}><w:rPr/></w:rPrChange>'
    data = comment_on(word_file(paragraph(run("Before the words after", look))), "the words")
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    runs = [each for each in root.iter(f"{{{W}}}r") if each.find(f"{{{W}}}t") is not None]
    assert len(runs) == 3
    assert all(each.find(f"{{{W}}}rPr/{{{W}}}i") is not None for each in runs)
    ids = [each.get(f"{{{W}}}id") for each in root.iter(f"{{{W}}}rPrChange")]
    assert len(set(ids)) == 3


def test_comments_of_theirs_stay_and_ids_do_not_meet() -> None:
    marks = '<w:commentRangeStart w:id="5"/>' + run("theirs") + '<w:commentRangeEnd w:id="5"/>'
    reference = '<w:r><w:commentReference w:id="5"/></w:r>'
    comment = f'<w:comment w:id="5" w:author="Ann" w:initials="A">{paragraph("hold at 45")}</w:comment>'
    part = f"<w:comments {NAMESPACES}>{comment}</w:comments>"
    data = word_file(paragraph(marks + reference + run(" and ours")), parts={"comments": part})
    found = read_comments(comment_on(data, "ours", "theirs and"))
    assert [(each.author, each.words) for each in found] == [
        ("Ann", "theirs"),
        ("Caucus", "theirs and"),
        ("Caucus", "ours"),
    ]
    assert len({each.id for each in found}) == 3
    assert all(each.referred for each in found)
    assert found[0].text == "hold at 45"


def test_a_comment_has_author_initials_and_its_lines() -> None:
    data = word_file(paragraph("Some words."))
    lines = (Line("lost\x00 words & <more>", "Weakened:"), Line("second\nthird"))
    found = read_comments(annotate(data, "Some words.", [Remark(0, 4, lines)]).data)[0]
    assert (found.author, found.initials, found.words) == ("Caucus", "C", "Some")
    assert found.text == "Weakened: lost words & <more>\nsecondthird"


def test_what_is_said_of_the_whole_stands_at_the_first_words_and_what_is_not_found_says_so() -> None:
    data = word_file(paragraph("") + paragraph("First line.") + paragraph("Second line."))
    nowhere = Remark(24, 36, SAYS)
    made = annotate(data, "First line.\nSecond line.\nNot in there", [Remark(0, 0, SAYS), nowhere])
    assert made.unplaced == (nowhere,)
    assert [each.words for each in read_comments(made.data)] == ["First line.", "First line."]


def test_a_strict_file_can_be_commented_on() -> None:
    strict = document(paragraph("A strict sentence.")).replace(W, W_STRICT)
    strict = strict.replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    assert anchored(word_file(main=strict), "strict") == ["strict"]


def test_equal_input_gives_equal_bytes_and_no_date_is_made_up() -> None:
    data = word_file(paragraph("The same words."))
    assert comment_on(data, "same", mark=COPY_MARK) == comment_on(data, "same", mark=COPY_MARK)
    with zipfile.ZipFile(io.BytesIO(comment_on(data, "same"))) as package:
        assert b"w:date" not in package.read("word/comments.xml")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", b"plain text"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        annotate(data, "text", [])


WORDS = st.text("abc de\u00ad,", min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.tuples(WORDS, st.sampled_from(["", "<w:b/>"]), st.sampled_from(["", "ins", "del", "link"])),
                      min_size=1, max_size=5), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 30)), min_size=1, max_size=6),
)  # fmt: skip
def test_any_words_of_any_paragraphs_are_anchored_exactly(
    made: list[list[tuple[str, str, str]]], places: list[tuple[int, int]]
) -> None:
    def wrapped(text: str, look: str, kind: str) -> str:
        if kind == "link":
            return f'<w:hyperlink w:anchor="a">{run(text, look)}</w:hyperlink>'
        return inserted(text) if kind == "ins" else deleted(text) if kind == "del" else run(text, look)

    body = "".join(paragraph("".join(wrapped(*piece) for piece in pieces)) for pieces in made)
    data = word_file(body + paragraph("the end"))
    before = read_bytes(data, "x.docx")
    remarks = []
    for start, length in places:
        end = min(start + length, len(before.text))
        if before.text[start:end].strip():
            remarks.append(Remark(start, end, SAYS))
    result = annotate(data, before.text, remarks)
    assert result.unplaced == ()
    found = read_comments(result.data)
    ordered = sorted(remarks, key=lambda each: (each.start, -each.end))
    expected = ["".join(before.text[each.start : each.end].split()) for each in ordered]
    assert ["".join(each.words.replace("\u00ad", "").split()) for each in found] == expected
    after = read_bytes(result.data, "x.docx")
    assert (after.text, after.tracked) == (before.text, before.tracked)
