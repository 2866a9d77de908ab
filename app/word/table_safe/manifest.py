"""The bones of the written package: names of parts, content types, relationships, and the archive around them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_RELATION: Final = f"{RELATIONS_SPACE}/metadata/core-properties"
CONTENT_TYPES: Final = "[Content_Types].xml"
MAIN: Final = "word/document.xml"

_THREADS_RELATION: Final = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_W: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PART_TYPES: Final = (
    (re.compile(r"word/document\.xml"), f"{_W}document.main+xml"),
    (re.compile(r"word/styles\.xml"), f"{_W}styles+xml"),
    (re.compile(r"word/numbering\.xml"), f"{_W}numbering+xml"),
    (re.compile(r"word/settings\.xml"), f"{_W}settings+xml"),
    (re.compile(r"word/footnotes\.xml"), f"{_W}footnotes+xml"),
    (re.compile(r"word/endnotes\.xml"), f"{_W}endnotes+xml"),
    (re.compile(r"word/comments\.xml"), f"{_W}comments+xml"),
    (re.compile(r"word/commentsExtended\.xml"), f"{_W}commentsExtended+xml"),
    (re.compile(r"word/header\d{1,4}\.xml"), f"{_W}header+xml"),
    (re.compile(r"word/footer\d{1,4}\.xml"), f"{_W}footer+xml"),
    (re.compile(r"word/theme/theme1\.xml"), "application/vnd.openxmlformats-officedocument.theme+xml"),
    (re.compile(r"docProps/core\.xml"), "application/vnd.openxmlformats-package.core-properties+xml"),
    (re.compile(r"docProps/app\.xml"), "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
)
EXTENSIONS: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
}
_KINDS: Final = (
    (re.compile(r"word/(styles|numbering|settings|footnotes|endnotes|comments)\.xml"), ""),
    (re.compile(r"word/(header|footer)\d{1,4}\.xml"), ""),
    (re.compile(r"word/(theme)/theme1\.xml"), ""),
    (re.compile(r"word/media/(image)\d{1,4}\.(?:png|jpeg|gif|emf|wmf|tiff|bmp|svg)"), ""),
)
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


def content_type(name: str) -> str | None:
    """The content type of a part, None for a part that may not be in the file; pictures go by their extension."""
    return next((found for pattern, found in PART_TYPES if pattern.fullmatch(name)), None)


def relation_type(target: str) -> str | None:
    """The type of the relationship by which a text part refers to another part."""
    if target == "word/commentsExtended.xml":
        return _THREADS_RELATION
    for pattern, _ in _KINDS:
        if found := pattern.fullmatch(target):
            return f"{OFFICE}/{found.group(1)}"
    return None


def relations_name(part: str) -> str:
    """Where a part's relationships stand."""
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def write_relations(relations: Mapping[str, tuple[str, str]]) -> bytes:
    """A relationships part: type and target (relative to the part) by id."""
    lines = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
        for key, (kind, target) in relations.items()
    )
    return f'{_DECLARATION}<Relationships xmlns="{RELATIONS_SPACE}">{lines}</Relationships>'.encode()


def write_content_types(names: list[str]) -> bytes:
    """`[Content_Types].xml` for these parts."""
    extensions = {"rels", "xml", *(name.rpartition(".")[2] for name in names if name.startswith("word/media/"))}
    known = EXTENSIONS | {"emf": "image/x-emf", "wmf": "image/x-wmf", "tiff": "image/tiff", "bmp": "image/bmp"}
    lines = "".join(
        f'<Default Extension="{extension}" ContentType="{known[extension]}"/>' for extension in sorted(extensions)
    )
    lines += "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in names if (kind := content_type(name))
    )
    return f'{_DECLARATION}<Types xmlns="{TYPES_SPACE}">{lines}</Types>'.encode()


def write_archive(parts: Mapping[str, bytes]) -> bytes:
    """The package: equal parts give equal bytes, without clock time, comments or the name of a system."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            entry.create_system = 0
            entry.external_attr = 0
            stored = name.endswith((".png", ".jpeg", ".gif"))
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return packed.getvalue()
