"""Hostile files where a Word file is opened again to write: refused in words, or at a cost that grows with length."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from collections.abc import Callable

import pytest

from app.errors import InvalidInput, NotTableSafe, UnreadableFile
from app.text.reading import read_bytes
from app.word import package as word_package
from app.word.package import Package
from app.word.redline.engine import redline_files
from app.word.settle import accept_all, reject_all
from tests.factories import hostile_files, hostile_marks
from tests.factories.damaged_files import damaged, sound_files
from tests.factories.doors import DOORS, PLAIN
from tests.factories.hostile_marks import MARKS
from tests.factories.word_files import WHO, R, archive, document, paragraph, run, styles, word_file

REFUSALS = (UnreadableFile, NotTableSafe, InvalidInput)
SMALL = [name for name in MARKS if "000" not in name and "5 MB" not in name]


def put_through(data: bytes, door: str) -> str:
    """What the refusal says; "" where there is none. Any other exception is the test's failure."""
    try:
        DOORS[door](data)
    except REFUSALS as error:
        return str(error)
    return ""


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", SMALL)
def test_odd_files_are_taken_or_refused_in_words(name: str, door: str) -> None:
    said = put_through(MARKS[name](), door)
    assert not said or (said.endswith(".") and len(said) > 40)


@pytest.mark.parametrize("name", ["ids beyond all numbers", "styles in a circle", "the strict edition",
                                  "unusual prefixes", "fonts that do not exist"])  # fmt: skip
def test_odd_files_that_can_be_redlined_are_right_both_ways(name: str) -> None:
    data = MARKS[name]()
    written = redline_files(data, PLAIN)
    assert _words(accept_all(written)) == _words(PLAIN)
    assert _words(reject_all(written, authors={"Union"})) == _words(data)


@pytest.mark.parametrize("seed", range(30))
def test_damaged_files_are_taken_or_refused_in_words(seed: int) -> None:
    sound = SOUND[seed * 37 % len(SOUND)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a part that is there twice
        file = damaged(sound, seed * 37 % len(SOUND) + seed * len(SOUND))
    doors = ("redline, as old", "redline, as new", "answer, safe", "caucus copy", "accept all", "house style")
    said = [put_through(file, door) for door in doors]
    for pair in ((sound, file), (file, sound)):
        try:
            redline_files(*pair)
        except REFUSALS as error:
            said.append(str(error))
    assert all(each.endswith(".") and len(each) > 30 for each in said if each)


SOUND = sound_files()


@pytest.mark.parametrize(
    ("door", "limit"),
    [(door, "MAX_ELEMENTS") for door in ("redline, as old", "redline, as new", "answer")]
    + [(door, "MAX_MARKED") for door in ("caucus copy", "made table-safe", "accept all", "reject all")],
)
def test_more_elements_than_are_worked_on_are_refused_with_the_limit_named(door: str, limit: str) -> None:
    most = getattr(word_package, limit)
    file = word_file(paragraph("Words.") + f"<w:p>{'<w:r/>' * most}</w:p>")
    assert f"more than {most:,} XML elements" in put_through(file, door)


def test_elements_of_all_parts_count_together() -> None:
    half = "<w:r/>" * (word_package.MAX_ELEMENTS // 2 + 1)
    file = word_file(f"<w:p>{half}</w:p>", parts={"styles": styles(half)})
    with pytest.raises(UnreadableFile, match=r"XML elements at word/styles\.xml"):
        redline_files(file, PLAIN)


def test_a_broken_main_part_is_read_but_never_written_into() -> None:
    broken = document(paragraph("One.") + paragraph("Two.")).replace("Two.</w:t></w:r></w:p>", "Two.</w:t></w:p>")
    file = word_file(main=broken)
    assert "One." in read_bytes(file, "counter.docx").text
    for door in ("redline, as old", "redline, as new", "caucus copy", "made table-safe", "accept all"):
        assert "damaged" in put_through(file, door)


def test_a_damaged_part_is_refused_in_words() -> None:
    """zlib's own error is none of ours; the part is only read when the package is written back."""
    data = word_file(paragraph("Words."), parts={"word/media/picture.bin": b"The Employer tells the Union. " * 200})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo("word/media/picture.bin")
    start = info.header_offset + 30 + len(info.filename)
    torn = data[:start] + bytes(byte ^ 0xFF for byte in data[start : start + 20]) + data[start + 20 :]
    with pytest.raises(UnreadableFile, match=r"picture\.bin"):
        accept_all(torn)


@pytest.mark.parametrize(
    ("door", "make", "count"),
    [
        ("redline, as new", hostile_marks._links, 100),
        ("redline, as new", hostile_marks._pictures, 60),
        ("redline, as new", hostile_marks._footnotes, 50),
        ("redline, as new", hostile_marks._bookmarks, 50),
        ("redline, as old", hostile_marks._headers, 50),
        ("reject all", lambda count: word_file(paragraph("word ", mark="ins") * count + paragraph("end")), 400),
        ("accept all", hostile_files._joined, 400),
        ("accept all", hostile_marks._parts, 300),
    ],
)
def test_cost_grows_with_length(door: str, make: Callable[[int], bytes], count: int) -> None:
    """Sixteen times the file: at most three times what sixteen times would cost, where a square would cost sixteen."""
    few, many = make(count), make(count * 16)
    DOORS[door](few)
    assert _seconds(door, many, 1) < 16 * 3 * max(_seconds(door, few, 3), 0.01)


def test_settling_moves_of_some_authors_looks_for_each_start_once() -> None:
    def moves(count: int) -> bytes:
        return word_file("".join(
            f'<w:p><w:moveFromRangeStart w:id="{each}" w:name="m{each}" {WHO}/><w:moveFrom w:id="9{each}" {WHO}>'
            f'{run("words")}</w:moveFrom><w:moveFromRangeEnd w:id="{each}"/></w:p>' for each in range(count)
        ))  # fmt: skip

    written = reject_all(moves(3), authors={"Ann"})
    assert b"moveFrom" not in Package(written).read("word/document.xml")
    assert Package(reject_all(moves(3), authors={"Union"})).read("word/document.xml").count(b"moveFromRangeEnd") == 3
    begun = time.process_time()
    reject_all(moves(5_000), authors={"Union"})
    assert time.process_time() - begun < 3


def test_what_comes_whole_is_tracked_once_however_deep() -> None:
    """A table in a table in a table: the cells within are not tracked again with those around them."""
    deep = "<w:tbl><w:tr><w:tc>" * 12 + paragraph("Deep words.") + "<w:p/></w:tc></w:tr></w:tbl>" * 12
    written = redline_files(PLAIN, word_file(deep + paragraph("Behind.")))
    xml = Package(written).read("word/document.xml")
    assert xml.count(b"<w:trPr><w:ins ") == 12
    assert xml.count(b"</w:ins><w:ins ") == 0
    assert b"</w:ins></w:ins>" not in xml


def test_relations_keep_their_ids_and_get_free_ones() -> None:
    pointer = f'<Relationship Id="rId3" Type="{R}/hyperlink" Target="https://a.example/" TargetMode="External"/>'
    package = Package(word_file(paragraph("Words."), relations=pointer))
    made = [package.relate(package.main, f"{R}/hyperlink", f"https://b.example/{n}", external=True) for n in range(3)]
    assert len({*made, "rId3"}) == 4
    assert package.relate(package.main, f"{R}/hyperlink", "https://c.example/", external=True, wanted="mine") == "mine"
    assert list(Package(package.save()).relations(package.main)) == ["rId3", *made, "mine"]


def test_two_parts_of_one_name_get_two_names_and_types() -> None:
    package = Package(word_file(paragraph("Words.")))
    names = [package.add("word/media/a.png", b"x", "image/png") for _ in range(3)]
    assert names == ["word/media/a.png", "word/media/a2.png", "word/media/a3.png"]
    assert [Package(package.save()).content_type(each) for each in names] == ["image/png"] * 3
    assert package.has("WORD/MEDIA/A2.PNG")


def test_a_mended_part_with_impossible_names_passes_the_gate() -> None:
    """What is saved of a broken part may have names that no writer would accept."""
    sheet = styles('<w:style w:type="paragraph" w:styleId="A" w:va w:vall:x="1"><w:name w:val="A"/></w:style>')
    data = word_file(paragraph("Words.", style="A"), parts={"styles": sheet})
    assert put_through(data, "made table-safe") == ""


def _words(data: bytes) -> list[str]:
    return [line for line in read_bytes(data, "a.docx").text.split("\n") if line]


def _seconds(door: str, data: bytes, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        DOORS[door](data)
        best = min(best, time.process_time() - begun)
    return best


def _without(data: bytes, *parts: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return archive({name: package.read(name) for name in package.namelist() if name not in parts})


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("door", ["redline, as old", "redline, as new", "answer, safe", "caucus copy", "accept all"])
def test_missing_parts_of_the_package(door: str, part: str) -> None:
    data = word_file(paragraph("The Employer tells."), parts={"styles": styles("")})
    said = put_through(_without(data, part), door)
    assert not said or said.endswith(".")
