"""Files that ask for too much: refused with the limit named, or read at a cost that grows with their length alone."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import UnreadableFile
from app.text import docx_content
from app.text.reading import read_bytes
from tests.factories import hostile_files
from tests.factories.hostile_files import HOSTILE
from tests.factories.word_files import (
    NAMESPACES,
    archive,
    document,
    level,
    listed,
    numbering,
    paragraph,
    run,
    styles,
    word_file,
)

SENTENCE = "The Employer shall give the Union notice in writing."
FEWER: dict[str, tuple[str, int, Callable[[], bytes], str]] = {
    "1,000,000 cells": ("MAX_CELLS", 1_000, lambda: hostile_files._cells(1_100), "1,000 cells"),
    "600,000 paragraphs": ("MAX_PARAGRAPHS", 1_000, lambda: word_file("<w:p/>" * 1_001), "1,000 paragraphs"),
}


@pytest.mark.parametrize("name", [name for name, (_, says) in HOSTILE.items() if says != "read" and name not in FEWER])
def test_refused_with_the_limit_named(name: str) -> None:
    make, says = HOSTILE[name]
    with pytest.raises(UnreadableFile) as error:
        read_bytes(make(), "counter.docx")
    assert says in str(error.value)
    assert str(error.value).startswith("counter.docx")
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("name", FEWER)
def test_refused_at_the_limit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real limit is large; the bench reads a file beyond it."""
    setting, limit, make, says = FEWER[name]
    assert getattr(docx_content, setting) == 500_000
    monkeypatch.setattr(docx_content, setting, limit)
    with pytest.raises(UnreadableFile, match=says):
        read_bytes(make(), "counter.docx")


@pytest.mark.parametrize(
    "name",
    ["10,000 tracked changes", "20,000 fields within one another", "tables 500 deep", "archives within archives",
     "changes 1,500 deep around 10,000 runs", "an opening of 1 MB above 20,000 items", "11 million characters"],
)  # fmt: skip
def test_read(name: str) -> None:
    document = read_bytes(HOSTILE[name][0](), "counter.docx")
    assert document.provisions
    assert max(len(each.lead_in) + sum(map(len, each.heading_path)) for each in document.provisions) < 10_000


@pytest.mark.parametrize(
    ("make", "count"),
    [
        (hostile_files._tracked, 1_000),
        (hostile_files._style_chain, 150),
        (hostile_files._linked_lists, 200),
        (hostile_files._long_labels, 100),
        (hostile_files._wide_first_row, 500),
        (hostile_files._style_separators, 1_000),
        (hostile_files._joined, 500),
        (hostile_files._one_note, 500),
        (hostile_files._comments, 250),
        (hostile_files._bound, 250),
    ],
)
def test_cost_grows_with_length(make: Callable[[int], bytes], count: int) -> None:
    """Sixteen times the file: at most four times what sixteen times would cost, where a square would cost sixteen."""
    few, many = make(count), make(count * 16)
    read_bytes(few, "a.docx")
    assert _seconds(many, 1) < 16 * 4 * max(_seconds(few, 3), 0.01)


def test_cost_does_not_grow_with_the_depth_of_formulas_and_bound_controls() -> None:
    """Where each level looks through everything beneath it, twenty times as deep takes twenty times as long."""
    for make in (hostile_files._formula, hostile_files._bound_within_bound):
        shallow, deep = make(25, 10_000), make(500, 10_000)
        read_bytes(shallow, "a.docx")
        assert _seconds(deep, 1) < 5 * max(_seconds(shallow, 3), 0.02)


def test_ten_thousand_tracked_changes_are_all_told() -> None:
    document = read_bytes(HOSTILE["10,000 tracked changes"][0](), "a.docx")
    assert len(document.tracked) == 10_000
    assert document.before is not None
    assert document.before.provisions[0].text == "The Employer may tell."


def test_nothing_but_the_text_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = HOSTILE["archives within archives"][0]()
    opened: list[str] = []
    original = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, name: Any, *rest: Any, **more: Any) -> Any:
        opened.append(name if isinstance(name, str) else name.filename)
        return original(self, name, *rest, **more)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    read_bytes(data, "a.docx")
    assert "word/document.xml" in opened
    assert not [name for name in opened if "embeddings" in name]


def _changed(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The package with these parts replaced, or left out where they are None."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = {name: package.read(name) for name in package.namelist()} | parts
    return archive({name: content for name, content in everything.items() if content is not None})


PLAIN = word_file(paragraph(SENTENCE), parts={"styles": styles("")})


@pytest.mark.parametrize(
    ("data", "warned"),
    [
        pytest.param(word_file(listed(SENTENCE, 0, 9)), "", id="numbering that points nowhere"),
        pytest.param(
            word_file(listed(SENTENCE), parts={"numbering": numbering()}), "", id="a numbering part of nothing"
        ),
        pytest.param(word_file(paragraph(SENTENCE, style="Gone")), "", id="a style that is not there"),
        pytest.param(
            word_file(paragraph(run(SENTENCE, '<w:rFonts w:ascii="No Such"/>'))), "", id="a font that is not there"
        ),
        pytest.param(_changed(PLAIN, {"word/styles.xml": None}), "", id="a missing part"),
        pytest.param(_changed(PLAIN, {"word/styles.xml": b"<w:styles"}), "damaged", id="a broken part"),
        pytest.param(_changed(PLAIN, {"[Content_Types].xml": b""}), "", id="content types left empty"),
        pytest.param(_changed(PLAIN, {"word/other.xml": b"<x/>"}), "", id="a part that nothing points to"),
        pytest.param(word_file(paragraph(SENTENCE), parts={"word/vbaProject.bin": b"x"}), "macros", id="macros"),
    ],
)
def test_odd_files_are_read(data: bytes, warned: str) -> None:
    found = read_bytes(data, "counter.docm")
    assert found.text == SENTENCE
    assert any(warned in warning for warning in found.warnings) or not warned


@pytest.mark.parametrize(
    "kind",
    ["application/msword", "application/vnd.ms-word.document.macroEnabled.main+xml", "text/plain",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"],
)  # fmt: skip
def test_the_content_type_of_the_main_part_does_not_matter(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert main in parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(main, kind)
    assert read_bytes(archive(parts), "counter.dotx").text == SENTENCE


def test_a_name_cannot_steer_a_terminal() -> None:
    with pytest.raises(UnreadableFile) as error:
        read_bytes(b"", "a\x1b[31m\n.docx" + "x" * 1_000)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400


def test_entities_in_any_part_are_refused() -> None:
    entity = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    for part in ("styles", "numbering", "settings", "comments", "footnotes", "header"):
        data = word_file(listed(SENTENCE), parts={part: f"{entity}<w:x {NAMESPACES}>&x;</w:x>"})
        with pytest.raises(UnreadableFile, match="entities"):
            read_bytes(data, "a.docx")
    with pytest.raises(UnreadableFile, match="entities"):
        read_bytes(word_file(main=entity + document(paragraph("&amp;x;"))), "a.docx")


def test_a_list_that_counts_ever_deeper_ends_somewhere() -> None:
    levels = numbering(level(0, "lowerLetter", "%1%1%1%1%1%1%1%1%1%1"))
    found = read_bytes(word_file(listed("word") * 400, parts={"numbering": levels}), "a.docx")
    assert max(len(each.number) for each in found.provisions) < 10_000


def _seconds(data: bytes, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        read_bytes(data, "a.docx")
        best = min(best, time.process_time() - begun)
    return best
