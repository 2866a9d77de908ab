"""Traces of how a file came about: runs that were cut where somebody edited, and numbers with gaps where things went.

Words that were typed in several goes stand in several runs of one look, and ids tell how many changes, notes and lists
there once were. Here runs of one look are joined, and everything that has an id is numbered in the order of the text.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.word.table_safe.manifest import MAIN
from app.word.table_safe.names import ID, RPR, SPACE, VAL, Element, R, T, full, remove, w
from app.word.table_safe.tracked import CHANGES

_TEXTS: Final = frozenset({T, w("delText")})
_IN_PLAIN_RUNS: Final = _TEXTS | {w(name) for name in ("tab", "br", "cr", "noBreakHyphen", "softHyphen")}
_STARTS: Final = {w(f"{name}Start"): name for name in ("bookmark", "moveFromRange", "moveToRange")}
_ENDS: Final = {w(f"{name}End"): name for name in ("bookmark", "moveFromRange", "moveToRange")}
_NUMBERED: Final = (*CHANGES, *(tag for tag in _STARTS if tag not in CHANGES), *_ENDS)
_DRAWN: Final = tuple(full(name) for name in ("wp:docPr", "pic:cNvPr", "wps:cNvPr", "wpg:cNvPr"))
_NUM_ID, _ABSTRACT_ID = w("numId"), w("abstractNumId")

Numbered = tuple[Element, str, str]  # an element, its attribute, and the number that it should have


def cover_traces(trees: Mapping[str, Element]) -> None:
    """Join runs and number anew.

    Args:
        trees: The parts that will be written, by name.
    """
    for root in _stories(trees).values():
        for run in list(root.iter(R)):
            if all(child.tag == RPR for child in run) and run.getparent().tag != w("ruby"):
                remove(run)
        for before, after in list(cut_runs(root)):
            _join(before, after)
    for element, attribute, number in list(numbers(trees)):
        element.set(attribute, number)


def cut_runs(root: Element) -> Iterator[tuple[Element, Element]]:
    """Neighbours of one look with nothing but words in them: each run with the one behind it, from the end on."""
    for run in reversed(list(root.iter(R))):
        before = run.getprevious()
        if before is not None and before.tag == R and _is_plain(run) and _is_plain(before) and _look_alike(before, run):
            yield before, run


def numbers(trees: Mapping[str, Element]) -> Iterator[Numbered]:
    """What every id should be, in the order of the text: changes and marks, drawings, notes, lists."""
    stories = _stories(trees)
    yield from _marks(stories)
    for number, drawn in enumerate((each for root in stories.values() for each in root.iter(*_DRAWN)), 1):
        yield drawn, "id", str(number)
        if drawn.tag == _DRAWN[0]:
            yield drawn, "name", f"Picture {number}"
    for kind in ("footnote", "endnote"):
        yield from _notes(kind, stories, trees)
    yield from _lists(trees.get("word/numbering.xml"), trees)


def _stories(trees: Mapping[str, Element]) -> dict[str, Element]:
    found = {name: root for name, root in trees.items() if root.tag in _ROOTS}
    return dict(sorted(found.items(), key=lambda item: (item[0] != MAIN, item[0])))


_ROOTS: Final = frozenset(w(name) for name in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments"))


# Runs


def _is_plain(run: Element) -> bool:
    return all(child.tag in _IN_PLAIN_RUNS or child.tag == RPR for child in run)


def _look_alike(one: Element, other: Element) -> bool:
    looks = [() if look is None else tuple(look) for look in (one.find(RPR), other.find(RPR))]
    return _are_equal(*looks)


def _are_equal(some: Sequence[Element], others: Sequence[Element]) -> bool:
    return len(some) == len(others) and all(
        one.tag == other.tag and one.attrib == other.attrib and _are_equal(tuple(one), tuple(other))
        for one, other in zip(some, others, strict=True)
    )


def _join(before: Element, after: Element) -> None:
    for child in list(after):
        if child.tag == RPR:
            continue
        last = before[-1] if len(before) else None
        if last is not None and last.tag == child.tag and child.tag in _TEXTS:
            last.text = (last.text or "") + (child.text or "")
            if last.text != last.text.strip():
                last.set(SPACE, "preserve")
            else:
                last.attrib.pop(SPACE, None)
        else:
            before.append(child)
    remove(after)


# Numbers


def _marks(stories: Mapping[str, Element]) -> Iterator[Numbered]:
    number = 0
    for root in stories.values():
        open_marks: defaultdict[tuple[str, str], deque[str]] = defaultdict(deque)
        for mark in root.iter(*_NUMBERED):
            if mark.get(ID) is None and mark.tag not in _STARTS:
                continue
            key = (_STARTS.get(mark.tag) or _ENDS.get(mark.tag, ""), mark.get(ID, ""))
            if mark.tag in _ENDS and open_marks[key]:
                yield mark, ID, open_marks[key].popleft()
                continue
            number += 1
            if mark.tag in _STARTS:
                open_marks[key].append(str(number))
            yield mark, ID, str(number)


def _notes(kind: str, stories: Mapping[str, Element], trees: Mapping[str, Element]) -> Iterator[Numbered]:
    part = stories.get(f"word/{kind}s.xml")
    if part is None:
        return
    notes = list(part.iterfind(w(kind)))
    apart = [each for each in notes if each.get(w("type"), "normal") != "normal"]
    new = {id(each): number for number, each in enumerate(apart, -1)}
    first = max(1, len(apart) - 1)
    new |= {id(each): number for number, each in enumerate((each for each in notes if id(each) not in new), first)}
    by_old = {each.get(ID): str(new[id(each)]) for each in notes}
    references = [each for root in stories.values() for each in root.iter(w(f"{kind}Reference"))]
    settings = trees.get("word/settings.xml")
    if settings is not None:
        references += settings.iterfind(f"{w(f'{kind}Pr')}/{w(kind)}")
    for each in (*notes, *references):
        if each.get(ID) in by_old:
            yield each, ID, by_old[each.get(ID)]


def _lists(numbering: Element | None, trees: Mapping[str, Element]) -> Iterator[Numbered]:
    definitions, lists = (
        [] if numbering is None else list(numbering.iterfind(tag)) for tag in (w("abstractNum"), w("num"))
    )
    new_definitions = {each.get(_ABSTRACT_ID): str(number) for number, each in enumerate(definitions)}
    new_lists = {each.get(_NUM_ID): str(number) for number, each in enumerate(lists, 1)}
    for each in definitions:
        yield each, _ABSTRACT_ID, new_definitions[each.get(_ABSTRACT_ID)]
    for each in lists:
        yield each, _NUM_ID, new_lists[each.get(_NUM_ID)]
        for reference in each.iterfind(_ABSTRACT_ID):
            yield reference, VAL, new_definitions.get(reference.get(VAL), str(len(definitions)))
    for root in trees.values():
        for reference in root.iter(_NUM_ID):
            if reference.get(VAL) != "0":  # which is no list, and says so
                yield reference, VAL, new_lists.get(reference.get(VAL), str(len(lists) + 1))
