"""Who has changes in a Word file already: nobody else may sign with that name."""

from __future__ import annotations

import pytest

from app.errors import InvalidInput
from app.text.docx_names import R
from app.word.table_redline import redline_for_table, tracked_authors
from tests.factories.secret_places import unpack
from tests.factories.word_files import NAMESPACES, WHO, deleted, inserted, paragraph, run, word_file

PARAGRAPH_CHANGE = f'<w:pPrChange w:id="5" {WHO}><w:pPr/></w:pPrChange>'
HIDING = (
    '<w:style w:type="paragraph" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
)
CHANGES = {
    "inserted words": paragraph(inserted("Words.")),
    "deleted words": paragraph(deleted("Words.") + run("More.")),
    "the mark of a paragraph": paragraph("Words.", mark="ins") + paragraph("More."),
    "the look of words": paragraph(run("Words.", f'<w:b/><w:rPrChange w:id="5" {WHO}><w:rPr/></w:rPrChange>')),
    "the look of a paragraph": paragraph("Words.", properties=f'<w:jc w:val="center"/>{PARAGRAPH_CHANGE}'),
    "a row": f'<w:tbl><w:tr><w:trPr><w:ins w:id="5" {WHO}/></w:trPr><w:tc>{paragraph("Words.")}</w:tc></w:tr></w:tbl>'
    + paragraph(),
}


def headed(words: str, header: str) -> bytes:
    """A file of one paragraph with a header."""
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h1"/></w:sectPr>'
    return word_file(
        paragraph(words) + section,
        parts={"word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph(header)}</w:hdr>"},
        relations=f'<Relationship Id="h1" Type="{R}/header" Target="header1.xml"/>',
    )


@pytest.mark.parametrize("body", CHANGES.values(), ids=CHANGES)
def test_whoever_changed_anything_is_known_and_can_not_sign_again(body: str) -> None:
    theirs, new = word_file(body), word_file(paragraph("Other words altogether."))
    assert tracked_authors(theirs) == {"Ann"}
    with pytest.raises(InvalidInput, match="Ann already has changes"):
        redline_for_table(theirs, new, author="Ann", date=None, old_is_theirs=True)
    assert redline_for_table(theirs, new, author="Union", date=None, old_is_theirs=True)


def test_where_nothing_is_tracked_nobody_is_named() -> None:
    assert tracked_authors(word_file(paragraph("Words."))) == frozenset()


@pytest.mark.parametrize("hidden_in", ["old", "new"])
@pytest.mark.parametrize("theirs", ["old", "new", "neither"])
def test_words_that_a_style_hides_are_not_shown_by_striking_them(hidden_in: str, theirs: str) -> None:
    def file(words: str, *, hides: bool) -> bytes:
        last = paragraph("our floor is 45", properties='<w:pStyle w:val="Unseen"/>') if hides else ""
        styles = f"<w:styles {NAMESPACES}>{HIDING}</w:styles>"
        return word_file(paragraph(words, properties='<w:pStyle w:val="Title"/>') + last, parts={"styles": styles})

    written = redline_for_table(
        file("Notice of 120 days.", hides=hidden_in == "old"), file("Notice of 90 days.", hides=hidden_in == "new"),
        author="Union", date=None, old_is_theirs=theirs == "old", new_is_theirs=theirs == "new",
    )  # fmt: skip
    body = unpack(written)["word/document.xml"].decode()
    assert "floor" not in body
    assert "120" in body
    assert "90" in body


def test_a_comment_stays_only_in_an_older_file_of_theirs() -> None:
    """Both sides work from one file, so that both may have a comment of one id; only theirs is known to stand there."""

    def file(words: str) -> bytes:
        said = f'<w:comment w:id="3" {WHO}>{paragraph("Which vendor?")}</w:comment>'
        mark = '<w:r><w:commentReference w:id="3"/></w:r>'
        return word_file(
            paragraph(run(words) + mark), parts={"comments": f"<w:comments {NAMESPACES}>{said}</w:comments>"}
        )

    old, new = file("Notice of 120 days."), file("Notice of 90 days.")
    ours = redline_for_table(old, new, author="Union", date=None, new_is_theirs=True)
    assert b"Which vendor?" not in b"".join(unpack(ours).values())
    theirs = redline_for_table(old, new, author="Union", date=None, old_is_theirs=True)
    assert b"Which vendor?" in unpack(theirs)["word/comments.xml"]


def test_a_person_is_told_whose_comments_and_changes_stay() -> None:
    told: list[str] = []
    theirs, new = word_file(CHANGES["inserted words"]), word_file(paragraph("Other words altogether."))
    redline_for_table(theirs, new, author="Union", date=None, old_is_theirs=True, tell=told.append)
    assert [each for each in told if "“Ann” stay" in each]
    told.clear()
    redline_for_table(new, theirs, author="Union", date=None, new_is_theirs=True, tell=told.append)
    assert told == []


def test_a_header_that_keeps_the_file_back_is_said_unless_it_is_theirs() -> None:
    said = "Privileged and Confidential: counsel's draft"

    told: list[str] = []
    old, new = headed("Notice of 120 days.", said), headed("Notice of 90 days.", said)
    redline_for_table(old, new, author="Union", date=None, tell=told.append)
    assert [each for each in told if said in each]
    told.clear()
    redline_for_table(old, new, author="Union", date=None, old_is_theirs=True, tell=told.append)
    assert told == []
