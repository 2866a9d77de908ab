"""Every rule id that the pipeline can give leads to a page: an employer move, or where none fits its family."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.analysis.patterns import FAMILIES, load_patterns
from app.analysis.periods import _ROLES
from app.analysis.rule_moves import RuleMoves, load_rule_moves
from app.library.files import Library

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = ROOT / "models" / "patterns"
_SAYS = ("agreement", "bargain", "consult", "discuss", "notify", "none")
_ROLES_BESIDE = ("pay", "amount", "share", "frequency", "threshold", "probe", "period")


@pytest.fixture(scope="module")
def moves() -> RuleMoves:
    return load_rule_moves(PATTERNS)


def rules_as_data() -> Iterator[str]:
    patterns = load_patterns(PATTERNS)
    yield from (signal.id for signal in patterns.signals)
    yield from (f"definition.{signal.id.split('.')[-1]}" for signal in patterns.signals)
    yield from (entry["id"] for entry in tomllib.loads((PATTERNS / "across.toml").read_text("utf-8"))["rule"])
    yield from (f"second_reader.{family}" for family in FAMILIES)
    yield from (f"force.{rung.id}" for rung in patterns.force if rung.rung < 5)
    yield from (f"involvement.{one}_to_{other}" for one in _SAYS for other in _SAYS if one != other)
    roles = {role for role, *_ in _ROLES} | set(_ROLES_BESIDE)
    yield from (f"quantity.{role}_{way}" for role in roles for way in ("shorter", "longer"))


def rules_in_code() -> Iterator[str]:
    """The rule of every `Move(...)` in the analysis, how an id made of parts begins, and ids with a name."""
    for path in sorted((ROOT / "app" / "analysis").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Move":
                given = {each.arg: each.value for each in node.keywords}
                rule = given.get("rule", node.args[1] if len(node.args) > 1 else None)
                if isinstance(rule, ast.Constant):
                    yield str(rule.value)
            elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                if re.fullmatch(r"[a-z_]+\.[a-z_]*", str(node.values[0].value)):
                    yield str(node.values[0].value)
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value != "across.toml"
                and re.fullmatch(r"across\.[a-z_]+", node.value)
            ):
                yield node.value


def learned_rules() -> Iterator[str]:
    """What the corpus has made the pipeline say, a record kept by training."""
    weights = tomllib.loads((ROOT / "models" / "second_reader" / "weights.toml").read_text("utf-8"))
    yield from (key.split()[0] for key in weights["rules"])


ALL = sorted({*rules_as_data(), *learned_rules()})
IN_CODE = sorted(set(rules_in_code()))


def test_the_walk_finds_what_it_should() -> None:
    assert len(ALL) > 150
    assert {"timing.before_to_after", "words.dropped", "force.", "quantity."} <= set(IN_CODE)


@pytest.mark.parametrize("rule", ALL)
def test_every_rule_finds_its_page(moves: RuleMoves, library: Library, rule: str) -> None:
    assert moves.knows(rule), f"{rule}: give it a move, or 0 for its family, in models/patterns/moves.toml"
    number = moves.number(rule)
    assert number is None or number in library.moves.moves


@pytest.mark.parametrize("rule", IN_CODE)
def test_rules_written_in_code_are_known(moves: RuleMoves, rule: str) -> None:
    assert moves.knows(rule) or any(key.startswith(rule) for key in moves.by_beginning), rule


def test_every_family_has_a_page_for_what_no_move_fits(library: Library) -> None:
    for family in FAMILIES:
        assert library.moves.page(None, family) is library.moves.families[family]


def test_the_longest_beginning_counts() -> None:
    moves = RuleMoves({"involvement.agreement_to_": 9, "involvement.agreement_to_none": 0})
    assert moves.number("involvement.agreement_to_consult") == 9
    assert moves.number("involvement.agreement_to_none") is None
    assert moves.knows("involvement.agreement_to_none")
    assert not moves.knows("weather.rain")
    assert moves.number("weather.rain") is None


def test_no_entry_of_the_table_is_dead(moves: RuleMoves) -> None:
    table = tomllib.loads((PATTERNS / "moves.toml").read_text("utf-8"))["rules"]
    known = {*ALL, *(rule for rule in IN_CODE if not rule.endswith((".", "_")))}
    dead = [key for key in table if not any(rule.startswith(key) for rule in known)]
    assert dead == []
