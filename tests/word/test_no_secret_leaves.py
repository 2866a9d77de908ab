"""A secret stands in every place where Word can keep one, in every kind of export; none of them leaves."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache

import pytest

from app.errors import NotTableSafe
from app.text.docx_reader import read_docx, read_docx_blocks
from app.word.table_safe import assert_table_safe, make_table_safe
from tests.factories.exports import EXPORTS, Export
from tests.factories.secret_places import PLACES, REFUSED, planted, unpack

SECRET = "Zorblax45"
TRACES = ("C0FFEE", "ZORBLAX", SECRET)


@lru_cache
def export(kind: str) -> Export:
    return EXPORTS[kind]()


def safe(data: bytes, like: Export) -> bytes:
    return make_table_safe(data, keep_tracked=like.keep_tracked, theirs=like.theirs)


def shown(data: bytes) -> list[tuple[object, ...]]:
    """What a page shows, comments apart. A reader also reads hidden rows and drawings; the secret is not the page's."""
    return [
        (
            re.sub("[\U000e0000-\U000e007f]", "", "".join(run.text for run in block.runs)),
            block.number,
            tuple(note.text for note in block.notes),
        )
        for block in read_docx_blocks(data)[0]
        if block.runs and SECRET not in "".join(run.text for run in block.runs)
    ]


def assert_nowhere(data: bytes, secret: str) -> None:
    """Search the archive and every part, in any encoding, also over the limits of runs."""
    spellings = {secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    assert not any(each in data for each in spellings)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            assert secret not in name
            assert not any(each.lower() in content.lower() for each in spellings), name
            if name.endswith((".xml", ".rels")):
                words = re.sub(r"<[^>]*>", "", content.decode())
                assert secret.lower() not in words.lower(), name


def test_the_list_is_long_enough() -> None:
    assert len(PLACES) >= 60
    assert not set(PLACES) & set(REFUSED)


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("place", PLACES)
def test_the_secret_is_gone_and_the_words_are_not(place: str, kind: str) -> None:
    like = export(kind)
    data = planted(like.data, place, SECRET)
    written = safe(data, like)
    for trace in TRACES:
        assert_nowhere(written, trace)
    assert shown(written) == shown(data)
    assert set(read_docx(written).margins) <= set(read_docx(data).margins)
    assert safe(written, like) == written


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("place", REFUSED)
def test_what_cannot_be_told_apart_stops_the_export(place: str, kind: str) -> None:
    like = export(kind)
    with pytest.raises(NotTableSafe, match=r"^The file was not handed out: ") as refused:
        safe(planted(like.data, place, SECRET), like)
    assert not str(refused.value).startswith("The file was not handed out: word/"), "a person knows no parts"
    assert "“”" not in str(refused.value), "it says which words"


@pytest.mark.parametrize("place", PLACES | REFUSED)
def test_the_check_alone_finds_every_secret(place: str) -> None:
    """The same places again, without the cleaning: what the cleaning would forget, the check refuses."""
    like = export("proposal")
    with pytest.raises(NotTableSafe):
        assert_table_safe(planted(like.data, place, SECRET))


def test_all_secrets_at_once() -> None:
    like = export("answer in their file")
    data = like.data
    for place in PLACES:
        if "archive" not in place and place != "a style that is not there":
            data = planted(data, place, SECRET)
    written = safe(data, like)
    for trace in TRACES:
        assert_nowhere(written, trace)
    assert set(unpack(written)) <= {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "docProps/app.xml", "word/document.xml",
        "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml", "word/numbering.xml",
        "word/footnotes.xml", "word/comments.xml", "word/header1.xml", "word/footer1.xml", "word/theme/theme1.xml",
        *(f"word/media/image{number}.{kind}" for number in range(1, 10) for kind in ("png", "jpeg", "gif")),
    }  # fmt: skip
