"""Places in paragraphs, counted in the letters that they show as they now stand, and marks put there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from app.word.names import (
    BR,
    COMES,
    FIELD,
    FIELD_CHAR,
    GOES,
    ID,
    NO_WIDTH,
    PPR,
    RPR,
    TAB,
    TR,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    w,
)
from app.word.redline.blocks import mark_is_gone, row_is_gone
from app.word.redline.ids import Signer

Line = list[Element]
"""A paragraph as it reads once the changes are accepted: more than one element where marks between them go."""
_LETTERS: Final = (T, TAB, BR)
_KIND: Final = w("fldCharType")


def accepted_lines(root: Element) -> dict[tuple[str, int], Line]:
    """The paragraphs of a part as they read once the changes are accepted, by text and how often it stood before."""
    found: dict[tuple[str, int], Line] = {}
    count: Counter[str] = Counter()
    line: Line = []
    for paragraph in root.iter(P):
        if any(each.tag in GOES or each.tag == P or _is_gone_row(each) for each in paragraph.iterancestors()):
            continue
        line.append(paragraph)
        if mark_is_gone(paragraph):
            continue
        text = line_text(line)
        found[text, count[text]] = line
        count[text] += 1
        line = []
    return found


def line_text(line: Line) -> str:
    """The letters that a line shows."""
    return "".join(_letters(each) for paragraph in line for each in _leaves(paragraph))


def offset_of(mark: Element) -> int:
    """How many letters of its paragraph stand before a mark."""
    paragraph = next(mark.iterancestors(P))
    count = 0
    for each in paragraph.iter(mark.tag, *_LETTERS):
        if each is mark:
            break
        count += len(_letters(each)) if each.tag != mark.tag and _is_shown(each, paragraph) else 0
    return count


def put(line: Line, start: tuple[int, Element] | None, end: tuple[int, Element] | None, signer: Signer) -> None:
    """Put the marks of one bookmark into a line, each at its place.

    Args:
        line: The paragraph.
        start: The place and the mark of the start; None where it stands in another paragraph.
        end: The same for the end.
        signer: Numbers what has to be cut in two.
    """
    size = len(line_text(line))
    first = _at(line, start[0], size, is_end=False) if start is not None else None
    last = _at(line, end[0], size, is_end=True) if end is not None else None
    if first is None or last is None or first.getparent() is not last.getparent():
        first = None if first is None else _outermost(first, signer, is_end=False)
        last = None if last is None else _outermost(last, signer, is_end=True)
    elif first is last and first.tag in COMES and len(first):
        first, last = first[0], first[-1]
    if start is not None:
        _put_at(first, line[-1], start[1], behind=False)
    if end is not None:
        _put_at(last, line[-1], end[1], behind=True)


def _put_at(element: Element | None, paragraph: Element, mark: Element, *, behind: bool) -> None:
    """Put a mark before or behind an element; at the end of the paragraph where there is none."""
    if element is None:
        paragraph.append(mark)
    elif behind:
        element.addnext(mark)
    else:
        element.addprevious(mark)


def _at(line: Line, place: int, size: int, *, is_end: bool) -> Element | None:
    """The element before which a bookmark starts, or behind which it ends; None where the line shows nothing."""
    content = [each for paragraph in line for each in paragraph if each.tag != PPR and each.tag not in NO_WIDTH]
    content = [each for each in content if each.tag not in GOES]
    if place == (size if is_end else 0):
        return content[-1 if is_end else 0] if content else None
    count = 0
    for leaf in [each for paragraph in line for each in _leaves(paragraph)]:
        length = len(_letters(leaf))
        if (count < place <= count + length) if is_end else (count <= place < count + length):
            return _edge(leaf, place - count, is_end=is_end)
        count += length
    return content[-1] if content else None


def _edge(leaf: Element, place: int, *, is_end: bool) -> Element:
    """The run that begins or ends at a place within a leaf; a field counts as one thing."""
    run = leaf.getparent()
    field = _field_of(run)
    if field:
        return field[-1 if is_end else 0]
    if 0 < place < len(_letters(leaf)):
        rest = deepcopy(leaf)
        leaf.text, rest.text = leaf.text[:place], leaf.text[place:]
        leaf.set(XML_SPACE, "preserve")
        rest.set(XML_SPACE, "preserve")
        leaf.addnext(rest)
        behind = rest
    else:
        behind = leaf.getnext() if place else leaf
    return _cut(run, behind, is_end=is_end)


def _cut(run: Element, behind: Element | None, *, is_end: bool) -> Element:
    """Cut a run in two before one of the things in it; answers the part that ends or begins there."""
    first = next(each for each in run if each.tag != RPR)
    if behind is None or behind is first:
        return run
    rest = run.makeelement(R, dict(run.attrib), run.nsmap)
    rest.extend(deepcopy(each) for each in run.iterchildren(RPR))
    at = run.index(behind)
    rest.extend(list(run)[at:])
    run.addnext(rest)
    return run if is_end else rest


def _field_of(run: Element) -> list[Element]:
    """The runs of the field that a run stands in."""
    if run.getparent().tag == FIELD:
        return [run.getparent()]
    field: list[Element] = []
    depth = 0
    for each in run.getparent():
        marks = [char.get(_KIND) for char in each.iter(FIELD_CHAR)]
        depth += marks.count("begin")
        if depth:
            field.append(each)
        depth -= marks.count("end")
        if not depth and (run in field or each is run):
            return field
        field = field if depth else []
    return []


def _outermost(element: Element, signer: Signer, *, is_end: bool) -> Element:
    """What of a paragraph holds an element and begins or ends with it; insertions are cut in two for that."""
    while element.getparent().tag != P:
        holder = element.getparent()
        behind = list(element.itersiblings()) if is_end else [element, *element.itersiblings()]
        if holder.tag in COMES and behind and len(behind) < len(holder):
            rest = holder.makeelement(holder.tag, dict(holder.attrib), holder.nsmap)
            rest.set(ID, signer.id())
            rest.extend(behind)
            holder.addnext(rest)
            element = holder if is_end else rest
        else:
            element = holder
    return element


def _leaves(paragraph: Element) -> Iterator[Element]:
    yield from (each for each in paragraph.iter(*_LETTERS) if _is_shown(each, paragraph))


def _is_shown(leaf: Element, paragraph: Element) -> bool:
    """Whether letters stand in this very paragraph, and not in a deletion."""
    if leaf.getparent().tag != R:
        return False
    for each in leaf.iterancestors():
        if each is paragraph:
            return True
        if each.tag in GOES or each.tag == P:
            return False
    return False


def _letters(leaf: Element) -> str:
    if leaf.tag == T:
        return leaf.text or ""
    return "\t" if leaf.tag == TAB else "\n"


def _is_gone_row(element: Element) -> bool:
    return element.tag == TR and row_is_gone(element)
