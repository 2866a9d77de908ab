"""A Word file as an employer's counsel sends it, made from marked plain text.

One paragraph a line: `# ` an article, `1. ` a numbered provision, `(a) ` an item, `% ` the title, `%% ` a subtitle.
Within a paragraph `{++inserted++}`, `{--deleted--}`, `{>>comment<<}`, `{^footnote^}` and `**bold**`. The numbers are
not typed into the file: they come from a multilevel list. A paragraph that is wholly inserted or deleted has its mark
tracked as well.

The employer's counter of the demonstration is made by
`python tests/factories/marked_docx.py app/proposals/demonstration/employer_counter.md OUT.docx`.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor

AUTHOR, DATE = "J. Castellane", "2026-05-18T16:20:00Z"
HEADER = "Employer Counterproposal No. 1\tTidewater Regional Distribution\t19 May 2026, 2:15 pm"

_TOKEN = re.compile(r"\{\+\+(.*?)\+\+\}|\{--(.*?)--\}|\{>>(.*?)<<\}|\{\^(.*?)\^\}")
_WHOLE = re.compile(r"\{(\+\+|--)((?:(?!\+\+\}|--\}).)*)(?:\+\+|--)\}")
_PREFIX = re.compile(r"(#|%%|%|\d+\.|\([a-z]\)) ")
_STYLES = {"#": "Heading 1", "%": "Title", "%%": "Subtitle", ".": "List Number", ")": "List Number 2", "": "Body Text"}
_LEVELS = (
    ("Heading1", "decimal", "Article %1."),
    ("ListNumber", "decimal", "%1.%2"),
    ("ListNumber2", "lowerLetter", "(%3)"),
)


def marked_docx(source: str) -> bytes:
    """Turn marked text into a DOCX with real numbering, tracked changes, a comment and footnotes."""
    builder = _Builder()
    for line in source.splitlines():
        if line.strip():
            builder.add_paragraph(line.strip())
    return builder.finish()


class _Builder:
    def __init__(self) -> None:
        self.document = docx.Document()
        self.changes = 0
        self.footnotes: list[str] = []
        self._set_styles()
        self._set_margins()

    def add_paragraph(self, line: str) -> None:
        whole = _WHOLE.fullmatch(line)
        mark = {"++": "ins", "--": "del"}[whole.group(1)] if whole else ""
        text = whole.group(2) if whole else line
        prefix = _PREFIX.match(text)
        kind = prefix.group(1) if prefix else ""
        style = _STYLES.get(kind) or _STYLES[kind[-1]]
        paragraph = self.document.add_paragraph(style=style)
        if mark:
            properties = OxmlElement("w:rPr")
            properties.append(self._change(mark))
            paragraph._element.get_or_add_pPr().append(properties)
        bold = False
        for kind, words in self._tokens(text[prefix.end() :] if prefix else text, mark):
            if kind == "comment":
                comment = self.document.add_comment(paragraph.runs[0], text=words, author=AUTHOR, initials="JC")
                comment._comment_elm.set(qn("w:date"), DATE)
            elif kind == "footnote":
                self._add_footnote(paragraph, words)
            else:
                bold = self._add_words(paragraph, kind, words, bold)

    def _tokens(self, text: str, mark: str) -> list[tuple[str, str]]:
        tokens, end = [], 0
        for match in _TOKEN.finditer(text):
            tokens.append((mark, text[end : match.start()]))
            kind = ("ins", "del", "comment", "footnote")[(match.lastindex or 1) - 1]
            tokens.append((kind, match.group(match.lastindex or 1)))
            end = match.end()
        return [*tokens, (mark, text[end:])]

    def _add_words(self, paragraph: Any, kind: str, words: str, bold: bool) -> bool:
        for index, piece in enumerate(words.split("**")):
            bold = bold != bool(index)
            if not piece:
                continue
            run = paragraph.add_run(piece)
            run.bold = bold or None
            if kind:
                change = self._change(kind)
                run._element.addprevious(change)
                change.append(run._element)
            if kind == "del":
                run._element.find(qn("w:t")).tag = qn("w:delText")
        return bold

    def _change(self, kind: str) -> Any:
        self.changes += 1
        change = OxmlElement(f"w:{kind}")
        for name, value in (("id", str(1000 + self.changes)), ("author", AUTHOR), ("date", DATE)):
            change.set(qn(f"w:{name}"), value)
        return change

    def _add_footnote(self, paragraph: Any, words: str) -> None:
        self.footnotes.append(words)
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.footnotes)))
        run._element.append(reference)

    def _set_styles(self) -> None:
        for name, size in (("Normal", 11), ("Heading 1", 13), ("Title", 18), ("Subtitle", 11)):
            font = self.document.styles[name].font
            font.name, font.size, font.color.rgb, font.italic = "Times New Roman", Pt(size), RGBColor(0, 0, 0), False
            fonts = self.document.styles[name].element.rPr.rFonts
            for attribute in [each for each in fonts.attrib if "Theme" in each]:
                del fonts.attrib[attribute]
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{(0, 720, 1296)[level]}" w:hanging="{(0, 720, 576)[level]}"/></w:pPr></w:lvl>'
            for level, (style, form, text) in enumerate(_LEVELS)
        )
        numbering = self.document.part.numbering_part.element
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}'
        numbering.insert(0, parse_xml(f"{abstract}</w:abstractNum>"))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for level, (style, _, _) in enumerate(_LEVELS):
            properties = next(each for each in self.document.styles if each.style_id == style).element.get_or_add_pPr()
            chosen = properties.get_or_add_numPr()
            chosen.get_or_add_ilvl().val = level
            chosen.get_or_add_numId().val = 90
            contextual = properties.find(qn("w:contextualSpacing"))
            if contextual is not None:
                properties.remove(contextual)

    def _set_margins(self) -> None:
        section = self.document.sections[0]
        section.left_margin = section.right_margin = Inches(1)
        section.header.paragraphs[0].text = HEADER
        footer = section.footer.paragraphs[0]
        footer.add_run("\tPage ")
        for instruction, between in ((" PAGE ", " of "), (" NUMPAGES ", "")):
            footer._element.append(
                parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
            )
            footer.add_run(between)

    def finish(self) -> bytes:
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = AUTHOR
        properties.title, properties.comments = "Employer Counterproposal No. 1", ""
        if self.footnotes:
            self._add_footnotes_part()
        data = io.BytesIO()
        self.document.save(data)
        return data.getvalue()

    def _add_footnotes_part(self) -> None:
        separators = (("separator", -1), ("continuationSeparator", 0))
        notes = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in separators
        ) + "".join(
            f'<w:footnote w:id="{number}"><w:p>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
            for number, words in enumerate(self.footnotes, start=1)
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        content = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{notes}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), kind, content.encode(), self.document.part.package)
        self.document.part.relate_to(part, RT.FOOTNOTES)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(marked_docx(Path(sys.argv[1]).read_text(encoding="utf-8")))
