"""What is on the page but hard to see, or was put there by a field: for a person to look at before the file goes out.

The gate leaves visible words alone, whatever they say. White letters, letters of two points, rows of no height and
the path in a footer are such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.text.docx_package import WordPackage
from app.word.table_safe.comments import COMMENTS
from app.word.table_safe.draft import Draft, gather, gather_margins
from app.word.table_safe.margin_remarks import about_margins
from app.word.table_safe.names import PPR, RPR, SHAPES, VAL, Element, P, R, T, ancestor, full, w
from app.word.table_safe.refusal import quoted
from app.word.table_safe.theirs import what_they_know
from app.word.table_safe.wrappers import take_off

_TINY: Final = 6  # half points
_FLAT: Final = 60  # twips
_SMALLEST_BOX: Final = 25_400  # two points, in English metric units
_FARTHEST: Final = 20_000_000  # 22 inches: wider than a tabloid page is high
_LEAST_POINTS: Final = 2.0
_FARTHEST_POINTS: Final = 1_584.0  # 22 inches
_UNITS: Final = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "": 0.75}
_UNSEEN_LETTER: Final = re.compile(r"(?<=[A-Za-z])[\u200b-\u200d\u2060\ufeff](?=[A-Za-z])")
_TELLING: Final = re.compile(
    r"\s*(FILENAME|TEMPLATE|AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS|COMMENTS|DOCPROPERTY|DOCVARIABLE|INFO"
    r"|SUBJECT|KEYWORDS|EDITTIME|REVNUM|SAVEDATE|CREATEDATE|PRINTDATE)\b",
    re.IGNORECASE,
)
_MOST: Final = 20


def things_to_look_at(data: bytes, *, theirs: bytes | None = None, author: str = "Union") -> list[str]:
    """Say what a person should look at in a file before its table-safe copy goes out.

    Args:
        data: The file before it is made safe.
        theirs: The other side's own file, where the file is that one with our changes in it.
        author: Our own side.

    Returns:
        One sentence for each thing, in the order of the text; at most twenty.

    Raises:
        UnreadableFile: The file is no Word file.
        NotTableSafe: It holds something that the gate refuses.
    """
    draft = gather(WordPackage(data))
    take_off(draft.body.root, draft.body.name)
    gather_margins(draft)
    for story in draft.stories[1:]:
        take_off(story.root, story.name)
    in_margins = about_margins((story.root for story in draft.stories), theirs)
    said = list(dict.fromkeys([*_about_names(theirs, author), *in_margins, *_remarks(draft)]))
    more = len(said) - _MOST
    return said if more <= 0 else [*said[:_MOST], f"There are {more} more such places."]


def _about_names(theirs: bytes | None, author: str) -> Iterator[str]:
    """Whose comments and changes stay as theirs: nothing in a file tells who of these people is one of ours."""
    if theirs is None:
        return
    known = what_they_know(theirs, author)
    names = sorted((known.authors | {each.author for each in known.comments.values()}) - {author})
    if names:
        listed = ", ".join(quoted(each) if each else "somebody without a name" for each in names)
        yield f"Comments and changes by {listed} stay, as in the file that they sent: is none of these people ours?"


def _remarks(draft: Draft) -> Iterator[str]:
    white = _white_styles(draft.styles)
    for story in (each for each in draft.stories if each.name != COMMENTS):
        for run in story.root.iter(R):
            yield from _about_letters(run, white)
        for row in story.root.iter(w("tr")):
            words = " ".join((each.text or "").strip() for each in row.iter(T)).strip()
            if words and _is_flat(row):
                yield f"A table row without height: {quoted(words)}."
        for words in _in_unseen_boxes(story.root):
            said = f": {quoted(words)}." if words else "."
            yield f"A {'text box' if words else 'picture'} too small to be seen, or beside the page{said}"
        for words in _with_unseen_letters(story.root):
            yield f"Letters without a shape within words, which may be a code: {quoted(words)}."
        for code, words in _shown_by_fields(story.root):
            yield f"The page shows {quoted(words)}, which the field {code} put there; make sure that it may be seen."
        for link in story.root.iter(full("a:blip")):
            if link.get(full("r:embed")) is None and link.get(full("r:link")) is not None:
                yield "A picture lies outside the file; it is left out of the copy."


def _about_letters(run: Element, white: frozenset[str]) -> Iterator[str]:
    words = "".join(each.text or "" for each in run.iter(T)).strip()
    if not words:
        return
    if _is_on_its_own_colour(run):
        yield f"Letters in the colour of their ground: {quoted(words)}."
    if _is_white(run, white) and not _has_shade(run):
        yield f"White letters: {quoted(words)}. Whoever marks the line reads them."
    if _size(run) <= _TINY:
        yield f"Letters too small to be seen: {quoted(words)}."


def _white_styles(styles: Element | None) -> frozenset[str]:
    return frozenset(
        style.get(w("styleId"), "")
        for style in (() if styles is None else styles.iterfind(w("style")))
        if style.get(w("type")) != "table" and _says_white(style.find(RPR))
    )


def _says_white(properties: Element | None) -> bool:
    colour = None if properties is None else properties.find(w("color"))
    if colour is None:
        return False
    if colour.get(w("themeColor")) is not None:
        return colour.get(w("themeColor")) in {"background1", "light1"} and not colour.get(w("themeShade"))
    value = colour.get(VAL, "")
    return re.fullmatch("[0-9A-Fa-f]{6}", value) is not None and min(bytes.fromhex(value)) >= 0xF0


def _is_white(run: Element, white: frozenset[str]) -> bool:
    properties = run.find(RPR)
    if properties is not None and properties.find(w("color")) is not None:
        return _says_white(properties)
    style = None if properties is None else properties.find(w("rStyle"))
    if style is not None and style.get(VAL) in white:
        return True
    paragraph = ancestor(run, P)
    named = None if paragraph is None else paragraph.find(f"{PPR}/{w('pStyle')}")
    return named is not None and named.get(VAL) in white


def _has_shade(run: Element) -> bool:
    """Whether something dark may lie behind the letters."""
    paragraph, cell, table = (ancestor(run, tag) for tag in (P, w("tc"), w("tbl")))
    holders = [
        run.find(RPR),
        None if paragraph is None else paragraph.find(PPR),
        None if cell is None else cell.find(w("tcPr")),
    ]
    for holder in holders:
        shade = None if holder is None else holder.find(w("shd"))
        if shade is not None and shade.get(w("fill"), "auto").lower() not in {"auto", "ffffff"}:
            return True
        if holder is not None and holder.find(w("highlight")) is not None:
            return True
    in_a_shape = next(run.iterancestors(w("txbxContent")), None) is not None
    return in_a_shape or (table is not None and table.find(f"{w('tblPr')}/{w('tblStyle')}") is not None)


def _is_on_its_own_colour(run: Element) -> bool:
    properties = run.find(RPR)
    colour = None if properties is None else properties.find(w("color"))
    if colour is None or colour.get(VAL, "auto") == "auto":
        return False
    paragraph, cell = ancestor(run, P), ancestor(run, w("tc"))
    grounds = [properties.find(w("shd"))]
    grounds += [None if paragraph is None else paragraph.find(f"{PPR}/{w('shd')}")]
    grounds += [None if cell is None else cell.find(f"{w('tcPr')}/{w('shd')}")]
    ground = next((each for each in grounds if each is not None), None)
    return ground is not None and ground.get(w("fill"), "auto").lower() == colour.get(VAL, "").lower()


def _in_unseen_boxes(root: Element) -> Iterator[str]:
    """The words of boxes that nobody sees; "" for a picture."""
    for drawing in root.iter(w("drawing")):
        sizes = [each.get(side, "0") for each in drawing.iter(full("wp:extent")) for side in ("cx", "cy")]
        places = [each.text or "0" for each in drawing.iter(full("wp:posOffset"))]
        if any(_number(size) < _SMALLEST_BOX for size in sizes) or any(abs(_number(at)) > _FARTHEST for at in places):
            yield from _shown_in(drawing)
    for shape in root.iter(*(full(name) for name in SHAPES)):
        if any(_points(value) < least for value, least in _measures(shape.get("style", ""))):
            yield from _shown_in(shape)


def _shown_in(drawing: Element) -> Iterator[str]:
    pieces = [each.text or "" for each in drawing.iter(T)]
    pieces += [each.get("string", "") for each in drawing.iter(full("v:textpath"))]
    words = " ".join(" ".join(pieces).split())
    if words or next(drawing.iter(full("a:blip"), full("v:imagedata")), None) is not None:
        yield words


def _measures(style: str) -> Iterator[tuple[str, float]]:
    """Sizes and places of an old shape, with the least that each may be for the shape to be seen."""
    for pair in style.split(";"):
        name, _, value = pair.partition(":")
        if name.strip().lower() in {"width", "height"}:
            yield value.strip(), _LEAST_POINTS
        elif name.strip().lower() in {"left", "top", "margin-left", "margin-top"}:
            yield value.strip(), -_FARTHEST_POINTS


def _points(value: str) -> float:
    """A measure in points; one in other units counts as large, as nobody hides by it unknowingly."""
    found = re.fullmatch(r"(-?\d*\.?\d+)(pt|in|cm|mm|)", value)
    return float(found[1]) * _UNITS[found[2]] if found else 1.0 + _LEAST_POINTS


def _with_unseen_letters(root: Element) -> Iterator[str]:
    for text in root.iter(T):
        if text.text and not text.text.isascii() and (found := _UNSEEN_LETTER.search(text.text)):
            yield _UNSEEN_LETTER.sub("·", text.text[max(0, found.start() - 20) : found.end() + 20])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _size(run: Element) -> float:
    size = run.find(f"{RPR}/{w('sz')}")
    try:
        return 20.0 if size is None else float(size.get(VAL, "20"))
    except ValueError:
        return 20.0


def _is_flat(row: Element) -> bool:
    height = row.find(f"{w('trPr')}/{w('trHeight')}")
    if height is None or height.get(w("hRule")) != "exact":
        return False
    value = height.get(VAL, "0")
    return value.isdigit() and int(value) < _FLAT


def _shown_by_fields(root: Element) -> Iterator[tuple[str, str]]:
    """Fields that tell of people and places, and what they show."""
    for simple in root.iter(w("fldSimple")):
        found = _TELLING.match(simple.get(w("instr"), ""))
        words = "".join(each.text or "" for each in simple.iter(T)).strip()
        if found and words:
            yield found.group(1).upper(), words
    stack: list[tuple[list[str], list[str], list[bool]]] = []  # code, words, whether the separator was met
    for element in root.iter(w("fldChar"), w("instrText"), T):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            stack.append(([], [], []))
        elif not stack:
            continue
        elif kind == "separate":
            stack[-1][2].append(True)
        elif kind == "end":
            code, words_shown, _ = stack.pop()
            found = _TELLING.match("".join(code))
            if found and "".join(words_shown).strip():
                yield found.group(1).upper(), "".join(words_shown).strip()
        elif element.tag == T:
            if stack[-1][2]:
                stack[-1][1].append(element.text or "")
        elif not stack[-1][2]:
            stack[-1][0].append(element.text or "")
