"""Parses one part of a Word file without entities, DTDs or network, and saves what can be saved of a broken one."""

from __future__ import annotations

from typing import Final

from lxml import etree

from app.errors import UnreadableFile
from app.text.docx_names import Element

MAX_DEPTH: Final = 2_000  # of elements within one another; the XML parser itself stops near there


def _parser(*, recover: bool, huge: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=huge,
        recover=recover,
    )


def parse(data: bytes) -> Element:
    """Parse one part. Raises XMLSyntaxError where it is broken, UnreadableFile where it declares entities."""
    plain = _refuse_entities(data)
    root = etree.fromstring(data, _parser(recover=False, huge=plain))
    _refuse_internal_subset(root)
    return root


def recover_xml(data: bytes) -> Element | None:
    """What can be saved of a broken part."""
    plain = _refuse_entities(data)
    try:
        root = etree.fromstring(data, _parser(recover=True, huge=plain))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is not None:
        _refuse_internal_subset(root)
    return root


def refuse_depth(error: etree.XMLSyntaxError, name: str) -> None:
    """Raise UnreadableFile where the parser gave up because the elements stand too deep in one another."""
    if "xcessive depth" in str(error):
        raise UnreadableFile(
            f"The elements of {name} stand more than {MAX_DEPTH:,} deep in one another, as no usual "
            "document has them; save it again in a word processor and upload that copy."
        ) from error


def _refuse_entities(data: bytes) -> bool:
    """Refuse declared entities. Returns whether the bytes are in an encoding in which they would have been seen."""
    start = data[:200]
    squeezed = data.replace(b"\0", b"") if b"\0" in start else data
    if b"<!ENTITY" in squeezed:
        raise UnreadableFile(
            "The file declares XML entities, as harmful files do and Word never does; "
            "save the document again in a word processor and upload that copy."
        )
    declaration = squeezed[:200].lower().partition(b"?>")[0]
    return b"encoding" not in declaration or any(known in declaration for known in (b"utf-8", b"utf-16", b"ascii"))


def _refuse_internal_subset(root: Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise UnreadableFile(
            "The file declares XML entities, as harmful files do and Word never does; "
            "save the document again in a word processor and upload that copy."
        )
