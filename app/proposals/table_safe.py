"""The gate for everything that the other side will see: what is not expressly allowed does not pass.

The check reads the finished package, not the objects that it was made from. It goes by allow-lists: parts,
relationships, elements, attributes, properties. What a later version of the writer adds has to be admitted here first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from lxml import etree

from app.errors import NotTableSafe, UnreadableFile
from app.word.caucus_mark import is_caucus_copy
from app.word.pictures import without_metadata

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml"
    r"|word/(document|styles|numbering|settings|header\d*|footer\d*)\.xml|word/_rels/(document|header\d*|footer\d*)\.xml\.rels"
    r"|word/media/image\d+\.(png|jpeg)"
)


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_RELATIONS = _names(
    "officeDocument core-properties extended-properties styles numbering settings header footer image",
)
_BODY = _names(
    "document body p pPr pStyle keepNext keepLines numPr ilvl numId pBdr bottom jc ind spacing tabs tab r rPr b bCs i "
    "iCs u t br fldSimple sectPr headerReference footerReference pgSz pgMar cols docGrid hdr ftr type "
    "rStyle pageBreakBefore suppressLineNumbers bookmarkStart bookmarkEnd hyperlink fldChar instrText lnNumType "
    "titlePg tbl tblPr tblStyle tblW tblLayout tblLook tblCaption tblDescription tblGrid gridCol tr trPr cantSplit "
    "trHeight tblHeader tc tcPr tcW vAlign"
)
_MARGINS = _BODY | _names(
    "drawing rFonts caps smallCaps strike dstrike outline shadow emboss imprint color w kern position sz szCs "
    "highlight bdr shd vertAlign rtl cs em lang widowControl top left right between bar start end "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct bidi adjustRightInd snapToGrid contextualSpacing mirrorIndents "
    "textAlignment outlineLvl tblCellSpacing tblInd tblBorders insideH insideV tblCellMar gridSpan vMerge tcBorders "
    "noWrap tcMar ptab noBreakHyphen softHyphen sym"
)
"""Letterheads are an office's own work; they were cleaned when its house style was taken in."""
_DRAWING = _names(
    "inline anchor simplePos positionH positionV posOffset align extent effectExtent wrapNone wrapSquare wrapTight "
    "wrapThrough wrapTopAndBottom wrapPolygon lineTo docPr cNvGraphicFramePr graphicFrameLocks graphic graphicData pic "
    "nvPicPr cNvPr cNvPicPr picLocks blipFill blip srcRect stretch fillRect spPr xfrm off ext prstGeom avLst noFill "
    "start"
)
_DRAWING_ATTRIBUTES = _names(
    "distT distB distL distR simplePos relativeHeight behindDoc locked layoutInCell allowOverlap x y cx cy l t r b id "
    "name descr relativeFrom wrapText edited noChangeAspect noChangeArrowheads uri embed rot flipH flipV prst"
)
_DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/"
_PLACE = re.compile(r"-?\d{1,12}|left|right|center|inside|outside|top|bottom")
_BOOKMARK = re.compile(r"_(Ref|Toc)\d{1,12}")
_SETTINGS = _names(
    "settings zoom removePersonalInformation removeDateAndTime defaultTabStop characterSpacingControl compat "
    "compatSetting themeFontLang decimalSymbol listSeparator evenAndOddHeaders"
)
_PROPERTIES = _names("coreProperties title subject creator lastModifiedBy revision language created modified")
_ATTRIBUTES = _names(
    "val ascii hAnsi cs eastAsia bidi type space color sz styleId default customStyle line lineRule before after left "
    "right hanging firstLine pos w h top bottom header footer gutter instr id numId abstractNumId ilvl name uri "
    "percent Ignorable linePitch orient hint frame shadow fill start end hRule leader firstRow lastRow firstColumn "
    "lastColumn noHBand noVBand fldCharType anchor history countBy restart distance alignment relativeTo clear char "
    "font beforeAutospacing afterAutospacing dirty"
)
_HIDDEN = {"vanish", "specVanish", "webHidden"}
_FIELD = re.compile(
    r'PAGE|NUMPAGES|SECTIONPAGES|REF _Ref\d{1,12} \\n \\h|PAGEREF _Toc\d{1,12} \\h|TOC (?:\\n )?\\o "1-1" \\h \\z'
    r"|(?:PAGE|NUMPAGES|SECTIONPAGES) +(?:\\\* *(?:MERGEFORMAT|Arabic|arabic) *)+"
)
_CHANGES = _names("ins del moveFrom moveTo moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd")
_TRACKED = _CHANGES | {"delText", "trackRevisions"}
_CHANGE_ATTRIBUTES = {"author", "date"}


def assert_table_safe(
    data: bytes, *, paragraphs: Sequence[str] | None = None, margins: Sequence[str] = (), tracked: bool = False
) -> None:
    """Refuse a Word file that holds anything beyond what was meant to be in it.

    Args:
        data: The finished DOCX.
        paragraphs: The exact text of the body, paragraph by paragraph, without automatic numbers. When given, one
            paragraph more, fewer or other is refused.
        margins: With `paragraphs`: the lines that header and footer may show.
        tracked: Whether tracked insertions, deletions and moves may be in it, as in a redline that is handed over.

    Raises:
        NotTableSafe: Names the part and what is wrong in it. The file must not be handed out.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if package.comment:
            raise _refusal("the package", "carries a comment in its zip directory")
        if len(set(package.namelist())) != len(package.namelist()):
            raise _refusal("the package", "holds two parts of one name")
        parts = {name: package.read(name) for name in package.namelist()}
    try:
        for_caucus = is_caucus_copy(data)
    except UnreadableFile as error:
        raise _refusal("the package", f"cannot be read: {error}") from error
    if for_caucus:
        raise _refusal("the file", "is marked as a copy for the caucus")
    for name, content in parts.items():
        if not _PARTS.fullmatch(name):
            raise _refusal(name, "is a part that a file for the other side does not need")
        if name.startswith("word/media/"):
            _check_picture(name, content)
            continue
        _check_part(name, _parse(name, content), tracked=tracked)
    if paragraphs is not None:
        _check_texts(parts, list(paragraphs), set(margins))


def _refusal(place: str, problem: str) -> NotTableSafe:
    return NotTableSafe(f"The file was not exported: {place} {problem}. Nothing was handed out; please report this.")


def _parse(name: str, content: bytes) -> Any:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refusal(name, "declares a document type")
    if root.getprevious() is not None or root.getnext() is not None:
        raise _refusal(name, "carries an XML comment or instruction")
    return root


def _check_picture(name: str, content: bytes) -> None:
    try:
        bare = without_metadata(content)
    except ValueError as error:
        raise _refusal(name, f"is no picture that may go along: {error}") from error
    if bare != content:
        raise _refusal(name, "carries more than the picture itself")


def _check_part(name: str, root: Any, *, tracked: bool) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise _refusal(name, "carries an XML comment or instruction")
        local = etree.QName(element).localname
        if local in _HIDDEN:
            raise _refusal(name, "has hidden text")
        if name.endswith(".rels") and local == "Relationship":
            _check_relation(name, element)
        if name.endswith(".rels") or name == "[Content_Types].xml":
            if (element.text or "").strip():
                raise _refusal(name, "has text where none belongs")
            continue
        if not (tracked and _is_change(element, local)):
            _check_element(name, element, local)


def _is_change(element: Any, local: str) -> bool:
    """Whether this is a tracked change, or its words, with nothing else about it."""
    allowed = _ATTRIBUTES | _CHANGE_ATTRIBUTES if local in _CHANGES else _ATTRIBUTES
    return (
        local in _TRACKED
        and etree.QName(element).namespace == _W
        and (local == "delText" or not (element.text or "").strip())
        and all(etree.QName(attribute).localname in allowed for attribute in element.attrib)
    )


def _check_relation(name: str, element: Any) -> None:
    if element.get("TargetMode", "Internal") != "Internal":
        raise _refusal(name, f"points outside the file, to {element.get('Target')}")
    if element.get("Type", "").rsplit("/", 1)[-1] not in _RELATIONS:
        raise _refusal(name, f"refers to {element.get('Target')}, which is not for the other side")


def _check_element(name: str, element: Any, local: str) -> None:
    text = (element.text or "").strip()
    if name == "docProps/core.xml":
        if local not in _PROPERTIES:
            raise _refusal(name, f"has the property {local!r}")
        if local in {"creator", "lastModifiedBy"} and text:
            raise _refusal(name, f"names a person or program: {text!r}")
        return
    if name == "docProps/app.xml":
        if local not in {"Properties", "Application"}:
            raise _refusal(name, f"has the property {local!r}")
        return
    if name == "word/settings.xml" and local not in _SETTINGS:
        raise _refusal(name, f"has the setting {local!r}")
    if name not in {"word/settings.xml", "word/styles.xml", "word/numbering.xml"}:
        in_margin = name.startswith(("word/header", "word/footer"))
        if in_margin and (etree.QName(element).namespace or "").startswith(_DRAWINGS):
            _check_drawing(name, element, local, text)
            return
        if local not in (_MARGINS if in_margin else _BODY) or etree.QName(element).namespace != _W:
            raise _refusal(name, f"has {local!r}, which is not allowed in a file for the other side")
        _check_pointer(name, element, local, text)
        text = "" if local == "instrText" else text
    if text and local != "t":
        raise _refusal(name, f"has text in {local!r}, where no reader shows it")
    for attribute in element.attrib:
        if etree.QName(attribute).localname not in _ATTRIBUTES:
            raise _refusal(name, f"has the attribute {etree.QName(attribute).localname!r} on {local!r}")


def _check_pointer(name: str, element: Any, local: str, text: str) -> None:
    """Fields, bookmarks and links point only to places of the document itself."""
    code = element.get(f"{{{_W}}}instr", "").strip() if local == "fldSimple" else text
    if local in {"fldSimple", "instrText"} and not _FIELD.fullmatch(code):
        raise _refusal(name, "has a field other than page numbers, contents and references")
    given = {"bookmarkStart": "name", "hyperlink": "anchor"}.get(local)
    if given and not _BOOKMARK.fullmatch(element.get(f"{{{_W}}}{given}", "")):
        raise _refusal(name, f"has a {local!r} that points to nothing of ours")
    if local == "hyperlink" and any(etree.QName(each).localname == "id" for each in element.attrib):
        raise _refusal(name, "has a link out of the file")


def _check_drawing(name: str, element: Any, local: str, text: str) -> None:
    if local not in _DRAWING:
        raise _refusal(name, f"has {local!r} in a picture, which is not allowed in a file for the other side")
    if text and not (local in {"posOffset", "align"} and _PLACE.fullmatch(text)):
        raise _refusal(name, f"has text in {local!r}, where no reader shows it")
    for attribute in element.attrib:
        if etree.QName(attribute).localname not in _DRAWING_ATTRIBUTES:
            raise _refusal(name, f"has the attribute {etree.QName(attribute).localname!r} on {local!r}")


def _check_texts(parts: dict[str, bytes], paragraphs: list[str], margins: set[str]) -> None:
    body = _paragraph_texts(_parse("word/document.xml", parts["word/document.xml"]))
    if body != paragraphs:
        odd = next((text for text in body if text not in set(paragraphs)), "")
        raise _refusal("word/document.xml", f"does not hold exactly the articles (first other words: {odd[:60]!r})")
    for name, content in parts.items():
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            for text in _paragraph_texts(_parse(name, content)):
                if text and text not in margins:
                    raise _refusal(name, f"shows {text[:60]!r}, which was not meant to be there")


def _paragraph_texts(root: Any) -> list[str]:
    texts = []
    for paragraph in root.iter(f"{{{_W}}}p"):
        pieces = []
        for element in paragraph.iter(f"{{{_W}}}t", f"{{{_W}}}tab", f"{{{_W}}}br"):
            if etree.QName(element).localname == "t":
                pieces.append(element.text or "")
            elif etree.QName(element.getparent()).localname == "r":
                pieces.append("\t" if etree.QName(element).localname == "tab" else "\n")
        texts.append("".join(pieces))
    return texts
