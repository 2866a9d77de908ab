"""Pictures, shapes and text boxes: hidden ones go, names and alternative texts go, links to pictures elsewhere go."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Final

from app.text.docx_package import WordPackage
from app.word.pictures import picture_kind, without_metadata
from app.word.table_safe.draft import Draft, Story, refer
from app.word.table_safe.names import EMBED, RELATION_ID, SHAPES, Element, elements, full, remove, w
from app.word.table_safe.refusal import refusal

_DESCRIBED: Final = ("wp:docPr", "pic:cNvPr", "wps:cNvPr", "wpg:cNvPr")
WITH_PICTURES: Final = frozenset(f"word/{name}.xml" for name in ("document", "footnotes", "endnotes", "comments"))
"""Where a picture is called a picture; in headers and footers it is the letterhead. Nobody's own words describe one."""
_UNCHECKED: Final = (
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "a chart, which carries its whole table of figures"),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "a SmartArt diagram, which carries data of its own"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", "a drawing canvas"),
    ("http://schemas.microsoft.com/office/drawing/2014/chartex", "a chart, which carries its whole table of figures"),
    ("http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas", "a drawing canvas"),
)
_OTHER_KINDS: Final = {"emf": (40, b" EMF"), "wmf": (0, b"\xd7\xcd\xc6\x9a"), "bmp": (0, b"BM"), "tiff": (0, b"II*\0")}


def settle_drawings(draft: Draft, known_pictures: Collection[str]) -> None:
    """Go through the drawings of all stories.

    Args:
        draft: The gathered parts.
        known_pictures: Digests of pictures that the other side sent itself; they pass as they are.

    Raises:
        NotTableSafe: A drawing is of a kind whose content cannot be checked.
    """
    number = 0
    for story in draft.stories:
        for held in elements(story.root, "w:object"):
            _keep_image_of_object(held)
        _refuse_unchecked(story)
        for described in elements(story.root, *_DESCRIBED):
            number += 1
            for name in list(described.attrib):
                del described.attrib[name]
            described.set("id", str(number))
            described.set("name", f"Picture {number}" if described.tag == full("wp:docPr") else "")
            if described.tag == full("wp:docPr"):
                described.set("descr", "Picture" if story.name in WITH_PICTURES else "Letterhead")
        _name_shapes(story.root)
        for blip in elements(story.root, "a:blip"):
            _take(draft, story, blip, EMBED, known_pictures)
        for image in elements(story.root, "v:imagedata"):
            _take(draft, story, image, RELATION_ID, known_pictures)


def digest(data: bytes) -> str:
    """How a picture is known again."""
    return hashlib.sha256(data).hexdigest()


def picture_digests(package: WordPackage) -> frozenset[str]:
    """The digests of all pictures in a file."""
    found = set()
    parts = {package.main: package.relationships}
    for relation in package.relationships.values():
        if relation.kind in {"header", "footer", "footnotes", "endnotes", "comments"} and not relation.external:
            parts[relation.target] = package.relationships_of(relation.target)
    for relations in parts.values():
        for relation in relations.values():
            if relation.kind == "image" and not relation.external:
                content = _read(package, relation.target)
                if content is not None:
                    found.add(digest(content))
    return frozenset(found)


def is_cropped(blip: Element) -> bool:
    """Whether a picture holds more than is shown of it."""
    if blip.tag == full("v:imagedata"):
        return any(_share(blip.get(f"crop{side}", "0")) > 0 for side in ("top", "bottom", "left", "right"))
    area = blip.getparent().find(full("a:srcRect"))
    return area is not None and any(_share(value) > 0 for value in area.attrib.values())


def _share(text: str) -> float:
    try:
        return float(text.rstrip("f%"))
    except ValueError:
        return 1.0


def _keep_image_of_object(held: Element) -> None:
    """Of an embedded file only the image that stands for it on the page."""
    for child in list(held):
        if child.tag not in {full(name) for name in (*SHAPES, "v:shapetype")}:
            held.remove(child)
    for name in list(held.attrib):
        del held.attrib[name]
    held.tag = w("pict")


def _refuse_unchecked(story: Story) -> None:
    for data in story.root.iter(full("a:graphicData")):
        for uri, thing in _UNCHECKED:
            if data.get("uri") == uri:
                raise refusal(story.name, f"has {thing}; paste it as a picture instead.")
    for geometry in story.root.iter(full("a:custGeom")):
        if geometry.getparent() is not None:
            raise refusal(story.name, "has a freeform drawing, which cannot be checked; paste it as a picture instead.")


def _name_shapes(root: Element) -> None:
    """Shapes are called by number; the stamps that Word gives them go."""
    types: dict[str, str] = {}
    for number, element in enumerate(elements(root, "v:shapetype"), 1):
        name = f"_x0000_t{element.get(full('o:spt'), number)}"
        types["#" + element.get("id", "")] = f"#{name}"
        element.set("id", name)
    for element in elements(root, *SHAPES):
        element.attrib.pop("id", None)
        if "type" in element.attrib:
            element.set("type", types.get(element.get("type"), element.get("type")))


def _take(draft: Draft, story: Story, image: Element, attribute: str, known: Collection[str]) -> None:
    relation = story.sources.get(image.get(attribute, ""))
    content = None if relation is None or relation.external else _read(draft.package, relation.target)
    if content is None:
        _drop_drawing(image)
        return
    name = _store(draft, story, image, content, known)
    image.set(attribute, refer(story, name))


def _store(draft: Draft, story: Story, image: Element, content: bytes, known: Collection[str]) -> str:
    theirs = digest(content) in known
    extension: str | None = picture_kind(content)
    if not theirs:
        if is_cropped(image):
            raise refusal(
                story.name,
                "has a picture that is cropped; what was cut off is still in it. Crop it for good "
                "(in Word: Compress Pictures, delete cropped areas).",
            )
        try:
            content = without_metadata(content)
        except ValueError as error:
            raise refusal(story.name, f"has a picture that cannot go along: {error}") from error
    elif not extension:
        extension = next(
            (kind for kind, (offset, magic) in _OTHER_KINDS.items() if content[offset:].startswith(magic)), None
        )
        if extension is None:
            raise refusal(story.name, "has a picture of an unknown kind; insert it as PNG or JPEG.")
    for name, held in draft.pictures.items():
        if held == content:
            return name
    name = f"word/media/image{len(draft.pictures) + 1}.{extension}"
    draft.pictures[name] = content
    return name


def _read(package: WordPackage, target: str) -> bytes | None:
    try:
        return package.read(target)
    except KeyError:
        return None


def _drop_drawing(image: Element) -> None:
    """A picture that is not in the file is not fetched for anybody; its frame goes with it."""
    holder = next(image.iterancestors(w("drawing"), w("pict")), None)
    shape = next(image.iterancestors(*(full(name) for name in (*SHAPES, "pic:pic"))), None)
    boxes = holder is not None and next(holder.iter(w("txbxContent")), None) is not None
    if holder is not None and not boxes:
        remove(holder)
    elif shape is not None:
        remove(image if image.tag == full("v:imagedata") else shape)
