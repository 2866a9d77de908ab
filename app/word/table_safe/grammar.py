"""Reads `allowed.txt`: which elements may stand where, and which attributes they may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from app.word.table_safe.names import full

_FILE = Path(__file__).with_name("allowed.txt")


@dataclass(slots=True)
class Type:
    """What elements of one kind may hold. Names are full, as lxml has them."""

    name: str
    has_words: bool = False
    attributes: dict[str, str] = field(default_factory=dict)  # name: kind of its value
    children: dict[str, str] = field(default_factory=dict)  # name: type


@dataclass(frozen=True, slots=True)
class Grammar:
    """The whole allow-list."""

    roots: dict[str, Type]
    types: dict[str, Type]
    values: dict[str, frozenset[str]]  # kinds that are lists of words

    def child(self, parent: Type, tag: str) -> Type | None:
        """The type of a child; None where it may not stand there."""
        name = parent.children.get(tag)
        return None if name is None else self.types[name]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The allow-list; read once."""
    roots: dict[str, str] = {}
    types: dict[str, Type] = {}
    values: dict[str, frozenset[str]] = {}
    groups: dict[str, list[str]] = {}
    usual: dict[str, str] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "root":
            tag, type_name = rest.split()
            roots[full(tag)] = type_name
        elif kind == "usual":
            usual.update((child, type_name) for child, type_name in (pair.split("=") for pair in rest.split()))
        elif kind in {"value", "group"}:
            name, _, words = rest.partition(":")
            if kind == "value":
                values[name] = frozenset(words.split())
            else:
                groups[name] = words.split()
        elif kind == "type":
            read = _type(rest, groups, usual)
            types[read.name] = read
    return Grammar({tag: types[name] for tag, name in roots.items()}, types, values)


def _type(line: str, groups: dict[str, list[str]], usual: dict[str, str]) -> Type:
    head, _, body = line.partition(": ")
    name, _, text = head.partition(" ")
    attributes, _, children = body.partition(">")
    read = Type(name, has_words=text == "text")
    for pair in attributes.replace("@", "").split():
        attribute, kind = pair.split("=")
        read.attributes[full(attribute)] = kind
    for word in children.split():
        for each in groups[word[1:]] if word.startswith("+") else [word]:
            child, _, child_type = each.partition("=")
            read.children[full(child)] = child_type or usual[child]
    return read
