"""Checking that a clause's placeholders and its text agree, and that defaults fall along their direction."""

from __future__ import annotations

from itertools import pairwise

from app.errors import ProvisoError
from app.library.clause import POSITIONS, ClauseVersion, Placeholder
from app.library.rendering import check_value
from app.library.templates import Uses, template_uses


def placeholder_problems(version: ClauseVersion) -> list[str]:
    """Problems of placeholders and templates, each one sentence without the file's name."""
    problems: list[str] = []
    used: set[str] = set()
    sources = [(f'section "{each.capitalize()}"', version.positions[each]) for each in POSITIONS]
    for variant in version.variants:
        sources += [(f"field variants ({variant.place}, {number})", text) for number, text in variant.provisions]
    for where, text in sources:
        try:
            uses = template_uses(text)
        except ProvisoError as error:
            problems.append(f"{where}: {error}")
            continue
        used |= uses.names
        problems += [f"{where}: {each}" for each in _use_problems(version, uses)]
    for placeholder in version.placeholders:
        if placeholder.name not in used:
            problems.append(f"field placeholders: {placeholder.name} is used nowhere in the text; use it or remove it.")
        problems += [f"field placeholders ({placeholder.name}): {each}" for each in default_problems(placeholder)]
    names = [each.name for each in version.placeholders]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        problems.append(f"field placeholders: {twice} is declared twice; keep one.")
    return problems


def _use_problems(version: ClauseVersion, uses: Uses) -> list[str]:
    problems = []
    for name in sorted(uses.names):
        if version.placeholder(name) is None:
            problems.append(f"{{{{ {name} }}}} is not declared; add it to the field placeholders.")
    for name, answer in sorted(uses.compared):
        declared = version.placeholder(name)
        if declared is not None and answer not in declared.choices:
            problems.append(f'{name} is compared with "{answer}", which is none of its choices; correct one of them.')
    for name, filter_name in sorted(uses.filtered):
        declared = version.placeholder(name)
        if declared is not None and declared.type not in ("integer", "money"):
            problems.append(f"{name} | {filter_name}: the filter needs a figure; remove it.")
        if declared is not None and filter_name == "money" and declared.type == "integer":
            problems.append(f"{name} | money: the placeholder is no sum; give it the type money.")
    return problems


def default_problems(placeholder: Placeholder) -> list[str]:
    """Defaults that are out of bounds, of the wrong type, or fall against their direction."""
    problems = []
    low, high = placeholder.minimum, placeholder.maximum
    if low is not None and high is not None and low > high:
        return [f"minimum {low} is above maximum {high}; exchange them."]
    for position, value in placeholder.defaults:
        if placeholder.type in ("integer", "money") and not isinstance(value, int):
            problems.append(f"default.{position} must be a whole number without quotation marks.")
            continue
        try:
            check_value(placeholder, value, position)
        except ProvisoError as error:
            problems.append(f"default.{position}: {error}")
    figures = [each for each in map(placeholder.default, POSITIONS) if isinstance(each, int)]
    if placeholder.direction == "more" and any(stronger < weaker for stronger, weaker in pairwise(figures)):
        problems.append("more is better for workers, so the defaults must not rise from opening to floor.")
    if placeholder.direction == "less" and any(stronger > weaker for stronger, weaker in pairwise(figures)):
        problems.append("less is better for workers, so the defaults must not fall from opening to floor.")
    return problems
