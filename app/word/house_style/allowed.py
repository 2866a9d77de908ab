"""What is taken from an office's template. Everything else stays behind, or is refused by name."""

from __future__ import annotations


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LOOK = _names(
    "rPr rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint color spacing w kern position "
    "sz szCs highlight u bdr shd vertAlign rtl cs em lang "
    "pPr keepNext keepLines pageBreakBefore widowControl suppressLineNumbers pBdr top left bottom right between bar "
    "start end tabs tab suppressAutoHyphens kinsoku wordWrap overflowPunct bidi adjustRightInd snapToGrid ind "
    "contextualSpacing mirrorIndents jc textAlignment outlineLvl numPr ilvl numId"
)
_TABLES = _names(
    "tblPr tblStyle tblW jc tblCellSpacing tblInd tblBorders insideH insideV tblLayout tblCellMar tblLook "
    "tblStyleRowBandSize tblStyleColBandSize tblStylePr trPr trHeight cantSplit tblHeader tcPr tcW gridSpan vMerge "
    "tcBorders noWrap tcMar vAlign shd tblCaption tblDescription"
)
STYLES = (
    _LOOK
    | _TABLES
    | _names(
        "styles docDefaults rPrDefault pPrDefault style name basedOn next link uiPriority semiHidden unhideWhenUsed "
        "qFormat"
    )
)
NUMBERING = _LOOK | _names(
    "numbering abstractNum multiLevelType styleLink numStyleLink lvl start numFmt lvlRestart pStyle isLgl suff lvlText "
    "lvlJc num abstractNumId lvlOverride startOverride"
)
MARGINS = (
    _LOOK
    | _TABLES
    | _names(
        "hdr ftr p r t pStyle rStyle fldSimple fldChar instrText br tbl tblGrid gridCol tr tc drawing ptab "
        "noBreakHyphen softHyphen sym"
    )
)
"""Elements of the main namespace, by the part that they may stand in."""

DRAWING = _names(
    "inline anchor simplePos positionH positionV posOffset align extent effectExtent wrapNone wrapSquare wrapTight "
    "wrapThrough wrapTopAndBottom wrapPolygon lineTo docPr cNvGraphicFramePr graphicFrameLocks graphic graphicData "
    "pic nvPicPr cNvPr cNvPicPr picLocks blipFill blip srcRect stretch fillRect spPr xfrm off ext prstGeom avLst "
    "noFill start"
)
"""Elements of a picture in a letterhead."""

ATTRIBUTES = _names(
    "val ascii hAnsi cs eastAsia bidi hint type space color sz fill frame shadow styleId default customStyle line "
    "lineRule before after left right start end hanging firstLine pos leader w h top bottom header footer gutter instr "
    "id numId abstractNumId ilvl name orient hRule dirty fldCharType alignment relativeTo clear hSpace vSpace font "
    "char beforeAutospacing afterAutospacing firstRow lastRow firstColumn lastColumn noHBand noVBand"
)
"""Attributes of the main namespace."""

DRAWING_ATTRIBUTES = _names(
    "distT distB distL distR simplePos relativeHeight behindDoc locked layoutInCell allowOverlap x y cx cy l t r b id "
    "name descr relativeFrom wrapText edited noChangeAspect noChangeArrowheads uri embed rot flipH flipV prst"
)

HARMLESS = _names(
    "proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak noProof rPrChange pPrChange sectPrChange tblPrChange "
    "trPrChange tcPrChange tblPrExChange tblGridChange rsid webHidden framePr textboxTightWrap divId cnfStyle "
    "eastAsianLayout fitText effect snapToGrid autoSpaceDE autoSpaceDN topLinePunct suppressOverlap textDirection "
    "specVanish tblpPr tblOverlap bidiVisual hideMark gridBefore gridAfter wBefore wAfter permStart permEnd ftrPr "
    "tcFitText"
)
"""What may be left behind in a header or footer without a word: it shows nothing."""

OPENED = _names("sdt sdtContent smartTag customXml hyperlink")
"""Wrappers in a header or footer of which only the content is taken."""

REFUSED = {
    "ins": "has tracked changes; accept or reject them in Word",
    "del": "has tracked changes; accept or reject them in Word",
    "moveFrom": "has tracked changes; accept or reject them in Word",
    "moveTo": "has tracked changes; accept or reject them in Word",
    "vanish": "has hidden text; show hidden text in Word and delete it",
    "object": "has an embedded object; put a PNG or JPEG picture in its place",
    "pict": "has a text box or an old kind of picture; put the words into a paragraph or table, or insert a PNG",
    "AlternateContent": "has a text box or drawn shape; put the words into a paragraph or table, or insert a PNG",
    "commentReference": "has comments; delete them in Word",
    "footnoteReference": "has a footnote; put its words into the line itself",
    "endnoteReference": "has an endnote; put its words into the line itself",
    "altChunk": "has another document in it; copy the words themselves",
}
"""What cannot be taken from a header or footer, with what to do about it."""

FIELDS = _names("PAGE NUMPAGES SECTIONPAGES")
"""Fields that a header or footer may have; others show names, paths or clock times."""
