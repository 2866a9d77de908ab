"""Every door through which a received Word file is opened again to write, each as a function of the file's bytes.

Used to measure and to test what hostile files do there. The answer is a file, or whatever the door gives.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final

from app.text.reading import read_bytes
from app.word.caucus_mark import COPY_MARK
from app.word.commenting.annotate import annotate
from app.word.commenting.remark import Line, Remark
from app.word.house_style import read_house_style
from app.word.redline.answer import answer_in_file, refusals
from app.word.redline.edits import Edit
from app.word.redline.engine import redline_files
from app.word.redline.texts import redline_texts
from app.word.settle import accept_all, reject_all
from app.word.table_safe import make_table_safe
from tests.factories.word_files import paragraph, word_file

PLAIN: Final = word_file(
    paragraph("The Employer shall give the Union notice of each Automated System before it is put to use.")
    + paragraph("Nobody is disciplined on the word of a machine alone.")
)
_MOST_EDITS = 200
_WORDS: Final = re.compile(rb"Employer|\b(?:word|a)(?=[ <])(?![^<>]*>)")


def _other_word(found: re.Match[bytes]) -> bytes:
    return {b"Employer": b"Company", b"word": b"term"}.get(found[0], b"the")


def reworded(data: bytes) -> bytes:
    """The same file, changed in nearly every paragraph."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys(source.namelist()):
            content = source.read(name)
            if name == "word/document.xml":
                content = _WORDS.sub(_other_word, content)
            target.writestr(name, content)
    return packed.getvalue()


def _answered(data: bytes) -> bytes:
    """Up to two hundred provisions reworded, struck and added to, in their file."""
    document = read_bytes(data, "counter.docx")
    edits = []
    for index, each in enumerate(document.provisions[:: max(len(document.provisions) // _MOST_EDITS, 1)]):
        if index % 3 == 0:
            edits.append(Edit("replace", each.place, "Ours: " + each.text[:1_000], was=each.text))
        elif index % 3 == 1:
            edits.append(Edit("insert", each.place, paragraphs=("A sentence of ours.",)))
        else:
            edits.append(Edit("delete", each.place, was=each.text))
    possible = [edit for edit, reason in zip(edits, refusals(data, edits), strict=True) if not reason]
    return answer_in_file(data, possible)


def _answered_safely(data: bytes) -> bytes:
    return make_table_safe(_answered(data), keep_tracked=True, theirs=data)


def _annotated(data: bytes) -> bytes:
    document = read_bytes(data, "counter.docx")
    chosen = document.provisions[:: max(len(document.provisions) // _MOST_EDITS, 1)]
    remarks = [Remark(each.start, each.end, (Line("What is lost here?"),)) for each in chosen]
    return annotate(data, document.text, [Remark(0, 0, (Line("On the whole."),)), *remarks], mark=COPY_MARK).data


def _texts(data: bytes) -> bytes:
    document = read_bytes(data, "counter.docx")
    other = read_bytes(document.text.replace("Employer", "Company").encode(), "counter.txt")
    return redline_texts(document, other)


DOORS: Final[dict[str, Callable[[bytes], object]]] = {
    "redline, as old": lambda data: redline_files(data, PLAIN),
    "redline, as new": lambda data: redline_files(PLAIN, data),
    "redline, both": lambda data: redline_files(data, reworded(data)),
    "redline of the texts": _texts,
    "answer": _answered,
    "answer, safe": _answered_safely,
    "caucus copy": _annotated,
    "made table-safe": lambda data: make_table_safe(data, keep_tracked=True, theirs=data),
    "accept all": accept_all,
    "reject all": reject_all,
    "house style": read_house_style,
}
"""By name; each takes a file and may raise ProvisoError, nothing else."""
