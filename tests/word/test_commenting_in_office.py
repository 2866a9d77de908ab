"""A word processor reads our comments at the same words, and opens the file as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.office import convert
from app.text.reading import read_bytes
from app.word.caucus_mark import COPY_MARK, is_caucus_copy
from app.word.commenting import Line, Remark, annotate

COUNTER = Path(__file__).parents[2] / "app" / "proposals" / "demonstration" / "employer_counter.docx"

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice"),
]


def test_a_word_processor_keeps_every_comment_at_its_words() -> None:
    data = COUNTER.read_bytes()
    document = read_bytes(data, "counter.docx")
    remarks = []
    for provision in document.provisions:
        remarks.append(Remark(provision.start, provision.end, (Line(f"whole of {provision.start}"),)))
        words = provision.text.split()
        if len(words) > 4:
            middle = " ".join(words[2:4])
            start = document.text.index(middle, provision.start)
            remarks.append(Remark(start, start + len(middle), (Line(f"words at {start}"),)))
    made = annotate(data, document.text, remarks, mark=COPY_MARK)
    assert made.unplaced == ()
    again = convert(made.data, kind="docx", to="docx")
    assert is_caucus_copy(again)
    ours = read_bytes(made.data, "x.docx")
    theirs = read_bytes(again, "x.docx")

    def said(found: object) -> dict[str, str]:
        read = ours if found is ours else theirs
        return {each.text: read.text[each.start : each.end].strip() for each in read.comments}

    assert said(theirs) == said(ours)
    assert len(said(ours)) == len(remarks) + len(document.comments)
