"""Puts a Word file together: a body that we wrote, in a house style. Equal input gives equal bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from app.word.archive import packed
from app.word.house_style.built_in_style import BUILT_IN
from app.word.house_style.style import HouseStyle, Margin
from app.word.pictures import picture_kind
from app.word.xml import PACKAGE, Element, R, clean, parse, q, serialise, w

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_RELS = f"{PACKAGE}/relationships"
_TOP_RELATIONS = (
    ("rId1", "officeDocument", "word/document.xml"),
    ("rId2", "core-properties", "docProps/core.xml"),
    ("rId3", "extended-properties", "docProps/app.xml"),
)
_BEFORE_LINE_NUMBERS = ("headerReference", "footerReference", "type", "pgSz", "pgMar")


@dataclass(frozen=True, slots=True)
class WordFile:
    """What one document consists of beside its house style."""

    body: Sequence[Element]  # paragraphs and tables
    margins: Sequence[Margin]  # filled in
    title: str
    subject: str = ""
    language: str = "en-US"  # BCP 47
    now: datetime | None = None
    line_numbers: bool = False


def pack_word_file(file: WordFile, house: HouseStyle) -> bytes:
    """The finished DOCX: no person, no clock time but `now`, nothing of the office's template but its style."""
    names = _part_names(file.margins)
    ids = [f"rId{number}" for number in range(1, len(names) + 1)]
    relations = [(key, margin.place, name) for key, name, margin in zip(ids, names, file.margins, strict=True)]
    for name in ("styles", "numbering", "settings"):
        relations.append((f"rId{len(relations) + 1}", name, f"{name}.xml"))
    used = sorted({picture for margin in file.margins for _, picture in margin.pictures})
    return packed(
        {
            "[Content_Types].xml": _content_types(names, [house.pictures[name] for name in used]),
            "_rels/.rels": _relations(_TOP_RELATIONS),
            "docProps/core.xml": _core(file),
            "docProps/app.xml": (BUILT_IN / "app.xml").read_bytes(),
            "word/document.xml": serialise(w("document", w("body", *file.body, _section(file, house, ids)))),
            "word/_rels/document.xml.rels": _relations(relations),
            "word/styles.xml": _with_language(house.styles, file.language),
            "word/numbering.xml": house.numbering,
            "word/settings.xml": _settings(house, file.language),
            **_margin_parts(file.margins, names),
            **{f"word/media/{name}": house.pictures[name] for name in used},
        }
    )


def _section(file: WordFile, house: HouseStyle, ids: Sequence[str]) -> Element:
    """The page of the house, with the headers and footers of this file: `ids` are their relations."""
    section = parse(house.section)
    references = []
    for key, margin in zip(ids, file.margins, strict=True):
        references.append(w(f"{margin.place}Reference", type=margin.kind))
        references[-1].set(f"{{{R}}}id", key)
    for index, reference in enumerate(sorted(references, key=lambda each: each.tag == q("footerReference"))):
        section.insert(index, reference)
    if file.line_numbers:
        place = sum(etree.QName(child).localname in _BEFORE_LINE_NUMBERS for child in section)
        section.insert(place, w("lnNumType", countBy=1, distance=360, restart="newPage"))
    return section


def _margin_parts(margins: Sequence[Margin], names: Sequence[str]) -> dict[str, bytes]:
    """Headers and footers, each with what it refers to."""
    parts: dict[str, bytes] = {}
    for name, margin in zip(names, margins, strict=True):
        parts[f"word/{name}"] = margin.content
        if margin.pictures:
            pictures = [(key, "image", f"media/{picture}") for key, picture in margin.pictures]
            parts[f"word/_rels/{name}.rels"] = _relations(pictures)
    return parts


def _part_names(margins: Sequence[Margin]) -> list[str]:
    """ "header1.xml", "header2.xml", "footer1.xml"."""
    counts: Counter[str] = Counter()
    names = []
    for margin in margins:
        counts[margin.place] += 1
        names.append(f"{margin.place}{counts[margin.place]}.xml")
    return names


def _relations(entries: Sequence[tuple[str, str, str]]) -> bytes:
    root = etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
    for relation, kind, target in entries:
        base = f"{PACKAGE}/relationships/metadata" if kind == "core-properties" else R
        etree.SubElement(root, f"{{{_RELS}}}Relationship", {"Id": relation, "Type": f"{base}/{kind}", "Target": target})
    return _part(root)


def _content_types(margins: Sequence[str], pictures: Sequence[bytes]) -> bytes:
    space = f"{PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults |= {kind: f"image/{kind}" for kind in sorted({picture_kind(each) for each in pictures})}
    for extension, kind in defaults.items():
        etree.SubElement(root, f"{{{space}}}Default", {"Extension": extension, "ContentType": kind})
    overrides = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        **{f"/word/{name}.xml": f"{_TYPES}.{name}+xml" for name in ("styles", "numbering", "settings")},
        **{f"/word/{name}": f"{_TYPES}.{name[:6]}+xml" for name in margins},  # header or footer
    }
    for name, kind in overrides.items():
        etree.SubElement(root, f"{{{space}}}Override", {"PartName": name, "ContentType": kind})
    return _part(root)


def _core(file: WordFile) -> bytes:
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    moment = (file.now or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for space, name, words in (
        (_DC, "title", clean(file.title)[:255]),
        (_DC, "subject", clean(file.subject)[:255]),
        (_DC, "creator", ""),
        (_CORE, "lastModifiedBy", ""),
        (_CORE, "revision", "1"),
        (_DC, "language", file.language),
        (_TERMS, "created", moment),
        (_TERMS, "modified", moment),
    ):
        element = etree.SubElement(root, f"{{{space}}}{name}")
        element.text = words
        if space == _TERMS:
            element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    return _part(root)


def _settings(house: HouseStyle, language: str) -> bytes:
    root = parse((BUILT_IN / "settings.xml").read_bytes())
    root.find(q("themeFontLang")).set(q("val"), language)
    if house.even_and_odd:
        root.find(q("defaultTabStop")).addnext(w("evenAndOddHeaders"))
    return serialise(root)


def _with_language(styles: bytes, language: str) -> bytes:
    """The whole text is in one language; no style may say another."""
    root = parse(styles)
    for element in root.iter(q("lang")):
        element.set(q("val"), language)
    return serialise(root)


def _part(root: Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
