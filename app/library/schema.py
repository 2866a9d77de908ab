"""Checking front matter against `clauses/schema.yml`, with the remedy that the schema itself gives."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from app.errors import ClauseFileError
from app.library.yaml_text import load_yaml


def schema_problems(data: dict[str, Any], schema_path: Path, name: str) -> list[str]:
    """One sentence for each way in which front matter breaks the schema: file, field, what is wrong, remedy."""
    validator = _validator(schema_path)
    problems = []
    for error in sorted(validator.iter_errors(data), key=lambda each: list(map(str, each.absolute_path))):
        problems.append(f"{name}: {_field(error)} {_wrong(error)} {_remedy(error, validator.schema)}".rstrip())
    return problems


@lru_cache(maxsize=4)
def _validator(path: Path) -> Draft202012Validator:
    try:
        schema = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ClauseFileError(f"{path}: the schema cannot be read: {error}") from error
    return Draft202012Validator(schema)


def _field(error: ValidationError) -> str:
    parts: list[str] = []
    for part in error.absolute_path:
        if isinstance(part, int) and parts:
            parts[-1] += f"[{part + 1}]"
        else:
            parts.append(str(part))
    return f"field {'.'.join(parts)}:" if parts else "front matter:"


def _wrong(error: ValidationError) -> str:
    shown = repr(error.instance) if not isinstance(error.instance, dict | list) else "this"
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    bound: Any = error.validator_value
    sentences = {
        "enum": f"{shown} is not one of the admitted words.",
        "pattern": f"{shown} is not in the right form.",
        "type": f"{shown} is not of the right kind ({bound}).",
        "minLength": f"it is too short (at least {bound} characters).",
        "maxLength": f"it is too long (at most {bound} characters).",
        "minItems": f"it needs at least {bound}.",
        "uniqueItems": "it names something twice.",
        "minimum": f"{shown} is less than {bound}.",
    }
    if error.validator == "required":
        return _listed([each for each in bound if each not in cast(Any, error.instance)], "missing")
    if error.validator == "additionalProperties" and isinstance(error.schema, dict):
        known = error.schema.get("properties", {})
        return _listed([str(each) for each in cast(Any, error.instance) if each not in known], "unknown here")
    return sentences.get(str(error.validator), f"{error.message}.")


def _listed(names: list[str], what: str) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} {what}."


def _remedy(error: ValidationError, root: Any) -> str:
    """The remedy that stands nearest to the broken rule on its way down from the top of the schema."""
    node, remedy = root, ""
    for part in error.absolute_schema_path:
        if isinstance(node, dict) and part not in node:  # the path of an error leaves references out
            node = root["$defs"][node["$ref"].rsplit("/", 1)[1]]
        node = node[part]
        if isinstance(node, dict) and isinstance(node.get("remedy"), str):
            remedy = node["remedy"]
    return remedy or str(root.get("remedy", ""))
