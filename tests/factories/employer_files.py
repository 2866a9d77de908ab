"""The employer's file of a whole document of the corpus, in the form that its `changes.toml` names.

`union.md` and `counter.md` are clean text, a paragraph a line. From them comes what an employer would send: typed
numbers in Word, tracked changes with silent edits, a PDF with running headers and divided words, or a grid.
`python tests/factories/employer_files.py` writes the file of every document beside its texts, as `counter.docx` or
`counter.pdf`.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from app.text.reading import read_bytes
from app.word.redline.texts import redline_texts

DOCUMENTS = Path(__file__).resolve().parents[2] / "models" / "corpus" / "documents"
_HEADING = re.compile(r"(#+) (.*)")
_CAPITALS = re.compile(r"(?:\d+\.?\s+)?[^a-z]*[A-Z]{4}[^a-z]*")
_MARKS = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*)")
_LONG_WORD = re.compile(r"[a-z]{9,}")
_SYLLABLE = re.compile(r"(?<=[a-z]{3}[aeiou])(?=[bcdfglmnprstv][aeiou][a-z]{2})")
_SECTION = re.compile(r"([\dA-Z]+[.\-]\d+)\b")


def employer_file(union: str, counter: str, changes: Mapping[str, Any]) -> tuple[str, bytes]:
    """Make the employer's file.

    Args:
        union: the union's text in Markdown.
        counter: the employer's, with all changes accepted.
        changes: what `changes.toml` says, of which the form and the silent edits count here.

    Returns:
        The file's name and content; equal input gives equal bytes.
    """
    if changes["form"] == "pdf":
        return "counter.pdf", _pdf(counter)
    if changes["form"] == "tracked":
        silent = [each for each in changes["planted"] if each.get("silent")]
        return "counter.docx", _settled(_tracked(union, counter, silent))
    if changes["form"] == "grid":
        return "counter.docx", _settled(_grid(union, counter))
    return "counter.docx", _settled(_retyped(counter))


def document_file(folder: Path) -> tuple[str, bytes]:
    """The same for one folder of the corpus."""
    union, counter = ((folder / name).read_text(encoding="utf-8") for name in ("union.md", "counter.md"))
    return employer_file(union, counter, tomllib.loads((folder / "changes.toml").read_text(encoding="utf-8")))


# Word: headings by style, numbers typed


def _retyped(counter: str) -> Any:
    document = _word_file()
    for line in _lines(counter):
        _add(document, line)
    return document


def _word_file() -> Any:
    document = docx.Document()
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(11)
    document.sections[0].footer.paragraphs[0].text = "Subject to ratification. All rights reserved."
    return document


def _add(holder: Any, line: str) -> None:
    """Add one line of Markdown to a document or a cell."""
    heading = _HEADING.fullmatch(line)
    capitals = _CAPITALS.fullmatch(line)
    style = "Normal"
    if heading or capitals:
        style = f"Heading {len(heading[1])}" if heading else "Heading 2"
    paragraph = holder.add_paragraph(style=style)
    for piece in _MARKS.split(heading[2] if heading else line):
        words = piece.strip("*") if _MARKS.fullmatch(piece) else piece
        if words:
            run = paragraph.add_run(words)
            run.bold = piece.startswith("**") or None
            run.italic = (piece != words and not piece.startswith("**")) or None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _settled(document: Any) -> bytes:
    """The file with one date on everything in it."""
    written = io.BytesIO()
    document.save(written)
    settled = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != "docProps/thumbnail.jpeg":
                entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                target.writestr(entry, _without_thumbnail(name, source), zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def _without_thumbnail(name: str, source: zipfile.ZipFile) -> bytes:
    data = source.read(name)
    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data) if name == "_rels/.rels" else data


# Word: tracked changes, some of them accepted before anybody could see them


def _tracked(union: str, counter: str, silent: list[Mapping[str, Any]]) -> Any:
    old, new = (read_bytes(text.encode(), "text.md") for text in (union, counter))
    document = docx.Document(io.BytesIO(redline_texts(old, new, author="Company", moves=False)))
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        for kind, field in (("del", "union_quote"), ("ins", "counter_quote")):
            _settle(paragraph, kind, [_MARKS.sub(r"\1", each[field]) for each in silent if each[field]])
        _drop_if_empty(paragraph)
    return document


def _settle(paragraph: Any, kind: str, quotes: list[str]) -> None:
    """Accept the changes of one kind that touch a quote of that side."""
    places, text = [], ""
    for element in paragraph:
        words = "".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText")))
        other = qn("w:ins") if kind == "del" else qn("w:del")
        if element.tag == qn(f"w:{kind}"):
            places.append((len(text), len(text) + len(words), element))
        text += "" if element.tag == other else words
    spans = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes if quote in text]
    for start, end, element in places:
        if not any(start < last and first < end for first, last in spans):
            continue
        if kind == "ins":
            for run in list(element):
                element.addprevious(run)
            _accept_mark(paragraph, kind)
        paragraph.remove(element)


def _accept_mark(paragraph: Any, kind: str) -> None:
    for mark in list(paragraph.iterfind(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{kind}')}")):
        mark.getparent().remove(mark)


def _drop_if_empty(paragraph: Any) -> None:
    """A paragraph whose words were taken out silently goes as a whole."""
    struck = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
    if struck and not any(True for _ in paragraph.iter(qn("w:t"), qn("w:delText"))):
        paragraph.getparent().remove(paragraph)


# PDF: running headers, page numbers, words divided at line ends


def _pdf(counter: str) -> bytes:
    target = io.BytesIO()
    lines = _lines(counter)
    title = lines[0].lstrip("# ")

    def decorate(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(72, letter[1] - 45, "Employer Response")
        canvas.drawRightString(letter[0] - 72, letter[1] - 45, title[:60])
        canvas.drawCentredString(letter[0] / 2, 40, f"Page {template.page}")
        canvas.restoreState()

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=13.5, spaceAfter=7, alignment=4)
    head = ParagraphStyle("head", parent=body, fontName="Times-Bold", fontSize=12, spaceBefore=8, alignment=0)
    flow = []
    for number, line in enumerate(lines):
        heading = _HEADING.fullmatch(line)
        words = (heading[2] if heading else line).replace("&", "&amp;").replace("<", "&lt;")
        words = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", words)
        words = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", words)
        capitals = _CAPITALS.fullmatch(line)
        flow.append(Paragraph(words, head) if heading or capitals else Paragraph(_divisible(words, number), body))
    SimpleDocTemplate(target, pagesize=letter, invariant=1, title=title).build(
        flow, onFirstPage=decorate, onLaterPages=decorate
    )
    return target.getvalue()


def _divisible(words: str, number: int) -> str:
    """Every second paragraph may divide its long words between two syllables."""
    if number % 2:
        return words
    return _LONG_WORD.sub(lambda word: _SYLLABLE.sub("\u00ad", word[0]), words)


# Word: two columns, a row for each section


def _grid(union: str, counter: str) -> Any:
    document = _word_file()
    opening, theirs = _sections(counter)
    _, ours = _sections(union)
    for line in opening:
        _add(document, line)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, title in zip(table.rows[0].cells, ("Union proposal", "Employer response"), strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    numbers = [*ours, *(number for number in theirs if number not in ours)]
    for number in numbers:
        left, right = table.add_row().cells
        _fill(left, ours.get(number, []), title=True)
        _fill(right, theirs.get(number, []), title=number not in ours)
    return document


def _fill(cell: Any, lines: list[str], *, title: bool) -> None:
    for line in lines if title else lines[1:]:
        heading = _HEADING.fullmatch(line)
        _add(cell, f"**{heading[2]}**" if heading else line)
    if cell.paragraphs[1:]:
        cell._element.remove(cell.paragraphs[0]._element)


def _sections(text: str) -> tuple[list[str], dict[str, list[str]]]:
    """What stands before the first section, and each section's lines by its number, heading first."""
    opening: list[str] = []
    sections: dict[str, list[str]] = {}
    for line in _lines(text):
        heading = _HEADING.fullmatch(line)
        number = _SECTION.match(heading[2]) if heading else None
        if number:
            sections[number[1]] = [line]
        elif sections:
            sections[list(sections)[-1]].append(line)
        else:
            opening.append(line)
    return opening, sections


if __name__ == "__main__":
    for place in sorted(path.parent for path in DOCUMENTS.glob("*/changes.toml")):
        name, content = document_file(place)
        (place / name).write_bytes(content)
        sys.stdout.write(f"{place.name}/{name}: {len(content)} bytes\n")
