"""Writing front matter the way clause writers do: fields in order, short lists on one line, long text wrapped."""

from __future__ import annotations

from typing import Any

import yaml

from app.library.yaml_text import load_yaml

_WIDTH = 116


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # items of a list stand two spaces in

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write_yaml(data: dict[str, Any]) -> str:
    """YAML that `load_yaml` reads back as the same values."""
    written = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    assert load_yaml(written) == data
    return str(written)


def quoted(text: str) -> str:
    """One line of text between quotation marks."""
    return str(yaml.dump(text, Dumper=_Dumper, default_style='"', allow_unicode=True, width=10**6)).strip()


def _is_short(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, int | str) for each in value) and len(str(value)) < _WIDTH
    return isinstance(value, int | str) and len(str(value)) < 30


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_is_short(value))


def _mapping(dumper: _Dumper, value: dict[str, Any]) -> yaml.Node:
    short = len(value) <= 3 and all(_is_short(each) for each in value.values()) and len(str(value)) < _WIDTH
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=short)


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(str, _text)
