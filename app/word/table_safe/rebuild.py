"""Writes a tree anew: element by element, only what the allow-list names, with our own prefixes and nothing between.

What is not allowed and shows nothing is left behind; what is not allowed and has words in it stops the export.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from app.word.table_safe.grammar import Type, grammar
from app.word.table_safe.names import NAMESPACES, SPACE, VAL, Element, full, readable
from app.word.table_safe.refusal import quoted, refusal
from app.word.table_safe.values import Known, admit
from app.word.table_safe.wrappers import shows_words

TEXT_KINDS: Final = {
    full("w:t"): "words",
    full("w:delText"): "words",
    full("m:t"): "words",
    full("w:instrText"): "code",
    full("w:delInstrText"): "code",
    full("wp:posOffset"): "int",
    full("wp:align"): "vword",
}
_STORIES: Final = frozenset(full(f"w:{name}") for name in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_NAMES_IT: Final = frozenset({VAL, full("w:instr"), full("r:id"), full("r:embed"), full("w:anchor"), full("w:author")})
_SPARE: Final = ("w", "r", "m")
_OF_COMMENTS: Final = ("mc", "w14")


def rebuild(root: Element, known: Known, part: str) -> Element:
    """A new tree with what of this one is allowed.

    Raises:
        NotTableSafe: Words stand in something that is not allowed.
    """
    rules = grammar()
    start = rules.roots.get(root.tag)
    if start is None:
        raise refusal(part, f"is no text, list or style sheet but {quoted(readable(root.tag))}.")
    spaced = root.get(SPACE) == "preserve"
    copy = etree.Element(root.tag, _attributes(root, start, known), nsmap=_prefixes(root.tag))
    stack = [(root, copy, start)]
    while stack:
        source, target, kind = stack.pop()
        for child in source:
            if not isinstance(child.tag, str):
                continue
            child_kind = rules.child(kind, child.tag)
            attributes = None if child_kind is None else _attributes(child, child_kind, known)
            if child_kind is None or attributes is None:
                _leave(child, source, part)
                continue
            made = etree.SubElement(target, child.tag, attributes)
            if child_kind.has_words:
                _write_words(child, made, known, part, spaced=spaced)
            stack.append((child, made, child_kind))
    return copy


def _prefixes(root: str) -> dict[str, str]:
    if root in _STORIES:
        return {prefix: uri for prefix, uri in NAMESPACES.items() if prefix not in {*_OF_COMMENTS, "w15"}}
    if root == full("w:comments"):
        return {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "w15"}
    if root == full("w15:commentsEx"):
        return {"w15": NAMESPACES["w15"]}
    if root == full("a:theme"):
        return {"a": NAMESPACES["a"]}
    return {prefix: NAMESPACES[prefix] for prefix in _SPARE}


def _attributes(element: Element, kind: Type, known: Known) -> dict[str, str] | None:
    """The attributes that may stay; None where the element says nothing without the one that may not."""
    kept: dict[str, str] = {}
    for name, value_kind in kind.attributes.items() if element.attrib else ():
        value = element.get(name)
        if value is None:
            continue
        admitted = admit(value_kind, value, known)
        if admitted is not None:
            kept[name] = admitted
        elif name in _NAMES_IT and not kind.children:
            return None
    return kept


def _write_words(source: Element, target: Element, known: Known, part: str, *, spaced: bool) -> None:
    kind = TEXT_KINDS[source.tag]
    words = (source.text or "") + "".join(child.tail or "" for child in source)
    admitted = admit(kind, words, known)
    if admitted is None:
        raise refusal(part, f"says {quoted(words)} in {readable(source.tag)}, where that is not allowed.")
    if kind == "words":
        if not spaced and source.get(SPACE) != "preserve":
            admitted = admitted.strip(" \t\r\n")
        if admitted != admitted.strip():
            target.set(SPACE, "preserve")
        else:
            target.attrib.pop(SPACE, None)
    target.text = admitted


def _leave(element: Element, parent: Element, part: str) -> None:
    if shows_words(element):
        words = " ".join("".join(element.itertext()).split())
        raise refusal(
            part,
            f"has words in {readable(element.tag)} within {readable(parent.tag)}, which is not allowed in a file "
            f"for the other side: {quoted(words)}.",
        )
