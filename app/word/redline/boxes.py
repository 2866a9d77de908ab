"""Text boxes: a drawing stays where its frame is the same, and its words are compared inside it.

Word keeps most boxes twice: as a drawing, which it shows, and as a picture in VML for programs that know no other. The
frame is that of the copy that is shown; words are compared in every copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import zip_longest
from typing import Final

from app.word.names import MC_SPACE, TEXT_BOX, Element, w

_ALTERNATIVES: Final = f"{{{MC_SPACE}}}AlternateContent"
_DRAWINGS: Final = frozenset({_ALTERNATIVES, w("drawing"), w("pict"), w("object")})
_VML: Final = "{urn:schemas-microsoft-com:vml}*"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_NOISE: Final = ("id", f"{_OFFICE}spid", f"{_OFFICE}gfxdata")
"""Names and numbers of a shape in VML, and a packed copy of it; Word writes them anew."""


def frame(drawing: Element) -> list[Element]:
    """What is shown of something in a run that has text boxes, without their words; nothing where it has none.

    Boxes in boxes, which Word does not have, count as words.
    """
    if drawing.tag not in _DRAWINGS or next(drawing.iterancestors(TEXT_BOX), None) is not None:
        return []
    first = _copies(drawing)[:1]
    if not any(_boxes(each) for each in first):
        return []
    copy = deepcopy(first[0])
    for box in _boxes(copy):
        box[:] = []
    for shape in copy.iter(_VML):
        for name in _NOISE:
            shape.attrib.pop(name, None)
    return list(copy) if drawing.tag == _ALTERNATIVES else [copy]


def paired_boxes(old: Element, new: Element) -> Iterator[tuple[Element, Element]]:
    """The text boxes of two drawings with the same frame, copy by copy."""
    olds, news = _copies(old), _copies(new)
    for old_copy, new_copy in zip_longest(olds, news[: len(olds)], fillvalue=news[0]):
        yield from zip(_boxes(old_copy), _boxes(new_copy), strict=False)


def _copies(drawing: Element) -> list[Element]:
    return list(drawing.iterchildren("*")) if drawing.tag == _ALTERNATIVES else [drawing]


def _boxes(drawing: Element) -> list[Element]:
    """Text boxes that do not stand in another."""
    return [box for box in drawing.iter(TEXT_BOX) if next(box.iterancestors(TEXT_BOX), None) is None]
