"""An information request as a Word file for the employer: letterhead, date, addressee, numbered questions, signature.

The questions are numbered by Word itself, so one that is struck out or added in the office moves the others. What a
question is good for and the note on the legal basis stay behind; the gate for the table proves it.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from docx.oxml.ns import qn

from app.library.letters import Letter, long_day
from app.proposals.word_file import clean, new_word_file, pack, write_header, write_page_footer
from app.word.table_safe import assert_table_safe, make_table_safe

_SIGNATURE = "_" * 34


def write_request_docx(letter: Letter, *, language: str = "en-US", paper: str = "letter") -> bytes:
    """Write a letter for the other side.

    Args:
        letter: The finished letter.
        language: BCP 47 tag of the text.
        paper: "letter" or "a4".

    Returns:
        The DOCX. Equal letters give equal bytes.

    Raises:
        NotTableSafe: The finished file holds something that was not meant to be in it.
    """
    moment = datetime(letter.day.year, letter.day.month, letter.day.day, tzinfo=UTC)
    document = new_word_file(title=letter.subject, subject=letter.employer, language=language, paper=paper, now=moment)
    _set_headings(document)
    head = (f"{letter.union} to {letter.employer}", long_day(letter.day))
    write_header(document, [head])
    write_page_footer(document)
    texts = _write_head(document, letter)
    texts += [_add(document, text) for text in letter.before]
    for group in letter.groups:
        texts.append(_add(document, group.label, "Heading 1"))
        texts += [_add(document, question, "Question") for question in group.questions]
    texts += [_add(document, text) for text in letter.after]
    texts += _write_signature(document, letter)
    data = make_table_safe(pack(document))
    assert_table_safe(data, paragraphs=texts, margins=["\t".join(map(clean, head)), "\tPage 1 of 1"])
    return data


def _set_headings(document: Any) -> None:
    """Let headings of the first level look as small as a letter wants them, without the number of an article."""
    first, small = (document.styles[name].element for name in ("Heading 1", "Heading 3"))
    for name in ("w:pPr", "w:rPr"):
        first.remove(first.find(qn(name)))
        first.append(deepcopy(small.find(qn(name))))
    first.pPr.find(qn("w:outlineLvl")).set(qn("w:val"), "0")


def _write_head(document: Any, letter: Letter) -> list[str]:
    first, *others = letter.letterhead
    head = document.add_paragraph(style="Body Text")
    head.add_run(clean(first)).bold = True
    for line in others:
        head.add_run(f"\n{clean(line)}")
    texts = ["\n".join(clean(line) for line in letter.letterhead)]
    texts.append(_add(document, long_day(letter.day)))
    texts.append(_add(document, "\n".join(letter.addressee)))
    subject = f"Subject: {clean(letter.subject)}"
    document.add_paragraph(style="Body Text").add_run(subject).bold = True
    return [*texts, subject, _add(document, letter.greeting)]


def _write_signature(document: Any, letter: Letter) -> list[str]:
    """Closing, line and name, kept on one page."""
    closing = document.add_paragraph(clean(letter.closing), style="Body Text")
    closing.paragraph_format.keep_with_next = True
    lines = "\n".join(
        clean(line) for line in ("", "", _SIGNATURE, letter.signer, letter.signer_title) if line is not None
    )
    lines = lines.removesuffix("\n")
    document.add_paragraph(lines, style="Body Text").paragraph_format.keep_together = True
    return [clean(letter.closing), lines]


def _add(document: Any, text: str, style: str = "Body Text") -> str:
    text = clean(text)
    document.add_paragraph(text, style=style)
    return text
