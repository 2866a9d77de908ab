"""Names of parts, content types and relationships of the written package: a closed list, and nothing left over."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from app.word.table_safe.manifest import (
    CONTENT_TYPES,
    CORE_RELATION,
    EXTENSIONS,
    MAIN,
    OFFICE,
    RELATIONS_SPACE,
    TYPES_SPACE,
    content_type,
    relation_type,
)
from app.word.table_safe.names import Element
from app.word.table_safe.refusal import quoted, refusal

_PICTURE: Final = re.compile(r"word/media/image\d{1,4}\.(?:png|jpeg|gif|emf|wmf|tiff|bmp)")
_RELATIONS: Final = re.compile(
    r"_rels/\.rels|word/_rels/(?:document|footnotes|endnotes|comments|header\d{1,4}|footer\d{1,4})\.xml\.rels"
)
_DEFAULTS: Final = EXTENSIONS | {
    "jpg": "image/jpeg",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
}
_ID: Final = re.compile(r"rId\d{1,6}")
_ROOT: Final = {
    f"{OFFICE}/officeDocument": MAIN,
    CORE_RELATION: "docProps/core.xml",
    f"{OFFICE}/extended-properties": "docProps/app.xml",
}


def check_names(parts: dict[str, bytes]) -> None:
    """Refuse parts that a file for the other side does not need."""
    for name in parts:
        if not (name == CONTENT_TYPES or content_type(name) or _RELATIONS.fullmatch(name) or _PICTURE.fullmatch(name)):
            raise refusal(name, "is a part that a file for the other side does not need.")
    for name in (CONTENT_TYPES, "_rels/.rels", MAIN):
        if name not in parts:
            raise refusal("the package", f"has no part {name}.")


def check_content_types(root: Element, parts: dict[str, bytes]) -> None:
    """Refuse content types that say more than which kind each part is of."""
    _check_bare(CONTENT_TYPES, root, TYPES_SPACE, "Types")
    for element in root:
        kind = element.get("ContentType", "")
        if element.tag == f"{{{TYPES_SPACE}}}Default":
            keys, fits = {"Extension", "ContentType"}, _DEFAULTS.get(element.get("Extension", "")) == kind
        elif element.tag == f"{{{TYPES_SPACE}}}Override":
            name = element.get("PartName", "")[1:]
            keys, fits = {"PartName", "ContentType"}, name in parts and content_type(name) == kind
        else:
            raise refusal(CONTENT_TYPES, f"has {quoted(str(element.tag))}, which is not allowed.")
        _check_plain(CONTENT_TYPES, element, keys)
        if not fits:
            raise refusal(CONTENT_TYPES, f"names {quoted(' '.join(element.attrib.values()))}, which is not allowed.")


def check_relations(trees: dict[str, Element], parts: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """Refuse relationships to anything but the parts at hand; answers them by part and id."""
    found: dict[str, dict[str, str]] = {}
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        source = "" if name == "_rels/.rels" else name.replace("_rels/", "").removesuffix(".rels")
        if source and source not in parts:
            raise refusal(name, "belongs to no part.")
        _check_bare(name, root, RELATIONS_SPACE, "Relationships")
        found[source] = _targets(name, source, root, parts)
    reached = {target for targets in found.values() for target in targets.values()}
    for name in parts:
        if name != CONTENT_TYPES and not name.endswith(".rels") and name not in reached:
            raise refusal(name, "is a part that nothing refers to.")
    return found


def _targets(name: str, source: str, root: Element, parts: dict[str, bytes]) -> dict[str, str]:
    targets: dict[str, str] = {}
    for element in root:
        if element.tag != f"{{{RELATIONS_SPACE}}}Relationship":
            raise refusal(name, f"has {quoted(str(element.tag))}, which is not allowed.")
        written, kind = element.get("Target", ""), element.get("Type", "")
        if element.get("TargetMode", "Internal") != "Internal":
            raise refusal(name, f"points outside the file, to {quoted(written)}.")
        _check_plain(name, element, {"Id", "Type", "Target"})
        target = posixpath.join(posixpath.dirname(source), written)
        expected = relation_type(target) if source else next((k for k, v in _ROOT.items() if v == target), None)
        if target not in parts or kind != expected:
            raise refusal(name, f"refers to {quoted(written)} as {quoted(kind)}, which is not for the other side.")
        key = element.get("Id", "")
        if not _ID.fullmatch(key) or key in targets:
            raise refusal(name, f"has the id {quoted(key)}.")
        targets[key] = target
    return targets


def _check_bare(name: str, root: Element, space: str, tag: str) -> None:
    if root.tag != f"{{{space}}}{tag}" or root.attrib or set(root.nsmap.values()) != {space} or len(root.nsmap) != 1:
        raise refusal(name, "does not begin as such a part does.")
    if (root.text or "").strip():
        raise refusal(name, "has text where none belongs.")


def _check_plain(name: str, element: Element, keys: set[str]) -> None:
    if set(element.attrib) != keys:
        raise refusal(name, f"has other attributes than {', '.join(sorted(keys))}.")
    if len(element) or (element.text or "").strip() or (element.tail or "").strip():
        raise refusal(name, "has text where none belongs.")
