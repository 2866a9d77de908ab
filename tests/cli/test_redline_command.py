"""`proviso redline`: both texts are in the file, and nothing is written over what was read."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest

from app import office
from app.errors import NotTableSafe
from app.office import office_program
from app.word.caucus_mark import COPY_MARK, marked
from app.word.settle import accept_all, reject_all
from app.word.table_safe import assert_table_safe
from tests.cli.conftest import Run
from tests.factories.drafts import draft, edited, written
from tests.factories.word_content import content
from tests.factories.word_files import inserted, paragraph, run, styles, word_file

OLD = "1. The Employer shall give notice of 120 days.\n\n2. Notice is in writing.\n"
RTF = rb"{\rtf1\ansi\b Notice of 120 days.\b0\par}"
NEW = "1. The Employer shall give notice of 60 days.\n\n2. Notice is in writing.\n"


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD)
    new.write_text(NEW)
    return old, new


def test_what_changed_is_tracked(proviso: Run, texts: tuple[Path, Path], tmp_path: Path) -> None:
    assert proviso("redline", *texts, "-o", tmp_path / "redline.docx").status == 0
    tracked = proviso("read", tmp_path / "redline.docx", "--json").json["tracked"]
    assert {(each["kind"], each["text"]) for each in tracked} == {("deleted", "120"), ("inserted", "60")}
    assert {each["author"] for each in tracked} == {"Union"}


def test_two_word_files_give_the_old_one_with_the_changes_in_it(proviso: Run, tmp_path: Path) -> None:
    old, new, out = tmp_path / "old.docx", tmp_path / "new.docx", tmp_path / "redline.docx"
    old.write_bytes(written(draft(2), noise=1))
    new.write_bytes(written(edited(draft(2), 10), noise=2))
    assert proviso("redline", old, new, "-o", out, "--author", "Local 418", "--no-date").status == 0
    assert content(accept_all(out.read_bytes())) == content(new.read_bytes())
    assert content(reject_all(out.read_bytes())) == content(old.read_bytes())
    tracked = proviso("read", out, "--json").json["tracked"]
    assert {(each["author"], each["date"]) for each in tracked} == {("Local 418", "")}


def test_a_word_file_and_a_text_are_compared_by_their_texts(
    proviso: Run, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    word = tmp_path / "new.docx"
    word.write_bytes(
        word_file(paragraph("1. The Employer shall give notice of 30 days.") + paragraph("2. Notice is in writing."))
    )
    assert proviso("redline", texts[0], word, "-o", tmp_path / "redline.docx").status == 0
    tracked = proviso("read", tmp_path / "redline.docx", "--json").json["tracked"]
    assert ("inserted", "30") in {(each["kind"], each["text"]) for each in tracked}


def test_down_a_pipe(proviso: Run, texts: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(BytesIO(proviso("redline", *texts).data)) as package:
        assert re.search(rb"<w:del\b", package.read("word/document.xml"))


def test_for_the_other_side(proviso: Run, texts: tuple[Path, Path], tmp_path: Path) -> None:
    plain, safe = tmp_path / "plain.docx", tmp_path / "safe.docx"
    assert proviso("redline", *texts, "-o", plain).status == 0
    with pytest.raises(NotTableSafe):
        assert_table_safe(plain.read_bytes(), tracked=True)
    assert proviso("redline", *texts, "--table-safe", "-o", safe).status == 0
    assert_table_safe(safe.read_bytes(), tracked=True)
    with pytest.raises(NotTableSafe, match="tracked changes"):
        assert_table_safe(safe.read_bytes())
    shown = [proviso("read", file, "--json").json["tracked"] for file in (plain, safe)]
    assert [(each["kind"], each["text"], each["author"]) for each in shown[0]] == [
        (each["kind"], each["text"], each["author"]) for each in shown[1]
    ]


def test_in_the_other_side_s_own_file(proviso: Run, tmp_path: Path) -> None:
    theirs, ours, safe = (tmp_path / name for name in ("theirs.docx", "ours.docx", "safe.docx"))
    theirs.write_bytes(word_file(paragraph(inserted("Their words. ") + run("Notice of 120 days."))))
    ours.write_bytes(word_file(paragraph("Their words. Notice of 60 days.")))
    assert "by “Ann”" in proviso("redline", theirs, ours, "--table-safe", "-o", safe).refused()
    assert not safe.exists()
    assert proviso("redline", theirs, ours, "--table-safe", "--old-is-theirs", "-o", safe).status == 0
    assert_table_safe(safe.read_bytes(), tracked=True, theirs=theirs.read_bytes())
    taken = proviso("redline", theirs, ours, "--table-safe", "--old-is-theirs", "--author", "Ann", "-o", "x.docx")
    assert "Ann already has changes in the older file" in taken.refused()


def test_in_our_file_with_the_other_side_s_newer_one(proviso: Run, tmp_path: Path) -> None:
    ours, theirs, safe = (tmp_path / name for name in ("ours.docx", "theirs.docx", "safe.docx"))
    named = '<w:style w:type="paragraph" w:styleId="House"><w:name w:val="Tidewater House"/></w:style>'
    ours.write_bytes(word_file(paragraph("Notice of 120 days.")))
    theirs.write_bytes(
        word_file(
            paragraph("Notice of 60 days.") + paragraph("Signed.", style="House"), parts={"styles": styles(named)}
        )
    )
    found = []
    for more in ([], ["--new-is-theirs"]):
        assert proviso("redline", ours, theirs, "--table-safe", *more, "-o", safe).status == 0
        with zipfile.ZipFile(safe) as package:
            found.append(b"Tidewater House" in package.read("word/styles.xml"))
    assert found == [False, True]
    assert_table_safe(safe.read_bytes(), tracked=True, theirs=theirs.read_bytes())


@pytest.mark.parametrize("other", ["other.docx", "other.txt"])
def test_the_words_of_a_caucus_copy_do_not_leave_without_its_mark(proviso: Run, tmp_path: Path, other: str) -> None:
    copy, rest = tmp_path / "copy.docx", tmp_path / other
    copy.write_bytes(marked(word_file(paragraph("We would take sixty."))))
    rest.write_bytes(word_file(paragraph("We take ninety.")) if other.endswith("docx") else b"We take ninety.")
    for pair in ((copy, rest), (rest, copy)):
        assert "copy for the caucus" in proviso("redline", *pair, "--table-safe", "-o", tmp_path / "x.docx").refused()
    assert not (tmp_path / "x.docx").exists()
    assert proviso("redline", copy, rest, "-o", tmp_path / "x.docx").status == 0


def test_where_nothing_differs_it_says_so_and_writes_the_file(
    proviso: Run, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.docx"
    theirs.write_bytes(word_file(paragraph(inserted("Their words. ") + run("Notice of 120 days."))))
    said = "These two texts are the same"
    for more in ((), ("--table-safe", "--old-is-theirs")):
        out = tmp_path / f"out{len(more)}.docx"
        done = proviso("redline", theirs, theirs, *more, "-o", out)
        assert (done.status, said in done.err) == (0, True), "what they had tracked themselves is no change of ours"
        assert zipfile.is_zipfile(out)
    out = tmp_path / "texts.docx"
    done = proviso("redline", texts[0], texts[0], "-o", out)
    assert (done.status, said in done.err, zipfile.is_zipfile(out)) == (0, True, True)
    assert said not in proviso("redline", *texts, "-o", out).err


def test_the_texts_are_named_above_the_pages_unless_it_is_for_the_other_side(
    proviso: Run, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    for more, title in (((), "Redline: new.txt against old.txt"), (("--table-safe",), "Redline")):
        out = tmp_path / "out.docx"
        assert proviso("redline", *texts, *more, "-o", out).status == 0
        document = docx.Document(str(out))
        assert document.core_properties.title == title
        assert [each.text for each in document.sections[0].header.paragraphs] == [title]


@pytest.mark.office
@pytest.mark.skipif(office.office_program() is None, reason="needs LibreOffice (soffice)")
def test_a_file_of_another_word_processor_is_converted_and_keeps_its_look(proviso: Run, tmp_path: Path) -> None:
    old, new, out = tmp_path / "old.rtf", tmp_path / "new.docx", tmp_path / "out.docx"
    old.write_bytes(RTF)
    new.write_bytes(word_file(paragraph("Notice of 60 days.")))
    done = proviso("redline", old, new, "--table-safe", "--old-is-theirs", "-o", out)
    assert done.status == 0
    assert "old.rtf: converted to a Word file first" in done.err
    assert "new.docx" not in done.err
    before = docx.Document(BytesIO(reject_all(out.read_bytes()))).paragraphs[0]
    assert {each.bold for each in before.runs if each.text} == {True}, "a real redline: rejecting gives their look back"
    tracked = proviso("read", out, "--json").json["tracked"]
    assert ("inserted", "60") in {(each["kind"], each["text"]) for each in tracked}


def test_without_libreoffice_it_says_what_to_do(
    proviso: Run, texts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    (tmp_path / "old.rtf").write_bytes(RTF)
    said = proviso("redline", tmp_path / "old.rtf", texts[1], "-o", tmp_path / "x.docx").refused()
    assert "old.rtf" in said
    assert "needs LibreOffice" in said
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.office
@pytest.mark.skipif(office.office_program() is None, reason="needs LibreOffice (soffice)")
def test_a_caucus_copy_saved_in_another_format_does_not_leave(proviso: Run, tmp_path: Path) -> None:
    in_header = rb"\ansi{\header " + COPY_MARK.encode() + rb"\par}"
    (tmp_path / "copy.rtf").write_bytes(RTF.replace(rb"\ansi", in_header))
    (tmp_path / "rest.txt").write_text("We take ninety.")
    files = (tmp_path / "copy.rtf", tmp_path / "rest.txt")
    done = proviso("redline", *files, "--table-safe", "-o", tmp_path / "x.docx")
    assert (done.status, "copy for the caucus" in done.err) == (2, True)
    assert not (tmp_path / "x.docx").exists()


def test_refusals(proviso: Run, texts: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = texts
    assert "There is no file" in proviso("redline", old, tmp_path / "none.docx", "-o", "x.docx").refused()
    assert "one of the files that are read" in proviso("redline", old, new, "-o", new).refused()
    assert "Only one of OLD and NEW" in proviso("redline", "-", "-", "-o", "x.docx").refused()
    broken = tmp_path / "broken.docx"
    broken.write_bytes(written(draft(1))[:900])
    assert "broken.docx" in proviso("redline", broken, new, "-o", "x.docx").refused()
    assert "author" in proviso("redline", old, new, "-o", "x.docx", "--author", " ").refused()
    assert new.read_text() == NEW
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize(("more", "width"), [((), 12240), (("--a4",), 11906)])
def test_texts_are_written_on_the_paper_that_is_asked_for(
    proviso: Run, texts: tuple[Path, Path], tmp_path: Path, more: tuple[str, ...], width: int
) -> None:
    assert proviso("redline", *texts, "-o", tmp_path / "redline.docx", *more).status == 0
    assert docx.Document(str(tmp_path / "redline.docx")).sections[0].page_width.twips == width


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_pdf_shows_what_goes_and_what_comes(proviso: Run, texts: tuple[Path, Path], tmp_path: Path) -> None:
    assert proviso("redline", *texts, "-o", tmp_path / "redline.pdf", "--table-safe").status == 0
    with pypdfium2.PdfDocument(tmp_path / "redline.pdf") as pdf:
        shown = pdf[0].get_textpage().get_text_range()
    assert "120" in shown
    assert "60" in shown


def test_without_libreoffice_no_pdf_is_begun(
    proviso: Run, texts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "A PDF needs LibreOffice" in proviso("redline", *texts, "-o", tmp_path / "redline.pdf").refused()
    assert not (tmp_path / "redline.pdf").exists()
