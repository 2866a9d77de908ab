"""A plain Word file out of paragraphs: a few styles, title and page numbers, and no trace of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from app.word.archive import packed
from app.word.names import R_SPACE, RELATIONS_SPACE, TYPES_SPACE, W_SPACE
from app.word.paper import PAPER
from app.word.xml import writable

_HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FACE: Final = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_STYLES: Final = (
    f'<w:styles xmlns:w="{W_SPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{_FACE}<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-US"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="BodyText"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/>'
    '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="BodyText"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="80"/>'
    '<w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="BodyText"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="80"/>'
    '<w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/><w:i/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style></w:styles>'
)
_SETTINGS: Final = (
    f'<w:settings xmlns:w="{W_SPACE}"><w:trackRevisions/><w:defaultTabStop w:val="720"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)
_FOOTER: Final = (
    f'<w:ftr xmlns:w="{W_SPACE}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">Page </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> of </w:t></w:r>'
    '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
_CORE_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_PARTS: Final = ("styles", "settings", "footer", "header")
_TYPES: Final = (
    f'<Types xmlns="{TYPES_SPACE}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}{part}+xml"/>' for part in _PARTS)
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE_RELATIONS: Final = (
    f'<Relationships xmlns="{RELATIONS_SPACE}"><Relationship Id="rId1" Type="{R_SPACE}/officeDocument" '
    'Target="word/document.xml"/><Relationship Id="rId2" Target="docProps/core.xml" '
    'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/></Relationships>'
)
_RELATIONS: Final = (
    f'<Relationships xmlns="{RELATIONS_SPACE}">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{R_SPACE}/{part}" Target="{part}.xml"/>'
        for number, part in enumerate(_PARTS, start=1)
    )
    + "</Relationships>"
)


def plain_file(
    paragraphs: Iterable[tuple[str, str]], *, title: str, paper: str = "letter", language: str = "en-US"
) -> bytes:
    """A Word file.

    Args:
        paragraphs: Text and style of each: "BodyText", or "Heading1" to "Heading3".
        title: Of the file; it stands in the header of every page too.
        paper: "letter" or "a4".
        language: BCP 47 tag of the text.

    Returns:
        The DOCX, with tracking switched on. Equal input gives equal bytes.
    """
    body = "".join(_paragraph(text, style) for text, style in paragraphs)
    width, height = PAPER[paper]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{width}" w:h="{height}"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" '
        'w:gutter="0"/></w:sectPr>'
    )
    document = f'<w:document xmlns:w="{W_SPACE}" xmlns:r="{R_SPACE}"><w:body>{body}{section}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _PACKAGE_RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _RELATIONS,
        "word/styles.xml": _STYLES.replace('"en-US"', f'"{language}"'),
        "word/settings.xml": _SETTINGS,
        "word/footer.xml": _FOOTER,
        "word/header.xml": f'<w:hdr xmlns:w="{W_SPACE}">{_paragraph(title, "Header")}</w:hdr>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_CORE_SPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(writable(title))}</dc:title></cp:coreProperties>",
    }
    return packed({name: _HEADER + content for name, content in parts.items()})


def _paragraph(text: str, style: str) -> str:
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in writable(text).split("\t")
    )
    run = f"<w:r>{pieces}</w:r>" if pieces else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
