"""What the shape of a text part cannot tell: words behind a field, in covered cells, in notes without a mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from lxml import etree

from app.word.table_safe.lists import doubles, unseen_texts
from app.word.table_safe.names import ID, TYPE, VAL, WORDS, Element, full, is_on, readable, w
from app.word.table_safe.refusal import quoted, refusal
from app.word.table_safe.traces import cut_runs, numbers

_BOX: Final = w("txbxContent")
_MARK: Final = w("fldChar")
_CODES: Final = frozenset({w("instrText"), w("delInstrText")})
_SHOWING: Final = WORDS | {w(name) for name in ("drawing", "pict", "footnoteReference", "endnoteReference")}


def check_story(name: str, root: Element, stories: dict[str, Element]) -> None:
    """Refuse a text part in which something is not on the page.

    Raises:
        NotTableSafe: Names the part and the thing.
    """
    _check_fields(name, root)
    for cell in root.iter(w("tc")):
        if _is_covered(cell) and any(True for _ in cell.iter(*_SHOWING)):
            raise refusal(name, "has words in a table cell that another cell covers.")
    for kind in ("footnote", "endnote"):
        if name == f"word/{kind}s.xml":
            _check_notes(name, root, kind, [tree for other, tree in stories.items() if other != name])
    _check_places(name, root, stories)


def check_margins(body: Element, settings: Element | None) -> None:
    """Refuse headers and footers that no page shows."""
    even = settings is not None and is_on(settings.find(w("evenAndOddHeaders")))
    sections = [each for each in body.iter(w("sectPr")) if each.getparent().tag != w("sectPrChange")]
    inherited = dict.fromkeys((w("headerReference"), w("footerReference")), False)  # by a later section's first page
    for section in reversed(sections):
        own = any(is_on(each) for each in section.iter(w("titlePg")))  # as it is, or as its tracked change says
        named = {(each.tag, each.get(TYPE, "default")) for each in section.iterfind("*") if each.tag in inherited}
        for tag, kind in named:
            if not {"default": True, "even": even, "first": own or inherited[tag]}[kind]:
                raise refusal("word/document.xml", f"refers to a header or footer for {kind} pages that no page shows.")
        inherited = {tag: (tag, "first") not in named and (own or later) for tag, later in inherited.items()}


def check_lists(
    stories: dict[str, Element], styles: Element | None, numbering: Element, known: Collection[str]
) -> None:
    """Refuse lists with words in levels that nothing shows."""
    for tag, key in ((w("num"), w("numId")), (w("abstractNum"), w("abstractNumId"))):
        if doubles(numbering, tag, key):
            raise refusal("word/numbering.xml", "has two lists of one id.")
    for text in unseen_texts(list(stories.values()), styles, numbering):
        if text.get(VAL, "") not in known:
            raise refusal("word/numbering.xml", f"has a list level that no page shows: {quoted(text.get(VAL, ''))}.")


def check_traces(trees: Mapping[str, Element]) -> None:
    """Refuse runs that were cut where somebody edited, and ids that tell of things that are gone."""
    for name, root in trees.items():
        if next(cut_runs(root), None) is not None:
            raise refusal(name, "has words of one look in several runs, as editing leaves them.")
    for element, attribute, number in numbers(trees):
        if element.get(attribute) != number:
            named = f"{readable(attribute)} {quoted(element.get(attribute, ''))} on {readable(element.tag)}"
            raise refusal("the package", f"counts with gaps: {named} should be {number}.")


def _check_fields(name: str, root: Element) -> None:
    """Between a field's begin and its separator nothing may stand but its code, and every field has an end."""
    stories: list[list[bool]] = [[]]  # for each open field of each open text box, whether its code is being read
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == _BOX:
            if event == "start":
                stories.append([])
            elif stories.pop():
                raise refusal(name, "has a field without an end.")
        elif event == "start":
            if element.tag == _MARK:
                _meet_mark(name, element, stories)
            elif element.tag in _CODES:
                if not _reads_code(stories):
                    raise refusal(name, "has the code of a field outside a field.")
            elif element.tag in _SHOWING and _reads_code(stories):
                raise refusal(name, f"has words in the code of a field: {quoted(''.join(element.itertext()))}.")
    if stories[-1]:
        raise refusal(name, "has a field without an end.")


def _reads_code(stories: list[list[bool]]) -> bool:
    """Whether a code is being read: only the last field that began can, as nothing may begin within a code."""
    return bool(stories[-1]) and stories[-1][-1]


def _meet_mark(name: str, mark: Element, stories: list[list[bool]]) -> None:
    kind = mark.get(w("fldCharType"))
    if kind == "begin":
        if _reads_code(stories):
            raise refusal(name, "has a field within the code of another.")
        stories[-1].append(True)
    elif not stories[-1]:
        raise refusal(name, "has the end of a field without its begin.")
    elif kind == "separate":
        stories[-1][-1] = False
    else:
        stories[-1].pop()


def _is_covered(cell: Element) -> bool:
    properties = cell.find(w("tcPr"))
    return properties is not None and any(
        merge is not None and merge.get(VAL, "continue") == "continue"
        for merge in (properties.find(w("vMerge")), properties.find(w("hMerge")))
    )


def _check_notes(name: str, root: Element, kind: str, others: list[Element]) -> None:
    wanted = {each.get(ID) for other in others for each in other.iter(w(f"{kind}Reference"))}
    if doubles(root, w(kind), ID):
        raise refusal(name, "has two notes of one id.")
    for note in root:
        is_normal = note.get(TYPE, "normal") == "normal"
        if is_normal and note.get(ID) not in wanted:
            raise refusal(name, "has a note that nothing in the text refers to.")
        if not is_normal and any(True for _ in note.iter(*_SHOWING)):
            raise refusal(name, "has words in the line that sets notes apart.")


def _check_places(name: str, root: Element, stories: dict[str, Element]) -> None:
    """Every bookmark is one that something in the file refers to."""
    starts = {each.get(w("name")) for each in root.iter(w("bookmarkStart"))}
    if not starts:
        return
    wanted: set[str] = set()
    for tree in stories.values():
        wanted |= {each.get(w("anchor"), "") for each in tree.iter(w("hyperlink"))}
        codes = [each.text or "" for each in tree.iter(*_CODES)]
        codes += [each.get(w("instr"), "") for each in tree.iter(full("w:fldSimple"))]
        wanted |= {word.strip('"') for code in codes for word in code.split()}
    for start in starts - wanted:
        raise refusal(name, f"has a bookmark that nothing refers to, {quoted(str(start))}.")
