"""Walks through a written part and compares every element, attribute and value with the allow-list."""

from __future__ import annotations

from typing import Final

from lxml import etree

from app.word.table_safe.grammar import Type, grammar
from app.word.table_safe.names import NAMESPACES, Element, full, readable
from app.word.table_safe.refusal import quoted, refusal
from app.word.table_safe.values import Known, admit

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_WORDS: Final = {
    full("w:t"): "words",
    full("w:delText"): "words",
    full("m:t"): "words",
    full("w:instrText"): "code",
    full("w:delInstrText"): "code",
    full("wp:posOffset"): "int",
    full("wp:align"): "vword",
}


def check_tree(name: str, root: Element, known: Known) -> None:
    """Refuse a part that holds anything else than `allowed.txt` names.

    Args:
        name: The part.
        root: Its tree.
        known: The names that this file defines.

    Raises:
        NotTableSafe: Names the part and the element, attribute or value.
    """
    rules = grammar()
    start = rules.roots.get(root.tag)
    if start is None:
        raise refusal(name, f"begins with {quoted(readable(root.tag))}, which is not allowed.")
    _check_prefixes(name, root)
    stack: list[tuple[Element, Type]] = [(root, start)]
    while stack:
        element, kind = stack.pop()
        _check_attributes(name, element, kind, known)
        _check_words(name, element, kind, known)
        for child in element:
            if not isinstance(child.tag, str):
                raise refusal(name, "carries an XML comment or instruction.")
            if child.tail is not None and child.tail.strip():
                raise refusal(name, f"has text between elements: {quoted(child.tail)}.")
            child_kind = rules.child(kind, child.tag)
            if child_kind is None:
                raise refusal(
                    name,
                    f"has {quoted(readable(child.tag))} in {readable(element.tag)}, which is not allowed in a file "
                    "for the other side.",
                )
            stack.append((child, child_kind))


def _check_prefixes(name: str, root: Element) -> None:
    """Every declaration of a namespace, wherever it stands, is one of ours under its usual prefix."""
    for _, (prefix, uri) in etree.iterwalk(root, events=("start-ns",)):
        if NAMESPACES.get(prefix) != uri:
            raise refusal(name, f"declares the namespace {quoted(f'{prefix}: {uri}')}.")


def _check_attributes(name: str, element: Element, kind: Type, known: Known) -> None:
    for attribute, value in element.attrib.items():
        value_kind = kind.attributes.get(attribute)
        if value_kind is None:
            raise refusal(name, f"has the attribute {quoted(readable(attribute))} on {readable(element.tag)}.")
        if admit(value_kind, value, known) != value:
            raise refusal(
                name, f"says {quoted(value)} in {readable(attribute)} on {readable(element.tag)}, which is not allowed."
            )


def _check_words(name: str, element: Element, kind: Type, known: Known) -> None:
    text = element.text or ""
    if not kind.has_words:
        if text.strip():
            raise refusal(name, f"has text in {readable(element.tag)}, where no reader shows it: {quoted(text)}.")
        return
    if admit(_WORDS[element.tag], text, known) != text:
        raise refusal(name, f"says {quoted(text)} in {readable(element.tag)}, which is not allowed.")
