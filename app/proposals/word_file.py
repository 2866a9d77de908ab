"""A bare Word file with our styles and list, and nothing else in it.

Reports and redlines start from `new_word_file` and end in `pack`; proposals are written by `docx_writer`. The styles,
the multilevel list and the settings are those of the built-in house style; python-docx's own template, with its
thumbnail, theme, document id and revision ids, is not used further than its page. What may stand in a file for the
other side is checked by `table_safe`.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches, Twips

from app.word.archive import packed
from app.word.house_style import BUILT_IN as WORD_FOLDER
from app.word.house_style import built_in_house_style
from app.word.paper import PAPER
from app.word.xml import writable

_KEPT = {RT.STYLES, RT.NUMBERING, RT.SETTINGS}


def new_word_file(
    *, title: str, subject: str = "", language: str = "en-US", paper: str = "letter", now: datetime | None = None
) -> Any:
    """Start an empty document: our styles and list, one-inch margins, no trace of a person.

    Args:
        title: Title in the document's properties.
        subject: Subject in the document's properties.
        language: BCP 47 tag of the text, such as "en-GB".
        paper: "letter" or "a4".
        now: Time for created and modified, in UTC; a fixed day if none is given, so that equal input gives equal bytes.

    Returns:
        A python-docx document.
    """
    document = docx.Document()
    part = document.part
    for relation_id, relation in list(part.rels.items()):
        if relation.reltype not in _KEPT:
            del part.rels[relation_id]
    package = part.package
    for relation_id, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[relation_id]
        elif relation.reltype == RT.EXTENDED_PROPERTIES:
            relation.target_part._blob = (WORD_FOLDER / "app.xml").read_bytes()
    house = built_in_house_style(paper)
    settings = (WORD_FOLDER / "settings.xml").read_bytes()
    for reltype, data in ((RT.STYLES, house.styles), (RT.NUMBERING, house.numbering), (RT.SETTINGS, settings)):
        spoken = data.replace(b'"en-US"', f'"{language}"'.encode())
        part.part_related_by(reltype)._element = parse_xml(spoken)
    settings_part = part.part_related_by(RT.SETTINGS)
    settings_part._settings = settings_part._element  # what `document.settings` shows
    _set_properties(document, title=title, subject=subject, language=language, now=now)
    section = document.sections[0]
    for name in [name for name in section._sectPr.attrib if "rsid" in name]:
        del section._sectPr.attrib[name]
    section.page_width, section.page_height = (Twips(each) for each in PAPER[paper])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    section.header_distance = section.footer_distance = Inches(0.5)
    return document


def _set_properties(document: Any, *, title: str, subject: str, language: str, now: datetime | None) -> None:
    properties = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    moment = (now or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = clean(title)[:255]
    properties.subject = clean(subject)[:255]
    properties.author = ""
    properties.last_modified_by = ""
    properties.revision = 1
    properties.language = language
    properties.created = properties.modified = moment


def clean(text: str) -> str:
    """Drop the characters that XML cannot hold; line breaks and tabs stay."""
    return writable(text)


def pack(document: Any) -> bytes:
    """Save a document so that equal content gives equal bytes: no clock time in the zip directory."""
    raw = io.BytesIO()
    document.save(raw)
    return repack(raw.getvalue(), {})


def repack(data: bytes, extra: dict[str, bytes]) -> bytes:
    """Write the package anew with fixed times, parts in `extra` added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    return packed(parts | extra)


def write_header(document: Any, lines: list[tuple[str, str]], *, mark: str = "") -> None:
    """Set the running header: each line has a left and a right half; `mark` stands above them in bold."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    for paragraph in list(header.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    if mark:
        header.add_paragraph(clean(mark), style="Caucus Mark")
    for left, right in lines:
        header.add_paragraph(f"{clean(left)}\t{clean(right)}", style="Header")
    if header.paragraphs:
        _rule_below(header.paragraphs[-1])


def _rule_below(paragraph: Any) -> None:
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "8A8F96")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def without_number(paragraph: Any) -> None:
    """Take a heading out of the automatic numbering; for reports, whose headings are not articles."""
    numbering = paragraph._element.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = 0


def text_width(document: Any) -> int:
    """Width of the text of the last section, in the units of python-docx."""
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def mark_header_row(row: Any) -> None:
    """Let a table's first row name its columns: for those who hear it read, and again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def write_page_footer(document: Any, *, left: str = "") -> None:
    """Set the footer: "Page x of y" as fields, in the middle, `left` before it."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.add_run(f"{clean(left)}\tPage ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._element.append(field)
