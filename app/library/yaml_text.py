"""YAML as clause writers expect it: `on`, `yes` and dates stay the words they are, a repeated field is an error."""

from __future__ import annotations

import re
from typing import Any

import yaml


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # ten times as fast in C
    pass


# YAML 1.1 reads `on:` and `no` as booleans and 2026-11-30 as a date; none of that is meant in a clause.
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


_DEEPEST = 12
"""Levels of lists and fields; front matter has 5. Reading thousands of levels would end the process."""


def load_yaml(text: str) -> Any:
    """Read YAML; raises ValueError with line and cause when it is malformed, too deep, or names a field twice.

    References to other places of the file (`*name`) are refused: a few of them can stand for gigabytes.
    """
    try:
        _refuse_traps(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ValueError(f"line {line} is no YAML ({error.problem}); check indentation and quotation marks.") from error
    except yaml.YAMLError as error:
        raise ValueError(f"it is no YAML ({error}); check indentation and quotation marks.") from error


def _refuse_traps(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
            what = "a reference, which a clause may not use" if depth <= _DEEPEST else "nested too deeply"
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise ValueError(f"line {line} is {what}; write the words out.")


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise yaml.constructor.ConstructorError(None, None, f"{twice} stands there twice", node.start_mark)
    loader.flatten_mapping(node)
    mapping: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
