"""Whether the children of WordprocessingML elements stand in the order that the schema gives them.

Word repairs, or refuses, a file in which they do not. Only the elements that our files use are listed; an element
whose parent is listed and that is not in the list is reported too. Source: ECMA-376, part 1, wml.xsd.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RUN_PROPERTIES = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_PARAGRAPH_PROPERTIES = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
ORDER = {
    "pPr": _PARAGRAPH_PROPERTIES,
    "rPr": f"ins del moveFrom moveTo {_RUN_PROPERTIES}",
    "numPr": "ilvl numId numberingChange ins",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings sectPrChange",
    "tbl": "tblPr tblGrid tr sdt",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tr": "tblPrEx trPr tc sdt",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
    "pPrChange": "pPr",
    "rPrChange": "rPr",
    "sectPrChange": "sectPr",
    "tblPrChange": "tblPr",
    "trPrChange": "trPr",
    "tcPrChange": "tcPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState "
    "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
    "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
    "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter "
    "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent "
    "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
    "forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
    "decimalSymbol listSeparator docId",
    "body": "*sectPr",  # anything, the section last
    "document": "background body",
    "hyperlink": "*",
    "fldSimple": "*",
}
_LISTS = {parent: names.split() for parent, names in ORDER.items()}
_ANY_ORDER = {"trPr", "body", "hyperlink", "fldSimple", "tabs", "p", "r", "hdr", "ftr"}
_FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
_MARKS = frozenset({
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "permStart", "permEnd", "proofErr", "ins", "del", "moveFrom", "moveTo",
})  # fmt: skip
_MARKED = frozenset({"tbl", "tr", "tc", "body"})
"""Elements in which marks of a range may stand anywhere behind the properties."""
_REQUIRED = {"tc": "p", "tbl": "tblGrid", "lvl": "lvlText", "style": "name"}
"""What an element must hold for Word to open the file."""


def schema_problems(data: bytes) -> list[str]:
    """Everything in a Word file that stands where the schema does not have it, as sentences."""
    problems = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                problems += [f"{name}: {each}" for each in part_problems(etree.fromstring(package.read(name)))]
        problems += _package_problems(package)
    return problems


def problems_beyond(data: bytes, *sources: bytes) -> list[str]:
    """The same, but for what is wrong in the files that it was made of."""
    known = {each for source in sources for each in schema_problems(source)}
    return [each for each in schema_problems(data) if each not in known]


def part_problems(root: Any) -> Iterator[str]:
    """The same for one part."""
    for element in root.iter(f"{{{_W}}}*"):
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element if isinstance(child.tag, str)]
        if name in _MARKED:
            children = [child for child in children if child not in _MARKS]
        if name == "tc" and children[-1:] != ["p"]:
            yield "tc does not end in p"
        if name in _REQUIRED and _REQUIRED[name] not in children:
            yield f"{name} without {_REQUIRED[name]}"
        if name in _FIRST and _FIRST[name] in children[1:]:
            yield f"{_FIRST[name]} is not first in {name}"
        if name == "body" and "sectPr" in children[:-1]:
            yield "sectPr is not last in body"
        order = None if name in _ANY_ORDER else _LISTS.get(name)
        if order is None:
            continue
        strange = [child for child in children if child not in order]
        if strange:
            yield f"{name} has {strange[0]}, which does not belong there"
            continue
        places = [order.index(child) for child in children]
        if places != sorted(places):
            yield f"{name} has its children in the order {' '.join(children)}"
    yield from _pointer_problems(root)


def _pointer_problems(root: Any) -> Iterator[str]:
    """Ids that occur twice, bookmarks that do not end, references to bookmarks that are not there."""
    starts = [each.get(f"{{{_W}}}id") for each in root.iter(f"{{{_W}}}bookmarkStart")]
    ends = [each.get(f"{{{_W}}}id") for each in root.iter(f"{{{_W}}}bookmarkEnd")]
    names = [each.get(f"{{{_W}}}name") for each in root.iter(f"{{{_W}}}bookmarkStart")]
    if starts != ends or len(set(starts)) != len(starts) or len(set(names)) != len(names):
        yield "bookmarks are doubled or do not end"
    codes = [each.get(f"{{{_W}}}instr", "").split() for each in root.iter(f"{{{_W}}}fldSimple")]
    wanted = [code[1] for code in codes if code[:1] in (["REF"], ["PAGEREF"])]
    wanted += [
        each.get(f"{{{_W}}}anchor") for each in root.iter(f"{{{_W}}}hyperlink") if f"{{{_W}}}anchor" in each.attrib
    ]
    for name in sorted(set(wanted) - set(names)):
        yield f"something points to {name}, which is no bookmark"
    depth = 0
    for each in root.iter(f"{{{_W}}}fldChar"):
        depth += {"begin": 1, "end": -1}.get(each.get(f"{{{_W}}}fldCharType"), 0)
        if depth not in (0, 1, 2):
            yield "fields do not begin and end in turn"
    if depth:
        yield "a field does not end"


def _package_problems(package: zipfile.ZipFile) -> Iterator[str]:
    """Styles and lists that are named and not defined, parts without a type."""
    names = set(package.namelist())
    known = set()
    if "word/styles.xml" in names:
        styles = etree.fromstring(package.read("word/styles.xml"))
        known = {each.get(f"{{{_W}}}styleId") for each in styles.iter(f"{{{_W}}}style")}
    lists = {"0"}
    if "word/numbering.xml" in names:
        numbering = etree.fromstring(package.read("word/numbering.xml"))
        lists |= {each.get(f"{{{_W}}}numId") for each in numbering.iter(f"{{{_W}}}num")}
    for name in sorted(names):
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        root = etree.fromstring(package.read(name))
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for each in root.iter(f"{{{_W}}}{tag}"):
                if each.get(f"{{{_W}}}val") not in known:
                    yield f"{name}: the style {each.get(f'{{{_W}}}val')} is not defined"
        for each in root.iter(f"{{{_W}}}numPr"):
            used = each.find(f"{{{_W}}}numId")
            if used is not None and used.get(f"{{{_W}}}val") not in lists:
                yield f"{name}: the list {used.get(f'{{{_W}}}val')} is not defined"
    types = etree.fromstring(package.read("[Content_Types].xml"))
    overrides = {each.get("PartName") for each in types if each.get("PartName")}
    defaults = {each.get("Extension") for each in types if each.get("Extension")}
    for name in names - {"[Content_Types].xml"}:
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults - {"xml"}:
            yield f"{name} has no content type"
    for name in overrides - {f"/{each}" for each in names}:
        yield f"{name} has a content type and does not exist"
