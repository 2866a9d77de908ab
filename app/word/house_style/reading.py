"""Reads a law office's template: what is needed is taken piece by piece, what must not travel is refused by name.

Nothing of the template's own text, properties, comments, settings or macros is taken, only page, styles, list,
headers and footers. See docs/house-style.md.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_package import WordPackage
from app.word.house_style import allowed
from app.word.house_style.levels import level_problem
from app.word.house_style.margins import BLANKS, unknown_blanks
from app.word.house_style.style import HouseStyle, Margin
from app.word.house_style.style_sheet import read_style_sheet
from app.word.house_style.theme import ThemeFonts
from app.word.pictures import picture_kind, without_metadata
from app.word.xml import Element, R, W, clean, q, serialise, w

MAX_BYTES = 5_000_000
MAX_UNPACKED = 30_000_000
MAX_PICTURES = 3_000_000
TOO_LARGE = (
    f"The template is larger than {MAX_BYTES // 1_000_000} MB; a letterhead needs no pictures of that size. "
    "Compress its pictures in Word and save it again."
)

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_DRAWINGS = ("http://schemas.openxmlformats.org/drawingml/", "http://purl.oclc.org/ooxml/drawingml/")
_LEAST, _MOST = 4_000, 32_000  # width and height of a page, twentieths of a point: 7 to 56 cm
_LOOKS_LIKE_A_PATH = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|emf|wmf)\b", re.IGNORECASE)


def read_house_style(data: bytes, name: str = "") -> HouseStyle:
    """Check a template and take its style.

    Args:
        data: A .docx or .dotx file.
        name: What to call it.

    Raises:
        UnreadableFile: Says what is wrong with the template, where, and what to do.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(TOO_LARGE)
    _check_unpacked(data)
    package = WordPackage(data)
    if package.root.tag.startswith(f"{{{_STRICT}}}"):
        raise UnreadableFile("The template is saved as Strict Open XML; save it in Word as “Word Document (*.docx)”.")
    if package.has_macros():
        raise UnreadableFile("The template carries macros; save it in Word as .docx or .dotx, which leaves them out.")
    section = _last_section(package.root)
    fonts = ThemeFonts(package.part("theme"))
    reader = _MarginReader(package, fonts)
    margins = [margin for reference in _references(section) if (margin := reader.read(reference)) is not None]
    shown = {style for margin in margins for style in _styles_in(margin.content)}
    styles, numbering = read_style_sheet(package.part("styles"), package.part("numbering"), fonts, also=shown)
    settings = package.part("settings")
    style = HouseStyle(
        name=clean(name),
        styles=styles,
        numbering=numbering,
        section=_section(section, {margin.kind for margin in margins}),
        margins=tuple(margins),
        pictures=reader.pictures,
        even_and_odd=settings is not None and settings.find(q("evenAndOddHeaders")) is not None,
    )
    problem = level_problem(style)
    if problem:
        raise UnreadableFile(f"The template does not number as an agreement needs: {problem}")
    return style


def _check_unpacked(data: bytes) -> None:
    """No part unpacks to more than its entry says, so the sum bounds what reading the template can take."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(entry.file_size for entry in package.infolist())
    except Exception:  # `WordPackage` says what is wrong with it
        return
    if size > MAX_UNPACKED:
        raise UnreadableFile(
            f"The template unpacks to more than {MAX_UNPACKED // 1_000_000} MB; delete its text and pictures in "
            "Word, of which only styles and letterhead are used, and save it again."
        )


def _last_section(root: Element) -> Element:
    sections = list(root.iter(q("sectPr")))
    return sections[-1] if sections else w("sectPr")


def _references(section: Element) -> list[Element]:
    return [child for child in section if child.tag in (q("headerReference"), q("footerReference"))]


def _section(section: Element, kinds: set[str]) -> bytes:
    size = _numbers(section.find(q("pgSz")), "w", "h")
    margins = _numbers(section.find(q("pgMar")), "top", "right", "bottom", "left", "header", "footer", "gutter")
    text_width = size["w"] - margins["left"] - margins["right"] - margins["gutter"]
    if not all(_LEAST <= each <= _MOST for each in size.values()) or text_width < _LEAST:
        raise UnreadableFile(
            "The page of the template is too narrow or too large for an agreement; "
            "leave at least 7 cm between the margins."
        )
    orient = {"orient": "landscape"} if size["w"] > size["h"] else {}
    made = w(
        "sectPr",
        w("pgSz", **size, **orient),
        w("pgMar", **margins),
        # Without a header of its own the first page would name neither side nor round.
        w("titlePg") if section.find(q("titlePg")) is not None and "first" in kinds else None,
    )
    return serialise(made)


def _numbers(element: Element | None, *names: str) -> dict[str, int]:
    given = {name: element.get(q(name), "0") if element is not None else "" for name in names}
    if not all(re.fullmatch(r"-?\d{1,5}", each) for each in given.values()):
        raise UnreadableFile("The template says no size of page and margins; set them in Word under Layout.")
    return {name: int(each) for name, each in given.items()}


def _styles_in(content: bytes) -> set[str]:
    root = etree.fromstring(content)
    return {each.get(q("val")) for each in root.iter(q("pStyle"), q("rStyle"), q("tblStyle"))}


class _MarginReader:
    """Takes headers and footers; keeps the pictures that they show."""

    def __init__(self, package: WordPackage, fonts: ThemeFonts) -> None:
        self.pictures: dict[str, bytes] = {}
        self._package = package
        self._fonts = fonts
        self._drawn = 0

    def read(self, reference: Element) -> Margin | None:
        relation = self._package.relationships.get(reference.get(f"{{{R}}}id", ""))
        place = "header" if reference.tag == q("headerReference") else "footer"
        kind = reference.get(q("type"), "default")
        if relation is None or relation.external or kind not in {"default", "first", "even"}:
            return None
        root = self._package.xml(relation.target)
        if root is None:
            return None
        where = f"The {place} of the template"
        self._refuse_other_fields(root, where)
        embedded = self._embedded(relation.target, where)
        pictures: list[tuple[str, str]] = []
        made = self._copy(root, where, embedded, pictures)
        odd = unknown_blanks(made)
        if odd:
            raise UnreadableFile(
                f"{where} has the blank {{{{{odd[0]}}}}}, which nobody can fill in; use one of {', '.join(BLANKS)}."
            )
        if not len(made):
            made.append(w("p"))
        return Margin(place, kind, serialise(made), tuple(dict.fromkeys(pictures)))

    def _embedded(self, part: str, where: str) -> Mapping[str, str]:
        """The picture parts by relationship id."""
        found = {}
        for relation_id, relation in self._package.relationships_of(part).items():
            if relation.external:
                raise UnreadableFile(
                    f"{where} points outside the file, to {clean(relation.target)[:80]}; "
                    "remove the link in Word, or insert the picture itself instead of linking to it."
                )
            if relation.kind == "image":
                found[relation_id] = relation.target
        return found

    @staticmethod
    def _refuse_other_fields(root: Element, where: str) -> None:
        codes = [each.get(q("instr"), "") for each in root.iter(q("fldSimple"))]
        code: list[str] = []
        depth = 0
        for each in root.iter(q("fldChar"), q("instrText")):
            if each.tag == q("instrText"):
                code.append(each.text or "")
            elif each.get(q("fldCharType")) == "begin":
                depth += 1
                if depth > 1:
                    raise UnreadableFile(f"{where} has a field within a field; keep only page numbers there.")
            elif each.get(q("fldCharType")) == "end":
                depth -= 1
                codes.append("".join(code))
                code = []
        for each in codes:
            word = (each.split() or [""])[0].upper()
            if word not in allowed.FIELDS:
                raise UnreadableFile(
                    f"{where} has the field {clean(word)[:30] or 'without a name'}, which could show a name, a path or "
                    "a date of your office; keep only page numbers, and use blanks such as {{date}} for the rest."
                )
        if depth:
            raise UnreadableFile(f"{where} has a field that does not end; delete it and insert it again.")

    def _copy(
        self, element: Element, where: str, embedded: Mapping[str, str], pictures: list[tuple[str, str]]
    ) -> Element:
        name = etree.QName(element)
        drawing = name.namespace != W
        made = etree.Element(element.tag, nsmap=element.nsmap if drawing else {"w": W, "r": R})
        for key, given in element.attrib.items():
            attribute = etree.QName(key)
            if drawing:
                if attribute.localname in allowed.DRAWING_ATTRIBUTES and attribute.namespace in (None, R):
                    made.set(key, given)
            elif attribute.namespace == W and attribute.localname in allowed.ATTRIBUTES:
                made.set(key, given)
        if name.localname in {"t", "instrText", "posOffset", "align"}:
            made.text = clean(element.text or "")
            if name.localname == "t":
                made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self._fonts.settle(made, element)
        if drawing:
            self._mend_drawing(made, where, embedded, pictures)
        for child in element:
            self._take(child, made, where, embedded, pictures)
        return made

    def _take(
        self,
        child: Element,
        made: Element,
        where: str,
        embedded: Mapping[str, str],
        pictures: list[tuple[str, str]],
    ) -> None:
        name = etree.QName(child)
        local = name.localname
        if local in allowed.REFUSED:
            raise UnreadableFile(f"{where} {allowed.REFUSED[local]}, then upload it again.")
        if local in allowed.OPENED and name.namespace == W:
            for inner in child:
                if etree.QName(inner).localname not in {"sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"}:
                    self._take(inner, made, where, embedded, pictures)
        elif (name.namespace == W and local in allowed.MARGINS) or (
            (name.namespace or "").startswith(_DRAWINGS) and local in allowed.DRAWING
        ):
            made.append(self._copy(child, where, embedded, pictures))
        elif (
            name.namespace == W
            and local not in allowed.HARMLESS
            and (child.xpath("string()").strip() or local in {"r", "p", "tbl"})
        ):
            raise UnreadableFile(f"{where} has “{clean(local)}”, which cannot be taken over; remove it in Word.")

    def _mend_drawing(
        self, made: Element, where: str, embedded: Mapping[str, str], pictures: list[tuple[str, str]]
    ) -> None:
        local = etree.QName(made).localname
        if local in {"docPr", "cNvPr"}:
            self._drawn += local == "docPr"
            made.set("id", str(self._drawn))
            made.set("name", f"Letterhead {self._drawn}")
            words = clean(made.get("descr", ""))[:300]
            made.set("descr", "Letterhead" if _LOOKS_LIKE_A_PATH.search(words) or not words else words)
        if local == "blip":
            relation = made.get(f"{{{R}}}embed", "")
            if relation not in embedded:
                raise UnreadableFile(f"{where} has a picture that is not in the file; insert the picture itself.")
            picture = self._picture(embedded[relation], where)
            pictures.append((relation, picture))

    def _picture(self, part: str, where: str) -> str:
        try:
            data = without_metadata(self._package.read(part))
        except KeyError:
            raise UnreadableFile(f"{where} has a picture that is not in the file; insert the picture itself.") from None
        except ValueError:
            raise UnreadableFile(
                f"{where} has a picture that is neither PNG nor JPEG; save the picture as PNG and insert it again."
            ) from None
        name = next((known for known, content in self.pictures.items() if content == data), "")
        if not name:
            name = f"image{len(self.pictures) + 1}.{picture_kind(data)}"
            self.pictures[name] = data
        if sum(map(len, self.pictures.values())) > MAX_PICTURES:
            raise UnreadableFile(
                f"The pictures of the template are larger than {MAX_PICTURES // 1_000_000} MB together; "
                "compress them in Word."
            )
        return name
