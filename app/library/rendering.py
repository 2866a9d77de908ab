"""Filling a clause's placeholders and turning the result into provisions, structured like any received text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.errors import ClauseFileError, InvalidInput, PlaceholderError
from app.library.clause import POSITIONS, ClauseVersion, Placeholder, Value
from app.library.currency import currency_of
from app.library.templates import Unfilled, fill_template
from app.text.document import Provision
from app.text.plain_reader import read_plain_blocks
from app.text.structure import build_document

_MARKUP = re.compile(r"[*`\[\]\\{}<>]")
_LONGEST = {"text": 500, "party": 200}


def render_position(
    version: ClauseVersion,
    position: str,
    values: Mapping[str, object] | None = None,
    *,
    variant: str = "",
    allow_unfilled: bool = True,
) -> tuple[Provision, ...]:
    """The provisions of one position with placeholders filled; those not in `values` take the position's default.

    `variant` names jurisdictions and sectors; where the clause has other wording for them, that wording is taken.
    Offsets count in the position's own text, one provision or heading a line.

    Raises:
        PlaceholderError: a value is unusable, or, unless `allow_unfilled`, one is missing.
    """
    return structure_markdown(
        rendered_markdown(version, position, values, variant=variant, allow_unfilled=allow_unfilled)
    )


def rendered_markdown(
    version: ClauseVersion,
    position: str,
    values: Mapping[str, object] | None = None,
    *,
    variant: str = "",
    allow_unfilled: bool = True,
) -> str:
    """The Markdown of one position with placeholders filled; one without a value reads "[Days of notice]"."""
    filled = fill_values(version, position, values, allow_unfilled=allow_unfilled)
    return fill_source(version, source_of(version, position, variant), filled, variant=variant)


def fill_source(version: ClauseVersion, source: str, filled: dict[str, Value], *, variant: str = "") -> str:
    """Fill any Markdown of the clause, such as a variant's provision; `filled` comes from `fill_values`."""
    try:
        return fill_template(source, filled, currency=currency_of(variant))
    except ClauseFileError as error:
        raise ClauseFileError(f"{version.label}: {error}") from error


def fill_values(
    version: ClauseVersion, position: str, values: Mapping[str, object] | None = None, *, allow_unfilled: bool = True
) -> dict[str, Value]:
    """A value for every placeholder: given and checked, else the default, else the marked gap."""
    given = values or {}
    unknown = next((name for name in given if version.placeholder(name) is None), None)
    if unknown is not None:
        raise PlaceholderError(f'{version.title} has no placeholder "{unknown}".', name=unknown)
    filled: dict[str, Value] = {}
    for placeholder in version.placeholders:
        raw = given.get(placeholder.name)
        value = placeholder.default(position) if raw is None or raw == "" else check_value(placeholder, raw, position)
        if value is None and not allow_unfilled:
            raise PlaceholderError(
                f"{placeholder.label} is not filled in yet; fill it in first.", name=placeholder.name
            )
        filled[placeholder.name] = Unfilled(f"[{placeholder.label}]") if value is None else value
    return filled


def check_value(placeholder: Placeholder, raw: object, position: str = "target") -> Value:
    """The value that a person's entry means; an empty one means the default of `position`.

    Raises:
        PlaceholderError: it is of the wrong type, out of bounds, or no choice; `name` says which placeholder.
    """
    entry = "" if raw is None else str(raw).strip()
    if not entry:
        default = placeholder.default(position)
        if default is None:
            raise PlaceholderError(f"{placeholder.label}: fill this in.", name=placeholder.name)
        return default
    if placeholder.type in ("integer", "money"):
        return _check_figure(placeholder, entry)
    if placeholder.type == "choice":
        if entry not in placeholder.choices:
            options = ", ".join(placeholder.choices)
            raise PlaceholderError(f"{placeholder.label}: choose one of {options}.", name=placeholder.name)
        return entry
    return _check_words(placeholder, entry)


@lru_cache(maxsize=512)
def structure_markdown(markdown: str) -> tuple[Provision, ...]:
    """The provisions of Markdown text, the way a received Markdown file gives them."""
    blocks = read_plain_blocks(markdown, markdown=True)
    return build_document(blocks, name="", kind="markdown", digest="", warnings=[]).provisions


def source_of(version: ClauseVersion, position: str, variant: str = "") -> str:
    """The Markdown of one position in the wording of `variant`, which is what `ClauseVersion.variant_for` gives.

    Raises InvalidInput for an unknown position.
    """
    if position not in version.positions:
        raise InvalidInput(f'"{position}" is no position; choose one of {", ".join(POSITIONS)}.', field="position")
    source = version.positions[position]
    places = variant.split("+")
    replaced = {number: text for each in version.variants if each.place in places for number, text in each.provisions}
    if not replaced:
        return source
    parts = re.split(r"(?m)^(?=\d+\. )", source)
    return "".join(_variant_part(part, replaced) for part in parts)


def _variant_part(part: str, replaced: dict[str, str]) -> str:
    """One top-level provision with its list, exchanged whole where the variant has its number."""
    number = re.match(r"\d+", part)
    if number is None or number[0] not in replaced:
        return part
    return f"{number[0]}. {replaced[number[0]].strip()}\n\n"


def _check_figure(placeholder: Placeholder, entry: str) -> int:
    plain = entry.lstrip("$£€").strip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"\d{1,12}", plain, re.ASCII):
        raise PlaceholderError(f'{placeholder.label}: "{entry[:40]}" is no whole number.', name=placeholder.name)
    value = int(plain)
    low, high = placeholder.minimum, placeholder.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise PlaceholderError(
            f"{placeholder.label}: {value:,} is out of bounds; enter {_bounds(placeholder)}.", name=placeholder.name
        )
    return value


def _bounds(placeholder: Placeholder) -> str:
    unit = f" {placeholder.unit}" if placeholder.unit else ""
    if placeholder.maximum is None:
        return f"at least {placeholder.minimum:,}{unit}"
    return f"{placeholder.minimum or 0:,} to {placeholder.maximum:,}{unit}"


def _check_words(placeholder: Placeholder, entry: str) -> str:
    longest = _LONGEST[placeholder.type]
    if len(entry) > longest:
        raise PlaceholderError(f"{placeholder.label}: at most {longest} characters.", name=placeholder.name)
    if not entry.isprintable():
        raise PlaceholderError(f"{placeholder.label}: write it on one line.", name=placeholder.name)
    found = _MARKUP.search(entry)
    if found:
        raise PlaceholderError(f"{placeholder.label}: leave out the character {found[0]}", name=placeholder.name)
    return entry
