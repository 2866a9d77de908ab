"""Every place in which a Word file can keep something that its pages do not show, with a way to put a secret there.

`PLACES` is the list. A place changes the parts of a package (names to bytes) so that the secret stands in it; what
the pages show stays the same. `REFUSED` are the places whose content cannot be told apart from what is shown: a file
that has one must not leave at all.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = {
    "w": W,
    "r": OFFICE,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "x": "urn:somebody:else",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
MAIN = "word/document.xml"
Parts = dict[str, bytes]
Plant = Callable[[Parts, str], None]


def unpack(data: bytes) -> Parts:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def repack(parts: Parts) -> bytes:
    """A package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def planted(data: bytes, place: str, secret: str) -> bytes:
    """The package with a secret in one place."""
    parts = unpack(data)
    (PLACES | REFUSED)[place](parts, secret)
    return AROUND[place](parts, secret) if place in AROUND else repack(parts)


# Ways to put XML into a package


def xml(text: str) -> list[Any]:
    """Elements from text that uses the usual prefixes."""
    return list(etree.fromstring(f"<root {DECLARED}>{text}</root>"))


def tree(parts: Parts, name: str) -> Any:
    return etree.fromstring(parts[name])


def keep(parts: Parts, name: str, root: Any) -> None:
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def into_paragraph(text: str, *, part: str = MAIN) -> Plant:
    """Put XML behind the last run of the first paragraph that has words."""

    def plant(parts: Parts, secret: str) -> None:
        root = tree(parts, part)
        paragraph = next(each for each in root.iter(w("p")) if each.find(w("r")) is not None)
        for element in xml(text.replace("SECRET", secret)):
            paragraph.append(element)
        keep(parts, part, root)

    return plant


def into_body(text: str) -> Plant:
    """Put blocks before the end of the body."""

    def plant(parts: Parts, secret: str) -> None:
        root = tree(parts, MAIN)
        body = root.find(w("body"))
        for element in xml(text.replace("SECRET", secret)):
            body.insert(len(body) - 1, element)
        keep(parts, MAIN, root)

    return plant


def into_part(part: str, text: str, *, at: int = 0, under: str = "") -> Plant:
    """Put XML into the root of a part, or into its first element of a name."""

    def plant(parts: Parts, secret: str) -> None:
        root = tree(parts, part)
        target = next(root.iter(w(under))) if under else root
        for offset, element in enumerate(xml(text.replace("SECRET", secret))):
            target.insert(at + offset if at >= 0 else len(target), element)
        keep(parts, part, root)

    return plant


def attribute(part: str, element: str, name: str, value: str = "SECRET") -> Plant:
    """Set an attribute of the first such element."""

    def plant(parts: Parts, secret: str) -> None:
        root = tree(parts, part)
        prefix, _, local = name.rpartition(":")
        key = f"{{{SPACES[prefix]}}}{local}" if prefix else local
        next(root.iter(w(element))).set(key, value.replace("SECRET", secret))
        keep(parts, part, root)

    return plant


def relate(parts: Parts, source: str, kind: str, target: str, *, external: bool = False) -> str:
    """Let a part refer to something; answers the id."""
    folder, _, base = source.rpartition("/")
    name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    root = tree(parts, name) if name in parts else etree.fromstring(f'<Relationships xmlns="{PACKAGE}/relationships"/>')
    key = f"rSecret{len(root)}"
    entry = {"Id": key, "Type": kind if ":" in kind else f"{OFFICE}/{kind}", "Target": target}
    if external:
        entry["TargetMode"] = "External"
    etree.SubElement(root, f"{{{PACKAGE}/relationships}}Relationship", entry)
    keep(parts, name, root)
    return key


def add_part(parts: Parts, name: str, content: str | bytes, kind: str, *, source: str = MAIN, of: str = "") -> str:
    """Add a part and a reference to it."""
    parts[name] = content.encode() if isinstance(content, str) else content
    types = tree(parts, "[Content_Types].xml")
    etree.SubElement(
        types,
        f"{{{PACKAGE}/content-types}}Override",
        {"PartName": f"/{name}", "ContentType": of or "application/xml"},
    )
    keep(parts, "[Content_Types].xml", types)
    folder = source.rpartition("/")[0]
    return relate(parts, source, kind, name.removeprefix(f"{folder}/") if folder else name)


def part(name: str, content: str, kind: str, *, source: str = MAIN, of: str = "") -> Plant:
    """A part with the secret in it."""

    def plant(parts: Parts, secret: str) -> None:
        add_part(parts, name, content.replace("SECRET", secret), kind, source=source, of=of)

    return plant


def link(kind: str, *, source: str = MAIN, use: str = "") -> Plant:
    """A reference out of the file, to an address with the secret in it, and an element that uses it."""

    def plant(parts: Parts, secret: str) -> None:
        key = relate(parts, source, kind, f"file:///C:/{secret}/x.dotm", external=True)
        if use:
            into_paragraph(use.replace("RELATION", key))(parts, secret)

    return plant


def setting(text: str) -> Plant:
    return into_part("word/settings.xml", text, at=-1)


def core(text: str) -> Plant:
    def plant(parts: Parts, secret: str) -> None:
        declared = (
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        )
        parts["docProps/core.xml"] = (
            f"<cp:coreProperties {declared}>{text.replace('SECRET', secret)}</cp:coreProperties>".encode()
        )

    return plant


def program(text: str) -> Plant:
    def plant(parts: Parts, secret: str) -> None:
        parts["docProps/app.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"{text.replace('SECRET', secret)}</Properties>"
        ).encode()

    return plant


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def hidden_style(kind: str) -> Plant:
    def plant(parts: Parts, secret: str) -> None:
        into_part(
            "word/styles.xml",
            f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="Unseen"><w:name w:val="Unseen"/>'
            "<w:rPr><w:vanish/></w:rPr></w:style>",
            at=-1,
        )(parts, secret)
        if kind == "character":
            into_paragraph(run("SECRET", '<w:rStyle w:val="Unseen"/>'))(parts, secret)
        else:
            into_body(f'<w:p><w:pPr><w:pStyle w:val="Unseen"/></w:pPr>{run("SECRET")}</w:p>')(parts, secret)

    return plant


# Pictures


def png(secret: bytes = b"", *, behind: bytes = b"", slack: bytes = b"") -> bytes:
    """A red dot, with a text chunk, bytes behind its end, or bytes behind its pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    text = chunk(b"tEXt", b"Author\0" + secret) + chunk(b"eXIf", secret) + chunk(b"iCCP", secret) if secret else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + text
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0" + slack, 0))
        + chunk(b"IEND", b"")
        + behind
    )


def jpeg(secret: bytes = b"", *, behind: bytes = b"") -> bytes:
    """A grey dot with EXIF, XMP, IPTC and a comment."""
    pieces = [b"\xff\xd8"]

    def segment(marker: int, content: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content

    pieces.append(segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"))
    if secret:
        pieces.append(segment(0xE1, b"Exif\0\0" + secret))
        pieces.append(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + secret))
        pieces.append(segment(0xED, b"Photoshop 3.0\0" + secret))
        pieces.append(segment(0xFE, secret))
    pieces.append(segment(0xDB, b"\0" + bytes([16] * 64)))
    pieces.append(segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0"))
    pieces.append(segment(0xC4, b"\0" + bytes([0, 1] + [0] * 14) + b"\0"))
    pieces.append(segment(0xC4, b"\x10" + bytes([0, 1] + [0] * 14) + b"\0"))
    pieces.append(segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x2b\xff\0\x7f")
    return b"".join([*pieces, b"\xff\xd9", behind])


def gif(secret: bytes) -> bytes:
    """A dot with a comment."""
    return (
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"
        + b"!\xfe" + bytes([len(secret)]) + secret + b"\0"
        + b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;" + secret
    )  # fmt: skip


DRAWING = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="9525" cy="9525"/>'
    '<wp:docPr id="1" name="NAMED"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="FILE"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    "<a:blip BLIP>INSIDE</a:blip>CROP<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
    '<a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def drawing(**changes: str) -> str:
    words = {"NAMED": "Picture 1", "FILE": "", "BLIP": 'r:embed="RELATION"', "INSIDE": "", "CROP": ""} | changes
    text = DRAWING
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def picture(content: Callable[[bytes], bytes], extension: str, text: str = "", *, name: str = "image9") -> Plant:
    """A picture with the secret in its bytes, its name or the drawing around it."""

    def plant(parts: Parts, secret: str) -> None:
        part_name = f"word/media/{name.replace('SECRET', secret)}.{extension}"
        key = add_part(parts, part_name, content(secret.encode()), "image", of=f"image/{extension}")
        into_paragraph((text or drawing()).replace("RELATION", key))(parts, secret)

    return plant


def plain_picture(text: str) -> Plant:
    return picture(lambda secret: png(), "png", text)


def text_box(inner: str, properties: str = "") -> str:
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
        f'</wp:positionV><wp:extent cx="900000" cy="900000"/><wp:wrapNone/><wp:docPr id="7" name="Text Box 7" {properties}/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>'
        f"{inner}</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def old_box(inner: str, style: str = "") -> str:
    return (
        f'<w:pict><v:rect style="width:90pt;height:90pt{style}"><v:textbox><w:txbxContent><w:p><w:r><w:t>{inner}</w:t>'
        "</w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict>"
    )


def field(code: str, result: str = "shown") -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def comments(parts: Parts, secret: str) -> None:
    note = f'<w:comment w:id="5" w:author="{secret}" w:initials="{secret}"><w:p><w:r><w:t>{secret}</w:t></w:r></w:p></w:comment>'
    add_part(parts, "word/comments9.xml", f"<w:comments {DECLARED}>{note}</w:comments>", "comments")
    into_paragraph(
        '<w:commentRangeStart w:id="5"/><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
    )(parts, secret)


def people(name: str, inner: str) -> Plant:
    kind = f"http://schemas.microsoft.com/office/2011/relationships/{name}"
    return part(f"word/{name}.xml", f"<w15:{name} {DECLARED}>{inner}</w15:{name}>", kind)


def loose_note(parts: Parts, secret: str) -> None:
    """A footnote without a mark in the text."""
    note = f'<w:footnote w:id="77"><w:p>{run(secret)}</w:p></w:footnote>'
    if "word/footnotes.xml" in parts:
        into_part("word/footnotes.xml", note, at=-1)(parts, secret)
    else:
        add_part(parts, "word/footnotes.xml", f"<w:footnotes {DECLARED}>{note}</w:footnotes>", "footnotes")


def unseen_header(kind: str) -> Plant:
    def plant(parts: Parts, secret: str) -> None:
        content = f"<w:hdr {DECLARED}><w:p>{run(secret)}</w:p></w:hdr>"
        key = add_part(parts, "word/header9.xml", content, "header")
        if kind != "none":
            into_part(MAIN, f'<w:headerReference w:type="{kind}" r:id="{key}"/>', under="sectPr")(parts, secret)

    return plant


def control(parts: Parts, secret: str) -> None:
    """A content control with a tag, a title, a list, a placeholder and a binding to hidden data."""
    into_paragraph(
        '<w:sdt><w:sdtPr><w:alias w:val="SECRET"/><w:tag w:val="SECRET"/><w:placeholder><w:docPart w:val="SECRET"/>'
        '</w:placeholder><w:dataBinding w:xpath="/SECRET" w:storeItemID="{SECRET}"/><w:dropDownList>'
        '<w:listItem w:displayText="SECRET" w:value="SECRET"/></w:dropDownList><w15:color w:val="SECRET"/></w:sdtPr>'
        f"<w:sdtContent>{run('shown')}</w:sdtContent></w:sdt>"
    )(parts, secret)


def bookmark(name: str) -> str:
    return f'<w:bookmarkStart w:id="901" w:name="{name}"/><w:bookmarkEnd w:id="901"/>'


def numbering(text: str) -> Plant:
    def plant(parts: Parts, secret: str) -> None:
        if "word/numbering.xml" not in parts:
            add_part(parts, "word/numbering.xml", f"<w:numbering {DECLARED}/>", "numbering")
        root = tree(parts, "word/numbering.xml")
        for element in xml(text.replace("SECRET", secret)):
            place = 0 if element.tag == w("abstractNum") else len(root)
            root.insert(place, element)
        keep(parts, "word/numbering.xml", root)

    return plant


LIST = (
    '<w:abstractNum w:abstractNumId="4090" w15:restartNumberingAfterBreak="0"><w:nsid w:val="00C0FFEE"/><w:multiLevelType w:val="multilevel"/>'
    '<w:tmpl w:val="00C0FFEE"/><w:name w:val="SECRET"/><w:lvl w:ilvl="0" w:tplc="00C0FFEE"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="SECRET %4"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="4090" w16cid:durableId="1" xmlns:w16cid="urn:x"><w:abstractNumId w:val="4090"/></w:num>'
)


def used_list(parts: Parts, secret: str) -> None:
    """A list in use at its first level, with words in its fourth and a name."""
    numbering(LIST)(parts, secret)
    into_body(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4090"/></w:numPr></w:pPr>{run("Listed words.")}</w:p>'
    )(parts, secret)


def list_style(levels: str, *, number: int, used: bool) -> Plant:
    """A list style and its list, which hold each other, and a paragraph that has them if they are in use."""

    def plant(parts: Parts, secret: str) -> None:
        into_part(
            "word/styles.xml",
            f'<w:style w:type="numbering" w:customStyle="1" w:styleId="Floor{number}"><w:name w:val="Floor {number}"/><w:pPr>'
            f'<w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>',
            at=-1,
        )(parts, secret)
        numbering(
            f'<w:abstractNum w:abstractNumId="{number + 1}"><w:numStyleLink w:val="Floor{number}"/></w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/><w:styleLink '
            f'w:val="Floor{number}"/>{levels}</w:abstractNum>'
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number + 1}"/></w:num>'
        )(parts, secret)
        if used:
            chosen = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number + 1}"/></w:numPr>'
            into_body(f"<w:p><w:pPr>{chosen}</w:pPr>{run('Listed.')}</w:p>")(parts, secret)

    return plant


def level(index: int, text: str) -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'


def hidden_row(marks: str = "", words: str = "") -> Plant:
    """A row that is hidden as a whole, or taken out as a whole."""
    return into_body(
        '<w:tbl><w:tblPr><w:tblCaption w:val="SECRET"/><w:tblDescription w:val="SECRET"/></w:tblPr><w:tblGrid>'
        f'<w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc><w:p>{run("Cell.")}</w:p></w:tc></w:tr><w:tr><w:trPr>{marks}'
        f"</w:trPr><w:tc><w:p>{run('SECRET', words)}</w:p></w:tc></w:tr></w:tbl><w:p/>"
    )


def theme(parts: Parts, secret: str) -> None:
    """The names and spare fonts of a theme."""
    name = "word/theme/theme9.xml"
    fonts = "".join(
        f'<a:{each}><a:latin typeface="Cambria"/><a:ea typeface=""/><a:cs typeface=""/>'
        f'<a:font script="Thaa" typeface="{secret}"/></a:{each}>'
        for each in ("majorFont", "minorFont")
    )
    colours = "".join(
        f'<a:{each}><a:srgbClr val="000000"/></a:{each}>'
        for each in [
            "dk1",
            "lt1",
            "dk2",
            "lt2",
            "accent1",
            "accent2",
            "accent3",
            "accent4",
            "accent5",
            "accent6",
            "hlink",
            "folHlink",
        ]
    )
    content = (
        f'<a:theme {DECLARED} name="{secret}"><a:themeElements><a:clrScheme name="{secret}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{secret}">{fonts}</a:fontScheme><a:fmtScheme name="{secret}"/></a:themeElements>'
        f'<a:custClrLst><a:custClr name="{secret}"/></a:custClrLst></a:theme>'
    )
    if not any(each.startswith("word/theme/") for each in parts):
        add_part(parts, name, content, "theme")
    else:
        parts[next(each for each in parts if each.startswith("word/theme/"))] = content.encode()
    into_paragraph(run("in a theme font", '<w:rFonts w:asciiTheme="minorHAnsi"/>'))(parts, secret)


def utf16(parts: Parts, secret: str) -> None:
    """Hidden words in a part that is written in UTF-16."""
    into_paragraph(run("SECRET", "<w:vanish/>"))(parts, secret)
    text = re.sub(r"^<\?xml.*?\?>", "", parts[MAIN].decode())
    parts[MAIN] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def split_over_runs(parts: Parts, secret: str) -> None:
    """Hidden words, a letter a run."""
    into_paragraph("".join(run(letter, "<w:vanish/>") for letter in secret))(parts, secret)


def unseen_letters(parts: Parts, secret: str) -> None:
    """The secret in letters that have no shape, behind innocent words."""
    into_paragraph(run("Innocent." + "".join(chr(0xE0000 + ord(letter)) for letter in secret)))(parts, secret)


def instruction(parts: Parts, secret: str) -> None:
    parts[MAIN] = parts[MAIN].replace(b"<w:body>", f"<w:body><?note {secret}?><!-- {secret} -->".encode(), 1)


def spare_prefix(parts: Parts, secret: str) -> None:
    parts[MAIN] = parts[MAIN].replace(b"<w:body>", f'<w:body xmlns:{secret}="urn:{secret}">'.encode(), 1)


def text_between(parts: Parts, secret: str) -> None:
    parts[MAIN] = parts[MAIN].replace(b"<w:body>", f"<w:body>{secret}".encode(), 1)


def odd_value(element: str, name: str) -> Plant:
    """Somebody's words as the value of an attribute that wants a word from a list."""
    return into_paragraph(run("shown", f'<w:{element} w:{name}="SECRET"/>'))


OLD_OBJECT = (
    '<w:r><w:object w:dxaOrig="1" w:dyaOrig="1"><v:shape id="SECRET" style="width:1pt;height:1pt" o:ole="" alt="SECRET">'
    '<v:imagedata r:id="RELATION" o:title="SECRET"/></v:shape><o:OLEObject Type="Embed" ProgID="SECRET" ShapeID="SECRET" '
    'ObjectID="SECRET" r:id="FILE"/></w:object></w:r>'
)


def embedded(parts: Parts, secret: str) -> None:
    """A spreadsheet behind the image that stands for it."""
    image = add_part(parts, "word/media/image8.png", png(), "image", of="image/png")
    file = add_part(parts, "word/embeddings/sheet.xlsx", secret, "package")
    into_paragraph(OLD_OBJECT.replace("RELATION", image).replace("FILE", file))(parts, secret)


def machine(parts: Parts, secret: str) -> None:
    """The tray of a printer, the zoom of a screen, the signs of a country. None of them is a word, so a number stands in."""
    setting(f'<w:zoom w:percent="45"/><w:decimalSymbol w:val="{secret[0]}"/><w:listSeparator w:val="{secret[-1]}"/>')(
        parts, secret
    )
    into_part(MAIN, '<w:paperSrc w:first="45459"/>', under="sectPr")(parts, secret)


PLACES: dict[str, Plant] = {
    # properties of the file
    "author": core("<dc:creator>SECRET</dc:creator>"),
    "last modified by": core("<cp:lastModifiedBy>SECRET</cp:lastModifiedBy>"),
    "title": core("<dc:title>SECRET</dc:title>"),
    "subject": core("<dc:subject>SECRET</dc:subject>"),
    "description": core("<dc:description>SECRET</dc:description>"),
    "keywords": core("<cp:keywords>SECRET</cp:keywords>"),
    "category": core("<cp:category>SECRET</cp:category>"),
    "status": core("<cp:contentStatus>SECRET</cp:contentStatus>"),
    "identifier and version": core("<dc:identifier>SECRET</dc:identifier><cp:version>SECRET</cp:version>"),
    "last printed": core("<cp:lastPrinted>SECRET</cp:lastPrinted>"),
    "dates": core(
        '<dcterms:created xsi:type="dcterms:W3CDTF">SECRET</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">SECRET</dcterms:modified>'
    ),
    "company": program("<Company>SECRET</Company>"),
    "manager": program("<Manager>SECRET</Manager>"),
    "template": program("<Template>SECRET</Template>"),
    "program and hyperlink base": program("<Application>SECRET</Application><HyperlinkBase>SECRET</HyperlinkBase>"),
    "titles of parts": program("<TitlesOfParts>SECRET</TitlesOfParts><HLinks>SECRET</HLinks>"),
    "custom properties": part(
        "docProps/custom.xml", '<Properties><property name="SECRET">SECRET</property></Properties>',
        "custom-properties", source="",
    ),
    "sensitivity label": part("docMetadata/LabelInfo.xml", "<labels>SECRET</labels>", "classificationlabels", source=""),
    "thumbnail": part("docProps/thumbnail.jpeg", "SECRET", f"{PACKAGE}/relationships/metadata/thumbnail", source=""),
    "signature": part("_xmlsignatures/sig1.xml", "<Signature>SECRET</Signature>", "signature", source=""),
    "ribbon": part("customUI/customUI.xml", "<customUI>SECRET</customUI>", "extensibility", source=""),
    "add-in panes": part("word/webextensions/taskpanes.xml", "<t>SECRET</t>", "taskpanes", source=""),
    # parts beside the text
    "custom XML": part("customXml/item1.xml", "<data>SECRET</data>", "customXml"),
    "comments": comments,
    "comments, extended": people("commentsExtended", '<w15:commentEx w15:paraId="SECRET" w15:done="0"/>'),
    "comments, ids": people("commentsIds", '<w15:commentId w15:paraId="SECRET"/>'),
    "comments, extensible": people("commentsExtensible", '<w15:commentExtensible w15:dateUtc="SECRET"/>'),
    "people": people("people", '<w15:person w15:author="SECRET"><w15:presenceInfo w15:userId="SECRET"/></w15:person>'),
    "glossary": part("word/glossary/document.xml", f"<w:glossaryDocument {DECLARED}>SECRET</w:glossaryDocument>",
                     "glossaryDocument"),
    "web settings": part("word/webSettings.xml", f'<w:webSettings {DECLARED}><w:divs><w:div w:id="1">SECRET</w:div>'
                         "</w:divs></w:webSettings>", "webSettings"),
    "font table": part("word/fontTable9.xml", f'<w:fonts {DECLARED}><w:font w:name="SECRET"/></w:fonts>', "fontTable"),
    "macros": part("word/vbaProject.bin", "SECRET", "http://schemas.microsoft.com/office/2006/relationships/vbaProject"),
    "customised keys": part("word/customizations.xml", "<k>SECRET</k>",
                            "http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations"),
    "printer settings": part("word/printerSettings1.bin", "SECRET", "printerSettings"),
    "recipients": part("word/recipientData.xml", "<w>SECRET</w>", "recipientData"),
    "styles with effects": part("word/stylesWithEffects.xml", "<s>SECRET</s>",
                                "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"),
    "active controls": part("word/activeX/activeX1.xml", "<ax>SECRET</ax>", "control"),
    "bibliography": part("customXml/item2.xml", "<b:Sources>SECRET</b:Sources>", "bibliography"),
    "a part of nobody's": part("word/whatever.xml", "<x>SECRET</x>", "whatever"),
    "a name of a part": part("word/SECRET.xml", "<x/>", "whatever"),
    "embedded file": embedded,
    "theme": theme,
    # settings
    "revision ids": setting('<w:rsids><w:rsidRoot w:val="SECRET"/><w:rsid w:val="SECRET"/></w:rsids>'),
    "document variables": setting('<w:docVars><w:docVar w:name="SECRET" w:val="SECRET"/></w:docVars>'),
    "document id": setting('<w14:docId w14:val="SECRET"/><w15:docId w15:val="{SECRET}"/>'),
    "captions": setting('<w:captions><w:caption w:name="SECRET"/></w:captions>'),
    "protection": setting('<w:documentProtection w:edit="readOnly" w:hash="SECRET" w:salt="SECRET"/>'),
    "schemas": setting('<w:attachedSchema w:val="SECRET"/><w:saveThroughXslt w:solutionID="SECRET"/>'),
    "writing style": setting('<w:activeWritingStyle w:appName="SECRET" w:lang="SECRET"/>'),
    "compatibility": setting('<w:compat><w:compatSetting w:name="SECRET" w:uri="SECRET" w:val="SECRET"/></w:compat>'),
    "line breaks": setting('<w:noLineBreaksAfter w:lang="ja-JP" w:val="SECRET"/>'),
    "smart tag types": setting('<w:smartTagType w:namespaceuri="SECRET" w:name="SECRET" w:url="SECRET"/>'),
    "mail merge": setting('<w:mailMerge><w:query w:val="SECRET"/><w:connectString w:val="SECRET"/></w:mailMerge>'),
    "printer and machine": machine,
    "attached template": link("attachedTemplate", source="word/settings.xml"),
    # styles and lists
    "style names": into_part("word/styles.xml", '<w:style w:type="paragraph" w:styleId="SECRET"><w:name w:val="SECRET"/>'
                             '<w:aliases w:val="SECRET"/><w:rPr><w:rFonts w:ascii="SECRET"/></w:rPr></w:style>', at=-1),
    "latent styles": into_part("word/styles.xml", '<w:latentStyles><w:lsdException w:name="SECRET"/></w:latentStyles>',
                               at=-1),
    "lists that nothing uses": numbering(LIST.replace("SECRET %4", "%4.").replace('"%1."', '"SECRET %1"')),
    "levels that nothing shows": used_list,
    "levels of a list style that nothing shows": list_style(level(0, "%1.") + level(4, "SECRET %5"), number=4100, used=True),
    "list style that nothing uses": list_style(level(0, "SECRET %1"), number=4200, used=False),
    # attributes and values
    "revision ids of paragraphs": attribute(MAIN, "p", "w:rsidR"),
    "ids of paragraphs": attribute(MAIN, "p", "w14:paraId"),
    "foreign attributes": attribute(MAIN, "p", "x:note"),
    "attributes without a name space": attribute(MAIN, "p", "note"),
    "a colour": odd_value("color", "val"),
    "a language": odd_value("lang", "val"),
    "a size": odd_value("sz", "val"),
    "an underline": odd_value("u", "val"),
    "a style that is not there": odd_value("rStyle", "val"),
    "sections": attribute(MAIN, "sectPr", "w:rsidSect"),
    # hidden words
    "hidden run": into_paragraph(run("SECRET", "<w:vanish/>")),
    "hidden run, always": into_paragraph(run("SECRET", "<w:vanish/><w:specVanish/>")),
    "hidden by a character style": hidden_style("character"),
    "hidden by a paragraph style": hidden_style("paragraph"),
    "hidden a letter a run": split_over_runs,
    "hidden in UTF-16": utf16,
    "hidden row, caption of a table": hidden_row("<w:hidden/>", "<w:vanish/>"),
    "hidden formula": into_body("<w:p><m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>SECRET</m:t></m:r></m:oMath></w:p>"),
    "cell under a merged one": into_body(
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
        f'<w:p>{run("Cell.")}</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{run("SECRET")}</w:p></w:tc>'
        "</w:tr></w:tbl><w:p/>"),
    "hidden drawing": into_body(f'<w:p><w:r>{text_box("SECRET", "hidden=&quot;1&quot;")}</w:r></w:p>'
                                .replace("&quot;", '"')),
    "hidden old shape": into_body(f"<w:p><w:r>{old_box('SECRET', ';visibility:hidden')}</w:r></w:p>"),
    "letters without a shape": unseen_letters,
    "note without a mark": loose_note,
    "header for first pages": unseen_header("first"),
    "header for even pages": unseen_header("even"),
    "header that no section has": unseen_header("none"),
    # beside the words
    "content control": control,
    "smart tag": into_paragraph('<w:smartTag w:uri="SECRET" w:element="SECRET"><w:smartTagPr><w:attr w:name="SECRET" '
                                f'w:val="SECRET"/></w:smartTagPr>{run("shown")}</w:smartTag>'),
    "custom XML around words": into_paragraph('<w:customXml w:uri="SECRET" w:element="SECRET"><w:customXmlPr>'
                                              '<w:attr w:name="SECRET" w:val="SECRET"/></w:customXmlPr>'
                                              f"{run('shown')}</w:customXml>"),
    "bookmark": into_paragraph(bookmark("SECRET")),
    "last place of editing": into_paragraph(bookmark("_GoBack") + bookmark("SECRET")),
    "editors of a range": into_paragraph('<w:permStart w:id="1" w:ed="SECRET"/><w:permEnd w:id="1"/>'),
    "proofing marks": into_paragraph('<w:proofErr w:type="spellStart" x:note="SECRET"/>'),
    "the other of two alternatives": into_paragraph(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{text_box("shown")}</mc:Choice>'
        f"<mc:Fallback>{old_box('SECRET')}</mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "data of text effects": into_paragraph(run("shown", '<w14:glow w14:rad="SECRET"/>')),
    "foreign elements": into_paragraph('<x:note text="SECRET">SECRET</x:note>'),
    "XML comments and instructions": instruction,
    "prefixes": spare_prefix,
    "text between elements": text_between,
    "words that we inserted and took out again": into_paragraph(
        '<w:ins w:id="961" w:author="Union"><w:del w:id="962" w:author="Union"><w:r><w:delText>SECRET</w:delText></w:r>'
        "</w:del></w:ins>"),
    "words that we inserted within what we took out": into_paragraph(
        '<w:del w:id="961" w:author="Union"><w:ins w:id="962" w:author="Union"><w:r><w:delText>SECRET</w:delText></w:r>'
        "</w:ins></w:del>"),
    "row that we inserted and took out again": hidden_row(
        '<w:ins w:id="963" w:author="Union"/><w:del w:id="964" w:author="Union"/>'),
    # fields and links
    "link": link("hyperlink", use=f'<w:hyperlink r:id="RELATION" w:tooltip="SECRET" w:tgtFrame="SECRET">{run("shown")}'
                 "</w:hyperlink>"),
    "link by field": into_paragraph(field(' HYPERLINK "file:///C:/SECRET/x.docx" \\o "SECRET" ')),
    "included text": into_paragraph(field(' INCLUDETEXT "C:\\\\SECRET\\\\x.docx" ')),
    "included picture": into_paragraph(field(' INCLUDEPICTURE "C:\\\\SECRET\\\\x.png" ')),
    "linked object": into_paragraph(field(' LINK Excel.Sheet "C:\\\\SECRET.xlsx" ')),
    "live data": into_paragraph(field(" DDEAUTO SECRET SECRET ")),
    "database": into_paragraph(field(' DATABASE \\d "SECRET" \\s "SELECT" ')),
    "properties by field": into_paragraph(field(" DOCPROPERTY SECRET ")),
    "variable by field": into_paragraph(field(" DOCVARIABLE SECRET ")),
    "question": into_paragraph(field(' ASK place "SECRET" ', "") + field(' IF 1 = 1 "shown" "SECRET" ')),
    "add-in data": into_paragraph(field(" ADDIN SECRET ").replace(
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="begin"><w:fldData>SECRET</w:fldData></w:fldChar>', 1)),
    "index entries": into_paragraph(field(' XE "SECRET" ', "") + field(' TC "SECRET" ', "")),
    "switches of page numbers": into_paragraph(field(' PAGE \\# "SECRET" ', "1")),
    "simple field": into_paragraph(f'<w:fldSimple w:instr=" FILENAME SECRET \\p ">{run("shown")}</w:fldSimple>'),
    "form field": into_paragraph(field(" FORMTEXT ").replace(
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="SECRET"/><w:helpText w:val="SECRET"/>'
        '<w:entryMacro w:val="SECRET"/><w:textInput><w:default w:val="SECRET"/></w:textInput></w:ffData></w:fldChar>', 1)),
    "words within a field's code": into_paragraph(field(" PAGE ", "1").replace(
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run("SECRET") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')),
    "code of a field without an end": into_paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SECRET</w:instrText></w:r>'),
    # pictures and shapes
    "PNG text, EXIF, profile": picture(png, "png"),
    "PNG behind its end": picture(lambda secret: png(behind=secret), "png"),
    "PNG behind its pixels": picture(lambda secret: png(slack=secret), "png"),
    "JPEG EXIF, XMP, IPTC, comment": picture(jpeg, "jpeg"),
    "JPEG behind its end": picture(lambda secret: jpeg(behind=secret), "jpeg"),
    "GIF comment": picture(gif, "gif"),
    "name of a picture's file": picture(lambda secret: png(), "png", name="SECRET"),
    "alternative text": plain_picture(drawing(NAMED='SECRET" descr="SECRET" title="SECRET', FILE='SECRET" descr="SECRET')),
    "extensions of a picture": plain_picture(drawing(INSIDE='<a:extLst><a:ext uri="SECRET"><x:d>SECRET</x:d></a:ext></a:extLst>')),
    "link on a picture": plain_picture(drawing(FILE='"><a:hlinkClick r:id="" tooltip="SECRET"/><a:extLst><a:ext uri="SECRET"/></a:extLst></pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr><pic:nvPicPr><pic:cNvPr id="0" name="SECRET')),
    "picture elsewhere": link("image", use=drawing(BLIP='r:link="RELATION"')),
    "old shape": into_paragraph(
        '<w:r><w:pict><v:shapetype id="SECRET" o:spt="75"/><v:shape id="SECRET" o:spid="SECRET" type="#SECRET" alt="SECRET" '
        'title="SECRET" href="SECRET" o:gfxdata="SECRET" style="width:9pt;height:9pt;mso-note:SECRET"/></w:pict></w:r>'),
    # the archive itself
    "comment of the archive": lambda parts, secret: None,
    "notes and times of the archive": lambda parts, secret: None,
    "bytes before the archive": lambda parts, secret: None,
}  # fmt: skip


def _with_comment(parts: Parts, secret: str) -> bytes:
    buffer = io.BytesIO(repack(parts))
    with zipfile.ZipFile(buffer, "a") as package:
        package.comment = secret.encode()
    return buffer.getvalue()


def _with_notes(parts: Parts, secret: str) -> bytes:
    buffer = io.BytesIO()
    note = secret.encode()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 5, 19, 14, 15, 0))
            entry.comment = note
            entry.extra = struct.pack("<HH", 0xCAFE, len(note)) + note
            package.writestr(entry, content)
    return buffer.getvalue()


AROUND: dict[str, Callable[[Parts, str], bytes]] = {
    "comment of the archive": _with_comment,
    "notes and times of the archive": _with_notes,
    "bytes before the archive": lambda parts, secret: secret.encode() + repack(parts),
}

REFUSED: dict[str, Plant] = {
    "another document": part("word/chunk.html", "<p>SECRET</p>", "aFChunk"),
    "words in a foreign element": into_paragraph(f"<x:note>{run('SECRET')}</x:note>"),
    "cropped picture": plain_picture(drawing(CROP='<a:srcRect b="50000"/>')),
    "metafile": picture(lambda secret: b"\x01\0\0\0" + bytes(36) + b" EMF" + secret, "emf"),
    "chart": into_paragraph(
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name=""/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing></w:r>'),
    "broken picture": picture(lambda secret: png()[:-20] + secret, "png"),
    "hidden row with words that are not": hidden_row("<w:hidden/>"),
    "cell that we inserted and took out again": into_body(
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:cellIns w:id="965" '
        f'w:author="Union"/><w:cellDel w:id="966" w:author="Union"/></w:tcPr><w:p>{run("SECRET")}</w:p></w:tc></w:tr></w:tbl>'
        "<w:p/>"),
    "struck words that no deletion holds": into_paragraph("<w:r><w:delText>SECRET</w:delText></w:r>"),
    "change without a name": into_paragraph(f'<w:ins w:id="803">{run("SECRET")}</w:ins>'),
    "somebody else's change": into_paragraph(f'<w:ins w:id="801" w:author="SECRET">{run("SECRET")}</w:ins>'),
    "somebody else's formatting": into_paragraph(run("shown", '<w:b/><w:rPrChange w:id="802" w:author="SECRET"><w:rPr/></w:rPrChange>')),
}  # fmt: skip


def _chunk(parts: Parts, secret: str) -> None:
    key = add_part(parts, "word/chunk.html", f"<p>{secret}</p>", "aFChunk")
    into_body(f'<w:altChunk r:id="{key}"/>')(parts, secret)


REFUSED["another document"] = _chunk
