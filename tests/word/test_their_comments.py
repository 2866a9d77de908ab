"""The employer's own comments stay in our answer in their file; whatever else calls itself a comment is left behind."""

from __future__ import annotations

import re
import shutil

import pytest
from lxml import etree

from app.errors import NotTableSafe
from app.office import convert
from app.text.reading import read_bytes
from app.word.commenting import Line, Remark, annotate
from app.word.redline.answer import answer_in_file
from app.word.redline.edits import Edit
from app.word.settle import accept_all, reject_all
from app.word.table_safe import assert_table_safe, make_table_safe
from app.word.table_safe.manifest import write_archive
from tests.factories.comments_read_back import read_comments
from tests.factories.secret_places import unpack
from tests.factories.word_files import NAMESPACES, WHO, paragraph, run, word_file

SECRET = "our floor is 45 days"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MINE = 'w:author="Ann" w:initials="A" w:date="2026-01-02T03:04:05Z"'
EXTENDED_RELATION = (
    '<Relationship Id="ex" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
    'Target="commentsExtended.xml"/>'
)


def marked(key: int, words: str) -> str:
    """Words with a comment at them."""
    return (
        f'<w:commentRangeStart w:id="{key}"/>{run(words)}<w:commentRangeEnd w:id="{key}"/>'
        f'<w:r><w:commentReference w:id="{key}"/></w:r>'
    )


def comment(key: int, words: str, who: str = MINE, stamp: str = "") -> str:
    """A comment of one paragraph; plain words become one run."""
    inner = words if words.startswith("<") else run(words)
    stamped = f' w14:paraId="{stamp}"' if stamp else ""
    return f'<w:comment w:id="{key}" {who}><w:p w:rsidR="00C0FFEE"{stamped}>{inner}</w:p></w:comment>'


def employer_file(*more: str, body: str = "", comments: str = "") -> bytes:
    """Two comments of Ann's, the second an answer to the first, which is settled."""
    written = comments or comment(3, "Hold at go-live.", stamp="0C0FFEE1") + comment(
        8, "Why not before?", stamp="0C0FFEE2"
    )
    threads = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0C0FFEE1" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0C0FFEE2" w15:paraIdParent="0C0FFEE1" w15:done="0"/></w15:commentsEx>'
    )
    return word_file(
        body
        or paragraph(run("The Employer gives ") + marked(3, "prompt notice") + marked(8, "of systems") + run("."))
        + paragraph("Nothing else changes."),
        parts={
            "comments": f"<w:comments {NAMESPACES}>{written}{''.join(more)}</w:comments>",
            "word/commentsExtended.xml": threads,
        },
        relations=EXTENDED_RELATION,
    )


THEIRS = employer_file()


def safe(data: bytes, theirs: bytes | None = THEIRS) -> bytes:
    return make_table_safe(data, keep_tracked=True, theirs=theirs)


def struck(words: str) -> str:
    return f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    parts = unpack(data)
    content = parts[part].decode()
    assert old in content
    return write_archive(parts | {part: content.replace(old, new, 1).encode()})


def everything(data: bytes) -> str:
    return "\n".join(f"{name}\n{content.decode('utf-8', 'replace')}" for name, content in unpack(data).items())


@pytest.fixture(name="answer", scope="module")
def _answer() -> bytes:
    words = "The Employer gives written notice of systems 90 days before."
    return safe(answer_in_file(THEIRS, [Edit("replace", "paragraph 1", words)]))


def test_their_comments_stay_in_our_answer_at_their_words(answer: bytes) -> None:
    for settled in (answer, reject_all(answer), accept_all(answer)):
        read = read_comments(settled)
        assert [(each.id, each.author, each.initials, each.text) for each in read] == [
            ("3", "Ann", "A", "Hold at go-live."),
            ("8", "Ann", "A", "Why not before?"),
        ]
        assert all(each.referred for each in read)
    assert [each.words for each in read_comments(reject_all(answer))] == ["prompt notice", "of systems"]
    assert read_bytes(reject_all(answer), "a.docx").comments == read_bytes(THEIRS, "t.docx").comments


def test_which_answers_which_and_what_is_settled_stays_under_stamps_of_our_own(answer: bytes) -> None:
    lines = [dict(each.attrib) for each in etree.fromstring(unpack(answer)["word/commentsExtended.xml"])]
    stamp, parent, done = (f"{{{W15}}}{name}" for name in ("paraId", "paraIdParent", "done"))
    assert lines == [{stamp: "00000001", done: "1"}, {stamp: "00000002", parent: "00000001", done: "0"}]
    assert re.findall(r'w14:paraId="(\w+)"', unpack(answer)["word/comments.xml"].decode()) == ["00000001", "00000002"]
    assert "C0FFEE" not in everything(answer)


def test_making_it_safe_again_changes_nothing(answer: bytes) -> None:
    assert safe(answer) == answer
    assert_table_safe(answer, tracked=True, theirs=THEIRS)


def test_comments_that_we_add_are_left_behind() -> None:
    text = read_bytes(THEIRS, "t.docx").text
    ours = annotate(THEIRS, text, [Remark(0, 12, (Line(SECRET),))], author="Ann", initials="A").data
    assert SECRET in everything(ours)
    assert SECRET not in everything(safe(ours))
    assert [each.id for each in read_comments(safe(ours))] == ["3", "8"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hold at go-live.", SECRET),
        ("Hold at go-live.</w:t></w:r></w:p>", f"Hold at go-live.</w:t></w:r></w:p>{paragraph(SECRET)}"),
        ("Hold at go-live.</w:t></w:r>", 'Hold at go-live.</w:t></w:r><w:r><w:sym w:char="F0FC"/></w:r>'),
        ("Hold at", "Ho ldat"),
        ("<w:r><w:t", "<w:r><w:tab/><w:t"),
        ("<w:r><w:t", "<w:r><w:rPr><w:strike/></w:rPr><w:t"),
        (
            "Hold at go-live.</w:t></w:r>",
            f'Hold at go-live.</w:t></w:r><w:del w:id="77" w:author="Union">{struck(SECRET)}</w:del>',
        ),
        ("</w:p>", f"<m:oMath><m:r><m:t>{SECRET}</m:t></m:r></m:oMath></w:p>"),
        ('w:author="Ann"', f'w:author="{SECRET}"'),
        ('w:initials="A"', f'w:initials="{SECRET}"'),
        ("2026-01-02T03:04:05Z", "2026-11-02T03:04:05Z"),
        ('w:id="3"', 'w:id="4"'),
        ("</w:comments>", comment(3, "Hold at go-live.") + "</w:comments>"),
        ("</w:comments>", comment(3, SECRET) + "</w:comments>"),
    ],
    ids=[
        "words",
        "a line more",
        "a letter more",
        "a space",
        "a tab",
        "struck",
        "taken out",
        "a formula",
        "author",
        "initials",
        "date",
        "id",
        "twice",
        "two of one id",
    ],
)
def test_a_comment_that_says_anything_else_is_not_theirs(old: str, new: str) -> None:
    data = changed(THEIRS, "word/comments.xml", old, new)
    written = safe(data)
    assert SECRET not in everything(written)
    assert all(each in read_comments(safe(THEIRS)) for each in read_comments(written))
    with pytest.raises(NotTableSafe):
        assert_table_safe(changed(safe(THEIRS), "word/comments.xml", old, new.replace(' w:rsidR="00C0FFEE"', "")),
                          tracked=True, theirs=THEIRS)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:t xml", f"<w:rPr><w:vanish/></w:rPr><w:t>{SECRET}</w:t></w:r><w:r><w:t xml"),
        ("</w:p>", f'<w:fldSimple w:instr=" AUTHOR {SECRET} "/></w:p>'),
        ("</w:p>", f'<w:bookmarkStart w:id="9" w:name="{SECRET}"/><w:bookmarkEnd w:id="9"/></w:p>'),
        ("</w:p>", f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}"/></w:sdtPr><w:sdtContent/></w:sdt></w:p>'),
        ("<w:r>", f'<w:r><w:rPr><w:rFonts w:ascii="{SECRET}"/></w:rPr>'),
        ("<w:p ", f'<w:p w14:textId="{SECRET}" '),
        (
            "</w:p>",
            f'<w:r><w:pict><v:shape style="width:9pt"><v:textpath string="{SECRET}"/></v:shape></w:pict></w:r></w:p>',
        ),
        ("</w:p>", f'<w:r><w:rPr><w:ins w:id="9" w:author="{SECRET}"/></w:rPr></w:r></w:p>'),
        ("<w:comment ", f'<w:comment w:rsid="{SECRET}" '),
        ("<w:comment ", f'<w:comment w14:note="{SECRET}" '),
    ],
    ids=[
        "hidden words",
        "field",
        "bookmark",
        "control",
        "font",
        "text id",
        "word art",
        "change",
        "attribute",
        "foreign attribute",
    ],
)
def test_no_secret_hides_in_a_comment_of_theirs(old: str, new: str) -> None:
    written = safe(changed(THEIRS, "word/comments.xml", old, new))
    assert SECRET not in everything(written)
    assert "Why not before?" in everything(written)


def test_without_their_file_no_comment_is_theirs() -> None:
    assert read_comments(safe(THEIRS, theirs=None)) == []
    assert "comment" not in everything(safe(THEIRS, theirs=None))
    with pytest.raises(NotTableSafe, match="Ann"):
        assert_table_safe(safe(THEIRS), tracked=True)


@pytest.mark.parametrize(
    ("part", "old", "new", "because"),
    [
        ("word/document.xml", '<w:commentRangeStart w:id="3"/>', "", "as they should be"),
        ("word/document.xml", '<w:commentReference w:id="8"/>', '<w:commentReference w:id="3"/>', "as they should be"),
        ("word/document.xml", '<w:commentReference w:id="8"/>', '<w:commentReference w:id="9"/>', "not in the file"),
        ("word/comments.xml", "<w:t>Why", '<w:commentReference w:id="8"/><w:t>Why', "not allowed"),
        ("word/comments.xml", "00000002", "0C0FFEE2", "stamp of its own"),
        ("word/comments.xml", 'w14:paraId="00000002"', "", "stamps|stamp of its own"),
        ("word/commentsExtended.xml", 'w15:done="1"', 'w15:done="0"', "another way"),
        ("word/commentsExtended.xml", "</w15:commentsEx>", '<w15:commentEx w15:paraId="00000003"/></w15:commentsEx>',
         "another way"),
    ],
)  # fmt: skip
def test_the_check_refuses_what_the_cleaning_would_never_write(part: str, old: str, new: str, because: str) -> None:
    with pytest.raises(NotTableSafe, match=because):
        assert_table_safe(changed(safe(THEIRS), part, old, new), tracked=True, theirs=THEIRS)


def test_marks_out_of_order_leave_the_one_behind() -> None:
    body = paragraph(
        '<w:commentRangeEnd w:id="3"/>' + run("Words") + '<w:commentRangeStart w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r>'
    ) + paragraph(marked(8, "here"))  # fmt: skip
    theirs = employer_file(body=body)
    document = unpack(safe(theirs, theirs))["word/document.xml"].decode()
    assert re.findall(r'<w:(comment\w+) w:id="3"/>', document) == ["commentReference"]
    assert len(re.findall(r'<w:comment\w+ w:id="8"/>', document)) == 3


def test_a_comment_that_no_page_shows_is_left_behind() -> None:
    theirs = employer_file(comment(9, "Nobody sees this."))
    assert "Nobody sees" not in everything(safe(theirs, theirs))


def test_a_mark_may_not_be_put_at_other_words() -> None:
    """Which of their comments stands where is theirs to say."""
    moved = changed(THEIRS, "word/document.xml", marked(3, "prompt notice"), run("prompt notice"))
    moved = changed(moved, "word/document.xml", run("Nothing else changes."), marked(3, "Nothing else changes."))
    with pytest.raises(NotTableSafe, match="stand elsewhere"):
        safe(moved)


def test_nor_at_other_words_of_the_same_paragraph() -> None:
    start = '<w:commentRangeStart w:id="3"/>'
    moved = changed(THEIRS, "word/document.xml", start, "")
    moved = changed(moved, "word/document.xml", "<w:p>", f"<w:p>{start}")
    with pytest.raises(NotTableSafe, match="stand elsewhere"):
        safe(moved)


def test_what_their_comments_show_stays() -> None:
    """Bold, struck, symbols, breaks, a second paragraph and the style of comments; hidden words do not."""
    words = (
        run("Not ", "<w:b/>") + run("now", "<w:strike/><w:color w:val=\"FF0000\"/>") + run("unseen", "<w:vanish/>")
        + '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:br/></w:r>' + run(" later")
    )  # fmt: skip
    said = comment(3, words + "</w:p><w:p>" + run("Next line.")) + comment(8, "Why not before?")
    written = unpack(safe(employer_file(comments=said), employer_file(comments=said)))["word/comments.xml"].decode()
    assert "unseen" not in written
    for piece in (
        "<w:r><w:rPr><w:b/></w:rPr>" + text("Not "),
        "<w:r><w:rPr><w:strike/></w:rPr>" + text("now"),
        '<w:sym w:font="Wingdings" w:char="F04A"/>',
        "<w:br/>" + text(" later"),
        "</w:p><w:p",
        text("Next line."),
    ):
        assert piece in written


def text(words: str) -> str:
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<w:t{space}>{words}</w:t>"


def test_the_style_of_comments_is_the_only_one_in_them() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Kommentartext", "annotation text"), ("Strike", "Title"))
    )
    theirs = word_file(
        paragraph(marked(3, "Notice.")) + paragraph("Title", properties='<w:pStyle w:val="Strike"/>'),
        parts={
            "comments": f"<w:comments {NAMESPACES}>{comment(3, 'Which?')}</w:comments>",
            "styles": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        },
    )
    written = safe(theirs, theirs)
    assert '<w:pStyle w:val="CommentText"/>' in unpack(written)["word/comments.xml"].decode()
    with pytest.raises(NotTableSafe, match="not for comments"):
        assert_table_safe(
            changed(written, "word/comments.xml", '"CommentText"', '"Title"'), tracked=True, theirs=theirs
        )


def test_a_comment_under_the_name_of_our_side_is_not_theirs() -> None:
    said = comment(3, SECRET, 'w:author="UNION" w:initials="U"') + comment(8, "Why not before?")
    theirs = employer_file(comments=said)
    written = safe(theirs, theirs)
    assert [each.id for each in read_comments(written)] == ["8"]
    assert SECRET not in everything(written)
    kept = make_table_safe(theirs, keep_tracked=True, author="Local 418", theirs=theirs)
    with pytest.raises(NotTableSafe, match=r"UNION|their own file"):
        assert_table_safe(kept, tracked=True, author="Union", theirs=theirs)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Hold here.", 'w:author="Caucus" w:initials="C"'),
        ("Caucus copy, not for the other side. Employer Counter 2.", MINE),
        ("Caucus note: never below 45 days.", MINE),
        ("What we may fall back to (floor position):", MINE),
    ],
)
def test_a_copy_for_the_caucus_is_nobodys_own_file(words: str, who: str) -> None:
    """Taking the mark out of the headers does not make a caucus copy a file of the employer's."""
    copy = employer_file(comments=comment(3, words, who) + comment(8, "Why not before?"))
    for data, theirs in ((copy, copy), (THEIRS, copy), (copy, THEIRS)):
        with pytest.raises(NotTableSafe, match="for the caucus"):
            safe(data, theirs)
    with pytest.raises(NotTableSafe, match="for the caucus"):
        assert_table_safe(safe(THEIRS), tracked=True, theirs=copy)


def test_comments_in_notes_keep_their_place() -> None:
    note = f'<w:footnote w:id="2">{paragraph(marked(3, "See the annex."))}</w:footnote>'
    theirs = word_file(
        paragraph(run("Notice.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={
            "footnotes": f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>",
            "comments": f"<w:comments {NAMESPACES}>{comment(3, 'Which annex?', WHO)}</w:comments>",
        },
    )
    written = unpack(safe(theirs, theirs))
    assert b"commentReference" in written["word/footnotes.xml"]
    assert b"Which annex?" in written["word/comments.xml"]


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_word_processor_shows_them(answer: bytes) -> None:
    again = convert(reject_all(answer), kind="docx", to="docx")
    assert [(each.author, each.text, each.words) for each in read_comments(again)] == [
        ("Ann", "Hold at go-live.", "prompt notice"),
        ("Ann", "Why not before?", "of systems"),
    ]
