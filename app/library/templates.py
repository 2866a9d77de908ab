"""The small part of Jinja2 that a clause may use: names, two filters, and a question about a choice. Nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.errors import ClauseFileError
from app.library.currency import DOLLAR

FILTERS = ("money", "in_words")


@dataclass(frozen=True, slots=True)
class Uses:
    """What a template refers to."""

    names: frozenset[str]
    compared: frozenset[tuple[str, str]]  # (name, text it is compared with)
    filtered: frozenset[tuple[str, str]]  # (name, filter)


class Unfilled(str):
    """What stands where a placeholder has no value yet: "[Days of notice]". Filters leave it alone."""

    __slots__ = ()


def template_uses(template: str) -> Uses:
    """What a template refers to; raises ClauseFileError when it uses more of Jinja2 than a clause may."""
    try:
        tree = _environment.parse(template)
    except TemplateSyntaxError as error:
        raise ClauseFileError(
            f"line {error.lineno} is no placeholder ({error.message}); write {{{{ name }}}}."
        ) from error
    except RecursionError as error:
        raise ClauseFileError("a placeholder is nested too deeply; write {{ name }}.") from error
    names: set[str] = set()
    compared: set[tuple[str, str]] = set()
    filtered: set[tuple[str, str]] = set()
    pending: list[nodes.Node] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Output):
            pending.extend(node.nodes)
        elif isinstance(node, nodes.Name):
            names.add(node.name)
        elif isinstance(node, nodes.Filter) and _is_plain_filter(node):
            filtered.add((node.node.name, node.name))  # type: ignore[union-attr]  # a filter always has a node here
            pending.append(node.node)  # type: ignore[arg-type]  # likewise
        elif isinstance(node, nodes.If) and (question := _question(node)):
            compared.add(question)
            names.add(question[0])
            pending.extend([*node.body, *node.elif_, *node.else_])
        elif not isinstance(node, nodes.TemplateData):
            raise ClauseFileError(
                f"line {node.lineno} uses {type(node).__name__.lower()}, which a clause may not; "
                'only {{ name }}, {{ name | money }}, {{ name | in_words }} and {% if choice == "text" %} are admitted.'
            )
    return Uses(frozenset(names), frozenset(compared), frozenset(filtered))


def fill_template(template: str, values: dict[str, int | str], *, currency: str = DOLLAR) -> str:
    """Fill a template whose uses were checked; raises ClauseFileError for a name without a value.

    `currency` is the sign that the filter `money` puts before a sum.
    """
    try:
        return _compiled(template, currency).render(values)
    except TemplateError as error:
        raise ClauseFileError(f"the text cannot be filled in ({error}); declare the placeholder.") from error


def money(value: int | str, currency: str = DOLLAR) -> int | str:
    """A sum as agreements write it: 2000 becomes "$2,000"."""
    return value if isinstance(value, str) else f"{currency}{value:,}"


def in_words(value: int | str) -> int | str:
    """A whole number in words: 120 becomes "one hundred twenty". Beyond a million it stays in digits."""
    if isinstance(value, str) or not 0 <= value < 1_000_000:
        return value
    if value < 20:
        return _SMALL[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_SMALL[value % 10]}" if value % 10 else "")
    size, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    rest = f" {in_words(value % size)}" if value % size else ""
    return f"{in_words(value // size)} {name}{rest}"


@lru_cache(maxsize=1024)
def _compiled(template: str, currency: str) -> Template:
    """A template that was checked, compiled once: pages render the same few again and again."""
    template_uses(template)
    return _build_environment(currency).from_string(template)


def _is_plain_filter(node: nodes.Filter) -> bool:
    bare = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    return bare and node.name in FILTERS and isinstance(node.node, nodes.Name)


def _question(node: nodes.If) -> tuple[str, str] | None:
    test = node.test
    if not isinstance(test, nodes.Compare) or not isinstance(test.expr, nodes.Name) or len(test.ops) != 1:
        return None
    answer = test.ops[0].expr
    if test.ops[0].op != "eq" or not isinstance(answer, nodes.Const) or not isinstance(answer.value, str):
        return None
    return test.expr.name, answer.value


_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@lru_cache(maxsize=8)
def _build_environment(currency: str = DOLLAR) -> ImmutableSandboxedEnvironment:
    """One for each sign of money, since a filter knows nothing of what is around it."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    filters: dict[str, Callable[[int | str], int | str]] = {
        "money": partial(money, currency=currency),
        "in_words": in_words,
    }
    environment.filters = filters
    environment.globals = {}
    environment.tests = {}
    return environment


# autoescape is off because the result is Markdown, which pages escape when they show it.
_environment = _build_environment()
