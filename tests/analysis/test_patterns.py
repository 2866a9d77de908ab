"""The rules are data: every file loads, every rule says both sentences, and a wrong rule is refused by name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.analysis.patterns import FAMILIES, Patterns, Rung, Signal, load_concerns, load_patterns
from app.analysis.pipeline import Pipeline
from app.settings import Settings


@pytest.fixture(name="folder")
def _folder(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the rules that a test may spoil."""
    return Path(shutil.copytree(settings.models_dir / "patterns", tmp_path / "patterns"))


@pytest.fixture(name="patterns", scope="module")
def _patterns(pipeline: Pipeline) -> Patterns:
    return pipeline.patterns


def test_every_file_of_the_folder_is_a_rule_file_that_loads(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "across.toml", "bearers.toml", "concepts.toml", "elements.toml", "families.toml", "force.toml",
        "involvement.toml", "lint.toml", "moves.toml", "package.toml", "promises.toml",
        "signals.toml", "topics.toml", "words.toml",
    }  # fmt: skip
    assert load_patterns(folder).signals
    assert load_concerns(folder)


def test_every_signal_says_what_it_means_both_ways_with_a_quotation(patterns: Patterns) -> None:
    for signal in patterns.signals:
        for sentence in (signal.added, signal.dropped):
            assert "{words}" in sentence, signal.id
            assert sentence.endswith((".", "!")), signal.id
            assert not re.search(r"\{(?!words\})", sentence), signal.id


def test_every_signal_stands_under_a_family_and_a_move(patterns: Patterns) -> None:
    for signal in patterns.signals:
        assert signal.family in FAMILIES, signal.id
        assert 1 <= signal.move <= 72, signal.id
        assert {signal.severity, signal.added_severity} <= {"low", "medium", "high"}, signal.id
        assert signal.unless <= set(patterns.actors) | {"unnamed"}, signal.id


def test_ids_are_used_once(patterns: Patterns) -> None:
    for rules in (patterns.signals, patterns.force, patterns.involvement, patterns.topics):
        ids = [rule.id for rule in rules]
        assert len(ids) == len(set(ids))


def test_no_rule_matches_nothing_at_all(patterns: Patterns) -> None:
    rules: list[Signal | Rung] = [*patterns.signals, *patterns.force, *patterns.involvement]
    for rule in rules:
        assert not rule.pattern.search(""), rule.id


def test_every_topic_of_the_design_has_words(patterns: Patterns) -> None:
    assert len(patterns.topics) == 18
    assert all(topic.alone or topic.beside_technology for topic in patterns.topics)


def test_concerns_name_rules_that_exist_and_elements_of_the_vocabulary(
    folder: Path, patterns: Patterns, settings: Settings
) -> None:
    vocabulary = (settings.clauses_dir / "vocabulary.yml").read_text(encoding="utf-8")
    families = {"quantity", "timing", "actor", "words", "force", "involvement", "definition"}
    families |= {signal.id.split(".")[0] for signal in patterns.signals}
    for rule, elements in load_concerns(folder).items():
        assert rule.split(".")[0] in families, rule
        for element in elements:
            assert re.search(rf"\b{element}\b", vocabulary), f"{rule}: {element}"


def test_an_unknown_family_is_refused_with_both_names(folder: Path) -> None:
    path = folder / "signals.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('family = "discretion"', 'family = "whim"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"signal discretion\.sole names the unknown family 'whim'"):
        load_patterns(folder)


def test_a_pattern_that_does_not_compile_is_quoted(folder: Path) -> None:
    path = folder / "force.toml"
    with path.open("a", encoding="utf-8") as file:
        file.write('\n[[force]]\nid = "x"\nrung = 1\nmeans = "x"\npatterns = ["(open"]\n')
    with pytest.raises(ValueError, match=r"'\(\?:\(open\)' in models/patterns does not compile"):
        load_patterns(folder)


def test_an_unknown_word_list_is_refused(folder: Path) -> None:
    path = folder / "force.toml"
    with path.open("a", encoding="utf-8") as file:
        file.write('\n[[force]]\nid = "x"\nrung = 1\nmeans = "x"\npatterns = ["{landlord} shall"]\n')
    with pytest.raises(ValueError, match="landlord"):
        load_patterns(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "topics.toml").unlink()
    with pytest.raises(FileNotFoundError, match=r"topics\.toml"):
        load_patterns(folder)


_HEAVY = ("spacy", "sqlalchemy", "fastapi", "starlette", "jinja2", "alembic")


@pytest.mark.parametrize(
    ("package", "barred"),
    [("app.text", _HEAVY), ("app.analysis", tuple(name for name in _HEAVY if name not in {"spacy", "jinja2"}))],
)
def test_importing_the_core_pulls_in_nothing_heavy(package: str, barred: tuple[str, ...]) -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({package!r})\n"
        "for module in pkgutil.iter_modules(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        f"print(*[name for name in {barred!r} if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


@pytest.mark.parametrize(
    "words",
    [
        " " * 50_000,
        "no " * 20_000,
        "the " * 20_000,
        "joint " * 10_000,  # adjectives of a committee
        "written mutual " * 8_000,  # adjectives of a consent
        "1," * 40_000,  # figures with commas
        "one hundred and " * 5_000,
        "the data, a record, " * 4_000,
        "reasonable good faith best " * 3_000,
        "excluding pilots, vendors / " * 3_000,
        "x" * 100_000,
        "a-" * 30_000,
        "_" * 50_000,
        "review data " * 8_000,
        "retain " * 10_000,
        "by the " * 10_000,
    ],
    ids=lambda words: words[:12].strip() or "spaces",
)
@pytest.mark.timeout(20)
def test_no_rule_explodes(patterns: Patterns, words: str) -> None:
    rules = [signal.pattern for signal in patterns.signals]
    rules += [rung.pattern for rung in (*patterns.force, *patterns.involvement)]
    rules += [*patterns.actors.values(), patterns.technology, patterns.matter]
    rules += [rule for topic in patterns.topics for rule in (topic.alone, topic.beside_technology) if rule]
    for rule in rules:
        assert all(match.end() <= len(words) for match in rule.finditer(words))  # the time limit is what can fail
