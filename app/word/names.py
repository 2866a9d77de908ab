"""Names of WordprocessingML elements in full, as lxml has them, and sets of those that behave alike."""

from __future__ import annotations

from typing import Any, Final

Element = Any
"""An lxml element; lxml brings no types of its own."""

W_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_SPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14_SPACE: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W14_DRAWING_SPACE: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
MC_SPACE: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M_SPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The full name of an element or attribute in the main namespace."""
    return f"{{{W_SPACE}}}{name}"


def _all(names: str) -> frozenset[str]:
    return frozenset(w(name) for name in names.split())


P, R, T, TAB, BR = w("p"), w("r"), w("t"), w("tab"), w("br")
PPR, RPR, SECT_PR = w("pPr"), w("rPr"), w("sectPr")
TBL, TR, TC = w("tbl"), w("tr"), w("tc")
TBL_PR, TR_PR, TC_PR, TBL_GRID = w("tblPr"), w("trPr"), w("tcPr"), w("tblGrid")
CELL_INS, CELL_DEL, CELL_MERGE = w("cellIns"), w("cellDel"), w("cellMerge")
TEXT_BOX, FALLBACK = w("txbxContent"), f"{{{MC_SPACE}}}Fallback"
SDT, SDT_PR, SDT_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
INS, DEL, MOVE_FROM, MOVE_TO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
DEL_TEXT, INSTR, DEL_INSTR = w("delText"), w("instrText"), w("delInstrText")
RPR_CHANGE, PPR_CHANGE, SECT_CHANGE = w("rPrChange"), w("pPrChange"), w("sectPrChange")
HYPERLINK, FIELD_CHAR, FIELD = w("hyperlink"), w("fldChar"), w("fldSimple")
NOTE_REFERENCES: Final = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
COMMENT_REFERENCE = w("commentReference")
NUM_ID = w("numId")
ANCHOR, CODE = w("anchor"), w("instr")
ID, VAL, AUTHOR, DATE, NAME, STYLE_ID = (w(each) for each in ("id", "val", "author", "date", "name", "styleId"))

COMES: Final = frozenset({INS, MOVE_TO})
"""Wrappers of runs that are in the text as it now stands."""
GOES: Final = frozenset({DEL, MOVE_FROM})
"""Wrappers of runs that are only in the text as it was."""
MARK_CHANGES: Final = COMES | GOES
CELL_CHANGES: Final = frozenset({CELL_INS, CELL_DEL, CELL_MERGE})
"""Marks of cells that come, go or are joined."""
PROPERTY_CHANGES: Final = _all(
    "rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange tblPrExChange numberingChange"
)
MOVE_RANGES: Final = _all("moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd")
CONTROL_RANGES: Final = _all(
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd"
)
NO_WIDTH: Final = (
    _all("bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd permStart permEnd proofErr")
    | MOVE_RANGES
    | CONTROL_RANGES
)
"""Marks of a place that show nothing."""
BEFORE_EVEN: Final = _all(
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData "
    "embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
    "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors "
    "activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter "
    "stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves doNotTrackFormatting "
    "documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
    "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle "
    "defaultTableStyle"
)
"""What stands in the settings before the switch that gives even pages headers of their own."""
