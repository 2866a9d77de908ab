"""Small Word files from raw XML, so that a test can put into them exactly what it is about.

`word_file(body)` makes a package; `paragraph`, `run`, `listed` write the usual elements; the rest is XML.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WHO = 'w:author="Ann" w:date="2026-01-02T03:04:05Z"'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def inserted(text: str) -> str:
    """Text that Ann inserted."""
    return f'<w:ins w:id="1" {WHO}>{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """Text that Ann deleted."""
    return f'<w:del w:id="2" {WHO}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def paragraph(content: str = "", *, style: str = "", properties: str = "", mark: str = "") -> str:
    """A paragraph; plain text becomes one run. `mark` is "ins" or "del" for a tracked paragraph mark."""
    if content and not content.lstrip().startswith("<"):
        content = run(content)
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner += properties
    inner += f'<w:rPr><w:{mark} w:id="3" {WHO}/></w:rPr>' if mark else ""
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{content}</w:p>"


def listed(content: str, level: int | str = 0, num: int = 1, *, mark: str = "") -> str:
    """A paragraph in a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(content, properties=numbering, mark=mark)


def level(index: int, number_format: str, text: str, extra: str = "", *, start: int = 1) -> str:
    """One `w:lvl`."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*abstract: str, nums: Mapping[int, str] | None = None) -> str:
    """A numbering part: abstract lists from 0, and nums from id to content ("" for a plain pointer to list id - 1)."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{index}">{levels}</w:abstractNum>' for index, levels in enumerate(abstract)
    )
    wanted = nums if nums is not None else {index + 1: "" for index in range(len(abstract))}
    pointers = "".join(
        f'<w:num w:numId="{num}">{inner or f"""<w:abstractNumId w:val="{num - 1}"/>"""}</w:num>'
        for num, inner in wanted.items()
    )
    return f"<w:numbering {NAMESPACES}>{lists}{pointers}</w:numbering>"


def styles(content: str) -> str:
    """A styles part."""
    return f"<w:styles {NAMESPACES}>{content}</w:styles>"


def document(body: str) -> str:
    """A main part."""
    return f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"


def word_file(
    body: str = "",
    *,
    main: str | bytes | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    main_name: str = "word/document.xml",
    relations: str = "",
) -> bytes:
    """A Word file.

    Args:
        body: XML inside `w:body`.
        main: The whole main part instead.
        parts: Further parts by the kind of their relationship ("styles", "comments"), or by name where it has a slash.
        main_name: Where the main part lies.
        relations: Further `Relationship` elements of the main part, as XML.
    """
    folder, _, base = main_name.rpartition("/")
    files: dict[str, str | bytes] = {main_name: document(body) if main is None else main}
    pointers = ""
    for kind, content in (parts or {}).items():
        if "/" in kind:
            files[kind] = content
        else:
            files[f"{folder}/{kind}.xml"] = content
            pointers += f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>'
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main_name}" ContentType="{_MAIN}"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.{name.rpartition("/")[2].removesuffix(".xml")}+xml"/>'
            for name in files
            if name != main_name and name.endswith(".xml")
        )
        + "</Types>"
    )
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{R}/officeDocument" Target="{main_name}"/></Relationships>'
    )
    files[f"{folder}/_rels/{base}.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{pointers}{relations}</Relationships>'
    )
    return archive(files)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()
