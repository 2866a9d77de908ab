"""Word files damaged by chance: bytes turned, elements dropped, doubled, moved, renamed, parts gone.

Equal seeds give equal files.
"""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from tests.factories.margin_cases import MARGIN_CASES
from tests.factories.redline_cases import CASES
from tests.factories.tracked_kinds import tracked_kinds
from tests.factories.word_files import W, archive
from tests.factories.word_kinds import content_kinds

ODD_VALUES: Final = ("", "-1", "0", "1", "9" * 30, "x", "\u0664", "1.5", "true", " 3 ", "../../x", "\u00b2")
NAMES: Final = (
    "p", "r", "t", "pPr", "rPr", "ins", "del", "tbl", "tr", "tc", "sdt", "sdtContent", "sectPr", "hyperlink",
    "fldChar", "bookmarkStart", "rPrChange", "pPrChange", "numPr", "body", "moveFrom", "txbxContent",
    "footnoteReference", "commentReference", "tcPr", "trPr", "tblPr", "numId", "cellDel", "cellIns",
)  # fmt: skip


def sound_files() -> list[bytes]:
    """What is damaged: a file for each kind of content that the tests know."""
    pairs = [*CASES.values(), *MARGIN_CASES.values()]
    return [file for pair in pairs for file in pair] + [kind.data for kind in (*content_kinds(), *tracked_kinds())]


def damaged(data: bytes, seed: int) -> bytes:
    """The file with a few things wrong."""
    chance = random.Random(seed)
    if chance.random() < 0.08:
        return _turned(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(chance.randint(1, 4)):
        name = chance.choice([*parts, *(["word/document.xml"] * 4)])
        kind = chance.random()
        if kind < 0.06:
            parts.pop(name, None)
        elif kind < 0.2 and name in parts:
            parts[name] = _turned(parts[name], chance)
        elif name in parts:
            parts[name] = _changed(parts[name], chance)
        if not parts:
            return data
    return archive(parts)


def _turned(data: bytes, chance: random.Random) -> bytes:
    """Bytes turned, cut out or doubled."""
    at = chance.randrange(max(len(data), 1))
    length = chance.randint(1, 40)
    return (
        data[:at]
        + chance.choice((b"", bytes([chance.randrange(256)]), data[at : at + 2 * length]))
        + data[at + length :]
    )


def _changed(data: bytes, chance: random.Random) -> bytes:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(chance.randint(1, 3)):
        everything = [each for each in root.iter() if isinstance(each.tag, str)]
        element, other = chance.choice(everything), chance.choice(everything)
        chance.choice(_WAYS)(element, other, chance)
    return bytes(etree.tostring(root))


def _drop(element: Any, _other: Any, _chance: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _double(element: Any, _other: Any, _chance: random.Random) -> None:
    if element.getparent() is not None:
        element.addnext(copy.deepcopy(element))


def _move(element: Any, other: Any, chance: random.Random) -> None:
    other.insert(chance.randint(0, len(other)), copy.deepcopy(element))


def _rename(element: Any, _other: Any, chance: random.Random) -> None:
    element.tag = f"{{{W}}}{chance.choice(NAMES)}"


def _attribute(element: Any, _other: Any, chance: random.Random) -> None:
    for name in list(element.attrib):
        if chance.random() < 0.5:
            element.set(name, chance.choice(ODD_VALUES))
        elif chance.random() < 0.5:
            del element.attrib[name]


def _empty(element: Any, _other: Any, _chance: random.Random) -> None:
    element[:] = []
    element.text = None


def _wrap(element: Any, _other: Any, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        wrapper = etree.Element(f"{{{W}}}{chance.choice(NAMES)}")
        parent.replace(element, wrapper)
        wrapper.append(element)


def _swap(element: Any, other: Any, _chance: random.Random) -> None:
    element[:] = [copy.deepcopy(each) for each in other]


def _instruct(element: Any, _other: Any, _chance: random.Random) -> None:
    element.addprevious(etree.ProcessingInstruction("pi", "x")) if element.getparent() is not None else None
    element.insert(0, etree.Comment("c"))


_WAYS: Final[tuple[Callable[[Any, Any, random.Random], None], ...]] = (
    _drop, _double, _move, _rename, _attribute, _empty, _wrap, _swap, _instruct,
)  # fmt: skip
