"""Our answer inside their file: their text and changes stay theirs, ours are added, each can be settled alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.errors import InvalidInput
from app.text.reading import read_bytes
from app.word.redline.answer import answer_in_file, refusals
from app.word.redline.edits import Edit
from app.word.settle import accept_all, reject_all
from tests.factories.drafts import draft, edited, written
from tests.factories.redline_cases import control, field, link, table
from tests.factories.word_content import W, content, part, parts, texts
from tests.factories.word_files import NAMESPACES, WHO, deleted, inserted, listed, paragraph, run, word_file

SITE = (
    '<Relationship Id="r5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
    'Target="http://a/" TargetMode="External"/>'
)
COMMENTS = f'<w:comments {NAMESPACES}><w:comment w:id="3" {WHO}>{paragraph("Why?")}</w:comment></w:comments>'
THEIRS = word_file(
    paragraph(
        run("1.1 The Employer ") + inserted("will endeavor to") + deleted("shall") + run(" give ")
        + run("written notice", "<w:b/>") + run(" at least 30 days before.")
    )
    + paragraph(inserted("Theirs came in here."), mark="ins")
    + paragraph(run("See ") + field("REF a", "4") + run(" and ") + link("r5", run("the site")) + run(" for the rest."))
    + listed("An item of the list")
    + table(["cell one", paragraph("c two") + paragraph("c two again")])
    + paragraph('<w:commentRangeStart w:id="3"/>' + run("Last words.") + '<w:commentRangeEnd w:id="3"/>'
                '<w:r><w:commentReference w:id="3"/></w:r>'),
    parts={"comments": COMMENTS}, relations=SITE,
)  # fmt: skip


def answered(*edits: Edit) -> bytes:
    data = answer_in_file(THEIRS, edits)
    assert content(reject_all(data, authors={"Union"})) == content(THEIRS)
    assert content(reject_all(data)) == content(reject_all(THEIRS))
    return data


def test_places_of_the_reader_are_the_places_of_edits() -> None:
    document = read_bytes(THEIRS, "theirs.docx")
    for provision in document.provisions:
        data = answered(Edit("replace", provision.place, "Ours instead.", was=provision.text))
        assert "Ours instead." in " ".join(texts(accept_all(data)))


def test_a_replaced_provision_keeps_the_look_of_its_words_and_the_number_before_it() -> None:
    was = "The Employer will endeavor to give written notice at least 30 days before."
    data = answered(
        Edit(
            "replace", "paragraph 1", "The Employer shall give prompt written notice at least 120 days before.", was=was
        )
    )
    assert texts(accept_all(data))[0] == "1.1 The Employer shall give prompt written notice at least 120 days before."
    root = part(data, "word/document.xml")
    bold = ["".join(each.itertext()) for each in root.iter(f"{W}r") if each.find(f"{W}rPr/{W}b") is not None]
    assert bold == ["written notice"]
    theirs = next(each for each in root.iter(f"{W}ins") if each.get(f"{W}author") == "Ann")
    assert [each.get(f"{W}author") for each in theirs.iter(f"{W}del")] == ["Union"]


def test_a_new_word_looks_like_the_word_that_it_replaces() -> None:
    theirs = word_file(paragraph(run("Give ") + run("written notice", "<w:b/>") + run(" at once.")))
    data = answer_in_file(theirs, [Edit("replace", "paragraph 1", "Give signed notice at once.")])
    come = next(part(data, "word/document.xml").iter(f"{W}ins"))
    assert come.xpath("string()") == "signed"
    assert come.find(f"{W}r/{W}rPr/{W}b") is not None


def test_inserted_paragraphs_look_and_count_like_the_one_before() -> None:
    data = answered(Edit("insert", "paragraph 4", paragraphs=("A second item", "A third item")))
    items = [each for each in content(accept_all(data)) if each[0] == "p" and "numPr" in str(each[1])]
    assert ["".join(piece[0] for piece in each[2]) for each in items] == [
        "An item of the list", "A second item", "A third item",
    ]  # fmt: skip


def test_insertions_at_the_end_of_the_file_and_of_a_cell() -> None:
    data = answered(
        Edit("insert", "paragraph 5", paragraphs=("The very end.",)),
        Edit("insert", "table 1, row 1, column 1", paragraphs=("more in it",)),
    )
    assert texts(accept_all(data))[-1] == "The very end."
    assert "more in it" in texts(accept_all(data))


@pytest.mark.parametrize("place", ["paragraph 1", "paragraph 2", "paragraph 3", "paragraph 4"])
def test_a_deleted_paragraph_goes_with_its_mark(place: str) -> None:
    data = answered(Edit("delete", place))
    assert len(texts(accept_all(data))) == len(texts(accept_all(THEIRS))) - 1


@pytest.mark.parametrize("place", ["paragraph 5", "table 1, row 1, column 1"])
def test_the_last_paragraph_of_a_file_or_cell_can_only_be_emptied(place: str) -> None:
    data = answered(Edit("delete", place))
    assert len(texts(accept_all(data))) == len(texts(accept_all(THEIRS)))
    root = part(data, "word/document.xml")
    assert not [each for each in root.iter(f"{W}del") if each.getparent().tag == f"{W}rPr"]


def test_words_over_several_paragraphs_of_a_cell() -> None:
    place = "table 1, row 1, column 2"
    data = answered(Edit("replace", place, "c three\nc two anew\nand more", was="c two\nc two again"))
    assert texts(accept_all(data))[-4:-1] == ["c three", "c two anew", "and more"]
    data = answered(Edit("replace", place, "one line", was="c two\nc two again"))
    assert texts(accept_all(data))[-2] == "one line"


def test_fields_and_hyperlinks_stay_whole_while_their_words_do() -> None:
    data = answered(Edit("replace", "paragraph 3", "Read 4 and the site for all the rest."))
    root = part(accept_all(data), "word/document.xml")
    assert len(list(root.iter(f"{W}fldChar"))) == 3
    assert next(root.iter(f"{W}hyperlink")).xpath("string()") == "the site"
    data = answered(Edit("replace", "paragraph 3", "See 5 and the page for the rest."))
    assert texts(accept_all(data))[2] == "See 5 and the page for the rest."
    assert not list(part(accept_all(data), "word/document.xml").iter(f"{W}fldChar"))


def test_a_note_in_a_deleted_paragraph_goes_with_it() -> None:
    theirs = written(draft(2, notes=1.0))
    place = next(each.place for each in read_bytes(theirs, "a.docx").provisions if len(each.text) > 100)
    data = answer_in_file(theirs, [Edit("delete", place)])
    before, after = (len(part(each, "word/footnotes.xml")) for each in (theirs, accept_all(data)))
    assert after == before - 1
    assert content(reject_all(data)) == content(theirs)


def test_a_content_control_around_a_paragraph_stays() -> None:
    theirs = word_file(paragraph("A") + control(paragraph("one two three")) + paragraph("B"))
    data = answer_in_file(theirs, [Edit("replace", "paragraph 2", "one five three")])
    assert content(accept_all(data)) == content(
        word_file(paragraph("A") + control(paragraph("one five three")) + paragraph("B"))
    )


def test_comments_headers_and_everything_else_of_theirs_stay_to_the_byte() -> None:
    before, after = parts(THEIRS), parts(answered(Edit("delete", "paragraph 1")))
    assert before.keys() == after.keys()
    for name in ("word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
        assert etree.tostring(etree.fromstring(before[name]), method="c14n") == etree.tostring(
            etree.fromstring(after[name]), method="c14n"
        )
    assert b"commentReference" in after["word/document.xml"]


def test_without_edits_it_is_their_file() -> None:
    assert answer_in_file(THEIRS, []) == THEIRS


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([Edit("delete", "paragraph 99")], "no paragraph 99"),
        ([Edit("replace", "paragraph 1", "x", was="never stood there")], "no longer"),
        ([Edit("delete", "paragraph 1"), Edit("replace", "paragraph 1", "x")], "Two edits"),
        ([Edit("replace", "paragraph 1", "x"), Edit("replace", "paragraph 1", "y")], "Two edits"),
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        answer_in_file(THEIRS, edits)


def test_a_text_box_is_not_edited() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    theirs = word_file(paragraph("text") + box)
    with pytest.raises(InvalidInput, match="text box"):
        answer_in_file(theirs, [Edit("replace", "text box 1", "out of it")])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_any_answer_comes_out_right_every_way(seed: int, data: st.DataObject) -> None:
    first = draft(1, seed=seed, notes=0.2)
    from app.word.redline.engine import redline_files

    theirs = redline_files(written(first), written(edited(first, 8, seed=seed)), author="Company")
    edits, expected = [], {}
    for provision in read_bytes(theirs, "theirs.docx").provisions[:12]:
        kind = data.draw(st.sampled_from(["leave", "replace", "insert"]))
        if kind == "replace":
            words = provision.text.split(" ")
            words.insert(data.draw(st.integers(0, len(words))), "promptly")
            expected[provision.place] = " ".join(words)
            edits.append(Edit("replace", provision.place, " ".join(words), was=provision.text))
        elif kind == "insert":
            edits.append(Edit("insert", provision.place, paragraphs=(f"Behind {provision.place}.",)))
    answer = answer_in_file(theirs, edits)
    assert content(reject_all(answer, authors={"Union"})) == content(theirs)
    assert content(reject_all(answer)) == content(written(first))
    shown = "\n".join(texts(accept_all(answer)))
    for text in expected.values():
        assert " ".join(text.split()) in " ".join(shown.split())


def test_a_new_paragraph_looks_like_the_one_that_is_named() -> None:
    theirs = word_file(paragraph(run("Body.")) + listed("An item") + paragraph(run("Last.")))
    data = answer_in_file(theirs, [Edit("insert", "paragraph 1", paragraphs=("Ours.",), like="paragraph 2")])
    made = {
        "".join(each.itertext()): each.find(f"{W}pPr/{W}numPr/{W}numId") is not None
        for each in part(accept_all(data), "word/document.xml").iter(f"{W}p")
    }
    assert list(made.items()) == [("Body.", False), ("Ours.", True), ("An item", True), ("Last.", False)]
    assert content(reject_all(data)) == content(theirs)
    with pytest.raises(InvalidInput, match="paragraph 99"):
        answer_in_file(theirs, [Edit("insert", "paragraph 1", paragraphs=("Ours.",), like="paragraph 99")])
    good, bad = Edit("delete", "paragraph 1", was="Body."), Edit("delete", "paragraph 1", was="Other words.")
    assert [bool(each) for each in refusals(theirs, [good, bad])] == [False, True]


def test_a_new_paragraph_is_not_bold_because_a_caption_is() -> None:
    theirs = word_file(paragraph(run("Notice.", "<w:b/>") + run(" The Employer gives notice of ten days.")))
    data = answer_in_file(theirs, [Edit("insert", "paragraph 1", paragraphs=("And it bargains.",))])
    new = next(each for each in part(data, "word/document.xml").iter(f"{W}r") if "bargains" in "".join(each.itertext()))
    assert new.find(f"{W}rPr/{W}b") is None
